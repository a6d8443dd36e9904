import { and, eq, isNull, sql } from 'drizzle-orm'
import { newId } from '#kit/id.ts'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { emit } from '../events/store.ts'
import './happenings.ts'
import { contactMerges, contacts, contactsApart, type Kept, type Moved } from './tables.ts'
import { pairOf } from './likeness.ts'

type Row = typeof contacts.$inferSelect
interface Merging { readonly intoId: string; readonly fromId: string; readonly memberId: string | null; readonly at: Date }

// What is a record of a contact itself, and not something of theirs.
const records = ['events', 'contact_merges', 'contacts_apart', 'erasures']

/** The tables that say whose a row is by `contact_id`. */
export async function tablesOfPeople(db: Db): Promise<string[]> {
  const { rows } = await db.execute<{ name: string }>(sql`select c.table_name as name from information_schema.columns c
    join information_schema.columns i on i.table_schema = c.table_schema and i.table_name = c.table_name and i.column_name = 'id' and i.data_type = 'uuid'
    join information_schema.columns w on w.table_schema = c.table_schema and w.table_name = c.table_name and w.column_name = 'workspace_id'
    where c.table_schema = 'public' and c.column_name = 'contact_id' and c.data_type = 'uuid' order by 1`)
  return rows.map((row) => row.name).filter((name) => !records.includes(name))
}

/** Both, locked in one order, so that two who merge the same pair wait for each other. */
async function lockBoth(tx: Tx, { intoId, fromId }: Pick<Merging, 'intoId' | 'fromId'>): Promise<{ into: Row; from: Row }> {
  const rows = await tx.select().from(contacts).where(and(mine(tx, contacts), sql`${contacts.id} in (${intoId}::uuid, ${fromId}::uuid)`)).orderBy(contacts.id).for('update')
  const [into, from] = [rows.find((row) => row.id === intoId), rows.find((row) => row.id === fromId)]
  if (!into || !from || intoId === fromId) throw new Refusal('not_found')
  return { into, from }
}

const keptOf = (row: Row): Kept => ({ email: row.email, lang: row.lang, note: row.note, tags: row.tags, firstSeen: row.firstSeen.toISOString(), lastSeen: row.lastSeen.toISOString() })
/** What one card says of two who are one person. */
export function joined(into: Kept, from: Kept): Kept {
  const notes = [into.note, from.note].filter((note, place, all) => note !== '' && all.indexOf(note) === place)
  return {
    email: into.email ?? from.email, lang: into.lang ?? from.lang, note: notes.join('\n\n').slice(0, 10_000), tags: [...new Set([...into.tags, ...from.tags])],
    firstSeen: into.firstSeen < from.firstSeen ? into.firstSeen : from.firstSeen, lastSeen: into.lastSeen > from.lastSeen ? into.lastSeen : from.lastSeen,
  }
}
const columnsOf = (kept: Kept) => ({ ...kept, firstSeen: new Date(kept.firstSeen), lastSeen: new Date(kept.lastSeen) })

const uniqueViolation = (error: unknown): boolean => {
  for (let at: unknown = error; typeof at === 'object' && at !== null; at = 'cause' in at ? at.cause : undefined) if ('code' in at && at.code === '23505') return true
  return false
}
/** Work that may meet a row that is there already: then nothing of it is kept. */
export async function unlessThere<T>(tx: Tx, work: () => Promise<T>): Promise<T | undefined> {
  await tx.execute(sql`savepoint moving`)
  try {
    const result = await work()
    await tx.execute(sql`release savepoint moving`)
    return result
  } catch (error) {
    if (!uniqueViolation(error)) throw error
    await tx.execute(sql`rollback to savepoint moving`)
    return undefined
  }
}

/** Hands the rows of a table over; one the other has already, such as a like of the same post, stays where it is. */
async function handOver(tx: Tx, table: string, { intoId, fromId }: Pick<Merging, 'intoId' | 'fromId'>): Promise<string[]> {
  const name = sql.identifier(table)
  const of = sql`workspace_id = ${tx.workspace} and contact_id = ${fromId}`
  const all = await unlessThere(tx, async () => (await tx.execute<{ id: string }>(sql`update ${name} set contact_id = ${intoId} where ${of} returning id`)).rows)
  if (all) return all.map((row) => row.id)
  const { rows } = await tx.execute<{ id: string }>(sql`select id from ${name} where ${of}`)
  const moved: string[] = []
  for (const { id } of rows) if (await unlessThere(tx, () => tx.execute(sql`update ${name} set contact_id = ${intoId} where ${of} and id = ${id}`))) moved.push(id)
  return moved
}

