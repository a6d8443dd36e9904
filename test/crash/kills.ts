// Kills the real server with SIGKILL, again and again on the same data: at every named point of its work, at any instant, and by
// taking its PostgreSQL from under it; against six real HTTP networks that fail on purpose. Then lets it come to its ends and
// holds its records, and what its people were told, against the networks' own logs.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { faultpoints, type Faultpoint } from '#kit/faultpoint.ts'
import { dice } from './faults.ts'
import { judge, type Told, type Verdict } from './judge.ts'
import { answer, change, found, hurry, lookEverywhere, rowsOf, speak, type People, type Row } from './people.ts'
import { classes, type IdempotencyClass } from './place.ts'
import { load, openGround, sleep, type Ground, type Server, type Standby } from './servers.ts'

/** The named points the house really has. */
export function pointsInUse(): Faultpoint[] {
  const src = resolve(import.meta.dirname, '../../src')
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const named = new Set(files.flatMap((name) => [...readFileSync(join(src, name), 'utf8').matchAll(/\bfaultpoint\('([a-z.-]+)'\)/g)].map(([, point]) => point)))
  return faultpoints.filter((point) => named.has(point))
}

export type Aim = { readonly at: 'point'; readonly point: Faultpoint; readonly hit: number } | { readonly at: 'instant' | 'database'; readonly afterMs: number }

/** What each kill aims at: of five, three at named points in turn, one at any instant, one at the database. */
function aims(points: readonly Faultpoint[], random: () => number, seed: number) {
  const owed: Faultpoint[] = []
  let nth = seed
  return {
    /** It lived on: that point comes again. */
    missed: (point: Faultpoint) => { owed.push(point) },
    next: (turn: number): Aim => {
      if (turn % 5 === 1) return { at: 'instant', afterMs: random() * 2_000 }
      if (turn % 5 === 3) return { at: 'database', afterMs: random() * 800 }
      const again = owed.shift()
      return again ? { at: 'point', point: again, hit: 1 } : { at: 'point', point: points[nth++ % points.length]!, hit: 1 + Math.floor(random() * 8) }
    },
  }
}

interface Tally { readonly points: Map<Faultpoint, number>; instants: number; databases: number; missed: number; starting: number; living: number; databaseMs: number; starts: number }
interface Life { readonly people: People; readonly server: Server; readonly aim: Aim; readonly turn: number; readonly postsEach: number }

/** People at work on a server that may die at any moment. */
async function atWork({ people, server, turn, postsEach }: Omit<Life, 'aim'>, rows: readonly Row[]): Promise<void> {
  const posts = Array.from({ length: postsEach }, (_, nth) => speak(people, server, turn * postsEach + nth).catch(() => undefined))
  await Promise.all([...posts, change(people, server, rows).catch(() => undefined), answer(people, server, rows).catch(() => undefined)])
}

// A point that is not reached within this much time after everybody has done their work is given up for this turn.
const patience = 2_500

/** Lives until it is killed. */
async function live(life: Life, tally: Tally): Promise<'point' | 'by-hand'> {
  const { people, server, aim } = life
  const work = atWork(life, await rowsOf(people))
  const died = server.exited.then(() => undefined)
  if (aim.at === 'point') {
    await Promise.race([died, work.then(() => sleep(patience))])
    if (server.dead()) { await work; return 'point' }
  } else await Promise.race([died, sleep(aim.afterMs)])
  if (aim.at === 'database') {
    const since = performance.now()
    await people.ground.killDatabase()
    tally.databaseMs += performance.now() - since
    // The server has it back and goes on, for a moment.
    await Promise.race([died, sleep(700)])
  }
  await server.kill()
  await work
  return 'by-hand'
}

/** One life from its start to its death. */
async function turnOf({ people, standby, ...life }: Omit<Life, 'server'> & { readonly standby: Standby }, { tally, begun }: { readonly tally: Tally; readonly begun: () => void }): Promise<'point' | 'by-hand'> {
  await hurry(people)
  const server = await standby.start()
  begun()
  if ('died' in server) {
    if (server.died === 'killed') return 'point'
    throw new Error(`The server did not start: ${readFileSync(join(people.ground.dir, 'server.err'), 'utf8').slice(-1_500)}`)
  }
  tally.starting += server.ready
  tally.starts++
  const since = performance.now()
  const end = await live({ ...life, people, server }, tally)
  tally.living += performance.now() - since
  return end
}

function note(tally: Tally, aim: Aim, { end, missed }: { readonly end: 'point' | 'by-hand'; readonly missed: (point: Faultpoint) => void }): void {
  if (aim.at !== 'point') { if (aim.at === 'instant') tally.instants++; else tally.databases++ }
  else if (end === 'point') tally.points.set(aim.point, (tally.points.get(aim.point) ?? 0) + 1)
  else { tally.missed++; missed(aim.point) }
}

const open = ['scheduled', 'waiting', 'claimed', 'prepared', 'retry-wait', 'sending', 'unknown', 'held', 'needs-person', 'auth-needed']
const isOpen = (row: Row): boolean => open.includes(row.state) || row.pending !== null

/** One last life, that may come to its end. */
async function settle(people: People, standby: Standby, patienceMs: number): Promise<void> {
  const server = await standby.start()
  if ('died' in server) throw new Error(`The last server did not start: ${readFileSync(join(people.ground.dir, 'server.err'), 'utf8').slice(-1_500)}`)
  for (const until = Date.now() + patienceMs; Date.now() < until;) {
    await hurry(people)
    const rows = await rowsOf(people)
    const left = rows.filter(isOpen)
    if (process.env['STOA_CRASH_LOG']) console.error(`${left.length} open:`, Object.entries(Object.groupBy(left, (row) => `${row.idempotency} ${row.state} ${row.because ?? row.pending ?? ''}`)).map(([name, all]) => `${all!.length} ${name}`).join('; '))
    if (left.length === 0) break
    await answer(people, server, rows)
    await sleep(600)
  }
  await sleep(2_000)   // what travelled late has arrived by now
  await server.stop()
}

