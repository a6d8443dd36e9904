// Fifty messages a second, half of them from visitors to the team and half back, each timed from sending until it is read on
// the other side; then the same through a restart of the server, after which each must have come there exactly once.
import { setTimeout as sleep } from 'node:timers/promises'
import { eventsAt, sitDown, type Visitor } from '../test/chat/visitor.ts'
import { openStoa } from './open.ts'
import { percentile } from './percentile.ts'
import { report } from './run.mjs'

const [visitors, perSecond, calm, stormy] = [50, 50, 30, 25]
const site = 'https://fournos.example'
const stoa = await openStoa('own', { STOA_TRUSTED_HOPS: '1' })
const leaving = new AbortController()
const figures = { resent: 0, reconnects: -1 }

/** When each was sent, and when it was read on the other side; how often it came there. */
interface Way { readonly sent: Map<string, number>; readonly read: Map<string, number>; readonly times: Map<string, number> }
const way = (): Way => ({ sent: new Map(), read: new Map(), times: new Map() })
const [toTeam, toVisitor] = [way(), way()]
const came = ({ read, times }: Way, text: string, at: number): void => { if (!read.has(text)) read.set(text, at); times.set(text, (times.get(text) ?? 0) + 1) }

interface Detail { readonly messages: readonly { readonly id: string; readonly text: string }[] }
/** The member at the inbox: hears that something was said, and reads the conversation it was said in. */
async function watchInbox(): Promise<void> {
  let cursor = ''
  const read = async (conversationId: string, messageId: string): Promise<void> => {
    for (;;) {
      const detail = await stoa.ask<Detail>('GET', `conversations/${conversationId}`).catch(() => undefined)
      const message = detail?.messages.find((one) => one.id === messageId)
      if (message) return came(toTeam, message.text, performance.now())
      if (leaving.signal.aborted) return
      await sleep(30)
    }
  }
  while (!leaving.signal.aborted) {
    try {
      for await (const { event, data, id } of eventsAt(`${stoa.origin}/api/v1/live`, { headers: { cookie: stoa.cookie, ...(cursor ? { 'last-event-id': cursor } : {}) }, gone: leaving.signal })) {
        if (event === 'hello') { cursor ||= (JSON.parse(data) as { cursor: string }).cursor; continue }
        if (event !== 'change') continue
        cursor = id
        const change = JSON.parse(data) as { name: string; conversationId?: string; data: { messageId?: string } }
        if (change.name === 'message.received') void read(change.conversationId!, change.data.messageId!)
      }
    } catch { /* it broke: it opens again where it was */ }
    figures.reconnects++
    await sleep(30)
  }
}

async function answer(conversationId: string, text: string): Promise<void> {
  for (;;) {
    const said = await fetch(`${stoa.origin}/api/v1/conversations/${conversationId}/answer`, {
      method: 'POST', headers: { cookie: stoa.cookie, 'content-type': 'application/json' }, body: JSON.stringify({ text, seen: null, reasons: {} }),
    }).catch(() => undefined)
    if (said?.status === 201 || said?.status === 409) return
    if (said && said.status < 500) throw new Error(await said.text())
    figures.resent++
    await sleep(40)
  }
}

interface Talk { readonly visitor: Visitor; readonly name: string; conversationId: string }
let count = 0
/** For so long somebody says something at every turn: a visitor, then the member to another, and so on through all talks. */
async function speak(talks: readonly Talk[], seconds: number): Promise<string[]> {
  const said: Promise<void>[] = []
  const texts: string[] = []
  const begin = performance.now()
  for (let turn = 0; turn < seconds * perSecond; turn++) {
    await sleep(Math.max(0, begin + turn * 1000 / perSecond - performance.now()))
    const talk = talks[Math.floor(turn / 2) % talks.length]!
    const isVisitor = turn % 2 === 0
    const text = isVisitor ? `${talk.name} ρωτά το ${count++}` : `Ελένη προς ${talk.name}, το ${count++}`
    texts.push(text)
    ;(isVisitor ? toTeam : toVisitor).sent.set(text, performance.now())
    said.push(isVisitor ? talk.visitor.write(text) : answer(talk.conversationId, text))
  }
  await Promise.all(said)
  return texts
}

