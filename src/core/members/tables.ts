import { boolean, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Role } from '#kit/rights.ts'
import { id, instant, workspaceId } from '#db/columns.ts'

/** A person of the team. Without a user they belong to a story and cannot sign in. */
export const members = pgTable('members', {
  id: id(), workspaceId: workspaceId(),
  userId: text('user_id'),
  name: text('name').notNull(),
  email: text('email'),
  role: text('role').$type<Role>().notNull(),
  lang: text('lang').$type<'en' | 'el'>().notNull().default('en'),
  zone: text('zone'),
  joinedAt: instant('joined_at').notNull().defaultNow(),
  leftAt: instant('left_at'),
}, (t) => [uniqueIndex('members_user').on(t.workspaceId, t.userId), index('members_by_user').on(t.userId)])

/** A member's public persona. */
export const voices = pgTable('voices', {
  id: id(), workspaceId: workspaceId(),
  memberId: uuid('member_id').notNull(),
  name: text('name').notNull(),
  pictureId: uuid('picture_id'),
  about: text('about').notNull().default(''),
  signOff: text('sign_off').notNull().default(''),
  langs: jsonb('langs').$type<readonly string[]>().notNull().default([]),
  topics: jsonb('topics').$type<readonly string[]>().notNull().default([]),
  public: boolean('public').notNull().default(true),
}, (t) => [uniqueIndex('voices_member').on(t.workspaceId, t.memberId)])

export const invitations = pgTable('invitations', {
  id: id(), workspaceId: workspaceId(),
  /** SHA-256 of the link's token: the link itself is shown once. */
  tokenHash: text('token_hash').notNull(),
  role: text('role').$type<Role>().notNull(),
  name: text('name').notNull().default(''),
  invitedBy: uuid('invited_by').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at').notNull(),
  acceptedAt: instant('accepted_at'),
  acceptedBy: uuid('accepted_by'),
}, (t) => [uniqueIndex('invitations_token').on(t.tokenHash)])

// Identity (better-auth): a person's login is one over all workspaces, so these carry none; members joins the two.
export const users = pgTable('auth_users', {
  id: text('id').primaryKey(), name: text('name').notNull(), email: text('email').notNull().unique(),
  emailVerified: boolean('email_verified').notNull().default(false), image: text('image'),
  createdAt: instant('created_at').notNull().defaultNow(), updatedAt: instant('updated_at').notNull().defaultNow(),
})
export const sessions = pgTable('auth_sessions', {
  id: text('id').primaryKey(), expiresAt: instant('expires_at').notNull(), token: text('token').notNull().unique(),
  createdAt: instant('created_at').notNull().defaultNow(), updatedAt: instant('updated_at').notNull().defaultNow(),
  ipAddress: text('ip_address'), userAgent: text('user_agent'),
  userId: text('user_id').notNull().references(() => users.id, { onDelete: 'cascade' }),
}, (t) => [index('auth_sessions_user').on(t.userId)])
export const logins = pgTable('auth_logins', {
  id: text('id').primaryKey(), accountId: text('account_id').notNull(), providerId: text('provider_id').notNull(),
  userId: text('user_id').notNull().references(() => users.id, { onDelete: 'cascade' }),
  accessToken: text('access_token'), refreshToken: text('refresh_token'), idToken: text('id_token'),
  accessTokenExpiresAt: instant('access_token_expires_at'), refreshTokenExpiresAt: instant('refresh_token_expires_at'),
  scope: text('scope'), password: text('password'),
  createdAt: instant('created_at').notNull().defaultNow(), updatedAt: instant('updated_at').notNull().defaultNow(),
}, (t) => [index('auth_logins_user').on(t.userId)])
export const verifications = pgTable('auth_verifications', {
  id: text('id').primaryKey(), identifier: text('identifier').notNull(), value: text('value').notNull(),
  expiresAt: instant('expires_at').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(), updatedAt: instant('updated_at').notNull().defaultNow(),
}, (t) => [index('auth_verifications_identifier').on(t.identifier)])
