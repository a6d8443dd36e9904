import type { Draft } from '#kit/channel.ts'
import type { Member } from '#kit/http.ts'
import type { Both } from '#kit/lang.ts'
import { Refusal } from '#kit/refusal.ts'
import type { Db, Tx } from '#db/database.ts'
import { accountById } from '../accounts/store.ts'
import { emit } from '../events/store.ts'
import { channelOf, type House } from '../house.ts'
import { wireOf, type Plan } from '../publications/plan.ts'
import { askRetraction, askRevision, cancelScheduled, publicationsOf, type Publication } from '../publications/store.ts'
import { mayLeave } from '../writing/rules.ts'
import { changedMeanwhile } from './drafts.ts'
import { planFor } from './publish.ts'
import { ready, type Ready } from './ready.ts'
import type { PostWords } from './rules.ts'
import { nameOf, type Stand } from './stands.ts'
import { lockPost, savePost, type Post } from './store.ts'
import { keepBefore, keepVersion } from './versions.ts'
import { readPost } from './writing.ts'

/** An account on which the old words stay, and why. */
export interface Staying { readonly accountId: string; readonly channel: string; readonly account: Both; readonly why: 'blind' | 'away' | 'leaving'; readonly says: Both }

const partsOut = async (db: Db, postId: string): Promise<Publication[]> => (await publicationsOf(db, [postId])).filter((one) => one.messageId === null)
/** What of a post stands on the networks, first parts first; not the talk under it. */
export const standingOf = async (db: Db, postId: string): Promise<Publication[]> =>
  (await partsOut(db, postId)).filter((one) => one.state === 'confirmed').sort((x, y) => x.part - y.part)

interface Revising { readonly post: Post; readonly given: Ready; readonly stand: Stand; readonly standing: readonly Publication[]; readonly note: string; readonly link: string | undefined }

/** The plan of each part as it stands there: one for all where a thread goes out whole. */
function plansOf({ post, given, stand, standing, link }: Omit<Revising, 'note'>): Plan[] {
  const dueAt = standing[0]!.writtenAt
  const { thread = [], firstComment, ...first } = planFor(post, given, { stand, dueAt })
  const home = link ? { ...first, link } : first
  if (stand.channel.publish?.threads === 'whole') return [{ ...home, ...(thread.length > 0 ? { thread } : {}), ...(firstComment ? { firstComment } : {}) }]
  const { title: _, card: __, ...bare } = home
  return [home, ...thread.map((part) => ({ ...bare, text: part.text, media: part.media })), ...(firstComment ? [{ ...bare, text: firstComment, media: [] }] : [])]
}

/** What a part stands under, as it was sent. */
function under(row: Publication): Pick<Plan, 'inReplyTo'> {
  const to = row.draft?.inReplyTo ?? row.inReplyTo as Draft['inReplyTo'] | null
  return to ? { inReplyTo: to } : {}
}

async function reviseOn(tx: Tx, house: House, revising: Revising): Promise<void> {
  const { stand, standing, note } = revising
  const plans = plansOf(revising)
  const stands = standing.length
  if (plans.length > stands) throw new Refusal('thread_grows', { params: { account: nameOf(stand.channel, stand.account), stands }, extra: { accountId: stand.account.id } })
  for (const [place, row] of standing.entries()) {
    const plan = plans[place]
    if (plan) await askRevision(tx, row.id, { wire: wireOf(house, { ...plan, kind: row.kind, ...under(row), ...(place === 0 ? { note } : {}) }, row), note, at: house.now() })
    else await askRetraction(tx, row.id, { note, at: house.now() })
  }
}

const because = {
  blind: { en: 'it knows no editing', el: 'δεν επιτρέπει διορθώσεις' },
  away: { en: 'it is not connected', el: 'δεν είναι συνδεδεμένο' },
  leaving: { en: 'the post is still on its way there', el: 'η ανάρτηση δεν έχει φτάσει ακόμη εκεί' },
} as const
const ended = ['confirmed', 'cancelled', 'refused', 'gone']

