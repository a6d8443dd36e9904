import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Trouble } from '#kit/channel.ts'
import { decide, isLate, keyHolds, lateAfter, mayCancel, patience, type Decision, type Facts, type Happening, type Idempotency, type Standing } from './rules.ts'
import { allStates, deadlineOf, ended, mayMove, states, type State } from './states.ts'

const now = new Date('2026-10-20T12:00:00Z')
const ago = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000)
const classes = ['keyed', 'keyed-ttl', 'two-phase', 'content-refusal', 'read-back', 'blind'] as const
const day = 24 * 60
const row = (over: Partial<Standing> = {}): Standing => ({
  state: 'claimed', because: null, dueAt: ago(1), late: null, spoken: false, part: 0, attempts: 0, approvals: 0, looks: 0, firstTriedAt: null, unsureSince: null, ...over,
})
const facts = (idempotency: Idempotency, over: Partial<Facts> = {}): Facts =>
  ({ idempotency, ...(idempotency === 'keyed-ttl' ? { keyHours: 1 } : {}), account: 'connected', paused: false, parentOut: true, ...over })
const sent = (minutes: number, over: Partial<Standing> = {}): Standing => row({ state: 'sending', attempts: 1, firstTriedAt: ago(minutes), dueAt: ago(minutes), ...over })
const unsure = (minutes: number, over: Partial<Standing> = {}): Standing => sent(minutes, { state: 'unknown', unsureSince: ago(minutes), ...over })
/** A decision in one word: what is done, or where it rests, with the reason if there is one. */
const said = (decision: Decision): string => (decision.do === 'rest' ? `${decision.to}${decision.because ? `: ${decision.because}` : ''}` : decision.do)
const deciding = (standing: Standing, happening: Happening, given: Facts): string => said(decide(standing, happening, { facts: given, now }))
const troubles = {
  refused: { kind: 'refused', because: 'too long' }, expired: { kind: 'expired' }, paced: { kind: 'paced', retryAt: new Date(now.getTime() + 90_000) },
  unreached: { kind: 'unreached' }, stale: { kind: 'stale' }, unknown: { kind: 'unknown' },
} as const satisfies Record<Trouble['kind'], Trouble>

describe('what has come due', () => {
  test.each(classes)('leaves for a %s network', (one) => { expect(deciding(row(), { what: 'woken' }, facts(one))).toBe('send') })
  test.each([
    ['the account is gone', row(), facts('keyed', { account: 'gone' }), 'refused: account-removed'],
    ['the account is gone and a try may have arrived', unsure(5), facts('keyed', { account: 'gone' }), 'needs-person: account-removed'],
    ['the account lets nobody in', row(), facts('keyed', { account: 'login-needed' }), 'auth-needed: expired'],
    ['everything is paused', row(), facts('keyed', { paused: true }), 'scheduled: paused'],
    ['everything is paused, but a person has just said it', row({ spoken: true }), facts('keyed', { paused: true }), 'send'],
    ['everything is paused, but it is already in doubt', unsure(5), facts('keyed', { paused: true }), 'send'],
    ['the part before is not out', row({ part: 1 }), facts('keyed', { parentOut: false }), 'waiting'],
    ['the network asked for patience', row(), facts('keyed', { gate: { until: new Date(now.getTime() + 1), because: 'paced' } }), 'scheduled: paced'],
    ['the network’s patience is over', row(), facts('keyed', { gate: { until: now, because: 'paced' } }), 'send'],
    ['the network does not answer, and a try may have arrived', unsure(5), facts('keyed', { gate: { until: new Date(now.getTime() + 1), because: 'breaker' } }), 'unknown: breaker'],
    ['14 minutes late', row({ dueAt: ago(14) }), facts('keyed'), 'send'],
    ['16 minutes late', row({ dueAt: ago(16) }), facts('keyed'), 'needs-person: late'],
    ['16 minutes late, which its post does not mind', row({ dueAt: ago(16), late: { do: 'publish' } }), facts('keyed'), 'send'],
    ['16 minutes late, of 30 allowed', row({ dueAt: ago(16), late: { do: 'publish-within', minutes: 30 } }), facts('keyed'), 'send'],
    ['31 minutes late, of 30 allowed', row({ dueAt: ago(31), late: { do: 'publish-within', minutes: 30 } }), facts('keyed'), 'needs-person: late'],
    ['a day late, by a person’s word', row({ dueAt: ago(day), approvals: 1 }), facts('keyed'), 'send'],
    ['a day late, as an answer', row({ dueAt: ago(day), spoken: true }), facts('keyed'), 'send'],
    ['a day late, in the middle of a thread', row({ dueAt: ago(day), part: 2 }), facts('keyed'), 'send'],
    ['an hour late since its turn had not come', row({ dueAt: ago(60), because: 'paced' }), facts('keyed'), 'send'],
  ])('when %s', (_, standing, given, expected) => { expect(deciding(standing, { what: 'woken' }, given)).toBe(expected) })
})

