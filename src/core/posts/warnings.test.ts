import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { openPosts, type Ground } from './test-posts.ts'
import { porch as porchItself } from '#channels/porch/index.ts'
import { nameOf } from './stands.ts'

let database: Database
let ground: Ground
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
beforeEach(async () => { ground = await openPosts(database) })

type Told = { kind: string; accountId: string; other?: { postId: string; state: string } }[]
const warned = async (id: string, query = '') => (query
  ? (await ground.ask(ground.world.nikos)('GET', `/posts/${id}/warnings${query}`)).body['items']
  : (await ground.ask(ground.world.nikos)('GET', `/posts/${id}`)).body['warnings']) as Told
const athens = (wall: string) => ({ at: { wall, zone: 'Europe/Athens' } })
const rye = 'Το πρώτο ψωμί σίκαλης βγήκε σήμερα από τον φούρνο. Ποιος θέλει να το δοκιμάσει πρώτος;'

describe('the same words twice on an account', () => {
  test('are pointed out, also when the first are only scheduled, and hold nothing', async () => {
    const { porch, fediverse } = ground.world.accounts
    const first = await ground.draft({ text: rye, accountIds: [porch] })
    await ground.publish(first, athens('2026-11-05T09:00'))
    const id = await ground.draft({ text: rye.replace('σήμερα ', ''), accountIds: [porch, fediverse] })
    expect(await warned(id)).toMatchObject([{ kind: 'duplicate', accountId: porch, account: { en: 'Porch (porch)', el: 'Porch (porch)' }, other: { postId: first, state: 'scheduled' }, says: { el: 'Σχεδόν το ίδιο κείμενο έχει ήδη προγραμματιστεί: Porch (porch).' } }])
    expect((await ground.publish(id)).body).toMatchObject({ state: 'scheduled', warnings: [{ kind: 'duplicate' }] })
  })
  test('are the words of that account, whatever the others share', async () => {
    const { porch, fediverse } = ground.world.accounts
    await ground.publish(await ground.draft({ text: 'Κάτι εντελώς άλλο για την Κυριακή.', variants: [{ accountId: fediverse, text: rye, media: [] }] }), athens('2026-11-05T09:00'))
    expect((await warned(await ground.draft({ text: rye }))).map((one) => [one.kind, one.accountId])).toEqual([['duplicate', fediverse]])
    expect(await warned(await ground.draft({ text: rye, variants: [{ accountId: fediverse, text: 'Εδώ λέμε για τα κουλούρια της Θεσσαλονίκης.', media: [] }] }))).toEqual([])
    expect(await warned(await ground.draft({ text: rye, accountIds: [porch] }))).toEqual([])
  })
  test('are looked for within the days the workspace set', async () => {
    await ground.publish(await ground.draft({ text: rye }), athens('2026-12-05T09:00'))
    const id = await ground.draft({ text: rye })
    expect(await warned(id)).toEqual([])
    expect((await warned(id, '?at=2026-11-20T08:00:00Z')).map((one) => one.kind)).toEqual(['duplicate', 'duplicate'])
    await ground.ask(ground.world.eleni)('PUT', '/publishing-policy', { approval: 'none', linksCount: false, altText: 'required', late: null, duplicateDays: 60 })
    expect((await warned(id)).map((one) => one.kind)).toEqual(['duplicate', 'duplicate'])
    await ground.ask(ground.world.eleni)('PUT', '/publishing-policy', { approval: 'none', linksCount: false, altText: 'required', late: null, duplicateDays: 0 })
    expect(await warned(id)).toEqual([])
  })
})

describe('two posts in one hour on an account', () => {
  test('are pointed out for the time chosen, and not an hour apart', async () => {
    const first = await ground.draft({ text: 'Κουλούρια Θεσσαλονίκης.', accountIds: [ground.world.accounts.porch] })
    await ground.publish(first, athens('2026-11-05T09:00'))
    const id = await ground.draft({ text: rye })
    expect(await warned(id)).toEqual([])
    expect(await warned(id, '?at=2026-11-05T07:59:00Z')).toMatchObject([{ kind: 'same-hour', accountId: ground.world.accounts.porch, other: { postId: first } }])
    expect(await warned(id, '?at=2026-11-05T08:00:00Z')).toEqual([])
    expect((await ground.publish(id, athens('2026-11-05T08:30'))).body).toMatchObject({ warnings: [{ kind: 'same-hour' }] })
  })
})

test('a first comment that an account cannot carry is pointed out', async () => {
  const { porch, memory } = ground.world.accounts
  expect(await warned(await ground.draft({ firstComment: 'fournos.gr', accountIds: [porch, memory] }))).toMatchObject([{ kind: 'no-first-comment', accountId: memory }])
})
test('a warning that an account cannot fold its text behind is pointed out', async () => {
  const { fediverse, memory } = ground.world.accounts
  expect(await warned(await ground.draft({ warning: 'Φωτιά', accountIds: [fediverse, memory] }))).toMatchObject([{ kind: 'no-warning', accountId: memory }])
})

test('an account is named in each language as people call it there', () => {
  expect(nameOf(porchItself, { handle: 'Φούρνος της Ελένης' })).toEqual({ en: 'Porch (Φούρνος της Ελένης)', el: 'Στοά (Φούρνος της Ελένης)' })
  expect(nameOf({ name: 'Bluesky' }, { handle: '@fournos.gr' })).toEqual({ en: 'Bluesky (@fournos.gr)', el: 'Bluesky (@fournos.gr)' })
})
