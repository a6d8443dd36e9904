import { getTableColumns, sql } from 'drizzle-orm'
import { boolean, customType, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Box, HeardFile } from '#kit/channel.ts'
import { id, instant, workspaceId } from '#db/columns.ts'
import type { Sign } from '#text/spam/weigh.ts'
import type { Wishes } from '../bells/rules.ts'

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
  /** -1 may wait, 0 as it comes, 1 soon, 2 at once. */
  priority: integer('priority').notNull().default(0),
  /** What was said in it stands in that one now. */
  mergedInto: uuid('merged_into'),
  /** The page of another site it stands under. */
  pageId: uuid('page_id'),
  /** When the answer they wait for should be there, and the wait it was counted for. */
  dueAt: instant('due_at'), dueFor: instant('due_for'),
  /** The due moment that passed unanswered and was told of. */
  missedAt: instant('missed_at'),
  /** The wait for which it was last looked whose it is. */
  routedFor: instant('routed_for'),
  /** How they found it, from 1 to 5, and in which words. */
  rating: integer('rating'), ratingText: text('rating_text'),
}, (t) => [
  uniqueIndex('conversations_root').on(t.workspaceId, t.accountId, t.rootRef),
  index('conversations_recent').on(t.workspaceId, t.lastMessageAt, t.id),
  index('conversations_open').on(t.workspaceId, t.state, t.lastMessageAt, t.id),
  index('conversations_waiting').on(t.workspaceId, t.waitingSince, t.id).where(sql`waiting_since is not null`),
  index('conversations_due').on(t.workspaceId, t.dueAt, t.id).where(sql`due_at is not null and waiting_since is not null`),
  index('conversations_mine').on(t.workspaceId, t.assigneeId, t.lastMessageAt, t.id),
  // What is to do is little beside what is done: its lists have indexes in which nothing else stands.
  index('conversations_to_do').on(t.workspaceId, t.lastMessageAt, t.id).where(sql`state <> 'done'`),
  index('conversations_to_do_of').on(t.workspaceId, t.assigneeId, t.lastMessageAt, t.id).where(sql`state <> 'done'`),
  index('conversations_channel').on(t.workspaceId, t.channel, t.lastMessageAt, t.id),
  index('conversations_held').on(t.workspaceId, t.lastMessageAt, t.id).where(sql`held > 0`),
  index('conversations_contact').on(t.workspaceId, t.contactId, t.lastMessageAt),
  index('conversations_post').on(t.workspaceId, t.postId),
  index('conversations_campaign').on(t.workspaceId, t.campaignId, t.lastMessageAt, t.id).where(sql`campaign_id is not null`),
  index('conversations_lang').on(t.workspaceId, t.lang, t.lastMessageAt, t.id),
  index('conversations_snoozed').on(t.workspaceId, t.snoozedUntil).where(sql`state = 'snoozed'`),
  index('conversations_tags').using('gin', t.tags.op('jsonb_path_ops')).where(sql`tags <> '[]'::jsonb`),
  index('conversations_page').on(t.pageId).where(sql`page_id is not null`),
])

