import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { beforeEach, describe, expect, test } from 'vitest'
import { Refusal } from '#kit/refusal.ts'
import { TestHouse, draft, eleni, maria } from './test-host.ts'

let house: TestHouse
let app: ReturnType<TestHouse['app']>
beforeEach(() => { house = new TestHouse('el'); app = house.app() })

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await app.request(path, { headers: { accept: 'text/html', ...headers } })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

describe('the journal', () => {
  test('lists the newest posts in the language of the site, each in its own', async () => {
    await house.publish(draft({ title: 'Ψωμί ζέας', writtenAt: '2026-11-12T07:30:00.000Z' }), { replies: 2 })
    await house.publish(draft({ title: 'A word in English', text: 'Hello.', lang: 'en', author: maria, writtenAt: '2026-11-13T22:30:00.000Z' }))
    const { status, text } = await get('/')
    expect(status).toBe(200)
    expect(text).toContain('<html lang="el">')
    expect(text.indexOf('A word in English')).toBeLessThan(text.indexOf('Ψωμί ζέας'))
    expect(text).toContain('<article lang="en">')
    expect(text).toContain('14 Νοεμβρίου 2026')
    expect(text).toContain('2 σχόλια')
    expect(text).toContain('Μαρία Δήμου')
    expect(text).toContain('<link rel="canonical" href="https://fournos.example/">')
  })

  test('speaks English where the site does', async () => {
    house = new TestHouse('en')
    app = house.app()
    expect((await get('/')).text).toContain('Nothing has been written here yet.')
    await house.publish(draft({ lang: 'en', title: 'Bread', writtenAt: '2026-11-12T07:30:00.000Z' }), { replies: 1 })
    const { text } = await get('/')
    expect(text).toContain('<html lang="en">')
    expect(text).toContain('12 November 2026')
    expect(text).toContain('1 comment<')
  })

  test('goes on page after page, and shows every post once', async () => {
    for (let n = 1; n <= 25; n++) await house.publish(draft({ title: `Ανάρτηση ${n}.`, writtenAt: `2026-10-${String(n).padStart(2, '0')}T07:00:00.000Z` }))
    const seen: string[] = []
    let path: string | undefined = '/'
    for (let pages = 0; path && pages < 5; pages++) {
      const { text }: { text: string } = await get(path)
      seen.push(...Array.from(text.matchAll(/>(Ανάρτηση \d+\.)<\/a><\/h2>/g), (found) => found[1]!))
      path = /rel="next" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => `Ανάρτηση ${25 - n}.`))
    for (const wrong of ['x', '2026-13-45T00:00:00Z', "1' or 1=1", '9'.repeat(500)]) expect((await get(`/?before=${encodeURIComponent(wrong)}`)).status).toBe(404)
  })

  test('gathers the posts that carry a word', async () => {
    await house.publish(draft({ title: 'Ζέα', tags: ['ψωμί'] }))
    await house.publish(draft({ title: 'Κουλούρι' }))
    const { text, status } = await get(`/tag/${encodeURIComponent('ψωμί')}`)
    expect(status).toBe(200)
    expect(text).toContain('Αναρτήσεις για «ψωμί»')
    expect(text).not.toContain('Κουλούρι')
    expect((await get('/tag/nothing')).status).toBe(404)
    expect((await get(`/tag/${'x'.repeat(101)}`)).status).toBe(404)
  })
})