/** Makes one contact of two: everything of `from` stands under `into` from here on. */
export async function mergeContacts(tx: Tx, merging: Merging): Promise<{ mergeId: string }> {
  const { intoId, fromId, memberId, at } = merging
  const { into, from } = await lockBoth(tx, merging)
  if ([into, from].some((one) => one.mergedInto !== null || one.erasedAt !== null)) throw new Refusal('changed_meanwhile')
  const moved: Record<string, readonly string[]> = {}
  for (const table of await tablesOfPeople(tx)) {
    const ids = await handOver(tx, table, merging)
    if (ids.length > 0) moved[table] = ids
  }
  const [before, after] = [keptOf(into), joined(keptOf(into), keptOf(from))]
  await tx.update(contacts).set(columnsOf(after)).where(and(mine(tx, contacts), eq(contacts.id, intoId)))
  await tx.update(contacts).set({ mergedInto: intoId }).where(and(mine(tx, contacts), eq(contacts.id, fromId)))
  const mergeId = newId(at.getTime())
  await tx.insert(contactMerges).values({ id: mergeId, intoId, fromId, moved, before, after, at, memberId })
  await emit(tx, 'contact.merged', { at, contactId: intoId, ...(memberId ? { memberId } : {}), data: { from: fromId, mergeId } })
  return { mergeId }
}

/** What was put on the card since the merge stays; what the merge put there goes. */
export function unjoined(now: Kept, { before, after }: { readonly before: Kept; readonly after: Kept }): Kept {
  const brought = after.tags.filter((tag) => !before.tags.includes(tag))
  return {
    email: now.email === after.email ? before.email : now.email, lang: now.lang === after.lang ? before.lang : now.lang, note: now.note === after.note ? before.note : now.note,
    tags: now.tags.filter((tag) => !brought.includes(tag)), firstSeen: before.firstSeen, lastSeen: now.lastSeen === after.lastSeen ? before.lastSeen : now.lastSeen,
  }
}

async function giveBack(tx: Tx, moved: Moved, { intoId, fromId }: Pick<Merging, 'intoId' | 'fromId'>): Promise<void> {
  for (const [table, ids] of Object.entries(moved)) {
    await tx.execute(sql`update ${sql.identifier(table)} set contact_id = ${fromId} where workspace_id = ${tx.workspace} and contact_id = ${intoId} and id = any(${sql.param(ids)}::uuid[])`)
  }
}

/** What they said since the merge belongs to whoever is known on that channel; where both are, it stays. */
async function giveBackSince(tx: Tx, { intoId, fromId, at }: { readonly intoId: string; readonly fromId: string; readonly at: Date }): Promise<void> {
  const theirs = sql`select channel from identities where workspace_id = ${tx.workspace} and contact_id = ${fromId}
    except select channel from identities where workspace_id = ${tx.workspace} and contact_id = ${intoId}`
  const since = sql`workspace_id = ${tx.workspace} and contact_id = ${intoId} and channel in (${theirs})`
  await tx.execute(sql`update messages set contact_id = ${fromId} where ${since} and heard_at > ${at.toISOString()}::timestamptz`)
  await tx.execute(sql`update conversations set contact_id = ${fromId} where ${since} and id in (select conversation_id from messages where contact_id = ${fromId})
    and id not in (select conversation_id from messages where contact_id = ${intoId})`)
}

/** Makes two of them again. */
export async function undoMerge(tx: Tx, mergeId: string, { memberId, at }: { readonly memberId: string; readonly at: Date }): Promise<{ intoId: string; fromId: string }> {
  const [merge] = await tx.select().from(contactMerges).where(and(mine(tx, contactMerges), eq(contactMerges.id, mergeId))).for('update').limit(1)
  if (!merge) throw new Refusal('not_found')
  const { intoId, fromId } = merge
  if (merge.undoneAt !== null) return { intoId, fromId }
  const { into, from } = await lockBoth(tx, merge)
  if (from.mergedInto !== intoId || into.mergedInto !== null || into.erasedAt !== null) throw new Refusal('undo_changed')
  await giveBack(tx, merge.moved, merge)
  await giveBackSince(tx, merge)
  await tx.update(contacts).set(columnsOf(unjoined(keptOf(into), merge))).where(and(mine(tx, contacts), eq(contacts.id, intoId)))
  await tx.update(contacts).set({ mergedInto: null }).where(and(mine(tx, contacts), eq(contacts.id, fromId)))
  await tx.update(contactMerges).set({ undoneAt: at, undoneBy: memberId }).where(and(mine(tx, contactMerges), eq(contactMerges.id, mergeId)))
  // Whoever takes a merge back has said that they are two.
  await keepApart(tx, { oneId: intoId, otherId: fromId, memberId, at })
  await emit(tx, 'contact.parted', { at, contactId: intoId, memberId, data: { from: fromId, mergeId } })
  return { intoId, fromId }
}

/** Remembers that two are not the same person: they are not suggested again. */
export async function keepApart(tx: Tx, { oneId, otherId, memberId, at }: { readonly oneId: string; readonly otherId: string; readonly memberId: string; readonly at: Date }): Promise<void> {
  await tx.insert(contactsApart).values({ ...pairOf(oneId, otherId), memberId, at }).onConflictDoNothing()
}

/** The merges of a contact that can still be taken back, newest first. */
export async function mergesOf(db: Db, intoId: string): Promise<{ id: string; fromId: string; fromName: string; at: Date }[]> {
  return await db.select({ id: contactMerges.id, fromId: contactMerges.fromId, fromName: contacts.name, at: contactMerges.at }).from(contactMerges).innerJoin(contacts, eq(contacts.id, contactMerges.fromId))
    .where(and(mine(db, contactMerges), eq(contactMerges.intoId, intoId), isNull(contactMerges.undoneAt))).orderBy(sql`${contactMerges.at} desc`)
}