/** A page of another site under which people talk: known by its address, tidied, once for each account. */
export const commentedPages = pgTable('commented_pages', {
  id: id(), workspaceId: workspaceId(),
  accountId: uuid('account_id').notNull(),
  url: text('url').notNull(), title: text('title').notNull().default(''),
  /** When the first word under it was heard. */
  firstAt: instant('first_at').notNull(),
}, (t) => [uniqueIndex('commented_pages_once').on(t.workspaceId, t.accountId, t.url)])

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
  /** What the sender's program put under it: words they answer, a signature. */
  folded: text('folded'),
  /** Sent by a machine: nobody waits for an answer to it. */
  automatic: boolean('automatic').notNull().default(false),
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
  /** What the filter found in it, when that is why. */
  heldSigns: jsonb('held_signs').$type<readonly Sign[]>(),
  /** What the filter was taught by a person's word on it. */
  taughtAs: text('taught_as').$type<'spam' | 'fine'>(),
  /** Why a person hid it, in words for whoever wrote it. */
  ruledBecause: text('ruled_because'),
  /** In which words its author asked for another look, and when; once. */
  appeal: text('appeal'), appealedAt: instant('appealed_at'),
  publicationId: uuid('publication_id'),
  withdrawnAt: instant('withdrawn_at'),
  /** Where the network takes no answer from a program: handed over to be posted by a person, and whether they did. */
  byHand: text('by_hand').$type<'waiting' | 'posted'>(),
  editedAt: instant('edited_at'),
  attachments: jsonb('attachments').$type<readonly HeardFile[]>(),
  /** Who else it was sent to. */
  copies: jsonb('copies').$type<readonly Box[]>(),
  search: tsvector('search').generatedAlwaysAs(sql`to_tsvector('public.stoa', "text")`),
}, (t) => [
  uniqueIndex('messages_remote').on(t.workspaceId, t.accountId, t.remoteId),
  index('messages_thread').on(t.conversationId, t.heardAt, t.id),
  index('messages_recent').on(t.workspaceId, t.heardAt),
  index('messages_post').on(t.postId, t.heardAt).where(sql`post_id is not null`),
  index('messages_own').on(t.workspaceId, t.memberId, t.heardAt).where(sql`member_id is not null`),
  index('messages_contact').on(t.workspaceId, t.contactId, t.heardAt).where(sql`contact_id is not null`),
  index('messages_search').using('gin', t.search).with({ fastupdate: false }),
])

/** How often people decided each way about messages with a word in them; the row without a word counts the messages. */
export const spamWords = pgTable('spam_words', {
  workspaceId: workspaceId(), word: text('word').notNull(),
  spam: integer('spam').notNull().default(0), fine: integer('fine').notNull().default(0),
}, (t) => [primaryKey({ columns: [t.workspaceId, t.word] })])

/** What a message is read by: all of it but the words' stems, which only the search needs. */
const { search: _stems, ...read } = getTableColumns(messages)
export const messageColumns = read

