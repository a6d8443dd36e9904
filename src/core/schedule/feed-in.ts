import { and, asc, count, desc, eq, inArray, isNotNull } from 'drizzle-orm'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import type { Handler } from '../events/dispatch.ts'
import { emit, isEvent } from '../events/store.ts'
import type { House } from '../house.ts'
import { accounts } from '../accounts/tables.ts'
import { conversations, messages } from '../conversations/tables.ts'
import { memberById, memberFrom } from '../members/store.ts'
import { refuseUnknownCampaign } from '../posts/campaign.ts'
import { createPost, lockPost } from '../posts/store.ts'
import { filled, type Heard } from './rules.ts'
import './happenings.ts'
import { scheduleOrStand } from './materialise.ts'
import { takeSlot } from './store.ts'
import { feedRules, takenItems } from './tables.ts'

export type FeedRule = typeof feedRules.$inferSelect
export type FeedRuleInput = Pick<FeedRule, 'feedAccountId' | 'does' | 'accountIds' | 'template' | 'lang' | 'intent' | 'campaignId' | 'on'>

export async function feedRulesOf(db: Db): Promise<(FeedRule & { feedName: string; taken: number })[]> {
  const rows = await db.select({ rule: feedRules, feedName: accounts.name }).from(feedRules).leftJoin(accounts, eq(accounts.id, feedRules.feedAccountId)).where(mine(db, feedRules)).orderBy(asc(feedRules.createdAt), asc(feedRules.id))
  const sources = rows.map(({ rule }) => sourceOf(rule))
  const counts = sources.length === 0 ? [] : await db.select({ source: takenItems.source, taken: count() }).from(takenItems).where(and(mine(db, takenItems), inArray(takenItems.source, sources))).groupBy(takenItems.source)
  const taken = new Map(counts.map((one) => [one.source, one.taken]))
  return rows.map(({ rule, feedName }) => ({ ...rule, feedName: feedName ?? '', taken: taken.get(sourceOf(rule)) ?? 0 }))
}
export async function keepFeedRule(tx: Tx, id: string | undefined, given: FeedRuleInput & { readonly authorId: string; readonly at: Date }): Promise<FeedRule> {
  const { at, ...input } = given
  const [feed] = await tx.select({ id: accounts.id }).from(accounts).where(and(mine(tx, accounts), eq(accounts.id, input.feedAccountId)))
  if (!feed) throw new Refusal('no_account_chosen', { field: 'feedAccountId' })
  if (input.does === 'slot' && input.accountIds.length === 0) throw new Refusal('no_account_chosen', { field: 'accountIds' })
  await refuseUnknownCampaign(tx, input.campaignId)
  const { authorId, ...change } = input
  const [row] = id === undefined ? await tx.insert(feedRules).values({ ...change, authorId, createdAt: at }).returning() : await tx.update(feedRules).set(change).where(and(mine(tx, feedRules), eq(feedRules.id, id))).returning()
  if (!row) throw new Refusal('not_found')
  return row
}
export async function dropFeedRule(tx: Tx, id: string): Promise<void> {
  const gone = await tx.delete(feedRules).where(and(mine(tx, feedRules), eq(feedRules.id, id))).returning({ id: feedRules.id })
  if (gone.length === 0) throw new Refusal('not_found')
}

/** What a feed told last, if it told anything that a rule would take. */
export async function newestOf(db: Db, feedAccountId: string): Promise<Heard | null> {
  const [found] = await db.select({ message: messages }).from(messages).innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(and(mine(db, messages), eq(messages.accountId, feedAccountId), eq(messages.direction, 'in'), eq(messages.visibility, 'public'), eq(conversations.asked, false), isNotNull(messages.remoteId)))
    .orderBy(desc(messages.heardAt), desc(messages.id)).limit(1)
  return found ? heardIn(found.message) : null
}
const heardIn = (message: typeof messages.$inferSelect): Heard => ({ text: message.text, link: message.remoteUrl ?? '', author: message.authorName })

const sourceOf = (rule: Pick<FeedRule, 'id'>): string => `feed:${rule.id}`

interface Coming { readonly rule: FeedRule; readonly key: string; readonly heard: Heard }
/** One item under one rule: a draft, or a post in the next free slot; the second time nothing. */
export async function takeItem(tx: Tx, house: House, { rule, key, heard }: Coming): Promise<string | undefined> {
  const at = house.now()
  const [claimed] = await tx.insert(takenItems).values({ source: sourceOf(rule), key, at }).onConflictDoNothing().returning({ id: takenItems.id })
  if (!claimed) return undefined
  const draft = await createPost(tx, {
    title: '', text: filled(rule.template, heard), lang: rule.lang, intent: rule.intent, format: 'news', tags: [], media: [], campaignId: rule.campaignId, accountIds: rule.accountIds, authorId: rule.authorId, at,
    ...(/^https?:\/\//.test(heard.link) ? { card: { url: heard.link } } : {}),
  })
  const because = rule.does === 'slot' ? await intoSlot(tx, house, { rule, postId: draft.id }) : null
  await tx.update(takenItems).set({ postId: draft.id, because }).where(and(mine(tx, takenItems), eq(takenItems.id, claimed.id)))
  if (because) await emit(tx, 'post.left-standing', { at, postId: draft.id, data: { because, seriesId: null } })
  return draft.id
}

async function intoSlot(tx: Tx, house: House, { rule, postId }: { readonly rule: FeedRule; readonly postId: string }): Promise<string | null> {
  const author = await memberById(tx, rule.authorId)
  if (!author || author.leftAt !== null) return 'not_allowed'
  try {
    const free = await takeSlot(tx, { accountId: rule.accountIds[0]!, wish: { intent: rule.intent, campaignId: rule.campaignId }, now: house.now() })
    const post = await lockPost(tx, postId)
    return (await scheduleOrStand(tx, house, { member: memberFrom(author), post, time: { wall: free.wallTime, zone: free.zone, at: free.at } })).because
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

/** What a feed says becomes what its rules make of it, each item once. Runs on facts: an item heard again is none. */
export const feedHandler: Handler = {
  id: 'schedule.feeds', names: ['message.received'],
  take: async (events, tx, house) => {
    const rules = (await tx.select().from(feedRules).where(and(mine(tx, feedRules), eq(feedRules.on, true)))).filter((rule) => rule.does === 'draft' || rule.accountIds.length > 0)
    if (rules.length === 0) return
    const feeds = new Set(rules.map((rule) => rule.feedAccountId))
    for (const event of events) {
      if (!isEvent(event, 'message.received') || event.data.imported) continue
      const [found] = await tx.select({ message: messages, asked: conversations.asked }).from(messages).innerJoin(conversations, eq(conversations.id, messages.conversationId)).where(and(mine(tx, messages), eq(messages.id, event.data.messageId)))
      // What is put to us is for the inbox: of a letter or a comment nothing is ever published by itself.
      if (!found || found.asked || found.message.visibility !== 'public') continue
      const { message } = found
      if (!message.remoteId || message.direction !== 'in' || !feeds.has(message.accountId)) continue
      for (const rule of rules.filter((one) => one.feedAccountId === message.accountId && message.heardAt >= one.createdAt)) {
        await takeItem(tx, house, { rule, key: message.remoteId, heard: heardIn(message) })
      }
    }
  },
}
