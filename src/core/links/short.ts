import { randomInt } from 'node:crypto'
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { mine, EVERY, type Db, type Tx } from '#db/database.ts'
import { emit } from '../events/store.ts'
import type { House } from '../house.ts'
import { workspaceById } from '../workspaces/store.ts'
import { targetOf } from './cards.ts'
import { isMachine } from './rules.ts'
import { linkClicks, shortLinks } from './tables.ts'

declare module '#kit/events.ts' {
  interface Events {
    /** Told once an hour at most for each link, with the clicks since it was last told: a link that spreads would flood the events otherwise. */
    'link.clicked': { linkId: string; code: string; clicks: number }
  }
}

export type ShortLink = typeof shortLinks.$inferSelect
// Neither 0 and O nor 1, l and I: codes are also read aloud and typed from paper.
const signs = '23456789abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ'
const newCode = (): string => Array.from({ length: 7 }, () => signs[randomInt(signs.length)]).join('')
const tellEvery = 3_600_000

interface Wanted { readonly target: string; readonly postId: string | null; readonly campaignId: string | null; readonly madeBy: string; readonly at: Date }
/** A short link to a target; the same target of the same post keeps its code. */
export async function ensureShortLink(tx: Tx, { at, ...wanted }: Wanted): Promise<ShortLink> {
  targetOf(wanted.target)
  const same = <C extends typeof shortLinks.postId | typeof shortLinks.campaignId>(column: C, value: string | null) => (value === null ? isNull(column) : eq(column, value))
  const [known] = await tx.select().from(shortLinks).where(and(mine(tx, shortLinks), eq(shortLinks.target, wanted.target), same(shortLinks.postId, wanted.postId), same(shortLinks.campaignId, wanted.campaignId))).limit(1)
  if (known) return known
  for (let tries = 0; tries < 5; tries++) {
    const [made] = await tx.insert(shortLinks).values({ ...wanted, code: newCode(), madeAt: at }).onConflictDoNothing().returning()
    if (made) return made
  }
  throw new Error('No free code was found for a short link.')
}

interface Click { readonly agent: string | undefined; readonly counts: boolean }
/** Where a code leads, counting that it was followed. Nothing is kept of who did; a count that fails does not hold up the reader. */
export async function follow(house: Pick<House, 'database' | 'now' | 'log'>, code: string, click: Click): Promise<string | undefined> {
  const [link] = await house.database.read(EVERY, (db) => db.select().from(shortLinks).where(eq(shortLinks.code, code)).limit(1))
  if (link && click.counts) {
    await house.database.write(link.workspaceId, (tx) => countClick(tx, { link, machine: isMachine(click.agent), at: house.now() }))
      .catch((error: unknown) => house.log('a click could not be counted', { error: String(error) }))
  }
  return link?.target
}

async function countClick(tx: Tx, { link, machine, at }: { readonly link: ShortLink; readonly machine: boolean; readonly at: Date }): Promise<void> {
  const zone = (await workspaceById(tx, tx.workspace))?.zone ?? 'UTC'
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at)
  const one = machine ? { bots: 1 } : { clicks: 1 }
  await tx.insert(linkClicks).values({ linkId: link.id, day, ...one }).onConflictDoUpdate({
    target: [linkClicks.workspaceId, linkClicks.linkId, linkClicks.day],
    set: machine ? { bots: sql`${linkClicks.bots} + 1` } : { clicks: sql`${linkClicks.clicks} + 1` },
  })
  if (!machine) await tell(tx, link, at)
}

async function tell(tx: Tx, link: ShortLink, at: Date): Promise<void> {
  const ofLink = and(mine(tx, linkClicks), eq(linkClicks.linkId, link.id))
  const rows = await tx.select().from(linkClicks).where(and(ofLink, sql`(${linkClicks.told} < ${linkClicks.clicks} or ${linkClicks.toldAt} > ${new Date(at.getTime() - tellEvery)})`)).for('update')
  if (rows.some((row) => row.toldAt !== null && at.getTime() - row.toldAt.getTime() < tellEvery)) return
  const clicks = rows.reduce((sum, row) => sum + row.clicks - row.told, 0)
  if (clicks === 0) return
  await tx.update(linkClicks).set({ told: sql`${linkClicks.clicks}`, toldAt: at }).where(and(ofLink, inArray(linkClicks.day, rows.map((row) => row.day))))
  await emit(tx, 'link.clicked', { at, data: { linkId: link.id, code: link.code, clicks }, ...(link.postId ? { postId: link.postId } : {}), ...(link.campaignId ? { campaignId: link.campaignId } : {}) })
}

export interface Clicks { readonly clicks: number; readonly bots: number; readonly days: readonly { readonly day: string; readonly clicks: number; readonly bots: number }[] }
/** The short links of a post or a campaign, or all, with how often each was followed. */
export async function shortLinksOf(db: Db, about: { readonly postId?: string | undefined; readonly campaignId?: string | undefined }): Promise<(ShortLink & Clicks)[]> {
  const rows = await db.select().from(shortLinks).where(and(mine(db, shortLinks), about.postId ? eq(shortLinks.postId, about.postId) : undefined, about.campaignId ? eq(shortLinks.campaignId, about.campaignId) : undefined)).orderBy(asc(shortLinks.madeAt)).limit(500)
  const days = rows.length === 0 ? [] : await db.select().from(linkClicks).where(and(mine(db, linkClicks), inArray(linkClicks.linkId, rows.map((row) => row.id)))).orderBy(asc(linkClicks.day))
  return rows.map((row) => {
    const own = days.filter((day) => day.linkId === row.id).map(({ day, clicks, bots }) => ({ day, clicks, bots }))
    return { ...row, clicks: own.reduce((sum, one) => sum + one.clicks, 0), bots: own.reduce((sum, one) => sum + one.bots, 0), days: own }
  })
}
