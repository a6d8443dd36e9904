import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { ConnectError, type Incoming, type Trouble } from '#kit/channel.ts'
import { troubleIn } from './ask.ts'
import { addressIn, doorIn, verify } from './connect.ts'
import { titleOf, wireOf } from './convert.ts'
import { mediawiki } from './index.ts'
import type { Cursor } from './listen.ts'
import { markdownToWiki, plainOf } from './markup.ts'
import { Settings } from './settings.ts'
import { placeUnder, saidIn } from './talk.ts'
import { account, answer, ctxOf, post } from './test-world.ts'
import { TestWiki } from './test-wiki.ts'
import { wrong } from './words.ts'

const { send, stage, stands, revise, retract, prepare } = mediawiki.publish! as Required<NonNullable<typeof mediawiki.publish>>
const now = new Date('2026-11-23T10:00:00Z')
const ours = account({ place: 'section', page: 'Συζήτηση:Κουβέντα' })

test.each<[string, number, unknown, Record<string, string>, Trouble | undefined]>([
  ['a session that ended', 200, { errors: [{ code: 'assertuserfailed', text: 'x' }] }, {}, { kind: 'expired' }],
  ['a lagging database', 200, { errors: [{ code: 'maxlag', text: 'x' }] }, { 'retry-after': '7' }, { kind: 'paced', retryAt: new Date('2026-11-23T10:00:07Z') }],
  ['too many edits', 200, { errors: [{ code: 'ratelimited', text: 'x' }] }, {}, { kind: 'paced', retryAt: new Date('2026-11-23T10:01:00Z') }],
  ['a wiki that only reads', 200, { errors: [{ code: 'readonly', text: 'x' }] }, {}, { kind: 'paced', retryAt: new Date('2026-11-23T10:02:00Z') }],
  ['somebody who was quicker', 200, { errors: [{ code: 'editconflict', text: 'x' }] }, {}, { kind: 'stale' }],
  ['a page that came meanwhile', 200, { errors: [{ code: 'articleexists', text: 'x' }] }, {}, { kind: 'stale' }],
  ['a block', 200, { errors: [{ code: 'blocked', text: 'You have been <b>blocked</b> from editing.' }] }, {}, { kind: 'refused', because: 'You have been blocked from editing.' }],
  ['a filter', 200, { errors: [{ code: 'abusefilter-disallowed', text: 'This action has been identified as harmful.' }] }, {}, { kind: 'refused', because: 'This action has been identified as harmful.' }],
  ['the old form of an error', 200, { error: { code: 'protectedpage', info: 'Protected.' } }, {}, { kind: 'refused', because: 'Protected.' }],
  ['a mistake of the wiki with status 200', 200, { errors: [{ code: 'internal_api_error_DBQueryError', text: 'x' }] }, {}, { kind: 'unknown' }],
  ['a password that ended', 401, undefined, {}, { kind: 'expired' }], ['a firewall', 403, undefined, {}, { kind: 'refused', because: 'The wiki refuses this (403).' }],
  ['a moved wiki', 301, undefined, {}, { kind: 'refused', because: 'moved-address' }],
  ['a pause', 429, undefined, { 'retry-after': '30' }, { kind: 'paced', retryAt: new Date('2026-11-23T10:00:30Z') }], ['a proxy that lost the wiki', 502, undefined, {}, { kind: 'unknown' }],
  ['what went well', 200, { edit: { result: 'Success' } }, {}, undefined],
])('%s is told as what it is', (_, status, body, headers, trouble) => { expect(troubleIn({ status, headers: new Headers(headers) }, body, now)?.trouble).toEqual(trouble) })

