import { sql } from 'drizzle-orm'
import { customType, index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Json } from '#kit/json.ts'
import { id, instant, workspaceId } from '#db/columns.ts'

export type Moved = Readonly<Record<string, readonly string[]>>
/** What a card says of a person by hand or by hearsay. */
export interface Kept { readonly email: string | null; readonly lang: string | null; readonly note: string; readonly tags: readonly string[]; readonly firstSeen: string; readonly lastSeen: string }
/** `everywhere`: unmistakably theirs wherever it stands. `near`: theirs in their own conversations, as a first name is. */
export interface Signs { readonly everywhere: readonly string[]; readonly near: readonly string[] }

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/** A person outside. */
export const contacts = pgTable('contacts', {
  id: id(), workspaceId: workspaceId(),
  name: text('name').notNull(),
  email: text('email'),
  lang: text('lang'),
  note: text('note').notNull().default(''),
  tags: jsonb('tags').$type<readonly string[]>().notNull().default([]),
  firstSeen: instant('first_seen').notNull(),
  lastSeen: instant('last_seen').notNull(),
  /** Found to be the same person as another, under whom everything of theirs stands now. */
  mergedInto: uuid('merged_into'),
  /** Nothing of them is left but that there was somebody. */
  erasedAt: instant('erased_at'),
  search: tsvector('search').generatedAlwaysAs(sql`to_tsvector('public.stoa', "name" || ' ' || coalesce("email", ''))`),
}, (t) => [index('contacts_search').using('gin', t.search).with({ fastupdate: false }), index('contacts_seen').on(t.workspaceId, t.lastSeen, t.id),
  index('contacts_email').on(t.workspaceId, t.email).where(sql`email is not null`), index('contacts_merged').on(t.mergedInto).where(sql`merged_into is not null`)])

/** A contact's handle on a channel. */
export const identities = pgTable('identities', {
  id: id(), workspaceId: workspaceId(),
  contactId: uuid('contact_id').notNull().references(() => contacts.id, { onDelete: 'cascade' }),
  channel: text('channel').notNull(),
  remoteId: text('remote_id').notNull(),
  handle: text('handle').notNull().default(''),
  url: text('url'),
  picture: text('picture'),
}, (t) => [uniqueIndex('identities_remote').on(t.workspaceId, t.channel, t.remoteId), index('identities_contact').on(t.contactId),
  index('identities_handle').on(t.workspaceId, t.handle).where(sql`handle <> ''`), index('identities_url').on(t.workspaceId, t.url).where(sql`url is not null`)])

/** Two contacts found to be one person: what went over, so that it can be taken back. */
export const contactMerges = pgTable('contact_merges', {
  id: id(), workspaceId: workspaceId(),
  intoId: uuid('into_id').notNull(), fromId: uuid('from_id').notNull(),
  /** The rows that went over, by table. */
  moved: jsonb('moved').$type<Moved>().notNull(),
  /** What the remaining card said before, and what it said after: an undo puts back what nobody has changed since. */
  before: jsonb('before').$type<Kept>().notNull(), after: jsonb('after').$type<Kept>().notNull(),
  at: instant('at').notNull(), memberId: uuid('member_id'),
  undoneAt: instant('undone_at'), undoneBy: uuid('undone_by'),
}, (t) => [index('contact_merges_into').on(t.workspaceId, t.intoId), index('contact_merges_from').on(t.workspaceId, t.fromId)])

/** Two contacts somebody said are not the same person; `oneId` is the smaller id. */
export const contactsApart = pgTable('contacts_apart', {
  id: id(), workspaceId: workspaceId(),
  oneId: uuid('one_id').notNull(), otherId: uuid('other_id').notNull(),
  memberId: uuid('member_id'), at: instant('at').notNull(),
}, (t) => [uniqueIndex('contacts_apart_once').on(t.workspaceId, t.oneId, t.otherId), index('contacts_apart_other').on(t.workspaceId, t.otherId)])

/** What a person agreed to: when, where and in which words. Kept after it is withdrawn, as the proof of both. */
export const consents = pgTable('consents', {
  id: id(), workspaceId: workspaceId(),
  contactId: uuid('contact_id').notNull(),
  purpose: text('purpose').notNull(),
  words: text('words').notNull(), lang: text('lang').notNull(),
  source: text('source').notNull(),
  givenAt: instant('given_at').notNull(),
  /** The member who wrote it down; null: they said so themselves. */
  memberId: uuid('member_id'),
  withdrawnAt: instant('withdrawn_at'),
  withdrawnBy: text('withdrawn_by').$type<'link' | 'member' | 'channel'>(),
}, (t) => [index('consents_of').on(t.workspaceId, t.contactId, t.purpose)])

/** A person's data on their way out, and the receipt once they are gone. */
export const erasures = pgTable('erasures', {
  id: id(), workspaceId: workspaceId(),
  contactId: uuid('contact_id').notNull(),
  state: text('state').$type<'running' | 'done'>().notNull().default('running'),
  /** By what they are found in the texts of others; emptied at the end. */
  signs: jsonb('signs').$type<Signs | null>(),
  counts: jsonb('counts').$type<Readonly<Record<string, number>>>().notNull().default({}),
  /** Answers of ours that stand in public on other networks and spoke to them: only a person can change those there. */
  elsewhere: jsonb('elsewhere').$type<readonly string[]>().notNull().default([]),
  memberId: uuid('member_id'),
  askedAt: instant('asked_at').notNull(), endedAt: instant('ended_at'),
  receipt: jsonb('receipt').$type<Json>(),
}, (t) => [uniqueIndex('erasures_of').on(t.workspaceId, t.contactId), index('erasures_running').on(t.state).where(sql`state = 'running'`)])

/** Digests of what networks called the words of those who were erased, so that hearing them again brings nothing back. */
export const erasedRefs = pgTable('erased_refs', {
  workspaceId: workspaceId(), digest: text('digest').notNull(),
}, (t) => [primaryKey({ columns: [t.workspaceId, t.digest] })])
