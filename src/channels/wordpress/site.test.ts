import { describe, expect, test } from 'vitest'
import { ConnectError, type Incoming, type Trouble } from '#kit/channel.ts'
import { addressOf, refusalIn } from './ask.ts'
import { apiIn, siteOf, verify } from './connect.ts'
import { contentOf } from './convert.ts'
import { wordpress } from './index.ts'
import type { Cursor } from './listen.ts'
import { Settings } from './settings.ts'
import type { AnswerWire, PostWire } from './wire.ts'
import { account, answer, appPassword, ctxOf, post, underTest } from './test-world.ts'
import { TestSite } from './test-site.ts'
import { wrong } from './words.ts'

const { send, stage, revise, retract, prepare } = wordpress.publish! as Required<NonNullable<typeof wordpress.publish>>
const now = new Date('2026-11-23T10:00:00Z')
const said = (status: number, body: unknown = {}, headers: Record<string, string> = {}) => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers })

test.each<[string, Response, Trouble]>([
  ['a password that ended', said(401, { code: 'incorrect_password', message: 'No.' }), { kind: 'expired' }],
  ['what may not be written', said(403, { code: 'rest_cannot_create', message: 'Sorry, you are not allowed to create posts as this user.' }), { kind: 'refused', because: 'Sorry, you are not allowed to create posts as this user.' }],
  ['a firewall', said(403, '<html>blocked</html>'), { kind: 'refused', because: 'The site, or a firewall before it, does not allow this.' }],
  ['what is not there', said(404, { code: 'rest_post_invalid_id', message: 'Invalid post ID.' }), { kind: 'refused', because: 'Invalid post ID.' }],
  ['too large a file', said(413, '<html>'), { kind: 'refused', because: 'This is larger than the site takes.' }],
  ['a file WordPress does not like', said(500, { code: 'rest_upload_unknown_error', message: 'Sorry, you are not allowed to upload this file type.' }), { kind: 'refused', because: 'Sorry, you are not allowed to upload this file type.' }],
  ['a moved site', new Response(null, { status: 301, headers: { location: 'https://psomi.gr/' } }), { kind: 'refused', because: 'moved-address' }],
  ['a pause', said(429, {}, { 'retry-after': '30' }), { kind: 'paced', retryAt: new Date('2026-11-23T10:00:30Z') }],
  ['too many comments at once', said(400, { code: 'comment_flood', message: 'You are posting comments too quickly.' }), { kind: 'paced', retryAt: new Date('2026-11-23T10:00:20Z') }],
  ['words with markup', said(400, { code: 'x', message: '<strong>Error:</strong> No &amp; no.' }), { kind: 'refused', because: 'Error: No & no.' }],
  ['a broken database', said(500, { code: 'db_insert_error', message: 'Could not insert post into the database.' }), { kind: 'unknown' }],
  ['a site under maintenance', said(503, '<h1>Briefly unavailable'), { kind: 'unknown' }], ['a proxy that gave up', said(504, ''), { kind: 'unknown' }],
])('%s is told as what it is', async (_, response, trouble) => { expect((await refusalIn(response, now)).trouble).toEqual(trouble) })

test.each(['page', 'half'] as const)('an answer that is a %s leaves the outcome open; the post is found by its number', async (fault) => {
  const site = new TestSite()
  const wire = await stage(prepare(post, account()), account(), ctxOf(site))
  site.next(fault)
  await expect(send(wire, account(), ctxOf(site))).rejects.toMatchObject({ trouble: { kind: 'unknown' } })
  expect(await (wordpress.publish as { find: typeof find }).find(wire, account(), ctxOf(site))).toMatchObject({ id: `posts/${(wire as PostWire).staged}` })
})
declare const find: (wire: unknown, of: unknown, ctx: unknown) => Promise<unknown>

