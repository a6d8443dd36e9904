import type { Server } from './server.ts'
import { Refused } from './server.ts'
import type { Told } from './stream.ts'

/** 'idle': nobody listens from this tab; 'lost' only once a try has failed. */
export type LineState = 'idle' | 'open' | 'lost'
export interface Listening {
  readonly server: Server
  token(): string | null
  cursor(): number
  tell(told: Told): void
  changed(state: LineState): void
  /** The token was not taken. */
  forgotten(): Promise<void>
}

const silence = 45_000
const longest = 30_000

/** How long to wait before the n-th new try: 1, 2, 4 … 30 seconds, spread so that a restarted server is not stormed. */
export const patience = (tries: number, random: number): number => Math.min(longest, 1000 * 2 ** Math.min(tries, 5)) * (0.5 + random / 2)

/** Keeps one stream open from the cursor on, whatever happens to the network, the server or the computer. */
export function listenOn(listening: Listening) {
  let wanted = false
  let tries = 0
  let aliveAt = 0
  let stop = new AbortController()
  let running = false
  let wake = (): void => {}

  const once = async (token: string): Promise<void> => {
    stop = new AbortController()
    aliveAt = Date.now()
    let open = false
    const watch = setInterval(() => { if (Date.now() - aliveAt > silence) stop.abort() }, 5000)
    const alive = () => {
      aliveAt = Date.now()
      tries = 0
      if (!open) { open = true; listening.changed('open') }
    }
    try { await listening.server.listen(token, { cursor: listening.cursor(), signal: stop.signal, tell: listening.tell, alive }) } finally { clearInterval(watch) }
  }
  const failed = async (error: unknown): Promise<number> => {
    if (!(error instanceof Refused)) return patience(tries, Math.random())
    if (error.code === 'visitor_token_invalid') await listening.forgotten()
    return error.again ?? patience(tries, Math.random())
  }
  const run = async (): Promise<void> => {
    if (running) return
    running = true
    while (wanted) {
      const token = listening.token()
      if (!token) break
      const wait = await once(token).then(() => 0, failed)
      if (!wanted) break
      tries += 1
      if (tries > 1) listening.changed('lost')
      await new Promise<void>((done) => { const timer = setTimeout(done, wait || 200 * tries); wake = () => { clearTimeout(timer); done() } })
    }
    running = false
    listening.changed('idle')
  }
  return {
    start: () => { wanted = true; void run() },
    stop: () => { wanted = false; stop.abort(); wake() },
    /** The computer woke, the network came back, the tab is looked at again: what has been silent is tried at once. */
    nudge: () => { if (!wanted) return; if (Date.now() - aliveAt > 25_000) stop.abort(); wake() },
  }
}
