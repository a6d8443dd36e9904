import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Refusal } from '#kit/refusal.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { scheduleRoutes } from './routes.ts'
import { folded, icalOf } from './ical-out.ts'
import { readIcal } from './ical-in.ts'
import type { Row } from './calendar-rows.ts'
import { calendar, type Calendar } from './test-bakery.ts'

const athens = 'Europe/Athens'
const now = new Date('2026-10-20T09:00:00Z')
const read = (lines: readonly string[], zone = athens) => readIcal(['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\r\n'), { zone, now })
const event = (...lines: string[]): string[] => ['BEGIN:VEVENT', 'UID:u1', ...lines, 'END:VEVENT']
const row = (more: Partial<Row>): Row => ({
  id: '0197-1', kind: 'post', title: 'Σίκαλη', excerpt: 'Βγήκε.', lang: 'el', intent: 'give', format: 'story', campaignId: null, authorId: 'n', authorName: 'Νίκος', accountIds: [], channels: ['porch'], state: 'scheduled',
  at: '2026-10-27T07:30:00.000Z', wallTime: '2026-10-27T09:30', zone: athens, dueAt: null, publishedAt: null, seriesId: null, occurrence: null, changed: false, problem: null, media: 0, version: 3, ...more,
})
const written = (rows: readonly Row[], lang: 'en' | 'el' = 'el'): string => icalOf({ rows, name: 'Φούρνος της Ελένης', lang, origin: 'https://fournos.example', now })

describe('a calendar for other programs', () => {
  test('is what RFC 5545 asks for, in the language of its reader', () => {
    const lines = written([row({ state: 'draft', title: 'Ψωμί; λάδι, και \\ μία\nγραμμή' })]).replaceAll('\r\n ', '').split('\r\n')
    expect(lines).toContain('SUMMARY:Πρόχειρο: Ψωμί\\; λάδι\\, και \\\\ μία\\nγραμμή')
    expect(lines).toContain('UID:0197-1@fournos.example')
    expect(lines).toContain('DTSTART:20261027T073000Z')
    expect(lines).toContain('STATUS:TENTATIVE')
    expect(written([row({ state: 'draft' })], 'en')).toContain('SUMMARY:Draft: Σίκαλη')
  })
  test('folds lines at 75 octets without cutting a character, and unfolds to the same', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }).filter((text) => !/[\r\n]/.test(text)), (text) => {
      const lines = folded(`SUMMARY:${text}`).split('\r\n')
      for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
      expect(lines.map((line, place) => (place === 0 ? line : line.slice(1))).join('')).toBe(`SUMMARY:${text}`)
      expect(Buffer.from(lines.join('')).toString()).toBe(lines.join(''))
    }))
  })
  test('is read back as it was written, whatever the words', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }).filter((text) => text.trim() === text && text !== '' && !/[\p{Cc}]/u.test(text)), (title) => {
      expect(readIcal(written([row({ title })]), { zone: athens, now })).toMatchObject([{ key: '0197-1@fournos.example', title, wall: '2026-10-27T09:30', zone: athens }])
    }))
  })
})

