import fc from 'fast-check'
import { expect, test } from 'vitest'
import { after, lastRead, nextToSend, nothingSaid, unseen, type Conversation, type Happening } from './conversation.ts'
import type { Line, Saying, Standing } from './protocol.ts'

const id = (n: number): string => `018f0000-0000-4000-8000-${String(n).padStart(12, '0')}`
const sayingOf = (n: number): Saying => ({ clientId: id(n), text: `Έχετε σίκαλη; ${n}`, files: [], at: '2026-10-20T09:00:00.000Z', page: 'https://fournos.example/' })
const lineOf = (seq: number, clientId: string | null): Line => ({
  seq, id: `line-${seq}`, from: clientId ? 'visitor' : 'team', clientId, text: String(seq), html: null, lang: 'el', at: '2026-10-20T09:00:00.000Z', author: clientId ? null : { name: 'Μαρία', picture: null }, files: [],
})
const standing = (more: Partial<Standing> = {}): Standing => ({ lines: 0, readByTeam: 0, readByVisitor: 0, email: null, verified: false, name: null, canRate: false, rated: null, ...more })
const through = (happenings: readonly Happening[], from: Conversation = nothingSaid): Conversation => happenings.reduce(after, from)

/** What the server has in the end: some lines are what the visitor said, the others answers. Numbers may skip, as numbers of a log do. */
const transcript = fc.array(fc.record({ mine: fc.boolean(), skip: fc.integer({ min: 1, max: 3 }) }), { minLength: 1, maxLength: 25 }).map((made) => {
  let [seq, said] = [0, 0]
  return made.map(({ mine, skip }) => lineOf(seq += skip, mine ? id(said++) : null))
})
type Delivery = (lines: readonly Line[]) => Happening | undefined
const delivery: fc.Arbitrary<Delivery> = fc.oneof(
  // A part of the log, as the stream or another tab tells it.
  fc.tuple(fc.nat(24), fc.integer({ min: 1, max: 6 })).map(([from, length]): Delivery => (lines) => {
    const part = lines.slice(from, from + length)
    return part.length ? { kind: 'lines', after: lines[from - 1]?.seq ?? 0, lines: part } : undefined
  }),
  // The answer to a message, which may overtake what stands before it.
  fc.nat(24).map((at): Delivery => (lines) => (lines[at]?.clientId ? { kind: 'sent', line: lines[at] } : undefined)),
  fc.nat(24).map((at): Delivery => () => ({ kind: 'said', saying: sayingOf(at) })),
  fc.nat(24).map((at): Delivery => () => ({ kind: 'refused', clientId: id(at), because: 'empty_message' })),
  fc.nat(60).map((seq): Delivery => () => ({ kind: 'read', by: 'team', seq })),
)

/** Asks for what is missing until nothing is, as the session does. */
function caughtUp(now: Conversation, lines: readonly Line[]): Conversation {
  const page = lines.filter((line) => line.seq > now.cursor).slice(0, 4)
  return page.length === 0 ? now : caughtUp(after(now, { kind: 'lines', after: now.cursor, lines: page }), lines)
}

test('whatever is reordered, doubled or lost, after catching up the transcript is the server’s, each line once', () => {
  fc.assert(fc.property(transcript, fc.array(delivery, { maxLength: 60 }), (lines, deliveries) => {
    const now = through(deliveries.map((make) => make(lines)).filter((one) => one !== undefined))
    expect(now.lines.map((line) => line.seq)).toEqual([...new Set(now.lines.map((line) => line.seq))].toSorted((one, other) => one - other))
    // The cursor never passes a line that has not arrived.
    expect(lines.filter((line) => line.seq <= now.cursor && !now.lines.some((one) => one.seq === line.seq))).toEqual([])
    const end = caughtUp(now, lines)
    expect(end.lines).toEqual(lines)
    expect(end.behind).toBe(false)
    const confirmed = new Set(lines.map((line) => line.clientId))
    expect(end.unsent.filter((one) => confirmed.has(one.clientId))).toEqual([])
  }))
})

