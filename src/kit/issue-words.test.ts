import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { innermost, issueWords, type Issue } from './issue-words.ts'
import { refusalOf } from './http.ts'
import { said } from './text.ts'

const wordsFor = (schema: z.ZodType, value: unknown) => issueWords(schema.safeParse(value).error!.issues[0] as unknown as Issue)

describe('what is wrong with a field is said in the reader’s language', () => {
  test.each([
    [z.string().min(1), '', 'must not be empty', 'δεν μπορεί να μείνει κενό'],
    [z.string().min(8), 'ψωμί', 'needs at least 8 characters', 'θέλει τουλάχιστον 8 χαρακτήρες'],
    [z.string().max(3), 'ψωμί', 'takes at most 3 characters', 'δέχεται το πολύ 3 χαρακτήρες'],
    [z.array(z.string()).max(1), ['α', 'β'], 'takes at most 1 items', 'δέχεται το πολύ 1 στοιχεία'],
    [z.number().max(5), 6, 'must be at most 5', 'πρέπει να είναι το πολύ 5'],
    [z.number().min(5), 4, 'must be at least 5', 'πρέπει να είναι τουλάχιστον 5'],
    [z.string(), undefined, 'is missing', 'λείπει'],
    [z.string(), 4, 'must be text', 'πρέπει να είναι κείμενο'],
    [z.email(), 'ελένη', 'must be an e-mail address', 'πρέπει να είναι διεύθυνση e-mail'],
    [z.enum(['give', 'ask']), 'sell', 'must be one of: give, ask', 'πρέπει να είναι ένα από: give, ask'],
    [said(9), ' ', 'must not be empty', 'δεν μπορεί να μείνει κενό'],
    [z.discriminatedUnion('do', [z.strictObject({ do: z.literal('ask') }), z.strictObject({ do: z.literal('publish') })]), { do: 'wait' }, 'must be one of: ask, publish', 'πρέπει να είναι ένα από: ask, publish'],
    [z.string().regex(/^\d+$/), 'x', 'is not in the form expected here', 'δεν έχει τη μορφή που περιμένουμε εδώ'],
  ] as const)('%#', (schema, value, en, el) => { expect(wordsFor(schema, value)).toEqual({ en, el }) })
})

describe('where several shapes would do, the field is named that is wrong by the nearest of them', () => {
  const id = z.uuid()
  const wall = z.string().max(16)
  const move = z.union([
    z.strictObject({ items: z.array(id), by: z.strictObject({ days: z.number() }) }),
    z.strictObject({ items: z.array(id), to: z.union([z.strictObject({ wall, zone: z.string().refine((name) => name === 'Europe/Athens', 'zone_unknown') }), z.strictObject({ day: z.iso.date() })]) }),
  ])
  test.each([
    [move, { items: ['x'], by: { days: 1 } }, 'invalid_input', 'items.0'],
    [move, { items: [], by: { days: 'δύο' } }, 'invalid_input', 'by.days'],
    [move, { items: [], to: { wall: '2026-12-01T09:30', zone: 'Πάτρα' } }, 'zone_unknown', 'to.zone'],
    [move, { items: [], to: { day: 'αύριο' } }, 'invalid_input', 'to.day'],
    [move, { items: [], by: { days: 1 }, why: 'x' }, 'unknown_field', ''],
    [z.strictObject({ campaignId: z.union([z.literal('none'), id]) }), { campaignId: 'x' }, 'invalid_input', 'campaignId'],
    [z.strictObject({ late: z.discriminatedUnion('do', [z.strictObject({ do: z.literal('ask') })]) }), { late: { do: 'wait' } }, 'invalid_input', 'late.do'],
    [z.strictObject({ reasons: z.record(z.string().max(3), z.string()) }), { reasons: { 'too-long': 'x' } }, 'invalid_input', 'reasons.too-long'],
    [z.strictObject({ by: z.union([z.string(), z.number()]) }), { by: true }, 'invalid_input', 'by'],
  ] as const)('%#', (schema, value, code, field) => {
    const issues = schema.safeParse(value).error!.issues as unknown as Issue[]
    expect(refusalOf(issues)).toMatchObject({ code, field })
  })
  test('and in its own words', () => {
    const issue = z.strictObject({ campaignId: z.union([z.literal('none'), id]) }).safeParse({ campaignId: 'x' }).error!.issues[0] as unknown as Issue
    expect(issueWords(innermost(issue))).toEqual({ en: 'must be an identifier', el: 'πρέπει να είναι αναγνωριστικό' })
  })
})
