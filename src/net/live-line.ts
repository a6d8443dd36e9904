import type { ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context } from 'hono'

/** One stream of server-sent events that somebody has open. What is said twice or to many is best said as the same bytes. */
export interface Line {
  readonly gone: boolean
  say(bytes: Buffer): void
  /** Once there is room for more: to be waited for by whoever has much to say at once. */
  room(): Promise<void>
  /** Calls back once, when nobody hears any more. */
  onGone(listener: () => void): void
  close(): void
}

// Whoever takes in so much less than is said begins anew from where they were.
const mostWaiting = 1024 * 1024
const encoder = new TextEncoder()

export interface Words { readonly event: string; readonly data: string; readonly id?: string; readonly retry?: number }
/** `data` is one line, as JSON is. */
export const bytesOf = ({ event, data, id, retry }: Words): Buffer =>
  Buffer.from(`event: ${event}\ndata: ${data}\n${id === undefined ? '' : `id: ${id}\n`}${retry === undefined ? '' : `retry: ${retry}\n`}\n`)
/** Says nothing and shows that the line holds. */
export const stillHere = Buffer.from(': still here\n\n')
export const stillHereEvery = 20_000

/** Straight onto the socket: what stands between it and a web stream costs each viewer more memory than all the rest. */
class SocketLine implements Line {
  readonly #out: ServerResponse
  constructor(out: ServerResponse) { this.#out = out }
  get gone(): boolean { return this.#out.destroyed || this.#out.writableEnded }
  say(bytes: Buffer): void {
    if (this.gone) return
    this.#out.write(bytes)
    if (this.#out.writableLength > mostWaiting) this.#out.destroy()
  }
  async room(): Promise<void> {
    if (!this.gone && this.#out.writableNeedDrain) await new Promise<void>((done) => { this.#out.once('drain', done).once('close', done) })
  }
  onGone(listener: () => void): void { if (this.gone) listener(); else this.#out.once('close', listener) }
  close(): void { this.#out.end() }
}

/** The same where there is no socket: an application asked within its own process. */
function streamLine(): { readonly line: Line; readonly body: ReadableStream<Uint8Array> } {
  let gone = false
  let stream: ReadableStreamDefaultController<Uint8Array>
  const listeners: (() => void)[] = []
  const leave = (): void => { if (!gone) { gone = true; for (const listener of listeners) listener() } }
  const body = new ReadableStream<Uint8Array>({ start: (controller) => { stream = controller }, cancel: leave })
  return {
    body, line: {
      get gone() { return gone },
      say: (bytes) => { if (!gone) stream.enqueue(encoder.encode(bytes.toString())) },
      room: () => Promise.resolve(),
      onGone: (listener) => { if (gone) listener(); else listeners.push(listener) },
      close: () => { if (!gone) { leave(); stream.close() } },
    },
  }
}

const kept = { 'content-type': 'text/event-stream', 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' }

/** Answers with a stream, under the headers the request was given so far. */
export function openLine(c: Context): { readonly line: Line; readonly response: Response } {
  const out = (c.env as { readonly outgoing?: ServerResponse } | undefined)?.outgoing
  if (!out || c.req.raw.method === 'HEAD') {
    const { line, body } = streamLine()
    if (out) line.close()
    return { line, response: c.body(body, 200, kept) }
  }
  out.writeHead(200, Object.fromEntries(c.body(null, 200, kept).headers))
  out.flushHeaders()
  return { line: new SocketLine(out), response: RESPONSE_ALREADY_SENT.clone() }
}