describe('a try that ended without a receipt', () => {
  const table: Readonly<Record<Idempotency, Readonly<Record<'cut-off' | Trouble['kind'], string>>>> = {
    keyed: { refused: 'refused: too long', expired: 'auth-needed: expired', paced: 'retry-wait: paced', unreached: 'retry-wait', stale: 'retry-wait', unknown: 'unknown', 'cut-off': 'unknown' },
    'keyed-ttl': { refused: 'refused: too long', expired: 'auth-needed: expired', paced: 'retry-wait: paced', unreached: 'retry-wait', stale: 'retry-wait', unknown: 'unknown', 'cut-off': 'unknown' },
    'two-phase': { refused: 'refused: too long', expired: 'auth-needed: expired', paced: 'retry-wait: paced', unreached: 'retry-wait', stale: 'retry-wait', unknown: 'unknown', 'cut-off': 'unknown' },
    'content-refusal': { refused: 'refused: too long', expired: 'auth-needed: expired', paced: 'retry-wait: paced', unreached: 'retry-wait', stale: 'retry-wait', unknown: 'unknown', 'cut-off': 'unknown' },
    'read-back': { refused: 'refused: too long', expired: 'auth-needed: expired', paced: 'retry-wait: paced', unreached: 'retry-wait', stale: 'retry-wait', unknown: 'unknown', 'cut-off': 'unknown' },
    blind: { refused: 'refused: too long', expired: 'auth-needed: expired', paced: 'retry-wait: paced', unreached: 'retry-wait', stale: 'retry-wait', unknown: 'needs-person: outcome-unknown', 'cut-off': 'needs-person: outcome-unknown' },
  }
  for (const one of classes) {
    test.each(Object.entries(table[one]))(`on a ${one} network, %s: %s`, (what, expected) => {
      const happening: Happening = what === 'cut-off' ? { what } : { what: 'tried', trouble: troubles[what as Trouble['kind']] }
      expect(deciding(sent(1), happening, facts(one))).toBe(expected)
    })
  }
  const doubted: Readonly<Record<Exclude<Idempotency, 'blind'>, Readonly<Record<Trouble['kind'], string>>>> = {
    keyed: { refused: 'unknown', expired: 'auth-needed: expired', paced: 'unknown: paced', unreached: 'unknown', stale: 'unknown', unknown: 'unknown' },
    'keyed-ttl': { refused: 'look', expired: 'auth-needed: expired', paced: 'unknown: paced', unreached: 'unknown', stale: 'unknown', unknown: 'unknown' },
    'two-phase': { refused: 'unknown', expired: 'auth-needed: expired', paced: 'unknown: paced', unreached: 'unknown', stale: 'unknown', unknown: 'unknown' },
    'content-refusal': { refused: 'look', expired: 'auth-needed: expired', paced: 'unknown: paced', unreached: 'unknown', stale: 'unknown', unknown: 'unknown' },
    'read-back': { refused: 'look', expired: 'auth-needed: expired', paced: 'unknown: paced', unreached: 'unknown', stale: 'unknown', unknown: 'unknown' },
  }
  for (const [one, outcomes] of Object.entries(doubted)) {
    test.each(Object.entries(outcomes))(`on a ${one} network, with an earlier try in doubt, %s: %s`, (kind, expected) => {
      expect(deciding(sent(1, { unsureSince: ago(1) }), { what: 'tried', trouble: troubles[kind as Trouble['kind']] }, facts(one as Idempotency))).toBe(expected)
    })
  }
  test.each(['unreached', 'unknown', 'stale'] as const)('readying that met %s is done again', (kind) => {
    expect(deciding(row(), { what: 'hindered', trouble: troubles[kind] }, facts('two-phase'))).toBe('retry-wait')
  })
  test('what never left is asked about after two days', () => {
    expect(deciding(sent(3 * day), { what: 'tried', trouble: troubles.unreached }, facts('read-back'))).toBe('needs-person: unreached-for-days')
    expect(deciding(row({ dueAt: ago(3 * day) }), { what: 'hindered', trouble: troubles.unreached }, facts('two-phase'))).toBe('needs-person: unreached-for-days')
  })
  test('a commit that is refused each time, with an earlier try in doubt, comes to an end', () => {
    expect(deciding(sent(1, { unsureSince: ago(1), attempts: 11 }), { what: 'tried', trouble: troubles.refused }, facts('two-phase'))).toBe('unknown')
    expect(deciding(sent(1, { unsureSince: ago(1), attempts: 12 }), { what: 'tried', trouble: troubles.refused }, facts('two-phase'))).toBe('needs-person: outcome-unknown')
  })
  test('a disk that takes no intent holds it back', () => {
    expect(deciding(sent(1), { what: 'kept-back', because: 'journal' }, facts('blind'))).toBe('retry-wait: journal')
    expect(deciding(sent(1, { unsureSince: ago(1) }), { what: 'kept-back', because: 'journal' }, facts('keyed'))).toBe('unknown: journal')
  })
  test('what changes under it each time is asked about in the end', () => {
    expect(deciding(sent(1, { attempts: 8 }), { what: 'tried', trouble: troubles.stale }, facts('two-phase'))).toBe('needs-person: changing')
  })
})

