import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Account, Ctx, Draft } from '#kit/channel.ts'
import { verify } from '#channels/mediawiki/connect.ts'
import { publish } from '#channels/mediawiki/publish.ts'
import type { Settings } from '#channels/mediawiki/settings.ts'
import { plainText } from '#text/html/sanitize.ts'
import { deskOf, type Desk } from '../desk.ts'
import { figure, soon } from '../here.ts'
import type { Loss } from '../lane.ts'
import { startPeerStoa, type PeerStoa } from '../stoa.ts'
import { hosts, startMediaWiki, type MediaWiki } from './server.ts'

let stoa: PeerStoa
let wiki: MediaWiki
let eleni: Desk
beforeAll(async () => {
  [stoa, wiki] = await Promise.all([startPeerStoa(hosts.stoa), startMediaWiki()])
  eleni = deskOf(stoa)
})
afterAll(async () => { await Promise.all([stoa?.stop(), wiki?.stop()]) })

const check = async (settings: object) => await stoa.try('POST', 'accounts/check', { channel: 'mediawiki', settings }) as { status: number; body: { detail: string; field?: string } }
const given = (over: object = {}) => ({ wiki: wiki.origin, ...wiki.bot, ...over })
const ctx = (): Ctx => ({ fetch, now: () => new Date(), signal: new AbortController().signal, log: () => undefined, host: { workspaceId: 'w' } as never, renew: async (same) => same })
const account = async (over: Partial<Settings> = {}): Promise<Account<Settings>> => {
  const { settings, id, handle } = await verify({ ...given(), ...over } as Settings, ctx())
  return { id, workspaceId: 'w', channel: 'mediawiki', handle, name: '', settings: settings! }
}
const draft = (over: Partial<Draft>): Draft => ({ key: 'k', writtenAt: '2026-11-23T08:00:00Z', kind: 'post', text: 'Αλεύρι και νερό.', lang: 'el', media: [], tags: [], author: { id: 'm1', name: 'Ελένη' }, ...over })
const times = (text: string, part: string): number => text.split(part).length - 1

test('each wrong entry has its own sentence, and nothing is kept', async () => {
  const problem = async (over: object) => (await check(given(over))).body
  expect((await problem({ wiki: 'nobody.example.gr' })).field).toBe('wiki')
  expect((await problem({ wiki: `https://${hosts.stoa}` })).field).toBe('wiki')
  expect((await problem({ password: 'fedcba98765432100123456789abcdef' })).field).toBe('password')
  expect((await problem({ ...wiki.plain, password: 'wrong' })).detail).toMatch(/BotPasswords/)
  expect((await problem(wiki.weak)).field).toBe('password')
  expect((await problem({ place: 'section' })).field).toBe('page')
  expect(await eleni.account('mediawiki')).toBeUndefined()
})

test('the address of any page will do', async () => {
  await stoa.ask('POST', 'accounts', { channel: 'mediawiki', settings: given({ wiki: `${hosts.wiki}/index.php/Κύρια_Σελίδα` }) })
  expect(await eleni.account('mediawiki')).toMatchObject({ handle: `Eleni@${hosts.wiki}`, name: 'Ζυμωτήριο' })
  expect(JSON.stringify(await eleni.accounts())).not.toContain(wiki.bot.password)
})

test('a post with a Greek title becomes a page, signed, in wikitext', async () => {
  const id = await eleni.publish(['mediawiki'], { title: 'Προζύμι για αρχάριους', text: '## Υλικά\n\n- αλεύρι **ολικής**\n- νερό\n\nΔείτε [εδώ](https://fournos.gr/). Ποιος {{ξέρει}} κάτι ακόμη;', tags: ['Ψωμί'] })
  const { publications } = await eleni.settled(id)
  const text = wiki.text('Προζύμι για αρχάριους')
  for (const part of ['=== Υλικά ===', "* αλεύρι '''ολικής'''", '[https://fournos.gr/ εδώ]', '— Ελένη Παπαδάτου', '[[Category:Ψωμί]]']) expect(text).toContain(part)
  expect(text).not.toContain('{{')
  const page = plainText(await (await fetch(publications[0]!.url!)).text())
  expect(page).toContain('{{ξέρει}}')
  expect(page).toContain('Προζύμι για αρχάριους')
})

