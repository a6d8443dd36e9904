import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { after, claimMs, glimpse, heldByAnother, holderOf, mayAnswer, nextMoment, tallyOf, type Said } from './rules.ts'

const moments = fc.array(fc.record({ from: fc.constantFrom('contact' as const, 'team' as const), asks: fc.boolean() }), { maxLength: 40 })
  .map((all): Said[] => all.map((one, place) => ({ from: one.from, asks: one.asks && one.from === 'contact', at: new Date(Date.UTC(2026, 4, 4, 9, place)) })))

describe('where a conversation stands', () => {
  test('somebody waits since the oldest thing put to us after our last word', () => {
    fc.assert(fc.property(moments, (all) => {
      const lastOurs = all.findLastIndex((one) => one.from === 'team')
      const open = all.slice(lastOurs + 1).find((one) => one.asks)
      expect(tallyOf(all).waitingSince).toEqual(open?.at ?? null)
    }))
  })
  test('turns are the places where the speaker changes', () => {
    fc.assert(fc.property(moments, (all) => {
      expect(tallyOf(all).turns).toBe(all.filter((one, place) => place > 0 && all[place - 1]!.from !== one.from).length)
      expect(tallyOf(all).messageCount).toBe(all.length)
    }))
  })
  test('it is the same told at once or one after another', () => {
    fc.assert(fc.property(moments, moments, (first, then) => { expect(then.reduce(after, tallyOf(first))).toEqual(tallyOf([...first, ...then])) }))
  })
  test('messages never share a moment, whatever the clock does', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 2 }), (clock) => {
      let last: Date | null = null
      for (const time of clock) {
        const next: Date = nextMoment(last, new Date(time))
        if (last !== null) expect(next.getTime()).toBeGreaterThan(last.getTime())
        last = next
      }
    }))
  })
})

describe('a claim', () => {
  const now = new Date('2026-05-04T09:00:00Z')
  test('keeps others out until it ends, and its holder never', () => {
    fc.assert(fc.property(fc.integer({ min: -2 * claimMs, max: 2 * claimMs }), (ahead) => {
      const claim = { claimedBy: 'maria', claimedUntil: new Date(now.getTime() + ahead) }
      expect(heldByAnother(claim, 'nikos', now)).toBe(ahead > 0 ? 'maria' : null)
      expect(heldByAnother(claim, 'maria', now)).toBeNull()
    }))
  })
  test('that nobody made holds nobody up', () => { expect(holderOf({ claimedBy: null, claimedUntil: null }, now)).toBeNull() })
})

describe('whether an answer can reach them', () => {
  const now = new Date('2026-05-04T09:00:00Z')
  const way = { kind: 'reply' as const, kinds: ['post', 'reply'] as const, account: 'connected' as const, hours: undefined, lastHeard: null }
  test('a channel that carries replies takes one', () => { expect(mayAnswer(way, now)).toEqual({ ok: true, until: null, byHand: false }) })
  test('what came from a file is answered where it was held', () => { expect(mayAnswer({ ...way, kinds: undefined }, now)).toEqual({ ok: false, because: 'history' }) })
  test('a private message needs a channel that carries those', () => { expect(mayAnswer({ ...way, kind: 'message' }, now)).toEqual({ ok: false, because: 'no-answers' }) })
  test('an account that was let go of says so', () => { expect(mayAnswer({ ...way, account: 'login-needed' }, now)).toEqual({ ok: false, because: 'login-needed' }) })
  test('what a network takes only from a person’s own hand is handed over to one, also when its account lets no program in', () => {
    const byHand = { ...way, kinds: ['post'] as const, byHand: ['reply'] as const }
    expect(mayAnswer({ ...byHand, account: 'login-needed' }, now)).toEqual({ ok: true, until: null, byHand: true })
    expect(mayAnswer({ ...byHand, account: 'removed' }, now)).toEqual({ ok: false, because: 'removed' })
  })
  test('a network that allows a day takes it within the day and not after', () => {
    const heard = (hoursAgo: number) => mayAnswer({ ...way, hours: 24, lastHeard: new Date(now.getTime() - hoursAgo * 3_600_000) }, now)
    expect(heard(23.9)).toEqual({ ok: true, until: new Date('2026-05-04T09:06:00Z'), byHand: false })
    expect(heard(24.1)).toEqual({ ok: false, because: 'too-late' })
  })
})

test('a glimpse is one line, never longer than asked, and never half a sign', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.integer({ min: 2, max: 60 }), (text, max) => {
    const seen = glimpse(text, max)
    expect(seen.length).toBeLessThanOrEqual(max)
    expect(seen).not.toContain('\n')
    expect(seen.isWellFormed()).toBe(true)
  }))
})
