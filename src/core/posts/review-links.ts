import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { and, desc, eq, isNull } from 'drizzle-orm'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { members } from '../members/tables.ts'
import { reviewLinks } from './tables.ts'

export type ReviewLink = typeof reviewLinks.$inferSelect
const day = 24 * 3_600_000
const hash = (token: string): string => createHash('sha256').update(token).digest('hex')
const seal = (secret: string, random: string): string => createHmac('sha256', secret).update(`review ${random}`).digest('base64url').slice(0, 24)

/** Whether this house made the token: what was guessed is turned away before the database is asked. */
export function isSigned(secret: string, token: string): boolean {
  const [random = '', mac = '', ...rest] = token.split('.')
  const expected = Buffer.from(seal(secret, random))
  const given = Buffer.from(mac)
  return rest.length === 0 && given.length === expected.length && timingSafeEqual(given, expected)
}

export interface Making { readonly postId: string; readonly forWhom: string; readonly madeBy: string; readonly days: number; readonly at: Date }
/** The token is told here and never again: the database keeps only its hash. */
export async function makeLink(tx: Tx, secret: string, { days, at, ...rest }: Making): Promise<{ link: ReviewLink; token: string }> {
  const random = randomBytes(24).toString('base64url')
  const token = `${random}.${seal(secret, random)}`
  const [link] = await tx.insert(reviewLinks).values({ ...rest, tokenHash: hash(token), madeAt: at, expiresAt: new Date(at.getTime() + days * day) }).returning()
  return { link: link!, token }
}

type LinkState = 'open' | 'used' | 'expired' | 'withdrawn'
export const stateOf = (link: ReviewLink, now: Date): LinkState => {
  if (link.usedAt) return 'used'
  if (link.revokedAt) return 'withdrawn'
  return link.expiresAt <= now ? 'expired' : 'open'
}

/** Newest first, with who made each. */
export async function linksOf(db: Db, postId: string, now: Date) {
  const rows = await db.select({ link: reviewLinks, name: members.name }).from(reviewLinks).leftJoin(members, eq(members.id, reviewLinks.madeBy))
    .where(and(mine(db, reviewLinks), eq(reviewLinks.postId, postId))).orderBy(desc(reviewLinks.madeAt), desc(reviewLinks.id)).limit(100)
  return rows.map(({ link, name }) => ({
    id: link.id, forWhom: link.forWhom, madeBy: { id: link.madeBy, name: name ?? '' }, madeAt: link.madeAt, expiresAt: link.expiresAt,
    openedAt: link.openedAt, usedAt: link.usedAt, state: stateOf(link, now),
  }))
}
export async function revokeLink(tx: Tx, { id, postId, at }: { readonly id: string; readonly postId: string; readonly at: Date }): Promise<void> {
  const rows = await tx.update(reviewLinks).set({ revokedAt: at }).where(and(mine(tx, reviewLinks), eq(reviewLinks.id, id), eq(reviewLinks.postId, postId), isNull(reviewLinks.revokedAt))).returning({ id: reviewLinks.id })
  if (rows.length === 0) throw new Refusal('not_found')
}

/** The link behind a token, asked with the handle of all workspaces. */
export async function linkBehind(db: Db, secret: string, token: string): Promise<ReviewLink> {
  if (!isSigned(secret, token)) throw new Refusal('not_found')
  const [link] = await db.select().from(reviewLinks).where(eq(reviewLinks.tokenHash, hash(token))).limit(1)
  if (!link) throw new Refusal('not_found')
  return link
}
export function refuseUnlessOpen(link: ReviewLink, now: Date): void {
  const state = stateOf(link, now)
  if (state === 'used') throw new Refusal('link_used')
  if (state === 'withdrawn') throw new Refusal('link_withdrawn')
  if (state === 'expired') throw new Refusal('link_expired')
}
export async function noteOpened(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.update(reviewLinks).set({ openedAt: at }).where(and(mine(tx, reviewLinks), eq(reviewLinks.id, id), isNull(reviewLinks.openedAt)))
}
/** Takes the one decision a link is good for; of two at once, one is refused. */
export async function spendLink(tx: Tx, id: string, at: Date): Promise<void> {
  const rows = await tx.update(reviewLinks).set({ usedAt: at }).where(and(mine(tx, reviewLinks), eq(reviewLinks.id, id), isNull(reviewLinks.usedAt), isNull(reviewLinks.revokedAt))).returning({ id: reviewLinks.id })
  if (rows.length === 0) throw new Refusal('link_used')
}
