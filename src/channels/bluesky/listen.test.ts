import { describe, expect, test } from 'vitest'
import type { Incoming } from '#kit/channel.ts'
import { listen, type Cursor } from './listen.ts'
import { heardIn, textIn } from './reading.ts'
import { did, fanDid, TestServer, uriOf } from './test-server.ts'
import { accountOn, ctxOf } from './test-world.ts'
import { HeardPost, Notice } from './wire.ts'

async function pull(server: TestServer, cursor?: Cursor): Promise<{ items: Incoming[]; cursor: Cursor | undefined; batches: number }> {
  const items: Incoming[] = []
  let [place, batches] = [cursor, 0]
  for await (const batch of listen.open!(accountOn(server.session), cursor, ctxOf(server))) {
    items.push(...batch.items)
    place = JSON.parse(JSON.stringify(batch.cursor)) as Cursor
    batches++
  }
  return { items, cursor: place, batches }
}
const texts = (items: readonly Incoming[]) => items.map((item) => ('text' in item ? item.text : item.does))
const ours = uriOf('3kaaaaaaaaaaa')
const withPost = () => { const server = new TestServer(); server.records.set('3kaaaaaaaaaaa', { cid: 'bafy', value: { text: 'Καλημέρα' } }); return server }

describe('pulling', () => {
  test('walks back over many pages, and tells the oldest first', async () => {
    const server = Object.assign(new TestServer(), { pageSize: 7 })
    const { cursor } = await pull(server)
    const said = Array.from({ length: 120 }, (_, n) => `μήνυμα ${n}`)
    for (const text of said) server.speak(text)
    const heard = await pull(server, cursor)
    expect(texts(heard.items)).toEqual(said)
    expect(heard.batches).toBe(3)
    expect((await pull(server, heard.cursor)).items).toEqual([])
  })
  test('the first time takes the newest page only', async () => {
    const server = Object.assign(new TestServer(), { pageSize: 5 })
    for (let n = 0; n < 12; n++) server.speak(`μήνυμα ${n}`)
    expect(texts((await pull(server)).items)).toEqual([7, 8, 9, 10, 11].map((n) => `μήνυμα ${n}`))
  })
  test('a notification that is told late, behind newer ones, is heard all the same, and once', async () => {
    const server = new TestServer()
    server.speak('πρώτο')
    const late = new Date(server.clock += 60_000).toISOString()
    server.clock += 60_000
    server.speak('τρίτο')
    const first = await pull(server)
    server.speak('δεύτερο, που ήρθε αργά', { at: late })
    const second = await pull(server, first.cursor)
    expect(texts(second.items)).toEqual(['δεύτερο, που ήρθε αργά'])
    expect((await pull(server, second.cursor)).items).toEqual([])
  })
  test('an answer under a post of ours that lost its notification is heard, and once', async () => {
    const server = withPost()
    const { cursor } = await pull(server)
    server.speak('Με ειδοποίηση', { under: ours })
    server.speak('Χωρίς ειδοποίηση', { under: ours, told: false })
    const heard = await pull(server, cursor)
    expect(texts(heard.items)).toEqual(['Με ειδοποίηση', 'Χωρίς ειδοποίηση'])
    expect(heard.items[1]).toMatchObject({ inReplyTo: { channel: 'bluesky', id: ours }, author: { id: fanDid } })
    expect((await pull(server, heard.cursor)).items).toEqual([])
    server.speak('Κι άλλη', { under: ours, told: false })
    expect(texts((await pull(server, heard.cursor)).items)).toEqual(['Κι άλλη'])
  })
  test('when nothing has changed nothing is read but one page and one list, and the place stays as it is', async () => {
    const server = withPost()
    server.speak('Καλημέρα', { under: ours })
    const { cursor } = await pull(server)
    server.requests.length = 0
    expect(await pull(server, cursor)).toMatchObject({ items: [], batches: 0 })
    expect(server.requests.map(({ name }) => name)).toEqual(['app.bsky.notification.listNotifications', 'app.bsky.feed.getAuthorFeed'])
  })
  test('what we do ourselves is not heard', async () => {
    const server = new TestServer()
    server.act('like', ours, { author: { did, handle: 'fournos.bsky.social' } })
    server.act('like', ours)
    expect(texts((await pull(server)).items)).toEqual(['likes'])
  })
})

