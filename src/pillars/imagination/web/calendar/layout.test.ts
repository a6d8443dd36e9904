import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeIn, lanesOf, passes, type Item, type Placed } from './item.ts'
import { fitting, freePlaces, keeping, layOut, takenBy, type Slot } from './layout.ts'
import { byOf, firstTime, isStill, quarterAt } from './moves.ts'
import { placeOf } from './place.ts'

const zone = 'Europe/Athens'
const porch = '0190aaaa-0000-7000-8000-000000000001'
const fediverse = '0190aaaa-0000-7000-8000-000000000002'
const item = (id: string, at: string | null, more: Partial<Item> = {}): Item => ({
  id, version: 1, kind: 'post', title: id, excerpt: '', lang: 'el', intent: 'talk', state: 'scheduled', campaignId: null, authorId: 'eleni', authorName: 'Ελένη', accountIds: [porch], at, wallTime: null, zone: null,
  seriesId: null, occurrence: null, changed: false, problem: null, ...more,
})
const placed = (...items: readonly Item[]): readonly Placed[] => items.flatMap((one) => placeIn(zone, one) ?? [])

test('what goes out at half past midnight in Patras stands in that day’s cell, in the order of the clock', () => {
  const cells = layOut(placed(item('noon', '2026-11-24T10:00:00Z'), item('night', '2026-11-23T22:30:00Z'), item('shelf', null)), (one) => [one.day])
  expect([...cells].map(([day, cell]) => [day, cell.map((one) => one.item.id)])).toEqual([['2026-11-24', ['night', 'noon']]])
  expect(cells.get('2026-11-24')![0]!.wall).toBe('2026-11-24T00:30')
})

test('a post for two accounts stands in both lanes, one for none in the lane of those without', () => {
  const cells = layOut(placed(item('both', '2026-11-24T10:00:00Z', { accountIds: [porch, fediverse] }), item('none', '2026-11-24T11:00:00Z', { accountIds: [] })), (one) => lanesOf(one.item, 'account'))
  expect([...cells.keys()].toSorted()).toEqual([porch, fediverse, 'none'].toSorted())
})

test('every item is laid out once a key, whatever the order they came in', () => {
  const some = fc.array(fc.record({ id: fc.uuid(), at: fc.date({ min: new Date('2026-11-01'), max: new Date('2026-11-30'), noInvalidDate: true }) }), { maxLength: 60 })
  fc.assert(fc.property(some, (list) => {
    const all = placed(...list.map((one) => item(one.id, one.at.toISOString())))
    const cells = layOut(all, (one) => [one.day])
    expect([...cells.values()].flat()).toHaveLength(all.length)
    for (const [day, cell] of cells) {
      expect(cell.every((one) => one.day === day)).toBe(true)
      expect(cell.map((one) => one.wall)).toEqual(cell.map((one) => one.wall).toSorted())
    }
    const shuffled = layOut(all.toReversed(), (one) => [one.day])
    for (const [day, cell] of cells) expect(shuffled.get(day)!.map((one) => one.wall)).toEqual(cell.map((one) => one.wall))
  }))
})

test('a day nobody touched is the same day after another one changed', () => {
  const [monday, tuesday] = [item('monday', '2026-11-23T10:00:00Z'), item('tuesday', '2026-11-24T10:00:00Z')]
  const before = layOut(placed(monday, tuesday), (one) => [one.day])
  const after = keeping(before, layOut(placed(monday, { ...tuesday, at: '2026-11-25T10:00:00Z' }), (one) => [one.day]))
  expect(after.get('2026-11-23')).toBe(before.get('2026-11-23'))
  expect([...after.keys()]).toEqual(['2026-11-23', '2026-11-25'])
})

test('what does not fit is counted, and nothing is lost between what is shown and what is counted', () => {
  expect(fitting(['a', 'b', 'c'], 3)).toEqual({ shown: ['a', 'b', 'c'], more: 0 })
  expect(fitting(['a', 'b', 'c', 'd'], 3)).toEqual({ shown: ['a', 'b'], more: 2 })
  fc.assert(fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 9 }), (all, room) => {
    const { shown, more } = fitting(all, room)
    expect(shown.length + more).toBe(all.length)
    expect(shown.length + (more > 0 ? 1 : 0)).toBeLessThanOrEqual(room)
    expect(more).not.toBe(1)
  }))
})

