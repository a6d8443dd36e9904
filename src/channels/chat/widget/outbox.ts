import { nextToSend, type Conversation, type Happening } from './conversation.ts'
import type { Keep } from './keep.ts'
import { patience } from './line.ts'
import type { Saying, Transcript } from './protocol.ts'
import { Refused, type Server } from './server.ts'
import type { As } from './visitor.ts'

/** Reads what stands after the cursor, page by page; several who ask at once read once. */
export function catchingUp(now: () => Conversation, as: As, { server, take }: { readonly server: Server; readonly take: (did: Happening) => void }) {
  let reading: Promise<void> | undefined
  const all = async (): Promise<void> => {
    for (let page: Transcript | undefined; page?.more !== false;) {
      const place = now().cursor
      page = await as((token) => server.transcript(token, place))
      take({ kind: 'lines', after: place, lines: page.lines })
      take({ kind: 'standing', standing: page.state })
      if (page.lines.length === 0) return
    }
  }
  return { catchUp: (): Promise<void> => (reading ??= all().catch(() => undefined).finally(() => { reading = undefined })) }
}

/** Sends what was said, one at a time and in order, until each is confirmed or refused for good. */
export function sending(now: () => Conversation, as: As, { server, keep, happen }: { readonly server: Server; readonly keep: Keep; readonly happen: (did: Happening) => void }) {
  let busy = false
  let wake = (): void => {}
  const one = async (saying: Saying, tries: number): Promise<number> => {
    try {
      happen({ kind: 'sent', line: await as((token) => server.say(token, saying)) })
      return 0
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      if (error.passing) return error.again ?? patience(tries, Math.random())
      keep.confirmed(saying.clientId)
      happen({ kind: 'refused', clientId: saying.clientId, because: error.message })
      return 0
    }
  }
  const send = async (): Promise<void> => {
    if (busy) return wake()
    busy = true
    let tries = 0
    try {
      for (let next = nextToSend(now()); next; next = nextToSend(now())) {
        const wait = await one(next, tries)
        tries = wait > 0 ? tries + 1 : 0
        if (wait > 0) await new Promise<void>((done) => { const timer = setTimeout(done, wait); wake = () => { clearTimeout(timer); done() } })
      }
    } finally { busy = false }
  }
  return { send }
}
