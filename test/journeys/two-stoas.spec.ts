import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStoa, type Caller, type OpenStoa } from '../world/stoa.ts'

let bakery: OpenStoa
let cafe: OpenStoa
let eleni: Caller
let takis: Caller

beforeAll(async () => {
  bakery = await openStoa({ allowPrivate: true })
  cafe = await openStoa({ allowPrivate: true })
  eleni = await bakery.found()
  takis = await cafe.found({ name: 'Τάκης Ρήγας', email: 'takis@kafeneio.gr', siteName: 'Καφενείο του Τάκη' })
})
afterAll(async () => { await bakery?.stop(); await cafe?.stop() })

interface Account { readonly id: string; readonly channel: string; readonly handle: string }
interface Line { readonly id: string; readonly lastText: string; readonly channel: string; readonly asked: boolean; readonly waitingSince: string | null }
interface Detail { readonly messages: readonly { readonly id: string; readonly direction: string; readonly text: string; readonly author: { readonly name: string }; readonly publication: { readonly state: string } | null }[] }
interface Post { readonly id: string; readonly version: number; readonly publications: readonly { readonly channel: string; readonly state: string; readonly url: string }[] }

const get = async <T>(who: Caller, path: string): Promise<T> => (await who.ask('GET', path)).body as unknown as T
const send = async <T>(who: Caller, path: string, body: unknown): Promise<T> => {
  const said = await who.ask('POST', path, body)
  if (said.status >= 300) throw new Error(`${path}: ${JSON.stringify(said.body)}`)
  return said.body as unknown as T
}
/** Waits for what another server will bring; it has ten seconds. */
async function soon<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 100; tries++) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((next) => setTimeout(next, 100))
  }
  throw new Error('It did not come within ten seconds.')
}
const accountOf = async (who: Caller, channel: string): Promise<Account> => (await get<{ items: Account[] }>(who, 'accounts')).items.find((one) => one.channel === channel)!
async function actorOf(stoa: OpenStoa, who: Caller): Promise<string> {
  const { handle } = await accountOf(who, 'fediverse')
  const { body } = await stoa.stranger.ask('GET', `/.well-known/webfinger?resource=${encodeURIComponent(`acct:${handle}@${new URL(stoa.origin).host}`)}`)
  return (body as unknown as { links: { rel: string; href: string }[] }).links.find((link) => link.rel === 'self')!.href
}
async function follow(who: Caller, actor: string): Promise<void> {
  const { id } = await accountOf(who, 'fediverse')
  await send(who, `accounts/${id}/circle`, { target: actor })
  await soon(async () => (await get<{ following: { state: string }[] }>(who, `accounts/${id}/circle`)).following.find((one) => one.state === 'accepted'))
}
async function publish(who: Caller, text: { title: string; text: string }): Promise<Post> {
  const accountIds = (await get<{ items: Account[] }>(who, 'accounts')).items.map((one) => one.id)
  const post = await send<Post>(who, 'posts', { ...text, lang: 'el', intent: 'talk', format: 'story', tags: [], media: [], campaignId: null, accountIds })
  await send(who, `posts/${post.id}/publish`, { version: post.version })
  return await soon(async () => { const now = await get<Post>(who, `posts/${post.id}`); return now.publications.every((one) => one.state === 'confirmed') ? now : undefined })
}
const conversationSaying = (who: Caller, text: string): Promise<Line> =>
  soon(async () => (await get<{ items: Line[] }>(who, 'conversations?view=all')).items.concat((await get<{ items: Line[] }>(who, 'conversations?view=done')).items).find((one) => one.lastText.includes(text)))
async function answer(who: Caller, conversationId: string, text: string): Promise<void> {
  const { messages } = await get<Detail>(who, `conversations/${conversationId}`)
  await send(who, `conversations/${conversationId}/claim`, {})
  await send(who, `conversations/${conversationId}/answer`, { text, seen: messages.at(-1)!.id })
}

test('two Stoas follow each other and exchange a post, a comment and an answer', async () => {
  await follow(eleni, await actorOf(cafe, takis))
  await follow(takis, await actorOf(bakery, eleni))

  const post = await publish(takis, { title: 'Νέο χαρμάνι', text: 'Φέραμε καφέ από την Αιθιοπία, με γεύση λεμονιού. Με τι γλυκό θα τον πίνατε εσείς;' })
  const heard = await conversationSaying(eleni, 'Αιθιοπία')
  expect(heard).toMatchObject({ channel: 'fediverse', asked: false })

  await answer(eleni, heard.id, 'Με τα κουλούρια πορτοκαλιού μας, σίγουρα. Να σου φέρω ένα κιλό αύριο, Τάκη;')
  const comment = await conversationSaying(takis, 'κουλούρια πορτοκαλιού')
  expect(comment.waitingSince).not.toBeNull()
  const page = async () => (await (await fetch(post.publications.find((one) => one.channel === 'porch')!.url)).text())
  expect(await page()).toContain('κουλούρια πορτοκαλιού')

  await answer(takis, comment.id, 'Φέρε δύο κιλά κουλούρια, Ελένη, και κερνάω τον καφέ.')
  await soon(async () => (await get<Detail>(eleni, `conversations/${heard.id}`)).messages.find((one) => one.direction === 'in' && one.text.includes('κερνάω τον καφέ')))
  expect(await page()).toContain('κερνάω τον καφέ')
}, 60_000)

test('new words and a taking-down reach the follower too', async () => {
  const post = await publish(takis, { title: 'Ωράριο', text: 'Την Κυριακή ανοίγουμε στις εννέα το πρωί. Θα έρθετε με την εφημερίδα σας;' })
  const heard = await conversationSaying(eleni, 'εννέα το πρωί')
  const current = await get<Post>(takis, `posts/${post.id}`)
  await send(takis, `posts/${post.id}/edit`, { version: current.version, title: 'Ωράριο', text: 'Την Κυριακή ανοίγουμε στις δέκα το πρωί. Θα έρθετε με την εφημερίδα σας;', media: [], note: 'Λάθος ώρα στην πρώτη γραφή.' })
  await soon(async () => (await get<Detail>(eleni, `conversations/${heard.id}`)).messages.find((one) => one.text.includes('δέκα το πρωί')))
  await send(takis, `posts/${post.id}/retract`, { note: 'Τελικά θα μείνουμε κλειστά.' })
  await soon(async () => (await get<{ messages: { withdrawn: boolean }[] }>(eleni, `conversations/${heard.id}`)).messages.find((one) => one.withdrawn))
  const gone = await fetch(post.publications.find((one) => one.channel === 'porch')!.url)
  expect(gone.status).toBe(410)
  expect(await gone.text()).toContain('Τελικά θα μείνουμε κλειστά.')
}, 60_000)
