import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'drizzle-orm'
import { newId } from '#kit/id.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { openPosts, words, type Ground } from './test-posts.ts'

let database: Database
let ground: Ground
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
beforeEach(async () => { ground = await openPosts(database) })

const save = (id: string, version: number, over: Record<string, unknown>, member = ground.world.nikos) =>
  ground.ask(member)('PUT', `/posts/${id}`, { ...words, accountIds: [ground.world.accounts.porch], version, ...over })
const versions = async (id: string) => (await ground.ask(ground.world.nikos)('GET', `/posts/${id}/versions`)).body['items'] as { n: number; why: string; excerpt: string; by: { name: string } }[]

describe('a draft that saves itself', () => {
  test('is begun once, however often the browser asks with the same id', async () => {
    const id = newId()
    const [first, again] = [await ground.draft({ id }), await ground.draft({ id, text: 'Δεύτερη φορά' })]
    expect([first, again]).toEqual([id, id])
    expect((await ground.ask(ground.world.nikos)('GET', '/posts')).body['items']).toMatchObject([{ id, text: words.text }])
    expect(await ground.ask(ground.world.maria)('POST', '/posts', { ...words, id })).toMatchObject({ status: 409, body: { code: 'changed_meanwhile' } })
  })
  test('takes a save whose answer was lost again, and keeps threads, variants and the rest', async () => {
    const id = await ground.draft()
    const over = {
      text: 'Νέο', thread: [{ text: 'δεύτερο', media: [] }], firstComment: 'σχόλιο', labels: ['sponsored'], card: { url: 'https://example.gr/' }, late: { do: 'publish-within', minutes: 30 },
      variants: [{ accountId: ground.world.accounts.fediverse, text: 'αλλιώς', media: [] }],
    }
    expect((await save(id, 1, over)).body).toMatchObject({ version: 2, text: 'Νέο' })
    expect((await save(id, 1, over)).body).toMatchObject({ version: 2, ...over, variants: [{ text: 'αλλιώς', thread: [], firstComment: '' }] })
    // What a writer does not name stays.
    expect((await save(id, 2, { text: 'Νεότερο' })).body).toMatchObject({ version: 3, firstComment: 'σχόλιο', thread: [{ text: 'δεύτερο' }] })
  })
  test('of a campaign that is not there is refused by name, and one that is is kept', async () => {
    const campaignId = newId()
    await ground.write((tx) => tx.execute(sql`insert into campaigns (id, workspace_id, name, brief, owner_id) values (${campaignId}, ${tx.workspace}, 'Σίκαλη', '{}', ${ground.world.eleni.id})`))
    const refused = { status: 404, body: { code: 'campaign_not_found', field: 'campaignId' } }
    expect(await ground.ask(ground.world.nikos)('POST', '/posts', { ...words, campaignId: newId() })).toMatchObject(refused)
    const id = await ground.draft()
    expect(await save(id, 1, { campaignId: newId() })).toMatchObject(refused)
    expect((await save(id, 1, { campaignId })).body).toMatchObject({ version: 2, campaignId })
    const other = await openPosts(database)
    expect(await other.ask(other.world.nikos)('POST', '/posts', { ...words, campaignId })).toMatchObject(refused)
  })
  test('of two who save, the second gets both texts and overwrites nothing', async () => {
    const id = await ground.draft()
    await save(id, 1, { text: 'Του Νίκου' })
    const said = await save(id, 1, { text: 'Της Μαρίας' }, ground.world.maria)
    expect(said).toMatchObject({ status: 409, body: { code: 'changed_meanwhile', version: 2, theirs: { text: 'Του Νίκου', by: ground.world.nikos.id, version: 2 } } })
    const both = await Promise.all([save(id, 2, { text: 'α' }), save(id, 2, { text: 'β' }, ground.world.maria)])
    expect(both.map((one) => one.status).sort()).toEqual([200, 409])
  })
  test('is no longer one once it is let out: what is scheduled is brought back first', async () => {
    const id = await ground.draft()
    await ground.publish(id, { at: { wall: '2026-12-01T09:00', zone: 'Europe/Athens' } })
    expect(await save(id, 2, { text: 'Άλλο' })).toMatchObject({ status: 409, body: { code: 'wrong_state' } })
    expect((await ground.ask(ground.world.nikos)('DELETE', `/posts/${id}`)).body['code']).toBe('wrong_state')
    await ground.ask(ground.world.nikos)('POST', `/posts/${id}/unschedule`)
    expect((await save(id, 3, { text: 'Άλλο' })).body).toMatchObject({ text: 'Άλλο', version: 4 })
  })
  test.each([
    [{ thread: [{ text: 'α' }] }, 'invalid_input'], [{ labels: ['sponsored', 'sponsored'] }, 'invalid_input'], [{ labels: ['funny'] }, 'invalid_input'], [{ card: { url: 'javascript:alert(1)' } }, 'invalid_input'],
    [{ late: { do: 'publish-within', minutes: 0 } }, 'invalid_input'], [{ late: { do: 'publish', minutes: 3 } }, 'unknown_field'], [{ variants: [{ accountId: 'x', text: '', media: [] }] }, 'invalid_input'], [{ firstComment: 'a\0' }, 'invalid_text'],
    [{ colour: 'red' }, 'unknown_field'], [{ text: 'α'.repeat(60_001) }, 'invalid_input'],
  ])('refuses %j', async (over, code) => { expect(await save(await ground.draft(), 1, over)).toMatchObject({ status: 400, body: { code } }) })
  test('refuses two variants for one account', async () => {
    const one = { accountId: ground.world.accounts.porch, text: 'α', media: [] }
    expect((await save(await ground.draft(), 1, { variants: [one, one] })).status).toBe(400)
  })
  test('takes its versions, comments, steps and links along when it is thrown away', async () => {
    const id = await ground.draft()
    await save(id, 1, { text: 'Της Μαρίας' }, ground.world.maria)
    await ground.ask(ground.world.maria)('POST', `/posts/${id}/comments`, { text: 'Καλό' })
    await ground.ask(ground.world.nikos)('POST', `/posts/${id}/approval`, { do: 'ask', version: 2 })
    await ground.ask(ground.world.nikos)('POST', `/posts/${id}/review-links`, {})
    expect((await ground.ask(ground.world.nikos)('DELETE', `/posts/${id}`)).status).toBe(200)
    for (const table of ['post_versions', 'post_comments', 'approval_steps', 'review_links']) {
      expect((await ground.write((tx) => tx.execute(sql.raw(`select 1 from ${table} where post_id = '${id}'`)))).rows).toEqual([])
    }
  })
})

