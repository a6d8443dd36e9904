import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { Account, Attachment, Box, Card, Channel, Draft, Kind, Label, Person } from '#kit/channel.ts'
import type { Json } from '#kit/json.ts'
import type { Lang } from '#kit/lang.ts'
import { newId } from '#kit/id.ts'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { countText, roomBehind } from '#text/count.ts'
import { channelOf, type House } from '../house.ts'
import { deadlineOf, type Late } from './states.ts'
import { ringDue } from './store.ts'
import { publications } from './tables.ts'

export interface Plan {
  readonly account: Account; readonly kind: Kind
  readonly title?: string; readonly text: string; readonly lang: Lang
  readonly media?: readonly Attachment[]; readonly tags?: readonly string[]
  /** The named human who speaks. */
  readonly author: Person
  readonly inReplyTo?: Draft['inReplyTo']
  readonly postId?: string; readonly messageId?: string
  /** Who else gets it. */
  readonly copies?: readonly Box[]
  readonly dueAt: Date; readonly link?: string
  readonly key?: string; readonly writtenAt?: Date
  readonly card?: Card; readonly labels?: readonly Label[]; readonly warning?: string
  /** Of a new wording: what was changed and why. */
  readonly note?: string
  /** The parts after the first, on channels with threads. */
  readonly thread?: readonly { readonly text: string; readonly media: readonly Attachment[] }[]
  /** Said by us under the first, on channels where that can be. */
  readonly firstComment?: string
  /** What happens when it would go out later than it should. */
  readonly late?: Late
}
type Wired = Pick<House, 'channels' | 'now'>
interface Made { readonly key: string; readonly writtenAt: Date }

const sha256 = (text: string) => createHash('sha256').update(text)
// The database keeps a wire's keys in an order of its own.
const sorted = (_: string, value: unknown): unknown =>
  (typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value)
/** The same for the same wire, whatever the order of its keys. */
export const hashOf = (wire: Json): string => sha256(JSON.stringify(wire, sorted)).digest('hex')

