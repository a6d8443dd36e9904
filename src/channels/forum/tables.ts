import { sql } from 'drizzle-orm'
import { customType, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant, workspaceId } from '#db/columns.ts'

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/** Somebody who takes part in the forum. What their trust rests on is counted here as it happens. */
export const forumPeople = pgTable('forum_people', {
  id: id(), workspaceId: workspaceId(),
  name: text('name').notNull(),
  /** The name as it is compared: folded, without spaces. */
  known: text('known').notNull(),
  email: text('email'),
  passphrase: text('passphrase'),
  joinedAt: instant('joined_at').notNull(),
  /** The last day they were here, and on how many days. */
  lastDay: text('last_day'),
  days: integer('days').notNull().default(0),
  posts: integer('posts').notNull().default(0),
  thanked: integer('thanked').notNull().default(0),
  accepted: integer('accepted').notNull().default(0),
  /** Rulings against them, and when the last was. */
  rulings: integer('rulings').notNull().default(0),
  ruledAt: instant('ruled_at'),
}, (t) => [uniqueIndex('forum_people_known').on(t.workspaceId, t.known), uniqueIndex('forum_people_email').on(t.workspaceId, t.email).where(sql`email is not null`)])

/** Who is signed in: the token itself is only in their browser. */
export const forumSessions = pgTable('forum_sessions', {
  tokenHash: text('token_hash').primaryKey(), workspaceId: workspaceId(),
  personId: uuid('person_id').notNull().references(() => forumPeople.id, { onDelete: 'cascade' }),
  until: instant('until').notNull(),
}, (t) => [index('forum_sessions_until').on(t.until)])

export const forumCategories = pgTable('forum_categories', {
  id: id(), workspaceId: workspaceId(),
  slug: text('slug').notNull(),
  nameEn: text('name_en').notNull(), nameEl: text('name_el').notNull(),
  aboutEn: text('about_en').notNull().default(''), aboutEl: text('about_el').notNull().default(''),
  place: integer('place').notNull().default(0),
  topics: integer('topics').notNull().default(0),
}, (t) => [uniqueIndex('forum_categories_slug').on(t.workspaceId, t.slug)])

/** Names a category had before: they lead to it for ever. */
export const forumOldNames = pgTable('forum_old_names', {
  workspaceId: workspaceId(), slug: text('slug').notNull(),
  categoryId: uuid('category_id').notNull().references(() => forumCategories.id, { onDelete: 'cascade' }),
}, (t) => [primaryKey({ columns: [t.workspaceId, t.slug] })])

export const forumTopics = pgTable('forum_topics', {
  id: id(), workspaceId: workspaceId(),
  categoryId: uuid('category_id').notNull().references(() => forumCategories.id),
  /** Eight letters that name the topic in every address it ever has. */
  code: text('code').notNull(), slug: text('slug').notNull(),
  title: text('title').notNull(), lang: text('lang').$type<'en' | 'el'>().notNull(),
  personId: uuid('person_id'), authorName: text('author_name').notNull(),
  tags: text('tags').array().notNull().default(sql`'{}'`),
  openedAt: instant('opened_at').notNull(), movedAt: instant('moved_at').notNull(),
  openerId: uuid('opener_id').notNull(),
  answers: integer('answers').notNull().default(0),
  acceptedId: uuid('accepted_id'), acceptedBy: text('accepted_by'),
  /** Nobody but the team and the author sees a topic whose first words are not shown. */
  state: text('state').$type<'shown' | 'held' | 'hidden' | 'spam'>().notNull().default('shown'),
  lockedAt: instant('locked_at'), pinnedAt: instant('pinned_at'),
  mergedInto: uuid('merged_into'),
  search: tsvector('search').generatedAlwaysAs(sql`to_tsvector('public.stoa', "title")`),
  /** The tags once more, as behind row-level security an index finds them. */
  tagged: tsvector('tagged').generatedAlwaysAs(sql`array_to_tsvector("tags")`),
}, (t) => [
  uniqueIndex('forum_topics_code').on(t.workspaceId, t.code),
  index('forum_topics_recent').on(t.workspaceId, t.movedAt, t.id).where(sql`state = 'shown' and merged_into is null`),
  index('forum_topics_category').on(t.categoryId, t.movedAt, t.id).where(sql`state = 'shown' and merged_into is null`),
  index('forum_topics_waiting').on(t.workspaceId, t.movedAt, t.id).where(sql`state = 'shown' and merged_into is null and answers = 0 and locked_at is null`),
  index('forum_topics_pinned').on(t.categoryId, t.pinnedAt).where(sql`pinned_at is not null`), index('forum_topics_tagged').using('gin', t.tagged).with({ fastupdate: false }),
  index('forum_topics_tags').using('gin', t.tags), index('forum_topics_search').using('gin', t.search).with({ fastupdate: false }),
])

