import type { SSEStreamingApi } from 'hono/streaming'
import type { Presence } from '#kit/presence.ts'
import type { Database } from '#db/database.ts'
import type { Bell, Ring } from './bell.ts'
import { shownLine, shownState } from './show.ts'
import { isAnswered, lastOfTeam, linesAfter, visitorById, type Visitor } from './store.ts'
import { visitorIn } from './wire.ts'

export interface Sight { readonly database: Database; readonly workspaceId: string; readonly visitorId: string; readonly origin: string }
export interface Opening extends Sight { readonly bell: Bell; readonly cursor: number }
type State = ReturnType<typeof shownState>

const heartbeat = 20_000
const page = 100

/** What the visitor's window shows around its lines. Whoever answers has read what stands before; `seen`: what they said to have read. */
export async function stateOf({ database, workspaceId, visitorId }: Sight, seen = 0): Promise<{ readonly visitor: Visitor | undefined; readonly state: State }> {
  return await database.readAgain(workspaceId, async (db) => {
    const visitor = await visitorById(db, visitorId)
    if (!visitor) return { visitor, state: shownState({ visitor, readByTeam: 0, canRate: false }) }
    const readByTeam = Math.max(seen, await lastOfTeam(db, visitor.id))
    return { visitor, state: shownState({ visitor, readByTeam, canRate: visitor.rated === null && await isAnswered(db, visitor) }) }
  })
}

/** What has reached the window and is not told yet. */
function inTray() {
  const tray = { lines: true, near: [] as Presence[] }
  let wake: (() => void) | undefined
  return {
    hear: (ring: Ring): void => { if (ring.is === 'lines') tray.lines = true; else tray.near.push(ring.presence); wake?.() },
    take: (): typeof tray => { const taken = { ...tray }; tray.lines = false; tray.near = []; return taken },
    /** True once nothing came for a while. */
    quiet: (gone: AbortSignal): Promise<boolean> => new Promise((done) => {
      if (tray.lines || tray.near.length > 0 || gone.aborted) return done(false)
      const end = (still: boolean) => (): void => { clearTimeout(timer); gone.removeEventListener('abort', woken); wake = undefined; done(still) }
      const woken = end(false)
      const timer = setTimeout(end(true), heartbeat)
      wake = woken
      gone.addEventListener('abort', woken)
    }),
  }
}

function teller(stream: SSEStreamingApi, { cursor: from, ...sight }: Opening, first: State) {
  let cursor = from
  let seen = 0
  let told = JSON.stringify(first)
  const { database, workspaceId, visitorId, origin } = sight
  const say = (event: string, data: object, id?: string): Promise<void> => stream.writeSSE({ event, data: JSON.stringify(data), ...(id ? { id } : {}) })
  return {
    lines: async (gone: AbortSignal): Promise<void> => {
      for (let more = true; more && !gone.aborted;) {
        const lines = await database.readAgain(workspaceId, (db) => linesAfter(db, visitorId, { after: cursor, limit: page }))
        for (const line of lines) { await say('line', shownLine(origin, line), String(line.seq)); cursor = line.seq }
        more = lines.length === page
      }
    },
    /** False once the place is another's: a guest who has proved who they are sits elsewhere now. */
    state: async (): Promise<boolean> => {
      const { visitor, state } = await stateOf(sight, seen)
      if (JSON.stringify(state) !== told) await say('state', state)
      told = JSON.stringify(state)
      return !visitor?.into
    },
    near: async ({ does, name, picture }: Presence): Promise<void> => {
      if (does === 'typing') return await say('typing', { name, picture: picture?.startsWith('/') ? origin + picture : picture ?? null })
      seen = Math.max(seen, cursor)
      await say('read', { seq: seen })
    },
  }
}

/** Everything after the cursor, in order, then what comes; nothing twice, nothing left out, whatever breaks in between. */
export async function pour(stream: SSEStreamingApi, opening: Opening, gone: AbortSignal): Promise<void> {
  const { visitor, state } = await stateOf(opening)
  const tray = inTray()
  const close = opening.bell.open({ ids: [...new Set([opening.visitorId, ...(visitor?.root ? [visitorIn(visitor.root)] : [])])], hear: tray.hear })
  const tell = teller(stream, opening, state)
  try {
    await stream.writeSSE({ event: 'hello', data: JSON.stringify({ cursor: opening.cursor, state }), retry: 1_000 })
    while (!gone.aborted) {
      const { lines, near } = tray.take()
      if (lines) {
        await tell.lines(gone)
        if (!await tell.state()) return
      }
      for (const one of near) await tell.near(one)
      if (await tray.quiet(gone)) await stream.write(': still here\n\n')
    }
  } finally { close() }
}