const slot = (more: Partial<Slot> = {}): Slot => ({ id: 'tuesdays', accountId: porch, weekday: 2, time: '09:30', zone, ...more })
const around = { zone, now: Date.parse('2026-11-23T12:00:00Z'), taken: new Set<string>() }
const week = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26']

test('a slot is a place on each of its days that lies ahead', () => {
  expect([...freePlaces([slot({ weekday: 1 }), slot(), slot({ id: 'thursdays', weekday: 4 })], week, around)].map(([day, places]) => [day, places.map((one) => one.wall)])).toEqual([['2026-11-24', ['2026-11-24T09:30']], ['2026-11-26', ['2026-11-26T09:30']]])
})

test('a slot something goes out on is taken, for that account alone', () => {
  const taken = takenBy(placed(item('there', '2026-11-24T07:30:00Z')))
  const free = freePlaces([slot(), slot({ weekday: 4 }), slot({ id: 'other', accountId: fediverse })], week, { ...around, taken })
  expect(free.get('2026-11-24')!.map((one) => one.slot.id)).toEqual(['other'])
  expect(free.get('2026-11-26')!.map((one) => one.slot.id)).toEqual(['tuesdays'])
})

test('a slot kept in New York stands where it falls in Patras', () => {
  const free = freePlaces([slot({ zone: 'America/New_York', time: '20:00', weekday: 2 })], week, around)
  expect([...free].map(([day, places]) => [day, places[0]!.wall])).toEqual([['2026-11-25', '2026-11-25T03:00']])
})

test('a drop on a day keeps the hour, a drop on an hour takes its quarter', () => {
  expect(byOf('2026-11-24T09:30', { kind: 'day', day: '2026-12-01' })).toEqual({ days: 7, minutes: 0 })
  expect(byOf('2026-11-24T09:30', { kind: 'time', wall: '2026-11-23T08:15' })).toEqual({ days: -1, minutes: -75 })
  expect(isStill(byOf('2026-11-24T09:30', { kind: 'day', day: '2026-11-24' }))).toBe(true)
  expect([0, 0.26, 0.5, 0.99, 1.4, -1].map((share) => quarterAt('2026-11-24T14', share).slice(11))).toEqual(['14:00', '14:15', '14:30', '14:45', '14:45', '14:00'])
})

test('a draft without a time gets the first free place of its account, else ten o’clock, else the next hour', () => {
  const places = freePlaces([slot()], week, around).get('2026-11-24')!
  expect(firstTime('2026-11-24', { places, now: '2026-11-23T14:00', item: { accountIds: [porch] } })).toBe('2026-11-24T09:30')
  expect(firstTime('2026-11-24', { places, now: '2026-11-23T14:00', item: { accountIds: [fediverse] } })).toBe('2026-11-24T10:00')
  expect(firstTime('2026-11-23', { places: [], now: '2026-11-23T14:20', item: { accountIds: [] } })).toBe('2026-11-23T15:00')
})

test('filters narrow by every property at once, and a problem is a state one can ask for', () => {
  const wrong = item('wrong', '2026-11-24T10:00:00Z', { problem: { code: 'late', says: { en: 'x', el: 'x' }, next: { en: 'y', el: 'y' } }, campaignId: 'c', intent: 'give' })
  expect(passes(wrong, { state: 'problem', campaign: 'c', intent: 'give', account: porch, author: 'eleni' })).toBe(true)
  expect(passes(wrong, { state: 'draft' })).toBe(false)
  expect(passes(wrong, { account: fediverse })).toBe(false)
})

test('an address keeps what it knows of the calendar and leaves out the rest', () => {
  expect(placeOf({ span: 'week', day: '2026-11-24', lanes: 'intent', clock: 'mine', state: 'paused', post: 'new', on: '2026-02-30', campaign: '../x' })).toEqual({ span: 'week', day: '2026-11-24', lanes: 'intent', clock: 'mine', state: 'paused', post: 'new' })
})
