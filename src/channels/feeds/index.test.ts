import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ChannelError, ConnectError, type Account, type Ctx, type Draft, type Incoming } from '#kit/channel.ts'
import { channelContract, type NetworkUnderTest } from '../../../test/contracts/channel.ts'
import { decode } from './decode.ts'
import { linkedFeed } from './discover.ts'
import { feeds } from './index.ts'
import { feedIn } from './parse.ts'
import type { Cursor, Settings } from './wire.ts'

const account: Account<Settings> = { id: 'a1', workspaceId: 'w1', channel: 'feeds', handle: 'mylos.example/feed', name: 'Ο Μύλος', settings: { url: 'https://mylos.example/feed' } }
const post: Draft = { key: 'k', writtenAt: '2026-11-23T08:00:00Z', kind: 'post', text: 'x', lang: 'el', media: [], tags: [], author: { id: 'm1', name: 'Μαρία' } }
const now = new Date('2026-11-23T08:00:00Z')

type Page = { readonly body: string | Uint8Array<ArrayBuffer>; readonly type?: string; readonly status?: number; readonly headers?: Record<string, string> }
const ctxOf = (answer: (url: string, headers: Headers) => Page): Ctx => ({
  now: () => now, signal: new AbortController().signal, log: () => undefined, host: undefined as never, renew: async (same) => same,
  fetch: async (input, init) => {
    const { body, type = 'application/rss+xml', status = 200, headers = {} } = answer(String(input), new Headers(init?.headers))
    const response = new Response(status === 304 ? null : body, { status, headers: { 'content-type': type, ...headers } })
    Object.defineProperty(response, 'url', { value: String(input) })
    return response
  },
})
const item = (n: number, words: string): string => `<item><guid isPermaLink="false">item-${n}</guid><link>/a/${n}</link><description>${words}</description><pubDate>Mon, 23 Nov 2026 07:00:0${n % 10} GMT</pubDate></item>`
const rssOf = (items: readonly string[]): string => `<?xml version="1.0"?><rss version="2.0"><channel><title>Ο Μύλος</title><link>https://mylos.example/</link>${items.join('')}</channel></rss>`

/** A mill's blog, the newest first. */
function mill(): NetworkUnderTest {
  const said: string[] = []
  return {
    ctx: ctxOf(() => ({ body: rssOf(said.toReversed()) })), faults: {}, standing: async () => [], close: async () => undefined,
    speak: async (text) => { said.push(item(said.length + 1, text)) },
  }
}
channelContract(feeds, { account, network: mill, samples: { post } })

async function pull(ctx: Ctx, cursor?: Cursor): Promise<{ items: Incoming[]; cursor: Cursor | undefined }> {
  const items: Incoming[] = []
  let place = cursor
  for await (const batch of feeds.listen!.open!(account, cursor, ctx)) { items.push(...batch.items); place = batch.cursor }
  return { items, cursor: place }
}
const listening = (body: Page['body'], type?: string) => pull(ctxOf(() => ({ body, ...(type ? { type } : {}) })))
const greek = 'Ψωμί ζέας κάθε Πέμπτη, «ζεστό»'
const windows1253 = (text: string): Uint8Array<ArrayBuffer> => {
  const signs = new Map(Array.from({ length: 256 }, (_, byte) => [new TextDecoder('windows-1253').decode(Uint8Array.of(byte)), byte]))
  return Uint8Array.from([...text], (sign) => signs.get(sign) ?? 63)
}