test('a name that is taken is refused in plain words, and what stands there stays', async () => {
  wiki.writes('Giorgos', 'Το αλεύρι μου', 'Δικό μου κείμενο.')
  const id = await eleni.publish(['mediawiki'], { title: 'Το αλεύρι μου', text: 'Ποιος το θέλει;' })
  expect((await eleni.settled(id, 'refused')).publications[0]!.because).toBe('name-taken')
  expect(wiki.text('Το αλεύρι μου').trim()).toBe('Δικό μου κείμενο.')
})

test('an answer that is lost on its way makes no second edit', async () => {
  const losses: readonly Loss[] = ['cut', 'half', 'stall']
  for (const loss of losses) {
    wiki.lane.lose(loss, { method: 'POST', path: /^\/api\.php$/ })
    const id = await eleni.publish(['mediawiki'], { title: `Φύλλο ${loss}`, text: 'Πόσα να ανοίξουμε;' })
    await eleni.settled(id, 'confirmed', 120)
    expect(wiki.revisions(`Φύλλο ${loss}`), loss).toBe(1)
  }
  figure('answersLost', losses.length)
  figure('secondEdits', losses.reduce((sum, loss) => sum + wiki.revisions(`Φύλλο ${loss}`) - 1, 0), { max: 0 })
}, 400_000)

test('the same edit again, whatever has happened to the page since, is no second edit', async () => {
  const us = await account({ place: 'section', page: 'Συζήτηση:Κουβέντα' })
  wiki.writes('Giorgos', 'Συζήτηση:Κουβέντα', '== Πρώτα ==\nΚαλημέρα. ~~~~')
  const wire = await publish.stage!(publish.prepare(draft({ key: 'repeat-1', title: 'Νέα φουρνιά' }), us), us, ctx())
  const first = await publish.send(wire, us, ctx())
  expect(await publish.send(wire, us, ctx())).toEqual(first)
  const standing = wiki.text('Συζήτηση:Κουβέντα')
  wiki.writes('Giorgos', 'Συζήτηση:Κουβέντα', `${standing.trim()}\n\n== Ύστερα ==\nΓεια. ~~~~`)
  expect(await publish.send(wire, us, ctx())).toEqual(first)
  expect(times(wiki.text('Συζήτηση:Κουβέντα'), '== Νέα φουρνιά ==')).toBe(1)
  wiki.writes('Giorgos', 'Συζήτηση:Κουβέντα', '== Πρώτα ==\nΤα έσβησα όλα. ~~~~')
  expect(await publish.send(wire, us, ctx())).toEqual(first)
  expect(await publish.send(await publish.stage!(wire, us, ctx()), us, ctx())).toEqual(first)
  expect(times(wiki.text('Συζήτηση:Κουβέντα'), '== Νέα φουρνιά ==')).toBe(0)
})

test('what was written on a revision that is old by now is stale, and goes out once when it is written afresh', async () => {
  const us = await account({ place: 'section', page: 'Συζήτηση:Κουβέντα' })
  const wire = await publish.stage!(publish.prepare(draft({ key: 'stale-1', title: 'Δεύτερη φουρνιά' }), us), us, ctx())
  wiki.writes('Giorgos', 'Συζήτηση:Κουβέντα', 'Όλα αλλιώς.')
  await expect(publish.send(wire, us, ctx())).rejects.toMatchObject({ trouble: { kind: 'stale' } })
  await publish.send(await publish.stage!(wire, us, ctx()), us, ctx())
  expect(wiki.text('Συζήτηση:Κουβέντα')).toMatch(/^Όλα αλλιώς\.\n\n== Δεύτερη φουρνιά ==\n/)
})

