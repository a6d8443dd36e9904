import type { Account } from '#kit/channel.ts'
import { NetError } from '#net/net-error.ts'
import { dice, fate, type Fault, type Rates } from './faults.ts'
import { makePlace, type Answer, type IdempotencyClass, type Place, type Work } from './place.ts'

/** The process has ended here: whoever awaited it will never hear. */
export class Crash extends Error { override readonly name = 'Crash' }

export interface Chances extends Rates {
  /** Chance that the process ends at a line of its book: half before it is written, half after. */
  readonly crash: number
  /** The most deaths of one run. */
  readonly mostCrashes: number
  /** Chance that the process is stopped before a line of its book, once in its life, and goes on minutes later as if nothing had been. */
  readonly stop?: number
  /** Chance that a death takes the last lines of the book with it; the journal stands. */
  readonly lostTail?: number
}
export const hour = 3_600_000
/** Faults and deaths as in the table of the crash report: 34 % of calls faulty, 22 % deadly lines, requests up to ten minutes late. */
export const usual: Chances = { faulty: 0.34, latestMs: 600_000, retryAfters: ['30', '0', '-5', 'Wed, 21 Oct 2015 07:28:00 GMT', '315360000', 'soon', null], crash: 0.22, mostCrashes: 12 }

/** Workers that fall asleep beside others; books that lose their last lines. */
export const sleepy: Chances = { ...usual, crash: 0.08, stop: 0.06 }
export const goneBack: Chances = { ...usual, lostTail: 0.5 }

export interface World {
  readonly idempotency: IdempotencyClass; readonly place: Place; readonly random: () => number
  readonly account: Account<{ origin: string }>
  now(): number
  pass(ms: number): void
  /** One exchange over a network that fails: the answer, or what the guarded fetch throws. */
  call(work: Work): Answer & { readonly type: string; readonly retryAfter?: string | null }
  /** Runs one line of the book; the process may end before or after it. */
  line<T>(write: () => T): T
  readonly crashes: () => number
  /** Whether the process is stopped here. */
  readonly stops: () => boolean
  /** How many of its last lines the book has lost with a death. */
  readonly lostLines: () => number
  /** When nothing is underway any more. */
  readonly arrived: () => number
}

const epoch = Date.parse('2026-11-23T09:00:00Z')
const account: World['account'] = { id: '01930000-0000-7000-8000-0000000000aa', workspaceId: '01930000-0000-7000-8000-000000000001', channel: 'crash', handle: 'fournos', name: 'Φούρνος της Ελένης', settings: { origin: 'http://place.invalid' } }

/** One network, one clock and one run of bad luck, all from the seed. */
export function makeWorld(idempotency: IdempotencyClass, seed: number, chances: Chances): World {
  const random = dice(seed)
  let clock = epoch
  let crashes = 0
  const underway: { readonly at: number; readonly work: Work }[] = []
  const place = makePlace({ idempotency, keyMs: hour, now: () => clock, note: () => undefined })
  const pass = (ms: number): void => {
    const until = clock + ms
    for (const late of underway.toSorted((a, b) => a.at - b.at)) {
      if (late.at > until) continue
      underway.splice(underway.indexOf(late), 1)
      clock = Math.max(clock, late.at)
      place.handle(late.work)
    }
    clock = until
  }
  const die = (): boolean => crashes < chances.mostCrashes && random() < chances.crash / 2 && ++crashes > 0
  const lost = () => new NetError('broken', 'the connection was cut', { left: true })
  const suffer = (work: Work, fault: Fault): ReturnType<World['call']> => {
    const json = 'application/json'
    switch (fault.kind) {
      case 'none': return { ...place.handle(work), type: json }
      case 'cut': {
        if (fault.effect) place.handle(work)
        if (fault.how === 'stalled') pass(60_000)
        if (fault.how === 'html') return { status: 200, body: '<html>', type: 'text/html' }
        throw lost()
      }
      case 'late': { underway.push({ at: clock + fault.afterMs, work }); throw lost() }
      case 'status': { if (fault.effect) place.handle(work); return { status: fault.status, body: '<html>', type: 'text/html' } }
      case 'paced': return { status: 429, body: {}, type: json, retryAfter: fault.retryAfter }
    }
  }
  return {
    idempotency, place, random, account, pass, now: () => clock, crashes: () => crashes, stops: () => (chances.stop ?? 0) > 0 && random() < chances.stop!,
    lostLines: () => ((chances.lostTail ?? 0) > 0 && random() < chances.lostTail! ? 1 + Math.floor(random() * 4) : 0), arrived: () => underway.reduce((latest, late) => Math.max(latest, late.at), clock),
    call: (work) => {
      pass(50 + Math.floor(random() * 400))
      return suffer(work, fate(random, work.method === 'GET' ? { ...chances, faulty: chances.faulty / 2 } : chances))
    },
    line: (write) => {
      if (die()) throw new Crash()
      const written = write()
      if (die()) throw new Crash()
      return written
    },
  }
}
