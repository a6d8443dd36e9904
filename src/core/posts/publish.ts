import type { Member } from '#kit/http.ts'
import { Refusal } from '#kit/refusal.ts'
import type { Tx } from '#db/database.ts'
import { emit } from '../events/store.ts'
import type { House } from '../house.ts'
import { draftOf, keyFor, planPublication, type Plan } from '../publications/plan.ts'
import { cancelScheduled } from '../publications/store.ts'
import { mayLeave } from '../writing/rules.ts'
import { gate } from './approval/store.ts'
import { changedMeanwhile } from './drafts.ts'
import { ready, type Ready } from './ready.ts'
import type { Stand } from './stands.ts'
import { lockPost, savePost, type Post } from './store.ts'
import { keepVersion } from './versions.ts'
import { readPost } from './writing.ts'

/** What is handed over for one account. */
export function planFor(post: Post, { person, policy, card }: Ready, { stand, dueAt }: { readonly stand: Stand; readonly dueAt: Date }): Plan {
  const [first, ...thread] = stand.parts
  const late = post.late ?? policy.late
  return {
    account: stand.account, kind: 'post', title: stand.title, text: first!.text, media: first!.media, lang: post.lang, tags: post.tags, author: person, postId: post.id, dueAt, writtenAt: dueAt,
    labels: post.labels, ...(stand.warning ? { warning: stand.warning } : {}), ...(card ? { card } : {}), ...(thread.length > 0 ? { thread } : {}), ...(stand.firstComment ? { firstComment: stand.firstComment } : {}), ...(late ? { late } : {}),
  }
}

interface Leaving { readonly post: Post; readonly given: Ready; readonly dueAt: Date; readonly keys: ReadonlyMap<string, string> }
/** The address of the post on the brand's own site, known before anything is sent. */
function homeOf({ post, given, dueAt, keys }: Leaving): string | undefined {
  for (const stand of given.stands) {
    const address = stand.channel.publish?.address
    if (address) return address(draftOf(planFor(post, given, { stand, dueAt }), keys.get(stand.account.id)!, dueAt), stand.account as never)
  }
  return undefined
}

/** Freezes what goes out to each account, and hands it over. */
export async function planAll(tx: Tx, house: House, { post, dueAt }: Pick<Leaving, 'post' | 'dueAt'>): Promise<Ready> {
  const given = await ready(tx, house, post)
  const keys = new Map<string, string>()
  for (const { account } of given.stands) keys.set(account.id, await keyFor(tx, post.id, account.id))
  const link = homeOf({ post, given, dueAt, keys })
  for (const stand of given.stands) await planPublication(tx, house, { ...planFor(post, given, { stand, dueAt }), key: keys.get(stand.account.id)!, ...(link ? { link } : {}) })
  return given
}

/** Takes back what was planned of a post, while nothing of it has begun to leave. */
export async function takeBack(tx: Tx, post: Post): Promise<void> {
  if (post.state === 'scheduled' && (await cancelScheduled(tx, post.id)).left > 0) throw new Refusal('wrong_state', { params: { state: 'sending' } })
}

export interface LetOut { readonly member: Member; readonly id: string; readonly version: number; readonly dueAt: Date; readonly wall?: { readonly wall: string; readonly zone: string }; readonly reasons: Readonly<Record<string, string>> }

/** Checks, freezes and hands over a post, now or for later: one transaction, from which everything else follows. Of two who press at once, the second is told. */
export async function publishPost(tx: Tx, house: House, out: LetOut): Promise<Post> {
  const { id, member } = out
  const post = await lockPost(tx, id)
  if (post.version !== out.version) throw changedMeanwhile(post)
  if (post.state !== 'draft' && post.state !== 'scheduled') throw new Refusal('wrong_state', { params: { state: post.state } })
  await gate(tx, post)
  const now = house.now()
  await takeBack(tx, post)
  const { findings, reviewed } = await readPost(tx, house, { post, at: out.dueAt, now })
  const about = { at: now, memberId: member.id, postId: id, ...(post.campaignId ? { campaignId: post.campaignId } : {}) }
  for (const one of mayLeave(findings, out.reasons)) await emit(tx, 'check.overruled', { ...about, data: one })
  const { stands } = await planAll(tx, house, { post, dueAt: out.dueAt })
  await keepVersion(tx, { postId: id, words: post, why: 'published', byId: member.id, at: now })
  const saved = await savePost(tx, id, { seen: out.version, at: now, change: { state: 'scheduled', dueAt: out.dueAt, wallTime: out.wall?.wall ?? null, zone: out.wall?.zone ?? null, reviewed } })
  await emit(tx, 'post.scheduled', { ...about, data: { dueAt: out.dueAt.toISOString(), channels: stands.map((one) => one.channel.id) } })
  return saved
}

/** Back to the drafts, while nothing of it has begun to leave. */
export async function unschedule(tx: Tx, house: Pick<House, 'now'>, id: string): Promise<Post> {
  const post = await lockPost(tx, id)
  if (post.state !== 'scheduled') throw new Refusal('wrong_state', { params: { state: post.state } })
  await takeBack(tx, post)
  return await savePost(tx, id, { seen: post.version, at: house.now(), change: { state: 'draft', dueAt: null, wallTime: null, zone: null } })
}