describe('one whose outcome is not known, taken up', () => {
  test.each([
    ['keyed', 1, 'send'], ['keyed', day, 'send'], ['keyed', 3 * day, 'needs-person: outcome-unknown'],
    ['keyed-ttl', 1, 'send'], ['keyed-ttl', 44, 'send'], ['keyed-ttl', 46, 'look'], ['keyed-ttl', 3 * day, 'look'],
    ['two-phase', 1, 'look'], ['content-refusal', 1, 'look'], ['read-back', 1, 'look'], ['blind', 1, 'needs-person: outcome-unknown'],
  ] as const)('on a %s network after %i minutes: %s', (one, minutes, expected) => {
    expect(deciding(unsure(minutes), { what: 'woken' }, facts(one))).toBe(expected)
  })
  test.each([
    ['two-phase', 'absent', 0, 'send'], ['two-phase', 'unsure', 5, 'unknown'], ['keyed-ttl', 'absent', 0, 'unknown'], ['keyed-ttl', 'absent', 2, 'needs-person: outcome-unknown'],
    ['read-back', 'absent', 0, 'unknown'], ['read-back', 'absent', 1, 'unknown'], ['read-back', 'absent', 2, 'needs-person: outcome-unknown'], ['read-back', 'unsure', 2, 'unknown'],
    ['content-refusal', 'absent', 2, 'needs-person: outcome-unknown'], ['content-refusal', 'unsure', 9, 'unknown'],
  ] as const)('on a %s network, looked for and %s, after %i looks before: %s', (one, found, looks, expected) => {
    expect(deciding(unsure(1, { looks }), { what: 'looked', found }, facts(one))).toBe(expected)
  })
  test.each(classes.slice(1, 5))('on a %s network that will not be looked at, a person is asked in the end', (one) => {
    expect(deciding(unsure(3 * day), { what: 'looked', found: 'unsure' }, facts(one))).toBe('needs-person: outcome-unknown')
  })
})