describe('what a reader sees', () => {
  const wire = (over: object) => prepare({ ...post, ...over }, account()) as PostWire
  test('is in its language, honest, described and signed', () => {
    const html = contentOf(wire({ labels: ['sponsored', 'ai-made'], media: [1, 2].map((n) => ({ id: `p${n}`, url: '', type: 'image/png', alt: `Καρβέλι "${n}"`, uploaded: { id: n, url: `https://fournos.gr/${n}.png` } })), card: { url: 'https://mylos.gr/', title: 'Ο μύλος', description: '' } }))
    expect(html).toContain('<div lang="el">')
    expect(html).toMatch(/^<div lang="el">\n<p><em>Διαφήμιση · χορηγούμενο<\/em><\/p>\n<p><em>Φτιαγμένο με τεχνητή νοημοσύνη<\/em><\/p>/)
    expect(html).toContain('alt="Καρβέλι &quot;2&quot;"')
    expect(html).not.toContain('1.png')
    expect(html).toContain('<a href="https://mylos.gr/">Ο μύλος</a>')
    expect(html).toContain('<p>— Ελένη</p>')
  })
  test('has a readable address, and a title even where none was given', () => {
    expect(wire({}).slug).toBe('psomi-zeas')
    expect(wire({ title: undefined }).title).toBe('Βγήκε το πρώτο ψωμί ζέας.')
  })
  test('a comment keeps links and emphasis and loses what comments do not know', () => {
    const { html } = prepare(answer(101, '# Ώρες\n\nΑπό τις **επτά**, [δείτε](https://fournos.gr/). 1 < 2\n\n- ζέα\n- σίκαλη'), account()) as AnswerWire
    expect(html).toBe('Ώρες\n\nΑπό τις <strong>επτά</strong>, <a href="https://fournos.gr/">δείτε</a>. 1 &lt; 2\n\n• ζέα\n• σίκαλη\n\n— Ελένη')
  })
})

describe('tags, pictures and drafts', () => {
  test('a tag that is there is used, one that is not is made, once', async () => {
    const site = new TestSite()
    for (let time = 0; time < 2; time++) await send(await stage(prepare(post, account()), account(), ctxOf(site)), account(), ctxOf(site))
    expect(site.tags).toEqual(['Νέα', 'ζέα'])
    expect(site.posts.at(-1)!.tags).toEqual([1, 2])
  })
  test('a draft that was readied many times is one draft', async () => {
    const site = new TestSite()
    for (let time = 0; time < 3; time++) await stage(prepare(post, account()), account(), ctxOf(site))
    expect(site.posts.filter(({ status }) => status === 'draft')).toHaveLength(1)
  })
  test('a draft that somebody threw away is readied afresh', async () => {
    const site = new TestSite()
    const wire = await stage(prepare(post, account()), account(), ctxOf(site))
    site.posts.pop()
    await expect(send(wire, account(), ctxOf(site))).rejects.toMatchObject({ trouble: { kind: 'stale' } })
    await send(await stage(wire, account(), ctxOf(site)), account(), ctxOf(site))
    expect(site.posts.filter(({ status }) => status === 'publish')).toHaveLength(2)
  })
  test('a new wording says at its end what was changed and why, as words and nothing else', async () => {
    const site = new TestSite()
    const { id } = await send(await stage(prepare(post, account()), account(), ctxOf(site)), account(), ctxOf(site))
    await revise({ channel: 'wordpress', id }, prepare({ ...post, note: 'Λάθος ώρα <script>' }, account()), account(), ctxOf(site))
    const wire = prepare({ ...post, note: 'Λάθος ώρα <script>' }, account()) as { after: string }
    expect(wire.after).toMatch(/— Ελένη<\/p>\n<p class="stoa-note"><em>Διορθώθηκε: Λάθος ώρα &lt;script&gt;<\/em><\/p>$/)
    expect(JSON.stringify(await underTest(site).standing())).toContain('Διορθώθηκε: Λάθος ώρα')
  })
  test('a new wording keeps the pictures of the first and gives them their new words', async () => {
    const site = new TestSite()
    const file = { attachment: { id: 'p1', url: '', type: 'image/png', alt: 'Παλιά λόγια' }, bytes: new Uint8Array([1]), key: 'k-p1' }
    const uploaded = await wordpress.publish!.upload!(file, account(), ctxOf(site))
    const { id } = await send(await stage(prepare({ ...post, media: [{ ...file.attachment, uploaded }] }, account()), account(), ctxOf(site)), account(), ctxOf(site))
    await revise({ channel: 'wordpress', id }, prepare({ ...post, media: [{ ...file.attachment, alt: 'Νέα λόγια' }] }, account()), account(), ctxOf(site))
    expect(site.media[0]!.alt).toBe('Νέα λόγια')
    expect(site.posts.at(-1)!.featured).toBe(site.media[0]!.id)
  })
  test('where there is no bin, what is taken down goes for good', async () => {
    const site = new TestSite({ noBin: true })
    const { id } = await send(await stage(prepare(post, account()), account(), ctxOf(site)), account(), ctxOf(site))
    for (let time = 0; time < 2; time++) await retract({ channel: 'wordpress', id }, prepare(post, account()), account(), ctxOf(site))
    expect(site.posts).toHaveLength(1)
  })
})