test('what the visitor said is on the screen once at any moment, waiting or confirmed, and nothing said is forgotten', () => {
  fc.assert(fc.property(transcript, fc.array(delivery, { maxLength: 60 }), (lines, deliveries) => {
    const said = new Set<string>()
    let now = nothingSaid
    for (const did of deliveries.map((make) => make(lines)).filter((one) => one !== undefined)) {
      now = after(now, did)
      if (did.kind === 'said') said.add(did.saying.clientId)
      const shown = [...now.lines.map((line) => line.clientId), ...now.unsent.map((one) => one.clientId)].filter((one) => one !== null)
      expect(new Set(shown).size).toBe(shown.length)
      for (const one of said) expect(shown).toContain(one)
    }
  }))
})

test('a network that loses every other answer still ends with all that was said, once and in order', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 12 }), fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }), (count, lost) => {
    const server: Line[] = []
    // The server takes a message by its client id: the second time it answers with the line it has.
    const send = (saying: Saying): Line => {
      const known = server.find((line) => line.clientId === saying.clientId)
      if (known) return known
      server.push(lineOf(server.length + 1, saying.clientId))
      return server.at(-1)!
    }
    let now = through(Array.from({ length: count }, (_, n) => ({ kind: 'said', saying: sayingOf(n) })))
    let tries = 0
    for (let next = nextToSend(now); next; next = nextToSend(now)) {
      const line = send(next)
      if (!lost[tries++ % 60] || tries > 200) now = after(now, { kind: 'sent', line })
    }
    expect(server.map((line) => line.clientId)).toEqual(Array.from({ length: count }, (_, n) => id(n)))
    expect(now.lines).toEqual(server)
    expect(now.unsent).toEqual([])
  }))
})

test('lines beyond a gap are shown and say that something is missing', () => {
  const lines = [1, 2, 3].map((seq) => lineOf(seq, null))
  const now = after(nothingSaid, { kind: 'lines', after: 2, lines: [lines[2]!] })
  expect(now).toMatchObject({ behind: true, cursor: 0 })
  expect(caughtUp(now, lines)).toMatchObject({ behind: false, cursor: 3 })
})

test('read marks only move forward, and what is unseen are answers', () => {
  const now = through([
    { kind: 'lines', after: 0, lines: [lineOf(1, id(1)), lineOf(2, null), lineOf(3, id(2)), lineOf(4, null)] },
    { kind: 'read', by: 'team', seq: 1 }, { kind: 'standing', standing: standing({ readByTeam: 0, readByVisitor: 2 }) },
  ])
  expect(lastRead(now)).toBe(1)
  expect(unseen(now)).toBe(1)
  expect(unseen(after(now, { kind: 'read', by: 'visitor', seq: 4 }))).toBe(0)
})

test('a refused message waits for the visitor and holds up nothing behind it', () => {
  const now = through([{ kind: 'said', saying: sayingOf(1) }, { kind: 'said', saying: sayingOf(2) }, { kind: 'refused', clientId: id(1), because: 'Πολύ μεγάλο.' }])
  expect(nextToSend(now)?.clientId).toBe(id(2))
  expect(nextToSend(after(now, { kind: 'again', clientId: id(1) }))?.clientId).toBe(id(1))
  expect(after(now, { kind: 'dropped', clientId: id(1) }).unsent.map((one) => one.clientId)).toEqual([id(2)])
})

test('somebody who writes falls silent when the time is over or the answer is there', () => {
  const now = after(nothingSaid, { kind: 'typing', name: 'Μαρία', until: 6_000 })
  expect(after(now, { kind: 'fell-silent', now: 5_999 }).typing).not.toBeNull()
  expect(after(now, { kind: 'fell-silent', now: 6_000 }).typing).toBeNull()
  expect(after(now, { kind: 'lines', after: 0, lines: [lineOf(1, null)] }).typing).toBeNull()
})

test('a visitor the server does not know any more begins anew and keeps what was not sent', () => {
  const now = through([{ kind: 'lines', after: 0, lines: [lineOf(1, null)] }, { kind: 'said', saying: sayingOf(1) }, { kind: 'begun-anew' }])
  expect(now.lines).toEqual([])
  expect(now.cursor).toBe(0)
  expect(now.unsent.map((one) => one.clientId)).toEqual([id(1)])
})