describe('a feed', () => {
  test('is told of its newest twenty at first, and of every new one after that', async () => {
    const all = Array.from({ length: 30 }, (_, n) => item(n, `νέο ${n}`)).toReversed()
    const first = await pull(ctxOf(() => ({ body: rssOf(all) })))
    expect(first.items).toHaveLength(20)
    expect(first.items[0]).toMatchObject({ ref: { id: 'item-10' }, text: 'νέο 10', overheard: true, visibility: 'public', author: { name: 'Ο Μύλος' } })
    const next = await pull(ctxOf(() => ({ body: rssOf([item(31, 'το νεότερο'), ...all]) })), first.cursor)
    expect(next.items.map((one) => one.ref)).toEqual([{ channel: 'feeds', id: 'item-31', url: 'https://mylos.example/a/31' }])
  })
  test('is asked whether it changed, and costs nothing when it did not', async () => {
    const asked: Headers[] = []
    const ctx = ctxOf((_, headers) => { asked.push(headers); return headers.get('if-none-match') === '"1"' ? { body: '', status: 304 } : { body: rssOf([item(1, 'α')]), headers: { etag: '"1"', 'last-modified': 'Mon, 23 Nov 2026 07:00:00 GMT' } } })
    const first = await pull(ctx)
    expect(first.cursor).toMatchObject({ etag: '"1"' })
    expect(await pull(ctx, first.cursor)).toEqual({ items: [], cursor: first.cursor })
    expect(asked[1]!.get('if-modified-since')).toBe('Mon, 23 Nov 2026 07:00:00 GMT')
  })
  test('whose item changes its words tells of it as an edit, once', async () => {
    const first = await listening(rssOf([item(1, 'ανοίγουμε στις 6')]))
    const edited = await pull(ctxOf(() => ({ body: rssOf([item(1, 'ανοίγουμε στις 7')]) })), first.cursor)
    expect(edited.items).toMatchObject([{ does: 'edits', ref: { id: 'item-1' }, text: 'ανοίγουμε στις 7' }])
    expect((await pull(ctxOf(() => ({ body: rssOf([item(1, 'ανοίγουμε στις 7')]) })), edited.cursor)).items).toEqual([])
  })
  test('without ids is known by links, and without links by words', async () => {
    const body = rssOf(['<item><link>https://mylos.example/x</link><title>Α</title></item>', '<item><title>Μόνο τίτλος</title></item>', '<item><title>Μόνο τίτλος</title></item>'])
    const first = await listening(body)
    expect(first.items.map(({ ref }) => ref.id)).toEqual([expect.stringMatching(/^words /), 'https://mylos.example/x'])
    expect((await pull(ctxOf(() => ({ body })), first.cursor)).items).toEqual([])
  })
  test.each<[string, string, string]>([
    ['Atom', `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="el"><title>Ο Μύλος</title><entry><id>urn:1</id><title>Τίτλος</title><link href="https://mylos.example/1"/><content type="html">&lt;p&gt;Σώμα&lt;/p&gt;</content><updated>2026-11-22T07:00:00Z</updated><author><name>Άννα</name></author></entry></feed>`, 'application/atom+xml'],
    ['RSS', rssOf(['<item><guid>urn:1</guid><title>Τίτλος</title><link>https://mylos.example/1</link><description><![CDATA[<p>Σώμα</p>]]></description><dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">Άννα</dc:creator><pubDate>Sun, 22 Nov 2026 07:00:00 GMT</pubDate></item>']), 'text/xml'],
    ['JSON Feed', JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'Ο Μύλος', language: 'el', items: [{ id: 'urn:1', url: 'https://mylos.example/1', title: 'Τίτλος', content_html: '<p>Σώμα</p>', date_published: '2026-11-22T07:00:00Z', authors: [{ name: 'Άννα' }] }] }), 'application/feed+json'],
  ])('in %s is heard the same way', async (_, body, type) => {
    expect((await listening(body, type)).items).toMatchObject([{ does: 'says', ref: { channel: 'feeds', id: 'urn:1', url: 'https://mylos.example/1' }, text: 'Τίτλος\n\nΣώμα', html: '<p>Σώμα</p>', author: { name: 'Άννα' }, at: '2026-11-22T07:00:00.000Z' }])
  })
})

describe('the letters of a feed', () => {
  const body = `<?xml version="1.0" encoding="windows-1253"?><rss version="2.0"><channel><title>x</title><item><guid>1</guid><description>${greek}</description></item></channel></rss>`
  test('are read as windows-1253 when it says so, whatever the server says', async () => {
    for (const type of ['text/xml', 'text/xml; charset=utf-8', 'text/xml; charset=windows-1253']) expect((await listening(windows1253(body), type)).items).toMatchObject([{ text: greek }])
  })
  test('are read as the server says when the feed is silent', async () => {
    expect((await listening(windows1253(body.replace(' encoding="windows-1253"', '')), 'text/xml; charset=windows-1253')).items).toMatchObject([{ text: greek }])
  })
  test('are UTF-8 when they are valid UTF-8, even under another name', async () => {
    expect((await listening(body, 'text/xml; charset=iso-8859-1')).items).toMatchObject([{ text: greek }])
  })
  test('that nobody names are told by how they stand', () => {
    expect(decode(windows1253(`<rss>${greek}</rss>`), null)).toBe(`<rss>${greek}</rss>`)
    expect(decode(new Uint8Array(Buffer.from('<rss>\u00daltimas Not\u00edcias</rss>', 'latin1')), null)).toBe('<rss>Últimas Notícias</rss>')
    expect(decode(new Uint8Array([...Buffer.from(greek), 0xce]), null)).toBe(`${greek}\ufffd`)
  })
  test('in UTF-16 are read by their mark', () => {
    expect(decode(new Uint8Array(Buffer.from(`\ufeff${greek}`, 'utf16le')), null)).toBe(greek)
  })
  test('that are no letters do not stop anything', () => { fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), fc.option(fc.string({ maxLength: 40 })), (bytes, type) => { expect(typeof decode(bytes, type)).toBe('string') })) })
})

