import { createHash } from 'node:crypto'
import type { Account, Attachment, Card, Channel, Draft, Kind, Label, Person } from '#kit/channel.ts'
import type { Json } from '#kit/json.ts'
import type { Lang } from '#kit/lang.ts'
import { newId } from '#kit/id.ts'
import { Refusal } from '#kit/refusal.ts'
import type { Tx } from '#db/database.ts'
import { countText } from '#text/count.ts'
import { channelOf, type House } from '../house.ts'
import { publications } from './tables.ts'

export interface Plan {
  readonly account: Account; readonly kind: Kind
  readonly title?: string; readonly text: string; readonly lang: Lang
  readonly media?: readonly Attachment[]; readonly tags?: readonly string[]
  /** The named human who speaks. */
  readonly author: Person
  readonly inReplyTo?: Draft['inReplyTo']
  readonly postId?: string; readonly messageId?: string
  readonly dueAt: Date; readonly link?: string
  readonly key?: string; readonly writtenAt?: Date
  readonly card?: Card; readonly labels?: readonly Label[]
  /** The parts after the first. */
  readonly thread?: readonly { readonly text: string; readonly media: readonly Attachment[] }[]
  /** Goes out as the last part, under the first. */
  readonly firstComment?: string
  /** What happens when it could not leave in time; absent: it asks once it is more than a quarter of an hour late. */
  readonly late?: { readonly do: 'publish' } | { readonly do: 'publish-within'; readonly minutes: number } | { readonly do: 'ask' }
}
type Wired = Pick<House, 'channels' | 'jobs' | 'now'>

export const hashOf = (wire: Json): string => createHash('sha256').update(JSON.stringify(wire)).digest('hex')

export function draftOf(plan: Plan, key: string, writtenAt: Date): Draft {
  return {
    key, writtenAt: writtenAt.toISOString(), kind: plan.kind, text: plan.text, lang: plan.lang, media: plan.media ?? [], author: plan.author, tags: plan.tags ?? [],
    ...(plan.title ? { title: plan.title } : {}), ...(plan.inReplyTo ? { inReplyTo: plan.inReplyTo } : {}), ...(plan.link ? { link: plan.link } : {}),
    ...(plan.card ? { card: plan.card } : {}), ...(plan.labels && plan.labels.length > 0 ? { labels: plan.labels } : {}),
  }
}

/** Refuses what the network would not take, by its own count, before anything is stored. */
export function checkLimits(channel: Channel, account: Account, text: string): void {
  const { max, unit, linkCost } = channel.limits(account).text
  const actual = countText(text, { unit, ...(linkCost === undefined ? {} : { linkCost }) })
  if (actual > max) throw new Refusal('too_long_for_network', { params: { channel: channel.name, limit: max, actual }, field: 'text' })
}

/** The wire form of a plan: what will be sent, byte for byte. */
export function wireOf(house: Pick<House, 'channels'>, plan: Plan, { key, writtenAt }: { readonly key: string; readonly writtenAt: Date }): Json {
  const channel = channelOf(house, plan.account.channel)
  if (!channel.publish?.kinds.includes(plan.kind)) throw new Refusal('cannot_reply_here', { params: { channel: channel.name } })
  checkLimits(channel, plan.account, plan.text)
  return channel.publish.prepare(draftOf(plan, key, writtenAt), plan.account) as Json
}

// A publication that has not ended this long after it was due is shown to a person.
const patience = 60 * 60_000

/** Freezes what goes out: key, time and wire are stored, and the job is handed over, in the caller's transaction. */
export async function planPublication(tx: Tx, house: Wired, plan: Plan): Promise<{ id: string; key: string }> {
  const key = plan.key ?? newId()
  const writtenAt = plan.writtenAt ?? plan.dueAt
  const wire = wireOf(house, plan, { key, writtenAt })
  const [row] = await tx.insert(publications).values({
    postId: plan.postId, messageId: plan.messageId, accountId: plan.account.id, channel: plan.account.channel, kind: plan.kind, key, writtenAt, wire,
    wireHash: hashOf(wire), lang: plan.lang, tags: plan.tags ?? [], dueAt: plan.dueAt, deadline: new Date(plan.dueAt.getTime() + patience),
    inReplyTo: (plan.inReplyTo ?? null) as Json,
  }).returning({ id: publications.id })
  await house.jobs.send(tx, 'publish', { workspaceId: tx.workspace, id: row!.id, at: plan.dueAt })
  return { id: row!.id, key }
}
