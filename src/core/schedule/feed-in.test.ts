import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { saying, type Says } from '../../../test/world/inbox.ts'
import { hear } from '../conversations/hear.ts'
import { catchUp } from '../events/dispatch.ts'
import { feedHandler } from './feed-in.ts'
import { filled } from './rules.ts'
import { calendar, type Calendar } from './test-bakery.ts'

let database: Database
let its: Calendar
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
beforeEach(async () => { its = await calendar(database) })

const item = (id: string, more: Partial<Says> = {}): Says => saying('Ο νέος μύλος άνοιξε\nΑλέθει ντόπιο σιτάρι.', { ref: { channel: 'fediverse', id, url: `https://milos.example/${id}` }, overheard: true, ...more })
// The bakery's account on the fediverse stands for a feed: what it says is heard in the same way.
const say = async (...items: Says[]) => {
  await database.write(its.world.workspaceId, (tx) => hear({ tx, account: { id: its.world.accounts.fediverse, channel: 'fediverse' }, now: its.house.now() }, items))
}
const drafts = async () => (await its.ask('GET', '/calendar/shelf')).body['items'] as { id: string; excerpt: string }[]
/** Until every event has settled and been taken. */
const caughtUp = async (count: number) => { await expect.poll(async () => { await catchUp(its.house, its.world.workspaceId, feedHandler); return (await its.ask('GET', '/feed-rules')).body['items'] }, { timeout: 10_000 }).toMatchObject([{ taken: count }]) }
const rule = (more: object = {}) => its.ask('POST', '/feed-rules', { feedAccountId: its.world.accounts.fediverse, does: 'draft', accountIds: [its.account], template: 'Διαβάσαμε: {title}\n\n{link}', lang: 'el', ...more })

describe('a feed', () => {
  test('becomes drafts with its words, link and card, each item once however often it is heard', async () => {
    expect((await rule()).status).toBe(201)
    await say(item('a'), item('b'))
    await say(item('a'))
    await caughtUp(2)
    await catchUp(its.house, its.world.workspaceId, { ...feedHandler, id: 'once more' })
    const made = await drafts()
    expect(made.map(({ excerpt }) => excerpt).toSorted()).toEqual(['Διαβάσαμε: Ο νέος μύλος άνοιξε\n\nhttps://milos.example/a', 'Διαβάσαμε: Ο νέος μύλος άνοιξε\n\nhttps://milos.example/b'])
    expect(await its.post(made[0]!.id)).toMatchObject({ state: 'draft', card: { url: expect.stringMatching(/^https:\/\/milos\.example\/[ab]$/) as string }, accountIds: [its.account], authorId: its.world.nikos.id })
  })

  test('is not given a campaign that is not there', async () => {
    expect(await rule({ campaignId: its.world.nikos.id })).toMatchObject({ status: 404, body: { code: 'campaign_not_found' } })
  })

  test('fills the next free slots, and stands as a draft with its reason once there are none', async () => {
    expect((await rule({ does: 'slot' })).status).toBe(201)
    await say(item('none'))
    await caughtUp(1)
    expect(await drafts()).toHaveLength(1)
    expect((await its.ask('GET', '/calendar/shelf')).body['items']).toMatchObject([{ problem: { code: 'slot_none' } }])
    await its.ask('POST', '/slots', { accountId: its.account, weekday: 4, time: '18:00' })
    await say(item('one'), item('two'))
    await caughtUp(3)
    const { body } = await its.ask('GET', '/calendar?from=2026-10-01T00:00:00Z&to=2026-11-30T00:00:00Z')
    expect(body['items']).toMatchObject([{ wallTime: '2026-10-22T18:00', state: 'scheduled' }, { wallTime: '2026-10-29T18:00', state: 'scheduled' }])
  })

  test('never makes a post of what somebody put to us, in private or in public', async () => {
    await rule({ does: 'slot' })
    await its.ask('POST', '/slots', { accountId: its.account, weekday: 4, time: '18:00' })
    await say(item('letter', { visibility: 'private', overheard: false }), item('comment', { overheard: false }), item('news'))
    await caughtUp(1)
    expect((await its.ask('GET', '/calendar?from=2026-10-01T00:00:00Z&to=2026-11-30T00:00:00Z')).body['items']).toMatchObject([{ excerpt: expect.stringContaining('milos.example/news') as string }])
    expect(await drafts()).toEqual([])
  })

  test('shows what it told last, and never what was put to us', async () => {
    const newest = () => its.ask('GET', `/feed-rules/newest?feedAccountId=${its.world.accounts.fediverse}`)
    expect((await newest()).body).toEqual({ item: null })
    await say(item('a'), item('letter', { visibility: 'private', overheard: false }))
    expect((await newest()).body['item']).toMatchObject({ text: expect.stringContaining('Ο νέος μύλος άνοιξε') as string, link: 'https://milos.example/a' })
  })

  test('that has no rule, or whose rule is off, is only heard', async () => {
    const { body } = await rule({ on: false })
    await say(item('a'))
    await its.ask('PUT', `/feed-rules/${body['id'] as string}`, { feedAccountId: its.world.accounts.fediverse, does: 'draft', accountIds: [], template: '{title}', lang: 'el', on: false })
    await catchUp(its.house, its.world.workspaceId, feedHandler)
    expect(await drafts()).toEqual([])
    expect((await its.ask('DELETE', `/feed-rules/${body['id'] as string}`)).body).toEqual({ deleted: true })
    expect((await rule({ does: 'slot', accountIds: [] })).body['code']).toBe('no_account_chosen')
  })
})

test('a template is filled with what an item says and nothing else', () => {
  const heard = { text: 'Τίτλος\n\nΜια {link} παγίδα', link: 'https://a.example', author: 'Μύλος' }
  expect(filled('{author}: {title}\n{text}\n\n\n\n{link} {other}', heard)).toBe('Μύλος: Τίτλος\nΜια {link} παγίδα\n\nhttps://a.example {other}')
})
