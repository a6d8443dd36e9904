import { and, asc, eq, gt, gte, isNull, lt, sql } from 'drizzle-orm'
import type { Duty } from '#kit/host.ts'
import type { DutyHours, Watch } from '#kit/pillar.ts'
import { mayDo } from '#kit/rights.ts'
import { EVERY, mine, type Db } from '#db/database.ts'
import { events } from '../events/tables.ts'
import { mediaPath } from '../media/rules.ts'
import { media } from '../media/tables.ts'
import { members, voices } from '../members/tables.ts'
import { wallOf } from '../posts/wall-time.ts'
import { workspaces } from '../workspaces/tables.ts'
import { between, isIn, nextIn, offSpans, spansOf, united, without, type DayOff, type Span, type Week } from './hours.ts'
import { awayPeriods, daysOff, memberHours } from './tables.ts'

export interface OnWatch { readonly memberId: string; readonly name: string; readonly role: string; readonly week: Week; readonly own: boolean; readonly away: readonly Span[] }
/** Everything that says who is there when. */
export interface Roster { readonly zone: string; readonly hours: readonly DutyHours[]; readonly off: readonly DayOff[]; readonly watch: readonly OnWatch[] }

const dayMs = 24 * 3_600_000
// Nobody is asked for longer than this ahead.
const horizon = 60 * dayMs

/** Who of the team answers, and by which hours; whoever set none keeps the team's. */
export async function rosterOf(db: Db, since: Date): Promise<Roster> {
  if (db.workspace === EVERY) throw new Error('Hours are those of one workspace.')
  const [site] = await db.select({ zone: workspaces.zone, settings: workspaces.settings }).from(workspaces).where(eq(workspaces.id, db.workspace)).limit(1)
  const zone = site?.zone ?? 'UTC'
  const hours = site?.settings.duty ?? []
  const team = await db.select({ id: members.id, name: members.name, role: members.role, hours: memberHours.hours, zone: memberHours.zone }).from(members)
    .leftJoin(memberHours, eq(memberHours.memberId, members.id)).where(and(mine(db, members), isNull(members.leftAt))).orderBy(asc(members.joinedAt), asc(members.id))
  const off = await db.select({ date: daysOff.date, from: daysOff.from, to: daysOff.to }).from(daysOff).where(and(mine(db, daysOff), gte(daysOff.date, wallOf(new Date(since.getTime() - 2 * dayMs), zone).slice(0, 10))))
  const away = await db.select().from(awayPeriods).where(and(mine(db, awayPeriods), gt(awayPeriods.to, since)))
  return {
    zone, hours, off,
    watch: team.filter(({ role }) => mayDo(role, 'answer')).map((one) => ({
      memberId: one.id, name: one.name, role: one.role, own: one.hours !== null, week: { hours: one.hours ?? hours, zone: one.zone ?? zone },
      away: away.filter(({ memberId }) => memberId === one.id).map(({ from, to }) => ({ from: from.getTime(), to: to.getTime() })),
    })),
  }
}

/** When one member is there in a stretch of time. */
export const spansOfMember = ({ off, zone }: Roster, { week, away }: Pick<OnWatch, 'week' | 'away'>, range: Span): readonly Span[] =>
  without(without(spansOf(week, range), offSpans(off, zone)), away)
/** When anybody is. */
export const spansOfTeam = (roster: Roster, range: Span): readonly Span[] => {
  // Most of a team keeps the same hours: each week is counted once.
  const groups = Map.groupBy(roster.watch, (one) => JSON.stringify([one.week, one.away]))
  return united([...groups.values()].flatMap(([one]) => spansOfMember(roster, one!, range)))
}
export const onDutyAt = (roster: Roster, now: Date): readonly OnWatch[] =>
  roster.watch.filter((one) => isIn(spansOfMember(roster, one, { from: now.getTime() - dayMs, to: now.getTime() + dayMs }), now.getTime()))

/** When anybody is there in the time to come. */
export async function watchOf(db: Db, now: Date): Promise<Watch> {
  const until = now.getTime() + horizon
  const spans = spansOfTeam(await rosterOf(db, now), { from: now.getTime() - dayMs, to: until })
  const told = (ms: number): string => new Date(ms).toISOString()
  return { until: told(until), spans: spans.map(({ from, to }) => ({ from: told(from), to: told(to) })) }
}

/** Minutes of a wait in which somebody was on duty, by the hours as they stand now. */
export async function dutyMinutes(db: Db, from: Date, to: Date): Promise<number> {
  const roster = await rosterOf(db, from)
  return between(spansOfTeam(roster, { from: from.getTime(), to: to.getTime() }), from.getTime(), to.getTime()) / 60_000
}

const lately = 30 * dayMs
const enough = 5
/** The median of the first answers of the last thirty days, in minutes of duty; null while there are too few to tell. */
async function usualWait(db: Db, now: Date): Promise<number | null> {
  const { rows } = await db.execute<{ n: string; median: number | null }>(sql`select count(*) as n, percentile_cont(0.5) within group (order by (data->>'dutyMinutes')::float8) as median
    from ${events} where ${mine(db, events)} and ${eq(events.name, 'answer.sent')} and ${gte(events.at, new Date(now.getTime() - lately))} and ${lt(events.at, new Date(now.getTime() + 1))}
    and data->>'first' = 'true' and data->>'dutyMinutes' is not null`)
  return Number(rows[0]?.n ?? 0) < enough ? null : Math.ceil(Number(rows[0]!.median))
}

/** Whether somebody is there now, who, when next, and how long a first answer usually takes. */
export async function dutyNow(db: Db, now: Date): Promise<Duty> {
  const roster = await rosterOf(db, now)
  const spans = spansOfTeam(roster, { from: now.getTime() - dayMs, to: now.getTime() + horizon })
  const open = isIn(spans, now.getTime())
  const next = open ? undefined : nextIn(spans, now.getTime())
  return { open, opensAt: next === undefined ? null : new Date(next).toISOString(), waitMinutes: await usualWait(db, now), faces: open ? await facesOf(db, onDutyAt(roster, now)) : [] }
}

async function facesOf(db: Db, watch: readonly OnWatch[]): Promise<Duty['faces']> {
  const shown = await db.select({ voice: voices, picture: media }).from(voices).leftJoin(media, eq(media.id, voices.pictureId)).where(and(mine(db, voices), eq(voices.public, true)))
  return watch.flatMap(({ memberId }) => shown.filter(({ voice }) => voice.memberId === memberId && voice.name.trim() !== ''))
    .map(({ voice, picture }) => ({ name: voice.name, picture: picture ? mediaPath(picture) : null, langs: voice.langs }))
}
