import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { beforeEach, expect, test } from 'vitest'
import { TestHouse, draft, maria } from './test-host.ts'

let house: TestHouse
let app: ReturnType<TestHouse['app']>
beforeEach(() => { house = new TestHouse('el'); app = house.app() })
const read = async (path: string) => (await app.request(path)).text()

const twoPosts = async () => {
  const first = await house.publish(draft({ title: 'Ζέα & <ρύζι>', text: 'Με **εικόνα** και [λήψη](/media/r.pdf).\u0007', tags: ['ψωμί'], media: [{ id: 'p', url: '/media/p.webp', type: 'image/webp', alt: 'Καρβέλι' }], writtenAt: '2026-11-12T07:30:00.000Z' }))
  const second = await house.publish(draft({ title: '', text: 'Open on Saturday ]]> at six.', lang: 'en', author: maria, writtenAt: '2026-11-13T07:30:00.000Z' }), { editedAt: '2026-11-14T07:30:00.000Z' })
  return { first: `https://fournos.example/p/${first.ref.id}`, second: `https://fournos.example/p/${second.ref.id}` }
}

test('RSS tells readers of every post, who wrote it and in which language', async () => {
  const { first, second } = await twoPosts()
  const feed = parseRssFeed(await read('/feed.xml'))
  expect(feed).toMatchObject({ title: 'Φούρνος της Ελένης', link: 'https://fournos.example/', language: 'el' })
  expect(feed.items!.map((item) => [item.title, item.link, item.guid?.value])).toEqual([['Open on Saturday ]]> at six.', second, second], ['Ζέα & <ρύζι>', first, first]])
  expect(feed.items![1]).toMatchObject({ dc: { creators: ['Ελένη Παππά'], languages: ['el'] }, categories: [{ name: 'ψωμί' }], comments: `${first}#comments` })
  expect(feed.items![1]!.content!.encoded).toContain('<img src="https://fournos.example/media/p.webp" alt="Καρβέλι">')
  expect(feed.items![1]!.content!.encoded).toContain('href="https://fournos.example/media/r.pdf"')
})

test('Atom has an identity, a language and a time of change for each post', async () => {
  const { first, second } = await twoPosts()
  const feed = parseAtomFeed(await read('/atom.xml'))
  expect(feed).toMatchObject({ id: 'https://fournos.example/', title: { value: 'Φούρνος της Ελένης' } })
  expect(feed.entries!.map((entry) => [entry.id, entry.updated, entry.authors?.[0]?.name])).toEqual([
    [second, '2026-11-14T07:30:00.000Z', 'Μαρία Δήμου'], [first, '2026-11-12T07:30:00.000Z', 'Ελένη Παππά'],
  ])
  expect(feed.entries![1]!.title!.value).toBe('Ζέα & <ρύζι>')
  expect(feed.entries![1]!.content!.value).toContain('<strong>εικόνα</strong>')
  expect(feed.entries![0]!.xml?.lang).toBe('en')
})

test('JSON Feed 1.1 tells the same', async () => {
  const { first, second } = await twoPosts()
  const text = await read('/feed.json')
  expect(JSON.parse(text)).toMatchObject({ version: 'https://jsonfeed.org/version/1.1', feed_url: 'https://fournos.example/feed.json' })
  const feed = parseJsonFeed(JSON.parse(text))
  expect(feed.items!.map((item) => [item.id, item.language, item.authors?.[0]?.name])).toEqual([[second, 'en', 'Μαρία Δήμου'], [first, 'el', 'Ελένη Παππά']])
  expect(feed.items![0]!.title).toBeUndefined()
  expect(feed.items![1]!.tags).toEqual(['ψωμί'])
})

test('no feed holds a sign that XML has no place for, or a post that was taken down', async () => {
  await twoPosts()
  const gone = await house.publish(draft({ title: 'Λάθος' }), { gone: { at: '2026-11-15T09:00:00.000Z', note: '' } })
  for (const path of ['/feed.xml', '/atom.xml', '/feed.json', '/sitemap.xml']) {
    const text = await read(path)
    expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/)
    expect(text).not.toContain(gone.ref.id)
  }
})

test('an empty porch has feeds as well', async () => {
  expect(parseRssFeed(await read('/feed.xml')).title).toBe('Φούρνος της Ελένης')
  expect(parseAtomFeed(await read('/atom.xml')).id).toBe('https://fournos.example/')
  expect(JSON.parse(await read('/feed.json'))).toMatchObject({ version: 'https://jsonfeed.org/version/1.1', items: [] })
})

test('feeds are open to every reader, and cost nothing when nothing changed', async () => {
  await twoPosts()
  for (const [path, type] of [['/feed.xml', 'application/rss+xml'], ['/atom.xml', 'application/atom+xml'], ['/feed.json', 'application/feed+json']] as const) {
    const feed = await app.request(path)
    expect(feed.headers.get('content-type')).toContain(type)
    expect(feed.headers.get('access-control-allow-origin')).toBe('*')
    expect(feed.headers.get('last-modified')).toBe('Sat, 14 Nov 2026 07:30:00 GMT')
    expect((await app.request(path, { headers: { 'if-none-match': feed.headers.get('etag')! } })).status).toBe(304)
    expect((await app.request(path, { headers: { 'if-modified-since': 'Sat, 14 Nov 2026 07:30:00 GMT' } })).status).toBe(304)
  }
})

test('the sitemap names every post, however many', async () => {
  for (let n = 0; n < 1_203; n++) await house.publish(draft({ key: `k-${n}`, writtenAt: new Date(1_700_000_000_000 + n * 60_000).toISOString() }))
  const locations = Array.from((await read('/sitemap.xml')).matchAll(/<loc>([^<]+)<\/loc>/g), (found) => found[1])
  expect(locations).toHaveLength(1_203 + 3)
  expect(new Set(locations).size).toBe(locations.length)
  expect(await read('/robots.txt')).toContain('Sitemap: https://fournos.example/sitemap.xml')
})
