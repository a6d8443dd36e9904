import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Trouble } from '#kit/channel.ts'
import { afterLook, isLate, nextStep, type Tried } from './rules.ts'

const now = new Date('2026-10-20T12:00:00Z')
const ago = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000)
const tried = (idempotency: Tried['idempotency'], firstTriedAt: Date = ago(1)): Tried => ({ idempotency, keyHours: 1, attempts: 1, firstTriedAt })
const classes = ['keyed', 'keyed-ttl', 'two-phase', 'content-refusal', 'read-back', 'blind'] as const
const day = 24 * 60

describe('after a try without a receipt', () => {
  test.each([
    ['keyed', ago(1), 'send-again'], ['keyed', ago(day), 'send-again'], ['keyed', ago(3 * day), 'ask-person'],
    ['keyed-ttl', ago(1), 'send-again'], ['keyed-ttl', ago(44), 'send-again'], ['keyed-ttl', ago(46), 'look'],
    ['two-phase', ago(1), 'look'], ['content-refusal', ago(1), 'look'], ['read-back', ago(1), 'look'], ['blind', ago(1), 'ask-person'],
  ] as const)('an unknown outcome on a %s network, first tried at %s, leads to %s', (idempotency, first, step) => {
    expect(nextStep({ kind: 'unknown' }, tried(idempotency, first), now).do).toBe(step)
  })
  test.each(classes)('a refusal by a %s network is final and keeps its reason', (idempotency) => {
    expect(nextStep({ kind: 'refused', because: 'too long' }, tried(idempotency), now)).toEqual({ do: 'refuse', because: 'too long' })
  })
  test.each(classes)('an expired access on a %s network waits for a person to connect again', (idempotency) => {
    expect(nextStep({ kind: 'expired' }, tried(idempotency), now)).toEqual({ do: 'reconnect' })
  })
  test.each(classes)('what never left for a %s network may be sent again, with patience that ends', (idempotency) => {
    expect(nextStep({ kind: 'unreached' }, tried(idempotency), now).do).toBe('send-again')
    expect(nextStep({ kind: 'unreached' }, tried(idempotency, ago(3 * day)), now)).toEqual({ do: 'ask-person', because: 'unreached-for-days' })
  })
  test('a network that asks for patience gets it, but neither for ever nor not at all', () => {
    fc.assert(fc.property(fc.date({ noInvalidDate: true }), fc.constantFrom(...classes), (retryAt, idempotency) => {
      const step = nextStep({ kind: 'paced', retryAt }, tried(idempotency), now)
      expect(step.do).toBe('send-again')
      if (step.do === 'send-again') expect(step.at.getTime() - now.getTime()).toSatisfy((wait: number) => wait >= 1000 && wait <= day * 60_000)
    }))
  })
  test('nothing but a key of ours ever lets an unknown one be sent again unasked', () => {
    const trouble: Trouble = { kind: 'unknown' }
    fc.assert(fc.property(fc.constantFrom(...classes), fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 1, max: 40 }), (idempotency, minutes, attempts) => {
      const step = nextStep(trouble, { ...tried(idempotency, ago(minutes)), attempts }, now)
      if (step.do === 'send-again') expect(['keyed', 'keyed-ttl']).toContain(idempotency)
    }))
  })
})

describe('after looking on the network', () => {
  test.each(classes)('what is found on a %s network is confirmed', (idempotency) => { expect(afterLook('found', tried(idempotency), now)).toBe('confirm') })
  test('only an invisible draft may be made again when nothing is found', () => {
    expect(classes.filter((idempotency) => { const step = afterLook('absent', tried(idempotency), now); return step !== 'confirm' && step.do === 'send-again' })).toEqual(['two-phase'])
  })
  test.each(classes)('when it cannot be seen on a %s network, a person is asked', (idempotency) => {
    expect(afterLook('unsure', tried(idempotency), now)).toEqual({ do: 'ask-person', because: 'outcome-unknown' })
  })
})

test('a post more than a quarter of an hour late asks before it goes out', () => {
  expect([isLate(ago(14), now), isLate(ago(16), now)]).toEqual([false, true])
})
