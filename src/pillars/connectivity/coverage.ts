import { and, eq, gte, sql } from 'drizzle-orm'
import { Hono } from 'hono'
import { allow, memberOf, tells, type HouseEnv } from '#kit/http.ts'
import { accountViews } from '#core/accounts/view.ts'
import { conversations, messages } from '#core/conversations/tables.ts'
import { wallMinute } from '#core/duty/hours.ts'
import { rosterOf, spansOfTeam } from '#core/duty/store.ts'
import type { House } from '#core/house.ts'
import { mine, type Db } from '#db/database.ts'

const dayMs = 24 * 3_600_000

/** What was heard and answered on each account in thirty days. */
async function traffic(db: Db, now: Date) {
  const since = new Date(now.getTime() - 30 * dayMs)
  return await db.select({
    accountId: conversations.accountId, heard: sql<number>`count(*) filter (where ${messages.direction} = 'in')::int`, answered: sql<number>`count(*) filter (where ${messages.direction} = 'out')::int`,
  }).from(messages).innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(and(mine(db, messages), gte(messages.heardAt, since), eq(messages.moderation, 'shown'), eq(conversations.asked, true), sql`${conversations.importId} is null`)).groupBy(conversations.accountId)
}

/** Every point of connection there is: whether it is staffed, when it last heard somebody, and whether it is only a form. */
export async function coverageOf(house: House, workspaceId: string) {
  const now = house.now()
  const accounts = await accountViews(house, workspaceId)
  return await house.database.read(workspaceId, async (db) => {
    const roster = await rosterOf(db, now)
    const spans = spansOfTeam(roster, { from: now.getTime(), to: now.getTime() + 7 * dayMs })
    const asked = await traffic(db, now)
    return {
      zone: roster.zone, from: wallMinute(now.getTime(), roster.zone).date,
      week: spans.map(({ from, to }) => ({ from: wallMinute(from, roster.zone), to: wallMinute(to, roster.zone) })),
      points: accounts.filter((one) => one.hears.length > 0 || one.native || one.lastHeardAt !== null).map((one) => {
        const seen = asked.find(({ accountId }) => accountId === one.id) ?? { heard: 0, answered: 0 }
        return {
          id: one.id, channel: one.channel, channelName: one.channelName, handle: one.handle, light: one.light, why: one.why,
          lastHeardAt: one.lastHeardAt, heard: seen.heard, answered: seen.answered,
          // Whoever is written to and never writes back is no point of connection.
          isForm: seen.heard > 0 && seen.answered === 0, staffed: one.state === 'connected' && spans.length > 0,
        }
      }),
    }
  })
}

export const coverageRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/coverage', allow('read'), tells('Points of connection, when they are staffed, and when each was last heard'), async (c) => c.json(await coverageOf(house, memberOf(c).workspaceId)))
export type CoverageApi = ReturnType<typeof coverageRoutes>
