import type { AnyEvent, EventName } from '#kit/events.ts'
import { EVERY } from '#db/database.ts'
import { dispatcher, type Handler } from '#core/events/dispatch.ts'
import type { House } from '#core/house.ts'
import { releaseDead } from '#core/publications/claims.ts'
import { tellOverdue } from '#core/publications/pause.ts'
import { nextDue } from '#core/publications/store.ts'
import { actOnTime } from '#core/rules/on-time.ts'
import { routeLeft } from '#core/routing/assign.ts'
import { tellMissed } from '#core/routing/due.ts'
import { forgetTokens } from '#core/workspaces/tokens.ts'
import { allWorkspaces } from '#core/workspaces/store.ts'
import type { Rings } from './rings.ts'
import { sayAlive } from './alive.ts'
import { beginHere } from './beginning.ts'
import { openJournal } from './journal.ts'
import { makePublisher, type Publisher } from './publishing.ts'
import { makeReader } from './reading-back.ts'
import { newOwner, toolsFor } from './tools.ts'

export interface Worker { readonly publisher: Publisher; stop(): Promise<void>; readonly health: () => { lastSweep: Date | undefined } }

/** Every handler of every pillar, and strategy's own, as the dispatcher takes them. */
export function handlersOf(house: House, others: readonly Handler[]): Handler[] {
  const ofPillars = house.pillars.flatMap((pillar) => Object.entries(pillar.on ?? {}).map(([name, on]): Handler => ({
    id: `${pillar.id}.${name}`, names: [name as EventName],
    take: async (events, tx, home) => { for (const event of events) await (on as (event: AnyEvent, tx: unknown, house: House) => Promise<void>)(event, tx, home) },
  })))
  return [...others, ...ofPillars]
}

interface Again { (): Promise<void>; /** Once nothing runs any more; nothing begins after it was asked. */ end(): Promise<void> }
/** Runs `work` now and whenever asked again; asked while it runs, it runs once more. */
function again(work: () => Promise<void>, failed: (error: unknown) => void): Again {
  let running: Promise<void> | undefined
  let more = false
  let over = false
  const go = (): Promise<void> => {
    if (over) return running ?? Promise.resolve()
    if (running) { more = true; return running }
    running = work().catch(failed).finally(() => { running = undefined; if (more) { more = false; void go() } })
    return running
  }
  return Object.assign(go, { end: async () => { over = true; await running } })
}

const minute = 60_000
const takeOverAfter = [500, 2_000, 10_000] as const
// Node keeps no longer time than this in one timer, and the clock may be set meanwhile: look at least so often.
const longest = minute
const readBackEvery = 15_000
// How long before their moment those that come due are read.
const foresight = 2_000

export interface Working { readonly fetch: typeof globalThis.fetch; readonly handlers: readonly Handler[]; readonly rings: Rings }

/** Takes up what comes due: rung when something was planned, and by a timer on the earliest time there is. */
function publishing(house: House, publisher: Publisher, failed: (error: unknown) => void) {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let lastSweep: Date | undefined
  // Whatever came to rest may be due again sooner than all else; of many that rest together one look is enough.
  let looking: NodeJS.Timeout | undefined
  publisher.rested(() => { looking ??= setTimeout(() => { looking = undefined; if (!stopped) void wake() }, 5) })
  // Many may be due at one moment: they are read before it, and the time until then is theirs.
  let foreseeing: Promise<void> | undefined
  const lookAhead = (due: Date): void => {
    const now = house.now()
    timer = setTimeout(() => void wake(), Math.max(due.getTime() - now.getTime(), 1))
    foreseeing = publisher.foresee({ after: now, until: due }).catch(failed)
  }
  const wake = again(async () => {
    clearTimeout(timer)
    timer = undefined
    await publisher.take()
    lastSweep = house.now()
    if (stopped) return
    const due = await house.database.read(EVERY, nextDue)
    const left = due ? Math.max(due.getTime() - house.now().getTime(), 1) : longest
    if (due && left > foresight && left <= longest) timer = setTimeout(() => lookAhead(due), left - foresight)
    else timer = setTimeout(() => void wake(), Math.min(left, longest))
  }, (error) => { failed(error); if (!stopped) timer = setTimeout(() => void wake(), 1000) })
  return { wake, health: () => ({ lastSweep }), stop: async () => { stopped = true; clearTimeout(timer); clearTimeout(looking); await wake.end(); await foreseeing; await publisher.idle() } }
}

/** The one place from which the world outside is touched: publishing, what follows from events, upkeep. */
export async function startWorker(house: House, given: Working): Promise<Worker> {
  const failed = (error: unknown) => house.log('the worker stumbled', { error: String(error) })
  const journal = await openJournal(house.dataDir)
  const owner = newOwner()
  // The others take a worker whose connection broke for dead: it may begin nothing under the leases it had.
  const leases = { lost: 0 }
  const alive = await sayAlive(house.database.url, owner, () => { leases.lost = performance.now() })
  const tools = toolsFor(house, { fetch: given.fetch, journal, owner, lostAt: () => leases.lost })
  const publisher = makePublisher(tools)
  const release = (): Promise<number> => house.database.write(EVERY, async (tx) => await releaseDead(tx, { alive: await alive.owners(), now: house.now() }))
  await beginHere(house)
  await release()
  const publish = publishing(house, publisher, failed)
  const bringUp = dispatcher(house, handlersOf(house, given.handlers))
  const everywhere = async (work: (workspaceId: string) => Promise<unknown>) => { for (const { id } of await house.database.read(EVERY, allWorkspaces)) await work(id) }
  const dispatch = again(() => everywhere(bringUp), failed)
  const takeOver = again(async () => { if (await release() > 0) void publish.wake() }, failed)
  const tidy = again(async () => {
    await takeOver()
    await everywhere((id) => house.database.write(id, async (tx) => { await forgetTokens(tx, house.now()); await tellOverdue(tx, house.now()); await routeLeft(tx, house.now()); await tellMissed(tx, house.now()) }))
    await everywhere((id) => actOnTime(house, id))
  }, failed)
  const reader = makeReader({ ...tools, database: house.database })
  const readBack = again(async () => { await reader.round() }, failed)
  const offs = [given.rings.on(() => void dispatch()), given.rings.due(() => void publish.wake())]
  const upkeep = setInterval(() => { void publish.wake(); void dispatch(); void tidy() }, minute)
  // PostgreSQL may learn of the death of the one before only after this one has begun.
  const soon = takeOverAfter.map((ms) => setTimeout(() => void takeOver(), ms))
  const reading = setInterval(() => void readBack(), readBackEvery)
  await publish.wake()
  void dispatch()
  return {
    publisher, health: publish.health,
    stop: async () => {
      for (const off of offs) off()
      clearInterval(upkeep)
      clearInterval(reading)
      for (const one of soon) clearTimeout(one)
      await Promise.all([publish.stop(), readBack.end(), tidy.end(), takeOver.end()])
      // What happened until now is told once more; then nothing runs that would need the house.
      await dispatch()
      await dispatch.end()
      await journal.close()
      await alive.stop()
    },
  }
}