describe('an event of a calendar file', () => {
  test.each([
    ['an instant is read on our clock', 'DTSTART:20261027T073000Z', { wall: '2026-10-27T09:30', zone: athens }],
    ['a zone of its own stays its own', 'DTSTART;TZID=America/New_York:20261027T093000', { wall: '2026-10-27T09:30', zone: 'America/New_York' }],
    ['a zone with the name of its program before it', 'DTSTART;TZID="/freeassociation.sourceforge.net/Europe/Athens":20261027T093000', { wall: '2026-10-27T09:30', zone: athens }],
    ['a floating time is on our clock', 'DTSTART:20261027T093000', { wall: '2026-10-27T09:30', zone: athens }],
    ['a whole day is nine in the morning', 'DTSTART;VALUE=DATE:20261027', { wall: '2026-10-27T09:00', zone: athens }],
    ['of an hour that comes twice an instant names one', 'DTSTART:20261025T013000Z', { wall: '2026-10-25T03:30', which: 'second' }],
  ])('%s', (_, begins, expected) => { expect(read(event(begins, 'SUMMARY:Ζύμωμα'))).toMatchObject([expected]) })

  test('tells its words, unfolded, and its alarms nothing', () => {
    expect(read(event('SUMMARY:Ζύμω', ' μα', 'DESCRIPTION:Αλεύρι\\, νερό\\nκαι αλάτι', 'DTSTART:20261027T073000Z', 'CATEGORIES:ψωμί,σίκαλη', 'BEGIN:VALARM', 'DESCRIPTION:ντριν', 'END:VALARM')))
      .toMatchObject([{ title: 'Ζύμωμα', text: 'Αλεύρι, νερό\nκαι αλάτι', tags: ['ψωμί', 'σίκαλη'], line: 4 }])
  })
  test('that comes again is each of its times within a year, but those that stand for themselves', () => {
    const found = read([...event('DTSTART;TZID=Europe/Athens:20261020T093000', 'RRULE:FREQ=WEEKLY;COUNT=5', 'EXDATE;TZID=Europe/Athens:20261103T093000', 'SUMMARY:Τρίτη'),
      ...event('RECURRENCE-ID;TZID=Europe/Athens:20261110T093000', 'DTSTART;TZID=Europe/Athens:20261110T180000', 'SUMMARY:Τρίτη βράδυ')])
    expect(found.map((one) => ('wall' in one ? [one.wall, one.key] : one))).toEqual([['2026-10-27T09:30', 'u1@2026-10-27T09:30'], ['2026-11-17T09:30', 'u1@2026-11-17T09:30'], ['2026-11-10T18:00', 'u1@2026-11-10T09:30']])
  })
  test.each([['DTSTART;TZID=Mars/Olympus:20261027T093000', 'zone_unknown'], ['DTSTART:20261340T093000', 'bad-time'], ['SUMMARY:x', 'bad-time'], ['STATUS:CANCELLED', 'cancelled'], ['DTSTART:99991231T235959Z', 'bad-time']])('%s is told by its line as %s', (line, wrong) => {
    expect(read(event(line))).toMatchObject([{ wrong, line: expect.any(Number) as number }])
  })
  test('keeps away from every day it leaves out, however many they are', () => {
    const days = Array.from({ length: 150 }, (_, n) => new Date(Date.UTC(2026, 9, 21) + n * 86_400_000).toISOString().slice(0, 10).replaceAll('-', ''))
    const found = read(event('DTSTART;TZID=Europe/Athens:20261021T093000', 'RRULE:FREQ=DAILY;COUNT=151', `EXDATE;TZID=Europe/Athens:${days.map((day) => `${day}T093000`).join(',')}`, 'SUMMARY:Μία μόνο'))
    expect(found.map((one) => 'wall' in one && one.wall)).toEqual(['2027-03-20T09:30'])
  })
  test('with a rule we do not follow says so', () => {
    expect(read(event('DTSTART:20261027T073000Z', 'RRULE:FREQ=SECONDLY'))).toMatchObject([{ wrong: 'rule_invalid', column: 'RRULE', line: 6 }])
  })
})

