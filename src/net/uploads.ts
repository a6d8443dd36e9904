import type { Dispatcher } from 'undici'

/** What goes out slower than this is given up: bytes in a second. */
export const slowest = 64_000
/** So long so many bytes may take, in milliseconds. */
export const timeFor = (bytes: number, perSecond = slowest): number => Math.ceil(bytes / perSecond * 1000)
/** From this size on a body has a time of its own. */
export const large = 256 * 1024

const piece = 64 * 1024
// What the machine may hold of a body that it has taken from us and not sent yet, and how much of that goes before it takes more.
const held = 4 * 1024 * 1024
const step = 1.5 * 1024 * 1024

export interface Sending {
  readonly body: ReadableStream<Uint8Array>
  /** Aborts when nothing has moved for too long, or all of it takes too long. */
  readonly signal: AbortSignal
  readonly agent: Dispatcher
  /** The answer has begun: from here on the usual time holds. */
  answered(): void
}

export interface Pace { /** Nothing moves for longer. */ readonly stillMs: number; /** Bytes in a second, at least. */ readonly least: number }

/** A large body, handed over in pieces: it has the time its bytes need, while what stands still ends. */
export function sending(bytes: ArrayBuffer, { stillMs, least }: Pace, agent: Dispatcher): Sending {
  const control = new AbortController()
  const late = () => control.abort(new DOMException('Nothing moved for too long.', 'TimeoutError'))
  const atLast = stillMs + timeFor(Math.min(bytes.byteLength, held), least)
  let timer: ReturnType<typeof setTimeout> | undefined
  const wait = (ms: number) => { clearTimeout(timer); timer = setTimeout(late, ms).unref() }
  wait(stillMs)
  let at = 0
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const end = Math.min(at + piece, bytes.byteLength)
      controller.enqueue(new Uint8Array(bytes.slice(at, end)))
      at = end
      if (at < bytes.byteLength) return wait(stillMs + timeFor(step, least))
      controller.close()
      wait(atLast)
    },
    cancel: () => { clearTimeout(timer) },
  }, { highWaterMark: 0 })
  return {
    body, signal: AbortSignal.any([control.signal, AbortSignal.timeout(atLast + timeFor(bytes.byteLength, least))]),
    agent: agent.compose((dispatch) => (options, handler) => dispatch({ ...options, headersTimeout: atLast }, handler)),
    answered: () => wait(stillMs),
  }
}
