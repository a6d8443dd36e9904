import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#kit/id.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { publishPost } from '../posts/publish.ts'
import { savePost, type Post } from '../posts/store.ts'
import { posts } from '../posts/tables.ts'
import { dueAt } from '../posts/wall-time.ts'
import { publications } from '../publications/tables.ts'
import { members } from '../members/tables.ts'
import { rowsBetween } from './calendar-rows.ts'
import { calendar, type Calendar } from './test-bakery.ts'

let database: Database
let its: Calendar
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
beforeEach(async () => { its = await calendar(database) })

const zone = 'Europe/Athens'
async function scheduled(wall: string, more: Parameters<Calendar['draft']>[0] = {}): Promise<Post> {
  const post = await its.draft(more)
  return await database.write(its.world.workspaceId, (tx) => publishPost(tx, its.house, { member: its.world.nikos, id: post.id, version: post.version, dueAt: dueAt({ wall, zone }, its.house.now()), wall: { wall, zone }, reasons: {} }))
}
interface Line { id: string; title: string; state: string; wallTime: string | null; zone: string | null; channels: string[]; problem: { code: string; says: { el: string } } | null; authorName: string; media: number }
const october = 'from=2026-10-01T00:00:00Z&to=2026-11-01T00:00:00Z'
const ask = async (more = ''): Promise<{ items: Line[]; more: boolean; zones: unknown; lanes: { accounts: { channel: string }[] } }> => (await its.ask('GET', `/calendar?${october}${more}`)).body as never

