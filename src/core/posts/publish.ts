import { and, eq, inArray } from 'drizzle-orm'
import type { Member } from '#kit/http.ts'
import { newId } from '#kit/id.ts'
import type { Account, Attachment, Person } from '#kit/channel.ts'
import type { Finding, Writing } from '#kit/pillar.ts'
import { isBlank } from '#kit/text.ts'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Tx } from '#db/database.ts'
import { nearest } from '#text/similarity.ts'
import { accountOf } from '../accounts/store.ts'
import { accounts } from '../accounts/tables.ts'
import { emit } from '../events/store.ts'
import { channelOf, type House } from '../house.ts'
import { attachments } from '../media/store.ts'
import { personOf } from '../members/store.ts'
import { checkLimits, draftOf, planPublication, wireOf, type Plan } from '../publications/plan.ts'
import { askRetraction, askRevision, cancelScheduled, publicationsOf } from '../publications/store.ts'
import { mayLeave, review, rulesOf } from '../writing/rules.ts'
import { surroundings } from '../writing/store.ts'
import { lockPost, savePost, type Post } from './store.ts'
import type { PostMedia } from './tables.ts'

/** A post as the checks read it. */
export async function writingOf(tx: Parameters<typeof surroundings>[0], post: Post, { at, now }: { readonly at: Date; readonly now: Date }): Promise<Writing & { holds: readonly string[]; off: readonly string[] }> {
  const around = await surroundings(tx, now, post.id)
  const person = await personOf(tx, post.authorId)
  const { holds, off, ...settings } = around.settings
  return {
    kind: 'post', lang: post.lang, title: post.title, text: post.text, intent: post.intent, format: post.format, siteName: around.siteName, recent: around.recent,
    author: person ? { name: person.name, signOff: person.signOff ?? '' } : undefined, goesOutAt: at.toISOString(), zone: around.zone, duty: around.duty, settings, holds, off,
  }
}

async function chosenAccounts(tx: Tx, post: Post): Promise<Account[]> {
  if (post.accountIds.length === 0) throw new Refusal('no_account_chosen', { field: 'accountIds' })
  const rows = await tx.select().from(accounts).where(and(mine(tx, accounts), inArray(accounts.id, [...post.accountIds]), eq(accounts.state, 'connected')))
  if (rows.length === 0) throw new Refusal('no_account_chosen', { field: 'accountIds' })
  return rows.map(accountOf)
}

interface Ready { readonly person: Person; readonly media: readonly Attachment[]; readonly chosen: readonly Account[] }
async function ready(tx: Tx, house: House, post: Post): Promise<Ready> {
  if (isBlank(post.text)) throw new Refusal('empty_message', { field: 'text' })
  const person = await personOf(tx, post.authorId)
  if (!person) throw new Refusal('voice_missing')
  const chosen = await chosenAccounts(tx, post)
  const media = await attachments(tx, post.media)
  if (media.some((one) => isBlank(one.alt))) throw new Refusal('alt_text_required', { field: 'media' })
  for (const account of chosen) checkLimits(channelOf(house, account.channel), account, post.text)
  return { person, media, chosen }
}

const planFor = (post: Post, { person, media }: Ready, { account, dueAt }: { readonly account: Account; readonly dueAt: Date }): Plan => ({
  account, kind: 'post', title: post.title, text: post.text, lang: post.lang, media, tags: post.tags, author: person, postId: post.id, dueAt, writtenAt: dueAt,
})

/** The address of the post on the brand's own site, known before anything is sent. */
interface Leaving { readonly post: Post; readonly given: Ready; readonly dueAt: Date; readonly keys: ReadonlyMap<string, string> }
function homeOf(house: House, { post, given, dueAt, keys }: Leaving): string | undefined {
  for (const account of given.chosen) {
    const address = channelOf(house, account.channel).publish?.address
    if (address) return address(draftOf(planFor(post, given, { account, dueAt }), keys.get(account.id)!, dueAt), account as never)
  }
  return undefined
}

async function planAll(tx: Tx, house: House, { post, dueAt }: Pick<Leaving, 'post' | 'dueAt'>): Promise<Ready> {
  const given = await ready(tx, house, post)
  const keys = new Map(given.chosen.map((account) => [account.id, newId(dueAt.getTime())]))
  const link = homeOf(house, { post, given, dueAt, keys })
  for (const account of given.chosen) await planPublication(tx, house, { ...planFor(post, given, { account, dueAt }), key: keys.get(account.id)!, ...(link ? { link } : {}) })
  return given
}

export interface LetOut { readonly member: Member; readonly id: string; readonly version: number; readonly dueAt: Date; readonly wall?: { readonly wall: string; readonly zone: string }; readonly reasons: Readonly<Record<string, string>> }

