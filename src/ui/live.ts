import type { QueryClient } from '@tanstack/react-query'

/** One fact as the live stream tells it. */
export interface LiveEvent {
  readonly name: string; readonly at: string
  readonly postId?: string; readonly conversationId?: string; readonly contactId?: string; readonly memberId?: string
  readonly data: Readonly<Record<string, unknown>>
}
type Listener = (event: LiveEvent) => void
/** What is true only now: who writes, looks or has read, in the talk that an account knows by `root`. */
export interface LivePresence {
  readonly accountId: string; readonly root: string; readonly from: 'visitor' | 'team'; readonly does: 'typing' | 'read'
  readonly name: string; readonly at: string; readonly by?: { readonly id: string; readonly name: string }
}

// Which queries an event makes old: the first word of a query's key is a noun of the product.
const stale: readonly (readonly [start: string, nouns: readonly string[]])[] = [
  ['message.', ['conversations', 'contacts', 'today']], ['answer.', ['conversations', 'today', 'posts']],
  ['conversation.', ['conversations', 'today']], ['note.', ['conversations']], ['contact.', ['contacts', 'conversations']], ['conversations.', ['conversations', 'contacts', 'today']],
  ['post.', ['posts', 'today', 'writing', 'campaigns']], ['publication.', ['posts', 'conversations', 'today', 'publishing']], ['publishing.', ['publishing', 'posts']],
  ['account.', ['accounts', 'today']], ['reaction.', ['posts', 'contacts']], ['follower.', ['accounts', 'contacts']],
  ['campaign.', ['campaigns']], ['import.', ['imports']], ['member.', ['members', 'invitations']], ['site.', ['workspace', 'session', 'members', 'voices', 'pillars']],
]
const figures = ['scorecard', 'signals', 'objectives']
const gatherMs = 120
const figuresMs = 2000
const longestWaitMs = 15_000

const listeners = new Set<Listener>()
/** Hears every event of the workspace, in order. Returns how to stop. */
export function onLive(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const near = new Set<(presence: LivePresence) => void>()
/** Hears who is there, as it happens; nothing of it is kept. Returns how to stop. */
export function onPresence(listener: (presence: LivePresence) => void): () => void {
  near.add(listener)
  return () => near.delete(listener)
}
const tellNear = (presence: LivePresence): void => { for (const listener of near) listener(presence) }

const bells = new Set<(id: string) => void>()
/** Hears what calls this member, by the id of the call. Returns how to stop. */
export function onCall(listener: (id: string) => void): () => void {
  bells.add(listener)
  return () => bells.delete(listener)
}
const callOut = (id: string): void => { for (const listener of bells) listener(id) }

function invalidator(queries: QueryClient) {
  const waiting = new Set<string>()
  const timers = new Map<number, ReturnType<typeof setTimeout>>()
  const flush = (nouns: readonly string[]) => {
    for (const noun of nouns) waiting.delete(noun)
    void queries.invalidateQueries({ predicate: (query) => nouns.includes(String(query.queryKey[0])) })
  }
  const later = (ms: number, nouns: () => readonly string[]) => {
    if (!timers.has(ms)) timers.set(ms, setTimeout(() => { timers.delete(ms); flush(nouns()) }, ms))
  }
  return (event: LiveEvent) => {
    for (const [start, nouns] of stale) if (event.name.startsWith(start)) for (const noun of nouns) waiting.add(noun)
    later(gatherMs, () => [...waiting])
    // Figures fold many events; they are read again at most every two seconds.
    later(figuresMs, () => figures)
  }
}

/**
 * Keeps this browser's tabs up to date over one stream: the tab that holds the lock listens, the others hear it from that tab.
 * Every tab knows the last cursor, so whoever listens next goes on exactly there. Returns how to stop.
 */
export function startLive(queries: QueryClient): () => void {
  const stop = new AbortController()
  const tabs = new BroadcastChannel('stoa.live')
  const invalidate = invalidator(queries)
  let cursor = ''
  const heard = (id: string, event: LiveEvent) => {
    cursor = id
    invalidate(event)
    for (const listener of listeners) listener(event)
  }
  tabs.onmessage = (message: MessageEvent<{ id: string; event: LiveEvent | null } | { presence: LivePresence } | { call: string }>) => {
    if ('call' in message.data) return callOut(message.data.call)
    if ('presence' in message.data) return tellNear(message.data.presence)
    if (message.data.event) heard(message.data.id, message.data.event)
    else cursor ||= message.data.id
  }
  const tell = (id: string, event: LiveEvent | null) => {
    if (event) heard(id, event)
    else if (cursor === '') {
      cursor = id
      // What was read before the stream stood may be older than its start.
      void queries.invalidateQueries({ predicate: (query) => query.state.dataUpdatedAt > 0 })
    }
    tabs.postMessage({ id, event })
  }
  const share = (presence: LivePresence) => { tellNear(presence); tabs.postMessage({ presence }) }
  const called = (call: string) => { callOut(call); tabs.postMessage({ call }) }
  const lead = () => listenUntil(stop.signal, () => cursor, { tell, share, called })
  navigator.locks.request('stoa.live', { signal: stop.signal }, lead).catch(() => undefined)
  stop.signal.addEventListener('abort', () => tabs.close())
  return () => stop.abort()
}

/** Listens, and comes back after every break, waiting a little longer each time. */
interface Telling { readonly tell: (id: string, event: LiveEvent | null) => void; readonly share: (presence: LivePresence) => void; readonly called: (id: string) => void }
async function listenUntil(signal: AbortSignal, cursor: () => string, telling: Telling) {
  let wait = 500
  while (!signal.aborted) {
    const stood = await listen(signal, cursor(), telling)
    wait = stood ? 500 : Math.min(longestWaitMs, wait * 2)
    await pause(wait * (0.75 + Math.random() / 2), signal)
  }
}

const pause = (ms: number, signal: AbortSignal) => new Promise<void>((resolve) => {
  const timer = setTimeout(resolve, ms)
  signal.addEventListener('abort', () => { clearTimeout(timer); resolve() }, { once: true })
  window.addEventListener('online', () => { clearTimeout(timer); resolve() }, { once: true })
})

/** One connection, until it breaks; true if it stood. */
function listen(signal: AbortSignal, cursor: string, { tell, share, called }: Telling): Promise<boolean> {
  return new Promise((resolve) => {
    const source = new EventSource(`/api/v1/live${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`)
    let stood = false
    const end = () => { source.close(); resolve(stood) }
    source.addEventListener('hello', (message) => {
      stood = true
      const said = JSON.parse(message.data as string) as { cursor: string }
      tell(said.cursor, null)
    })
    source.addEventListener('change', (message) => tell(message.lastEventId, JSON.parse(message.data as string) as LiveEvent))
    source.addEventListener('presence', (message) => share(JSON.parse(message.data as string) as LivePresence))
    source.addEventListener('call', (message) => called((JSON.parse(message.data as string) as { id: string }).id))
    source.onerror = end
    signal.addEventListener('abort', end, { once: true })
  })
}
