import { Hono } from 'hono'
import { streamSSE, type SSEStreamingApi } from 'hono/streaming'
import { z } from 'zod'
import type { AnyEvent } from '#kit/events.ts'
import { allow, memberOf, query, tells, type HouseEnv } from '#kit/http.ts'
import { eventsAfter, newestCursor, readCursor } from '#core/events/store.ts'
import type { House } from '#core/house.ts'
import type { Rings } from '#worker/rings.ts'

const heartbeat = 20_000
const page = 200

/** Wakes whoever waits for the next event of a workspace. */
function bell(rings: Rings, workspaceId: string) {
  let rung = true
  let wake: (() => void) | undefined
  const off = rings.on((which) => { if (which === workspaceId || which === '*') { rung = true; wake?.() } })
  return {
    off,
    next: async (signal: AbortSignal): Promise<'rung' | 'quiet'> => {
      if (!rung && !signal.aborted) await new Promise<void>((done) => {
        const woken = () => { clearTimeout(timer); signal.removeEventListener('abort', woken); done() }
        const timer = setTimeout(woken, heartbeat)
        wake = woken
        signal.addEventListener('abort', woken)
      })
      const was = rung
      rung = false
      wake = undefined
      return was ? 'rung' : 'quiet'
    },
  }
}

/** Members at the same place share one reading of the outbox. */
function sharedReader(house: House) {
  const reading = new Map<string, Promise<AnyEvent[]>>()
  return (workspaceId: string, cursor: string): Promise<AnyEvent[]> => {
    const key = `${workspaceId} ${cursor}`
    const found = reading.get(key) ?? house.database.read(workspaceId, (db) => eventsAfter(db, cursor, { limit: page })).finally(() => reading.delete(key))
    reading.set(key, found)
    return found
  }
}

async function tell(stream: SSEStreamingApi, events: readonly AnyEvent[]): Promise<void> {
  for (const event of events) await stream.writeSSE({ id: event.cursor, event: 'change', data: JSON.stringify(event) })
}

/** Server-sent events from a cursor on: what happened while the reader was away comes first, then what happens. */
export const liveRoutes = (house: House, rings: Rings) => {
  const read = sharedReader(house)
  return new Hono<HouseEnv>().get('/live', allow('read'), tells('What happens in the workspace, as it happens'), query(z.strictObject({ cursor: z.string().max(50).optional() })), (c) => {
    const { workspaceId } = memberOf(c)
    const from = c.req.header('last-event-id') ?? c.req.valid('query').cursor
    c.header('cache-control', 'no-store, no-transform')
    c.header('x-accel-buffering', 'no')
    return streamSSE(c, async (stream) => {
      const gone = new AbortController()
      stream.onAbort(() => gone.abort())
      const ring = bell(rings, workspaceId)
      const far = rings.presence(({ workspaceId: where, ...said }) => { if (where === workspaceId) void stream.writeSSE({ event: 'presence', data: JSON.stringify(said) }) })
      let cursor = from !== undefined && readCursor(from) ? from : await house.database.read(workspaceId, newestCursor)
      await stream.writeSSE({ event: 'hello', data: JSON.stringify({ cursor }), retry: 1000 })
      try {
        while (!gone.signal.aborted) {
          if (await ring.next(gone.signal) === 'quiet') await stream.write(': still here\n\n')
          for (let events = await read(workspaceId, cursor); events.length > 0 && !gone.signal.aborted; events = events.length < page ? [] : await read(workspaceId, cursor)) {
            await tell(stream, events)
            cursor = events.at(-1)!.cursor
          }
        }
      } finally { ring.off(); far() }
    })
  })
}
