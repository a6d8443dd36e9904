import { and, asc, eq, inArray, isNotNull, max, or, sql } from 'drizzle-orm'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { emit } from '../../events/store.ts'
import { members } from '../../members/tables.ts'
import { policyOf, type PublishingPolicy } from '../policy.ts'
import { saysTheSame, type PostWords } from '../rules.ts'
import type { Post } from '../store.ts'
import { approvalSteps, posts } from '../tables.ts'
import { may, mayGoOut, standing, type Deed, type Rules, type Standing } from './rules.ts'
import '../happenings.ts'

type StepRow = typeof approvalSteps.$inferSelect
/** A step with the name of who made it. */
export interface StepLine { readonly n: number; readonly deed: Deed; readonly memberId: string | null; readonly linkId: string | null; readonly name: string; readonly note: string; readonly at: Date }

const rows = async (db: Db, postIds: readonly string[]) => postIds.length === 0 ? [] : await db.select({ step: approvalSteps, memberName: members.name }).from(approvalSteps)
  .leftJoin(members, eq(members.id, approvalSteps.memberId)).where(and(mine(db, approvalSteps), inArray(approvalSteps.postId, [...postIds]))).orderBy(asc(approvalSteps.number))
const lineOf = ({ step, memberName }: { readonly step: StepRow; readonly memberName: string | null }): StepLine =>
  ({ n: step.number, deed: step.deed, memberId: step.memberId, linkId: step.linkId, name: step.name ?? memberName ?? '', note: step.note, at: step.at })

/** Whose words they are: the author's and whoever changed them last; of new words for what is out, whoever proposes them. */
const writersOf = (post: Post): string[] => (post.proposal ? [post.proposal.by] : [post.authorId, ...(post.wordsBy ? [post.wordsBy] : [])])
const rulesFor = (policy: PublishingPolicy, post: Post): Rules => ({ mode: policy.approval, linksCount: policy.linksCount, writers: writersOf(post) })

export interface Approval extends Pick<Standing, 'state' | 'counting' | 'wanted'> {
  readonly mode: PublishingPolicy['approval']; readonly linksCount: boolean; readonly mayGoOut: boolean; readonly steps: readonly StepLine[]
  /** Those who cannot approve because the words are theirs. */
  readonly writers: readonly string[]
}
function approvalFrom(policy: PublishingPolicy, post: Post, steps: readonly StepLine[]): Approval {
  const rules = rulesFor(policy, post)
  const { state, counting, wanted } = standing(steps, rules)
  return { mode: policy.approval, linksCount: policy.linksCount, state, counting, wanted, mayGoOut: mayGoOut(policy.approval, state), steps, writers: [...new Set(rules.writers)] }
}

export async function approvalsOf(db: Db, of: readonly Post[]): Promise<Map<string, Approval>> {
  const policy = await policyOf(db)
  const found = await rows(db, of.map((post) => post.id))
  return new Map(of.map((post) => [post.id, approvalFrom(policy, post, found.filter((row) => row.step.postId === post.id).map(lineOf))]))
}
export const approvalOf = async (db: Db, post: Post): Promise<Approval> => (await approvalsOf(db, [post])).get(post.id)!

interface Kept { readonly deed: Deed; readonly memberId: string | null; readonly linkId?: string; readonly name?: string; readonly note?: string; readonly at: Date }
async function keep(tx: Tx, post: Post, step: Kept): Promise<void> {
  const [last] = await tx.select({ n: max(approvalSteps.number) }).from(approvalSteps).where(and(mine(tx, approvalSteps), eq(approvalSteps.postId, post.id)))
  await tx.insert(approvalSteps).values({ postId: post.id, number: (last?.n ?? 0) + 1, ...step })
}

/** Somebody who acts on an approval: a member, or an outsider by a link. */
export type Actor = { readonly memberId: string; readonly name: string } | { readonly linkId: string; readonly name: string }
export interface Act { readonly post: Post; readonly deed: Exclude<Deed, 'change'>; readonly actor: Actor; readonly note: string; readonly at: Date }