describe('a post', () => {
  test('says who wrote it, what was changed, and what can be done', async () => {
    house.fediverse = '@fournos@fournos.example'
    const post = await house.publish(draft({ tags: ['ψωμί'], writtenAt: '2026-11-12T07:30:00.000Z', media: [{ id: 'p', url: '/media/p.webp', type: 'image/webp', alt: 'Ένα "καρβέλι"', width: 1200, height: 800 }] }),
      { editedAt: '2026-11-13T08:00:00.000Z', editNote: 'διορθώσαμε την τιμή.' })
    house.standings.push({ ...post, ref: { channel: 'fediverse', id: 'f', url: 'https://fournos.example/users/fournos/1' }, kind: 'post' })
    const { text, status } = await get(`/p/${post.ref.id}`)
    expect(status).toBe(200)
    expect(text).toContain('<p>Από αυτή την Πέμπτη ζυμώνουμε <strong>ψωμί ζέας</strong>.</p>')
    expect(text).toMatch(/Διορθώθηκε στις <time datetime="2026-11-13T08:00:00.000Z">13 Νοεμβρίου 2026<\/time>: διορθώσαμε την τιμή\./)
    expect(text).toContain('<img src="/media/p.webp" alt="Ένα &quot;καρβέλι&quot;" width="1200" height="800"')
    expect(text).toContain('@fournos@fournos.example')
    expect(text).toContain('<link rel="alternate" type="application/activity+json" href="https://fournos.example/users/fournos/1">')
    expect(text).toContain('<meta property="og:image" content="https://fournos.example/media/p.webp">')
    expect(text).toContain('Ελένη, από τον φούρνο')
    const said = JSON.parse(/<script type="application\/ld\+json">(.+?)<\/script>/.exec(text)![1]!) as Record<string, unknown>
    expect(said).toMatchObject({ '@type': 'BlogPosting', headline: 'Ψωμί ζέας κάθε Πέμπτη', inLanguage: 'el', author: { name: 'Ελένη Παππά' }, dateModified: '2026-11-13T08:00:00.000Z' })
  })

  test('with something to be read first is folded behind it, here, in lists and in feeds', async () => {
    const post = await house.publish(draft({ title: '', warning: 'Φωτιά <στον φούρνο>', media: [{ id: 'p', url: '/media/p.webp', type: 'image/webp', alt: 'Καπνός', width: 1200, height: 800 }] }))
    const { text } = await get(`/p/${post.ref.id}`)
    const folded = /<details class="warned"><summary>Φωτιά &lt;στον φούρνο&gt;<\/summary>(.+?)<\/details>/s.exec(text)?.[1]
    expect(folded).toContain('ζυμώνουμε')
    expect(folded).toContain('alt="Καπνός"')
    expect(text.replace(folded!, '')).not.toMatch(/ζυμώνουμε|Καπνός|og:image/)
    const list = (await get('/')).text
    expect(list).toContain('Φωτιά &lt;στον φούρνο&gt;')
    expect(list).not.toMatch(/ζυμώνουμε|p\.webp/)
    const feed = JSON.parse((await get('/feed.json')).text) as { items: { content_html: string; summary: string }[] }
    expect(feed.items[0]).toMatchObject({ summary: 'Φωτιά <στον φούρνο>', content_html: expect.stringMatching(/^<details><summary>.+<\/details>/s) as string })
  })
  test('is found by its key as well, and sends there', async () => {
    const post = await house.publish(draft())
    const response = await app.request(`/p/${post.key}`)
    expect([response.status, response.headers.get('location')]).toEqual([301, `/p/${post.ref.id}`])
  })

  test('shows what people said everywhere, the team by name', async () => {
    const post = await house.publish(draft())
    house.says(post.postId!, { id: 'c1', text: 'x', channel: 'fediverse', html: '<p>Is it <em>spelt</em>?</p><script>alert(1)</script>', lang: 'en', author: { id: 'v', name: 'Anna', handle: '@anna@social.example' }, ref: { channel: 'fediverse', id: 'x', url: 'https://social.example/1' } })
    house.says(post.postId!, { id: 'c2', text: 'Σχεδόν.', from: 'team', author: maria, parentId: 'c1', ref: { channel: 'porch', id: 'key-of-it' } })
    house.says(post.postId!, { id: 'c3', text: 'μυστικό', withdrawn: true })
    house.says(post.postId!, { id: 'c4', text: 'Κι εγώ.', parentId: 'c3' })
    const { text } = await get(`/p/${post.ref.id}`)
    expect(text).toContain('<div class="words" lang="en" dir="auto"><p>Is it <em>spelt</em>?</p></div>')
    expect(text).toContain('href="https://social.example/1" rel="ugc nofollow noopener"')
    expect(text).toMatch(/class="comment team" id="c-c2"><a id="c-key-of-it"><\/a>[\s\S]*Μαρία Δήμου<\/bdi> <span class="badge">Φούρνος της Ελένης/)
    expect(text).not.toContain('μυστικό')
    expect(text).toContain('Το σχόλιο αποσύρθηκε από όποιον το έγραψε.')
    expect(text).toContain('3 σχόλια')
  })

  test('that was taken down says so, when and why, and shows its text no more', async () => {
    const post = await house.publish(draft({ text: 'Λάθος ώρες' }), { gone: { at: '2026-11-15T09:00:00.000Z', note: 'Γράψαμε λάθος ώρες. <Συγγνώμη.>' } })
    const { status, text } = await get(`/p/${post.ref.id}`)
    expect(status).toBe(410)
    expect(text).toContain('15 Νοεμβρίου 2026')
    expect(text).toContain('Γράψαμε λάθος ώρες. &lt;Συγγνώμη.&gt;')
    expect(text).not.toContain('Λάθος ώρες')
    expect((await get('/')).text).not.toContain(post.ref.id)
  })

  test('that is an answer, unknown, or no name at all has no page', async () => {
    const answer = await house.publish(draft({ kind: 'reply', inReplyTo: { channel: 'porch', id: 'x' } }))
    for (const path of [`/p/${answer.key}`, '/p/none', '/p/%00', `/p/${'x'.repeat(300)}`, '/p/..%2f..%2fetc']) {
      const { status, text } = await get(path)
      expect([path, status]).toEqual([path, 404])
      expect(text).toContain('Εδώ δεν υπάρχει κάτι')
    }
  })
})