const notice = (given: Partial<Notice>): Notice => Notice.parse({
  uri: `at://${fanDid}/app.bsky.feed.post/3kbbbbbbbbbbb`, author: { did: fanDid, handle: 'giorgos.allou.gr', displayName: 'Γιώργος' }, reason: 'reply',
  record: { text: 'Ναι', createdAt: '2026-11-23T09:00:00Z' }, indexedAt: '2026-11-23T09:00:01.000Z', ...given,
})
const now = new Date('2026-11-23T10:00:00Z')
const heard = (given: Partial<Notice>) => heardIn(notice(given), now)
describe('what is heard', () => {
  test('reactions name what they are about; those to what we only shared are none of ours', () => {
    const subject = { record: { subject: { uri: ours, cid: 'bafy' } }, reasonSubject: ours }
    expect(heard({ reason: 'like', ...subject })).toMatchObject({ does: 'likes', about: { id: ours } })
    expect(heard({ reason: 'repost', ...subject })).toMatchObject({ does: 'shares', about: { id: ours } })
    expect(heard({ reason: 'follow', record: { subject: did } })).toMatchObject({ does: 'follows', author: { id: fanDid, handle: '@giorgos.allou.gr' } })
    for (const reason of ['like-via-repost', 'repost-via-repost', 'starterpack-joined', 'verified', 'something-new']) expect(heard({ reason, ...subject })).toBeUndefined()
  })
  test('an answer stands under what it answers, a quote under what it quotes', () => {
    expect(heard({ record: { text: 'Ναι', reply: { root: { uri: ours }, parent: { uri: `${ours}x` } } } })).toMatchObject({ does: 'says', inReplyTo: { id: `${ours}x` }, visibility: 'public', ref: { url: `https://bsky.app/profile/${fanDid}/post/3kbbbbbbbbbbb` } })
    expect(heard({ reason: 'quote', reasonSubject: ours, record: { text: 'Δείτε τι γράφουν!' } })).toMatchObject({ does: 'says', inReplyTo: { id: ours } })
  })
  test('what the network marks as bad waits for a person', () => {
    expect(heard({ labels: [{ val: 'spam' }] })).toMatchObject({ hold: 'spam' })
    expect(heard({ labels: [{ val: 'spam', neg: true }, { val: 'bot' }] })).not.toHaveProperty('hold')
  })
  test('names are told as they are shown, without signs that turn the writing', () => {
    expect(heard({ author: { did: fanDid, handle: 'handle.invalid', displayName: '\u202e\u200b' } })).toMatchObject({ author: { name: fanDid, url: `https://bsky.app/profile/${fanDid}` } })
    expect(heard({ author: { did: fanDid, handle: 'g.allou.gr', displayName: 'Γιώ\u202eργος' } })).toMatchObject({ author: { name: 'Γιώργος', handle: '@g.allou.gr' } })
  })
  test('records that are none are left aside', () => {
    for (const record of [undefined, null, 'text', { text: 7 }, { text: '  ' }]) expect(heard({ record })).toBeUndefined()
  })
  test('a card’s address and what pictures show are read with the words', () => {
    const text = (embed: unknown) => textIn(HeardPost.parse({ text: 'Δείτε', embed }))
    expect(text({ $type: 'app.bsky.embed.external', external: { uri: 'https://patra.gr/', title: 'x' } })).toBe('Δείτε\nhttps://patra.gr/')
    expect(text({ $type: 'app.bsky.embed.images', images: [{ alt: 'Ένα καρβέλι' }, { alt: '' }] })).toBe('Δείτε\n🖼 Ένα καρβέλι\n🖼')
    expect(text({ $type: 'app.bsky.embed.recordWithMedia', record: {}, media: { $type: 'app.bsky.embed.video', alt: 'Ο φούρνος' } })).toBe('Δείτε\n🖼 Ο φούρνος')
    expect(text({ $type: 'app.bsky.embed.external', external: { uri: 'javascript:alert(1)' } })).toBe('Δείτε')
  })
})
