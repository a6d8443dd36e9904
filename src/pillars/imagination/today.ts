import { and, eq, gte, inArray, lte, sql } from 'drizzle-orm'
import type { Nudge } from '#kit/pillar.ts'
import type { House } from '#core/house.ts'
import { posts } from '#core/posts/tables.ts'
import { mine } from '#db/database.ts'

const DAY = 86_400_000
const nothingPlanned: Nudge = {
  says: { en: 'Nothing is planned for the next seven days.', el: 'Δεν έχει σχεδιαστεί τίποτα για τις επόμενες επτά ημέρες.' }, to: '/calendar', urgent: false,
}
const noPlay: Nudge = {
  says: { en: 'No contest, promotion or game this quarter. What could people play with you?', el: 'Κανένας διαγωνισμός, προσφορά ή παιχνίδι αυτό το τρίμηνο. Τι θα έπαιζε ο κόσμος μαζί σας;' },
  to: '/calendar?post=new', urgent: false,
}

/** An empty week ahead, and a quarter without a play. */
export async function today(house: House, workspaceId: string): Promise<readonly Nudge[]> {
  const now = house.now()
  const { planned, plays } = await house.database.read(workspaceId, async (db) => ({
    planned: await db.$count(posts, and(mine(db, posts), eq(posts.state, 'scheduled'), gte(posts.dueAt, now), lte(posts.dueAt, new Date(now.getTime() + 7 * DAY)))),
    plays: await db.$count(posts, and(mine(db, posts), inArray(posts.state, ['published', 'scheduled']), inArray(posts.format, ['contest', 'promotion', 'game']),
      sql`coalesce(${posts.publishedAt}, ${posts.dueAt}) >= ${new Date(now.getTime() - 90 * DAY).toISOString()}::timestamptz`)),
  }))
  return [...(planned === 0 ? [nothingPlanned] : []), ...(plays === 0 ? [noPlay] : [])]
}
