import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant, workspaceId } from '#db/columns.ts'
import type { Sealed } from '#db/seal.ts'
import type { Json } from '#kit/json.ts'

/** The key pair of our actor; made at first need, never changed by itself. The private one is sealed. */
export const fediverseKeys = pgTable('fediverse_keys', {
  accountId: uuid('account_id').primaryKey(), workspaceId: workspaceId(),
  privateJwk: jsonb('private_jwk').$type<JsonWebKey | Sealed>().notNull(), publicJwk: jsonb('public_jwk').$type<JsonWebKey>().notNull(),
  madeAt: instant('made_at').notNull().defaultNow(),
})

/** Who follows us, and where their post is taken in. */
export const fediverseFollowers = pgTable('fediverse_followers', {
  id: id(), workspaceId: workspaceId(),
  accountId: uuid('account_id').notNull(),
  actor: text('actor').notNull(), followId: text('follow_id').notNull(),
  inbox: text('inbox').notNull(), sharedInbox: text('shared_inbox'),
  handle: text('handle').notNull(), name: text('name').notNull(),
  since: instant('since').notNull(),
}, (t) => [uniqueIndex('fediverse_follower_once').on(t.accountId, t.actor)])

/** Whom we follow; pending until they accept. */
export const fediverseFollowing = pgTable('fediverse_following', {
  id: id(), workspaceId: workspaceId(),
  accountId: uuid('account_id').notNull(),
  actor: text('actor').notNull(), inbox: text('inbox').notNull(),
  handle: text('handle').notNull(), name: text('name').notNull(), picture: text('picture'), url: text('url'),
  state: text('state').$type<'pending' | 'accepted' | 'rejected'>().notNull().default('pending'),
  askedAt: instant('asked_at').notNull(), answeredAt: instant('answered_at'),
}, (t) => [uniqueIndex('fediverse_following_once').on(t.accountId, t.actor)])

/** Each activity taken in: for repeats, for Undo by id, and to know whose an object is. */
export const fediverseSeen = pgTable('fediverse_seen', {
  id: id(), workspaceId: workspaceId(),
  accountId: uuid('account_id').notNull(),
  activity: text('activity').notNull(), actor: text('actor').notNull(), type: text('type').notNull(), object: text('object'),
  /** A digest of the signature it came with: the same bytes are not taken twice. */
  proof: text('proof').notNull(),
  at: instant('at').notNull(),
}, (t) => [
  uniqueIndex('fediverse_seen_once').on(t.accountId, t.activity), index('fediverse_seen_proof').on(t.accountId, t.proof),
  index('fediverse_seen_object').on(t.accountId, t.object), index('fediverse_seen_at').on(t.at),
])

/** One activity on its way to one inbox. The pair is unique: sending the same thing again adds nothing. */
export const fediverseDeliveries = pgTable('fediverse_deliveries', {
  id: id(), workspaceId: workspaceId(),
  accountId: uuid('account_id').notNull(),
  activity: text('activity').notNull(), inbox: text('inbox').notNull(), keyId: text('key_id').notNull(),
  body: jsonb('body').$type<Json>().notNull(),
  state: text('state').$type<'waiting' | 'delivered' | 'given-up'>().notNull().default('waiting'),
  tries: integer('tries').notNull().default(0), dueAt: instant('due_at').notNull(), lastWord: text('last_word'),
  madeAt: instant('made_at').notNull(), settledAt: instant('settled_at'),
}, (t) => [uniqueIndex('fediverse_delivery_once').on(t.accountId, t.activity, t.inbox), index('fediverse_delivery_due').on(t.state, t.dueAt)])

/** Documents and keys of others, kept for a while; belongs to no workspace and may be emptied at any time. */
export const fediverseCache = pgTable('fediverse_cache', {
  key: text('key').array().primaryKey(), value: jsonb('value').$type<Json>().notNull(), expires: instant('expires'),
}, (t) => [index('fediverse_cache_expires').on(t.expires)])
