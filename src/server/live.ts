import { and, inArray, isNotNull } from 'drizzle-orm'
import { Hono } from 'hono'
import { z } from 'zod'
import type { AnyEvent } from '#kit/events.ts'
import { allow, memberOf, query, tells, type HouseEnv } from '#kit/http.ts'
import { eventsAfter, newestCursor, readCursor } from '#core/events/store.ts'
import type { House } from '#core/house.ts'
import { members } from '#core/members/tables.ts'
import { EVERY } from '#db/database.ts'
import { openLine, saying, stillHere, stillHereEvery, type Line, type Said } from '#net/live-line.ts'
import type { Rings } from '#worker/rings.ts'

const page = 200

const sayingAll = (events: readonly AnyEvent[]): Said => saying(...events.map((event) => ({ event: 'change', data: JSON.stringify(event), id: event.cursor })))
const isBefore = (one: string, other: string): boolean => {
  const [a, b] = [readCursor(one)!, readCursor(other)!]
  return BigInt(a.tx) < BigInt(b.tx) || (a.tx === b.tx && a.seq < b.seq)
}

/** Work that runs one after the other: whoever asks while it runs is answered by a run that begins afterwards. */
function oneAfterTheOther(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined
  const run = (): Promise<void> => (running = work().finally(() => { running = undefined }))
  return () => (running ? (next ??= running.catch(() => undefined).then(() => { next = undefined; return run() })) : run())
}

/** All who watch one workspace: what happens is read once, written once, and handed to each as the same bytes. */
function hallOf(house: House, workspaceId: string) {
  const read = (cursor: string): Promise<AnyEvent[]> => house.database.read(workspaceId, (db) => eventsAfter(db, cursor, { limit: page }))
  const lines = new Set<Line>()
  const readings = new Map<string, Promise<AnyEvent[]>>()
  let here = ''
  /** Those who come back from the same place share one reading. */
  const readShared = (cursor: string): Promise<AnyEvent[]> => {
    const found = readings.get(cursor) ?? read(cursor).finally(() => readings.delete(cursor))
    readings.set(cursor, found)
    return found
  }
  const all = (said: Said): void => { for (const line of lines) line.say(said) }
  const advance = oneAfterTheOther(async () => {
    if (here === '' || lines.size === 0) here = await house.database.read(workspaceId, newestCursor)
    else for (let events = await read(here); events.length > 0; events = events.length < page ? [] : await read(here)) {
      here = events.at(-1)!.cursor
      all(sayingAll(events))
    }
  })
  /** From a cursor on: first what was missed, then with the others. */
  const join = async (line: Line, from: string | undefined): Promise<void> => {
    if (from === undefined || here === '') await advance()
    let cursor = from ?? here
    line.say(saying({ event: 'hello', data: JSON.stringify({ cursor }), retry: 1000 }))
    while (cursor !== here && !line.gone) {
      const events = await readShared(cursor)
      if (events.length > 0) { line.say(sayingAll(events)); cursor = events.at(-1)!.cursor; await line.room(); continue }
      await advance()
      // A cursor of a time that a restored copy does not know: from now on.
      if (!isBefore(cursor, here)) break
    }
    if (line.gone) return
    lines.add(line)
    line.onGone(() => lines.delete(line))
  }
  return { join, all, advance, empty: () => lines.size === 0 }
}

/** The open windows of one member, who alone is told what calls them. */
function windowsOf() {
  const lines = new Map<string, Set<Line>>()
  return {
    open: (memberId: string, line: Line): void => {
      const those = lines.get(memberId) ?? new Set()
      lines.set(memberId, those.add(line))
      line.onGone(() => { those.delete(line); if (those.size === 0 && lines.get(memberId) === those) lines.delete(memberId) })
    },
    who: (): string[] => [...lines.keys()],
    close: (memberId: string): void => { for (const line of lines.get(memberId) ?? []) line.close() },
    say: (memberId: string, said: Said): void => { for (const line of lines.get(memberId) ?? []) line.say(said) },
  }
}

/** Server-sent events from a cursor on: what happened while the reader was away comes first, then what happens. */
export const liveRoutes = (house: House, rings: Rings) => {
  const halls = new Map<string, ReturnType<typeof hallOf>>()
  const stumbled = (error: unknown): void => house.log('the live stream stumbled', { error: String(error) })
  const hallFor = (workspaceId: string): ReturnType<typeof hallOf> => {
    const hall = halls.get(workspaceId) ?? hallOf(house, workspaceId)
    halls.set(workspaceId, hall)
    return hall
  }
  rings.on((which) => { for (const [id, hall] of halls) if ((which === id || which === '*') && !hall.empty()) hall.advance().catch(stumbled) })
  rings.presence(({ workspaceId, ...said }) => halls.get(workspaceId)?.all(saying({ event: 'presence', data: JSON.stringify(said) })))
  const windows = windowsOf()
  rings.calls(({ memberId, id }) => windows.say(memberId, saying({ event: 'call', data: JSON.stringify({ id }) })))
  /** Whoever has left the team hears nothing more of it, also at a window that stood open. */
  const partWithLeft = async (): Promise<void> => {
    const open = windows.who()
    if (open.length === 0) return
    const left = await house.database.read(EVERY, (db) => db.select({ id: members.id }).from(members).where(and(inArray(members.id, open), isNotNull(members.leftAt))))
    for (const { id } of left) windows.close(id)
  }
  // Whatever was missed, say while the database was away, is told by the next beat at the latest.
  setInterval(() => { for (const hall of halls.values()) if (!hall.empty()) { hall.all(stillHere); hall.advance().catch(stumbled) }; partWithLeft().catch(stumbled) }, stillHereEvery).unref()
  return new Hono<HouseEnv>().get('/live', allow('read'), tells('What happens in the workspace, as it happens'), query(z.strictObject({ cursor: z.string().max(50).optional() })), (c) => {
    const asked = c.req.header('last-event-id') ?? c.req.valid('query').cursor
    const from = asked !== undefined && readCursor(asked) ? asked : undefined
    const { line, response } = openLine(c)
    windows.open(memberOf(c).id, line)
    hallFor(memberOf(c).workspaceId).join(line, from).catch((error: unknown) => { stumbled(error); line.close() })
    return response
  })
}
