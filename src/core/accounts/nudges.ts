import type { Both } from '#kit/lang.ts'
import type { Nudge } from '#kit/pillar.ts'
import type { House } from '../house.ts'
import { needingPeople } from './tell.ts'

type Needing = Awaited<ReturnType<typeof needingPeople>>[number]

function says({ channel, handle, why }: Needing): Both {
  const [en, el] = [`${channel} (${handle})`, `${channel} (${handle})`]
  switch (why) {
    case 'login-needed': case 'ended': return { en: `${en} no longer lets us in. Connect it again.`, el: `Δεν μας δίνει πια πρόσβαση: ${el}. Συνδέστε το ξανά.` }
    case 'ending': return { en: `Our access to ${en} ends soon. Connect it again before then.`, el: `Η πρόσβασή μας λήγει σύντομα: ${el}. Συνδέστε το ξανά πριν από τότε.` }
    case 'silent': return { en: `${en} has been silent for longer than usual.`, el: `Δεν ακούγεται τίποτα, περισσότερο απ’ ό,τι συνήθως: ${el}.` }
    case 'failing': case 'not-pulled': return { en: `${en} does not answer. Look at its connection.`, el: `Δεν απαντά: ${el}. Δείτε τη σύνδεσή του.` }
  }
}

/** Connections that deserve a person's next minutes. */
export async function accountNudges(house: House, workspaceId: string): Promise<readonly Nudge[]> {
  return (await needingPeople(house, workspaceId)).map((one) => ({ says: says(one), to: '/settings/channels', urgent: one.light === 'trouble' }))
}