/** Words from another server: their address and page, whose they are, and where their author takes in answers. */
export interface Outside { readonly id: string; readonly url: string; readonly by: string; readonly handle: string; readonly page: string; readonly inbox: string }

export const forumPosts = pgTable('forum_posts', {
  id: id(), workspaceId: workspaceId(),
  topicId: uuid('topic_id').notNull().references(() => forumTopics.id, { onDelete: 'cascade' }),
  /** A person of the forum, or a member of the team. */
  personId: uuid('person_id'), memberId: text('member_id'),
  authorName: text('author_name').notNull(), picture: text('picture'), signOff: text('sign_off'),
  markdown: text('markdown').notNull(), html: text('html').notNull(), lang: text('lang').$type<'en' | 'el'>().notNull(),
  at: instant('at').notNull(), editedAt: instant('edited_at'),
  state: text('state').$type<'shown' | 'held' | 'hidden' | 'spam' | 'withdrawn'>().notNull().default('shown'),
  heldBecause: text('held_because'),
  thanks: integer('thanks').notNull().default(0),
  /** Somebody of another server wrote it. */
  outside: jsonb('outside').$type<Outside>(),
  /** What it answers, where that is not the beginning; the topic it was said in, where it was merged since. */
  underId: uuid('under_id'), spokenIn: uuid('spoken_in'),
  search: tsvector('search').generatedAlwaysAs(sql`to_tsvector('public.stoa', "markdown")`),
}, (t) => [
  uniqueIndex('forum_posts_outside').on(t.workspaceId, sql`(outside->>'id')`).where(sql`outside is not null`),
  index('forum_posts_outside_by').on(t.workspaceId, sql`(outside->>'by')`, t.at).where(sql`outside is not null`),
  index('forum_posts_topic').on(t.topicId, t.at, t.id), index('forum_posts_recent').on(t.workspaceId, t.at),
  index('forum_posts_person').on(t.personId, t.at), index('forum_posts_search').using('gin', t.search).with({ fastupdate: false }),
])

/** One person's thanks for one post. */
export const forumThanks = pgTable('forum_thanks', {
  workspaceId: workspaceId(), postId: uuid('post_id').notNull().references(() => forumPosts.id, { onDelete: 'cascade' }),
  personId: uuid('person_id').notNull().references(() => forumPeople.id, { onDelete: 'cascade' }), at: instant('at').notNull(),
}, (t) => [primaryKey({ columns: [t.postId, t.personId] })])

/** Somebody says that a post should not stand. */
export const forumFlags = pgTable('forum_flags', {
  id: id(), workspaceId: workspaceId(),
  postId: uuid('post_id').notNull().references(() => forumPosts.id, { onDelete: 'cascade' }),
  personId: uuid('person_id').notNull().references(() => forumPeople.id, { onDelete: 'cascade' }),
  kind: text('kind').$type<'spam' | 'abuse' | 'illegal' | 'off-topic'>().notNull(), says: text('says').notNull().default(''),
  at: instant('at').notNull(), settledAt: instant('settled_at'), upheld: text('upheld').$type<'yes' | 'no'>(),
}, (t) => [uniqueIndex('forum_flags_once').on(t.postId, t.personId), index('forum_flags_open').on(t.workspaceId, t.at).where(sql`settled_at is null`)])

