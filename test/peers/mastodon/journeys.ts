import { afterAll, beforeAll, expect, test } from 'vitest'
import { deskOf, type Desk } from '../desk.ts'
import { figure, soon } from '../here.ts'
import type { Loss } from '../lane.ts'
import { personOf, signIn, type Person, type Status } from '../snac/client.ts'
import { hosts, startSnac, type Snac } from '../snac/server.ts'
import { startPeerStoa, type PeerStoa } from '../stoa.ts'
import { seenAt } from '../witness.ts'

let stoa: PeerStoa
let snac: Snac
let eleni: Desk
let bob: Person
let own: Person
beforeAll(async () => {
  [stoa, snac] = await Promise.all([startPeerStoa(hosts.stoa), startSnac(['fournos', 'bob'])])
  eleni = deskOf(stoa);
  [own, bob] = [await personOf(snac, 'fournos'), await personOf(snac, 'bob')]
})
afterAll(async () => { await Promise.all([stoa?.stop(), snac?.stop()]) })

/** Everything the account said, as snac itself lists it, newest first. */
const said = async (): Promise<Status[]> => {
  const { id } = await own.ask<{ id: string }>('GET', 'v1/accounts/verify_credentials')
  return await own.ask<Status[]>('GET', `v1/accounts/${id}/statuses?limit=40`)
}
const saying = async (text: string): Promise<Status[]> => (await said()).filter(({ content }) => content.includes(text))
const told = (who: Person, text: string) => soon(`snac tells of “${text}”`, async () => (await who.ask<{ type: string; status?: Status }[]>('GET', 'v1/notifications?limit=40')).find(({ type, status }) => type === 'mention' && status?.content.includes(text))?.status, 60)
const posted = (text: string) => seenAt(hosts.snac, { method: 'POST', path: '/api/v1/statuses' }).filter(({ body }) => body.includes(text))

test('an address that is no server and a wrong token are told apart before anything is kept', async () => {
  const problem = async (settings: object) => (await stoa.try('POST', 'accounts/check', { channel: 'mastodon', settings })).body as { detail: string; field?: string }
  expect((await problem({ server: 'nobody.example.gr', token: 'x' })).field).toBe('server')
  expect((await problem({ server: hosts.stoa, token: 'x' })).field).toBe('server')
  expect((await problem({ server: hosts.snac, token: 'wrong' })).field).toBe('token')
  expect(await eleni.account('mastodon')).toBeUndefined()
})

test('Eleni signs in on the server’s own page, and its limits are read', async () => {
  const { to } = await stoa.ask<{ to: string }>('POST', 'accounts/login/begin', { channel: 'mastodon', settings: { server: `@fournos@${hosts.snac}` } })
  const back = await signIn(snac, 'fournos', new URL(to))
  expect(back.origin + back.pathname).toBe(`${stoa.origin}/app/settings/channels/back/mastodon`)
  await stoa.ask('POST', 'accounts/login/finish', { channel: 'mastodon', answer: back.search })
  expect(await eleni.account('mastodon')).toMatchObject({ handle: `@fournos@${hosts.snac}`, limits: { text: { max: 100_000, linkCost: 32 } } })
  const told = JSON.stringify(await eleni.accounts())
  expect(snac.tokens().length).toBeGreaterThan(0)
  expect(snac.tokens().filter((token) => told.includes(token))).toEqual([])
})

test('a post with a picture goes out once, described', async () => {
  const picture = await eleni.picture('Ένα καρβέλι ζέας πάνω σε ξύλο')
  const id = await eleni.publish(['mastodon'], { title: '', text: 'Βγήκε το πρώτο ψωμί ζέας. Ποιος θέλει ένα ζεστό;', media: [picture] })
  await eleni.settled(id)
  const shown = await saying('πρώτο ψωμί ζέας')
  expect(shown).toHaveLength(1)
  expect(shown[0]!.media_attachments).toMatchObject([{ description: picture.alt }])
  expect(shown[0]!.content).toContain('Ελένη Παπαδάτου')
})