describe('one that is held', () => {
  const held = row({ state: 'held', because: 'restored', unsureSince: ago(60), dueAt: ago(day) })
  test.each([['keyed', 'send'], ['keyed-ttl', 'look'], ['two-phase', 'look'], ['content-refusal', 'look'], ['read-back', 'look'], ['blind', 'held: restored']] as const)('for a %s network: %s', (one, expected) => {
    expect(deciding(held, { what: 'woken' }, facts(one))).toBe(expected)
  })
  test.each(classes)('stays held when a %s network does not show it', (one) => { expect(deciding(held, { what: 'looked', found: 'absent' }, facts(one))).toBe('held: restored') })
})

const instant = fc.integer({ min: -10 * day, max: 10 * day }).map(ago)
const anyRow: fc.Arbitrary<Standing> = fc.record({
  state: fc.constantFrom<State>('claimed', 'prepared', 'sending', 'unknown', 'held'), because: fc.constantFrom(null, 'paced', 'breaker', 'restored'), dueAt: instant,
  late: fc.constantFrom(null, { do: 'publish' as const }, { do: 'publish-within' as const, minutes: 90 }), spoken: fc.boolean(), part: fc.nat(4), attempts: fc.nat(50), approvals: fc.nat(3), looks: fc.nat(10),
  firstTriedAt: fc.option(instant, { nil: null }), unsureSince: fc.option(instant, { nil: null }),
}).map((one) => (one.state === 'unknown' || one.state === 'held' ? { ...one, unsureSince: one.unsureSince ?? ago(1) } : one))
const anyFacts = fc.record({ idempotency: fc.constantFrom(...classes), account: fc.constantFrom('connected' as const, 'login-needed' as const, 'gone' as const), paused: fc.boolean(), parentOut: fc.boolean() }).map((one) => facts(one.idempotency, one))
const anyTrouble: fc.Arbitrary<Trouble> = fc.oneof(fc.constantFrom<Trouble>(...Object.values(troubles)), fc.date({ noInvalidDate: false }).map((retryAt): Trouble => ({ kind: 'paced', retryAt })))
const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
  fc.constant<Happening>({ what: 'woken' }), fc.constant<Happening>({ what: 'cut-off' }), anyTrouble.map((trouble): Happening => ({ what: 'tried', trouble })),
  anyTrouble.map((trouble): Happening => ({ what: 'hindered', trouble })), fc.constantFrom('absent' as const, 'unsure' as const).map((found): Happening => ({ what: 'looked', found })), fc.constant<Happening>({ what: 'kept-back', because: 'journal' }),
)