test('no file, however made, does more than be refused', () => {
  const hostile = [
    '', 'not a calendar', 'BEGIN:VCALENDAR', 'BEGIN:VEVENT\nEND:VCALENDAR', `BEGIN:VCALENDAR\n${'BEGIN:A\n'.repeat(50)}`, `BEGIN:VCALENDAR\n${'BEGIN:VEVENT\nEND:VEVENT\n'.repeat(3_000)}END:VCALENDAR`,
    `BEGIN:VCALENDAR\n${'BEGIN:VEVENT\nDTSTART:19700101T000000Z\nRRULE:FREQ=DAILY;COUNT=10000\nEND:VEVENT\n'.repeat(101)}END:VCALENDAR`, '\n'.repeat(100_001),
    `BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261101T000000Z\nRRULE:FREQ=DAILY\n${'EXDATE:20261102T000000Z\n'.repeat(30_000)}END:VEVENT\nEND:VCALENDAR`,
  ]
  for (const text of hostile) expect(() => readIcal(text, { zone: athens, now })).toThrow(Refusal)
  const begun = performance.now()
  readIcal(`BEGIN:VCALENDAR\n${'BEGIN:VEVENT\nDTSTART:19700101T000000Z\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=10000\nEND:VEVENT\n'.repeat(100)}END:VCALENDAR`, { zone: athens, now })
  readIcal(`BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261101T000000Z\nSUMMARY:${';:"'.repeat(200_000)}\nEND:VEVENT\nEND:VCALENDAR`, { zone: athens, now })
  expect(performance.now() - begun).toBeLessThan(5_000)
  fc.assert(fc.property(fc.array(fc.constantFrom('BEGIN:VCALENDAR', 'END:VCALENDAR', 'BEGIN:VEVENT', 'END:VEVENT', 'DTSTART:20261101T090000Z', 'DTSTART;TZID=:2026', 'RRULE:FREQ=DAILY;COUNT=3', 'RDATE:x', ' fold', 'RECURRENCE-ID:20261101', ':', ';', 'SUMMARY', '"')), (lines) => {
    try { expect(Array.isArray(readIcal(lines.join('\n'), { zone: athens, now }))).toBe(true) } catch (error) { expect(error).toBeInstanceOf(Refusal) }
  }))
})

describe('a member\'s link', () => {
  let database: Database
  let its: Calendar
  beforeAll(async () => { database = await testDatabase() })
  afterAll(() => database.close())
  beforeEach(async () => { its = await calendar(database) })
  const path = (url: unknown): string => String(url).replace('http://bakery.test/api/v1', '')
  const fetched = async (url: unknown): Promise<Response> => await scheduleRoutes(its.house).request(path(url))
  const opened = async (url: unknown): Promise<string> => (await fetched(url)).text()
  const refused = async (url: unknown): Promise<unknown> => (await its.ask('GET', path(url))).body['code']

  test('shows the calendar in the member\'s language, until it is renewed or stopped', async () => {
    const draft = await its.draft({ title: 'Λαδόψωμο' })
    await its.ask('POST', '/calendar/move', { items: [{ id: draft.id, version: draft.version }], to: { wall: '2026-10-30T12:00' } })
    expect((await its.ask('GET', '/calendar/ics-link')).body).toEqual({ url: null })
    const { body: { url } } = await its.ask('POST', '/calendar/ics-link')
    const response = await fetched(url)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8'])
    expect(await response.text()).toContain('SUMMARY:Draft: Λαδόψωμο')
    expect(await opened((await its.ask('POST', '/calendar/ics-link', undefined, its.world.eleni)).body['url'])).toContain('SUMMARY:Πρόχειρο: Λαδόψωμο')
    expect((await its.ask('GET', '/calendar/ics-link')).body).toEqual({ url })
    const { body: renewed } = await its.ask('POST', '/calendar/ics-link')
    expect(await refused(url)).toBe('not_found')
    expect(await opened(renewed['url'])).toContain('BEGIN:VEVENT')
    await its.ask('DELETE', '/calendar/ics-link')
    expect(await refused(renewed['url'])).toBe('not_found')
  })
  test('opens nothing once its signature is another', async () => {
    const { body: { url } } = await its.ask('POST', '/calendar/ics-link')
    const [address, token] = (url as string).split('token=') as [string, string]
    for (const forged of [`${token}x`, token.slice(0, -2), token.split('.')[0]!, `${token.split('.')[0]!}.`, 'x.y', token.replace(/^./, (sign) => (sign === '0' ? '1' : '0'))]) {
      expect((await its.ask('GET', `${address.replace('http://bakery.test/api/v1', '')}token=${forged}`)).body['code']).toBe('not_found')
    }
  })
})
