import { and, eq, isNotNull } from 'drizzle-orm'
import { mine, type Tx } from '#db/database.ts'
import type { Handler } from '../events/dispatch.ts'
import { isEvent } from '../events/store.ts'
import type { House } from '../house.ts'
import { memberById, memberFrom } from '../members/store.ts'
import { lockPost } from '../posts/store.ts'
import '../posts/happenings.ts'
import { feedHandler } from './feed-in.ts'
import { scheduleOrStand } from './materialise.ts'
import { timeOf } from './standing.ts'
import { seriesOccurrences, takenItems } from './tables.ts'

/** A post that waited for a yes and was meant to go out by itself takes its place in the queue, if its time is still to come. */
async function letGo(tx: Tx, house: House, postId: string): Promise<void> {
  const [occurrence] = await tx.select().from(seriesOccurrences).where(and(mine(tx, seriesOccurrences), eq(seriesOccurrences.postId, postId), isNotNull(seriesOccurrences.because)))
  const [item] = occurrence ? [] : await tx.select().from(takenItems).where(and(mine(tx, takenItems), eq(takenItems.postId, postId), isNotNull(takenItems.because)))
  if (!occurrence && !item) return
  const post = await lockPost(tx, postId)
  const time = timeOf(post)
  const author = await memberById(tx, post.authorId)
  if (post.state !== 'draft' || !time || time.at <= house.now() || !author || author.leftAt !== null) return
  const { post: saved, because } = await scheduleOrStand(tx, house, { member: memberFrom(author), post, time })
  const untouched = occurrence?.madeVersion === post.version ? { madeVersion: saved.version } : {}
  if (occurrence) await tx.update(seriesOccurrences).set({ because, ...untouched }).where(and(mine(tx, seriesOccurrences), eq(seriesOccurrences.id, occurrence.id)))
  else await tx.update(takenItems).set({ because }).where(and(mine(tx, takenItems), eq(takenItems.id, item!.id)))
}

const approvedHandler: Handler = {
  id: 'schedule.approved', names: ['post.approved'],
  take: async (events, tx, house) => { for (const event of events) if (isEvent(event, 'post.approved') && event.data.done && event.postId) await letGo(tx, house, event.postId) },
}

/** What the calendar does of itself when something has happened. */
export const scheduleHandlers: readonly Handler[] = [feedHandler, approvedHandler]
