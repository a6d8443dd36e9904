import { and, eq, gte, sql } from 'drizzle-orm'
import type { Nudge } from '#kit/pillar.ts'
import { events } from '#core/events/tables.ts'
import type { House } from '#core/house.ts'
import { mine } from '#db/database.ts'

const WEEK = 7 * 86_400_000

/** Holds of honesty that were overruled this week: worth a second look together. */
export async function today(house: House, workspaceId: string): Promise<readonly Nudge[]> {
  const since = new Date(house.now().getTime() - WEEK)
  const times = await house.database.read(workspaceId, (db) => db.$count(events, and(
    mine(db, events), eq(events.name, 'check.overruled'), gte(events.at, since), sql`${events.data}->>'pillar' = 'honesty'`)))
  if (times === 0) return []
  return [{
    says: {
      en: times === 1 ? 'Honesty was overruled once this week. Was it worth it?' : `Honesty was overruled ${times} times this week. Was it worth it?`,
      el: times === 1 ? 'Αυτή την εβδομάδα η ειλικρίνεια παρακάμφθηκε μία φορά. Άξιζε;' : `Αυτή την εβδομάδα η ειλικρίνεια παρακάμφθηκε ${times} φορές. Άξιζε;`,
    },
    to: '/campaigns/scorecard?signal=overruled', urgent: false,
  }]
}
