import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newId } from '#kit/id.ts'
import { lookAfter, verdictOf } from './read-back.ts'

const at = new Date('2026-11-23T09:00:00Z')

test('what is out is looked for between half a minute and two minutes later, at a time of its own', () => {
  const waits = Array.from({ length: 200 }, () => lookAfter(newId(), at).getTime() - at.getTime())
  const keys = fc.uuid({ version: 4 })
  fc.assert(fc.property(keys, (key) => { const wait = lookAfter(key, at).getTime() - at.getTime(); return wait >= 30_000 && wait <= 120_000 }))
  expect(waits.every((wait) => wait >= 30_000 && wait <= 120_000)).toBe(true)
})
test('one that is missing once is looked for once more, and then a person is told', () => {
  expect(verdictOf({ readBacks: 0, confirmedAt: at }, { found: 'there' }, at)).toEqual({ is: 'seen' })
  expect(verdictOf({ readBacks: 0, confirmedAt: at }, { found: 'absent' }, at)).toEqual({ is: 'again', at: new Date(at.getTime() + 300_000) })
  expect(verdictOf({ readBacks: 1, confirmedAt: at }, { found: 'absent' }, at)).toEqual({ is: 'not-seen' })
})
test('a network that does not tell is asked for a day at most, and never before it lets us', () => {
  const until = new Date(at.getTime() + 3_600_000)
  expect(verdictOf({ readBacks: 0, confirmedAt: at }, { found: 'unsure', notBefore: until }, at)).toEqual({ is: 'again', at: until })
  expect(verdictOf({ readBacks: 1, confirmedAt: new Date(at.getTime() - 25 * 3_600_000) }, { found: 'unsure' }, at)).toEqual({ is: 'nothing' })
})