describe('the calendar', () => {
  test('shows what went out, what is to go and drafts with a time, in order; what has none stands on the shelf', async () => {
    const [late, early, out, loose] = [await scheduled('2026-10-30T09:30'), await scheduled('2026-10-22T18:00', { title: 'Ελιόψωμο' }), await its.draft({ title: 'Βγήκε' }), await its.draft({ title: 'Στο ράφι' })]
    await database.write(its.world.workspaceId, (tx) => savePost(tx, out.id, { seen: 1, at: its.house.now(), change: { state: 'published', publishedAt: new Date('2026-10-19T07:00:00Z') } }))
    const seen = await ask()
    expect(seen.items.map(({ id, state, wallTime }) => [id, state, wallTime])).toEqual([[out.id, 'published', '2026-10-19T10:00'], [early.id, 'scheduled', '2026-10-22T18:00'], [late.id, 'scheduled', '2026-10-30T09:30']])
    expect(seen.items[1]).toMatchObject({ title: 'Ελιόψωμο', zone, channels: ['memory'], authorName: 'Νίκος Αγγελής', problem: null, media: 0 })
    expect(seen.zones).toEqual({ planning: zone, workspace: zone, member: null })
    expect(seen.lanes.accounts.map(({ channel }) => channel).toSorted()).toEqual(['fediverse', 'memory', 'porch'])
    expect((await its.ask('GET', '/calendar/shelf')).body['items']).toMatchObject([{ id: loose.id, wallTime: null }])
  })

  test('shows only what is asked for', async () => {
    const [memory, porch] = [await scheduled('2026-10-22T18:00', { intent: 'ask' }), await its.draft({ accountIds: [its.world.accounts.porch], title: 'Βεράντα' })]
    await its.ask('POST', '/calendar/move', { items: [{ id: porch.id, version: 1 }], to: { wall: '2026-10-23T10:00' } })
    const ids = async (more: string) => (await ask(more)).items.map(({ id }) => id)
    expect(await ids('&channel=memory')).toEqual([memory.id])
    expect(await ids('&channel=porch,fediverse')).toEqual([porch.id])
    expect(await ids(`&accountId=${its.world.accounts.porch}`)).toEqual([porch.id])
    expect(await ids('&channel=nowhere')).toEqual([])
    expect(await ids('&intent=ask')).toEqual([memory.id])
    expect(await ids('&state=draft')).toEqual([porch.id])
    expect(await ids('&campaignId=none')).toEqual([memory.id, porch.id])
    expect(await ids(`&campaignId=${newId()}`)).toEqual([])
    expect(await ids(`&authorId=${its.world.maria.id}`)).toEqual([])
    expect(await ids('&problem=yes')).toEqual([])
  })

  test('says what needs a person, and why', async () => {
    const [stuck, missed] = [await scheduled('2026-10-22T18:00'), await its.draft()]
    await its.ask('POST', '/calendar/move', { items: [{ id: missed.id, version: 1 }], to: { wall: '2026-10-21T10:00' } })
    await database.write(its.world.workspaceId, (tx) => tx.update(publications).set({ state: 'needs-person', because: 'outcome-unknown' }))
    its.set('2026-10-23T09:00:00Z')
    expect((await ask('&problem=yes')).items).toMatchObject([{ id: missed.id, problem: { code: 'time_in_past' } }, { id: stuck.id, problem: { code: 'outcome-unknown', says: { el: expect.stringContaining('δεν ξέρουμε') as string } } }])
  })

  test('keeps the order of the shelf, with what is new on top', async () => {
    const [a, b] = [await its.draft(), await its.draft()]
    await its.ask('PUT', '/calendar/shelf', { ids: [b.id, a.id, newId()] })
    const c = await its.draft()
    expect(((await its.ask('GET', '/calendar/shelf')).body['items'] as Line[]).map(({ id }) => id)).toEqual([c.id, b.id, a.id])
  })

  test('tells by whose clock a campaign is planned, and when another clock is read', async () => {
    const campaignId = newId()
    await database.write(its.world.workspaceId, async (tx) => {
      await tx.execute(sql`insert into campaigns (id, workspace_id, name, brief, owner_id, zone) values (${campaignId}, ${tx.workspace}, 'New York', '{}', ${its.world.eleni.id}, 'America/New_York')`)
      await tx.update(members).set({ zone: 'Europe/Bucharest' })
    })
    expect((await its.ask('GET', '/calendar/zone')).body).toEqual({ planning: zone, workspace: zone, member: 'Europe/Bucharest', doubtful: false })
    expect((await its.ask('GET', `/calendar/zone?campaignId=${campaignId}`)).body).toEqual({ planning: 'America/New_York', workspace: zone, member: 'Europe/Bucharest', doubtful: true })
    expect((await its.ask('POST', '/slots', { accountId: its.account, weekday: 1, time: '09:30', campaignId })).body).toMatchObject({ zone: 'America/New_York' })
  })

  test('has no weekly time for a campaign that is not there', async () => {
    expect(await its.ask('POST', '/slots', { accountId: its.account, weekday: 1, time: '09:30', campaignId: newId() })).toMatchObject({ status: 404, body: { code: 'campaign_not_found' } })
  })

  test('says which of its questions it cannot read, in words', async () => {
    const asked = async (search: string) => (await its.ask('GET', `/calendar?${search}`)).body
    expect(await asked(`${october}&campaignId=x`)).toMatchObject({ field: 'campaignId', detail: 'campaignId: must be an identifier' })
    expect(await asked(`${october}&accountId=1`)).toMatchObject({ field: 'accountId', detail: 'accountId: must be identifiers, with commas between them' })
    expect(await asked('from=2026-10-01T00:00:00Z&to=2029-10-01T00:00:00Z')).toMatchObject({ field: 'to', detail: 'to: must be at most 400 days after from' })
  })

  test.each(['from=2026-10-01T00:00:00Z', 'from=2026-10-01T00:00:00Z&to=2026-09-01T00:00:00Z', 'from=2026-10-01T00:00:00Z&to=2029-10-01T00:00:00Z', 'from=x&to=y', `${october}&intent=shout`, `${october}&accountId=1`])('%s is refused', async (search) => {
    expect((await its.ask('GET', `/calendar?${search}`)).status).toBe(400)
  })

  test('answers a month of a thousand among many years in one query by index', async () => {
    await database.write(its.world.workspaceId, async (tx) => {
      const at = (n: number) => new Date(Date.UTC(2026, 9, 1) + n * 2_600_000)
      const post = (n: number, when: Date) => ({ id: newId(), authorId: its.world.nikos.id, title: `Ψωμί ${n}`, text: 'Βγήκε από τον φούρνο. '.repeat(40), lang: 'el' as const, state: 'scheduled' as const, accountIds: [its.account], dueAt: when, wallTime: '2026-10-01T09:30', zone })
      const thousand = Array.from({ length: 1_000 }, (_, n) => post(n, at(n)))
      const others = Array.from({ length: 9_000 }, (_, n) => post(n, new Date(Date.UTC(2020, 0, 1) + n * 20_000_000)))
      for (let from = 0; from < 10_000; from += 1_000) await tx.insert(posts).values([...thousand, ...others].slice(from, from + 1_000))
      await tx.insert(publications).values(thousand.map(({ id, dueAt: due }) => ({ postId: id, accountId: its.account, channel: 'memory', kind: 'post' as const, key: newId(), writtenAt: due, wire: {}, wireHash: '', lang: 'el', dueAt: due, deadline: due })))
    })
    await database.pool.query('analyze posts; analyze publications')
    const around = { channels: new Map([[its.account, 'memory']]), zone, now: its.house.now() }
    const filter = { from: new Date('2026-10-01T00:00:00Z'), to: new Date('2026-11-01T00:00:00Z') }
    const took: number[] = []
    for (let turn = 0; turn < 9; turn++) {
      const begun = performance.now()
      const { items } = await database.read(its.world.workspaceId, (db) => rowsBetween(db, filter, around))
      took.push(performance.now() - begun)
      expect(items).toHaveLength(1_000)
    }
    // Well above what it takes, far below what a scan of everything would.
    expect(took.toSorted((a, b) => a - b)[4]!).toBeLessThan(150)
  })
})