/** One step of an approval; the post must be locked, so that of two who press at once the second sees what the first did. */
export async function act(tx: Tx, { post, deed, actor, note, at }: Act): Promise<Approval> {
  if (post.state !== 'draft' && post.proposal === null) throw new Refusal('wrong_state', { params: { state: post.state } })
  const [memberId, linkId] = 'memberId' in actor ? [actor.memberId, null] : [null, actor.linkId]
  const policy = await policyOf(tx)
  const before = await approvalOf(tx, post)
  const answer = may(deed, { memberId, linkId }, { steps: before.steps, rules: rulesFor(policy, post) })
  if (answer === 'own-words') throw new Refusal('own_words')
  if (answer === 'already-said') throw new Refusal('already_approved')
  if (answer === 'wrong-state') throw new Refusal('wrong_state', { params: { state: before.state }, extra: { approval: before } })
  await keep(tx, post, { deed, memberId, ...(linkId ? { linkId, name: actor.name } : {}), note, at })
  const after = await approvalOf(tx, post)
  await tell(tx, { post, deed, actor, note, at }, after)
  return after
}

async function tell(tx: Tx, { post, deed, actor, note, at }: Act, after: Approval): Promise<void> {
  const about = { at, postId: post.id, ...('memberId' in actor ? { memberId: actor.memberId } : {}), ...(post.campaignId ? { campaignId: post.campaignId } : {}) }
  const by = { by: actor.name, outside: 'linkId' in actor, note }
  if (deed === 'ask') return await emit(tx, 'post.approval-asked', { ...about, data: { mode: after.mode, wanted: after.wanted, note, again: false } })
  if (deed === 'approve') return await emit(tx, 'post.approved', { ...about, data: { ...by, done: after.state === 'approved' } })
  if (deed === 'return') return await emit(tx, 'post.returned', { ...about, data: by })
  await emit(tx, 'post.approval-withdrawn', { ...about, data: { note } })
}

export interface Changing { readonly before: Post; readonly after: PostWords; readonly memberId: string; readonly at: Date }
/** Words that change after somebody was asked are asked about again: no yes outlives the words it was given to. */
export async function noteChange(tx: Tx, { before, after, memberId, at }: Changing): Promise<void> {
  if (saysTheSame(before, after)) return
  const { state, mode, wanted } = await approvalOf(tx, before)
  const isOpen = state === 'asked' || state === 'half' || state === 'approved'
  if (!isOpen) return
  await keep(tx, before, { deed: 'change', memberId, at })
  if (state !== 'asked') await emit(tx, 'post.approval-asked', { at, memberId, postId: before.id, data: { mode, wanted, note: '', again: true } })
}

/** Refuses to let out what nobody has approved who has to. */
export async function gate(tx: Tx, post: Post): Promise<void> {
  const approval = await approvalOf(tx, post)
  if (!approval.mayGoOut) throw new Refusal('approval_needed', { params: { wanted: approval.wanted, counting: approval.counting }, extra: { approval } })
}

/** Posts somebody was asked about and has yet to answer for, those that go out first at the top. */
export async function waitingForApproval(db: Db): Promise<{ post: Post; approval: Approval }[]> {
  // Asked, and neither sent back nor taken back since: what is over must not crowd out what waits.
  const asked = sql`(select deed from ${approvalSteps} where ${approvalSteps.workspaceId} = ${posts.workspaceId} and ${approvalSteps.postId} = ${posts.id} order by ${approvalSteps.number} desc limit 1) in ('ask', 'approve', 'change')`
  const open = await db.select().from(posts).where(and(mine(db, posts), asked, or(eq(posts.state, 'draft'), isNotNull(posts.proposal)))).orderBy(asc(posts.dueAt), asc(posts.updatedAt)).limit(200)
  const approvals = await approvalsOf(db, open)
  return open.map((post) => ({ post, approval: approvals.get(post.id)! })).filter(({ approval }) => approval.state === 'asked' || approval.state === 'half')
}