describe('compare-and-swap', () => {
  const staged = (wiki: TestWiki, draft = post, of = account()) => stage(prepare(draft, of), of, ctxOf(wiki))
  test.each(['page', 'half', 'internal'] as const)('after an answer that is %s the same again is no second edit', async (fault) => {
    const wiki = new TestWiki()
    const wire = await staged(wiki)
    wiki.next(fault)
    await expect(send(wire, account(), ctxOf(wiki))).rejects.toMatchObject({ trouble: { kind: 'unknown' } })
    await send(wire, account(), ctxOf(wiki))
    expect(wiki.pages[0]!.revisions).toHaveLength(1)
  })
  test('a token that grew old is got anew, once', async () => {
    const wiki = new TestWiki()
    const wire = await staged(wiki)
    wiki.next('badtoken')
    await send(wire, account(), ctxOf(wiki))
    expect(wiki.pages).toHaveLength(1)
    const other = await staged(wiki, { ...post, key: 'other', text: 'Άλλο.' })
    wiki.next('badtoken')
    wiki.next('badtoken')
    await expect(send(other, account(), ctxOf(wiki))).rejects.toMatchObject({ trouble: { kind: 'stale' } })
  })
  test('a session that ended begins anew by itself', async () => {
    const wiki = new TestWiki()
    const wire = await staged(wiki)
    wiki.endSessions()
    expect(await send(wire, account(), ctxOf(wiki))).toMatchObject({ id: `pages/${wiki.pages[0]!.pageid}` })
  })
  test('a captcha is refused with what helps', async () => {
    const wiki = new TestWiki()
    const wire = await staged(wiki)
    wiki.next('captcha')
    await expect(send(wire, account(), ctxOf(wiki))).rejects.toMatchObject({ trouble: { kind: 'refused', because: 'captcha-asked' } })
  })
  test('what others undid is not written again', async () => {
    const wiki = new TestWiki()
    wiki.write('Giorgos', 'Συζήτηση:Κουβέντα', 'Γεια.')
    const wire = await staged(wiki, { ...post, title: 'Νέα' }, ours)
    const first = await send(wire, ours, ctxOf(wiki))
    wiki.write('Giorgos', 'Συζήτηση:Κουβέντα', 'Γεια.')
    expect(await send(wire, ours, ctxOf(wiki))).toEqual(first)
    expect(await send(await stage(wire, ours, ctxOf(wiki)), ours, ctxOf(wiki))).toEqual(first)
    expect(wiki.text('Συζήτηση:Κουβέντα')).toBe('Γεια.')
  })
  test('a page of others is never written over', async () => {
    const wiki = new TestWiki()
    wiki.write('Giorgos', 'Ζέα', 'Δικό μου.')
    await expect(staged(wiki, { ...post, title: 'Ζέα' })).rejects.toMatchObject({ trouble: { kind: 'refused', because: 'name-taken' } })
  })
  test('nor is one that others have edited since, by a new wording or a taking down', async () => {
    const wiki = new TestWiki()
    const { id } = await send(await staged(wiki, { ...post, title: 'Ζέα' }), account(), ctxOf(wiki))
    wiki.write('Giorgos', 'Ζέα', `${wiki.text('Ζέα')} Κι εγώ.`)
    for (const change of [revise, retract]) await expect(change({ channel: 'mediawiki', id }, prepare(post, account()), account(), ctxOf(wiki))).rejects.toMatchObject({ trouble: { kind: 'refused', because: 'others-edited' } })
  })
  test('what was changed and why stands at the end of the page and in its history, whatever signs it holds', async () => {
    const wiki = new TestWiki()
    const { id } = await send(await staged(wiki, { ...post, title: 'Ζέα' }), account(), ctxOf(wiki))
    const note = `Λάθος ώρα {{στο}} [[φύλλο]]. ${'ω'.repeat(400)}`
    await revise({ channel: 'mediawiki', id }, prepare({ ...post, title: 'Ζέα', text: 'Ανοίγουμε στις επτά.', note }, account()), account(), ctxOf(wiki))
    expect(wiki.text('Ζέα')).toMatch(/Ανοίγουμε στις επτά\.\n\n— Ελένη\n\n''Διορθώθηκε: Λάθος ώρα &#123;&#123;στο/)
    expect(wiki.pages[0]!.revisions.at(-1)!.comment).toMatch(/^Λάθος ώρα στο φύλλο\. ω+ · από Ελένη \(stoa:[0-9a-f]{12}\)$/)
    expect(wiki.pages[0]!.revisions.at(-1)!.comment.length).toBeLessThan(400)
  })
  test('what somebody emptied, deleted or took out of its page is told as absent; what was only moved is there', async () => {
    const wiki = new TestWiki()
    const { id } = await send(await staged(wiki, { ...post, title: 'Ζέα' }), account(), ctxOf(wiki))
    const look = (each: string) => stands({ channel: 'mediawiki', id: each }, account(), ctxOf(wiki))
    expect(await look(id)).toBe('there')
    wiki.write('Giorgos', 'Ζέα', '')
    expect(await look(id)).toBe('absent')
    wiki.write('Giorgos', 'Συζήτηση:Κουβέντα', 'Γεια.')
    const section = await send(await staged(wiki, { ...post, key: post.key.replace('aa01', 'aa02'), title: 'Νέα' }, ours), ours, ctxOf(wiki))
    expect(await look(section.id)).toBe('there')
    wiki.write('Giorgos', 'Συζήτηση:Κουβέντα', 'Γεια.')
    expect(await look(section.id)).toBe('absent')
    expect(await look('pages/999')).toBe('absent')
  })
  test('where we may delete, what is taken down is deleted', async () => {
    const wiki = new TestWiki()
    const admin = account({ mayDelete: true })
    const { id } = await send(await staged(wiki), admin, ctxOf(wiki))
    for (let time = 0; time < 2; time++) await retract({ channel: 'mediawiki', id }, prepare(post, admin), admin, ctxOf(wiki))
    expect(wiki.pages).toEqual([])
  })
  test('a section is changed and taken down in its place, among what others wrote', async () => {
    const wiki = new TestWiki()
    wiki.write('Giorgos', 'Συζήτηση:Κουβέντα', '== Πρώτα ==\nΓεια. ~~~~')
    const { id } = await send(await staged(wiki, { ...post, title: 'Νέα' }, ours), ours, ctxOf(wiki))
    wiki.say('Giorgos', 'Συζήτηση:Κουβέντα', ': Ωραία!')
    await revise({ channel: 'mediawiki', id }, prepare({ ...post, title: 'Νέα', text: 'Βγήκε το δεύτερο.' }, ours), ours, ctxOf(wiki))
    const text = wiki.text('Συζήτηση:Κουβέντα')
    expect(text).toMatch(/^== Πρώτα ==\nΓεια\. .*\n\n== Νέα ==\nΒγήκε το δεύτερο\.\n\n— Ελένη\n<!-- stoa:[0-9a-f]{12} --> \[\[.*\n: Ωραία! .*$/)
    for (let time = 0; time < 2; time++) await retract({ channel: 'mediawiki', id }, prepare(post, ours), ours, ctxOf(wiki))
    expect(wiki.text('Συζήτηση:Κουβέντα')).toMatch(/== Νέα ==\n''Αποσύρθηκε από τον συντάκτη του\.'' <!-- stoa:.*\n: Ωραία!/)
  })
})

describe('talk', () => {
  const pull = async (wiki: TestWiki, cursor?: Cursor) => {
    const items: Incoming[] = []
    let place = cursor
    for await (const batch of mediawiki.listen!.open!(account(), cursor, ctxOf(wiki))) { items.push(...batch.items); place = batch.cursor }
    return { items, cursor: place }
  }
  test('is answered behind what it answers and the answers it has, one step in, signed', async () => {
    const wiki = new TestWiki()
    wiki.say('Giorgos', 'Συζήτηση:Ζέα', '== Νερό ==\nΠόσο νερό;')
    wiki.say('Katerina', 'Συζήτηση:Ζέα', ': Κι εγώ το ίδιο.')
    wiki.say('Katerina', 'Συζήτηση:Ζέα', '\n== Άλλο ==\nΚαλημέρα.')
    const { items } = await pull(wiki)
    expect(items.map((item) => 'text' in item && item.text)).toEqual(['Νερό\n\nΠόσο νερό;', 'Κι εγώ το ίδιο.', 'Άλλο\n\nΚαλημέρα.'])
    expect(items[1]).toMatchObject({ inReplyTo: { id: items[0]!.ref.id }, author: { name: 'Katerina' } })
    const wire = await stage(prepare(answer(items[0]!.ref.id, 'Επτακόσια.\n\nΊσως *λίγο* ακόμη.'), account()), account(), ctxOf(wiki))
    const { id } = await send(wire, account(), ctxOf(wiki))
    expect(wiki.text('Συζήτηση:Ζέα')).toMatch(/Πόσο νερό;.*\n: Κι εγώ.*\n: Επτακόσια\.\n: Ίσως ''λίγο'' ακόμη\.\n: — Ελένη <!-- stoa:[0-9a-f]{12} --> \[\[Χρήστης:Eleni.*\n\n== Άλλο ==/)
    const text = wiki.text('Συζήτηση:Ζέα')
    wiki.write('Giorgos', 'Συζήτηση:Ζέα', text.replace(/(: — Ελένη.*)/, '$1\n:: Ευχαριστώ! ~~~~'))
    expect((await pull(wiki)).items.at(-1)).toMatchObject({ text: 'Ευχαριστώ!', inReplyTo: { id } })
  })
  test('under a page of ours belongs to that page', async () => {
    const wiki = new TestWiki()
    const { id } = await send(await stage(prepare({ ...post, title: 'Ζέα' }, account()), account(), ctxOf(wiki)), account(), ctxOf(wiki))
    wiki.say('Giorgos', 'Συζήτηση:Ζέα', 'Πόσο νερό;')
    expect((await pull(wiki)).items).toMatchObject([{ inReplyTo: { id } }])
  })
  test('other words, words taken back, words signed for another and words nobody signed are told as such', async () => {
    const wiki = new TestWiki()
    const page = 'Συζήτηση χρήστη:Eleni'
    wiki.say('Giorgos', page, 'Έχετε κουλούρια;')
    const first = await pull(wiki)
    wiki.write('Giorgos', page, wiki.text(page).replace('κουλούρια', 'λαγάνες'))
    wiki.write('Katerina', page, `${wiki.text(page)}\nΧωρίς υπογραφή.`)
    wiki.write('Katerina', page, `${wiki.text(page)}\nΤο λέει ο άλλος. [[Χρήστης:Giorgos|Giorgos]] 10:00, 1 Νοεμβρίου 2026 (UTC)`)
    wiki.write('Giorgos', page, wiki.text(page).split('\n').slice(1).join('\n'))
    const { items } = await pull(wiki, first.cursor)
    expect(items.map(({ does }) => does)).toEqual(['edits', 'says', 'says', 'withdraws'])
    expect(items[0]).toMatchObject({ ref: first.items[0]!.ref, text: 'Έχετε λαγάνες;' })
    expect(items[1]).toMatchObject({ text: 'Χωρίς υπογραφή.', author: { name: 'Katerina' } })
    expect(items[2]).toMatchObject({ hold: expect.stringContaining('Giorgos') as unknown })
    const wire = await stage(prepare(answer(items[1]!.ref.id), account()), account(), ctxOf(wiki))
    await send(wire, account(), ctxOf(wiki))
    expect(wiki.text(page)).toMatch(/Χωρίς υπογραφή\.\n: Επτακόσια γραμμάρια\.\n: — Ελένη/)
  })
  test('an answer to what was removed is refused before anything is written', async () => {
    const wiki = new TestWiki()
    wiki.say('Giorgos', 'Συζήτηση:Ζέα', 'Πόσο νερό;')
    const { items } = await pull(wiki)
    wiki.write('Giorgos', 'Συζήτηση:Ζέα', 'Τίποτα.')
    await expect(stage(prepare(answer(items[0]!.ref.id), account()), account(), ctxOf(wiki))).rejects.toMatchObject({ trouble: { kind: 'refused' } })
  })
  test.each([
    ['Γεια. [[User:Eleni|Eleni]] ([[User talk:Eleni|talk]]) 09:12, 23 November 2026 (UTC)', 'Eleni', 'Γεια.'],
    ['Γεια. --[[Χρήστης:Ελένη Π|Ελένη]] 09:12, 23 Νοεμβρίου 2026 (EET)', 'Ελένη Π', 'Γεια.'],
    ['::Γεια. [[Special:Contributions/1.2.3.4|1.2.3.4]] 09:12, 3. Nov. 2026 (CET)', '1.2.3.4', '::Γεια.'],
    ['Δείτε το [[Help:Νερό|νερό]]. [[User:Eleni|Eleni]] 09:12, 23 November 2026 (UTC)', 'Eleni', 'Δείτε το [[Help:Νερό|νερό]].'],
  ])('%s is signed by %s', (line, by, text) => { expect(saidIn(line)).toMatchObject([{ by, text }]) })
  test('whatever a page holds, reading it ends, and a place for an answer lies within it', () => {
    const soup = fc.array(fc.constantFrom('== Α ==', ': ', '\n', '[[User:E|E]]', ' 09:12, 23 November 2026 (UTC)', 'λόγια ', '~~~~', '<!-- stoa:0123456789ab -->', '[[', ']]', '|', '(', ':User:'), { maxLength: 40 }).map((parts) => parts.join(''))
    fc.assert(fc.property(soup, (text) => {
      for (const one of saidIn(text)) expect(placeUnder(text, one).line).toBeLessThanOrEqual(text.split('\n').length)
      expect(new Set(saidIn(text).filter(({ mark }) => mark === undefined).map(({ id }) => id)).size).toBe(saidIn(text).filter(({ mark }) => mark === undefined).length)
    }), { numRuns: 500 })
  })
})

describe('wikitext', () => {
  const wiki = (markdown: string) => markdownToWiki(markdown, 'el')
  test.each([
    ['# Ένα\n\nδύο **τρία** *τέσσερα*', "== Ένα ==\n\nδύο '''τρία''' ''τέσσερα''"], ['- α\n- β\n  - γ\n\n1. δ', '* α\n* β\n** γ\n\n# δ'], ['[εδώ](https://fournos.gr/a?b=1&c=2)', '[https://fournos.gr/a?b=1&c=2 εδώ]'],
    ['{{Πρότυπο}} [[Σελίδα]] ~~~~', '&#123;&#123;Πρότυπο&#125;&#125; &#91;&#91;Σελίδα&#93;&#93; &#126;&#126;&#126;&#126;'], ['α\nβ', 'α<br>β'], ['\\* όχι λίστα', '&#42; όχι λίστα'], ['<b>x</b>', '&lt;b&gt;x&lt;/b&gt;'],
  ])('%j is %j', (markdown, text) => { expect(wiki(markdown)).toBe(text) })
  test('nothing that is written starts a template, a link of the wiki, a signature or a tag of its own', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.constantFrom('{{', '}}', '[[', ']]', '~~~~', "'''", '<nowiki>', '\n\n', '* ', '`', '    ', '{|', '__TOC__', '<', '&#123;'), fc.string({ unit: 'grapheme', maxLength: 5 })), { maxLength: 15 }).map((parts) => parts.join('')), (markdown) => {
      expect(wiki(markdown)).not.toMatch(/\{\{|\[\[|~~~|<(?:nowiki|script|ref|includeonly|noinclude)|\{\||__TOC__/)
    }), { numRuns: 500 })
  })
  test('is read as words', () => { expect(plainOf("Δες [[Ζέα|τη ζέα]] και [https://a.gr εδώ], '''τώρα'''. <!-- x --><br>Ναι &amp; όχι")).toBe('Δες τη ζέα και εδώ (https://a.gr), τώρα.\nΝαι & όχι') })
  test.each([['Ψωμί [ζέας] #1', 'Ψωμί ζέας 1'], [':Αρχή', 'Αρχή'], ['α'.repeat(300), 'α'.repeat(120)]])('%s is the title %s', (given, title) => { expect(titleOf(given)).toBe(title) })
  test('says in the text what honesty asks, and who speaks', () => {
    const { text, summary } = wireOf({ ...post, labels: ['sponsored'] }, account())
    expect(text).toMatch(/^''Διαφήμιση · χορηγούμενο''\n\nΒγήκε.*\n\n— Ελένη\n\n\[\[Category:Ψωμί\]\]$/s)
    expect(summary).toMatch(/^από Ελένη \(stoa:[0-9a-f]{12}\)$/)
  })
})

describe('connecting', () => {
  const given = (over: object = {}) => Settings.parse({ wiki: 'zymi.gr', user: 'Eleni@stoa', password: 'secret', ...over })
  test('learns the door, who we are and what we may do, and watches our own talk page', async () => {
    const wiki = new TestWiki()
    const { settings, ...verified } = await verify(given(), ctxOf(wiki))
    expect(verified).toEqual({ id: 'zymi.gr/Eleni', handle: 'Eleni@zymi.gr', name: 'Ζυμωτήριο' })
    expect(Settings.parse(settings)).toMatchObject({ api: 'https://zymi.gr/api.php', article: 'https://zymi.gr/index.php/$1', userName: 'Eleni', mayDelete: false })
    expect([...wiki.watched]).toEqual(['User talk:Eleni'])
  })
  test.each<[string, object, readonly string[] | undefined, keyof typeof wrong, string]>([
    ['no address', { wiki: 'δύο λέξεις' }, undefined, 'address', 'wiki'], ['no https', { wiki: 'http://zymi.gr/api.php' }, undefined, 'insecure', 'wiki'], ['a wrong bot password', { password: 'no' }, undefined, 'password', 'password'],
    ['a plain password', { user: 'Eleni' }, undefined, 'botPassword', 'user'], ['too few rights', {}, ['read'], 'rights', 'password'], ['no watchlist', {}, ['edit', 'createpage', 'createtalk'], 'watchlist', 'password'], ['no page for sections', { place: 'section' }, undefined, 'noPage', 'page'],
  ])('%s has its own sentence', async (_, over, rights, says, field) => {
    const error = await verify(given(over), ctxOf(new TestWiki(rights ? { rights } : {}))).then(() => undefined, (thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ConnectError)
    expect({ says: (error as ConnectError).says, field: (error as ConnectError).field }).toEqual({ says: wrong[says], field })
  })
  test('the door is read from the page, and the password goes to no other host', () => {
    expect(doorIn('<link rel="EditURI" type="application/rsd+xml" href="//zymi.gr/w/api.php?action=rsd"/>', 'https://zymi.gr/wiki/A')).toBe('https://zymi.gr/w/api.php')
    expect(doorIn('<link rel="EditURI" href="https://evil.gr/api.php?action=rsd">', 'https://zymi.gr/')).toBeUndefined()
    expect(addressIn('https://a:b@zymi.gr')).toBeUndefined()
  })
})
