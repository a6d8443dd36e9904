import pg from 'pg'
import type { Log } from '#kit/channel.ts'
import { PRESENCE, presenceOf, type Presence } from '#kit/presence.ts'
import { LINES } from './store.ts'

/** What reaches an open window: there is something new to read, or somebody does something now. */
export type Ring = { readonly is: 'lines' } | { readonly is: 'presence'; readonly presence: Presence }
type Hear = (ring: Ring) => void
/** `ids`: all that whoever sits there is called by. */
export interface Window { readonly ids: readonly string[]; readonly hear: Hear }

export interface Bell {
  open(window: Window): () => void
  close(): Promise<void>
}

// With no window open nobody listens; the line is kept a little, for who comes back.
const linger = 30_000

/** One listening line of this process to the database, while any window is open. When it was broken, every window looks for itself. */
export function makeBell(url: string, log: Log): Bell {
  const windows = new Map<string, Set<Window>>()
  let client: pg.Client | undefined
  let renewing: Promise<void> | undefined
  let idle: NodeJS.Timeout | undefined
  let closed = false
  const all = () => new Set([...windows.values()].flatMap((some) => [...some]))
  const called = (channel: string, payload: string | undefined): void => {
    if (channel === LINES) for (const window of windows.get(payload ?? '') ?? []) window.hear({ is: 'lines' })
    const presence = channel === PRESENCE ? presenceOf(payload) : undefined
    if (presence?.from === 'team') for (const window of windows.get(presence.root.split('/')[0]!) ?? []) window.hear({ is: 'presence', presence })
  }
  const connect = async (): Promise<void> => {
    const fresh = new pg.Client({ connectionString: url, application_name: 'stoa chat', keepAlive: true })
    fresh.on('notification', ({ channel, payload }) => called(channel, payload))
    fresh.on('error', (error) => { log('the chat’s listening connection broke', { error: String(error) }); if (client === fresh) { client = undefined; listen() } })
    await fresh.connect()
    await fresh.query(`listen ${LINES}; listen ${PRESENCE}`)
    if (closed) return await fresh.end()
    client = fresh
    for (const window of all()) window.hear({ is: 'lines' })
  }
  const renew = async (): Promise<void> => {
    while (!closed && !client && windows.size > 0) {
      await connect().catch((error: unknown) => log('the chat cannot listen', { error: String(error) }))
      if (!client) await new Promise((next) => { setTimeout(next, 500) })
    }
  }
  const listen = (): void => { renewing ??= client || closed ? undefined : renew().finally(() => { renewing = undefined }) }
  const hangUp = async (): Promise<void> => { const old = client; client = undefined; await old?.end().catch(() => undefined) }
  return {
    open: (window) => {
      for (const id of window.ids) windows.set(id, (windows.get(id) ?? new Set()).add(window))
      clearTimeout(idle)
      listen()
      return () => {
        for (const id of window.ids) {
          const some = windows.get(id)
          if (some?.delete(window) && some.size === 0) windows.delete(id)
        }
        if (windows.size === 0) idle = setTimeout(() => { if (windows.size === 0) void hangUp() }, linger).unref()
      }
    },
    close: async () => { closed = true; clearTimeout(idle); await renewing; await hangUp() },
  }
}
