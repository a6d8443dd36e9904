import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { patternOf, repeatsOf, signsOf, without, type Traced } from './signs.ts'

const none = repeatsOf([])
const giorgos: Traced = {
  names: ['Γιώργος Παπαδόπουλος'], emails: ['giorgos@example.gr'],
  identities: [{ remoteId: 'https://mastodon.social/users/giorgos', handle: '@giorgos@mastodon.social', url: 'https://mastodon.social/@giorgos', picture: 'https://files.mastodon.social/a/1.png' }],
}

describe('by what a person is known again', () => {
  test('wherever it stands: address, handle, page, and a full name nobody else has', () => {
    expect(signsOf(giorgos, new Set()).everywhere).toEqual(expect.arrayContaining(['giorgos@example.gr', '@giorgos@mastodon.social', 'https://mastodon.social/@giorgos', 'https://mastodon.social/users/giorgos', 'Γιώργος Παπαδόπουλος']))
    expect(signsOf(giorgos, new Set(['γιωργοσ παπαδοπουλοσ'])).everywhere).not.toContain('Γιώργος Παπαδόπουλος')
  })
  test('near by only: a first name, a nick, a site', () => {
    const maria: Traced = { names: ['Μαρία'], emails: [null], identities: [{ remoteId: 'maria', handle: 'maria', url: 'https://patra.gr/', picture: null }] }
    expect(signsOf(maria, new Set())).toEqual({ everywhere: [], near: expect.arrayContaining(['Μαρία', 'maria', 'https://patra.gr/']) })
  })
})

describe('a text of ours without them', () => {
  const signs = signsOf(giorgos, new Set())
  test.each([
    ['Γεια σου, Γιώργο!', 'Γεια σου, […]!'], ['ΓΙΩΡΓΟΣ ΠΑΠΑΔΟΠΟΥΛΟΣ', '[…]'], ['Γιωργος παπαδοπουλος, καλημέρα', '[…], καλημέρα'],
    ['@giorgos@mastodon.social Ναι, έχουμε.', '[…] Ναι, έχουμε.'], ['Σας γράψαμε στο Giorgos@Example.gr.', 'Σας γράψαμε στο […].'],
    ['Δείτε https://mastodon.social/@giorgos/1135 και πείτε', 'Δείτε […] και πείτε'], ['Η Γιωργία και ο Γιωργής έρχονται', 'Η Γιωργία και ο Γιωργής έρχονται'],
    ['notgiorgos@example.gr.com', 'notgiorgos@example.gr.com'],
  ])('%s', (text, left) => expect(without(text, signs, none)).toBe(left))
  test('and without their words where we said them again', () => {
    const theirs = repeatsOf(['Βρήκα μια πέτρα στο ψωμί που αγόρασα την Τρίτη.', 'Ντροπή!'])
    expect(without('Λυπόμαστε. Μας γράψατε «βρήκα μια πέτρα στο ψωμί» και έχετε δίκιο: αλλάζουμε μύλο.', signs, theirs)).toBe('Λυπόμαστε. Μας γράψατε «[…]» και έχετε δίκιο: αλλάζουμε μύλο.')
    expect(without('> Ντροπή!\nΈχετε δίκιο.', signs, theirs)).toBe('> […]\nΈχετε δίκιο.')
    expect(without('Το ψωμί είναι φρέσκο κάθε μέρα.', signs, theirs)).toBe('Το ψωμί είναι φρέσκο κάθε μέρα.')
  })
  test('whatever the sign, it is gone and the rest of the text stays', () => {
    fc.assert(fc.property(fc.string({ minLength: 4, maxLength: 20 }).filter((sign) => /^[\p{L}\p{N}].*[\p{L}\p{N}]$/u.test(sign) && !/[\r\n]/.test(sign)), (sign) => {
      const signs_ = { everywhere: [sign], near: [] }
      expect(without(`( ${sign} )`, signs_, none)).toBe('( […] )')
      expect(() => new RegExp(patternOf(sign, true).replaceAll(/\[\[:alnum:\][_@]*\]/g, '[a-z]'))).not.toThrow()
    }))
  })
})
