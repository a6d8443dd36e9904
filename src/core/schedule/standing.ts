import { and, eq } from 'drizzle-orm'
import type { Member } from '#kit/http.ts'
import { mayDo } from '#kit/rights.ts'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import type { House } from '../house.ts'
import { publishPost, unschedule } from '../posts/publish.ts'
import { reasonsGiven, reschedulePost } from '../posts/reschedule.ts'
import { savePost, type Post } from '../posts/store.ts'
import { pausedPosts } from './tables.ts'

/** When something is to happen, as it was said and as it is meant. */
export interface Time { readonly wall: string; readonly zone: string; readonly at: Date }
/** Where a post that is not out yet stands in the calendar. Paused, it keeps its time but does not leave. */
export interface Standing { readonly as: 'draft' | 'paused' | 'scheduled'; readonly time: Time | null }

export const timeOf = (post: Post): Time | null =>
  (post.dueAt && post.wallTime !== null && post.zone !== null ? { wall: post.wallTime.slice(0, 16), zone: post.zone, at: post.dueAt } : post.dueAt ? { wall: post.dueAt.toISOString().slice(0, 16), zone: 'UTC', at: post.dueAt } : null)

export async function standingOf(db: Db, post: Post): Promise<Standing> {
  if (post.state === 'scheduled') return { as: 'scheduled', time: timeOf(post) }
  if (post.state !== 'draft') throw new Refusal(post.state === 'published' ? 'published_not_moved' : 'wrong_state', { params: { state: post.state }, ...(post.state === 'published' ? { extra: { choices: ['record-date', 'again'] } } : {}) })
  const [pause] = await db.select({ dueAt: pausedPosts.dueAt }).from(pausedPosts).where(and(mine(db, pausedPosts), eq(pausedPosts.postId, post.id)))
  const time = timeOf(post)
  return { as: pause && time && pause.dueAt.getTime() === time.at.getTime() ? 'paused' : 'draft', time }
}

export interface Bringing { readonly member: Member; readonly post: Post; readonly now: Standing; readonly to: Standing; readonly reasons?: Readonly<Record<string, string>> | undefined }
/** Brings a post that is not out yet from where it stands to where it should: the one way in which the calendar changes one. */
export async function bringTo(tx: Tx, house: House, { member, post, now, to, reasons = {} }: Bringing): Promise<Post> {
  const at = house.now()
  if ((now.as === 'scheduled' || to.as === 'scheduled') && !mayDo(member.role, 'publish')) throw new Refusal('not_allowed')
  if (to.as === 'scheduled' && !to.time) throw new Refusal('no_time')
  if (to.as === 'scheduled' && to.time && to.time.at <= at) throw new Refusal('time_in_past', { field: 'wall' })
  await tx.delete(pausedPosts).where(and(mine(tx, pausedPosts), eq(pausedPosts.postId, post.id)))
  if (to.as === 'scheduled') {
    const { wall, zone, at: dueAt } = to.time!
    const out = { member, id: post.id, version: post.version, dueAt, wall: { wall, zone } }
    if (now.as === 'scheduled') return await reschedulePost(tx, house, { ...out, reasons })
    return await publishPost(tx, house, { ...out, reasons: { ...await reasonsGiven(tx, post.id), ...reasons } })
  }
  const free = now.as === 'scheduled' ? await unschedule(tx, house, post.id) : post
  if (to.as === 'paused') await tx.insert(pausedPosts).values({ postId: post.id, dueAt: to.time!.at, by: member.id, at })
  return await savePost(tx, post.id, { seen: free.version, at, change: { wallTime: to.time?.wall ?? null, zone: to.time?.zone ?? null, dueAt: to.time?.at ?? null } })
}
