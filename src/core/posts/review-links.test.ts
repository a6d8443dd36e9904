import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { isSigned, spendLink } from './review-links.ts'
import { openPosts, words, type Ground } from './test-posts.ts'

let database: Database
let ground: Ground
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
beforeEach(async () => {
  ground = await openPosts(database)
  await policy('required', true)
})
const policy = (approval: string, linksCount: boolean) => ground.ask(ground.world.eleni)('PUT', '/publishing-policy', { approval, linksCount, altText: 'required', late: null, duplicateDays: 30 })
const asked = async (over: Record<string, unknown> = {}): Promise<string> => {
  const id = await ground.draft(over)
  await ground.ask(ground.world.nikos)('POST', `/posts/${id}/approval`, { do: 'ask', version: 1 })
  return id
}
const link = async (id: string, more: Record<string, unknown> = {}) => (await ground.ask(ground.world.nikos)('POST', `/posts/${id}/review-links`, { forWhom: 'Άννα, Δήμος Πάτρας', ...more })).body as { id: string; url: string; token: string; expiresAt: string }
const look = (token: string) => ground.ask(undefined)('GET', `/review/${token}`)
const say = (token: string, deed = 'approve', version = 1) => ground.ask(undefined)('POST', `/review/${token}`, { do: deed, name: 'Άννα Παππά', note: 'Μια χαρά.', version })

