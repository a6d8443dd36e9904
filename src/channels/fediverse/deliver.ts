import type { Log } from '#kit/channel.ts'
import type { Database } from '#db/database.ts'
import { retryAfter } from '#net/retry-after.ts'
import { hearBell } from './bell.ts'
import { PgCache } from './cache.ts'
import { dropInbox, forgetBefore, settleDelivery, takeDue, type Delivery } from './store.ts'
import type { Tools } from './tools.ts'

export interface DeliveryTools extends Tools {
  readonly now?: () => Date
  readonly log?: Log
}
export interface DeliveryRound {
  /** Delivers what is due; the number of tries made. */
  round(): Promise<number>
  start(): void
  stop(): Promise<void>
}

const atOnce = 24
const mostTries = 12
const everySecond = 1_000
const keptFor = 30 * 24 * 3_600_000

/** Carries activities from our rows to the inboxes of others, again and again for about three days, until they are taken. */
export function fediverseDelivery(tools: DeliveryTools): DeliveryRound {
  const now = tools.now ?? (() => new Date())
  const log: Log = tools.log ?? (() => undefined)
  let timer: NodeJS.Timeout | undefined
  let running: Promise<unknown> = Promise.resolve()
  let [begun, busy, asked, stopped] = [false, false, false, false]
  let tidied = 0
  const round = async () => {
    const due = await takeDue(tools.database, now(), atOnce)
    await Promise.all(due.map((delivery) => deliver(delivery, tools, now)))
    return due.length
  }
  const turn = async () => {
    try {
      do { asked = false; while (!stopped && await round() === atOnce); } while (asked && !stopped)
      if (now().getTime() - tidied > 3_600_000) await tidy(tools.database, tidied = now().getTime())
    } catch (error) { log('The fediverse could not be served for a moment.', { error: String(error) }) }
    busy = false
    if (!stopped) timer = setTimeout(go, everySecond)
  }
  const go = () => {
    asked = true
    if (busy || stopped) return
    busy = true
    clearTimeout(timer)
    running = turn()
  }
  const deaf = hearBell(tools.database, () => { if (begun) go() })
  return {
    round,
    start: () => { begun = true; go() },
    stop: async () => { stopped = true; deaf(); clearTimeout(timer); await running },
  }
}

async function tidy(database: Database, at: number): Promise<void> {
  await forgetBefore(database, new Date(at - keptFor))
  await new PgCache(database.pool).forgetExpired()
}

/** 30 s, 2 min, 8 min, half an hour, then hours: about three days in all. */
export const waitAfter = (tries: number): number => Math.min(12 * 3_600_000, 30_000 * 4 ** (tries - 1))

async function deliver(delivery: Delivery, tools: DeliveryTools, now: () => Date): Promise<void> {
  const { handOver } = await import('./hand-over.ts')
  const answer = await handOver(delivery, tools)
  const at = now()
  if (answer.status !== undefined && answer.status >= 200 && answer.status < 300) {
    return settleDelivery(tools.database, delivery, { state: 'delivered', settledAt: at, lastWord: String(answer.status) })
  }
  const lastWord = answer.status === undefined ? answer.failure : String(answer.status)
  const forGood = answer.failure === 'blocked' || answer.status === 404 || answer.status === 410 || answer.status === 413
  if (forGood || delivery.tries >= mostTries) {
    if (answer.status === 404 || answer.status === 410) await dropInbox(tools.database, delivery)
    return settleDelivery(tools.database, delivery, { state: 'given-up', settledAt: at, lastWord })
  }
  const later = new Date(at.getTime() + waitAfter(delivery.tries))
  const asked = answer.retryAfter ? retryAfter(answer.retryAfter, at) : later
  return settleDelivery(tools.database, delivery, { dueAt: asked > later ? asked : later, lastWord })
}
