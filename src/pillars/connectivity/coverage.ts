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

/** What was heard and answered on each account in thirty days, and when last. */
async function traffic(db: Db, now: Date) {
  const since = new Date(now.getTime() - 30 * dayMs)
  const asked = await db.select({
    accountId: conversations.accountId, heard: sql<number>`count(*) filter (where ${messages.direction} = 'in')::int`, answered: sql<number>`count(*) filter (where ${messages.direction} = 'out')::int`,
  }).from(messages).innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(and(mine(db, messages), gte(messages.heardAt, since), eq(messages.moderation, 'shown'), eq(conversations.asked, true), sql`${conversations.importId} is null`)).groupBy(conversations.accountId)
  const { rows } = await db.execute<{ account_id: string; at: string }>(sql`select a.id as account_id, (select max(m.heard_at) from messages m where m.workspace_id = a.workspace_id and m.account_id = a.id and m.direction = 'in')::text as at
    from accounts a where a.workspace_id = ${db.workspace}`)
  return { asked, last: new Map(rows.flatMap((row) => (row.at ? [[row.account_id, new Date(row.at)] as const] : []))) }
}

/** Every point of connection there is: whether it is staffed, when it last heard somebody, and whether it is only a form. */
async function coverageOf(house: House, workspaceId: string) {
  const now = house.now()
  const accounts = await accountViews(house, workspaceId)
  return await house.database.read(workspaceId, async (db) => {
    const roster = await rosterOf(db, now)
    const spans = spansOfTeam(roster, { from: now.getTime(), to: now.getTime() + 7 * dayMs })
    const { asked, last } = await traffic(db, now)
    return {
      zone: roster.zone, staffed: spans.length > 0,
      week: spans.map(({ from, to }) => ({ from: wallMinute(from, roster.zone), to: wallMinute(to, roster.zone), hours: (to - from) / 3_600_000 })),
      points: accounts.filter((one) => one.hears.length > 0 || one.native || last.has(one.id)).map((one) => {
        const seen = asked.find(({ accountId }) => accountId === one.id) ?? { heard: 0, answered: 0 }
        return {
          id: one.id, channel: one.channel, channelName: one.channelName, handle: one.handle, light: one.light, why: one.why,
          lastHeardAt: last.get(one.id) ?? null, heard: seen.heard, answered: seen.answered,
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