describe('the people', () => {
  test('are shown by name, face, languages and topics', async () => {
    expect((await get('/people')).text).toContain('Δεν έχει συστηθεί κανείς ακόμη.')
    house.folk.push({ ...eleni, picture: '/media/eleni.webp', about: 'Ζυμώνει.', langs: ['el', 'en'], topics: ['προζύμι'] }, { ...maria, picture: 'https://tracker.example/x.gif', about: '', langs: [], topics: [] })
    const { text } = await get('/people')
    expect(text).toContain('<img class="face large" src="/media/eleni.webp" alt=""')
    expect(text).toContain('Μιλά ελληνικά και αγγλικά')
    expect(text).not.toContain('tracker.example')
    expect(text).toContain('>ΜΔ</span>')
  })

  test('and how to reach them stand on the page about the site', async () => {
    const { text } = await get('/about')
    expect(text).toContain('<strong>δικό μας προζύμι</strong>')
    expect(text).toContain('href="mailto:geia@fournos.example"')
  })
})

describe('what every page carries', () => {
  const slug = async () => (await house.publish(draft())).ref.id

  test('a policy that lets nothing run, and headers that keep it to itself', async () => {
    for (const path of ['/', `/p/${await slug()}`, '/people', '/about', '/nothing']) {
      const { headers, text } = await get(path)
      const policy = headers.get('content-security-policy')!
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('script-src')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('permissions-policy')).toContain('camera=()')
      expect(text).not.toMatch(/ (?:style|on[a-z]+)="/)
      expect(text.replaceAll(/<script type="application\/ld\+json">.*?<\/script>/g, '')).not.toContain('<script')
      const style = /<style>([\s\S]*?)<\/style>/.exec(text)![1]!
      const hash = Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))).toString('base64')
      expect(policy).toContain(`style-src 'sha256-${hash}'`)
    }
  })

  test('a tag by which an unchanged page costs nothing, until something is said', async () => {
    const post = await house.publish(draft({ writtenAt: '2026-11-12T07:30:00.000Z' }))
    const path = `/p/${post.ref.id}`
    const first = await get(path)
    const tag = first.headers.get('etag')!
    expect(first.headers.get('cache-control')).toBe('private, no-cache')
    expect(first.headers.get('last-modified')).toBe('Thu, 12 Nov 2026 07:30:00 GMT')
    const same = await get(path, { 'if-none-match': `"other", ${tag}` })
    expect([same.status, same.text, same.headers.get('etag')]).toEqual([304, '', tag])
    expect((await get(path, { 'if-modified-since': 'Thu, 12 Nov 2026 07:30:00 GMT' })).status).toBe(304)
    expect((await get(path, { 'if-modified-since': 'Thu, 12 Nov 2026 07:29:59 GMT' })).status).toBe(200)
    house.says(post.postId!, { id: 'c1', text: 'Γεια' })
    expect((await get(path, { 'if-none-match': tag })).status).toBe(200)
    expect((await get('/', { 'if-none-match': (await get('/')).headers.get('etag')! })).status).toBe(304)
    expect((await get('/nothing')).headers.get('etag')).toBeNull()
  })

  test('a form that a kept page does not outlive', async () => {
    const path = `/p/${await slug()}`
    const tag = (await get(path)).headers.get('etag')!
    house.clock = new Date(house.clock.getTime() + 7 * 3_600_000)
    expect((await get(path, { 'if-none-match': tag })).status).toBe(200)
  })

  test('less than 30 kB of HTML and CSS', async () => {
    for (let n = 0; n < 10; n++) await house.publish(draft())
    const post = await house.publish(draft({ text: 'Λόγια του φούρνου. '.repeat(100) }))
    for (const path of ['/', `/p/${post.ref.id}`]) expect(new TextEncoder().encode((await get(path)).text).length).toBeLessThan(30_000)
  })

  test('the smallest form a reader can take', async () => {
    const path = `/p/${await slug()}`
    const whole = await app.request(path)
    expect([whole.headers.get('content-encoding'), whole.headers.get('vary')]).toEqual([null, 'Accept-Encoding'])
    for (const [encoding, unpack] of [['br', brotliDecompressSync], ['gzip', gunzipSync]] as const) {
      const packed = await app.request(path, { headers: { 'accept-encoding': encoding } })
      expect(packed.headers.get('content-encoding')).toBe(encoding)
      const bytes = Buffer.from(await packed.arrayBuffer())
      expect(bytes.length).toBeLessThan(8_000)
      expect(unpack(bytes).toString('utf8')).toContain('Ψωμί ζέας κάθε Πέμπτη')
    }
    const map = await app.request('/sitemap.xml', { headers: { 'accept-encoding': 'gzip' } })
    expect(gunzipSync(Buffer.from(await map.arrayBuffer())).toString('utf8')).toContain('</urlset>')
  })

  test('letters from this house, kept for good', async () => {
    const { text } = await get('/')
    const fonts = [...new Set(Array.from(text.matchAll(/\/porch-fonts\/[^)"]+/g), (found) => found[0]))]
    expect(fonts).toHaveLength(4)
    for (const font of fonts) {
      const response = await app.request(font)
      expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([200, 'font/woff2', 'public, max-age=31536000, immutable'])
      expect(Buffer.from(await response.arrayBuffer()).subarray(0, 4).toString()).toBe('wOF2')
    }
    expect((await get('/favicon.svg')).text).toContain('<svg')
    expect((await app.request('/porch-proof.js')).headers.get('content-type')).toContain('text/javascript')
  })
})

test('a crowd of readers asks for the site itself a few times a second; posts are asked for each time', async () => {
  const post = await house.publish(draft())
  const asked = { site: 0, standing: 0 }
  const { site, standing } = house.host
  Object.assign(house.host, { site: () => { asked.site++; return site() }, standing: (account: string, id: string) => { asked.standing++; return standing(account, id) } })
  app = house.app({ freshFor: 60_000 })
  for (let n = 0; n < 5; n++) expect((await get(`/p/${post.ref.id}`)).status).toBe(200)
  expect(asked).toEqual({ site: 1, standing: 5 })
})

test('a site that could not be read is asked for again', async () => {
  const { site } = house.host
  let broken = true
  Object.assign(house.host, { site: async () => { if (broken) throw new Refusal('unavailable'); return site() } })
  app = house.app({ freshFor: 60_000 })
  expect((await get('/')).status).toBe(503)
  broken = false
  expect((await get('/')).status).toBe(200)
})

test('an account known by its bare name is shown as others write to it', async () => {
  house.fediverse = 'fournos'
  expect((await get('/about')).text).toContain('@fournos@fournos.example')
})

describe('what is not of the porch', () => {
  test('is a page for readers and left alone for everybody else', async () => {
    app.get('/api/v1/none', (c) => c.json({ code: 'not_found' }, 404))
    app.get('/broken', (c) => c.json({ code: 'not_found' }, 404))
    expect((await get('/broken')).text).toContain('Εδώ δεν υπάρχει κάτι')
    expect((await get('/nothing/at/all')).headers.get('content-type')).toContain('text/html')
    expect((await get('/api/v1/none')).text).toBe('{"code":"not_found"}')
    expect((await app.request('/nothing', { headers: { accept: 'application/json' } })).headers.get('content-type')).toContain('json')
    expect(await (await app.request('/broken', { headers: { accept: 'application/json' } })).text()).toBe('{"code":"not_found"}')
  })

  test('is another site’s: the porch does not answer for it', async () => {
    const response = await app.request('http://elsewhere.example/', { headers: { accept: 'text/html' } })
    expect(response.status).toBe(404)
    expect(await response.text()).not.toContain('Φούρνος')
  })
})

describe('text that would be code', () => {
  const bait = `"><script>alert(1)</script><img src=x onerror=alert(2)>'\u2028</title></style>\${7*7}`
  const harmless = (text: string) => {
    const bare = text.replaceAll(/<style>[\s\S]*?<\/style>/g, '')
    expect(bare).not.toMatch(/<script>|<img[^>]*onerror|<\/title><\/style>/)
    expect(bare).not.toContain('">' + '<script')
  }

  test('is text wherever it is shown', async () => {
    Object.assign(house.site, { name: bait, tagline: bait, about: bait, email: `${bait}@x.gr` })
    house.fediverse = bait
    const author = { id: 'x', name: bait, signOff: bait, picture: `javascript:${bait}` }
    const post = await house.publish(draft({ title: bait, text: `${bait}\n\n[x](javascript:alert(3))`, tags: [bait.slice(0, 90)], author, media: [{ id: 'p', url: `//evil.example/${bait}`, type: 'image/png', alt: bait }] }), { editedAt: '2026-11-13T08:00:00.000Z', editNote: bait })
    house.standings.push({ ...post, ref: { channel: 'fediverse', id: 'f', url: `javascript:${bait}` } })
    const gone = await house.publish(draft({ title: bait }), { gone: { at: '2026-11-13T08:00:00.000Z', note: bait } })
    house.folk.push({ ...author, about: bait, langs: [bait, 'el'], topics: [bait] })
    house.says(post.postId!, { id: 'c1', text: bait, author: { ...author, handle: bait }, channel: bait, lang: bait, ref: { channel: 'fediverse', id: bait, url: `javascript:${bait}` } })
    house.says(post.postId!, { id: 'c2', text: bait, html: `<p>${bait}</p><a href="javascript:alert(4)">x</a>`, from: 'team', author, parentId: 'c1' })
    house.says(post.postId!, { id: 'c3', text: bait, author, parentId: 'c2' })
    for (const path of ['/', `/p/${post.ref.id}`, `/p/${post.ref.id}?answer=c1`, `/p/${post.ref.id}?answer=${encodeURIComponent(bait)}`, `/p/${gone.ref.id}`, '/people', '/about', `/tag/${encodeURIComponent(bait.slice(0, 90))}`, `/nothing/${encodeURIComponent(bait)}`]) {
      const { text } = await get(path)
      harmless(text)
      expect(text).not.toMatch(/(?:href|src)="javascript:/)
      expect(text).not.toMatch(/src="\/\/evil/)
    }
    const sent = await app.request(`/p/${post.ref.id}/comments`, { method: 'POST', body: new URLSearchParams({ name: bait, email: bait, text: bait, parent: bait }), headers: { 'content-type': 'application/x-www-form-urlencoded' } })
    harmless(await sent.text())
  })
})
