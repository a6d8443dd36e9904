import type { Ctx } from '#kit/channel.ts'
import type { Settings } from './settings.ts'
import { Notification } from './wire.ts'

/** Where a server streams from, as it says itself (`wss://…` or `https://…`); nothing when it does not. */
export function streamingAt(given: string | undefined): string | undefined {
  const address = (given ?? '').replace(/^ws/, 'http')
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol) ? new URL(address).origin : undefined
}

/**
 * Notifications as they happen, for as long as one guarded exchange may last: some seconds. It ends without a word,
 * for what it missed is pulled the next time. `refused`: the server offers no such thing after all.
 */
export async function* streamed(settings: Settings & { readonly streaming: string }, ctx: Ctx): AsyncGenerator<Notification | 'refused'> {
  const response = await ctx.fetch(new URL('/api/v1/streaming/user/notification', settings.streaming), {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${settings.token}` }, signal: ctx.signal,
  }).catch(() => undefined)
  if (!response) return
  if (!response.ok || !response.body || !/^text\/event-stream\b/.test(response.headers.get('content-type') ?? '')) {
    await response.body?.cancel()
    if (response.status !== 429 && response.status < 500) yield 'refused'
    return
  }
  for await (const { event, data } of eventsIn(response.body)) {
    const read = event === 'notification' ? Notification.safeParse(parsed(data)) : undefined
    if (read?.success) yield read.data
  }
}

function parsed(text: string): unknown { try { return JSON.parse(text) } catch { return undefined } }

interface Happening { readonly event: string; readonly data: string }
const longest = 1_000_000

async function* eventsIn(body: ReadableStream<Uint8Array>): AsyncGenerator<Happening> {
  const reader = body.pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>).getReader()
  let rest = ''
  try {
    for (;;) {
      // The end of the exchange, in time or by force, is the end of the stream.
      const { value } = await reader.read().catch(() => ({ value: undefined }))
      if (value === undefined || rest.length > longest) return
      const blocks = (rest + value).replace(/\r\n?/g, '\n').split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) yield happeningIn(block)
    }
  } finally { await reader.cancel().catch(() => undefined) }
}

function happeningIn(block: string): Happening {
  const field = (name: string) => block.split('\n').filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).replace(/^ /, '')).join('\n')
  return { event: field('event'), data: field('data') }
}
