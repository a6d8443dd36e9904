import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Person } from '#kit/channel.ts'
import type { Member } from '#kit/http.ts'
import type { Role } from '#kit/rights.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { media } from '../media/tables.ts'
import { mediaPath } from '../media/rules.ts'
import { members, voices } from './tables.ts'

export type MemberRow = typeof members.$inferSelect
export type Voice = typeof voices.$inferSelect

export const memberFrom = (row: MemberRow): Member => ({ id: row.id, workspaceId: row.workspaceId, userId: row.userId, name: row.name, role: row.role })

/** The memberships of a login, oldest first; asked with the handle of all workspaces. */
export async function membershipsOf(db: Db, userId: string): Promise<MemberRow[]> {
  return await db.select().from(members).where(and(eq(members.userId, userId), isNull(members.leftAt))).orderBy(asc(members.joinedAt))
}
export async function membersOf(db: Db): Promise<MemberRow[]> {
  return await db.select().from(members).where(mine(db, members)).orderBy(asc(members.joinedAt), asc(members.id))
}
export async function memberById(db: Db, id: string): Promise<MemberRow | undefined> {
  const [row] = await db.select().from(members).where(and(mine(db, members), eq(members.id, id))).limit(1)
  return row
}

interface Joining { readonly userId: string | null; readonly name: string; readonly email: string | null; readonly role: Role; readonly lang: 'en' | 'el'; readonly at: Date; readonly id?: string }
/** A new member with a voice of their own name, so that they can speak from the first day. */
export async function join(tx: Tx, given: Joining): Promise<MemberRow> {
  const { at, ...rest } = given
  const [row] = await tx.insert(members).values({ ...rest, joinedAt: at }).returning()
  await tx.insert(voices).values({ memberId: row!.id, name: given.name, langs: [given.lang] })
  return row!
}
export async function changeMember(tx: Tx, id: string, change: Partial<Pick<MemberRow, 'name' | 'role' | 'lang' | 'zone' | 'leftAt'>>): Promise<MemberRow | undefined> {
  // A change of nothing is no statement the database knows.
  if (Object.values(change).every((value) => value === undefined)) return await memberById(tx, id)
  const [row] = await tx.update(members).set(change).where(and(mine(tx, members), eq(members.id, id))).returning()
  return row
}

export async function voicesOf(db: Db): Promise<Voice[]> {
  return await db.select().from(voices).where(mine(db, voices)).orderBy(asc(voices.id))
}
export async function setVoice(tx: Tx, memberId: string, given: Omit<Voice, 'id' | 'workspaceId' | 'memberId'>): Promise<Voice> {
  const [row] = await tx.insert(voices).values({ memberId, ...given }).onConflictDoUpdate({ target: [voices.workspaceId, voices.memberId], set: given }).returning()
  return row!
}

/** The person the world meets when this member speaks; undefined without a voice. */
export async function personOf(db: Db, memberId: string): Promise<Person | undefined> {
  const [row] = await db.select({ voice: voices, picture: media }).from(voices).leftJoin(media, eq(media.id, voices.pictureId))
    .where(and(mine(db, voices), eq(voices.memberId, memberId))).limit(1)
  if (!row || row.voice.name.trim() === '') return undefined
  return { id: memberId, name: row.voice.name, ...(row.voice.signOff ? { signOff: row.voice.signOff } : {}), ...(row.picture ? { picture: mediaPath(row.picture) } : {}) }
}
