import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { bakery, houseOf, NOON, type Bakery } from '../../../test/world/bakery.ts'
import { events } from '../events/tables.ts'
import { isMachine } from './rules.ts'
import { ensureShortLink, follow, shortLinksOf } from './short.ts'

let database: Database
let world: Bakery
beforeAll(async () => { database = await testDatabase(); world = await bakery(database) })
afterAll(() => database.close())

const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1'
const make = (target: string, postId: string | null = null) => database.write(world.workspaceId, (tx) => ensureShortLink(tx, { target, postId, campaignId: null, madeBy: world.nikos.id, at: NOON }))
const click = (code: string, at = NOON, agent: string | undefined = phone) => follow(houseOf(database, { now: () => at }), code, { agent, counts: true })
const told = (linkId: string) => database.read(world.workspaceId, async (db) => (await db.select().from(events).where(and(eq(events.workspaceId, world.workspaceId), eq(events.name, 'link.clicked')))).map((row) => row.data as unknown as { linkId: string; clicks: number }).filter((data) => data.linkId === linkId).map((data) => data.clicks))
const counted = async (id: string) => (await database.read(world.workspaceId, (db) => shortLinksOf(db, {}))).find((one) => one.id === id)!
const later = (minutes: number): Date => new Date(NOON.getTime() + minutes * 60_000)

describe('a short link', () => {
  test('leads where a member said, and is the same for the same target', async () => {
    const link = await make('https://fournos.gr/?utm_source=bluesky')
    expect(link.code).toMatch(/^[2-9a-zA-Z]{7}$/)
    expect((await make('https://fournos.gr/?utm_source=bluesky')).id).toBe(link.id)
    expect((await make('https://fournos.gr/?utm_source=bluesky', world.accounts.porch)).id).not.toBe(link.id)
    expect(await click(link.code)).toBe('https://fournos.gr/?utm_source=bluesky')
    expect(await click('nothing')).toBeUndefined()
  })
  test('counts clicks by day in the workspace’s zone, and machines apart', async () => {
    const link = await make('https://fournos.gr/a')
    await click(link.code)
    await click(link.code, new Date('2026-10-20T20:59:00Z'))
    await click(link.code, new Date('2026-10-20T21:01:00Z'))
    await click(link.code, NOON, 'Mozilla/5.0 (compatible; Googlebot/2.1)')
    await click(link.code, NOON, '')
    expect(await counted(link.id)).toMatchObject({ clicks: 3, bots: 2, days: [{ day: '2026-10-20', clicks: 2, bots: 2 }, { day: '2026-10-21', clicks: 1, bots: 0 }] })
  })
  test('counts each of many at once', async () => {
    const link = await make('https://fournos.gr/b')
    await Promise.all(Array.from({ length: 40 }, () => click(link.code)))
    expect((await counted(link.id)).clicks).toBe(40)
    expect((await told(link.id)).length).toBe(1)
  })
  test('tells of its clicks once an hour at most, and of every one in the end', async () => {
    const link = await make('https://fournos.gr/c')
    for (const minutes of [0, 1, 30, 59]) await click(link.code, later(minutes))
    expect(await told(link.id)).toEqual([1])
    await click(link.code, later(61))
    expect(await told(link.id)).toEqual([1, 4])
    await click(link.code, later(24 * 60))
    await click(link.code, later(24 * 60 + 61))
    expect((await told(link.id)).reduce((sum, one) => sum + one)).toBe((await counted(link.id)).clicks)
  })
  test('is seen by its own workspace alone', async () => {
    const other = await bakery(database)
    expect(await database.read(other.workspaceId, (db) => shortLinksOf(db, {}))).toEqual([])
  })
  test('does not lead into scripts', async () => {
    await expect(make('javascript:alert(1)')).rejects.toMatchObject({ code: 'link_not_allowed' })
  })
})

test.each([
  ['a phone', phone, false], ['a desktop', 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', false], ['an app', 'Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/142 Mobile Safari/537.36 Telegram-Android/12', false],
  ['a phone by Cubot', 'Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 Chrome/142 Mobile Safari/537.36', false],
  ['Mastodon', 'Mastodon/4.5.0 (http.rb/5.3.1; +https://mastodon.gr/)', true], ['Bluesky’s cards', 'Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)', true], ['Facebook', 'facebookexternalhit/1.1', true],
  ['WhatsApp', 'WhatsApp/2.23', true], ['Telegram', 'TelegramBot (like TwitterBot)', true], ['curl', 'curl/8.5', true], ['nobody', undefined, true],
] as const)('%s is known for what it is', (_, agent, machine) => expect(isMachine(agent)).toBe(machine))