test('a thread stands in its order, each part under the one before', async () => {
  const id = await eleni.publish(['mastodon'], { title: '', text: 'Πώς γίνεται το προζύμι; Πρώτα το αλεύρι.', thread: [{ text: 'Ύστερα το νερό, χλιαρό.', media: [] }, { text: 'Και στο τέλος η υπομονή.', media: [] }] })
  await eleni.settled(id)
  const [first, second, third] = await Promise.all(['Πώς γίνεται το προζύμι', 'Ύστερα το νερό', 'η υπομονή'].map(async (text) => (await saying(text))[0]!))
  expect([second!.in_reply_to_id, third!.in_reply_to_id]).toEqual([first!.id, second!.id])
})

test('an answer that is lost on its way makes no second post: what stands is read back', async () => {
  const losses: readonly Loss[] = ['cut', 'half', 'stall']
  for (const loss of losses) {
    snac.lane.lose(loss, { method: 'POST', path: /^\/api\/v1\/statuses$/ })
    const text = `Σήμερα έχουμε και κουλούρια (${loss}). Πόσα να κρατήσουμε;`
    const id = await eleni.publish(['mastodon'], { title: '', text })
    const { publications } = await eleni.settled(id, 'confirmed', 80)
    const stands = await saying(`κουλούρια (${loss})`)
    expect(stands).toHaveLength(1)
    expect(publications[0]!.url).toBe(stands[0]!.uri)
    expect(posted(`κουλούρια (${loss})`)).toHaveLength(1)
  }
  figure('answersLost', losses.length)
  figure('secondPosts', (await saying('κουλούρια (')).length - losses.length, { max: 0 })
}, 300_000)

test('a new wording takes the place of the old one, and taking down takes it down', async () => {
  const id = await eleni.publish(['mastodon'], { title: '', text: 'Κλειστά τη Δευτέρα. Σας βολεύει η Τρίτη;' })
  await eleni.settled(id)
  await eleni.edit(id, { title: '', text: 'Κλειστά την Τετάρτη. Σας βολεύει η Πέμπτη;', note: 'Λάθος μέρα.' })
  await soon('the new wording stands', async () => ((await saying('Κλειστά την Τετάρτη')).length === 1 ? true : undefined))
  expect(await saying('Κλειστά τη Δευτέρα')).toHaveLength(0)
  await eleni.retract(id, 'Τελικά ανοίγουμε.')
  await soon('it is gone', async () => ((await saying('Κλειστά την Τετάρτη')).length === 0 ? true : undefined))
})

test('a question is heard and answered to the one who asked, in public and in private', async () => {
  for (const [visibility, question, answer] of [['public', 'Έχετε αύριο λαγάνα;', 'Έχουμε, από τις επτά το πρωί.'], ['direct', 'Μου χρεώσατε δύο φορές;', 'Το είδα, σας επιστρέφω τα χρήματα.']] as const) {
    await bob.ask('POST', 'v1/statuses', { status: `@fournos@${hosts.snac} ${question}`, visibility })
    const asked = await eleni.conversation(question, 80)
    expect(asked.channel).toBe('mastodon')
    await eleni.answer(asked.id, answer)
    const heard = await told(bob, answer)
    expect(visibility === 'direct' ? ['direct', 'private'] : ['public']).toContain(heard.visibility)
    expect(posted(answer)).toHaveLength(1)
  }
}, 240_000)

test('forty-five at once are all heard, each once', async () => {
  for (let n = 0; n < 45; n++) await bob.ask('POST', 'v1/statuses', { status: `@fournos@${hosts.snac} κράτηση ${100 + n}`, visibility: 'public' })
  const wanted = Array.from({ length: 45 }, (_, n) => `κράτηση ${100 + n}`)
  const heard = await soon('all are heard', async () => {
    const items = await inbox()
    return wanted.every((text) => items.some((each) => each.includes(text))) ? items : undefined
  }, 150)
  const repeated = wanted.filter((text) => heard.filter((each) => each.includes(text)).length > 1)
  figure('heard', wanted.filter((text) => heard.some((each) => each.includes(text))).length, { min: 45 })
  figure('heardTwice', repeated.length, { max: 0 })
  expect(repeated).toEqual([])
}, 200_000)

/** Every word of every conversation. */
async function inbox(): Promise<string[]> {
  const all: string[] = []
  for (let cursor = ''; ;) {
    const { items, next } = await stoa.ask<{ items: { id: string }[]; next: string | null }>('GET', `conversations?view=all&limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    for (const { id } of items) all.push(...(await eleni.thread(id)).messages.map(({ text }) => text))
    if (next === null) return all
    cursor = next
  }
}
