import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allowances, cursorOf, glimpse, holdFor, isSilent, levelOf, lightEnough, mayEdit, readCursor, tagsIn, type Level, type Participation, type Saying } from './rules.ts'

const now = new Date('2026-11-20T10:00:00Z')
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)
const person = (over: Partial<Participation> = {}): Participation => ({ joinedAt: daysAgo(0), days: 1, posts: 0, thanked: 0, accepted: 0, rulings: 0, ruledAt: null, ...over })
const regular = { joinedAt: daysAgo(20), days: 9, posts: 25, thanked: 6 }

describe('trust rises by taking part', () => {
  test.each<[string, Partial<Participation>, Level]>([
    ['somebody who has just come is new', {}, 0],
    ['a hundred posts in one evening earn nothing', { posts: 100, days: 1, joinedAt: daysAgo(1) }, 0],
    ['three posts over two days make somebody known', { joinedAt: daysAgo(1), days: 2, posts: 3 }, 1],
    ['coming by without a word does not', { joinedAt: daysAgo(300), days: 90, posts: 2 }, 0],
    ['many posts nobody thanked for are not trust', { ...regular, thanked: 0 }, 1],
    ['two accepted answers are worth six thanks', { ...regular, thanked: 0, accepted: 2 }, 2],
    ['thanks over weeks are trust', regular, 2],
    ['two weeks cannot be hurried', { ...regular, joinedAt: daysAgo(13) }, 1],
    ['a ruling sets back for a month', { ...regular, rulings: 1, ruledAt: daysAgo(29) }, 0],
    ['and no longer', { ...regular, rulings: 1, ruledAt: daysAgo(31) }, 2],
    ['rulings on every tenth post are too many', { ...regular, rulings: 3, ruledAt: daysAgo(90) }, 1],
  ])('%s', (_, over, level) => { expect(levelOf(person(over), now)).toBe(level) })
  test('who does more is never trusted less', () => {
    const some = fc.record({ days: fc.nat(40), posts: fc.nat(60), thanked: fc.nat(20), accepted: fc.nat(5) })
    fc.assert(fc.property(some, some, fc.nat(60), (one, more, here) => {
      const base = person({ ...one, joinedAt: daysAgo(here) })
      const later = person({ joinedAt: base.joinedAt, days: one.days + more.days, posts: one.posts + more.posts, thanked: one.thanked + more.thanked, accepted: one.accepted + more.accepted })
      expect(levelOf(later, now)).toBeGreaterThanOrEqual(levelOf(base, now))
    }))
  })
  test('each level may do more than the one before', () => {
    for (const [less, more] of [[0, 1], [1, 2]] as const) {
      for (const key of ['links', 'perHour', 'flagsPerDay', 'editMinutes'] as const) expect(allowances[more][key]).toBeGreaterThan(allowances[less][key])
    }
  })
})

describe('what a person looks at first', () => {
  const saying = (over: Partial<Saying> = {}): Saying => ({ text: 'Πόσο νερό θέλει το αλεύρι ζέας;', level: 0, posts: 0, trapped: false, repeated: false, firstPosts: 'shown', ...over })
  test.each<[string, Partial<Saying>, ReturnType<typeof holdFor>]>([
    ['an honest question stands at once', {}, undefined],
    ['the first one waits where the team asked for that', { firstPosts: 'held' }, 'first'],
    ['the second does not', { firstPosts: 'held', posts: 1 }, undefined],
    ['one address is fine', { text: 'Δείτε https://fournos.gr/sikali' }, undefined],
    ['two from somebody new are looked at', { text: 'https://a.example https://b.example' }, 'links'],
    ['six from somebody known are fine', { text: 'https://a.example '.repeat(6), level: 1 }, undefined],
    ['a field nobody sees was filled in', { trapped: true, level: 2 }, 'honeypot'],
    ['the very same words by somebody new', { repeated: true }, 'repeated'],
    ['the same words by somebody known', { repeated: true, level: 1 }, undefined],
    ['all in capitals', { text: 'ΑΓΟΡΑΣΤΕ ΤΩΡΑ ΤΑ ΚΑΛΥΤΕΡΑ ΨΩΜΙΑ ΣΕ ΟΛΗ ΤΗΝ ΠΟΛΗ' }, 'shouting'],
  ])('%s', (_, over, hold) => { expect(holdFor(saying(over))).toBe(hold) })
  test('only what looks like a machine is held without a word', () => {
    expect((['honeypot', 'repeated', 'links', 'shouting', 'first'] as const).filter(isSilent)).toEqual(['honeypot', 'repeated'])
  })
})

describe('small decisions', () => {
  test.each([
    ['#Σίκαλη, ψωμί,σίκαλη , ', ['σίκαλη', 'ψωμί']], ['a,b,c,d,e,f', ['a', 'b', 'c', 'd', 'e']], ['---, !', []],
  ])('the tags in “%s”', (typed, tags) => { expect(tagsIn(typed)).toEqual(tags) })
  test('a new person may word a post anew for half an hour, and what is hidden never', () => {
    const at = new Date(now.getTime() - 29 * 60_000)
    expect(mayEdit({ at, state: 'shown' }, 0, now)).toBe(true)
    expect(mayEdit({ at: new Date(at.getTime() - 120_000), state: 'shown' }, 0, now)).toBe(false)
    expect(mayEdit({ at, state: 'hidden' }, 2, now)).toBe(false)
  })
  test('a cursor reads back to its place, and anything else to nothing', () => {
    fc.assert(fc.property(fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }), fc.uuid(), (at, id) => { expect(readCursor(cursorOf(at, id))).toEqual({ at, id }) }))
    fc.assert(fc.property(fc.string(), (text) => { expect(readCursor(text)).toBeUndefined() }))
  })
  test.each([['**Έχω** `500` γρ.\n\n> λίγο', 60, 'Έχω 500 γρ. λίγο'], ['ένα δύο τρία τέσσερα', 12, 'ένα δύο…'], ['', 5, '']])('the beginning of “%s”', (markdown, max, line) => { expect(glimpse(markdown, max)).toBe(line) })
  test('a page takes what it can carry, and at least one', () => {
    expect(lightEnough([3, 3, 3], (n) => n, 6)).toBe(2)
    expect(lightEnough([9, 1], (n) => n, 6)).toBe(1)
    expect(lightEnough([], () => 1, 6)).toBe(0)
  })
})