/** Checks, freezes and hands over a post, now or for later: one transaction, from which everything else follows. */
export async function publishPost(tx: Tx, house: House, out: LetOut): Promise<Post> {
  const { id, member } = out
  const post = await lockPost(tx, id)
  if (post.state !== 'draft' && post.state !== 'scheduled') throw new Refusal('wrong_state', { params: { state: post.state } })
  const now = house.now()
  if (post.state === 'scheduled' && (await cancelScheduled(tx, id)).left > 0) throw new Refusal('wrong_state', { params: { state: 'sending' } })
  const writing = await writingOf(tx, post, { at: out.dueAt, now })
  const findings = review(house.pillars, writing, writing)
  const overruled = mayLeave(findings, out.reasons)
  const about = { at: now, memberId: member.id, postId: id, ...(post.campaignId ? { campaignId: post.campaignId } : {}) }
  for (const one of overruled) await emit(tx, 'check.overruled', { ...about, data: one })
  const { chosen } = await planAll(tx, house, { post, dueAt: out.dueAt })
  const saved = await savePost(tx, id, { seen: out.version, at: now, change: { state: 'scheduled', dueAt: out.dueAt, wallTime: out.wall?.wall ?? null, zone: out.wall?.zone ?? null, reviewed: seen(findings, writing) } })
  await emit(tx, 'post.scheduled', { ...about, data: { dueAt: out.dueAt.toISOString(), channels: chosen.map((one) => one.channel) } })
  return saved
}

function seen(findings: readonly Finding[], writing: Writing): NonNullable<Post['reviewed']> {
  const near = nearest(`${writing.title}\n${writing.text}`, writing.recent.map((one) => ({ ...one, text: `${one.title}\n${one.text}` })))
  return { findings: rulesOf(findings), similarity: near?.similarity ?? 0, similarTo: near?.item.id ?? null, invites: !findings.some((one) => one.rule === 'invites-nobody') }
}

/** Back to the drafts, while nothing of it has begun to leave. */
export async function unschedule(tx: Tx, house: House, id: string): Promise<Post> {
  const post = await lockPost(tx, id)
  if (post.state !== 'scheduled') throw new Refusal('wrong_state', { params: { state: post.state } })
  if ((await cancelScheduled(tx, id)).left > 0) throw new Refusal('wrong_state', { params: { state: 'sending' } })
  return await savePost(tx, id, { seen: post.version, at: house.now(), change: { state: 'draft', dueAt: null, wallTime: null, zone: null } })
}

export interface Edit { readonly member: Member; readonly id: string; readonly version: number; readonly title: string; readonly text: string; readonly media: readonly PostMedia[]; readonly note: string; readonly reasons: Readonly<Record<string, string>> }

/** New words for what is out already, with the public note that honesty asks for. */
export async function editPublished(tx: Tx, house: House, edit: Edit): Promise<Post> {
  const { id, member } = edit
  const before = await lockPost(tx, id)
  if (before.state !== 'published') throw new Refusal('wrong_state', { params: { state: before.state } })
  const now = house.now()
  const post: Post = { ...before, title: edit.title, text: edit.text, media: [...edit.media] }
  const writing = await writingOf(tx, post, { at: now, now })
  for (const one of mayLeave(review(house.pillars, writing, writing), edit.reasons)) await emit(tx, 'check.overruled', { at: now, memberId: member.id, postId: id, data: one })
  const given = await ready(tx, house, post)
  const standing = (await publicationsOf(tx, [id])).filter((one) => one.kind === 'post' && one.state === 'confirmed')
  const link = standing.find((one) => channelOf(house, one.channel).publish?.address)?.remoteUrl ?? undefined
  for (const one of standing) {
    const account = given.chosen.find((chosen) => chosen.id === one.accountId)
    if (!account || !channelOf(house, one.channel).publish?.revise) continue
    await askRevision(tx, one.id, { wire: wireOf(house, { ...planFor(post, given, { account, dueAt: one.writtenAt }), ...(link ? { link } : {}) }, one), note: edit.note })
    await house.jobs.send(tx, 'publish', { workspaceId: tx.workspace, id: one.id })
  }
  return await savePost(tx, id, { seen: edit.version, at: now, change: { title: edit.title, text: edit.text, media: [...edit.media] } })
}

/** Takes a published post down everywhere; a tombstone with the note stays. */
export async function retractPost(tx: Tx, house: House, { id, note }: { readonly id: string; readonly note: string }): Promise<Post> {
  const post = await lockPost(tx, id)
  if (post.state !== 'published') throw new Refusal('wrong_state', { params: { state: post.state } })
  for (const one of await publicationsOf(tx, [id])) {
    if (one.state !== 'confirmed' || one.kind !== 'post') continue
    await askRetraction(tx, one.id, note)
    await house.jobs.send(tx, 'publish', { workspaceId: tx.workspace, id: one.id })
  }
  return await savePost(tx, id, { seen: post.version, at: house.now(), change: { state: 'withdrawn' } })
}
