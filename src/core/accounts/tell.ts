import { and, eq, ne, sql } from 'drizzle-orm'
import { mine, type Db, type Tx } from '#db/database.ts'
import { emit } from '../events/store.ts'
import { channelOf, type House } from '../house.ts'
import { endsSoon, lightOf, reasonOf } from './light.ts'
import { lostSecrets } from './seal.ts'
import { needsLogin, type AccountRow } from './store.ts'
import { accounts } from './tables.ts'
import { hearingsOf, sightOf, type Hearing } from './view.ts'

const tracked = async (db: Db, house: House): Promise<{ row: AccountRow; hearing: Hearing | undefined }[]> => {
  const hearings = await hearingsOf(db)
  const rows = await db.select().from(accounts).where(and(mine(db, accounts), ne(accounts.state, 'removed')))
  return rows.filter((row) => house.channels.some((one) => one.id === row.channel)).map((row) => ({ row, hearing: hearings.get(row.id) }))
}

/** Tells the team, once for each change, that an account needs them, has fallen silent, nears its end, or is well again. */
export async function tellLights(house: House, workspaceId: string): Promise<void> {
  const found = await house.database.read(workspaceId, (db) => tracked(db, house))
  for (const { row, hearing } of found) {
    // Without its secret an account is of no use, and the network need not be asked to learn it.
    const lost = row.state === 'connected' && lostSecrets(row.settings, row).length > 0
    if (lost) await house.database.write(workspaceId, (tx) => needsLogin(tx, row.id, { at: house.now(), because: 'secrets-lost' }))
    if (lost) continue
    const sight = sightOf(row, hearing, { channel: channelOf(house, row.channel), now: house.now() })
    const [light, ending] = [lightOf(sight), endsSoon(sight)]
    if ((row.toldLight ?? 'live') === light && row.toldEnding === ending) continue
    await house.database.write(workspaceId, (tx) => tell(tx, row, { light, ending, reason: reasonOf(sight), now: house.now() }))
  }
}

interface Told { readonly light: ReturnType<typeof lightOf>; readonly ending: boolean; readonly reason: string | undefined; readonly now: Date }
async function tell(tx: Tx, row: AccountRow, { light, ending, reason, now: at }: Told): Promise<void> {
  const before = row.toldLight ?? 'live'
  // Of two who tell at once, one finds the row as it was.
  const [taken] = await tx.update(accounts).set({ toldLight: light, toldEnding: ending })
    .where(and(mine(tx, accounts), eq(accounts.id, row.id), eq(accounts.toldEnding, row.toldEnding), sql`coalesce(${accounts.toldLight}, 'live') = ${before}`)).returning({ id: accounts.id })
  if (!taken) return
  const about = { accountId: row.id, channel: row.channel, handle: row.handle }
  if (light !== before && light === 'trouble') await emit(tx, 'account.troubled', { at, data: { ...about, because: reason ?? 'failing' } })
  if (light !== before && light === 'quiet') await emit(tx, 'account.silent', { at, data: { ...about, heardAt: row.heardAt?.toISOString() ?? null } })
  if (light !== before && light === 'live') await emit(tx, 'account.well', { at, data: about })
  if (ending && !row.toldEnding && row.endsAt) await emit(tx, 'account.ending', { at, data: { ...about, endsAt: row.endsAt.toISOString() } })
}

/** Accounts somebody should look at now, the worst first. */
export async function needingPeople(house: House, workspaceId: string) {
  const found = await house.database.read(workspaceId, (db) => tracked(db, house))
  return found.flatMap(({ row, hearing }) => {
    const sight = sightOf(row, hearing, { channel: channelOf(house, row.channel), now: house.now() })
    const reason = reasonOf(sight)
    if (reason === undefined && !endsSoon(sight)) return []
    return [{ id: row.id, channel: channelOf(house, row.channel).name, handle: row.handle, light: lightOf(sight), why: reason ?? 'ending' as const, heardAt: row.heardAt, endsAt: row.endsAt }]
  })
}