describe('answers to comments', () => {
  const asked = () => { const site = new TestSite(); return { site, id: site.speak('Έχετε ψωμί ζέας;') } }
  test('of one who moderates wait unseen, and are let out once however often', async () => {
    const { site, id } = asked()
    let wire = prepare(answer(id), account())
    for (let time = 0; time < 2; time++) wire = await stage(wire, account(), ctxOf(site))
    expect(site.comments.filter(({ author }) => author === 7)).toMatchObject([{ status: 'hold', parent: id }])
    expect(await send(wire, account(), ctxOf(site))).toEqual(await send(wire, account(), ctxOf(site)))
    expect(site.comments.filter(({ author }) => author === 7)).toMatchObject([{ status: 'approved', parent: id, agent: expect.stringContaining('stoa-') as unknown }])
  })
  test('of one who does not are refused the second time, and read back', async () => {
    const site = new TestSite({ role: 'author' })
    const id = site.speak('Έχετε ψωμί ζέας;')
    const author = account({ moderates: false })
    const wire = await stage(prepare(answer(id, 'Ναι & «ζεστό».'), author), author, ctxOf(site))
    site.next('answer-lost')
    await expect(send(wire, author, ctxOf(site))).rejects.toMatchObject({ trouble: { kind: 'unknown' } })
    const first = await send(wire, author, ctxOf(site))
    expect(await (wordpress.publish as { find: typeof find }).find(wire, author, ctxOf(site))).toEqual(first)
    expect(site.comments.filter(({ author: by }) => by === 7)).toHaveLength(1)
  })
  test('the very same words of another answer are not taken for this one', async () => {
    const { site, id } = asked()
    site.speak(`${(prepare(answer(id), account()) as AnswerWire).html}`, { author: 7, parent: id })
    await expect(stage(prepare(answer(id), account()), account(), ctxOf(site))).rejects.toMatchObject({ trouble: { kind: 'refused', because: 'same-words-there' } })
  })
  test('to a comment that is gone are refused before anything is written', async () => {
    const { site } = asked()
    await expect(stage(prepare(answer(999), account()), account(), ctxOf(site))).rejects.toMatchObject({ trouble: { kind: 'refused', because: 'answered-gone' } })
  })
})

describe('hearing', () => {
  const pull = async (site: TestSite, cursor: Cursor | undefined, of = account()) => {
    const items: Incoming[] = []
    let place = cursor
    for await (const batch of wordpress.listen!.open!(of, cursor, ctxOf(site))) { items.push(...batch.items); place = batch.cursor }
    return { items, cursor: place }
  }
  test('what waits for moderators is held, other words are an edit, spam and bin take words back', async () => {
    const site = new TestSite()
    const ids = ['πρώτο', 'δεύτερο', 'τρίτο'].map((text, n) => site.speak(text, { status: n === 0 ? 'hold' : 'approved' }))
    const first = await pull(site, undefined)
    expect(first.items.map((item) => 'hold' in item && item.hold !== undefined)).toEqual([true, false, false])
    const at = (id: number) => site.comments.find((one) => one.id === id)!
    at(ids[1]!).content = 'δεύτερο, αλλιώς'
    at(ids[2]!).status = 'spam'
    const second = await pull(site, first.cursor)
    expect(second.items).toMatchObject([{ does: 'edits', ref: { id: `comments/${ids[1]}` }, text: 'δεύτερο, αλλιώς' }, { does: 'withdraws', ref: { id: `comments/${ids[2]}` } }])
    expect(second.items[1]!.author.id).toBe(first.items[2]!.author.id)
    expect((await pull(site, second.cursor)).items).toEqual([])
  })
  test('one who does not moderate hears a comment when it is let in, late or not', async () => {
    const site = new TestSite({ role: 'author' })
    const of = account({ moderates: false })
    const late = site.speak('αργά', { status: 'hold' })
    site.speak('νωρίς')
    const first = await pull(site, undefined, of)
    expect(first.items).toHaveLength(1)
    site.comments.find(({ id }) => id === late)!.status = 'approved'
    expect((await pull(site, first.cursor, of)).items).toMatchObject([{ does: 'says', text: 'αργά' }])
  })
  test('of an old site with many comments only the newest page is taken in, then all that come', async () => {
    const site = new TestSite()
    for (let n = 0; n < 130; n++) site.speak(`παλιό ${n}`)
    const first = await pull(site, undefined)
    expect(first.items).toHaveLength(100)
    for (let n = 0; n < 350; n++) site.speak(`νέο ${n}`)
    const { items, cursor } = await pull(site, first.cursor)
    expect(items.filter(({ does }) => does === 'says')).toHaveLength(350)
    expect(items.filter(({ does }) => does !== 'says')).toEqual([])
    expect((await pull(site, cursor)).items).toEqual([])
  })
  test('visitors are told apart without keeping their mail', async () => {
    const site = new TestSite()
    site.speak('α', { mail: 'a@allou.gr' })
    site.speak('β', { mail: 'a@allou.gr' })
    site.speak('γ', { mail: 'b@allou.gr', name: 'Μαρία' })
    const { items } = await pull(site, undefined)
    expect(items[0]!.author.id).toBe(items[1]!.author.id)
    expect(items[2]!.author.id).not.toBe(items[1]!.author.id)
    expect(JSON.stringify(items)).not.toContain('allou.gr')
  })
})

