import { and, count, eq, gte, inArray } from 'drizzle-orm'
import type { Nudge } from '#kit/pillar.ts'
import type { House } from '#core/house.ts'
import { posts } from '#core/posts/tables.ts'
import { workspaces } from '#core/workspaces/tables.ts'
import { mine } from '#db/database.ts'

const MONTH = 30 * 86_400_000

/** When the last 30 days asked for more than the team set itself. */
export async function today(house: House, workspaceId: string): Promise<readonly Nudge[]> {
  const since = new Date(house.now().getTime() - MONTH)
  const { said, wanted } = await house.database.read(workspaceId, async (db) => ({
    said: await db.select({ intent: posts.intent, posts: count() }).from(posts)
      .where(and(mine(db, posts), eq(posts.state, 'published'), gte(posts.publishedAt, since), inArray(posts.intent, ['give', 'ask']))).groupBy(posts.intent),
    wanted: (await db.select({ settings: workspaces.settings }).from(workspaces).where(eq(workspaces.id, workspaceId)).limit(1))[0]?.settings.givePerAsk ?? 0,
  }))
  const of = (intent: 'give' | 'ask') => said.find((one) => one.intent === intent)?.posts ?? 0
  const [gives, asks] = [of('give'), of('ask')]
  const short = Math.ceil(asks * wanted - gives)
  if (asks === 0 || short <= 0) return []
  return [{
    says: {
      en: `Given ${gives}, asked ${asks} in 30 days. To keep to ${wanted} : 1, give ${short === 1 ? 'once' : `${short} times`} before the next ask.`,
      el: `Σε 30 ημέρες: προσφορές ${gives}, αιτήματα ${asks}. Για να μείνετε στο ${wanted} : 1, προσφέρετε ${short === 1 ? 'μία φορά' : `${short} φορές`} πριν ξαναζητήσετε.`,
    },
    to: '/calendar?post=new&intent=give', urgent: false,
  }]
}
