import { and, eq, gt, lt, sql } from 'drizzle-orm'
import { Refusal } from '#kit/refusal.ts'
import { fold } from '#text/fold.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { hashPassphrase, isPassphrase, newToken, tokenHash } from './passphrase.ts'
import { levelOf, limits, type Level } from './rules.ts'
import { forumPeople as people, forumSessions as sessions } from './tables.ts'

export type Person = typeof people.$inferSelect
/** Whoever is signed in to the forum. */
export interface Me extends Person { readonly level: Level }

const stay = 60 * 86_400_000
/** A name as it is compared: two that look alike are one. */
export const knownAs = (name: string): string => fold(name).replace(/[\s\p{P}\p{Cf}]+/gu, '')

export async function meOf(db: Db, token: string | undefined, now: Date): Promise<Me | undefined> {
  if (!token || token.length > 64) return undefined
  const [row] = await db.select({ person: people }).from(sessions).innerJoin(people, eq(people.id, sessions.personId))
    .where(and(mine(db, sessions), eq(sessions.tokenHash, tokenHash(token)), gt(sessions.until, now))).limit(1)
  return row && { ...row.person, level: levelOf(row.person, now) }
}

/** Counts a day on which somebody was here. */
export async function noteVisit(tx: Tx, me: Me, now: Date): Promise<void> {
  const today = now.toISOString().slice(0, 10)
  await tx.update(people).set({ lastDay: today, days: sql`${people.days} + 1` }).where(and(mine(tx, people), eq(people.id, me.id), sql`${people.lastDay} is distinct from ${today}`))
}

export async function enter(tx: Tx, personId: string, now: Date): Promise<{ token: string; until: Date }> {
  const [token, until] = [newToken(), new Date(now.getTime() + stay)]
  await tx.delete(sessions).where(and(mine(tx, sessions), lt(sessions.until, now)))
  await tx.insert(sessions).values({ tokenHash: tokenHash(token), personId, until })
  return { token, until }
}
export async function leave(tx: Tx, token: string): Promise<void> {
  await tx.delete(sessions).where(and(mine(tx, sessions), eq(sessions.tokenHash, tokenHash(token))))
}

export interface Joining { readonly name: string; readonly passphrase?: string; readonly email?: string; readonly taken: readonly string[]; readonly now: Date }
/** Somebody new. Nobody takes the name of another, of the team or of the house. */
export async function joinForum(tx: Tx, { name, passphrase, email, taken, now }: Joining): Promise<Person> {
  const known = knownAs(name)
  if (known.length < 2) throw new Refusal('invalid_name', { params: { limit: limits.name }, field: 'name' })
  if (taken.some((one) => knownAs(one) === known)) throw new Refusal('forum_name_taken', { field: 'name' })
  if (passphrase !== undefined && ([...passphrase].length < limits.passphrase || passphrase.length > 200)) throw new Refusal('forum_passphrase', { field: 'passphrase', params: { limit: limits.passphrase } })
  const hash = passphrase === undefined ? null : await hashPassphrase(passphrase)
  const [made] = await tx.insert(people).values({ name, known, email: email ?? null, passphrase: hash, joinedAt: now }).onConflictDoNothing().returning()
  if (!made) throw new Refusal('forum_name_taken', { field: 'name' })
  return made
}

export async function byEmail(db: Db, email: string): Promise<Person | undefined> {
  const [row] = await db.select().from(people).where(and(mine(db, people), eq(people.email, email))).limit(1)
  return row
}

/** The person of a name and passphrase; takes as long whether or not there is one. */
export async function recognisedBy(db: Db, given: { readonly name: string; readonly passphrase: string }): Promise<Person> {
  const [row] = await db.select().from(people).where(and(mine(db, people), eq(people.known, knownAs(given.name)))).limit(1)
  if (!await isPassphrase(given.passphrase.slice(0, 200), row?.passphrase) || !row) throw new Refusal('sign_in_failed', { field: 'passphrase' })
  return row
}
