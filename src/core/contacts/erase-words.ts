import { rm } from 'node:fs/promises'
import { sep } from 'node:path'
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import type { Json } from '#kit/json.ts'
import { mine, type Tx } from '#db/database.ts'
import { lockConversation, recount } from '../conversations/keep.ts'
import { answerDrafts, conversations, messages } from '../conversations/tables.ts'
import { filePath } from '../files/store.ts'
import { files } from '../files/tables.ts'
import { imports } from '../imports/tables.ts'
import { publications } from '../publications/tables.ts'
import { NOBODY, repeatsOf, without } from './signs.ts'
import type { Signs } from './tables.ts'

export interface Whose { readonly ids: readonly string[]; readonly signs: Signs; readonly at: Date; readonly dataDir: string }
export type Counts = Record<string, number>

const of = (whose: Whose) => sql`${sql.param(whose.ids)}::uuid[]`

/** The conversations they spoke in, their own and those of others. */
export async function conversationsOf(tx: Tx, whose: Whose): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`select id from conversations where workspace_id = ${tx.workspace} and contact_id = any(${of(whose)})
    union select conversation_id from messages where workspace_id = ${tx.workspace} and contact_id = any(${of(whose)})`)
  return rows.map((row) => row.id)
}

const mapTexts = (value: Json, change: (text: string) => string): Json => {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return (value as Json[]).map((one) => mapTexts(one, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, mapTexts(one as Json, change)]))
}

type Ours = Pick<typeof messages.$inferSelect, 'id' | 'direction' | 'text' | 'html' | 'publicationId' | 'attachments'>
/** What the team said and noted in a conversation: nothing of it stays where it was for them alone; elsewhere it stays without them. */
async function clearOurs(tx: Tx, all: readonly Ours[], { clear, whose }: { readonly clear: (one: Ours) => string; readonly whose: Whose }): Promise<{ counts: Counts; changed: string[] }> {
  const counts: Counts = { answers: 0, notes: 0, files: 0 }
  const changed: string[] = []
  for (const one of all) {
    const text = clear(one)
    if (text === one.text) continue
    await tx.update(messages).set({ text, html: null, ...(text === '' ? { withdrawnAt: whose.at, attachments: null, copies: null } : {}) }).where(and(mine(tx, messages), eq(messages.id, one.id)))
    counts[one.direction === 'note' ? 'notes' : 'answers']! += 1
    // What was sent to them alone was theirs.
    if (text === '') counts['files']! += await removeFiles(tx, (one.attachments ?? []).map((file) => file.id), whose)
    if (one.publicationId !== null) {
      changed.push(one.publicationId)
      await clearPublication(tx, one.publicationId, text === '' ? undefined : (said) => clear({ ...one, text: said }))
    }
  }
  return { counts, changed }
}
async function clearPublication(tx: Tx, id: string, change: ((text: string) => string) | undefined): Promise<void> {
  const [row] = await tx.select({ wire: publications.wire, draft: publications.draft, nextWire: publications.nextWire }).from(publications).where(and(mine(tx, publications), eq(publications.id, id))).for('update')
  if (!row) return
  const kept = change ? { wire: mapTexts(row.wire, change), draft: row.draft && mapTexts(row.draft as unknown as Json, change) as never, nextWire: row.nextWire && mapTexts(row.nextWire, change) } : { wire: {}, draft: null, nextWire: null, note: null }
  await tx.update(publications).set({ ...kept, inReplyTo: null }).where(and(mine(tx, publications), eq(publications.id, id)))
}

/** Clears one conversation of them, all but their own messages; the publications of ours that had spoken of them. */
export async function clearConversation(tx: Tx, conversationId: string, whose: Whose): Promise<{ counts: Counts; changed: string[] }> {
  const conversation = await lockConversation(tx, conversationId)
  const theirOwn = whose.ids.includes(conversation.contactId)
  const said = await tx.select({ id: messages.id, direction: messages.direction, text: messages.text, html: messages.html, publicationId: messages.publicationId, attachments: messages.attachments, contactId: messages.contactId })
    .from(messages).where(and(mine(tx, messages), eq(messages.conversationId, conversationId)))
  const theirs = repeatsOf(said.filter((one) => one.contactId !== null && whose.ids.includes(one.contactId)).map((one) => one.text))
  const alone = theirOwn && conversation.visibility === 'private'
  const clear = (one: Ours): string => (alone || (theirOwn && one.direction === 'note') ? '' : without(one.text, whose.signs, theirs))
  const result = await clearOurs(tx, said.filter((one) => one.direction !== 'in'), { clear, whose })
  if (!theirOwn) return result
  const drafts = await tx.delete(answerDrafts).where(and(mine(tx, answerDrafts), eq(answerDrafts.conversationId, conversationId))).returning({ id: answerDrafts.id })
  await tx.update(conversations).set({
    subject: '', tags: [], rootRef: `erased:${conversationId}`, ratingText: null, state: 'done', snoozedUntil: null, waitingSince: null, claimedBy: null, claimedUntil: null,
  }).where(and(mine(tx, conversations), eq(conversations.id, conversationId)))
  return { ...result, counts: { ...result.counts, conversations: conversation.rootRef.startsWith('erased:') ? 0 : 1, drafts: drafts.length } }
}

