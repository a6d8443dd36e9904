import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { Refusal } from '#kit/refusal.ts'
import { EVERY, mine, type Database, type Db, type Tx } from '#db/database.ts'
import { accounts } from '../accounts/tables.ts'
import { memberById } from '../members/store.ts'
import { refuseUnknownCampaign } from '../posts/campaign.ts'
import { posts } from '../posts/tables.ts'
import { workspaceById } from '../workspaces/store.ts'
import { daysAhead, nextFree, type Free, type Slot, type Wish } from './slots.ts'
import { shelfPlaces, slots } from './tables.ts'
import { planningZone } from './zones.ts'

export async function zonesFor(database: Database, { workspaceId, memberId, campaignId }: { readonly workspaceId: string; readonly memberId?: string | undefined; readonly campaignId?: string | null | undefined }) {
  const site = await database.read(EVERY, (db) => workspaceById(db, workspaceId))
  return await database.read(workspaceId, async (db) => {
    const member = memberId === undefined ? undefined : await memberById(db, memberId)
    const workspace = site?.zone ?? 'UTC'
    return { planning: planningZone({ campaign: await campaignZone(db, campaignId), workspace }), workspace, member: member?.zone ?? null, lang: member?.lang ?? site?.lang ?? 'en', name: site?.name ?? '' }
  })
}
/** The clock of a campaign's audience, where it has one of its own. */
export async function campaignZone(db: Db, campaignId: string | null | undefined): Promise<string | null> {
  if (!campaignId) return null
  const { rows } = await db.execute<{ zone: string | null }>(sql`select zone from campaigns where workspace_id = ${db.workspace} and id = ${campaignId}`)
  return rows[0]?.zone ?? null
}
export async function campaignLanes(db: Db): Promise<{ id: string; name: string; zone: string | null }[]> {
  return (await db.execute<{ id: string; name: string; zone: string | null }>(sql`select id, name, zone from campaigns where workspace_id = ${db.workspace} order by created_at, id`)).rows
}

export async function slotsOf(db: Db, accountId?: string): Promise<(Slot & { workspaceId: string })[]> {
  return await db.select().from(slots).where(and(mine(db, slots), accountId ? eq(slots.accountId, accountId) : undefined)).orderBy(asc(slots.weekday), asc(slots.time), asc(slots.id))
}
export async function keepSlot(tx: Tx, id: string | undefined, given: Omit<Slot, 'id'>): Promise<Slot> {
  const [account] = await tx.select({ id: accounts.id }).from(accounts).where(and(mine(tx, accounts), eq(accounts.id, given.accountId)))
  if (!account) throw new Refusal('no_account_chosen', { field: 'accountId' })
  await refuseUnknownCampaign(tx, given.campaignId)
  const same = and(mine(tx, slots), eq(slots.accountId, given.accountId), eq(slots.weekday, given.weekday), eq(slots.time, given.time), eq(slots.zone, given.zone))
  const [other] = await tx.select({ id: slots.id }).from(slots).where(same)
  if (other && other.id !== id) throw new Refusal('slot_taken', { field: 'time' })
  const [row] = id === undefined ? await tx.insert(slots).values(given).onConflictDoNothing().returning() : await tx.update(slots).set(given).where(and(mine(tx, slots), eq(slots.id, id))).returning()
  if (!row) throw new Refusal(id === undefined ? 'slot_taken' : 'not_found')
  return row
}
export async function dropSlot(tx: Tx, id: string): Promise<void> {
  const gone = await tx.delete(slots).where(and(mine(tx, slots), eq(slots.id, id))).returning({ id: slots.id })
  if (gone.length === 0) throw new Refusal('not_found')
}

/** One at a time takes slots. Whoever takes several asks for this before anything else is locked, so that no two wait for each other. */
export const lockSlots = async (tx: Tx): Promise<unknown> => await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`slots ${tx.workspace}`}, 0))`)

/** The instants at which an account already has something, drafts with a time included. */
async function takenOn(db: Db, accountId: string, now: Date): Promise<Set<number>> {
  const until = new Date(now.getTime() + (daysAhead + 1) * 86_400_000)
  const rows = await db.select({ at: posts.dueAt }).from(posts).where(and(mine(db, posts), inArray(posts.state, ['draft', 'scheduled']), sql`${posts.dueAt} > ${now.toISOString()} and ${posts.dueAt} <= ${until.toISOString()}`, sql`${posts.accountIds} ? ${accountId}`))
  return new Set(rows.map(({ at }) => at!.getTime()))
}
export interface Seeking { readonly accountId: string; readonly wish?: Wish; readonly now: Date; readonly count: number }
export async function freeSlots(db: Db, { accountId, wish = {}, now, count }: Seeking): Promise<Free[]> {
  return nextFree({ slots: await slotsOf(db, accountId), taken: await takenOn(db, accountId, now), now, wish, count })
}
/** The next free slot, held until the transaction ends: two who ask at once get two. */
export async function takeSlot(tx: Tx, seeking: Omit<Seeking, 'count'>): Promise<Free> {
  await lockSlots(tx)
  const [free] = await freeSlots(tx, { ...seeking, count: 1 })
  if (!free) throw new Refusal('slot_none')
  return free
}

/** The order of the shelf, from the top. */
export async function orderShelf(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.delete(shelfPlaces).where(mine(tx, shelfPlaces))
  const known = ids.length === 0 ? [] : await tx.select({ id: posts.id }).from(posts).where(and(mine(tx, posts), inArray(posts.id, [...ids])))
  const here = new Set(known.map(({ id }) => id))
  const rows = [...new Set(ids)].filter((id) => here.has(id)).map((postId, place) => ({ postId, place }))
  if (rows.length > 0) await tx.insert(shelfPlaces).values(rows)
}
