import { and, eq, sql } from 'drizzle-orm'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Tx } from '#db/database.ts'
import { emit } from '../events/store.ts'
import { events } from '../events/tables.ts'
import type { House } from '../house.ts'
import { mayLeave } from '../writing/rules.ts'
import { gate } from './approval/store.ts'
import { changedMeanwhile } from './drafts.ts'
import { planAll, takeBack, type LetOut } from './publish.ts'
import { lockPost, savePost, type Post } from './store.ts'
import { readPost } from './writing.ts'
import './happenings.ts'

/** The words with which a post was let past its checks before, by the rule: they are not asked for again. */
export async function reasonsGiven(tx: Tx, postId: string): Promise<Record<string, string>> {
  const rows = await tx.select({ data: events.data }).from(events).where(and(mine(tx, events), eq(events.postId, postId), eq(events.name, 'check.overruled'))).orderBy(sql`${events.seq} desc`).limit(50)
  return Object.fromEntries(rows.toReversed().map(({ data }) => { const { rule, reason } = data as unknown as { rule: string; reason: string }; return [rule, reason] }))
}

/** Another time for what is scheduled already. It was told once that it is scheduled and which checks were passed over: only what is new is told. */
export async function reschedulePost(tx: Tx, house: House, out: LetOut): Promise<Post> {
  const { id, member } = out
  const post = await lockPost(tx, id)
  if (post.version !== out.version) throw changedMeanwhile(post)
  if (post.state !== 'scheduled' || !post.dueAt) throw new Refusal('wrong_state', { params: { state: post.state } })
  await gate(tx, post)
  const now = house.now()
  await takeBack(tx, post)
  const { findings, reviewed } = await readPost(tx, house, { post, at: out.dueAt, now })
  const given = await reasonsGiven(tx, id)
  const about = { at: now, memberId: member.id, postId: id, ...(post.campaignId ? { campaignId: post.campaignId } : {}) }
  for (const one of mayLeave(findings, { ...given, ...out.reasons })) if (given[one.rule] !== one.reason) await emit(tx, 'check.overruled', { ...about, data: one })
  await planAll(tx, house, { post, dueAt: out.dueAt })
  const saved = await savePost(tx, id, { seen: out.version, at: now, change: { dueAt: out.dueAt, wallTime: out.wall?.wall ?? null, zone: out.wall?.zone ?? null, reviewed } })
  if (post.dueAt.getTime() !== out.dueAt.getTime()) await emit(tx, 'post.rescheduled', { ...about, data: { from: post.dueAt.toISOString(), to: out.dueAt.toISOString() } })
  return saved
}
