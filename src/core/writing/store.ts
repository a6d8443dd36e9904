import { and, desc, eq, gte, ne } from 'drizzle-orm'
import type { Recent, Writing } from '#kit/pillar.ts'
import { EVERY, mine, type Db } from '#db/database.ts'
import { watchOf } from '../duty/store.ts'
import { posts } from '../posts/tables.ts'
import { workspaces } from '../workspaces/tables.ts'

const lately = 90 * 24 * 3_600_000

export interface Surroundings extends Pick<Writing, 'recent' | 'duty' | 'siteName' | 'zone'>, Required<Pick<Writing, 'watch'>> {
  readonly settings: Writing['settings'] & { readonly holds: readonly string[]; readonly off: readonly string[] }
}

/** What the checks need to know around a text: what was said in the last 90 days, who is there when, how strict the team is. */
export async function surroundings(db: Db, now: Date, without?: string): Promise<Surroundings> {
  if (db.workspace === EVERY) throw new Error('A text is written in one workspace.')
  const [site] = await db.select().from(workspaces).where(eq(workspaces.id, db.workspace)).limit(1)
  const said = await db.select({ id: posts.id, title: posts.title, text: posts.text, intent: posts.intent, at: posts.publishedAt, format: posts.format }).from(posts)
    .where(and(mine(db, posts), eq(posts.state, 'published'), gte(posts.publishedAt, new Date(now.getTime() - lately)), without ? ne(posts.id, without) : undefined))
    .orderBy(desc(posts.publishedAt)).limit(100)
  const recent: Recent[] = said.map((one) => ({ ...one, at: one.at!.toISOString() }))
  const { duty, ...settings } = site!.settings
  return { recent, duty, watch: await watchOf(db, now), siteName: site!.name, zone: site!.zone, settings }
}
