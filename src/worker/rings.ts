import pg from 'pg'
import { RINGS } from '#core/events/store.ts'
import { DUE } from '#core/publications/store.ts'
import { BELLS, ringOf, type BellRing } from '#kit/bells.ts'
import { PRESENCE, presenceOf, type Presence } from '#kit/presence.ts'

/** Rings once per commit that recorded events, with the workspace they happened in. */
export interface Rings {
  on(listener: (workspaceId: string) => void): () => void
  /** Rings when something was given a time to go out. */
  due(listener: () => void): () => void
  /** What is true only now: somebody writes, somebody has read. */
  presence(listener: (presence: Presence) => void): () => void
  /** Something calls a member. */
  calls(listener: (ring: BellRing) => void): () => void
  close(): Promise<void>
}

/** One connection that listens, renewed when it breaks; each renewal rings for every workspace ('*'), since something may have been missed. */
export async function listenForRings(url: string, log: (message: string, facts?: Record<string, unknown>) => void): Promise<Rings> {
  const listeners = new Set<(workspaceId: string) => void>()
  const waiting = new Set<() => void>()
  const near = new Set<(presence: Presence) => void>()
  const called = new Set<(ring: BellRing) => void>()
  const callOut = (ring: BellRing | undefined): void => { if (ring) for (const listener of called) listener(ring) }
  const tell = (presence: Presence | undefined): void => { if (presence) for (const listener of near) listener(presence) }
  const ringDue = (): void => { for (const listener of waiting) listener() }
  const ring = (workspaceId: string): void => { for (const listener of listeners) listener(workspaceId) }
  let client: pg.Client | undefined
  let closed = false
  // An event can settle a moment after its ring, when a transaction that began earlier is still open: ring again.
  const echoes = (workspaceId: string): void => { for (const wait of [80, 400, 1500]) setTimeout(() => { if (!closed) ring(workspaceId) }, wait).unref() }
  const connect = async (): Promise<void> => {
    const fresh = new pg.Client({ connectionString: url, application_name: 'stoa rings', keepAlive: true })
    fresh.on('notification', ({ channel, payload }) => { if (channel === DUE) return ringDue(); if (channel === PRESENCE) return tell(presenceOf(payload)); if (channel === BELLS) return callOut(ringOf(payload)); ring(payload ?? '*'); echoes(payload ?? '*') })
    fresh.on('error', (error) => { log('the listening connection broke', { error: String(error) }); void renew() })
    await fresh.connect()
    await fresh.query(`listen ${RINGS}; listen ${DUE}; listen ${PRESENCE}; listen ${BELLS}`)
    client = fresh
    ring('*')
    ringDue()
  }
  const renew = async (): Promise<void> => {
    const old = client
    client = undefined
    await old?.end().catch(() => undefined)
    while (!closed && !client) {
      await connect().catch(() => undefined)
      if (!client) await new Promise((next) => setTimeout(next, 500))
    }
  }
  await connect()
  return {
    on: (listener) => { listeners.add(listener); return () => void listeners.delete(listener) },
    due: (listener) => { waiting.add(listener); return () => void waiting.delete(listener) },
    presence: (listener) => { near.add(listener); return () => void near.delete(listener) },
    calls: (listener) => { called.add(listener); return () => void called.delete(listener) },
    close: async () => { closed = true; await client?.end().catch(() => undefined) },
  }
}
