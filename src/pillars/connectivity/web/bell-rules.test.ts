import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calls, isQuiet, minuteOf } from './bell-rules.ts'

describe('quiet hours', () => {
  test.each([[1320, 420, 1380, true], [1320, 420, 60, true], [1320, 420, 420, false], [1320, 420, 720, false], [540, 1020, 600, true], [540, 1020, 1020, false], [null, 420, 60, false], [60, 60, 60, false]])(
    'from %s to %s at minute %s: %s', (from, to, minute, quiet) => { expect(isQuiet(minute, from, to)).toBe(quiet) })
  test('and the hours the other way round share no minute and leave none out', () => {
    const minute = fc.integer({ min: 0, max: 1439 })
    fc.assert(fc.property(minute, minute, minute, (at, from, to) => { fc.pre(from !== to); expect(isQuiet(at, from, to)).toBe(!isQuiet(at, to, from)) }))
  })
  test('are read from the clock of the zone', () => { expect(minuteOf(new Date('2026-07-01T21:30:00Z'), 'Europe/Athens')).toBe(30) })
})

describe('what calls a member', () => {
  const about = { me: 'm', assigneeId: null }
  const heard = { name: 'message.received', data: { imported: false, asked: true } }
  test('is a word from outside in what is theirs, or in anything if they want it so', () => {
    expect(calls(heard, { calls: 'mine' }, about)).toBeUndefined()
    expect(calls(heard, { calls: 'mine' }, { ...about, assigneeId: 'm' })).toBe('message')
    expect(calls(heard, { calls: 'all' }, about)).toBe('message')
    expect(calls({ ...heard, data: { imported: true } }, { calls: 'all' }, about)).toBeUndefined()
  })
  test('is a mention or a conversation given to them by somebody else, never their own act', () => {
    expect(calls({ name: 'note.written', memberId: 'e', data: { mentions: ['m'] } }, { calls: 'mine' }, about)).toBe('mention')
    expect(calls({ name: 'conversation.assigned', memberId: 'e', data: { to: 'm' } }, { calls: 'mine' }, about)).toBe('given')
    expect(calls({ name: 'conversation.assigned', memberId: 'm', data: { to: 'm' } }, { calls: 'all' }, about)).toBeUndefined()
    expect(calls({ name: 'note.written', memberId: 'e', data: { mentions: ['m'] } }, { calls: 'none' }, about)).toBeUndefined()
  })
})
