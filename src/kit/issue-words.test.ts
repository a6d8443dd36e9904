import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { issueWords, type Issue } from './issue-words.ts'

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
    [z.string().regex(/^\d+$/), 'x', 'is not in the form expected here', 'δεν έχει τη μορφή που περιμένουμε εδώ'],
  ] as const)('%#', (schema, value, en, el) => { expect(wordsFor(schema, value)).toEqual({ en, el }) })
})