describe('the versions of a post', () => {
  test('keep what somebody else wrote before it is written over, and every five minutes what one person writes', async () => {
    const id = await ground.draft({ text: 'Πρώτο' })
    await save(id, 1, { text: 'Δεύτερο' })
    expect(await versions(id)).toEqual([])
    await save(id, 2, { text: 'Της Μαρίας' }, ground.world.maria)
    ground.later(2)
    await save(id, 3, { text: 'Της Μαρίας, ξανά' }, ground.world.maria)
    ground.later(6)
    await save(id, 4, { text: 'Της Μαρίας, αργότερα' }, ground.world.maria)
    expect((await versions(id)).map(({ n, why, excerpt, by }) => [n, why, excerpt, by.name])).toEqual([
      [2, 'saved', 'Της Μαρίας, ξανά', ground.world.maria.name], [1, 'saved', 'Δεύτερο', ground.world.nikos.name],
    ])
  })
  test('show what changed, and come back as a new version', async () => {
    const id = await ground.draft({ text: 'Ανοίγουμε στις 8.' })
    await save(id, 1, { text: 'Ανοίγουμε στις 7.' }, ground.world.maria)
    const version = await ground.ask(ground.world.nikos)('GET', `/posts/${id}/versions/1?against=now`)
    expect(version.body).toMatchObject({ n: 1, words: { text: 'Ανοίγουμε στις 8.' }, diff: { title: [], text: [{ does: 'stays', text: 'Ανοίγουμε στις ' }, { does: 'goes', text: '8' }, { does: 'comes', text: '7' }, { does: 'stays', text: '.' }] } })
    expect((await ground.ask(ground.world.nikos)('POST', `/posts/${id}/versions/1/restore`, { version: 1 })).body).toMatchObject({ code: 'changed_meanwhile' })
    expect((await ground.ask(ground.world.nikos)('POST', `/posts/${id}/versions/1/restore`, { version: 2 })).body).toMatchObject({ version: 3, text: 'Ανοίγουμε στις 8.' })
    expect((await versions(id)).map((one) => [one.why, one.excerpt])).toEqual([['restored', 'Ανοίγουμε στις 8.'], ['saved', 'Ανοίγουμε στις 7.'], ['saved', 'Ανοίγουμε στις 8.']])
    expect((await ground.ask(ground.world.nikos)('GET', `/posts/${id}/versions/9`)).status).toBe(404)
  })
  test('are never changed once they are there', async () => {
    const id = await ground.draft()
    await save(id, 1, { text: 'άλλο' }, ground.world.maria)
    await expect(ground.write((tx) => tx.execute(sql`update post_versions set why = 'edited' where post_id = ${id}`))).rejects.toThrow()
  })
})
