import { and, eq, inArray, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { mine, type Db, type Tx } from '#db/database.ts'
import { bells } from '../conversations/tables.ts'
import { members } from '../members/tables.ts'
import { workspaceById } from '../workspaces/store.ts'
import type { Quiet } from './quiet.ts'
import { moments, usual, ways, wishesFrom, type Moment, type Wishes } from './rules.ts'

const minute = z.int().min(0).max(1439)
const wish = z.array(z.enum(ways)).max(ways.length).transform((all) => ways.filter((way) => all.includes(way)))
const days = z.array(z.int().min(1).max(7)).min(1).max(7).transform((all) => [...new Set(all)].toSorted((a, b) => a - b))
/** What a member is called for, by which ways, and when they want quiet. */
export const Bell = z.strictObject({
  wishes: z.strictObject(Object.fromEntries(moments.map((moment) => [moment, wish])) as Record<Moment, typeof wish>),
  quiet: z.strictObject({ days, from: minute, to: minute }).nullable(),
  mailAfter: z.int().min(5).max(720),
  withWords: z.boolean(),
})
export interface Bell { readonly wishes: Wishes; readonly quiet: Quiet | null; readonly mailAfter: number; readonly withWords: boolean }

type Row = typeof bells.$inferSelect
const everyDay = [1, 2, 3, 4, 5, 6, 7]
const untouched: Bell = { wishes: usual, quiet: null, mailAfter: 15, withWords: false }
function quietOf({ quietFrom: from, quietTo: to, quietDays, wishes }: Row): Quiet | null {
  if (from === null || to === null) return null
  // Before days could be named, the same minute twice meant no quiet.
  return from === to && wishes === null ? null : { days: quietDays ?? everyDay, from, to }
}
const bellFrom = (row: Row): Bell => ({ wishes: row.wishes ? { ...usual, ...row.wishes } : wishesFrom(row), quiet: quietOf(row), mailAfter: row.mailAfter, withWords: row.withWords })

export async function bellOf(db: Db, memberId: string): Promise<Bell> {
  const [row] = await db.select().from(bells).where(and(mine(db, bells), eq(bells.memberId, memberId))).limit(1)
  return row ? bellFrom(row) : untouched
}
export async function setBell(tx: Tx, memberId: string, { wishes, quiet, mailAfter, withWords }: Bell): Promise<void> {
  const set = { wishes, quietDays: quiet ? [...quiet.days] : null, quietFrom: quiet?.from ?? null, quietTo: quiet?.to ?? null, mailAfter, withWords }
  await tx.insert(bells).values({ memberId, ...set }).onConflictDoUpdate({ target: [bells.workspaceId, bells.memberId], set })
}

export interface Listener { readonly member: typeof members.$inferSelect; readonly bell: Bell; readonly zone: string }
/** Members of the team with what they want to be called for; those who left are called for nothing. */
export async function listenersOf(db: Db, ids?: readonly string[]): Promise<readonly Listener[]> {
  if (ids?.length === 0) return []
  const team = await db.select().from(members).where(and(mine(db, members), isNull(members.leftAt), ids ? inArray(members.id, [...ids]) : undefined))
  const rows = await db.select().from(bells).where(and(mine(db, bells), ids ? inArray(bells.memberId, [...ids]) : undefined))
  const home = await workspaceById(db, db.workspace)
  return team.map((member) => {
    const row = rows.find((one) => one.memberId === member.id)
    return { member, bell: row ? bellFrom(row) : untouched, zone: member.zone ?? home?.zone ?? 'UTC' }
  })
}