/** What a member has begun to write; kept until it is sent or thrown away. */
export const answerDrafts = pgTable('answer_drafts', {
  id: id(), workspaceId: workspaceId(),
  conversationId: uuid('conversation_id').notNull().references(() => conversations.id, { onDelete: 'cascade' }),
  memberId: uuid('member_id').notNull(),
  text: text('text').notNull(),
  /** What goes along with it. */
  files: jsonb('files').$type<readonly HeardFile[]>(),
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

/** What the views hold, as a heap of steps up and down that a trigger lays by every change: their sum is the figure. */
export const conversationTallies = pgTable('conversation_tallies', {
  workspaceId: workspaceId(),
  view: text('view').notNull(),
  steps: integer('steps').notNull(),
}, (t) => [index('conversation_tallies_of').on(t.workspaceId, t.view)])

/** A line of search kept under a name, by one member or for the team. */
export const savedFilters = pgTable('saved_filters', {
  id: id(), workspaceId: workspaceId(),
  /** Whose it is; null: the team's. */
  memberId: uuid('member_id'),
  name: text('name').notNull(),
  line: text('line').notNull(),
  madeBy: uuid('made_by').notNull(),
  madeAt: instant('made_at').notNull().defaultNow(),
}, (t) => [index('saved_filters_of').on(t.workspaceId, t.memberId)])

/** A saved beginning of an answer, by one member or for the team; nobody sends it as it stands. */
export const openers = pgTable('openers', {
  id: id(), workspaceId: workspaceId(),
  memberId: uuid('member_id'),
  name: text('name').notNull(),
  text: text('text').notNull(),
  lang: text('lang').$type<'en' | 'el'>().notNull(),
  madeBy: uuid('made_by').notNull(),
  madeAt: instant('made_at').notNull().defaultNow(),
}, (t) => [index('openers_of').on(t.workspaceId, t.memberId)])

/** Something done to many conversations at once, with what was before, so that it can be taken back. */
export const bulkActs = pgTable('bulk_acts', {
  id: id(), workspaceId: workspaceId(),
  memberId: uuid('member_id').notNull(),
  before: jsonb('before').$type<readonly Before[]>().notNull(),
  after: jsonb('after').$type<readonly Before[]>().notNull(),
  at: instant('at').notNull(),
  undoneAt: instant('undone_at'),
})
export interface Before {
  readonly id: string; readonly state: 'open' | 'snoozed' | 'done'; readonly snoozedUntil: string | null; readonly assigneeId: string | null
  readonly priority: number; readonly tags: readonly string[]; readonly waitingSince: string | null
}

/** Messages moved from one conversation to another: two made one, or one made two. */
export const conversationMoves = pgTable('conversation_moves', {
  id: id(), workspaceId: workspaceId(),
  kind: text('kind').$type<'merge' | 'split'>().notNull(),
  fromId: uuid('from_id').notNull(),
  intoId: uuid('into_id').notNull(),
  messageIds: jsonb('message_ids').$type<readonly string[]>().notNull(),
  /** How the one that was merged away stood. */
  state: text('state').$type<'open' | 'snoozed' | 'done'>().notNull(),
  memberId: uuid('member_id').notNull(),
  at: instant('at').notNull(),
  undoneAt: instant('undone_at'),
}, (t) => [index('conversation_moves_into').on(t.workspaceId, t.intoId), index('conversation_moves_from').on(t.workspaceId, t.fromId)])

/** What a member was told of by name: somebody mentioned them, or gave them a conversation. */
export const notices = pgTable('notices', {
  id: id(), workspaceId: workspaceId(),
  memberId: uuid('member_id').notNull(),
  kind: text('kind').$type<'mention'>().notNull(),
  conversationId: uuid('conversation_id').notNull().references(() => conversations.id, { onDelete: 'cascade' }),
  messageId: uuid('message_id').notNull().references(() => messages.id, { onDelete: 'cascade' }),
  byId: uuid('by_id').notNull(),
  at: instant('at').notNull(),
  readAt: instant('read_at'),
}, (t) => [uniqueIndex('notices_once').on(t.workspaceId, t.memberId, t.messageId), index('notices_unread').on(t.workspaceId, t.memberId, t.conversationId)])

/** How far a member has read a conversation: the moment its newest message they saw was taken in. */
export const conversationReads = pgTable('conversation_reads', {
  id: id(), workspaceId: workspaceId(),
  memberId: uuid('member_id').notNull(),
  conversationId: uuid('conversation_id').notNull().references(() => conversations.id, { onDelete: 'cascade' }),
  seenAt: instant('seen_at').notNull(),
}, (t) => [uniqueIndex('conversation_reads_of').on(t.workspaceId, t.memberId, t.conversationId), index('conversation_reads_at').on(t.conversationId)])

/** What a member wants to be called for, and when they want quiet: minutes after midnight on their own clock. */
export const bells = pgTable('bells', {
  id: id(), workspaceId: workspaceId(),
  memberId: uuid('member_id').notNull(),
  calls: text('calls').$type<'mine' | 'all' | 'none'>().notNull().default('none'),
  sound: boolean('sound').notNull().default(false),
  quietFrom: integer('quiet_from'),
  quietTo: integer('quiet_to'),
  /** What calls them and how; null: as `calls` and `sound` say. */
  wishes: jsonb('wishes').$type<Wishes>(),
  /** The days on which quiet begins, 1 for Monday to 7; null: every day. */
  quietDays: jsonb('quiet_days').$type<readonly number[]>(),
  /** So many minutes unseen, and a letter tells of it. */
  mailAfter: integer('mail_after').notNull().default(15),
  /** Whether a device shows who wrote and the first words. */
  withWords: boolean('with_words').notNull().default(false),
}, (t) => [uniqueIndex('bells_of').on(t.workspaceId, t.memberId)])
