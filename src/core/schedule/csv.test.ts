import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { HouseEnv } from '#kit/http.ts'
import { newId } from '#kit/id.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { events } from '../events/tables.ts'
import type { Row } from './calendar-rows.ts'
import { readCsv, suggestCsv, tableOf, wallIn } from './csv-in.ts'
import { csvOf } from './csv-out.ts'
import { scheduleRoutes } from './routes.ts'
import { calendar, type Calendar } from './test-bakery.ts'

let database: Database
let its: Calendar
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
beforeEach(async () => { its = await calendar(database) })

describe('the time of a row', () => {
  test.each([
    ['2026-12-01', '09:30', 'dmy', '2026-12-01T09:30'], ['1/12/2026', '9:30', 'dmy', '2026-12-01T09:30'], ['12/1/2026', '9.30', 'mdy', '2026-12-01T09:30'], ['2026-12-01T09:30', '', 'dmy', '2026-12-01T09:30'],
    ['2026-12-01 09:30:00', '', 'dmy', '2026-12-01T09:30'], ['01.12.2026 18:05', '', 'dmy', '2026-12-01T18:05'], ['1/12/2026', '9:30 μ.μ.', 'dmy', '2026-12-01T21:30'], ['1/12/2026', '12:10 am', 'dmy', '2026-12-01T00:10'],
    ['1/12/2026', '12 πμ', 'dmy', '2026-12-01T00:00'], ['31/11/2026', '09:30', 'dmy', undefined], ['1/12/2026', '25:00', 'dmy', undefined], ['1/12/2026', '', 'dmy', undefined], ['αύριο', '09:30', 'dmy', undefined], ['1/12/2026', '13:00 pm', 'dmy', undefined],
  ] as const)('%s %s is %4$s', (date, time, order, expected) => { expect(wallIn(date, time, order)).toBe(expected) })
})

test('headers in either language are known', () => {
  const expected = ['date', 'time', 'title', 'text', 'accounts', 'campaign', 'zone']
  expect(Object.keys(suggestCsv(['Ημερομηνία', 'ΩΡΑ', 'Τίτλος', 'κειμενο', 'Λογαριασμοί', 'Εκστρατεία', 'Ζώνη ώρας'])).toSorted()).toEqual(expected.toSorted())
  expect(Object.keys(suggestCsv(['Date', 'Time', 'Title', 'Text', 'Account', 'Campaign', 'Time zone'])).toSorted()).toEqual(expected.toSorted())
})