/** The key of a further part, the same each time it is asked for. */
export function partKey(key: string, part: number): string {
  if (part === 0) return key
  const hex = sha256(`${key} ${part}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** The key of a post on an account: the same however often it is planned, moved, or planned anew from a copy, until something under it was tried. */
export async function keyFor(db: Db, postId: string, accountId: string): Promise<string> {
  const tried = await db.$count(publications, and(mine(db, publications), eq(publications.postId, postId), eq(publications.accountId, accountId), eq(publications.part, 0)))
  return partKey(`${postId} ${accountId}`, tried + 1)
}

export function draftOf(plan: Plan, key: string, writtenAt: Date): Draft {
  return {
    key, writtenAt: writtenAt.toISOString(), kind: plan.kind, text: plan.text, lang: plan.lang, media: plan.media ?? [], author: plan.author, tags: plan.tags ?? [],
    ...(plan.title ? { title: plan.title } : {}), ...(plan.inReplyTo ? { inReplyTo: plan.inReplyTo } : {}), ...(plan.link ? { link: plan.link } : {}),
    ...(plan.card ? { card: plan.card } : {}), ...(plan.labels && plan.labels.length > 0 ? { labels: plan.labels } : {}), ...(plan.warning ? { warning: plan.warning } : {}),
    ...(plan.note ? { note: plan.note } : {}), ...(plan.copies ? { copies: plan.copies } : {}),
  }
}

/** Refuses what the network would not take, by its own count, before anything is stored. */
function checkLimits(channel: Channel, { account, warning = '' }: Pick<Plan, 'account' | 'warning'>, text: string): void {
  const limit = roomBehind(channel.limits(account), warning)
  for (const { max, unit } of [limit, ...(limit.also ? [limit.also] : [])]) {
    const actual = countText(text, { ...limit, unit })
    if (actual > max) throw new Refusal('too_long_for_network', { params: { channel: channel.called ?? channel.name, limit: max, actual }, field: 'text' })
  }
}

function publishOf(house: Pick<House, 'channels'>, plan: Plan) {
  const channel = channelOf(house, plan.account.channel)
  if (!channel.publish?.kinds.includes(plan.kind)) throw new Refusal('cannot_reply_here', { params: { channel: channel.called ?? channel.name } })
  for (const text of [plan.text, ...(plan.thread ?? []).map((part) => part.text), ...(plan.firstComment ? [plan.firstComment] : [])]) checkLimits(channel, plan, text)
  if (plan.thread?.length && !channel.publish.threads) throw new Refusal('no_threads_here', { params: { channel: channel.called ?? channel.name }, field: 'thread' })
  return channel.publish
}

interface Part { readonly draft: Draft; /** The place of the part it stands under. */ readonly under?: number }
/** A plan as what goes out one after the other: a single one where the network takes a thread whole. */
export function partsOf(house: Pick<House, 'channels'>, plan: Plan, { key, writtenAt }: Made): Part[] {
  const publish = publishOf(house, plan)
  const first = draftOf(plan, key, writtenAt)
  const { title: _, card: __, inReplyTo: ___, ...bare } = first
  const rest = (plan.thread ?? []).map((part, n): Draft => ({ ...bare, key: partKey(key, n + 1), text: part.text, media: part.media }))
  const comment = plan.firstComment === undefined ? [] : [{ ...bare, key: partKey(key, rest.length + 1), text: plan.firstComment, media: [] }]
  if (publish.threads === 'whole') return [{ draft: { ...first, ...(rest.length + comment.length > 0 ? { more: [...rest, ...comment] } : {}) } }]
  const kind: Kind = publish.kinds.includes('reply') ? 'reply' : plan.kind
  const canComment = publish.threads === 'one-by-one' || publish.kinds.includes('reply')
  return [{ draft: first }, ...rest.map((draft, n) => ({ draft, under: n })), ...(canComment ? comment.map((draft) => ({ draft: { ...draft, kind }, under: 0 })) : [])]
}

/** The wire form of a plan's first part; files that were handed over for the draft before keep their names. */
export function wireOf(house: Pick<House, 'channels'>, plan: Plan, made: Made & { readonly draft?: Draft | null }): Json {
  const publish = publishOf(house, plan)
  const [first] = partsOf(house, plan, made)
  return publish.prepare(withNames(first!.draft, namesIn(made.draft ?? null)), plan.account) as Json
}

/** The draft with what the network calls its files, by their ids. */
export function withNames(draft: Draft, names: ReadonlyMap<string, Json>): Draft {
  const named = (one: Attachment): Attachment => { const uploaded = names.get(one.id); return uploaded === undefined ? one : { ...one, uploaded } }
  return {
    ...draft, media: draft.media.map(named),
    ...(draft.card?.picture ? { card: { ...draft.card, picture: named(draft.card.picture) } } : {}),
    ...(draft.more ? { more: draft.more.map((part) => withNames(part, names)) } : {}),
  }
}
const namesIn = (draft: Draft | null): Map<string, Json> => new Map((draft ? filesOf(draft) : []).flatMap((one) => (one.uploaded === undefined ? [] : [[one.id, one.uploaded] as const])))

export const filesOf = (draft: Draft): readonly Attachment[] =>
  [draft, ...(draft.more ?? [])].flatMap((part) => [...part.media, ...(part.card?.picture ? [part.card.picture] : [])])
/** Whether the wire can be frozen as soon as it is planned: nothing has to be handed over or readied on the network first. */
export const isReady = (publish: Pick<NonNullable<Channel['publish']>, 'upload' | 'stage'>, draft: Draft): boolean =>
  !publish.stage && (!publish.upload || filesOf(draft).every((one) => one.uploaded !== undefined))

/** Stores what goes out, in the caller's transaction: frozen where nothing is left to be readied, else as a draft. */
export async function planPublication(tx: Tx, house: Wired, plan: Plan): Promise<{ id: string; key: string }> {
  const made: Made = { key: plan.key ?? newId(), writtenAt: plan.writtenAt ?? plan.dueAt }
  const publish = publishOf(house, plan)
  const parts = partsOf(house, plan, made)
  const ids = parts.map(() => newId())
  const now = house.now()
  await tx.insert(publications).values(parts.map(({ draft, under }, part) => {
    const frozen = under === undefined && isReady(publish, draft)
    const wire = under === undefined ? publish.prepare(draft, plan.account) as Json : {}
    const state = under === undefined ? 'scheduled' as const : 'waiting' as const
    return {
      id: ids[part]!, postId: plan.postId, messageId: plan.messageId, accountId: plan.account.id, channel: plan.account.channel, kind: draft.kind, key: draft.key, writtenAt: made.writtenAt,
      draft, wire, wireHash: frozen ? hashOf(wire) : '', preparedAt: frozen ? now : null, lang: plan.lang, tags: plan.tags ?? [], dueAt: plan.dueAt, wakeAt: under === undefined ? plan.dueAt : null,
      state, part, parentId: under === undefined ? null : ids[under]!, late: plan.late ?? null, deadline: deadlineOf(state, { now, dueAt: plan.dueAt })!, inReplyTo: (plan.inReplyTo ?? null) as Json,
    }
  }))
  await ringDue(tx)
  return { id: ids[0]!, key: made.key }
}