describe('a hostile feed', () => {
  test('of entities that multiply stays as small as it came', async () => {
    const levels = Array.from({ length: 12 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(20)}">`).join('')
    const started = performance.now()
    const { items } = await listening(`<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">${levels}<!ENTITY f SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&l12;</title><item><guid>1</guid><title>&l12;&f;</title></item></channel></rss>`)
    expect(performance.now() - started).toBeLessThan(2_000)
    expect(JSON.stringify(items).length).toBeLessThan(2_000)
    expect(JSON.stringify(items)).not.toContain('root:')
  })
  test('of a hundred megabytes is put down at ten', async () => {
    let sent = 0
    const ctx: Ctx = { ...ctxOf(() => ({ body: '' })), fetch: async () => new Response(new ReadableStream({ pull(to) { sent += 1024 * 1024; if (sent > 100 * 1024 * 1024) to.close(); else to.enqueue(new Uint8Array(1024 * 1024).fill(97)) } }), { headers: { 'content-type': 'text/xml' } }) }
    await expect(pull(ctx)).rejects.toMatchObject({ trouble: { kind: 'refused', because: 'The feed is larger than 10 MB.' } })
    expect(sent).toBeLessThan(13 * 1024 * 1024)
  })
  test('of scripts brings words alone', async () => {
    const { items } = await listening(rssOf([item(1, '<![CDATA[<p onclick="x()">Γεια<script>alert(1)</script><a href="javascript:alert(1)">εδώ</a><a href="/menu">τιμές</a><img src=x onerror=alert(1)></p>]]>')]))
    expect(items).toMatchObject([{ html: '<p>Γεια<a>εδώ</a><a href="https://mylos.example/menu" rel="ugc nofollow noopener">τιμές</a></p>' }])
  })
  test.each([['a bare ampersand', rssOf([item(1, 'ψωμί & αλάτι')])], ['signs XML forbids', rssOf([item(1, 'ψωμί\u0007 \u000b')])], ['an end that never comes', rssOf([item(1, 'ψωμί')]).replace('</channel></rss>', '')]])('with %s is read all the same', async (_, body) => {
    expect((await listening(body)).items).toMatchObject([{ ref: { id: 'item-1' }, text: expect.stringMatching(/^ψωμί/) as string }])
  })
  test('or anything else never throws but as a trouble', async () => {
    await fc.assert(fc.asyncProperty(fc.oneof(fc.string({ maxLength: 300 }), fc.string({ maxLength: 60 }).map((text) => rssOf([`<item>${text}</item>`])), fc.json().map((text) => `{"version":"https://jsonfeed.org/version/1.1","items":[${text}]}`)), async (body) => {
      await listening(body).catch((error: unknown) => { expect(error).toBeInstanceOf(ChannelError) })
    }), { numRuns: 300 })
  })
})

describe('connecting a feed', () => {
  const verify = (pages: Readonly<Record<string, Page>>, url: string) => feeds.verify({ url }, ctxOf((asked) => pages[asked] ?? { body: 'Not found', status: 404 }))
  const page = { body: '<html><head><link rel="stylesheet" href="/x.css"><link href="/feed?a=1&amp;b=2" type="application/rss+xml" rel="alternate"></head></html>', type: 'text/html' }
  test('takes the feed a page names', async () => {
    expect(await verify({ 'https://mylos.example/': page, 'https://mylos.example/feed?a=1&b=2': { body: rssOf([]) } }, 'https://mylos.example/')).toMatchObject({ id: 'https://mylos.example/feed?a=1&b=2', handle: 'mylos.example/feed?a=1&b=2', name: 'Ο Μύλος', settings: { url: 'https://mylos.example/feed?a=1&b=2' } })
  })
  test.each([['a page without one', { body: '<html></html>', type: 'text/html' }], ['nothing at all', { body: '', status: 404 }], ['a login', { body: '', status: 401 }]])('says what is wrong about %s', async (_, answer) => {
    await expect(verify({ 'https://mylos.example/': answer }, 'https://mylos.example/')).rejects.toMatchObject({ name: 'ConnectError', field: 'url', says: { el: expect.stringMatching(/^(?=.*\p{Script=Greek})(?!.*\b(the|is|not|answers?)\b)/u) as string } })
    await expect(verify({ 'https://mylos.example/': answer }, 'https://mylos.example/')).rejects.toBeInstanceOf(ConnectError)
  })
  test('follows no page to another scheme', () => { expect(linkedFeed('<link rel=alternate type="application/rss+xml" href="javascript:alert(1)">', 'https://mylos.example/')).toBeUndefined() })
})

// The large collection of real feeds is not part of the source; where it is, all of it is read.
const collection = process.env['STOA_FEEDS']
test.runIf(collection !== undefined && existsSync(collection))('every feed of the collection is read', async () => {
  const walk = (folder: string): string[] => readdirSync(folder).flatMap((name) => (statSync(join(folder, name)).isDirectory() ? walk(join(folder, name)) : [join(folder, name)]))
  const unread: string[] = []
  for (const path of walk(collection!)) {
    const bytes = new Uint8Array(readFileSync(path))
    if (!feedIn(decode(bytes, null))) { unread.push(path.slice(collection!.length)); continue }
    const { items } = await listening(bytes, '')
    for (const one of items) { expect(one.ref.id).not.toBe(''); expect('text' in one && one.text.includes('\ufffd') && !Buffer.from(bytes).includes('\ufffd'), path).toBe(false) }
  }
  expect(unread.filter((path) => !/SOURCE\.md$/.test(path))).toEqual(['/feed-rs/atom/atom_entry_1.xml', '/feed-rs/xml/xml_sample_1.xml', '/feed-rs/xml/xml_sample_2.xml', '/rss-parser/unrecognized.rss'])
})