describe('a review link', () => {
  test('shows somebody without an account the post as it will stand on each account, and nothing else', async () => {
    const { accounts } = ground.world
    const id = await asked({ title: 'Σίκαλη', text: '**Ζεστό** <script>', thread: [{ text: 'δύο', media: [] }], firstComment: 'σχόλιο', labels: ['sponsored'], variants: [{ accountId: accounts.fediverse, text: 'αλλιώς', media: [{ mediaId: await ground.file(), alt: 'καρβέλι' }] }] })
    const { token, url, expiresAt } = await link(id)
    expect(url).toBe(`http://bakery.test/app/review/${token}`)
    expect(expiresAt).toBe('2026-10-27T09:00:00.000Z')
    const { status, body } = await look(token)
    expect(status).toBe(200)
    expect(body).toMatchObject({ site: { name: 'Φούρνος της Ελένης', lang: 'el', zone: 'Europe/Athens' }, open: true, author: 'Νίκος', version: 1, labels: ['sponsored'], forWhom: 'Άννα, Δήμος Πάτρας' })
    const faces = body['faces'] as { channel: string; parts: { text: string; html: string; media: object[] }[]; firstComment: string }[]
    expect(faces.find((one) => one.channel === 'porch')).toMatchObject({ title: 'Σίκαλη', parts: [{ text: '**Ζεστό** <script>\n\nδύο' }], firstComment: 'σχόλιο' })
    expect(faces.find((one) => one.channel === 'porch')!.parts[0]!.html).toMatch(/<strong>Ζεστό<\/strong>(?!.*<script>)/s)
    expect(faces.find((one) => one.channel === 'fediverse')).toMatchObject({ parts: [{ text: 'αλλιώς', media: [{ alt: 'καρβέλι' }] }] })
    expect(JSON.stringify(body)).not.toContain(ground.world.nikos.id)
  })
  test('is kept only as a hash', async () => {
    const { token } = await link(await asked())
    const { rows } = await ground.write((tx) => tx.execute<{ row: string }>(sql`select r::text as row from review_links r`))
    expect(rows).toHaveLength(1)
    expect(rows[0]!.row).not.toContain(token)
    expect(rows[0]!.row).not.toContain(token.split('.')[0])
  })
  test('takes one decision with a name and a note, which counts where the policy lets it', async () => {
    const id = await asked()
    const { token } = await link(id)
    expect((await say(token)).body).toEqual({ done: 'approve', approval: 'approved' })
    expect((await ground.ask(ground.world.nikos)('GET', `/posts/${id}`)).body).toMatchObject({ approval: { state: 'approved', steps: [{ deed: 'ask' }, { deed: 'approve', memberId: null, name: 'Άννα Παππά', note: 'Μια χαρά.' }] } })
    expect([await say(token), await look(token)]).toMatchObject([{ status: 410, body: { code: 'link_used' } }, { status: 410, body: { code: 'link_used' } }])
    expect((await ground.publish(id)).status).toBe(200)
    expect((await ground.ask(ground.world.nikos)('GET', `/posts/${id}/review-links`)).body['items']).toMatchObject([{ state: 'used', forWhom: 'Άννα, Δήμος Πάτρας', madeBy: { name: 'Νίκος Αγγελής' } }])
  })
  test('only advises where the policy does not count it, so that nobody approves their own words by a link', async () => {
    await policy('required', false)
    const id = await asked()
    expect((await say((await link(id)).token)).body).toEqual({ done: 'approve', approval: 'asked' })
    expect((await ground.publish(id)).body['code']).toBe('approval_needed')
  })
  test('is one of the two at most', async () => {
    await policy('two-step', true)
    const id = await asked()
    const [one, other] = [await link(id), await link(id)]
    expect((await say(one.token)).body['approval']).toBe('half')
    expect((await say(other.token)).body['approval']).toBe('half')
    await ground.ask(ground.world.eleni)('POST', `/posts/${id}/approval`, { do: 'approve', version: 1 })
    expect((await ground.publish(id)).status).toBe(200)
  })
  test('sends a post back', async () => {
    const id = await asked()
    expect((await say((await link(id)).token, 'return')).body).toEqual({ done: 'return', approval: 'returned' })
    expect((await ground.publish(id)).body['code']).toBe('approval_needed')
  })
  test('decides once, however many press at the same time', async () => {
    const { token } = await link(await asked())
    const said = await Promise.all([say(token), say(token), say(token, 'return')])
    expect(said.filter((one) => one.status === 200)).toHaveLength(1)
    expect(said.filter((one) => one.status === 410)).toHaveLength(2)
    const { id } = await link(await asked())
    const spend = () => ground.write(async (tx) => { await spendLink(tx, id, ground.clock.now); await new Promise((next) => setTimeout(next, 50)) })
    expect((await Promise.allSettled([spend(), spend()])).map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  })
  test('is not spent by a decision that comes too late for the words it saw', async () => {
    const id = await asked()
    const { token } = await link(id)
    await ground.ask(ground.world.nikos)('PUT', `/posts/${id}`, { ...words, text: 'Άλλο', version: 1, accountIds: [] })
    expect(await say(token)).toMatchObject({ status: 409, body: { code: 'changed_meanwhile', version: 2 } })
    expect((await say(token, 'approve', 2)).status).toBe(200)
  })
  test('is not spent while nobody asks', async () => {
    const id = await ground.draft()
    const { token } = await link(id)
    expect((await look(token)).body).toMatchObject({ open: false })
    expect((await say(token)).body['code']).toBe('wrong_state')
    await ground.ask(ground.world.nikos)('POST', `/posts/${id}/approval`, { do: 'ask', version: 1 })
    expect((await say(token)).status).toBe(200)
  })
  test('ends at its time, and when it is withdrawn', async () => {
    const id = await asked()
    const [short, gone] = [await link(id, { days: 1 }), await link(id)]
    await ground.ask(ground.world.eleni)('DELETE', `/posts/${id}/review-links/${gone.id}`)
    expect((await look(gone.token)).body['code']).toBe('link_withdrawn')
    ground.later(24 * 60)
    expect([await look(short.token), await say(short.token)]).toMatchObject([{ status: 410, body: { code: 'link_expired' } }, { status: 410 }])
    expect((await ground.ask(ground.world.eleni)('DELETE', `/posts/${id}/review-links/${gone.id}`)).status).toBe(404)
  })
  test('that was forged, cut or turned is nowhere', async () => {
    const { token } = await link(await asked())
    const [random, mac] = token.split('.') as [string, string]
    for (const wrong of [`${random}.${'A'.repeat(24)}`, `${random.slice(1)}a.${mac}`, `${token}.x`, random, 'x'.repeat(57)]) {
      expect(isSigned('secret for review links', wrong)).toBe(false)
      expect((await look(wrong)).status).toBe(404)
    }
    expect(isSigned('secret for review links', token)).toBe(true)
    expect(isSigned('another secret', token)).toBe(false)
  })
  test('is made by whoever may publish, for posts of their own workspace', async () => {
    const id = await asked()
    expect((await ground.ask(ground.world.maria)('POST', `/posts/${id}/review-links`, {})).status).toBe(403)
    const other = await openPosts(database)
    expect((await other.ask(other.world.nikos)('POST', `/posts/${id}/review-links`, {})).status).toBe(404)
    expect((await ground.ask(ground.world.nikos)('POST', `/posts/${id}/review-links`, { days: 61 })).status).toBe(400)
  })
  test('is slowed down when it is tried too often', async () => {
    const codes = new Set<unknown>()
    for (let n = 0; n < 25; n++) codes.add((await say(`${'x'.repeat(32)}.${'y'.repeat(24)}`)).body['code'])
    expect([...codes]).toEqual(['not_found', 'rate_limited'])
  })
})
