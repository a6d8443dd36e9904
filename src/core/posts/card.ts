import { and, eq } from 'drizzle-orm'
import type { Card } from '#kit/channel.ts'
import { mine, type Db } from '#db/database.ts'
import type { House } from '../house.ts'
import { cardFor } from '../links/cards.ts'
import { linkCards } from '../links/tables.ts'
import { postById } from './store.ts'

const known = async (db: Db, url: string) =>
  (await db.select({ card: linkCards.card }).from(linkCards).where(and(mine(db, linkCards), eq(linkCards.url, url))).limit(1))[0]?.card

/** The card of a link as it was last read; one nobody has read shows where it leads. */
export async function cardOf(db: Db, url: string): Promise<Card> {
  const found = await known(db, url)
  if (!found) return { url, title: new URL(url).hostname.replace(/^www\./, ''), description: '' }
  const { title, description, picture } = found
  return { url, title, description, ...(picture ? { picture } : {}) }
}

/** Reads the page behind a post's link if nobody has: before the transaction that lets the post out, which waits for no stranger. */
export async function readCard(house: House, workspaceId: string, postId: string): Promise<void> {
  const unread = await house.database.read(workspaceId, async (db) => {
    const { card } = await postById(db, postId)
    return card && !await known(db, card.url) ? card.url : undefined
  })
  if (unread) await cardFor(house, workspaceId, unread)
}
