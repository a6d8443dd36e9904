import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context } from 'hono'

/** What is said, once written for however many hear it: as it is, and as a chunk of HTTP/1.1. */
export interface Said { readonly plain: Buffer; readonly chunk: Buffer }
/** One stream of server-sent events that somebody has open. */
export interface Line {
  readonly gone: boolean
  say(said: Said): void
  /** Once there is room for more: to be waited for by whoever has much to say at once. */
  room(): Promise<void>
  /** Calls back once, when nobody hears any more. */
  onGone(listener: () => void): void
  close(): void
}

// Whoever takes in so much less than is said begins anew from where they were.
const mostWaiting = 1024 * 1024
const said = (text: string): Said => {
  const plain = Buffer.from(text)
  return { plain, chunk: Buffer.concat([Buffer.from(`${plain.length.toString(16)}\r\n`), plain, Buffer.from('\r\n')]) }
}

export interface Words { readonly event: string; readonly data: string; readonly id?: string; readonly retry?: number }
/** `data` is one line, as JSON is. */
const written = ({ event, data, id, retry }: Words): string =>
  `event: ${event}\ndata: ${data}\n${id === undefined ? '' : `id: ${id}\n`}${retry === undefined ? '' : `retry: ${retry}\n`}\n`
export const saying = (...all: readonly Words[]): Said => said(all.map(written).join(''))
/** Says nothing and shows that the line holds. */
export const stillHere = said(': still here\n\n')
export const stillHereEvery = 20_000

/**
 * Straight onto the socket, past the response and the streams around it: they cost each viewer more memory than all the
 * rest, and each event more time.
 */
class SocketLine implements Line {
  readonly #out: ServerResponse
  readonly #socket: Socket
  constructor(out: ServerResponse, socket: Socket) { this.#out = out; this.#socket = socket }
  get gone(): boolean { return this.#socket.destroyed || this.#out.writableEnded }
  say({ plain, chunk }: Said): void {
    if (this.gone) return
    // Whoever speaks HTTP/1.0, as some proxies do, is told without chunks.
    this.#socket.write(this.#out.chunkedEncoding ? chunk : plain)
    if (this.#socket.writableLength > mostWaiting) this.#socket.destroy()
  }
  async room(): Promise<void> {
    if (!this.gone && this.#socket.writableNeedDrain) await new Promise<void>((done) => { this.#socket.once('drain', done).once('close', done) })
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
      say: ({ plain }) => { if (!gone) stream.enqueue(new Uint8Array(plain)) },
      room: () => Promise.resolve(),
      onGone: (listener) => { if (gone) listener(); else listeners.push(listener) },
      close: () => { if (!gone) { leave(); stream.close() } },
    },
  }
}

const kept = { 'content-type': 'text/event-stream', 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' }

/** What was asked has been answered: nobody reads it again, however long the line stays open. */
function lighten(asked: IncomingMessage): void {
  asked.headers = {}
  asked.rawHeaders.length = 0
}

/** Answers with a stream, under the headers the request was given so far. */
export function openLine(c: Context): { readonly line: Line; readonly response: Response } {
  const out = (c.env as { readonly outgoing?: ServerResponse } | undefined)?.outgoing
  if (!out?.socket || c.req.raw.method === 'HEAD') {
    const { line, body } = streamLine()
    if (out) line.close()
    return { line, response: c.body(body, 200, kept) }
  }
  out.writeHead(200, Object.fromEntries(c.body(null, 200, kept).headers))
  out.flushHeaders()
  lighten(out.req)
  return { line: new SocketLine(out, out.socket), response: RESPONSE_ALREADY_SENT.clone() }
}
