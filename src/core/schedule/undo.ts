import { and, eq, lt, sql } from 'drizzle-orm'
import type { Json } from '#kit/json.ts'
import type { Member } from '#kit/http.ts'
import { Refusal } from '#kit/refusal.ts'
import { isId } from '#kit/id.ts'
import { mine, type Tx } from '#db/database.ts'
import type { House } from '../house.ts'
import { throwAway } from '../posts/drafts.ts'
import { lockPost, postById, savePost, type Post } from '../posts/store.ts'
import { bringTo, standingOf, type Standing } from './standing.ts'
import { seriesOccurrences, undos } from './tables.ts'

export const undoFor = 10 * 60_000

// What belongs to a post and goes with it when it is thrown away.
const parts = ['posts', 'post_versions', 'approval_steps', 'review_links', 'post_comments', 'shelf_places'] as const
type Rows = Readonly<Record<(typeof parts)[number], readonly Json[]>>

/** What a post is meant for, where that is the team's own affair and changes nothing of what readers see. */
export interface Lane { readonly intent?: Post['intent'] | undefined; readonly campaignId?: string | null | undefined }
export const laneOf = ({ intent, campaignId }: Post): Lane => ({ intent, campaignId })
export const putInto = async (tx: Tx, post: Post, { lane, at }: { readonly lane: Lane; readonly at: Date }): Promise<Post> => await savePost(tx, post.id, { seen: post.version, at, change: lane })

/** What one act did to one post, and what it takes to take that back. */
export type Step =
  | { readonly did: 'changed'; readonly postId: string; readonly version: number; readonly before: StoredStanding; readonly lane?: Lane | undefined }
  | { readonly did: 'made'; readonly postId: string; readonly version: number }
  | { readonly did: 'deleted'; readonly postId: string; readonly before: StoredStanding; readonly rows: Rows; readonly occurrence: string | null }
interface StoredStanding { readonly as: Standing['as']; readonly time: { readonly wall: string; readonly zone: string; readonly at: string } | null }

export const stored = ({ as, time }: Standing): StoredStanding => ({ as, time: time && { ...time, at: time.at.toISOString() } })
const opened = ({ as, time }: StoredStanding): Standing => ({ as, time: time && { ...time, at: new Date(time.at) } })

export async function keepUndo(tx: Tx, { memberId, steps, now }: { readonly memberId: string; readonly steps: readonly Step[]; readonly now: Date }): Promise<{ token: string; until: Date }> {
  await tx.delete(undos).where(and(mine(tx, undos), lt(undos.until, now)))
  const until = new Date(now.getTime() + undoFor)
  const [row] = await tx.insert(undos).values({ memberId, steps: steps as unknown as Json, until }).returning({ id: undos.id })
  return { token: row!.id, until }
}

/** Throws a draft away, keeping every row that is needed to bring it back as it was. */
export async function takeAway(tx: Tx, post: Post, before: Standing): Promise<Step> {
  const rows: Partial<Record<(typeof parts)[number], Json[]>> = {}
  for (const table of parts) {
    const key = sql.raw(table === 'posts' ? 'id' : 'post_id')
    const found = await tx.execute<{ row: Json }>(sql`select to_jsonb(t) as row from ${sql.raw(table)} t where workspace_id = ${tx.workspace} and ${key} = ${post.id}`)
    rows[table] = found.rows.map(({ row }) => row)
  }
  await tx.execute(sql`delete from shelf_places where workspace_id = ${tx.workspace} and post_id = ${post.id}`)
  await throwAway(tx, post.id)
  // A day of a series whose post was thrown away is left out, not made again.
  const [occurrence] = await tx.update(seriesOccurrences).set({ postId: null, skipped: true }).where(and(mine(tx, seriesOccurrences), eq(seriesOccurrences.postId, post.id))).returning({ id: seriesOccurrences.id })
  return { did: 'deleted', postId: post.id, before: stored(before), rows: rows as Rows, occurrence: occurrence?.id ?? null }
}
async function bringBack(tx: Tx, { postId, rows, occurrence }: Extract<Step, { did: 'deleted' }>): Promise<Post> {
  // Somebody may have begun a post of the same id since: the browser names its own.
  if ((await tx.execute(sql`select 1 from posts where id = ${postId}`)).rows.length > 0) throw new Refusal('undo_changed')
  for (const table of parts) for (const row of rows[table]) {
    const name = sql.raw(table)
    await tx.execute(sql`insert into ${name} select * from jsonb_populate_record(null::${name}, ${JSON.stringify(row)}::jsonb)`)
  }
  if (occurrence) await tx.update(seriesOccurrences).set({ postId, skipped: false }).where(and(mine(tx, seriesOccurrences), eq(seriesOccurrences.id, occurrence)))
  return await postById(tx, postId)
}

async function seen(tx: Tx, { postId, version }: { readonly postId: string; readonly version: number }): Promise<Post> {
  const post = await lockPost(tx, postId).catch((error: unknown) => { throw error instanceof Refusal ? new Refusal('undo_changed', { cause: error }) : error })
  if (post.version !== version || (post.state !== 'draft' && post.state !== 'scheduled')) throw new Refusal('undo_changed')
  return post
}

async function backInto(tx: Tx, house: House, { member, post, step }: { readonly member: Member; readonly post: Post; readonly step: Extract<Step, { did: 'changed' }> }): Promise<Post> {
  const [now, before] = [await standingOf(tx, post), opened(step.before)]
  const isStill = now.as === before.as && now.time?.at.getTime() === before.time?.at.getTime()
  const brought = isStill && step.lane ? post : await bringTo(tx, house, { member, post, now, to: before })
  return step.lane ? await putInto(tx, brought, { lane: step.lane, at: house.now() }) : brought
}

async function takeBack(tx: Tx, house: House, { member, step }: { readonly member: Member; readonly step: Step }): Promise<Post | undefined> {
  if (step.did === 'deleted') {
    const post = await bringBack(tx, step)
    const before = opened(step.before)
    return before.as === 'draft' ? post : await bringTo(tx, house, { member, post, now: await standingOf(tx, post), to: before })
  }
  const post = await seen(tx, step)
  if (step.did === 'changed') return await backInto(tx, house, { member, post, step })
  const now = await standingOf(tx, post)
  if (now.as !== 'draft') await bringTo(tx, house, { member, post, now, to: { as: 'draft', time: null } })
  await throwAway(tx, post.id)
  return undefined
}

/** Takes an act back, whole or not at all: once, within its time, by whoever did it, and only while nobody has touched any of it. */
export async function undo(tx: Tx, house: House, { member, token }: { readonly member: Member; readonly token: string }): Promise<Post[]> {
  const [row] = isId(token) ? await tx.select().from(undos).where(and(mine(tx, undos), eq(undos.id, token))).for('update') : []
  if (!row || row.usedAt || row.memberId !== member.id || row.until <= house.now()) throw new Refusal('undo_gone')
  await tx.update(undos).set({ usedAt: house.now() }).where(and(mine(tx, undos), eq(undos.id, token)))
  const back: Post[] = []
  for (const step of (row.steps as unknown as readonly Step[]).toReversed()) {
    const post = await takeBack(tx, house, { member, step })
    if (post) back.push(post)
  }
  return back
}