test('two at the same moment write one', async () => {
  const us = await account()
  const wire = await publish.stage!(publish.prepare(draft({ key: 'race-1', title: 'Αγώνας' }), us), us, ctx())
  const ends = await Promise.allSettled(Array.from({ length: 4 }, () => publish.send(wire, us, ctx())))
  expect(ends.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
  expect(wiki.revisions('Αγώνας')).toBe(1)
})

test('talk about our page comes in, is answered by a person, and the answer stands once in its place', async () => {
  wiki.writes('Giorgos', 'Συζήτηση:Προζύμι για αρχάριους', '== Πόσο νερό; ==\nΠόσο νερό βάζω στο ένα κιλό; ~~~~')
  const asked = await eleni.conversation('Πόσο νερό βάζω', 120)
  expect(asked).toMatchObject({ channel: 'mediawiki', contact: { name: 'Giorgos' } })
  wiki.writes('Katerina', 'Συζήτηση:Προζύμι για αρχάριους', `${wiki.text('Συζήτηση:Προζύμι για αρχάριους').trim()}\n: Κι εγώ το ίδιο ρωτώ. ~~~~\n\n== Άλλο ==\nΚαλή επιτυχία! ~~~~`)
  wiki.lane.lose('cut', { method: 'POST', path: /^\/api\.php$/ })
  await eleni.answer(asked.id, 'Επτακόσια γραμμάρια.\n\nΚαι λίγο ακόμη, αν είναι ολικής.')
  await soon('the answer is confirmed', async () => (await eleni.thread(asked.id)).messages.find(({ publication }) => publication?.state === 'confirmed'), 90)
  const text = wiki.text('Συζήτηση:Προζύμι για αρχάριους')
  expect(times(text, 'Επτακόσια γραμμάρια')).toBe(1)
  const [question, other, ours, next] = ['Πόσο νερό βάζω', ': Κι εγώ το ίδιο', ': Επτακόσια γραμμάρια', '== Άλλο =='].map((part) => text.indexOf(part)) as [number, number, number, number]
  expect(question < other && other < ours && ours < next, text).toBe(true)
  expect(text).toMatch(/: — Ελένη Παπαδάτου <!-- stoa:[0-9a-f]{12} --> \[\[Χρήστης:Eleni\|Eleni\]\]/)
  await eleni.conversation('Καλή επιτυχία', 120)
  wiki.writes('Giorgos', 'Συζήτηση:Προζύμι για αρχάριους', text.replace(/(: — Ελένη.*\n)/, '$1:: Ευχαριστώ πολύ! ~~~~\n'))
  await soon('his thanks stand in the same conversation', async () => (await eleni.thread(asked.id)).messages.find((one) => one.text.includes('Ευχαριστώ πολύ')), 120)
}, 500_000)

test('a word on our own talk page comes in, and so do new words in its place', async () => {
  wiki.writes('Katerina', 'Συζήτηση χρήστη:Eleni', '== Κουλούρια ==\nΈχετε και κουλούρια; ~~~~')
  const heard = await eleni.conversation('Έχετε και κουλούρια', 120)
  wiki.writes('Katerina', 'Συζήτηση χρήστη:Eleni', wiki.text('Συζήτηση χρήστη:Eleni').replace('και κουλούρια', 'και λαγάνες'))
  const changed = await soon('the new words are heard', async () => (await eleni.thread(heard.id)).messages.find(({ text }) => text.includes('και λαγάνες')), 120)
  expect(changed).toMatchObject({ direction: 'in', withdrawn: false })
}, 300_000)

test('a new wording takes the place of the old one, and what is taken down leaves a note', async () => {
  const id = await eleni.publish(['mediawiki'], { title: 'Ωράριο', text: 'Κλειστά τη Δευτέρα. Σας βολεύει;' })
  await eleni.settled(id)
  await eleni.edit(id, { title: 'Ωράριο', text: 'Κλειστά την Τετάρτη. Σας βολεύει;', note: 'Λάθος μέρα.' })
  await soon('the new wording stands', () => (wiki.text('Ωράριο').includes('Τετάρτη') ? true : undefined), 40)
  expect(wiki.text('Ωράριο')).toContain("''Διορθώθηκε: Λάθος μέρα.''")
  expect(await wiki.summary('Ωράριο')).toMatch(/^Λάθος μέρα\. · από .*\(stoa:[0-9a-f]{12}\)$/)
  await eleni.retract(id, 'Τελικά ανοίγουμε.')
  await soon('it is gone', () => (wiki.text('Ωράριο').startsWith('{{delete}}') ? true : undefined), 40)
  expect(wiki.text('Ωράριο')).not.toContain('Τετάρτη')
  expect(wiki.revisions('Ωράριο')).toBe(3)
})

test('a protected page is refused in the wiki’s own words', async () => {
  const us = await account({ place: 'section', page: 'Συζήτηση:Κλειστό' })
  wiki.writes('Admin', 'Συζήτηση:Κλειστό', 'Εδώ γράφουμε εμείς.')
  wiki.protects('Συζήτηση:Κλειστό')
  const wire = await publish.stage!(publish.prepare(draft({ key: 'protected-1', title: 'Γεια' }), us), us, ctx())
  const error = await publish.send(wire, us, ctx()).then(() => undefined, (thrown: unknown) => thrown) as { trouble: { kind: string; because: string } }
  expect(error.trouble.kind).toBe('refused')
  expect(error.trouble.because).toMatch(/προστατ|protect/i)
})