/** What the house says of each publication, beside what its people know of it. A post that was taken and of which there is no record is one, too. */
export function told({ taken, changes, asked }: Pick<People, 'taken' | 'changes' | 'asked'>, rows: readonly Row[]): Told[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const kept = rows.map((row): Told => {
    const { text, media } = row.draft
    const changed = changes.get(row.postId)
    const wanted = changed?.sure ? (changed.to === 'gone' ? 'gone' : changed.to.get(text)) : undefined
    return {
      idempotency: row.idempotency, text, state: row.state, asked: asked.get(row.id) ?? 0, dropped: false, media: media.map((one) => one.id),
      under: row.parentId === null ? null : byId.get(row.parentId)?.draft.text ?? 'no part', changing: row.pending !== null,
      ...(row.state === 'confirmed' ? { now: { text: row.wire.text ?? '', media: (row.wire.files ?? []).map((file) => nameOf(row, file)) } } : {}), ...(wanted === undefined ? {} : { wanted }),
    }
  })
  const known = new Set(rows.map((row) => `${row.idempotency} ${row.draft.text}`))
  const unknown = [...taken.values()].flatMap(({ texts }) => classes.flatMap((idempotency) => texts.filter((text) => !known.has(`${idempotency} ${text}`))
    .map((text): Told => ({ idempotency, text, state: 'no record', asked: 0, dropped: false }))))
  return [...kept, ...unknown]
}
const nameOf = (row: Row, file: string): string => row.draft.media.find((one) => one.uploaded === file)?.id ?? `no picture ${file}`

export interface Killed {
  readonly verdicts: Readonly<Record<IdempotencyClass, Verdict>>
  /** How often each named point was the last line of a life. */
  readonly points: Readonly<Record<string, number>>
  readonly figures: Readonly<Record<string, number>>
}
export interface Killing { readonly seed: number; readonly kills: number; readonly postsEach?: number; readonly patienceMs?: number }

/** `kills` deaths on one set of data, with publications of every shape under way at each. */
export async function killAgainAndAgain({ seed, kills, postsEach = 5, patienceMs = 300_000 }: Killing): Promise<Killed> {
  const ground = await openGround(seed)
  try { return await killOn(ground, { seed, kills, postsEach, patienceMs }) } finally { await ground.close() }
}

async function killOn(ground: Ground, { seed, kills, postsEach, patienceMs }: Required<Killing>): Promise<Killed> {
  const began = performance.now()
  const points = pointsInUse()
  const schedule = aims(points, dice(seed), seed)
  const spec = (aim: Aim): string | undefined => (aim.at === 'point' ? `${aim.point}:${aim.hit}` : undefined)
  const first = await load(ground).start()
  if ('died' in first) throw new Error('The first server did not start.')
  const people = await found(ground, first)
  const tally: Tally = { points: new Map(), instants: 0, databases: 0, missed: 0, starting: 0, living: 0, databaseMs: 0, starts: 0 }
  let aim = schedule.next(0)
  let standby = load(ground, spec(aim))
  await first.kill()
  const killing = performance.now()
  for (let turn = 0; turn < kills; turn++) {
    const [own, waiting] = [aim, standby]
    // The next life is loaded while this one is lived.
    const begun = (): void => { aim = schedule.next(turn + 1); standby = load(ground, turn + 1 < kills ? spec(aim) : undefined) }
    const end = await turnOf({ people, standby: waiting, aim: own, turn, postsEach }, { tally, begun })
    note(tally, own, { end, missed: schedule.missed })
    if (process.env['STOA_CRASH_LOG']) console.error(`kill ${turn}, ${Math.round(performance.now() - killing)} ms: ${JSON.stringify(own)} ${end}`)
  }
  const settling = performance.now()
  await settle(people, standby, patienceMs)
  const ended = performance.now()
  const all = told(people, await rowsOf(people))
  const seen = lookEverywhere(ground.dir)
  const verdicts = Object.fromEntries(classes.map((idempotency) => [idempotency, judge(all.filter((one) => one.idempotency === idempotency), seen[idempotency])])) as Killed['verdicts']
  const each = (ms: number, times: number): number => Math.round(ms / Math.max(1, times))
  const count = (test: (one: Told) => unknown): number => all.filter(test).length
  return {
    verdicts, points: Object.fromEntries(points.map((point) => [point, tally.points.get(point) ?? 0])),
    figures: {
      'kills at a named point': [...tally.points.values()].reduce((sum, n) => sum + n, 0), 'kills at any instant': tally.instants, 'kills of PostgreSQL': tally.databases, 'kills at a point not reached': tally.missed,
      'ms a kill': each(settling - killing, kills), 'ms a kill: start-up': each(tally.starting, tally.starts), 'ms a kill: until it died': each(tally.living, tally.starts), 'ms for PostgreSQL to be back': each(tally.databaseMs, tally.databases),
      'seconds before the first kill': each(killing - began, 1_000), 'seconds after the last kill': each(ended - settling, 1_000),
      'killed: with pictures': count((one) => one.media && one.media.length > 0), 'killed: parts under another': count((one) => one.under), 'killed: edits': count((one) => one.wanted && one.wanted !== 'gone'), 'killed: taken down': count((one) => one.wanted === 'gone'),
    },
  }
}