const batch = 500
/** Their own words, so many at a time: the place stays, empty, for those who answered it. True while there are more. */
export async function clearTheirs(tx: Tx, whose: Whose): Promise<{ counts: Counts; more: boolean }> {
  const rows = await tx.select({ id: messages.id, conversationId: messages.conversationId, accountId: messages.accountId, remoteId: messages.remoteId, attachments: messages.attachments }).from(messages)
    .where(and(mine(tx, messages), sql`${messages.contactId} = any(${of(whose)})`, sql`(${messages.authorName} <> ${NOBODY} or ${messages.text} <> '' or ${messages.remoteId} is not null)`)).limit(batch)
  if (rows.length === 0) return { counts: {}, more: false }
  const gone = await removeFiles(tx, rows.flatMap((row) => (row.attachments ?? []).map((file) => file.id)), whose)
  const refs = rows.filter((row) => row.remoteId !== null).map((row) => `${row.accountId} ${row.remoteId}`)
  await tx.execute(sql`insert into erased_refs (workspace_id, digest) select ${tx.workspace}, encode(sha256(convert_to(w.secret || ' ' || ref, 'UTF8')), 'hex')
    from unnest(${sql.param(refs)}::text[]) ref, workspaces w where w.id = ${tx.workspace} on conflict do nothing`)
  await tx.update(messages).set({
    authorName: NOBODY, text: '', html: null, remoteId: null, remoteUrl: null, heldBecause: null, heldSigns: null, appeal: null, ruledBecause: null, attachments: null, copies: null, folded: null, editedAt: null,
    withdrawnAt: sql`coalesce(${messages.withdrawnAt}, ${whose.at.toISOString()}::timestamptz)` as never,
  }).where(and(mine(tx, messages), inArray(messages.id, rows.map((row) => row.id))))
  for (const id of new Set(rows.map((row) => row.conversationId))) await recount(tx, await lockConversation(tx, id))
  return { counts: { messages: rows.length, files: gone }, more: rows.length === batch }
}

/** The file first and then its row: whatever stops us, no file is left without a row to find it by. */
async function removeFiles(tx: Tx, ids: readonly string[], { dataDir }: Whose): Promise<number> {
  if (ids.length === 0) return 0
  const rows = await tx.select({ id: files.id, workspaceId: files.workspaceId }).from(files).where(and(mine(tx, files), inArray(files.id, [...ids])))
  for (const row of rows) await rm(filePath(dataDir, row), { force: true })
  if (rows.length > 0) await tx.delete(files).where(and(mine(tx, files), inArray(files.id, rows.map((row) => row.id))))
  return rows.length
}
/** What they handed over and never sent. */
export async function clearHanded(tx: Tx, by: readonly string[], whose: Whose): Promise<number> {
  if (by.length === 0) return 0
  const rows = await tx.select({ id: files.id }).from(files).where(and(mine(tx, files), inArray(files.by, [...by])))
  return await removeFiles(tx, rows.map((row) => row.id), whose)
}

/** The files of finished imports their words came with: what was in them is in the database, without this person. */
export async function clearImports(tx: Tx, whose: Whose): Promise<number> {
  const rows = await tx.select({ id: imports.id, path: imports.path }).from(imports).where(and(mine(tx, imports), inArray(imports.id,
    tx.select({ id: sql<string>`${conversations.importId}` }).from(conversations).where(and(mine(tx, conversations), isNotNull(conversations.importId), sql`${conversations.contactId} = any(${of(whose)})`)))))
  const kept = rows.filter((row) => row.path.startsWith(`${whose.dataDir}${sep}`))
  for (const row of kept) await rm(row.path, { force: true })
  return kept.length
}
