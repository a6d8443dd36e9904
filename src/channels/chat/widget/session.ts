import { after, nothingSaid, type Conversation, type Happening } from './conversation.ts'
import { listenOn, type LineState } from './line.ts'
import { catchingUp, sending } from './outbox.ts'
import type { ChatFile, Duty, Line, Saying, Standing } from './protocol.ts'
import type { Server } from './server.ts'
import type { Told } from './stream.ts'
import { tabsOf } from './tabs.ts'
import { visitorOf, type Lent } from './visitor.ts'

type News = { readonly did: Happening } | { readonly token: string } | { readonly duty: Told }

export interface Session {
  now(): Conversation
  line(): LineState
  /** Nobody has gone on writing for a while. */
  fade(): void
  changed(listener: () => void): void
  /** Somebody to show the history of: a returning visitor, or one the page vouches for. */
  begin(): Promise<void>
  say(text: string, files: readonly ChatFile[]): Promise<void>
  again(clientId: string): void
  drop(clientId: string): void
  keepFile(file: File, given: { readonly signal: AbortSignal; readonly progress: (part: number) => void }): Promise<ChatFile>
  writing(): void
  seen(): void
  email(address: string): Promise<void>
  rate(score: number, text: string): Promise<void>
}

const newId = (): string => (crypto.randomUUID ? crypto.randomUUID() : '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) =>
  (Number(digit) ^ (crypto.getRandomValues(new Uint8Array(1))[0]! & (15 >> (Number(digit) / 4)))).toString(16)))

/** The visitor's side of one chat: what is known, and what goes out. */
export function sessionOf(lent: Lent & { /** Who is there has changed. */ duty(duty: Duty): void }): Session {
  const { server, keep } = lent
  const duty = ({ data }: Told): void => lent.duty(parsed<Duty>(data))
  const listeners: (() => void)[] = []
  let [now, line]: [Conversation, LineState] = [nothingSaid, 'idle']
  let leading = false
  let token = keep.token()
  const show = (): void => { for (const listener of listeners) listener() }
  const take = (did: Happening): void => {
    const was = now
    now = after(was, did)
    for (const { clientId } of was.unsent) if (!now.unsent.some((one) => one.clientId === clientId)) keep.confirmed(clientId)
    if (now !== was) show()
    if (now.behind && token) void catchUp()
  }
  const tabs = tabsOf<News>(`stoa.chat.${lent.key}`, (news) => {
    if ('did' in news) return take(news.did)
    if ('duty' in news) return duty(news.duty)
    token = news.token
    if (leading) listen.start()
  })
  const happen = (did: Happening | undefined): void => { if (did) { take(did); tabs.tell({ did }) } }

  const visitor = visitorOf(lent, {
    token: () => token,
    take: (given) => { token = given; tabs.tell({ token: given }); if (leading) listen.start() },
    forget: () => { token = null; listen.stop(); happen({ kind: 'begun-anew' }) },
  })
  const listen = listenOn({
    server, token: () => token, cursor: () => now.cursor, forgotten: visitor.renew,
    tell: (told) => { if (told.event === 'duty') { duty(told); tabs.tell({ duty: told }) } else happen(happeningOf(told, now.cursor)) },
    changed: (state) => { line = state; show(); if (state === 'open') void send() },
  })
  const [{ catchUp }, { send }] = [catchingUp(() => now, visitor.as, { server, take }), sending(() => now, visitor.write, { server, keep, happen })]
  onWaking({ nudge: () => { listen.nudge(); void send() }, show, looked: () => { if (token && now.cursor > 0) void catchUp() } })
  const lead = (): void => tabs.lead(async (signal) => {
    for (const saying of keep.unsent()) take({ kind: 'said', saying })
    leading = true
    listen.start()
    void send()
    await new Promise<void>((done) => signal.addEventListener('abort', () => { leading = false; listen.stop(); done() }))
  })
  return {
    now: () => now, line: () => (line === 'lost' || !navigator.onLine ? 'lost' : line),
    fade: () => take({ kind: 'fell-silent', now: Date.now() }),
    changed: (listener) => { listeners.push(listener) },
    begin: async () => {
      for (const saying of keep.unsent()) take({ kind: 'said', saying })
      await visitor.introduce().catch(() => undefined)
      if (token) await catchUp()
      lead()
    },
    say: async (text, files) => {
      const saying = sayingOf(text, files)
      keep.keepUnsent(saying)
      happen({ kind: 'said', saying })
      await send()
    },
    ...acts({ token: () => token, now: () => now, happen, send: () => void send() }, visitor, server),
  }
}

const sayingOf = (text: string, files: readonly ChatFile[]): Saying => ({ clientId: newId(), text, files, at: new Date().toISOString(), page: location.href })

interface Mine { token(): string | null; now(): Conversation; happen(did: Happening): void; send(): void }
/** What the visitor does besides saying something. */
function acts(mine: Mine, visitor: ReturnType<typeof visitorOf>, server: Server): Pick<Session, 'again' | 'drop' | 'keepFile' | 'writing' | 'seen' | 'email' | 'rate'> {
  let writtenAt = 0
  let seenSeq = 0
  return {
    again: (clientId) => { mine.happen({ kind: 'again', clientId }); mine.send() },
    drop: (clientId) => mine.happen({ kind: 'dropped', clientId }),
    keepFile: (file, given) => visitor.write((token) => server.keep(token, { file, ...given })),
    writing: () => {
      const token = mine.token()
      if (!token || mine.now().lines.length === 0 || Date.now() - writtenAt < 4000) return
      writtenAt = Date.now()
      void server.typing(token).catch(() => undefined)
    },
    seen: () => {
      const [token, now] = [mine.token(), mine.now()]
      const seq = now.lines.findLast((one) => one.from === 'team')?.seq ?? 0
      if (!token || seq <= now.readByVisitor || seq === seenSeq) return
      seenSeq = seq
      void server.read(token, seq).then(() => mine.happen({ kind: 'read', by: 'visitor', seq }), () => { seenSeq = 0 })
    },
    email: async (address) => {
      const kept = await visitor.write((token) => server.email(token, address))
      const { standing } = mine.now()
      if (standing) mine.happen({ kind: 'standing', standing: { ...standing, email: kept.email || null } })
    },
    rate: async (score, text) => {
      const { state } = await visitor.as((token) => server.rate(token, { score, ...(text ? { text } : {}) }))
      mine.happen({ kind: 'standing', standing: state })
    },
  }
}

/** The computer or the network woke, or somebody looks again. */
function onWaking({ nudge, show, looked }: Readonly<Record<'nudge' | 'show' | 'looked', () => void>>): void {
  addEventListener('online', () => { nudge(); show() })
  addEventListener('offline', show)
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') { nudge(); looked() } })
}

const parsed = <T>(data: string): T => JSON.parse(data) as T
function happeningOf({ event, data }: Told, cursor: number): Happening | undefined {
  switch (event) {
    case 'hello': return { kind: 'standing', standing: parsed<{ state: Standing }>(data).state }
    case 'state': return { kind: 'standing', standing: parsed<Standing>(data) }
    case 'line': return { kind: 'lines', after: cursor, lines: [parsed<Line>(data)] }
    case 'read': return { kind: 'read', by: 'team', seq: parsed<{ seq: number }>(data).seq }
    case 'typing': return { kind: 'typing', name: parsed<{ name: string }>(data).name, until: Date.now() + 6000 }
  }
}
