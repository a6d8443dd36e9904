import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { sql } from 'drizzle-orm'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { openBakery, saying, type Bakery } from '../../../test/world/inbox.ts'
import { arrange } from './act.ts'
import { hear } from './hear.ts'
import { lookFor } from './search.ts'
import { snippetOf } from './snippet.ts'
import { countViews, listConversations } from './store.ts'
import { messages } from './tables.ts'
import type { Filter } from './views.ts'

let database: Database
let bakery: Bakery
const texts = ['Έχετε τσουρέκι χωρίς γλουτένη;', 'Οι ΦΟΎΡΝΟΙ της Πάτρας είναι οι καλύτεροι', 'Do your bakers open on Sundays?', 'Το ψωμί ήταν υπέροχο, ευχαριστώ!', 'My order never arrived', '50% off & <b>bold</b> "quoted"']
beforeAll(async () => {
  database = await testDatabase(process.env['STOA_TEST_DATABASE']!)
  bakery = await openBakery(database)
  for (const [place, text] of texts.entries()) {
    bakery.clock = new Date(Date.UTC(2026, 4, 4, 9, place))
    await bakery.write((tx) => hear({ tx, account: bakery.account, now: bakery.clock }, [saying(text, { by: ['giorgos', 'anna', 'John Smith', 'Ελένη Παπαδάκη', 'kostas', 'eve'][place]! })]))
  }
})
afterAll(() => database.close())

const list = (filter: Partial<Filter>, paging: { cursor?: string; limit?: number } = {}) =>
  bakery.database.read(bakery.workspaceId, (db) => listConversations(db, { view: 'all', ...filter }, { limit: 30, ...paging, memberId: bakery.maria.id, now: bakery.clock }))
const found = async (q: string) => (await list({ q })).items.map((one) => one.lastText)

describe('searching the inbox', () => {
  test.each([
    ['τσουρέκια', texts[0]], ['ΤΣΟΥΡΕΚΙ', texts[0]], ['τσουρε', texts[0]], ['φούρνος', texts[1]], ['φουρν', texts[1]], ['sunday', texts[2]], ['baker', texts[2]], ['οrder', undefined], ['order arrive', texts[4]],
    ['ψωμι', texts[3]], ['"never arrived"', texts[4]], ['παπαδάκη', texts[3]], ['παπαδ', texts[3]], ['smith', texts[2]], ['quoted', texts[5]],
  ])('«%s» finds what was said or who said it, in any form and as far as it is typed', async (q, text) => {
    expect(await found(q)).toEqual(text === undefined ? [] : [text])
  })
  test('a minus leaves out', async () => { expect(await found('order -arrived')).toEqual([]) })
  test('what stands no chance finds nothing and breaks nothing', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: fc.constantFrom("'", '"', '\\', ':', '*', '(', ')', '!', '&', '|', '<', '-', ' ', 'α', 'the', '%'), maxLength: 12 }), async (q) => {
      expect(Array.isArray((await list({ q })).items)).toBe(true)
    }), { numRuns: 150 })
  })
  test('shows the place of the hit as plain parts that make up the text again', async () => {
    const [hit] = (await list({ q: 'bold quo' })).items
    expect(hit?.snippet?.map((part) => part.text).join('')).toBe(texts[5])
    expect(hit?.snippet?.filter((part) => part.hit).map((part) => part.text)).toEqual(['bold', 'quoted'])
  })
})

describe('a snippet', () => {
  test('is short, has its hit inside, and never cuts a sign in two', () => {
    fc.assert(fc.property(fc.lorem({ maxCount: 80 }), fc.string({ unit: 'grapheme', maxLength: 100 }), fc.string({ unit: 'grapheme', maxLength: 100 }), (lorem, before, after) => {
      const parts = snippetOf(`${lorem} ${before} τσουρέκι ${after} ${lorem}`, 'τσουρεκια')
      expect(parts.some((part) => part.hit && part.text === 'τσουρέκι')).toBe(true)
      expect(parts.map((part) => part.text).join('').length).toBeLessThan(260)
      expect(parts.every((part) => part.text.isWellFormed())).toBe(true)
    }))
  })
})

