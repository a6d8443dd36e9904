import type { Pillar, Signal } from '#kit/pillar.ts'
import { Refusal } from '#kit/refusal.ts'
import type { Db } from '#db/database.ts'
import { distinct, figure, inWindow, pillarScore, trend, windowBefore } from './rules.ts'
import { readingsFor, withEvents, type ReadingRow } from './store.ts'

const trendDays = 30
type Measuring = readonly Pick<Pillar, 'id' | 'name' | 'promise' | 'signals'>[]
export interface Standing { readonly now: Date; readonly zone: string; readonly campaignId?: string | undefined }

export const allSignals = (pillars: readonly Pick<Pillar, 'signals'>[]): readonly Signal[] => pillars.flatMap(({ signals }) => signals)

export function signalCalled(pillars: readonly Pick<Pillar, 'signals'>[], id: string): Signal {
  const signal = allSignals(pillars).find((one) => one.id === id)
  if (!signal) throw new Refusal('not_found')
  return signal
}

function signalLine(signal: Signal, rows: readonly ReadingRow[], { now, zone }: Standing) {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  const [today, before] = [figure(signal, rows, now), figure(signal, rows, windowBefore(signal, now))]
  const { id, name, definition, unit, fold, windowDays, enough, good, bad, share } = signal
  return {
    id, name, definition, unit, fold, windowDays, enough, good, bad, share,
    value: today.value, before: before.value, score: today.score, beforeScore: before.score, count: today.count,
    trend: trend(signal, rows, { until: now, days: trendDays }).map(({ at, value }) => ({ day: day.format(at), value })),
  }
}

/** All pillars' figures of a workspace, or of one campaign, at an instant: computed from readings and from nothing else. */
export async function scorecard(db: Db, pillars: Measuring, standing: Standing) {
  const rows = await readingsFor(db, { signals: allSignals(pillars), until: standing.now, campaignId: standing.campaignId },
    ({ windowDays }) => windowDays + Math.max(windowDays, trendDays))
  const bySignal = Map.groupBy(rows, (row) => row.signal)
  return {
    computedAt: standing.now.toISOString(),
    pillars: pillars.map(({ id, name, promise, signals }) => {
      const lines = signals.map((signal) => signalLine(signal, bySignal.get(signal.id) ?? [], standing))
      const whole = signals.reduce((sum, { share }) => sum + share, 0)
      return {
        id, name, promise, score: pillarScore(lines), before: pillarScore(lines.map(({ beforeScore, share }) => ({ score: beforeScore, share }))),
        signals: lines.map(({ beforeScore: _, share, ...line }) => ({ ...line, share: share / whole })),
      }
    }),
  }
}

/** The figures of some signals now, by id. */
export async function figures(db: Db, signals: readonly Signal[], { now, campaignId }: Pick<Standing, 'now' | 'campaignId'>) {
  const rows = Map.groupBy(await readingsFor(db, { signals, until: now, campaignId }, ({ windowDays }) => windowDays), (row) => row.signal)
  return new Map(signals.map((signal) => [signal.id, figure(signal, rows.get(signal.id) ?? [], now)]))
}

/** A page of what counts in a signal's window, newest first, each with its event and its reason. */
export async function behind(db: Db, signal: Signal, { now, campaignId, after, limit }: Pick<Standing, 'now' | 'campaignId'> & { readonly after?: number | undefined; readonly limit: number }) {
  const rows = await readingsFor(db, { signals: [signal], until: now, campaignId }, ({ windowDays }) => windowDays)
  const counted = distinct(inWindow(rows, now, signal.windowDays)).toReversed()
  const from = after === undefined ? 0 : counted.findIndex((row) => row.eventSeq === after) + 1
  const page = counted.slice(from, from + limit)
  const found = new Map((await withEvents(db, signal.id, page.map((row) => row.eventSeq))).map((one) => [one.reading.eventSeq, one]))
  return {
    items: page.flatMap(({ eventSeq }) => {
      const one = found.get(eventSeq)
      if (!one) return []
      const { at, because, num, den, value } = one.reading
      return [{ at: at.toISOString(), because, num, den, value, event: one.event }]
    }),
    next: counted.length > from + limit ? String(page.at(-1)!.eventSeq) : null,
  }
}