describe('connecting', () => {
  const given = (over: object = {}) => Settings.parse({ site: 'fournos.gr', user: 'eleni', password: appPassword, ...over })
  const problem = async (site: TestSite, over: object = {}) => {
    const error = await verify(given(over), ctxOf(site)).then(() => undefined, (thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ConnectError)
    return { says: (error as ConnectError).says, field: (error as ConnectError).field }
  }
  test.each([false, true])('learns where the site listens and what we may do there (plain addresses: %s)', async (plain) => {
    const { settings, ...verified } = await verify(given(), ctxOf(new TestSite({ plain })))
    expect(verified).toEqual({ id: 'fournos.gr/users/7', handle: 'eleni@fournos.gr', name: 'Φούρνος της Ελένης' })
    expect(Settings.parse(settings)).toMatchObject({ site: 'https://fournos.gr/', api: plain ? 'https://fournos.gr/index.php?rest_route=/' : 'https://fournos.gr/wp-json/', userId: 7, moderates: true })
  })
  test('an author is told from an editor', async () => { expect((await verify(given(), ctxOf(new TestSite({ role: 'author' })))).settings).toMatchObject({ moderates: false }) })
  test.each<[string, ConstructorParameters<typeof TestSite>[0], object, keyof typeof wrong, string]>([
    ['no address', {}, { site: 'δύο λέξεις' }, 'address', 'site'], ['no https', { insecure: true }, {}, 'insecure', 'site'],
    ['a closed interface', { closed: true }, {}, 'closed', 'site'], ['application passwords off', { passwordsOff: true }, {}, 'passwordsOff', 'password'],
    ['the plain password', {}, { password: 'ψωμί-ελιές' }, 'plainPassword', 'password'], ['a wrong application password', {}, { password: 'x'.repeat(24) }, 'password', 'password'],
    ['a wrong one where the site tells', { telling: true }, { password: 'x'.repeat(24) }, 'password', 'password'], ['a wrong user where the site tells', { telling: true }, { user: 'nobody' }, 'user', 'user'],
    ['a role that may not publish', { role: 'contributor' }, {}, 'role', 'user'], ['a header kept back', { noHeader: true }, {}, 'password', 'password'],
  ])('%s has its own sentence', async (_, options, over, says, field) => { expect(await problem(new TestSite(options), over)).toEqual({ says: wrong[says], field }) })
  test.each([
    ['fournos.gr', 'https://fournos.gr/'], ['https://fournos.gr/blog/wp-admin/edit.php', 'https://fournos.gr/blog/'], ['http://fournos.gr', 'http://fournos.gr/'], ['https://fournos.gr/wp-login.php?x=1', 'https://fournos.gr/'],
    ['ftp://fournos.gr', undefined], ['', undefined], ['https://a:b@c.gr', undefined], ['localhost', undefined],
  ])('%j is the site %s', (text, site) => { expect(siteOf(text)?.href).toBe(site) })
  test('the interface is read from the header, and the password goes to no other host', async () => {
    expect(apiIn('<https://fournos.gr/wp-json/>; rel="https://api.w.org/", <https://fournos.gr/?p=1>; rel=shortlink', 'https://fournos.gr/')).toBe('https://fournos.gr/wp-json/')
    expect(apiIn('<x>; rel=next', 'https://fournos.gr/')).toBeUndefined()
    const site = new TestSite()
    const ctx = { ...ctxOf(site), fetch: (async () => new Response('', { headers: { link: '<https://evil.gr/wp-json/>; rel="https://api.w.org/"' } })) as typeof fetch }
    await expect(verify(given(), ctx)).rejects.toMatchObject({ says: wrong.notWordPress })
  })
  test.each([['https://a.gr/wp-json/', 'https://a.gr/wp-json/wp/v2/posts?a=1'], ['https://a.gr/index.php?rest_route=/', 'https://a.gr/index.php?rest_route=%2Fwp%2Fv2%2Fposts&a=1']])('addresses are built on %s', (api, address) => { expect(addressOf(api, { path: '/wp/v2/posts', query: { a: 1 } }).href).toBe(address) })
})