const row = (more: Partial<Row>): Row => ({
  id: '0197', kind: 'post', title: 'Σίκαλη', excerpt: '', lang: 'el', intent: 'give', format: 'story', campaignId: null, authorId: 'n', authorName: 'Νίκος', accountIds: [], channels: [], state: 'draft', at: null,
  wallTime: '2026-10-27T09:30', zone: 'Europe/Athens', dueAt: null, publishedAt: null, seriesId: null, occurrence: null, changed: false, problem: null, media: 0, version: 1, ...more,
})
test('a table that went out comes back the same, and runs nothing in a spreadsheet', () => {
  const words = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.constantFrom('=HYPERLINK("http://x")', '+30 2610', '-1', '@SUM(A1)', '"', 'a,b;c', 'πρώτη\nδεύτερη')).map((text) => text.replaceAll('\r', '').trim())
    .filter((text) => text !== '' && !text.includes('\0') && !/^'[=+\-@]/.test(text) && text.isWellFormed())
  fc.assert(fc.property(words, fc.constantFrom('en' as const, 'el' as const), (text, lang) => {
    const file = csvOf([{ row: row({}), text, tags: ['ψωμί'], accounts: ['@fournos'], campaign: '' }], lang)
    for (const cell of file.split('\r\n')[1]!.split(',')) expect(cell).not.toMatch(/^"?[=+@]/)
    const table = tableOf(file)
    const [found] = readCsv({ table, mapping: suggestCsv(table.columns), zone: 'UTC' })
    expect(found).toMatchObject({ text, title: 'Σίκαλη', wall: '2026-10-27T09:30', zone: 'Europe/Athens', tags: ['ψωμί'], intent: 'give', accounts: ['@fournos'] })
  }))
})

describe('a file of rows', () => {
  const file = [
    'Ημερομηνία;Ώρα;Τίτλος;Κείμενο;Λογαριασμός;Πρόθεση', '27/10/2026;9:30;Σίκαλη;Βγήκε η σίκαλη.;memory:fournos;δίνω', '25/10/2026;3:30;Νύχτα;Ζυμώνουμε.;memory;', '28/3/2027;3:30;Άνοιξη;Αλλάζει η ώρα.;;',
    '1/1/2026;9:30;Πέρασε;Ήταν χτες.;;', '31/11/2026;9:30;Λάθος;Δεν υπάρχει.;;', '29/10/2026;9:30;;;;', '30/10/2026;9:30;Πού;Σε ποιον;@fournos;', '31/10/2026;9:30;Τι;Γιατί;;φωνάζω', '1/11/2026;9:30;Κοντή', '2/11/2026;9:30;Πρόζα;"Δύο\nγραμμές";;κουβέντα', '',
  ].join('\n')
  const send = (body: object) => its.ask('POST', '/calendar/import', { csv: file, dryRun: false, ...body })
  const errors = [[3, 'local_time_ambiguous'], [4, 'local_time_missing'], [5, 'time_in_past'], [6, 'bad-time'], [7, 'no-text'], [8, 'unknown-account'], [9, 'bad-intent'], [10, 'fields']]
  const told = (body: Record<string, unknown>) => (body['errors'] as { line: number; code: string }[]).map(({ line, code }) => [line, code])

  const asked = async () => await new Hono<HouseEnv>().use(async (c, next) => { c.set('member', its.world.nikos); c.set('lang', 'el'); await next() }).route('/', scheduleRoutes(its.house)).request('/calendar.csv?from=2026-10-01T00:00:00Z&to=2027-10-01T00:00:00Z')
  const table = async () => await (await asked()).text()
  test('is looked at without a trace, then taken in as drafts with a time, and known when it comes again', async () => {
    const dry = await send({ dryRun: true })
    expect(dry).toMatchObject({ status: 200, body: { rows: 10, made: 2, known: 0, wrong: 8, mapping: { date: 'Ημερομηνία', accounts: 'Λογαριασμός', intent: 'Πρόθεση' } } })
    expect(told(dry.body)).toEqual(errors)
    expect((await its.ask('GET', '/calendar?from=2026-10-01T00:00:00Z&to=2027-10-01T00:00:00Z')).body['items']).toEqual([])
    const { body } = await send({})
    expect(told(body)).toEqual(errors)
    expect((await its.ask('GET', '/calendar?from=2026-10-01T00:00:00Z&to=2027-10-01T00:00:00Z')).body['items']).toMatchObject([
      { title: 'Σίκαλη', state: 'draft', wallTime: '2026-10-27T09:30', zone: 'Europe/Athens', intent: 'give', accountIds: [its.account] }, { title: 'Πρόζα', excerpt: 'Δύο\nγραμμές', intent: 'talk', wallTime: '2026-11-02T09:30' },
    ])
    expect((await send({})).body).toMatchObject({ made: 0, known: 2, wrong: 8 })
  })
  test('offers both choices where the clocks have none or two of an hour', async () => {
    const { body } = await send({ dryRun: true })
    expect(body['errors']).toMatchObject([{ choices: [{ which: 'first' }, { which: 'second' }], says: { el: expect.stringContaining('δύο φορές') as string } }, { choices: [{ wall: '2027-03-28T02:30' }, { wall: '2027-03-28T04:30' }] }, ...errors.slice(2).map(([line]) => ({ line }))])
    expect((await its.ask('POST', '/calendar/import', { csv: 'date,time,text,which\n2026-10-25,03:30,Ζυμώνουμε,second\n', dryRun: false })).body).toMatchObject({ made: 1 })
    expect((await its.ask('GET', '/calendar?from=2026-10-24T00:00:00Z&to=2026-10-26T00:00:00Z')).body['items']).toMatchObject([{ at: '2026-10-25T01:30:00.000Z' }])
  })
  test('without a column for the day names those it has', async () => {
    expect((await its.ask('POST', '/calendar/import', { csv: 'a,b\n1,2\n', dryRun: true })).body).toMatchObject({ code: 'import_columns' })
    expect((await its.ask('POST', '/calendar/import', { csv: 'a,b\n2026-10-27 09:30,x\n', mapping: { date: 'a', text: 'c' }, dryRun: true })).body).toMatchObject({ code: 'import_columns' })
    expect((await its.ask('POST', '/calendar/import', { csv: 'a,b\n2026-10-27 09:30,x\n', mapping: { date: 'a', text: 'b' }, dryRun: true })).body).toMatchObject({ made: 1 })
  })
  test.each([['-'.repeat(36)], ['0'.repeat(28) + '-0000000'], ['ΚΩΔ-17'], ['k\0\ud800']])('whose rows carry the id %j, which is none of ours, is taken in once', async (id) => {
    const given = { csv: `id,date,time,text\n${id},2026-11-03,09:30,Σίκαλη\n`, dryRun: false }
    expect([(await its.ask('POST', '/calendar/import', given)).body, (await its.ask('POST', '/calendar/import', given)).body]).toMatchObject([{ made: 1 }, { made: 0, known: 1 }])
  })
  test('knows the id of a post in whatever case it comes', async () => {
    const { id } = await its.draft()
    expect((await its.ask('POST', '/calendar/import', { csv: `id,date,time,text\n${id.toUpperCase()},2026-11-03,09:30,Σίκαλη\n`, dryRun: true })).body).toMatchObject({ made: 0, known: 1 })
  })
  test('with words that show nothing has none, and one without end is refused whole', async () => {
    expect((await its.ask('POST', '/calendar/import', { csv: 'date,time,text\n2026-11-03,09:30,\u200b\u2060\n', dryRun: true })).body).toMatchObject({ made: 0, errors: [{ code: 'no-text' }] })
    expect((await its.ask('POST', '/calendar/import', { csv: `date,time,text\n${'2026-11-03,09:30,x\n'.repeat(5_001)}`, dryRun: true })).body).toMatchObject({ code: 'too_many_rows', status: 422 })
  })
  test('that this Stoa wrote says of an hour that comes twice which of the two is meant', async () => {
    await its.ask('POST', '/calendar/import', { csv: 'date,time,text,which\n2026-10-25,03:30,Ζυμώνουμε,second\n2026-10-25,03:30,Πλάθουμε,first\n', dryRun: false })
    const written = await table()
    expect(written.split('\r\n').filter((line) => line.includes('2026-10-25')).map((line) => line.split(',').slice(2, 5)).toSorted()).toEqual([['03:30', 'Europe/Athens', 'first'], ['03:30', 'Europe/Athens', 'second']])
    expect((await its.ask('POST', '/calendar/import', { csv: written, dryRun: true })).body).toMatchObject({ made: 0, wrong: 0 })
  })
  test('that this Stoa wrote is known to it', async () => {
    await send({})
    const response = await asked()
    const written = await response.text()
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(written.split('\r\n')[0]).toContain('ημερομηνία,ώρα,ζώνη,ποια,τίτλος,κείμενο')
    expect((await its.ask('POST', '/calendar/import', { csv: written, dryRun: false })).body).toMatchObject({ rows: 2, made: 0, known: 2, wrong: 0 })
  })
})

describe('a long file', () => {
  const long = (rows: number) => `date,time,title,text,accounts\n${Array.from({ length: rows }, (_, n) => {
    const day = new Date(Date.UTC(2026, 10, 1) + Math.floor(n / 10) * 86_400_000).toISOString().slice(0, 10)
    return `${day},${String(8 + (n % 10)).padStart(2, '0')}:30,Ψωμί ${n},Το ψωμί σίκαλης νούμερο ${n} βγαίνει το πρωί.,memory:fournos`
  }).join('\n')}\n`
  test('of five thousand rows is taken in whole', async () => {
    const { body } = await its.ask('POST', '/calendar/import', { csv: long(5_000), dryRun: false })
    expect(body).toMatchObject({ made: 5_000, known: 0, wrong: 0 })
    const [{ postId }] = body['items'] as [{ postId: string }]
    expect(await its.post(postId)).toMatchObject({ title: 'Ψωμί 0', lang: 'el', wallTime: '2026-11-01T08:30', zone: 'Europe/Athens', dueAt: new Date('2026-11-01T06:30:00Z'), accountIds: [its.account], wordsBy: its.world.nikos.id, version: 1, thread: [], proposal: null })
  })
  test('that comes from two tabs at the same moment is taken in once', async () => {
    const both = await Promise.all([1, 2].map(() => its.ask('POST', '/calendar/import', { csv: long(300), dryRun: false })))
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    expect(both.map(({ body }) => body['made'] as number).toSorted((a, b) => a - b)).toEqual([0, 300])
    expect(both.map(({ body }) => body['known'] as number).toSorted((a, b) => a - b)).toEqual([0, 300])
    expect((await its.ask('GET', '/calendar?from=2026-10-01T00:00:00Z&to=2027-10-01T00:00:00Z')).body['items']).toHaveLength(300)
  })
  test('is told to whoever looks at the calendar', async () => {
    await its.ask('POST', '/calendar/import', { csv: long(3), dryRun: false })
    const told = await database.read(its.world.workspaceId, (db) => db.select({ data: events.data }).from(events).where(eq(events.name, 'calendar.changed')))
    expect(told).toEqual([{ data: { act: 'import', count: 3 } }])
  })
  test('of a campaign that is not there is refused whole', async () => {
    expect(await its.ask('POST', '/calendar/import', { csv: long(1), dryRun: true, campaignId: newId() })).toMatchObject({ status: 404, body: { code: 'campaign_not_found', field: 'campaignId' } })
  })
})

test('an iCalendar file becomes drafts, once', async () => {
  const ics = ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:a@b', 'DTSTART:20261027T073000Z', 'SUMMARY:Ζύμωμα', 'END:VEVENT', 'BEGIN:VEVENT', 'UID:c@d', 'DTSTART:20261025T033000', 'SUMMARY:Δύο φορές', 'END:VEVENT', 'END:VCALENDAR'].join('\r\n')
  const send = () => its.ask('POST', '/calendar/import', { ics, dryRun: false, accountIds: [its.account] })
  expect((await send()).body).toMatchObject({ format: 'ical', made: 1, wrong: 1, errors: [{ code: 'local_time_ambiguous', line: 8 }] })
  expect((await send()).body).toMatchObject({ made: 0, known: 1 })
  expect((await its.ask('GET', '/calendar?from=2026-10-01T00:00:00Z&to=2027-10-01T00:00:00Z')).body['items']).toMatchObject([{ excerpt: 'Ζύμωμα', state: 'draft', accountIds: [its.account] }])
  expect((await its.ask('POST', '/calendar/import', { ics: 'hello', dryRun: true })).body).toMatchObject({ code: 'calendar_broken' })
})

test('words too long for their place are cut between two signs', async () => {
  const long = `${'α'.repeat(59)}🥖`
  const csv = `date,time,title,text,tags\n2026-11-03,09:30,${'α'.repeat(199)}🥖,Σίκαλη,${long}\n`
  const { body } = await its.ask('POST', '/calendar/import', { csv, dryRun: false })
  expect(await its.post((body['items'] as { postId: string }[])[0]!.postId)).toMatchObject({ title: 'α'.repeat(199), tags: ['α'.repeat(59)] })
})

test('an event whose words no database keeps comes without what cannot be kept', async () => {
  const ics = ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:a\0\ud800b', 'DTSTART:20261027T073000Z', 'SUMMARY:Ζύ\0μωμα\ud800', 'CATEGORIES:ψω\0μί,\u200b', 'END:VEVENT', 'BEGIN:VEVENT', 'UID:c', 'DTSTART:20261028T073000Z', 'SUMMARY:\u200b', 'END:VEVENT', 'END:VCALENDAR'].join('\r\n')
  expect((await its.ask('POST', '/calendar/import', { ics, dryRun: false })).body).toMatchObject({ made: 1, items: [{ title: 'Ζύμωμα\ufffd' }], errors: [{ code: 'no-text' }] })
  expect((await its.ask('POST', '/calendar/import', { ics, dryRun: false })).body).toMatchObject({ made: 0, known: 1 })
})
