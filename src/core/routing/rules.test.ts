import { describe, expect, test } from 'vitest'
import { chooseMember, firstWays, targetFor, ways, type Answerer, type Heard } from './rules.ts'

const member = (memberId: string, more: Partial<Answerer> = {}): Answerer => ({ memberId, name: memberId, langs: ['el'], topics: [], load: 0, lastGiven: null, ...more })
const eleni = member('Ελένη', { langs: ['el', 'en'], topics: ['προζύμι'] })
const maria = member('Μαρία', { topics: ['παραγγελίες', 'τιμές'] })
const nikos = member('Νίκος')
const heard = (text: string, more: Partial<Heard> = {}): Heard => ({ text, lang: 'el', tags: [], from: 'Κώστας', before: null, ...more })
const all = [eleni, maria, nikos]

describe('whose conversation it is', () => {
  test.each([
    ['who answered the person before, whatever it is about', all, heard('Και οι τιμές;', { before: 'Νίκος' }), firstWays, 'Νίκος', 'known'],
    ['whose subject it is, in any form of the word', all, heard('Πώς κάνω μια παραγγελία;'), firstWays, 'Μαρία', 'topic'],
    ['whose subject it carries as a tag', all, heard('Καλημέρα!', { tags: ['προζύμι'] }), firstWays, 'Ελένη', 'topic'],
    ['who alone speaks the language', all, heard('Do you open on Sundays?', { lang: 'en' }), firstWays, 'Ελένη', 'language'],
    ['who has the fewest waiting', [member('Μαρία', { load: 3 }), member('Νίκος', { load: 1 })], heard('Καλημέρα!'), ways, 'Νίκος', 'load'],
    ['whose turn it is where all have as much to do', [member('Μαρία', { lastGiven: 20 }), member('Νίκος', { lastGiven: 10 })], heard('Καλημέρα!'), ways, 'Νίκος', 'turn'],
    ['who was never given one', [member('Μαρία', { lastGiven: 20 }), member('Νίκος')], heard('Καλημέρα!'), ['turn'], 'Νίκος', 'turn'],
    ['only one who speaks the language, though another’s turn is sooner', [member('Ελένη', { langs: ['en'], lastGiven: 20 }), member('Νίκος')], heard('Hello!', { lang: 'en' }), ['turn'], 'Ελένη', 'turn'],
  ] as const)('is that of %s', (_, team, said, tried, memberId, because) => { expect(chooseMember(team, said, tried)).toMatchObject({ memberId, because }) })
  test.each([
    ['what is anybody’s', all, heard('Καλημέρα!'), firstWays], ['one person alone', [nikos], heard('Καλημέρα!'), firstWays], ['a team that is not there', [], heard('Καλημέρα!'), ways],
    ['one whose answerer has left', [eleni, maria], heard('Γεια σας', { before: 'Γιώργος' }), firstWays], ['one for which no way is set', all, heard('Παραγγελία', { before: 'Νίκος' }), []],
    ['one that nobody here can read, though turns are taken', [maria, nikos], heard('Hello!', { lang: 'en' }), ['turn', 'load']],
  ] as const)('is nobody’s: %s', (_, team, said, tried) => { expect(chooseMember(team, said, tried)).toBeUndefined() })
  test('is said in a sentence that names the person', () => {
    expect(chooseMember(all, heard('Γεια', { before: 'Μαρία' }), firstWays)?.says).toEqual({ en: 'To Μαρία: last answered Κώστας before.', el: 'Στο μέλος Μαρία: έχει ξαναπαντήσει σε αυτό το πρόσωπο (Κώστας).' })
  })
  test('turns go round: of nine, each of three gets three', () => {
    let team = [member('a'), member('b'), member('c')]
    const given: string[] = []
    for (let n = 1; n <= 9; n++) {
      const { memberId } = chooseMember(team, heard('Καλημέρα!'), ['turn'])!
      given.push(memberId)
      team = team.map((one) => (one.memberId === memberId ? { ...one, lastGiven: n } : one))
    }
    expect(given.join('')).toBe('abcabcabc')
  })
})

test('the target that names most of a conversation holds', () => {
  const target = (channel: string, priority: string, first: number) => ({ channel, priority, first, next: first })
  const targets = [target('', '', 480), target('', 'urgent', 30), target('chat', '', 5), target('chat', 'low', 60)]
  const of = (channel: string, priority: string) => targetFor(targets, { channel, priority })?.first
  expect([of('porch', 'normal'), of('porch', 'urgent'), of('chat', 'urgent'), of('chat', 'low')]).toEqual([480, 30, 5, 60])
  expect(targetFor([target('chat', '', 5)], { channel: 'porch', priority: 'normal' })).toBeUndefined()
})
