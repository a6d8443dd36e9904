import { afterAll, beforeAll, expect, test } from 'vitest'
import fc from 'fast-check'
import { sql } from 'drizzle-orm'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { openBakery, type Bakery } from '../../../test/world/inbox.ts'
import { allOf, search, type Hit, type Seeking } from './search.ts'
import { windows } from './windows.ts'
import { conversations } from './tables.ts'
import type { Filter } from './views.ts'

let database: Database
let bakery: Bakery
const [talks, each] = [60, 6]
const words = ['ψωμί', 'τσουρέκι', 'order', 'σπάνιο', 'φούρνος']
beforeAll(async () => {
  database = await testDatabase(process.env['STOA_TEST_DATABASE']!)
  bakery = await openBakery(database)
  const account = sql`${bakery.account.id}::uuid`
  // The first word stands in every second message, the fourth in a few only; one contact in seven is called like the fifth.
  await bakery.write(async (tx) => {
    await tx.execute(sql`insert into contacts (id, name, first_seen, last_seen) select uuidv7(), case when n % 7 = 0 then 'Φούρνος ' else 'Άννα ' end || n, now(), now() from generate_series(1, ${talks}::int) n`)
    await tx.execute(sql`insert into conversations (id, channel, account_id, contact_id, root_ref, lang, state, last_message_at, message_count)
      select uuidv7(), 'square', ${account}, id, 't' || n, case when n % 2 = 0 then 'el' else 'en' end, case when n % 3 = 0 then 'done' else 'open' end, '2026-05-01'::timestamptz + (n + 1000 * ${each}::int) * interval '1 second', ${each}::int from (select id, row_number() over (order by id) as n from contacts where workspace_id = ${tx.workspace}) c`)
    await tx.execute(sql`insert into messages (id, conversation_id, direction, author_name, text, said_at, heard_at, channel, account_id, remote_id, visibility)
      select uuidv7(), c.id, 'in', 'x', case when (n * 7 + k * 5) % 2 = 0 then 'ψωμιά ' else '' end || case when (n + k) % 5 = 0 then 'Τσουρέκι ' else '' end || case when (n * k) % 11 = 0 then 'orders ' else '' end || case when (n * 13 + k) % 97 = 0 then 'σπάνιο ' else '' end || '.',
        at, at, 'square', ${account}, 'm' || n || '-' || k, 'public' from (select id, row_number() over (order by id) as n from conversations where workspace_id = ${tx.workspace}) c, generate_series(1, ${each}::int) k, lateral (select '2026-05-01'::timestamptz + (n / 2 + 1000 * k) * interval '1 second' as at) t`)
    await tx.execute(sql`analyze messages`)
  })
})
afterAll(() => database.close())

/** All pages of a search, one after another. */
async function pages(filter: Filter & { readonly q: string }, limit: number, bounds: Seeking['bounds']): Promise<Hit[]> {
  const all: Hit[] = []
  let cursor: string | undefined
  for (let turn = 0; turn < 1_000; turn++) {
    const { hits, further } = await database.read(bakery.workspaceId, (db) => search(db, filter, { memberId: bakery.maria.id, now: bakery.clock, limit, cursor, ...(bounds ? { bounds } : {}) }))
    all.push(...hits)
    const last = hits.at(-1)
    if (further) cursor = `${further.at}_${further.id}`
    else if (last && hits.length === limit) cursor = `${last.at.toISOString()}_${last.id}`
    else return all
  }
  throw new Error('The pages have no end.')
}

test('however a search goes about it, it finds the same in the same order, each conversation once, at its newest hit', async () => {
  const all = { few: 1e9, narrow: 0, patience: Infinity }
  await fc.assert(fc.asyncProperty(
    fc.record({ q: fc.oneof(fc.constantFrom(...words), fc.tuple(fc.constantFrom(...words), fc.constantFrom(...words)).map((two) => two.join(' '))), lang: fc.constantFrom(undefined, 'el'), view: fc.constantFrom('all', 'done', 'unassigned') }),
    fc.integer({ min: 1, max: 40 }), fc.record({ few: fc.constantFrom(0, 3, 1e9), narrow: fc.constantFrom(0, 1e9), patience: fc.constantFrom(5, 40, Infinity) }),
    async (filter, limit, bounds) => {
      const at = await pages(filter as Filter & { q: string }, 1_000, all)
      expect(await pages(filter as Filter & { q: string }, limit, bounds)).toEqual(at)
      expect(new Set(at.map((one) => one.id)).size).toBe(at.length)
    },
  ), { numRuns: 25 })
  const found = await pages({ view: 'all', q: 'ψωμί' }, 1_000, all)
  const { rows } = await database.read(bakery.workspaceId, (db) => db.execute<{ id: string }>(sql`select conversation_id as id from messages where workspace_id = ${db.workspace} and text like '%ψωμιά%' group by 1 order by max(heard_at) desc, 1 desc`))
  expect(found.map((one) => one.id)).toEqual(rows.map((row) => row.id))
})

test('what is asked for all that a search finds is asked of nothing else', async () => {
  const named = (filter: Filter) => database.read(bakery.workspaceId, async (db) => await db.select({ id: conversations.id }).from(conversations).where(await allOf(db, filter, { memberId: bakery.maria.id, now: bakery.clock, limit: 5_001 })))
  expect((await named({ view: 'all', q: 'σπάνιο' })).map((one) => one.id).toSorted()).toEqual((await pages({ view: 'all', q: 'σπάνιο' }, 1_000, undefined)).map((one) => one.id).toSorted())
  expect(await named({ view: 'all', q: 'πουθενά' })).toEqual([])
})

test('stretches of time, whatever was expected of them, find what one look would have found', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 300 }), fc.record({ limit: fc.integer({ min: 1, max: 30 }), hits: fc.nat(400), few: fc.nat(50) }), async (fits, { limit, hits, few }) => {
    const moments = fits.map((_, place) => place).toReversed()   // newest first, one a millisecond
    const { hits: found, stopped } = await windows({
      limit, hits, total: Math.max(1, fits.length), few, patience: Infinity, newest: null,
      after: async (before, count) => { const rest = moments.filter((at) => before === null || at <= before.getTime()); return rest[count] === undefined ? null : new Date(rest[count]) },
      look: async ({ from, to }) => { const here = moments.filter((at) => (from === null || at >= from.getTime()) && (to === null || at <= to.getTime()) && fits[at]); return { hits: here.slice(0, limit), seen: here.length } },
    })
    expect(stopped).toBeNull()
    expect(found).toEqual(moments.filter((at) => fits[at]).slice(0, limit))
  }), { numRuns: 300 })
})