/** Where new words cannot go: accounts whose network knows no editing, that are gone, or that the post has yet to reach. */
export async function stayingOn(db: Db, house: Pick<House, 'channels'>, postId: string): Promise<Staying[]> {
  const found = new Map<string, Staying>()
  for (const one of await partsOut(db, postId)) {
    const leaving = !ended.includes(one.state)
    if (!leaving && one.state !== 'confirmed') continue
    const channel = channelOf(house, one.channel)
    const row = await accountById(db, one.accountId)
    const account = nameOf(channel, { handle: row?.handle ?? '?' })
    const why = leaving ? 'leaving' : channel.publish?.revise === undefined ? 'blind' : row?.state !== 'connected' ? 'away' : undefined
    if (why) found.set(one.accountId, { accountId: one.accountId, channel: one.channel, account, why, says: { en: `The old words stay on ${account.en}: ${because[why].en}.`, el: `Μένουν τα παλιά λόγια: ${account.el}· ${because[why].el}.` } })
  }
  return [...found.values()]
}

type NewWords = Pick<PostWords, 'title' | 'text' | 'media'> & Partial<Pick<PostWords, 'thread' | 'firstComment' | 'warning' | 'variants'>>
export interface Edit { readonly member: Member; readonly id: string; readonly version: number; readonly words: NewWords; readonly note: string; readonly reasons: Readonly<Record<string, string>> }

/** New words for what is out already, on every account whose network takes them, with the public note that honesty asks for. */
export async function editPublished(tx: Tx, house: House, edit: Edit): Promise<Post> {
  const { id, member } = edit
  const before = await lockPost(tx, id)
  if (before.version !== edit.version) throw changedMeanwhile(before)
  if (before.state !== 'published') throw new Refusal('wrong_state', { params: { state: before.state } })
  return await applyEdit(tx, house, { ...edit, before, memberId: member.id })
}

interface Applying extends Omit<Edit, 'member'> { readonly before: Post; readonly memberId: string }
export async function applyEdit(tx: Tx, house: House, { before, id, memberId, words, note, reasons }: Applying): Promise<Post> {
  const now = house.now()
  const standing = await standingOf(tx, id)
  const staying = new Set((await stayingOn(tx, house, id)).map((one) => one.accountId))
  const reached = [...new Set(standing.map((one) => one.accountId))].filter((accountId) => !staying.has(accountId))
  const whole: Post = { ...before, ...words, media: [...words.media] }
  const { findings } = await readPost(tx, house, { post: whole, at: now, now })
  for (const one of mayLeave(findings, reasons)) await emit(tx, 'check.overruled', { at: now, memberId, postId: id, data: one })
  const link = standing.find((one) => channelOf(house, one.channel).publish?.address)?.remoteUrl ?? undefined
  const given = reached.length > 0 ? await ready(tx, house, { ...whole, accountIds: reached }) : undefined
  for (const stand of given?.stands ?? []) await reviseOn(tx, house, { post: whole, given: given!, stand, standing: standing.filter((one) => one.accountId === stand.account.id), note, link })
  await keepBefore(tx, before, { by: memberId, at: now })
  await keepVersion(tx, { postId: id, words: whole, why: 'edited', byId: memberId, at: now })
  return await savePost(tx, id, { seen: before.version, at: now, change: { ...words, media: [...words.media], wordsBy: memberId, wordsAt: now, proposal: null } })
}

/** Takes a published post down everywhere, the last part first; a tombstone with the note stays. */
export async function retractPost(tx: Tx, house: House, { id, note }: { readonly id: string; readonly note: string }): Promise<Post> {
  const post = await lockPost(tx, id)
  if (post.state !== 'published') throw new Refusal('wrong_state', { params: { state: post.state } })
  await cancelScheduled(tx, id)
  for (const one of (await standingOf(tx, id)).toReversed()) await askRetraction(tx, one.id, { note, at: house.now() })
  return await savePost(tx, id, { seen: post.version, at: house.now(), change: { state: 'withdrawn', proposal: null } })
}