/** Why something was not shown any more, as its author reads it; and what became of their appeal. */
export const forumRulings = pgTable('forum_rulings', {
  id: id(), workspaceId: workspaceId(),
  postId: uuid('post_id').notNull().references(() => forumPosts.id, { onDelete: 'cascade' }),
  personId: uuid('person_id').notNull(),
  ruled: text('ruled').$type<'hidden' | 'spam' | 'shown'>().notNull(), reason: text('reason').notNull(),
  memberId: uuid('member_id').notNull(), memberName: text('member_name').notNull(),
  flagged: integer('flagged').notNull().default(0),
  at: instant('at').notNull(), toldAt: instant('told_at'),
  appeal: text('appeal'), appealedAt: instant('appealed_at'),
  answer: text('answer').$type<'upheld' | 'reversed'>(), answerReason: text('answer_reason'), answeredBy: uuid('answered_by'), answeredName: text('answered_name'), answeredAt: instant('answered_at'),
}, (t) => [index('forum_rulings_person').on(t.workspaceId, t.personId, t.at), index('forum_rulings_post').on(t.postId), index('forum_rulings_appeals').on(t.workspaceId, t.appealedAt).where(sql`appealed_at is not null and answered_at is null`)])

/** Who gets a letter when something is said. Counts only once the address is confirmed. */
export const forumFollows = pgTable('forum_follows', {
  id: id(), workspaceId: workspaceId(),
  email: text('email').notNull(), lang: text('lang').$type<'en' | 'el'>().notNull(),
  about: text('about').$type<'topic' | 'category'>().notNull(), aboutId: uuid('about_id').notNull(),
  askedAt: instant('asked_at').notNull(), confirmedAt: instant('confirmed_at'),
}, (t) => [uniqueIndex('forum_follows_once').on(t.workspaceId, t.email, t.aboutId), index('forum_follows_of').on(t.aboutId)])

/** What somebody has begun to write: a new topic, or an answer. */
export const forumDrafts = pgTable('forum_drafts', {
  workspaceId: workspaceId(), personId: uuid('person_id').notNull().references(() => forumPeople.id, { onDelete: 'cascade' }),
  /** A topic's id, or `new`. */
  place: text('place').notNull(), typed: jsonb('typed').$type<Readonly<Record<string, string>>>().notNull(), savedAt: instant('saved_at').notNull(),
}, (t) => [primaryKey({ columns: [t.personId, t.place] })])

/** Who of other servers follows the forum (the account's id), a category or a topic. */
export const forumFollowers = pgTable('forum_followers', {
  id: id(), workspaceId: workspaceId(),
  aboutId: uuid('about_id').notNull(), actor: text('actor').notNull(), followId: text('follow_id').notNull(),
  inbox: text('inbox').notNull(), sharedInbox: text('shared_inbox'), handle: text('handle').notNull(), since: instant('since').notNull(),
}, (t) => [uniqueIndex('forum_followers_once').on(t.aboutId, t.actor), index('forum_followers_actor').on(t.workspaceId, t.actor)])

/** What other servers were told of a post, and whether there is something new to tell. */
export const forumTellings = pgTable('forum_tellings', {
  postId: uuid('post_id').primaryKey().references(() => forumPosts.id, { onDelete: 'cascade' }), workspaceId: workspaceId(),
  dueAt: instant('due_at'), tries: integer('tries').notNull().default(0),
  told: jsonb('told').$type<Told>(), goneAt: instant('gone_at'),
}, (t) => [index('forum_tellings_due').on(t.dueAt).where(sql`due_at is not null`)])
/** The wording that was told, and the category that passed it on. */
export interface Told { readonly digest: string; readonly categoryId: string; readonly times: number }
