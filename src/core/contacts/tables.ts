import { sql } from 'drizzle-orm'
import { customType, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant, workspaceId } from '#db/columns.ts'

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
  search: tsvector('search').generatedAlwaysAs(sql`to_tsvector('public.stoa', "name" || ' ' || coalesce("email", ''))`),
}, (t) => [index('contacts_search').using('gin', t.search).with({ fastupdate: false }), index('contacts_seen').on(t.workspaceId, t.lastSeen, t.id)])

/** A contact's handle on a channel. */
export const identities = pgTable('identities', {
  id: id(), workspaceId: workspaceId(),
  contactId: uuid('contact_id').notNull().references(() => contacts.id, { onDelete: 'cascade' }),
  channel: text('channel').notNull(),
  remoteId: text('remote_id').notNull(),
  handle: text('handle').notNull().default(''),
  url: text('url'),
  picture: text('picture'),
}, (t) => [uniqueIndex('identities_remote').on(t.workspaceId, t.channel, t.remoteId), index('identities_contact').on(t.contactId)])
