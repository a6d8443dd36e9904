import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '#kit/id.ts'

export interface Line { readonly seq: number; readonly from: 'visitor' | 'team'; readonly clientId: string | null; readonly text: string; readonly author: { readonly name: string } | null }
/** `from`: the visitor's address, where a trusted proxy tells it. */
export interface Place { readonly chat: string; readonly site: string; readonly from?: string }

/** Somebody on the site, as the widget is for them: what is not yet acknowledged is sent again, and the stream goes on where it broke off. */
export interface Visitor {
  readonly token: string; readonly name: string
  /** What was acknowledged, in the order of writing: the visitor's own id of it and its words. */
  readonly written: Map<string, string>
  /** What the window got, in the order in which it came. */
  readonly seen: { readonly seq: number; readonly text: string; readonly at: number }[]
  readonly figures: { resent: number; reconnects: number; doubled: number; missed: number }
  write(text: string): Promise<void>
  transcript(): Promise<Line[]>
  leave(): void
}

async function until<T>(work: () => Promise<T>, { gone, failed }: { readonly gone: AbortSignal; readonly failed?: () => void }): Promise<T> {
  for (;;) {
    gone.throwIfAborted()
    try { return await work() } catch { failed?.(); await sleep(40) }
  }
}

interface Asked { readonly token?: string; readonly body?: unknown }
const at = ({ site, from }: Place): Record<string, string> => ({ origin: site, ...(from ? { 'x-forwarded-for': from } : {}) })
async function ask<T>(place: Place, path: string, { token, body }: Asked): Promise<T> {
  const response = await fetch(`${place.chat}/${path}`, {
    method: body === undefined ? 'GET' : 'POST', signal: AbortSignal.timeout(5_000),
    headers: { ...at(place), connection: 'close', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(token ? { authorization: `Bearer ${token}` } : {}) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return await response.json() as T
}

export async function* eventsAt(url: string, { headers, gone }: { readonly headers: Readonly<Record<string, string>>; readonly gone: AbortSignal }): AsyncGenerator<{ event: string; data: string; id: string }> {
  const response = await fetch(url, { headers, signal: gone })
  if (!response.ok) throw new Error(`stream: ${response.status}`)
  let rest = ''
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + chunk).split('\n\n')
    rest = parts.pop()!
    for (const part of parts) {
      const field = (name: string): string => part.split('\n').find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? ''
      if (field('event')) yield { event: field('event'), data: field('data'), id: field('id') }
    }
  }
}

/** Keeps the window open through whatever happens to the server. */
async function watch(place: Place, visitor: Pick<Visitor, 'token' | 'seen' | 'figures'>, gone: AbortSignal): Promise<void> {
  for (let cursor = 0; !gone.aborted;) {
    try {
      for await (const { event, data } of eventsAt(`${place.chat}/stream?cursor=${cursor}`, { headers: { ...at(place), authorization: `Bearer ${visitor.token}` }, gone })) {
        if (event !== 'line') continue
        const { seq, text } = JSON.parse(data) as Line
        if (seq <= cursor) visitor.figures.doubled++
        if (seq > cursor + 1) visitor.figures.missed++
        visitor.seen.push({ seq, text, at: performance.now() })
        cursor = seq
      }
    } catch { /* it broke: the window opens again where it was */ }
    visitor.figures.reconnects++
    await sleep(30)
  }
}

export async function sitDown(place: Place, name: string): Promise<Visitor> {
  const leaving = new AbortController()
  const gone = leaving.signal
  const { token } = await until(() => ask<{ token: string }>(place, 'visitors', { body: {} }), { gone })
  const visitor = { token, name, written: new Map<string, string>(), seen: [], figures: { resent: 0, reconnects: -1, doubled: 0, missed: 0 } }
  void watch(place, visitor, gone)
  return {
    ...visitor,
    write: async (text) => {
      const clientId = newId()
      await until(() => ask(place, 'messages', { token, body: { clientId, text } }), { gone, failed: () => { visitor.figures.resent++ } })
      visitor.written.set(clientId, text)
    },
    transcript: async () => {
      const all: Line[] = []
      for (let more = true; more;) {
        const page = await until(() => ask<{ lines: Line[]; more: boolean }>(place, `transcript?cursor=${all.at(-1)?.seq ?? 0}&limit=50`, { token }), { gone })
        all.push(...page.lines)
        ;({ more } = page)
      }
      return all
    },
    leave: () => leaving.abort(),
  }
}
