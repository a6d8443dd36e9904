import type { Account, Incoming, Receipt, Ref } from '#kit/channel.ts'
import { newId } from '#kit/id.ts'
import type { Member } from '#kit/http.ts'
import { accountOf, accountsOf, noteHeard } from '#core/accounts/store.ts'
import { arrange } from '#core/conversations/act.ts'
import { answer } from '#core/conversations/answer.ts'
import { hear } from '#core/conversations/hear.ts'
import { messageById } from '#core/conversations/places.ts'
import { channelOf, type House } from '#core/house.ts'
import { publishPost } from '#core/posts/publish.ts'
import { editPublished, retractPost } from '#core/posts/revise.ts'
import { createPost, postById, type Post } from '#core/posts/store.ts'
import { dueAt } from '#core/posts/wall-time.ts'
import { confirmIn } from '#core/publications/endings.ts'
import { intendIn } from '#core/publications/intents.ts'
import { publicationById, publicationsOf, retracted, revised, type Publication } from '#core/publications/store.ts'
import type { Tx } from '#db/database.ts'
import { people } from './talks.ts'
import type { Teammate, ToldPost, ToldTalk, Turn } from './told.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
type On = ToldTalk['on']

export interface Stage {
  readonly tx: Tx; readonly house: House; readonly now: Date; readonly zone: string
  readonly team: Readonly<Record<Teammate, Member>>
  readonly accounts: Readonly<Partial<Record<On, Account>>>
  readonly pictures: ReadonlyMap<string, string>
  readonly campaignId: string
  /** What was published so far, by the key of the story. */
  readonly told: Map<string, Post & { readonly copies: readonly Publication[] }>
}

/** The stage at an instant of the past. */
export interface Moment { readonly stage: Stage; readonly at: Date }

/** The house as it stood at an instant: its clock shows that time, its writes go into the story's transaction, nothing is set on its way. */
function then({ house, tx }: Pick<Stage, 'house' | 'tx'>, at: Date): House {
  const inside = <T>(_workspace: string, work: (tx: Tx) => Promise<T>): Promise<T> => work(tx)
  return { ...house, now: () => at, jobs: { send: () => Promise.resolve() }, database: { ...house.database, read: inside, write: inside } }
}

export async function accountsByChannel(tx: Tx): Promise<Stage['accounts']> {
  const all = (await accountsOf(tx)).map(accountOf)
  const on = (channel: On) => all.find((account) => account.channel === channel)
  const [porch, fediverse] = [on('porch'), on('fediverse')]
  return { ...(porch ? { porch } : {}), ...(fediverse ? { fediverse } : {}) }
}

// In the fediverse the note's address is ours to know before sending; the story has no followers' servers to send it to.
async function receiptOf({ house, now }: Stage, row: Publication, account: Account): Promise<Receipt> {
  if (row.channel === 'fediverse') {
    const { notePath, url } = row.wire as { notePath: string; url: string | null }
    const id = `${house.origin}${notePath}`
    return { id, url: url ?? id }
  }
  const nobody = () => { throw new Error('A story of the past reaches nobody outside.') }
  return await channelOf(house, row.channel).publish!.send(row.wire, account, { fetch: nobody, now: () => now, signal: AbortSignal.timeout(60_000), log: house.log, host: house.hosts.of(account.workspaceId), renew: nobody })
}

async function goOut(stage: Stage, rows: readonly Publication[], at: Date): Promise<void> {
  const accounts = new Map(Object.values(stage.accounts).map((account) => [account.id, account]))
  const begun = await intendIn(stage.tx, rows.filter((row) => accounts.has(row.accountId)).map((row) => ({ row, pace: undefined })), { now: at, until: at })
  await confirmIn(stage.tx, await Promise.all(begun.map(async ({ row }) => ({ row, receipt: await receiptOf(stage, row, accounts.get(row.accountId)!) }))), at)
}

function inputOf(stage: Stage, { title, text, lang, intent, format, tags, campaign, picture }: ToldPost) {
  const mediaId = picture && stage.pictures.get(picture.drawing)
  return {
    title, text, lang, intent, format, tags, media: mediaId ? [{ mediaId, alt: picture.alt }] : [],
    campaignId: campaign ? stage.campaignId : null, accountIds: Object.values(stage.accounts).map(({ id }) => id),
  }
}

/** A draft as it was left. */
export async function draft(stage: Stage, post: ToldPost, at: Date): Promise<Post> {
  return await createPost(stage.tx, { ...inputOf(stage, post), authorId: stage.team[post.by].id, at })
}

/** A post that went out at its time, everywhere. */
export async function publish(stage: Stage, post: ToldPost, at: Date): Promise<void> {
  const begun = await draft(stage, post, new Date(at.getTime() - 0.7 * HOUR))
  await publishPost(stage.tx, then(stage, at), { member: stage.team[post.by], id: begun.id, version: begun.version, dueAt: at, reasons: {} })
  await goOut(stage, await publicationsOf(stage.tx, [begun.id]), at)
  stage.told.set(post.key, { ...await postById(stage.tx, begun.id), copies: await publicationsOf(stage.tx, [begun.id]) })
}

/** A post that waits for its time: the worker of this house will send it. */
export async function schedule(stage: Stage, post: ToldPost, madeAt: Date): Promise<void> {
  const { tx, now, zone, house } = stage
  const wall = `${dayAhead(now, zone, -post.day)}T${post.at}`
  const begun = await draft(stage, post, madeAt)
  await publishPost(tx, { ...house, now: () => now }, { member: stage.team[post.by], id: begun.id, version: begun.version, dueAt: dueAt({ wall, zone }, now), wall: { wall, zone }, reasons: {} })
}
const monthsAgo = (now: Date): Date => new Date(now.getTime() - 100 * DAY)
/** When a post of the past went out: at its time of day where the bakery is, or four hours ago. */
export const wentOut = ({ day, at }: ToldPost, { now, zone }: Pick<Stage, 'now' | 'zone'>): Date =>
  day === 0 ? new Date(now.getTime() - 4 * HOUR) : dueAt({ wall: `${dayAhead(now, zone, -day)}T${at}`, zone, which: 'first' }, monthsAgo(now))
