import { Problem } from './api.ts'

export type SaveState = 'saved' | 'waiting' | 'saving' | 'failed' | 'conflict'
export interface Saving<T> { readonly value: T; readonly version: number; readonly state: SaveState; readonly savedAt: Date | null; readonly error: unknown }
interface Given<T> {
  /** Under which the browser keeps what the server does not have yet. */
  readonly key: string
  readonly value: T; readonly version: number
  /** Sends the whole value with the version it was made from; answers with the new version. */
  readonly save: (value: T, version: number) => Promise<{ readonly version: number }>
  readonly storage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
}

const quietMs = 700
const againMs = 4000

/**
 * Saves as one types: the newest value is kept in the browser at once, sent when the typing rests, tried again when the server
 * does not answer, and never sent over somebody else's change without being asked to.
 */
export function makeSaver<T>({ key, value, version, save, storage = localStorage }: Given<T>) {
  let now: Saving<T> = { value, version, state: 'saved', savedAt: null, error: null }
  let timer: ReturnType<typeof setTimeout> | undefined
  const listeners = new Set<() => void>()
  const set = (change: Partial<Saving<T>>) => {
    now = { ...now, ...change }
    for (const listener of listeners) listener()
  }
  const later = (ms: number) => { clearTimeout(timer); timer = setTimeout(() => void send(), ms) }
  const keep = () => storage.setItem(key, JSON.stringify({ value: now.value, version: now.version }))

  async function send(): Promise<void> {
    clearTimeout(timer)
    if (now.state === 'saving' || now.state === 'conflict' || now.state === 'saved') return
    const sent = now.value
    set({ state: 'saving' })
    try {
      const answer = await save(sent, now.version)
      const isNewest = now.value === sent
      set({ version: answer.version, savedAt: new Date(), error: null, state: isNewest ? 'saved' : 'waiting' })
      if (isNewest) storage.removeItem(key)
      else { keep(); later(quietMs) }
    } catch (error) {
      const isConflict = error instanceof Problem && error.code === 'changed_meanwhile'
      set({ state: isConflict ? 'conflict' : 'failed', error })
      if (!(error instanceof Problem) || error.status === 0 || error.status >= 500) later(againMs)
    }
  }

  const kept = storage.getItem(key)
  if (kept !== null) {
    const found = JSON.parse(kept) as { value: T; version: number }
    now = { ...now, value: found.value, version: found.version, state: 'waiting' }
    later(0)
  }

  return {
    get: () => now,
    subscribe: (listener: () => void) => { listeners.add(listener); return () => { listeners.delete(listener) } },
    change(next: T) {
      set({ value: next, state: now.state === 'saving' || now.state === 'conflict' ? now.state : 'waiting' })
      keep()
      if (now.state === 'waiting') later(quietMs)
    },
    /** Sends at once what waits: before a step that needs it, or when the page is left. */
    flush: send,
    /** What the server has now: taken over unless something of ours is on its way. */
    adopt(theirs: T, itsVersion: number, even: 'when idle' | 'always' = 'when idle') {
      if (even === 'when idle' && (now.state !== 'saved' || itsVersion <= now.version)) return
      storage.removeItem(key)
      set({ value: theirs, version: itsVersion, state: 'saved', error: null })
    },
    /** Puts ours in the place of theirs, after a person has seen both. */
    overwrite(itsVersion: number) {
      set({ version: itsVersion, state: 'waiting', error: null })
      later(0)
    },
    stop() { clearTimeout(timer) },
  }
}
export type Saver<T> = ReturnType<typeof makeSaver<T>>
