import { and, asc, eq, inArray, isNotNull, ne } from 'drizzle-orm'
import { accounts } from '#core/accounts/tables.ts'
import { contacts } from '#core/contacts/tables.ts'
import { conversations } from '#core/conversations/tables.ts'
import type { House } from '#core/house.ts'
import { members } from '#core/members/tables.ts'
import { posts } from '#core/posts/tables.ts'
import { publications } from '#core/publications/tables.ts'
import { mine, type Db } from '#db/database.ts'

const few = 5

async function waiting(db: Db) {
  const rows = await db.select({ conversation: conversations, contact: { id: contacts.id, name: contacts.name }, postTitle: posts.title, assignee: members.name })
    .from(conversations).innerJoin(contacts, eq(contacts.id, conversations.contactId))
    .leftJoin(posts, eq(posts.id, conversations.postId)).leftJoin(members, eq(members.id, conversations.assigneeId))
    .where(and(mine(db, conversations), isNotNull(conversations.waitingSince), ne(conversations.state, 'snoozed')))
    .orderBy(asc(conversations.waitingSince), asc(conversations.id)).limit(few)
  return rows.map(({ conversation: one, contact, postTitle, assignee }) => ({
    id: one.id, subject: one.subject, channel: one.channel, contact, lang: one.lang, lastText: one.lastText, lastAt: one.lastMessageAt.toISOString(),
    waitingSince: one.waitingSince!.toISOString(), asked: one.asked, postId: one.postId, postTitle, assignee: one.assigneeId && assignee ? { id: one.assigneeId, name: assignee } : null,
  }))
}

async function goesOut(db: Db) {
  const rows = await db.select({ post: posts, author: members.name }).from(posts).leftJoin(members, eq(members.id, posts.authorId))
    .where(and(mine(db, posts), eq(posts.state, 'scheduled'), isNotNull(posts.dueAt))).orderBy(asc(posts.dueAt), asc(posts.id)).limit(few)
  const places = await db.select({ id: accounts.id, channel: accounts.channel }).from(accounts).where(mine(db, accounts))
  return rows.map(({ post, author }) => ({
    id: post.id, title: post.title, lang: post.lang, intent: post.intent, format: post.format, campaignId: post.campaignId,
    dueAt: post.dueAt!.toISOString(), wallTime: post.wallTime, zone: post.zone, author: { id: post.authorId, name: author ?? '' },
    channels: places.filter(({ id }) => post.accountIds.includes(id)).map(({ channel }) => channel),
  }))
}

/** What stands until a person decides: refused, unsure, or waiting for somebody to sign in again. */
async function wentWrong(db: Db) {
  const rows = await db.select({ publication: publications, title: posts.title }).from(publications).leftJoin(posts, eq(posts.id, publications.postId))
    .where(and(mine(db, publications), inArray(publications.state, ['needs-person', 'refused', 'auth-needed', 'unknown', 'held'])))
    .orderBy(asc(publications.dueAt), asc(publications.id)).limit(20)
  return rows.map(({ publication: one, title }) => ({
    id: one.id, postId: one.postId, messageId: one.messageId, title, channel: one.channel, kind: one.kind, state: one.state, because: one.because, dueAt: one.dueAt.toISOString(),
  }))
}

/** What deserves a person's next ten minutes; the pillars have the last word. */
export async function today(house: House, workspaceId: string) {
  const facts = await house.database.read(workspaceId, async (db) => ({ waiting: await waiting(db), goesOut: await goesOut(db), wentWrong: await wentWrong(db) }))
  const nudges = (await Promise.all(house.pillars.map(async (pillar) =>
    (await pillar.today?.(house, workspaceId) ?? []).map((nudge) => ({ pillar: pillar.id, ...nudge }))))).flat()
  return { ...facts, nudges: nudges.toSorted((a, b) => Number(b.urgent) - Number(a.urgent)) }
}
