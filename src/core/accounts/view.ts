import type { Channel } from '#kit/channel.ts'
import { mine, type Db } from '#db/database.ts'
import { channelOf, type House } from '../house.ts'
import { endsSoon, lightOf, reasonOf, type Sight } from './light.ts'
import { hasSecureAddress } from './login.ts'
import { heldSecrets, shownSettings } from './seal.ts'
import { accountOf, accountsOf, type AccountRow } from './store.ts'
import { accountCursors } from './tables.ts'

export type Hearing = typeof accountCursors.$inferSelect
export const everyOf = ({ listen }: Pick<Channel, 'listen'>): number | undefined => (listen?.open ? listen.everySeconds ?? 60 : undefined)

/** What the light of an account is drawn from. */
export const sightOf = (row: AccountRow, hearing: Hearing | undefined, { channel, now }: { readonly channel: Pick<Channel, 'listen'>; readonly now: Date }): Sight => ({
  now, state: row.state, connectedAt: row.connectedAt, everySeconds: everyOf(channel), answeredAt: hearing?.answeredAt ?? null, troubleSince: hearing?.troubleSince ?? null,
  failures: hearing?.failures ?? 0, trouble: hearing?.trouble ?? null, heardAt: row.heardAt, firstHeardAt: hearing?.firstHeardAt ?? null, heardCount: hearing?.heardCount ?? 0, endsAt: row.endsAt,
})

export const hearingsOf = async (db: Db): Promise<ReadonlyMap<string, Hearing>> =>
  new Map((await db.select().from(accountCursors).where(mine(db, accountCursors))).map((row) => [row.accountId, row]))

/** An account as people see it; no secret of it. */
export function viewOf(house: House, row: AccountRow, hearing: Hearing | undefined) {
  const channel = channelOf(house, row.channel)
  const sight = sightOf(row, hearing, { channel, now: house.now() })
  const sealed = channel.sealed ?? []
  return {
    id: row.id, channel: row.channel, channelName: channel.name, handle: row.handle, name: row.name, state: row.state, heardAt: row.heardAt, connectedAt: row.connectedAt,
    limits: channel.limits(accountOf(row)), kinds: channel.publish?.kinds ?? [], hears: channel.listen?.hears ?? [], circle: channel.circle !== undefined, threads: channel.publish?.threads ?? null,
    light: lightOf(sight), why: reasonOf(sight) ?? null, lastHeardAt: row.heardAt, lastTriedAt: hearing?.triedAt ?? null, trouble: hearing?.trouble ?? null,
    endsAt: row.endsAt, endsSoon: endsSoon(sight), pulled: sight.everySeconds !== undefined, native: channel.native !== undefined, canLogin: channel.login !== undefined,
    settings: shownSettings(row.settings, sealed), secrets: heldSecrets(row.settings),
  }
}
export type AccountView = ReturnType<typeof viewOf>

/** Every account that is connected or was lost; those that were removed are left out. */
export async function accountViews(house: House, workspaceId: string): Promise<AccountView[]> {
  const { rows, hearings } = await house.database.read(workspaceId, async (db) => ({ rows: await accountsOf(db), hearings: await hearingsOf(db) }))
  return rows.filter((row) => row.state !== 'removed' && house.channels.some((one) => one.id === row.channel)).map((row) => viewOf(house, row, hearings.get(row.id)))
}

/** A kind of place, with the form that connects one. */
export const channelView = (house: House, { id, name, about, publish, listen, fields, login, native }: Channel) => ({
  id, name, about, kinds: publish?.kinds ?? [], hears: listen?.hears ?? [],
  fields: fields ?? [], connects: fields !== undefined || login !== undefined, native: native !== undefined,
  /** `needs-https`: it could, had this Stoa an https address. */
  login: login === undefined ? 'no' as const : hasSecureAddress(house) ? 'yes' as const : 'needs-https' as const,
  canLogin: login !== undefined && hasSecureAddress(house),
})
