import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#kit/id.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { accounts } from '../accounts/tables.ts'
import { linkCards } from '../links/tables.ts'
import { publicationsOf } from '../publications/store.ts'
import { openPosts, words, type Ground } from './test-posts.ts'

let database: Database
let ground: Ground
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
beforeEach(async () => { ground = await openPosts(database) })

const rows = (id: string) => ground.write((tx) => publicationsOf(tx, [id]))
const on = async (id: string, channel: string) => (await rows(id)).filter((one) => one.channel === channel).sort((a, b) => a.part - b.part)
const at = (wall: string, zone: string | undefined = 'Europe/Athens') => ({ at: { wall, ...(zone === undefined ? {} : { zone }) } })

describe('letting a post out', () => {
  test('gives each account its own words, its thread, its labels and the comment under it', async () => {
    const { accounts: ours } = ground.world
    const id = await ground.draft({
      text: 'ένα', thread: [{ text: 'δύο', media: [] }], firstComment: 'https://fournos.gr', labels: ['sponsored'], accountIds: [ours.porch, ours.fediverse, ours.memory],
      variants: [{ accountId: ours.memory, text: 'μόνο εδώ', media: [] }],
    })
    expect((await ground.publish(id)).status).toBe(200)
    // The site knows no threads: there it is one text, with the comment under it.
    expect((await on(id, 'porch')).map((one) => [one.kind, one.draft?.text, one.draft?.labels])).toEqual([['post', 'ένα\n\nδύο', ['sponsored']], ['reply', 'https://fournos.gr', ['sponsored']]])
    expect((await on(id, 'fediverse')).map((one) => [one.part, one.state, one.draft?.text])).toEqual([[0, 'scheduled', 'ένα'], [1, 'waiting', 'δύο'], [2, 'waiting', 'https://fournos.gr']])
    expect((await on(id, 'memory')).map((one) => one.draft?.text)).toEqual(['μόνο εδώ'])
    expect((await on(id, 'fediverse'))[0]!.draft?.link).toMatch(/^http:\/\/bakery\.test\//)
  })
  test('what is to be read first goes with every part, is frozen with it, and takes its room from the text where it is counted', async () => {
    const { accounts: ours } = ground.world
    const id = await ground.draft({ text: 'ένα', thread: [{ text: 'δύο', media: [] }], warning: 'Φωτιά', accountIds: [ours.fediverse, ours.memory], variants: [{ accountId: ours.memory, text: 'μόνο εδώ', media: [], warning: '' }] })
    expect((await ground.publish(id)).status).toBe(200)
    expect((await on(id, 'fediverse')).map((one) => one.draft?.warning)).toEqual(['Φωτιά', 'Φωτιά'])
    expect((await on(id, 'fediverse'))[0]!.wire).toMatchObject({ text: 'ένα', warning: 'Φωτιά' })
    expect((await on(id, 'memory'))[0]!.draft).not.toHaveProperty('warning')
    const long = await ground.draft({ text: 'α'.repeat(498), warning: 'Φωτιά', accountIds: [ours.fediverse] })
    expect((await ground.publish(long)).body).toMatchObject({ code: 'part_too_long', limit: 495, actual: 498 })
    const version = await ground.version(long)
    expect((await ground.ask(ground.world.nikos)('PUT', `/posts/${long}`, { ...words, text: 'α'.repeat(498), accountIds: [ours.fediverse], warning: '', version })).body).toMatchObject({ warning: '' })
    expect((await ground.publish(long)).status).toBe(200)
  })
  test('takes the lateness of the post, else the workspace’s', async () => {
    await ground.ask(ground.world.eleni)('PUT', '/publishing-policy', { approval: 'none', linksCount: false, altText: 'required', late: { do: 'ask' }, duplicateDays: 30 })
    const [plain, own] = [await ground.draft(), await ground.draft({ late: { do: 'publish' } })]
    await ground.publish(plain)
    await ground.publish(own)
    expect([(await rows(plain))[0]!.late, (await rows(own))[0]!.late]).toEqual([{ do: 'ask' }, { do: 'publish' }])
  })
  test.each([
    ['the first part', { text: 'α'.repeat(501) }, { code: 'part_too_long', account: 'Fediverse', part: 0, limit: 500, actual: 501 }],
    ['a later part', { thread: [{ text: 'ok', media: [] }, { text: 'β'.repeat(502), media: [] }] }, { code: 'part_too_long', account: 'Fediverse', part: 2, limit: 500, actual: 502 }],
    ['the first comment', { firstComment: 'γ'.repeat(600) }, { code: 'part_too_long', account: 'Fediverse', part: 1, limit: 500, actual: 600 }],
    ['an empty part', { thread: [{ text: '   ', media: [] }] }, { code: 'part_empty', account: 'Fediverse', part: 1 }],
  ])('refuses %s beyond a network’s own rule and names account, part and count', async (_, over, { code, account, ...facts }) => {
    const id = await ground.draft(over)
    const said = await ground.publish(id)
    expect(said).toMatchObject({ status: 422, body: { code, accountId: ground.world.accounts.fediverse, ...facts } })
    expect(said.body['detail']).toContain(account)
    expect(await rows(id)).toEqual([])
    expect((await ground.ask(ground.world.nikos)('GET', `/posts/${id}`)).body).toMatchObject({ state: 'draft', version: 1 })
  })
  test('counts a link at its price and holds a second measure too', async () => {
    const link = `https://fournos.gr/${'a'.repeat(600)}`
    expect((await ground.publish(await ground.draft({ text: `Δείτε ${link}` }))).status).toBe(200)
    const chirp = { accountIds: [ground.world.accounts.memory] }
    expect((await ground.publish(await ground.draft({ ...chirp, text: 'a'.repeat(280) }))).status).toBe(200)
    expect((await ground.publish(await ground.draft({ ...chirp, text: 'α'.repeat(201) }))).body).toMatchObject({ code: 'part_too_long', limit: 400, actual: 402 })
  })
  test('refuses more pictures than an account takes, one without description, and one that is gone', async () => {
    const picture = async (alt: string) => ({ mediaId: await ground.file(), alt })
    const three = [await picture('ψωμί'), await picture('φούρνος'), await picture('πόρτα')]
    expect((await ground.publish(await ground.draft({ media: three }))).body).toMatchObject({ code: 'too_much_media', limit: 2, actual: 3, part: 0 })
    const own = [{ accountId: ground.world.accounts.fediverse, text: 'δύο', media: three.slice(0, 2) }]
    expect((await ground.publish(await ground.draft({ media: three, variants: own }))).status).toBe(200)
    expect((await ground.publish(await ground.draft({ media: [await picture('')] }))).body['code']).toBe('alt_text_required')
    expect((await ground.publish(await ground.draft({ media: [await picture('μ'.repeat(101))] }))).body).toMatchObject({ code: 'alt_too_long', actual: 101 })
    expect((await ground.publish(await ground.draft({ media: [{ mediaId: ground.world.workspaceId, alt: 'χαμένη' }] }))).body['code']).toBe('media_missing')
    await ground.ask(ground.world.eleni)('PUT', '/publishing-policy', { approval: 'none', linksCount: false, altText: 'asked', late: null, duplicateDays: 30 })
    expect((await ground.publish(await ground.draft({ media: [await picture('')] }))).status).toBe(200)
  })
  test('refuses a video where none is shown, and one that is longer than an account shows', async () => {
    const film = async (seconds: number) => [{ mediaId: await ground.file({ type: 'video/mp4', seconds }), alt: 'ο φούρνος' }]
    expect((await ground.publish(await ground.draft({ media: await film(10) }))).body).toMatchObject({ code: 'media_not_taken', type: 'video/mp4', accountId: ground.world.accounts.fediverse })
    const site = { accountIds: [ground.world.accounts.porch] }
    expect((await ground.publish(await ground.draft({ ...site, media: await film(61) }))).body).toMatchObject({ code: 'video_too_long', limit: 60, actual: 61 })
    expect((await ground.publish(await ground.draft({ ...site, media: await film(60) }))).status).toBe(200)
  })
  test('sends the card of its link along as it was last read, and one of the address where the page is away', async () => {
    const url = 'https://www.fournos.gr/psomi'
    const card = { url, title: 'Ψωμί σίκαλης', description: 'Με προζύμι', site: 'fournos.gr', dead: false }
    await ground.write((tx) => tx.insert(linkCards).values({ key: 'k', url, card, dead: false, readAt: new Date('2026-10-01') }))
    const [read, away] = [await ground.draft({ card: { url } }), await ground.draft({ card: { url: 'https://away.example/α' } })]
    await ground.publish(read)
    expect((await ground.publish(away)).status).toBe(200)
    expect((await rows(read))[0]!.draft?.card).toEqual({ url, title: 'Ψωμί σίκαλης', description: 'Με προζύμι' })
    expect((await rows(away))[0]!.draft?.card).toMatchObject({ url: 'https://away.example/α', title: expect.stringContaining('away.example'), description: '' })
  })
  test('a stop in any variant holds the whole, and says where', async () => {
    const { fediverse } = ground.world.accounts
    const id = await ground.draft({ variants: [{ accountId: fediverse, text: 'Ησυχία', thread: [{ text: 'ΜΟΝΟ ΣΗΜΕΡΑ!', media: [] }], media: [] }] })
    const said = await ground.publish(id)
    expect(said).toMatchObject({ status: 422, body: { code: 'held_by_check', findings: [{ rule: 'shout', accountIds: [fediverse], part: 1, at: [0, 11] }] } })
    expect((await ground.ask(ground.world.nikos)('POST', `/posts/${id}/review`)).body).toEqual({ findings: said.body['findings'] })
    expect((await ground.publish(id, { reasons: { shout: 'Είναι αλήθεια.' } })).body).toMatchObject({ state: 'scheduled' })
  })
  test.each([
    ['2026-10-20T08:00', 'Europe/Athens', 400, 'time_in_past'], ['2036-12-01T09:00', 'Europe/Athens', 400, 'time_too_far'], ['2026-11-01T09:00', '', 400, 'zone_unknown'],
    ['2026-11-01T09:00', undefined, 400, 'zone_unknown'], ['2026-11-01T09:00', 'Mars/Olympus', 400, 'zone_unknown'], ['2027-03-28T03:30', 'Europe/Athens', 409, 'local_time_missing'], ['2026-10-25T03:30', 'Europe/Athens', 409, 'local_time_ambiguous'],
    ['2026-02-30T09:00', 'Europe/Athens', 400, 'invalid_input'], ['αύριο', 'Europe/Athens', 400, 'invalid_input'],
  ])('at %s in %j is refused', async (wall, zone, status, code) => {
    const id = await ground.draft()
    expect(await ground.publish(id, { at: { wall, ...(zone === undefined ? {} : { zone }) } })).toMatchObject({ status, body: { code } })
    expect(await rows(id)).toEqual([])
  })
  test('from two tabs at once goes out once, and the other is told', async () => {
    const id = await ground.draft()
    const both = await Promise.all([ground.ask(ground.world.nikos), ground.ask(ground.world.eleni)].map((press) => press('POST', `/posts/${id}/publish`, { version: 1 })))
    expect(both.map((one) => one.status).sort()).toEqual([200, 409])
    expect(both.find((one) => one.status === 409)!.body).toMatchObject({ code: 'changed_meanwhile', version: 2, theirs: { state: 'scheduled' } })
    expect(await rows(id)).toHaveLength(2)
  })
  test('on an account that was removed or needs a login is refused by name, never left out in silence', async () => {
    const { porch, fediverse } = ground.world.accounts
    const id = await ground.draft()
    await ground.write((tx) => tx.update(accounts).set({ state: 'login-needed' }).where(eq(accounts.id, fediverse)))
    expect(await ground.publish(id, at('2026-12-01T09:00'))).toMatchObject({ status: 422, body: { code: 'account_not_connected', accountId: fediverse, state: 'login-needed', title: 'Fediverse (fournos) is not connected' } })
    await ground.write((tx) => tx.delete(accounts).where(eq(accounts.id, porch)))
    expect((await ground.publish(id)).body).toMatchObject({ code: 'account_not_connected', accountId: porch, state: 'removed' })
    expect(await rows(id)).toEqual([])
    expect((await ground.publish(await ground.draft({ accountIds: [] }))).body['code']).toBe('no_account_chosen')
  })
  test('an account that is being removed while a post is scheduled on it waits for its turn', async () => {
    const id = await ground.draft()
    const { fediverse } = ground.world.accounts
    const removal = ground.write(async (tx) => {
      await tx.update(accounts).set({ state: 'removed' }).where(eq(accounts.id, fediverse))
      await new Promise((next) => setTimeout(next, 300))
    })
    await new Promise((next) => setTimeout(next, 100))
    expect((await ground.publish(id)).body['code']).toBe('account_not_connected')
    await removal
    expect(await rows(id)).toEqual([])
  })
})

describe('a scheduled post', () => {
  test('moves to another time with its words, and comes back to the drafts', async () => {
    const id = await ground.draft()
    await ground.publish(id, at('2026-12-01T09:00'))
    expect((await ground.publish(id, at('2026-12-02T10:00'))).body).toMatchObject({ state: 'scheduled', dueAt: '2026-12-02T08:00:00.000Z', wallTime: '2026-12-02T10:00', version: 3 })
    const to = new Date('2026-12-02T08:00:00Z')
    expect((await rows(id)).map((one) => one.dueAt)).toEqual([to, to])
    expect((await ground.ask(ground.world.nikos)('GET', `/posts/${id}/versions`)).body['items']).toHaveLength(1)
    expect((await ground.ask(ground.world.nikos)('POST', `/posts/${id}/unschedule`)).body).toMatchObject({ state: 'draft', dueAt: null, publications: [] })
  })
  test('is kept as a version when it is let out', async () => {
    const id = await ground.draft()
    await ground.publish(id)
    expect((await ground.ask(ground.world.nikos)('GET', `/posts/${id}/versions`)).body['items']).toMatchObject([{ n: 1, why: 'published', by: { name: ground.world.nikos.name } }])
  })
})

test('an edit or removal of what was never sent is nowhere', async () => {
  for (const deed of ['retry', 'drop']) expect(await ground.ask(ground.world.nikos)('POST', `/publications/${newId()}/change`, { do: deed })).toMatchObject({ status: 404, body: { code: 'not_found' } })
})
