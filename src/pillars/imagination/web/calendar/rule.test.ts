import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readRule } from '#core/schedule/rrule.ts'
import { formFor, formOf, freqs, nthOf, ruleOf, shiftedRule, shiftedStart, type RuleForm } from './rule.ts'

const tuesday = '2026-11-24'

test('what the form says is the rule that is kept', () => {
  const form = formFor(tuesday)
  expect(ruleOf(form, tuesday)).toBe('FREQ=WEEKLY;BYDAY=TU')
  expect(ruleOf({ ...form, interval: 2, weekdays: [5, 1] }, tuesday)).toBe('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR')
  expect(ruleOf({ ...form, freq: 'MONTHLY' }, tuesday)).toBe('FREQ=MONTHLY;BYMONTHDAY=24')
  expect(ruleOf({ ...form, freq: 'MONTHLY', monthly: 'weekday', ends: 'times', count: 6 }, tuesday)).toBe('FREQ=MONTHLY;BYDAY=4TU;COUNT=6')
  expect(ruleOf({ ...form, freq: 'DAILY', ends: 'until', until: '2026-12-24' }, tuesday)).toBe('FREQ=DAILY;UNTIL=20261224T235900')
})

test('the fifth of its weekdays is called the last', () => {
  expect([nthOf('2026-11-03'), nthOf('2026-11-24'), nthOf('2026-12-29')]).toEqual(['first', 'fourth', 'last'])
  expect(ruleOf({ ...formFor('2026-12-29'), freq: 'MONTHLY', monthly: 'weekday' }, '2026-12-29')).toBe('FREQ=MONTHLY;BYDAY=-1TU')
})

const forms: fc.Arbitrary<RuleForm> = fc.record({
  freq: fc.constantFrom(...freqs), interval: fc.integer({ min: 1, max: 12 }), weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), monthly: fc.constantFrom('date' as const, 'weekday' as const),
  ends: fc.constantFrom('never' as const, 'until' as const, 'times' as const), until: fc.constant('2027-03-01'), count: fc.integer({ min: 1, max: 60 }),
})
test('the server reads every rule the form can write, and the form reads it back', () => {
  fc.assert(fc.property(forms, fc.integer({ min: 1, max: 28 }), (form, date) => {
    const day = `2026-11-${String(date).padStart(2, '0')}`
    const rule = ruleOf(form, day)
    expect(readRule(rule, 'Europe/Athens')).toMatchObject({ freq: form.freq, interval: form.interval })
    expect(ruleOf(formOf(rule, day)!, day)).toBe(rule)
  }))
})
test('a rule that says more than the form is left as it is', () => {
  expect(formOf('FREQ=MONTHLY;BYDAY=MO,TU,WE;BYSETPOS=-1', tuesday)).toBeUndefined()
  expect(formOf('FREQ=YEARLY;BYMONTH=3;BYDAY=SU', tuesday)).toBeUndefined()
  expect(formOf('FREQ=WEEKLY', tuesday)).toMatchObject({ freq: 'WEEKLY', weekdays: [2] })
})

test('moving one of a series moves its weekdays with it, over the end of the week as well', () => {
  expect(shiftedRule('FREQ=WEEKLY;BYDAY=TU,FR', '2026-11-24T09:30', '2026-11-26T09:30')).toBe('FREQ=WEEKLY;BYDAY=TH,SU')
  expect(shiftedRule('FREQ=WEEKLY;BYDAY=MO', '2026-11-23T09:30', '2026-11-22T09:30')).toBe('FREQ=WEEKLY;BYDAY=SU')
  expect(shiftedRule('FREQ=MONTHLY;BYMONTHDAY=24', '2026-11-24T09:30', '2026-11-26T10:00')).toBe('FREQ=MONTHLY;BYMONTHDAY=26')
  expect(shiftedRule('FREQ=DAILY', '2026-11-24T09:30', '2026-11-24T10:00')).toBe('FREQ=DAILY')
  expect(shiftedRule('FREQ=MONTHLY;BYDAY=2TU', '2026-11-10T09:30', '2026-11-11T09:30')).toBeUndefined()
  expect(shiftedRule('FREQ=MONTHLY;BYMONTHDAY=27', '2026-11-27T09:30', '2026-11-30T09:30')).toBeUndefined()
  expect(shiftedStart('2026-09-01T09:30', '2026-11-24T09:30', '2026-11-25T08:00')).toBe('2026-09-02T08:00')
})