async function settled(): Promise<void> {
  const missing = (): boolean => { noteSeen(); return [toTeam, toVisitor].some(({ sent, read }) => [...sent.keys()].some((text) => !read.has(text))) }
  for (let patience = 300; patience > 0 && missing(); patience--) await sleep(100)
}
const seen = new Map<Visitor, number>()
let talks: Talk[] = []
/** What the windows have shown since the last look; their own words come back to them too. */
function noteSeen(): void {
  for (const { visitor } of talks) {
    for (const { text, at } of visitor.seen.slice(seen.get(visitor) ?? 0)) if (text.startsWith('Ελένη')) came(toVisitor, text, at)
    seen.set(visitor, visitor.seen.length)
  }
}

const waits = ({ sent, read }: Way, texts: ReadonlySet<string>): number[] => [...sent].filter(([text]) => texts.has(text)).map(([text, at]) => (read.get(text) ?? Infinity) - at).toSorted((a, b) => a - b)
const rounded = (ms: number): number => Math.round(ms * 10) / 10
try {
  const { id: chat } = await stoa.ask<{ id: string }>('POST', 'accounts', { channel: 'chat', settings: { name: 'Φούρνος της Ελένης', sites: site } })
  void watchInbox()
  talks = await Promise.all(Array.from({ length: visitors }, async (_, nth): Promise<Talk> => {
    const name = `Επισκέπτης ${String(nth).padStart(2, '0')}`
    const visitor = await sitDown({ chat: `${stoa.origin}/chat/${chat}`, site, from: `198.51.100.${nth + 1}` }, name)
    await visitor.write(`${name} αρχή`)
    return { visitor, name, conversationId: '' }
  }))
  for (const talk of talks) {
    const { items } = await stoa.ask<{ items: readonly { id: string }[] }>('GET', `conversations?view=all&q=${encodeURIComponent(`"${talk.name} αρχή"`)}`)
    talk.conversationId = items[0]!.id
  }
  await speak(talks, 5)
  await settled()
  const calmly = new Set(await speak(talks, calm))
  await settled()
  const speaking = speak(talks, stormy)
  await sleep(8_000)
  const down = performance.now()
  await stoa.restart()
  const away = performance.now() - down
  const stormily = new Set(await speaking)
  await settled()
  await sleep(2_000)
  noteSeen()
  const [visiting, answering] = [waits(toTeam, calmly), waits(toVisitor, calmly)]
  const all = [...visiting, ...answering].toSorted((a, b) => a - b)
  const through = [...waits(toTeam, stormily), ...waits(toVisitor, stormily)]
  const lost = [toTeam, toVisitor].reduce((sum, { sent, read }) => sum + [...sent.keys()].filter((text) => !read.has(text)).length, 0)
  const transcripts = await Promise.all(talks.map(({ visitor }) => visitor.transcript()))
  const stands = transcripts.flat().map(({ text }) => text)
  const twice = [toTeam, toVisitor].reduce((sum, { times }) => sum + [...times.values()].filter((often) => often > 1).length, 0) + stands.length - new Set(stands).size
  report({
    name: 'chat',
    figures: {
      'messages a second': perSecond, messages: calmly.size + stormily.size, 'to the other side, p99, ms': rounded(percentile(all, 0.99)), 'to the other side, p50, ms': rounded(percentile(all, 0.5)),
      'visitor to member, p99, ms': rounded(percentile(visiting, 0.99)), 'member to visitor, p99, ms': rounded(percentile(answering, 0.99)), 'to the other side, longest, ms': rounded(all.at(-1)!),
      'restarts': 1, 'away for the restart, ms': Math.round(away), 'longest wait through it, ms': Math.round(Math.max(...through)), 'sent again': figures.resent + talks.reduce((sum, { visitor }) => sum + visitor.figures.resent, 0),
      'windows opened again': figures.reconnects + talks.reduce((sum, { visitor }) => sum + visitor.figures.reconnects, 0), lost, twice,
    },
    targets: { 'to the other side, p99, ms': { max: 250 }, restarts: { min: 1 }, lost: { max: 0 }, twice: { max: 0 } },
  })
  for (const { visitor } of talks) visitor.leave()
  leaving.abort()
} finally { await stoa.close() }
process.exit()