describe('the views', () => {
  test('are read page by page, each conversation once, in order', async () => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await list({ view: 'waiting' }, { limit: 2, ...(cursor ? { cursor } : {}) })
      seen.push(...page.items.map((one) => one.lastText))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(seen).toEqual(texts)
  })
  test('a cursor that is none begins at the beginning', async () => { expect((await list({}, { cursor: 'nonsense', limit: 1 })).items).toHaveLength(1) })
  test('filter by language, contact and channel', async () => {
    expect((await list({ lang: 'el' })).items.map((one) => one.lastText).toSorted()).toEqual([texts[0], texts[1], texts[3]].toSorted())
    const [line] = (await list({ q: 'smith' })).items
    expect((await list({ contactId: line!.contact.id })).items).toHaveLength(1)
    expect((await list({ channel: 'elsewhere' })).items).toEqual([])
  })
  test('hold what they say: mine when given to me, done when done, put off until its time', async () => {
    const id = (await list({ q: 'order arrive' })).items[0]!.id
    const doing = (work: Parameters<typeof arrange>[2]) => bakery.write((tx) => arrange({ tx, member: bakery.maria, now: bakery.clock }, id, work))
    const counts = () => bakery.database.read(bakery.workspaceId, (db) => countViews(db, { memberId: bakery.maria.id, now: bakery.clock }))
    expect(await counts()).toEqual({ mine: 0, unassigned: 6, waiting: 6, all: 6, held: 0, unread: 6, mentioned: 0, due: 0 })
    await doing({ assigneeId: bakery.maria.id })
    expect((await list({ view: 'mine' })).items.map((one) => [one.id, one.assignee?.name])).toEqual([[id, 'Μαρία']])
    await doing({ state: 'snoozed', snoozedUntil: new Date(bakery.clock.getTime() + 60_000) })
    expect((await list({ view: 'mine' })).items).toEqual([])
    bakery.clock = new Date(bakery.clock.getTime() + 60_001)
    expect((await list({ view: 'mine' })).items).toHaveLength(1)
    await doing({ state: 'done' })
    expect(await counts()).toEqual({ mine: 0, unassigned: 5, waiting: 5, all: 5, held: 0, unread: 5, mentioned: 0, due: 0 })
    expect((await list({ view: 'done' })).items.map((one) => one.id)).toEqual([id])
    expect(await found('order arrive')).toHaveLength(1)
  })
})

test('a search among many messages goes by the index, also behind row-level security', async () => {
  const busy = await openBakery(database)
  await busy.write((tx) => hear({ tx, account: busy.account, now: busy.clock }, [saying('Έχετε τσουρέκι;')]))
  const plan = await busy.write(async (tx) => {
    await tx.execute(sql`insert into messages (id, conversation_id, direction, author_name, text, said_at, heard_at, channel, account_id, remote_id, visibility)
      select gen_random_uuid(), (select id from conversations where workspace_id = ${busy.workspaceId}), 'in', 'x', 'λέξη ' || md5(n::text), now(), now(), 'square', ${busy.account.id}::uuid, 'bulk' || n, 'public' from generate_series(1, 4000) n`)
    await tx.execute(sql`analyze messages`)
    const query = sql`select ${messages.id} from ${messages} where ${messages.workspaceId} = ${busy.workspaceId} and ${messages.search} @@ ${lookFor('τσουρέκι')}`
    return (await tx.execute<{ 'QUERY PLAN': string }>(sql`explain ${query}`)).rows.map((row) => row['QUERY PLAN']).join('\n')
  })
  expect(plan).toContain('Index Scan on messages_search')
})