export const dayAhead = (now: Date, zone: string, days: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(now.getTime() + days * DAY))

export async function edit({ stage, at }: Moment, key: string, change: { readonly from: string; readonly to: string; readonly note: string }): Promise<void> {
  const post = await postById(stage.tx, stage.told.get(key)!.id)
  const text = post.text.replace(change.from, change.to)
  await editPublished(stage.tx, then(stage, at), { member: stage.team.eleni, id: post.id, version: post.version, words: { title: post.title, text, media: post.media }, note: change.note, reasons: {} })
  for (const row of await publicationsOf(stage.tx, [post.id])) if (row.pending === 'revise') await revised(stage.tx, row, at)
}

export async function retract({ stage, at }: Moment, key: string, note: string): Promise<void> {
  const post = stage.told.get(key)!
  await retractPost(stage.tx, then(stage, at), { id: post.id, note })
  for (const row of await publicationsOf(stage.tx, [post.id])) if (row.pending === 'retract') await retracted(stage.tx, row, at)
}

const person = (on: On, who: string, name: string) => on === 'porch'
  ? { id: '', name }
  : { id: `https://example.social/users/${who}`, name, handle: `@${who}@example.social`, url: `https://example.social/@${who}` }

/** Where a post of the story stands on a channel. */
function refOn(stage: Stage, key: string, on: On): Ref | undefined {
  const row = stage.told.get(key)?.copies.find(({ channel }) => channel === on)
  return row?.remoteId ? { channel: on, id: row.remoteId, ...(row.remoteUrl ? { url: row.remoteUrl } : {}) } : undefined
}

/** One reaction from the fediverse; how it came to be called is of no matter, only that each is a thing of its own. */
export async function react(stage: Stage, reaction: { readonly does: 'likes' | 'shares' | 'follows'; readonly who: string; readonly name: string; readonly key?: string }, at: Date): Promise<void> {
  const account = stage.accounts.fediverse
  if (!account) return
  const { does, who, name, key } = reaction
  const heard = { ref: { channel: 'fediverse', id: `https://example.social/users/${who}#${does}-${key ?? 'us'}` }, at: at.toISOString(), author: person('fediverse', who, name) }
  const about = key === undefined ? undefined : refOn(stage, key, 'fediverse')
  if (does === 'follows') await hear({ tx: stage.tx, account, now: at }, [{ ...heard, does }])
  else if (about) await hear({ tx: stage.tx, account, now: at }, [{ ...heard, does, about }])
}

/** Where a conversation of the story has come to. */
export interface Thread { conversationId?: string; last?: Ref; seen?: string; count: number }

/** One turn of a conversation, theirs or ours, at its time. */
export async function turn({ stage, at }: Moment, talk: ToldTalk, spoken: Turn & { readonly thread: Thread }): Promise<void> {
  const { thread, by, says } = spoken
  const account = stage.accounts[talk.on]
  if (!account) return
  thread.count += 1
  if (by in stage.team) {
    const message = await answer(then(stage, at), { member: stage.team[by as Teammate], conversationId: thread.conversationId! }, { text: says, seen: thread.seen ?? null, reasons: spoken.reasons ?? {} })
    const row = await publicationById(stage.tx, message.publicationId!)
    if (row) await goOut(stage, [row], at)
    const sent = await messageById(stage.tx, message.id)
    Object.assign(thread, { seen: message.id, last: { channel: talk.on, id: sent!.remoteId!, ...(sent!.remoteUrl ? { url: sent!.remoteUrl } : {}) } })
    return
  }
  const to = thread.last ?? refOn(stage, talk.under, talk.on)
  const [result] = await hear({ tx: stage.tx, account, now: at }, [incoming(talk, spoken, { inReplyTo: to, at })])
  await noteHeard(stage.tx, account.id, at)
  const message = await messageById(stage.tx, result!.messageId!)
  Object.assign(thread, { conversationId: message!.conversationId, seen: message!.id })
}

function incoming(talk: ToldTalk, { by, says, hold }: Turn, { inReplyTo, at }: { readonly inReplyTo: Ref | undefined; readonly at: Date }): Incoming {
  const id = talk.on === 'porch' ? newId(at.getTime()) : `https://example.social/users/${by}/statuses/${at.getTime()}`
  return {
    does: 'says', ref: { channel: talk.on, id, url: talk.on === 'porch' ? `${inReplyTo?.url?.split('#')[0] ?? ''}#c-${id}` : `https://example.social/@${by}/${at.getTime()}` },
    at: at.toISOString(), author: person(talk.on, by, people[by] ?? by), text: says, visibility: 'public',
    ...(talk.on === 'porch' ? { email: `${by}@example.org` } : {}), ...(inReplyTo ? { inReplyTo } : {}), ...(hold ? { hold } : {}),
  }
}

/** What the team did with a conversation once it had been said. */
export async function settle({ stage, at }: Moment, talk: ToldTalk, thread: Thread): Promise<void> {
  if (!thread.conversationId || (!talk.done && !talk.tags)) return
  await arrange({ tx: stage.tx, member: stage.team.maria, now: at }, thread.conversationId, { ...(talk.done ? { state: 'done' } : {}), ...(talk.tags ? { tags: talk.tags } : {}) })
}
