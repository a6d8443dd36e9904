import { and, eq, gt, inArray, isNotNull } from 'drizzle-orm'
import { EVERY, mine, type Tx } from '#db/database.ts'
import { emit } from '../events/store.ts'
import type { House } from '../house.ts'
import { memberById, memberFrom } from '../members/store.ts'
import { lockPost, savePost } from '../posts/store.ts'
import { posts } from '../posts/tables.ts'
import { allWorkspaces } from '../workspaces/store.ts'
import './happenings.ts'
import { materialise, scheduleOrStand } from './materialise.ts'
import { bringTo, standingOf, timeOf } from './standing.ts'
import { pausedPosts } from './tables.ts'
import { retimed } from './zones.ts'

async function retimeOne(tx: Tx, house: House, id: string): Promise<boolean> {
  const post = await lockPost(tx, id)
  const time = timeOf(post)
  if (!time || post.zone === null || (post.state !== 'scheduled' && post.state !== 'draft')) return false
  const fresh = retimed({ wall: time.wall, zone: time.zone, dueAt: time.at })
  if (!fresh) return false
  const now = await standingOf(tx, post)
  const to = { wall: fresh.wall, zone: time.zone, at: fresh.at }
  const author = await memberById(tx, post.authorId)
  let because: string = fresh.because
  if (now.as === 'scheduled' && author) {
    const member = { ...memberFrom(author), role: 'owner' as const }
    const draft = await bringTo(tx, house, { member, post, now, to: { as: 'draft', time: null } })
    because = (await scheduleOrStand(tx, house, { member, post: draft, time: to })).because ?? because
  } else {
    await savePost(tx, id, { seen: post.version, at: house.now(), change: { wallTime: to.wall, dueAt: to.at } })
    await tx.update(pausedPosts).set({ dueAt: to.at }).where(and(mine(tx, pausedPosts), eq(pausedPosts.postId, id)))
  }
  await emit(tx, 'post.retimed', { at: house.now(), postId: id, data: { from: time.at.toISOString(), to: to.at.toISOString(), wall: to.wall, zone: time.zone, because } })
  return true
}

/**
 * Planned times are wall times: where a zone's rules have changed since they were resolved, they are resolved again, and the
 * change is told. What cannot be scheduled at its new time stands as a draft rather than go out early or late.
 */
export async function retimeAll(house: House, workspaceId: string): Promise<number> {
  const due = await house.database.read(workspaceId, (db) => db.select({ id: posts.id, wallTime: posts.wallTime, zone: posts.zone, dueAt: posts.dueAt }).from(posts)
    .where(and(mine(db, posts), inArray(posts.state, ['draft', 'scheduled']), gt(posts.dueAt, house.now()), isNotNull(posts.wallTime), isNotNull(posts.zone))))
  const moved = due.filter((one) => retimed({ wall: one.wallTime!.slice(0, 16), zone: one.zone!, dueAt: one.dueAt! }) !== undefined)
  let count = 0
  for (const { id } of moved) {
    // One that is on its way out at this moment, or thrown away, does not hold up the others.
    const did = await house.database.write(workspaceId, (tx) => retimeOne(tx, house, id)).catch((error: unknown) => { house.log('a planned time could not be resolved again', { postId: id, error: String(error) }); return false })
    if (did) count += 1
  }
  return count
}

const minute = 60_000
/** Keeps the calendar while the house is open: times are resolved again at the start, series are made up to the horizon. */
export function startKeeper(house: House): { stop(): Promise<void> } {
  const failed = (error: unknown): void => house.log('the calendar stumbled', { error: String(error) })
  const each = async (work: (house: House, workspaceId: string) => Promise<number>): Promise<void> => {
    for (const { id } of await house.database.read(EVERY, allWorkspaces)) await work(house, id).catch(failed)
  }
  let running: Promise<void> = each(retimeAll).then(() => each(materialise)).catch(failed)
  let busy = true
  void running.finally(() => { busy = false })
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    running = each(materialise).catch(failed).finally(() => { busy = false })
  }, minute)
  return { stop: async () => { clearInterval(timer); await running } }
}