describe('whatever happens', () => {
  test('nothing but a key of ours, within its time, or a draft that is seen not to be out, lets one in doubt be sent again unasked', () => {
    fc.assert(fc.property(anyRow, anyFacts, anyHappening, (standing, given, happening) => {
      const decision = decide(standing, happening, { facts: given, now })
      if (standing.unsureSince === null || decision.do !== 'send') return
      const seen = happening.what === 'looked' && happening.found === 'absent' && given.idempotency === 'two-phase'
      expect(seen || keyHolds(standing, given, now)).toBe(true)
      expect(['keyed', 'keyed-ttl', 'two-phase']).toContain(given.idempotency)
    }), { numRuns: 2000 })
  })
  test('one in doubt is never called refused', () => {
    fc.assert(fc.property(anyRow, anyFacts, anyHappening, (standing, given, happening) => {
      const decision = decide(standing, happening, { facts: given, now })
      if (standing.unsureSince !== null && decision.do === 'rest') expect(['refused', 'cancelled', 'scheduled', 'retry-wait', 'waiting']).not.toContain(decision.to)
    }), { numRuns: 2000 })
  })
  test('it rests only where it may go, and wakes by itself or waits for a person, a pause, or the part before', () => {
    fc.assert(fc.property(anyRow, anyFacts, anyHappening, (standing, given, happening) => {
      const from = happening.what === 'tried' || happening.what === 'cut-off' || happening.what === 'kept-back' ? 'sending' : happening.what === 'looked' && standing.state !== 'held' ? 'unknown' : standing.state
      fc.pre(!(happening.what === 'woken' && from === 'sending') && !(happening.what === 'looked' && standing.unsureSince === null) && !(happening.what === 'hindered' && from === 'sending'))
      fc.pre(from !== 'claimed' && from !== 'prepared' || standing.unsureSince === null)
      const decision = decide({ ...standing, state: from }, happening, { facts: given, now })
      if (decision.do !== 'rest') return
      expect(mayMove(from, decision.to), `${from} → ${decision.to}`).toBe(true)
      if (decision.until) expect(decision.until.getTime()).toBeGreaterThan(now.getTime())
      else expect(states[decision.to].owner === 'person' || ended(decision.to) || decision.because === 'paused' || decision.to === 'waiting').toBe(true)
    }), { numRuns: 3000 })
  })
  test('a network that asks for patience gets it, but neither for ever nor not at all', () => {
    fc.assert(fc.property(fc.date({ noInvalidDate: false }), fc.constantFrom(...classes), (retryAt, one) => {
      const decision = decide(sent(1), { what: 'tried', trouble: { kind: 'paced', retryAt } }, { facts: facts(one), now })
      expect(decision.do === 'rest' && decision.until !== null ? decision.until.getTime() - now.getTime() : 0).toSatisfy((wait: number) => wait >= 1000 && wait <= day * 60_000)
    }))
  })
})

describe('the states', () => {
  test.each(allStates.filter((state) => !ended(state)))('%s has somebody whose turn it is and a time at which somebody is told', (state) => {
    expect(['worker', 'network', 'person']).toContain(states[state].owner)
    expect(deadlineOf(state, { now, dueAt: now })!.getTime() - now.getTime()).toSatisfy((wait: number) => wait > 0 && wait <= patience)
  })
  test('from every state that is not an end, an end can be reached', () => {
    const reaches = (state: State, seen = new Set<State>()): boolean => ended(state) || (!seen.has(state) && allStates.some((next) => mayMove(state, next) && reaches(next, new Set([...seen, state]))))
    for (const state of allStates) expect(reaches(state), state).toBe(true)
  })
  test('nothing is taken back once it has begun to leave, or may have', () => {
    expect(allStates.filter((state) => mayCancel({ state, unsureSince: null }))).toEqual(['scheduled', 'waiting', 'claimed', 'prepared', 'retry-wait', 'held', 'needs-person', 'auth-needed'])
    expect(allStates.filter((state) => mayCancel({ state, unsureSince: now }))).toEqual([])
    expect(allStates.filter((state) => mayMove(state, 'confirmed') && mayCancel({ state, unsureSince: null }))).toEqual(['held', 'needs-person', 'auth-needed'])
  })
  test('late is more than a quarter of an hour, unless its post says otherwise', () => {
    const late = (ms: number, policy: Standing['late'] = null) => isLate({ dueAt: new Date(now.getTime() - ms), late: policy }, now)
    expect([late(lateAfter), late(lateAfter + 1), late(10 * lateAfter, { do: 'publish' })]).toEqual([false, true, false])
  })
})
