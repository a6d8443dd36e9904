import { and, asc, eq, isNull, ne, or } from 'drizzle-orm'
import type { Member } from '#kit/http.ts'
import { newId } from '#kit/id.ts'
import { mayDo } from '#kit/rights.ts'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { macros } from '../rules/tables.ts'
import { askedOf } from './asked.ts'
import { openers, savedFilters } from './tables.ts'

const theirs = (table: typeof savedFilters | typeof openers, memberId: string) => or(isNull(table.memberId), eq(table.memberId, memberId))
export interface Whose { readonly shared: boolean; readonly name: string }
interface By { readonly member: Pick<Member, 'id' | 'role'>; readonly at: Date }
// What is the team's goes by those who may moderate.
const droppable = (table: typeof savedFilters | typeof openers, { id, role }: Pick<Member, 'id' | 'role'>) => (mayDo(role, 'moderate') ? theirs(table, id) : eq(table.memberId, id))

/** The filters a member sees: the team's and their own, each with what it asks. */
export async function savedOf(db: Db, memberId: string) {
  const rows = await db.select().from(savedFilters).where(and(mine(db, savedFilters), theirs(savedFilters, memberId))).orderBy(asc(savedFilters.name), asc(savedFilters.id)).limit(200)
  return rows.map((row) => ({ id: row.id, name: row.name, line: row.line, shared: row.memberId === null }))
}
export async function saveFilter(tx: Tx, { member, at }: By, { shared, name, line }: Whose & { readonly line: string }) {
  askedOf(line)
  const id = newId(at.getTime())
  await tx.insert(savedFilters).values({ id, memberId: shared ? null : member.id, name, line, madeBy: member.id, madeAt: at })
  return { id, name, line, shared }
}
export async function dropFilter(tx: Tx, { member }: Pick<By, 'member'>, id: string): Promise<void> {
  const gone = await tx.delete(savedFilters).where(and(mine(tx, savedFilters), eq(savedFilters.id, id), droppable(savedFilters, member))).returning({ id: savedFilters.id })
  if (gone.length === 0) throw new Refusal('not_found')
}

/** The openers a member may begin with: the team's and their own. */
export async function openersOf(db: Db, memberId: string) {
  const rows = await db.select().from(openers).where(and(mine(db, openers), theirs(openers, memberId))).orderBy(asc(openers.name), asc(openers.id)).limit(200)
  return rows.map((row) => ({ id: row.id, name: row.name, text: row.text, lang: row.lang, shared: row.memberId === null }))
}
/** Every text a member may have begun with, from an opener or a macro: none goes out as it was kept. */
export async function begunWith(db: Db, memberId: string): Promise<readonly { readonly text: string }[]> {
  const kept = await db.select({ text: macros.text }).from(macros).where(and(mine(db, macros), ne(macros.text, ''), or(isNull(macros.memberId), eq(macros.memberId, memberId)))).limit(400)
  return [...(await openersOf(db, memberId)).map(({ text }) => ({ text })), ...kept]
}
export async function saveOpener(tx: Tx, { member, at }: By, { shared, name, text, lang }: Whose & { readonly text: string; readonly lang: 'en' | 'el' }) {
  const id = newId(at.getTime())
  await tx.insert(openers).values({ id, memberId: shared ? null : member.id, name, text, lang, madeBy: member.id, madeAt: at })
  return { id, name, text, lang, shared }
}
export async function dropOpener(tx: Tx, { member }: Pick<By, 'member'>, id: string): Promise<void> {
  const gone = await tx.delete(openers).where(and(mine(tx, openers), eq(openers.id, id), droppable(openers, member))).returning({ id: openers.id })
  if (gone.length === 0) throw new Refusal('not_found')
}
