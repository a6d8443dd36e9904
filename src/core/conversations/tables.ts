import { getTableColumns, sql } from 'drizzle-orm'
import { boolean, customType, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant, workspaceId } from '#db/columns.ts'

export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/** A thread with someone outside. */
export const conversations = pgTable('conversations', {
  id: id(), workspaceId: workspaceId(),
  channel: text('channel').notNull(),
  accountId: uuid('account_id').notNull(),
  contactId: uuid('contact_id').notNull(),
  /** The post of ours it stands under. */
  postId: uuid('post_id'),
  campaignId: uuid('campaign_id'),
  /** The network's id of the thread: its first message. */
  rootRef: text('root_ref').notNull(),
  subject: text('subject').notNull().default(''),
  lang: text('lang'),
  state: text('state').$type<'open' | 'snoozed' | 'done'>().notNull().default('open'),
  visibility: text('visibility').$type<'public' | 'private'>().notNull().default('public'),
  /** Put to us, or only overheard. */
  asked: boolean('asked').notNull().default(true),
  assigneeId: uuid('assignee_id'),
  /** When the oldest message arrived that nobody has answered; null: nobody waits. */
  waitingSince: instant('waiting_since'),
  snoozedUntil: instant('snoozed_until'),
  lastMessageId: uuid('last_message_id'),
  lastMessageAt: instant('last_message_at').notNull(),
  lastText: text('last_text').notNull().default(''),
  lastFrom: text('last_from').$type<'contact' | 'team'>().notNull().default('contact'),
  messageCount: integer('message_count').notNull().default(0),
  /** Changes of speaker so far. */
  turns: integer('turns').notNull().default(0),
  held: integer('held').notNull().default(0),
  /** Who is answering, and until when that claim stands. */
  claimedBy: uuid('claimed_by'),
  claimedUntil: instant('claimed_until'),
  tags: jsonb('tags').$type<readonly string[]>().notNull().default([]),
  importId: uuid('import_id'),
}, (t) => [
  uniqueIndex('conversations_root').on(t.workspaceId, t.accountId, t.rootRef),
  index('conversations_recent').on(t.workspaceId, t.lastMessageAt, t.id),
  index('conversations_open').on(t.workspaceId, t.state, t.lastMessageAt, t.id),
  index('conversations_waiting').on(t.workspaceId, t.waitingSince, t.id).where(sql`waiting_since is not null`),
  index('conversations_mine').on(t.workspaceId, t.assigneeId, t.lastMessageAt, t.id),
  index('conversations_channel').on(t.workspaceId, t.channel, t.lastMessageAt, t.id),
  index('conversations_held').on(t.workspaceId, t.lastMessageAt, t.id).where(sql`held > 0`),
  index('conversations_contact').on(t.workspaceId, t.contactId, t.lastMessageAt),
  index('conversations_post').on(t.workspaceId, t.postId),
])

/** One utterance in a conversation: in, out, or a note the team keeps to itself. */
export const messages = pgTable('messages', {
  id: id(), workspaceId: workspaceId(),
  conversationId: uuid('conversation_id').notNull().references(() => conversations.id, { onDelete: 'cascade' }),
  direction: text('direction').$type<'in' | 'out' | 'note'>().notNull(),
  contactId: uuid('contact_id'),
  memberId: uuid('member_id'),
  /** The person as the world saw them when it was said. */
  authorName: text('author_name').notNull(),
  text: text('text').notNull(),
  html: text('html'),
  lang: text('lang'),
  saidAt: instant('said_at').notNull(),
  /** The order in the conversation: when the house took it in (an import: when it was said). Grows within a conversation. */
  heardAt: instant('heard_at').notNull().defaultNow(),
  channel: text('channel').notNull(),
  accountId: uuid('account_id').notNull(),
  remoteId: text('remote_id'),
  remoteUrl: text('remote_url'),
  parentId: uuid('parent_id'),
  postId: uuid('post_id'),
  visibility: text('visibility').$type<'public' | 'private'>().notNull(),
  moderation: text('moderation').$type<'shown' | 'held' | 'hidden' | 'spam'>().notNull().default('shown'),
  heldBecause: text('held_because'),
  publicationId: uuid('publication_id'),
  withdrawnAt: instant('withdrawn_at'),
  editedAt: instant('edited_at'),
  search: tsvector('search').generatedAlwaysAs(sql`to_tsvector('public.stoa', "text")`),
}, (t) => [
  uniqueIndex('messages_remote').on(t.workspaceId, t.accountId, t.remoteId),
  index('messages_thread').on(t.conversationId, t.heardAt, t.id),
  index('messages_recent').on(t.workspaceId, t.heardAt),
  index('messages_post').on(t.postId, t.heardAt).where(sql`post_id is not null`),
  index('messages_own').on(t.workspaceId, t.memberId, t.heardAt).where(sql`member_id is not null`),
  index('messages_search').using('gin', t.search).with({ fastupdate: false }),
])

/** What a message is read by: all of it but the words' stems, which only the search needs. */
const { search: _stems, ...read } = getTableColumns(messages)
export const messageColumns = read

/** What a member has begun to write; kept until it is sent or thrown away. */
export const answerDrafts = pgTable('answer_drafts', {
  id: id(), workspaceId: workspaceId(),
  conversationId: uuid('conversation_id').notNull().references(() => conversations.id, { onDelete: 'cascade' }),
  memberId: uuid('member_id').notNull(),
  text: text('text').notNull(),
  savedAt: instant('saved_at').notNull().defaultNow(),
}, (t) => [uniqueIndex('answer_drafts_of').on(t.workspaceId, t.conversationId, t.memberId)])

/** Who likes, shares or follows: one row while it holds, so that hearing it again changes nothing. */
export const reactions = pgTable('reactions', {
  id: id(), workspaceId: workspaceId(),
  accountId: uuid('account_id').notNull(),
  contactId: uuid('contact_id').notNull(),
  kind: text('kind').$type<'like' | 'share' | 'follow'>().notNull(),
  /** The network's id of what it is about; empty for a follow. */
  aboutRef: text('about_ref').notNull().default(''),
  postId: uuid('post_id'),
  conversationId: uuid('conversation_id'),
  at: instant('at').notNull(),
}, (t) => [
  uniqueIndex('reactions_once').on(t.workspaceId, t.accountId, t.contactId, t.kind, t.aboutRef),
  index('reactions_contact').on(t.workspaceId, t.contactId), index('reactions_post').on(t.postId),
])
