import type { AnyEvent, EventName } from '#kit/events.ts'
import { EVERY } from '#db/database.ts'
import { catchUp, type Handler } from '#core/events/dispatch.ts'
import type { House } from '#core/house.ts'
import { nextDue } from '#core/publications/store.ts'
import { forgetTokens } from '#core/workspaces/tokens.ts'
import { allWorkspaces } from '#core/workspaces/store.ts'
import type { Rings } from './rings.ts'
import { makePublisher, type Publisher } from './publishing.ts'

export interface Worker { readonly publisher: Publisher; stop(): Promise<void>; readonly health: () => { lastSweep: Date | undefined } }

/** Every handler of every pillar, and strategy's own, as the dispatcher takes them. */
export function handlersOf(house: House, others: readonly Handler[]): Handler[] {
  const ofPillars = house.pillars.flatMap((pillar) => Object.entries(pillar.on ?? {}).map(([name, on]): Handler => ({
    id: `${pillar.id}.${name}`, names: [name as EventName],
    take: async (events, tx, home) => { for (const event of events) await (on as (event: AnyEvent, tx: unknown, house: House) => Promise<void>)(event, tx, home) },
  })))
  return [...others, ...ofPillars]
}

/** Runs `work` now and whenever asked again; asked while it runs, it runs once more. */
function again(work: () => Promise<void>, failed: (error: unknown) => void): () => Promise<void> {
  let running: Promise<void> | undefined
  let more = false
  const go = (): Promise<void> => {
    if (running) { more = true; return running }
    running = work().catch(failed).finally(() => { running = undefined; if (more) { more = false; void go() } })
    return running
  }
  return go
}

const minute = 60_000

/** The one place from which the world outside is touched: publishing, what follows from events, upkeep. */
export async function startWorker(house: House, given: { readonly fetch: typeof globalThis.fetch; readonly handlers: readonly Handler[]; readonly rings: Rings }): Promise<Worker> {
  const publisher = makePublisher(house, given.fetch)
  const handlers = handlersOf(house, given.handlers)
  const failed = (error: unknown) => house.log('the worker stumbled', { error: String(error) })
  let lastSweep: Date | undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const publish = again(async () => {
    await publisher.sweep('running')
    lastSweep = house.now()
    if (stopped) return
    const due = await house.database.read(EVERY, nextDue)
    clearTimeout(timer)
    timer = setTimeout(() => void publish(), due ? Math.min(Math.max(due.getTime() - house.now().getTime(), 5), minute) : minute)
  }, failed)
  const dispatch = again(async () => {
    for (const { id } of await house.database.read(EVERY, allWorkspaces)) for (const handler of handlers) await catchUp(house, id, handler)
  }, failed)
  const tidy = async () => {
    for (const { id } of await house.database.read(EVERY, allWorkspaces)) await house.database.write(id, (tx) => forgetTokens(tx, house.now()))
  }

  await publisher.sweep('restart')
  const off = given.rings.on(() => { void publish(); void dispatch() })
  const upkeep = setInterval(() => { void dispatch(); tidy().catch(failed) }, minute)
  await publish()
  void dispatch()
  return {
    publisher, health: () => ({ lastSweep }),
    stop: async () => { stopped = true; off(); clearTimeout(timer); clearInterval(upkeep); await publish(); await dispatch(); clearTimeout(timer) },
  }
}
