import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Label } from '#kit/channel.ts'
import type { Intent } from '#kit/events.ts'
import type { ApprovalMode, Deed } from './approval/rules.ts'
import type { Late, Part, PostMedia, PostWords, Variant } from './rules.ts'
import { id, instant, workspaceId } from '#db/columns.ts'

export const formats = ['story', 'guide', 'question', 'news', 'offer', 'contest', 'promotion', 'game'] as const
export type Format = (typeof formats)[number]
/** What the checks saw when the post was let out; told again by post.published. */
export interface Reviewed { readonly findings: readonly string[]; readonly similarity: number; readonly similarTo: string | null; readonly invites: boolean }
export type { PostMedia } from './rules.ts'

/** A change to a published post that somebody else has to approve first. */
export interface Proposal {
  readonly by: string; readonly at: string; readonly words: PostWords; readonly note: string; readonly reasons: Readonly<Record<string, string>>
}

/** Something the brand says. */
export const posts = pgTable('posts', {
  id: id(), workspaceId: workspaceId(),
  campaignId: uuid('campaign_id'),
  authorId: uuid('author_id').notNull(),
  title: text('title').notNull().default(''),
  text: text('text').notNull().default(''),
  lang: text('lang').$type<'en' | 'el'>().notNull(),
  intent: text('intent').$type<Intent>().notNull().default('talk'),
  format: text('format').$type<Format>().notNull().default('story'),
  tags: jsonb('tags').$type<readonly string[]>().notNull().default([]),
  media: jsonb('media').$type<readonly PostMedia[]>().notNull().default([]),
  accountIds: jsonb('account_ids').$type<readonly string[]>().notNull().default([]),
  state: text('state').$type<'draft' | 'scheduled' | 'published' | 'withdrawn'>().notNull().default('draft'),
  /** Local wall time as typed (2026-10-25T09:30), its IANA zone, and the instant they name. */
  wallTime: text('wall_time'),
  zone: text('zone'),
  dueAt: instant('due_at'),
  publishedAt: instant('published_at'),
  reviewed: jsonb('reviewed').$type<Reviewed>(),
  /** The parts after the first, where the post is a thread. */
  thread: jsonb('thread').$type<readonly Part[]>().notNull().default([]),
  /** Goes out under the post itself, where a network lets one answer oneself. */
  firstComment: text('first_comment').notNull().default(''),
  /** What is read first, the rest being folded behind it where a network can. */
  warning: text('warning').notNull().default(''),
  /** What single accounts say instead of the shared words; an account without one says what all say. */
  variants: jsonb('variants').$type<readonly Variant[]>().notNull().default([]),
  labels: jsonb('labels').$type<readonly Label[]>().notNull().default([]),
  card: jsonb('card').$type<{ readonly url: string }>(),
  /** What happens when it could not leave in time; null: as the workspace has it. */
  late: jsonb('late').$type<Late>(),
  /** The post this one says again. */
  againOf: uuid('again_of'),
  /** Who last changed the words, and when. */
  wordsBy: uuid('words_by'),
  wordsAt: instant('words_at'),
  /** New words for what is out, waiting to be approved. */
  proposal: jsonb('proposal').$type<Proposal>(),
  /** Goes up with each save: two tabs cannot overwrite each other unknowingly. */
  version: integer('version').notNull().default(1),
  createdAt: instant('created_at').notNull().defaultNow(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
}, (t) => [
  index('posts_due').on(t.workspaceId, t.dueAt), index('posts_published').on(t.workspaceId, t.publishedAt),
  index('posts_state').on(t.workspaceId, t.state, t.updatedAt),
])

export const versionReasons = ['saved', 'published', 'edited', 'restored', 'proposed'] as const
/** Append-only: the words as they stood at a moment worth going back to. */
export const postVersions = pgTable('post_versions', {
  id: id(), workspaceId: workspaceId(),
  postId: uuid('post_id').notNull(),
  number: integer('number').notNull(),
  at: instant('at').notNull(),
  byId: uuid('by_id'),
  why: text('why').$type<(typeof versionReasons)[number]>().notNull(),
  words: jsonb('words').$type<PostWords>().notNull(),
}, (t) => [uniqueIndex('post_versions_number').on(t.postId, t.number)])

/** Append-only: who asked, approved or sent back, when, and what they said. The state of a post's approval follows from these. */
export const approvalSteps = pgTable('approval_steps', {
  id: id(), workspaceId: workspaceId(),
  postId: uuid('post_id').notNull(),
  number: integer('number').notNull(),
  deed: text('deed').$type<Deed>().notNull(),
  memberId: uuid('member_id'),
  /** For an outsider: the link they came by, and the name they gave. */
  linkId: uuid('link_id'),
  name: text('name'),
  note: text('note').notNull().default(''),
  at: instant('at').notNull(),
}, (t) => [uniqueIndex('approval_steps_number').on(t.postId, t.number)])

/** A way for somebody without an account to see one post and say yes or no, once. */
export const reviewLinks = pgTable('review_links', {
  id: id(), workspaceId: workspaceId(),
  postId: uuid('post_id').notNull(),
  /** SHA-256 of the link's token: the link itself is shown once. */
  tokenHash: text('token_hash').notNull(),
  /** Whom it was made for, in the words of who made it. */
  forWhom: text('for_whom').notNull().default(''),
  madeBy: uuid('made_by').notNull(),
  madeAt: instant('made_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  revokedAt: instant('revoked_at'),
  openedAt: instant('opened_at'),
  usedAt: instant('used_at'),
}, (t) => [uniqueIndex('review_links_token').on(t.tokenHash), index('review_links_post').on(t.postId)])

/** What the team says to each other about a post; never public. */
export const postComments = pgTable('post_comments', {
  id: id(), workspaceId: workspaceId(),
  postId: uuid('post_id').notNull(),
  /** The comment that began the thread; null: it is that one. */
  threadId: uuid('thread_id'),
  memberId: uuid('member_id').notNull(),
  text: text('text').notNull(),
  /** The words of the post it is about. */
  quote: text('quote').notNull().default(''),
  mentions: jsonb('mentions').$type<readonly string[]>().notNull().default([]),
  at: instant('at').notNull(),
  resolvedAt: instant('resolved_at'),
  resolvedBy: uuid('resolved_by'),
}, (t) => [index('post_comments_post').on(t.postId, t.at)])

/** How the workspace lets things out; without a row, as in firstPolicy. */
export const publishingPolicies = pgTable('publishing_policies', {
  id: id(), workspaceId: workspaceId(),
  approval: text('approval').$type<ApprovalMode>().notNull().default('none'),
  /** Whether the yes of somebody who came by a link stands for a member's. */
  linksCount: boolean('links_count').notNull().default(false),
  altText: text('alt_text').$type<'required' | 'asked'>().notNull().default('required'),
  late: jsonb('late').$type<Late>(),
  /** How far back and ahead the same words on the same account are pointed out. */
  duplicateDays: integer('duplicate_days').notNull().default(30),
}, (t) => [uniqueIndex('publishing_policies_one').on(t.workspaceId)])
