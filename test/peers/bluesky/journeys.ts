import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Account as OnChannel, Ctx, Draft } from '../../../src/kit/channel.ts'
import { cidOf } from '../../../src/channels/bluesky/dag.ts'
import { bluesky } from '../../../src/channels/bluesky/index.ts'
import { deskOf, type Desk } from '../desk.ts'
import { figure, soon } from '../here.ts'
import { startPeerStoa, type PeerStoa } from '../stoa.ts'
import { seenAt } from '../witness.ts'
import { personOf, type Person, type Strong } from './client.ts'
import { hosts, startBluesky, type Bluesky } from './server.ts'
import { signIn } from './sign-in.ts'

let stoa: PeerStoa
let network: Bluesky
let eleni: Desk
let brand: Person
let alice: Person
let secret: string
beforeAll(async () => {
  [stoa, network] = await Promise.all([startPeerStoa(hosts.stoa), startBluesky()])
  eleni = deskOf(stoa)
  brand = await personOf('fournos', 'Φούρνος της Ελένης')
  alice = await personOf('alice', 'Αλίκη')
  secret = await brand.appPassword('Stoa')
  await soon('the network knows alice', async () => (await brand.ask('app.bsky.actor.getProfile', { query: { actor: alice.did } }), true), 30)
})
afterAll(async () => { await Promise.all([stoa?.stop(), network?.stop()]) })

type Value = { readonly text: string; readonly createdAt: string; readonly facets?: readonly { readonly index: { byteStart: number; byteEnd: number }; readonly features: readonly Record<string, string>[] }[]; readonly embed?: Record<string, unknown>; readonly reply?: { root: Strong; parent: Strong } }
interface Record_ { readonly uri: string; readonly cid: string; readonly value: Value }
const collection = 'app.bsky.feed.post'
const records = async () => (await brand.ask<{ records: Record_[] }>('com.atproto.repo.listRecords', { query: { repo: brand.did, collection, limit: '100' } })).records
const saying = async (text: string) => (await records()).filter(({ value }) => value.text.includes(text))
const rkeyOf = (uri: string) => uri.split('/').at(-1)!
const writesOf = (uri: string) => network.writes(`${collection}/${rkeyOf(uri)}`)
const settings = () => ({ identifier: `@${brand.handle}`, password: secret, service: hosts.pds })
const publish = (words: Parameters<Desk['publish']>[1] & { readonly card?: { readonly url: string }; readonly labels?: readonly string[]; readonly firstComment?: string }) => eleni.publish(['bluesky'], words)

test('the account’s own password and a wrong one are refused with a sentence; an app password connects', async () => {
  const check = async (password: string) => JSON.stringify((await stoa.try('POST', 'accounts/check', { channel: 'bluesky', settings: { ...settings(), password } })).body)
  expect(await check(brand.password)).toContain('Φτιάξτε κωδικό εφαρμογής')
  expect(await check('abcd-efgh-ijkl-mnop')).toContain('δεν γνωρίζει αυτό το όνομα')
  await stoa.ask('POST', 'accounts', { channel: 'bluesky', settings: settings() })
  expect(await eleni.account('bluesky')).toMatchObject({ handle: `@${brand.handle}`, name: 'Φούρνος της Ελένης' })
  expect(JSON.stringify(await eleni.accounts())).not.toContain(secret)
})

let first: Record_
let firstPost: string
test('a post in Greek stands with its links, its #words and whom it names, and its CID is the one we compute', async () => {
  firstPost = await publish({ title: '', text: `Καλημέρα @${alice.handle}! Βγήκε το πρώτο ψωμί ζέας 🍞 https://fournos.gr/ψωμί-ζέας #ψωμί #Πάτρα` })
  await eleni.settled(firstPost);
  [first] = await saying('πρώτο ψωμί ζέας') as [Record_]
  const bytes = Buffer.from(first.value.text)
  const marked = first.value.facets!.map(({ index, features }) => [bytes.toString('utf8', index.byteStart, index.byteEnd), features[0]!] as const)
  expect(marked).toEqual([
    [`@${alice.handle}`, { $type: 'app.bsky.richtext.facet#mention', did: alice.did }],
    ['https://fournos.gr/ψωμί-ζέας', { $type: 'app.bsky.richtext.facet#link', uri: new URL('https://fournos.gr/ψωμί-ζέας').href }],
    ['#ψωμί', { $type: 'app.bsky.richtext.facet#tag', tag: 'ψωμί' }], ['#Πάτρα', { $type: 'app.bsky.richtext.facet#tag', tag: 'Πάτρα' }],
  ])
  expect(first.value.text).toContain('Ελένη Παπαδάτου')
  expect(cidOf(first.value as never)).toBe(first.cid)
  await soon('alice is told that she is named', async () => (await alice.ask<{ notifications: { reason: string }[] }>('app.bsky.notification.listNotifications')).notifications.find(({ reason }) => reason === 'mention'), 30)
})

test('a picture goes out with its description and its shape, and a link with its card', async () => {
  const picture = await eleni.picture('Ένα καρβέλι ζέας πάνω σε ξύλο')
  await eleni.settled(await publish({ title: '', text: 'Το καρβέλι του Σαββάτου.', media: [picture] }))
  const [shown] = await saying('καρβέλι του Σαββάτου')
  expect(shown!.value.embed).toMatchObject({ $type: 'app.bsky.embed.images', images: [{ alt: picture.alt, aspectRatio: { width: 640, height: 480 }, image: { mimeType: expect.stringContaining('image/') } }] })
  expect(cidOf(shown!.value as never)).toBe(shown!.cid)
  await eleni.settled(await publish({ title: '', text: 'Η σελίδα μας.', card: { url: `https://${hosts.stoa}/` } }))
  const [carded] = await saying('Η σελίδα μας.')
  expect(carded!.value.embed).toMatchObject({ $type: 'app.bsky.embed.external', external: { uri: expect.stringContaining(hosts.stoa), title: expect.stringContaining('Φούρνος') } })
})

test('a thread goes out in one write, each part under the one before', async () => {
  await eleni.settled(await publish({ title: '', text: 'Πώς γίνεται το προζύμι: πρώτο βήμα.', thread: [{ text: 'Δεύτερο βήμα: νερό και αλεύρι.', media: [] }, { text: 'Τρίτο βήμα: υπομονή.', media: [] }] }))
  const [one] = await saying('πρώτο βήμα')
  const [two] = await saying('Δεύτερο βήμα')
  const [three] = await saying('Τρίτο βήμα')
  const strong = ({ uri, cid }: Record_) => ({ uri, cid })
  expect(two!.value.reply).toEqual({ root: strong(one!), parent: strong(one!) })
  expect(three!.value.reply).toEqual({ root: strong(one!), parent: strong(two!) })
  expect(seenAt(hosts.pds, { path: '/xrpc/com.atproto.repo.applyWrites' })).toHaveLength(1)
  await soon('the stream tells of it', () => (writesOf(one!.uri) === 1 ? true : undefined))
  await soon('the network shows it as one thread', async () => {
    const { thread } = await alice.ask<{ thread: { replies?: { post: { uri: string }; replies?: { post: { uri: string } }[] }[] } }>('app.bsky.feed.getPostThread', { query: { uri: one!.uri } })
    return thread.replies?.[0]?.post.uri === two!.uri && thread.replies[0].replies?.[0]?.post.uri === three!.uri ? true : undefined
  }, 30)
})

/** The channel alone, beside Stoa, with the same guards off: what it says to the server is all that counts here. */
async function channelAlone(): Promise<{ account: OnChannel<never>; ctx: Ctx }> {
  const ctx: Ctx = {
    fetch: (input, init) => fetch(input, init), now: () => new Date(), signal: AbortSignal.timeout(60_000), log: () => undefined, host: undefined as never,
    renew: async (account, exchange) => ({ ...account, settings: await exchange(account.settings) ?? account.settings }),
  }
  const verified = await bluesky.verify({ ...settings(), service: `https://${hosts.pds}` }, ctx)
  return { ctx, account: { id: 'alone', workspaceId: 'w', channel: 'bluesky', handle: verified.handle, name: 'Φούρνος', settings: verified.settings as never } }
}
const begun = new Date().toISOString()
const draft = (key: string, text: string, more: readonly string[] = []): Draft => ({
  key, writtenAt: begun, kind: 'post', text, lang: 'el', media: [], tags: [], author: { id: 'm1', name: 'Ελένη' },
  ...(more.length > 0 ? { more: more.map((each, n) => ({ key: `${key}-${n}`, writtenAt: begun, kind: 'post' as const, text: each, lang: 'el' as const, media: [], tags: [], author: { id: 'm1', name: 'Ελένη' } })) } : {}),
})

test.each([['a post', [], 'Οκτώ φορές το ίδιο'], ['a thread', ['Και δεύτερο από οκτώ', 'Και τρίτο από οκτώ'], 'Οκτώ φορές το ίδιο νήμα']] as const)('the same send of %s eight times at once is one thing and one write', async (what, more, text) => {
  const { account, ctx } = await channelAlone()
  const publishing = bluesky.publish!
  const wire = await publishing.stage!(publishing.prepare(draft(`eight-${what}`, text, more), account), account, ctx)
  const receipts = await Promise.all(Array.from({ length: 8 }, () => publishing.send(wire, account, ctx)))
  expect(new Set(receipts.map((one) => JSON.stringify(one))).size).toBe(1)
  expect(await publishing.send(wire, account, ctx)).toEqual(receipts[0])
  const standing = (await records()).filter(({ uri }) => [receipts[0]!, ...receipts[0]!.more ?? []].some(({ id }) => id === uri))
  expect(standing).toHaveLength(1 + more.length)
  await soon('the stream tells of it', () => (writesOf(receipts[0]!.id) > 0 ? true : undefined))
  expect(standing.map(({ uri }) => writesOf(uri))).toEqual(standing.map(() => 1))
  figure(more.length > 0 ? 'writesOfEightThreads' : 'writesOfEightSends', writesOf(receipts[0]!.id), { max: 1, min: 1 })
})

test('in new words a thread grows and shrinks under its names, in one write each, and is taken down whole', async () => {
  const { account, ctx } = await channelAlone()
  const publishing = bluesky.publish!
  const wireOf = (text: string, more: readonly string[]) => publishing.prepare(draft('grows', text, more), account)
  const { id } = await publishing.send(await publishing.stage!(wireOf('Βήμα ένα', ['Βήμα δύο', 'Βήμα τρία']), account, ctx), account, ctx)
  const ref = { channel: 'bluesky', id }
  const standing = async () => (await records()).filter(({ value }) => value.text.startsWith('Βήμα ')).toReversed()
  const [created] = await standing()
  await publishing.revise!(ref, wireOf('Βήμα ένα, αλλιώς', ['Βήμα δύο', 'Βήμα τρία', 'Βήμα τέσσερα']), account, ctx)
  const grown = await standing()
  expect(grown.map(({ value }) => value.text.split('\n')[0])).toEqual(['Βήμα ένα, αλλιώς', 'Βήμα δύο', 'Βήμα τρία', 'Βήμα τέσσερα'])
  expect(grown[0]!.value.createdAt).toBe(created!.value.createdAt)
  expect(grown.slice(1).map(({ value }) => value.reply)).toEqual(grown.slice(0, -1).map(({ uri, cid }) => ({ root: { uri: grown[0]!.uri, cid: grown[0]!.cid }, parent: { uri, cid } })))
  await publishing.revise!(ref, wireOf('Βήμα ένα, αλλιώς', ['Βήμα δύο']), account, ctx)
  expect(await standing()).toHaveLength(2)
  for (let time = 0; time < 2; time++) await publishing.retract!(ref, wireOf('Βήμα ένα, αλλιώς', ['Βήμα δύο']), account, ctx)
  expect(await standing()).toHaveLength(0)
})

test('what stands under our name already is never written over', async () => {
  const { account, ctx } = await channelAlone()
  const publishing = bluesky.publish!
  const wire = await publishing.stage!(publishing.prepare(draft('theirs', 'Τα δικά μας λόγια'), account), account, ctx)
  const record = { $type: collection, text: 'Άλλα λόγια', createdAt: new Date().toISOString() }
  await brand.ask('com.atproto.repo.putRecord', { json: { repo: brand.did, collection, rkey: (wire as { tid: string }).tid, record } })
  await expect(publishing.send(wire, account, ctx)).rejects.toMatchObject({ trouble: { kind: 'refused' } })
  expect(await saying('Τα δικά μας λόγια')).toHaveLength(0)
  expect(await saying('Άλλα λόγια')).toHaveLength(1)
})

test('a text that ends with the address of a post shows that post', async () => {
  const { uri, cid } = await alice.say('Το καλύτερο ψωμί της Πάτρας!')
  await eleni.settled(await publish({ title: '', text: `Ευχαριστούμε, Αλίκη! https://bsky.app/profile/${alice.handle}/post/${rkeyOf(uri)}` }))
  const [quoting] = await saying('Ευχαριστούμε, Αλίκη!')
  expect(quoting!.value.embed).toEqual({ $type: 'app.bsky.embed.record', record: { uri, cid } })
  expect(quoting!.value.text).not.toContain('bsky.app')
})

test.each([['cut', 'post'], ['half', 'post'], ['cut', 'thread'], ['half', 'thread']] as const)('an answer that is %s on its way back settles: one %s, written once', async (loss, what) => {
  const text = `Χαμένη απάντηση ${loss} ${what}`
  network.lane.lose(loss, { method: 'POST', path: what === 'post' ? /putRecord/ : /applyWrites/ })
  await eleni.settled(await publish({ title: '', text, ...(what === 'thread' ? { thread: [{ text: `${text}: συνέχεια`, media: [] }] } : {}) }))
  const standing = await saying(text)
  expect(standing).toHaveLength(what === 'post' ? 1 : 2)
  await soon('the stream tells of it', () => (writesOf(standing[0]!.uri) > 0 ? true : undefined))
  expect(standing.map(({ uri }) => writesOf(uri))).toEqual(standing.map(() => 1))
})

test('her like, her share, her follow and her question arrive, and the answer stands under it', async () => {
  const act = (kind: string, subject: unknown) => alice.ask('com.atproto.repo.createRecord', { json: { repo: alice.did, collection: kind, record: { $type: kind, subject, createdAt: new Date().toISOString() } } })
  const ref = { uri: first.uri, cid: first.cid }
  await act('app.bsky.feed.like', ref)
  await act('app.bsky.feed.repost', ref)
  await act('app.bsky.graph.follow', brand.did)
  const question = await alice.say('Κρατάτε ένα για το Σάββατο;', { root: ref, parent: ref })
  const asked = await eleni.conversation('για το Σάββατο', 90)
  expect(asked.contact.name).toBe('Αλίκη')
  const kinds = await soon('what she did is noted', async () => {
    const { reactions } = await eleni.contact(asked.contact.id)
    return ['like', 'share', 'follow'].every((kind) => reactions.some((one) => one.kind === kind)) ? reactions : undefined
  }, 60)
  expect(kinds.filter(({ kind }) => kind !== 'follow').every((one) => one.postId === firstPost)).toBe(true)
  await eleni.answer(asked.id, 'Σας κράτησα ένα, Αλίκη, στο όνομά σας.')
  const [answer] = await soon('the answer stands there', async () => { const found = await saying('Σας κράτησα ένα'); return found.length > 0 ? found : undefined }, 40)
  expect(answer!.value.reply).toEqual({ root: ref, parent: { uri: question.uri, cid: question.cid } })
  await soon('alice is told', async () => (await alice.ask<{ notifications: { reason: string; uri: string }[] }>('app.bsky.notification.listNotifications')).notifications.find(({ uri }) => uri === answer!.uri), 30)
  const thread = await eleni.thread(asked.id)
  expect(thread.messages.filter(({ direction, text }) => direction === 'in' && text.includes('για το Σάββατο'))).toHaveLength(1)
  expect(thread.messages.some(({ direction, text }) => direction === 'in' && text.includes('Σας κράτησα'))).toBe(false)
})

test('answers written at once are all heard, once each', async () => {
  const ref = { uri: first.uri, cid: first.cid }
  await Promise.all(Array.from({ length: 12 }, (_, n) => alice.say(`Ταυτόχρονη ερώτηση ${n + 1}.`, { root: ref, parent: ref })))
  const heard = async () => {
    const { items } = await stoa.ask<{ items: readonly { lastText: string }[] }>('GET', 'conversations?view=all&limit=100')
    return items.filter(({ lastText }) => lastText.startsWith('Ταυτόχρονη ερώτηση'))
  }
  const all = await soon('all twelve are heard', async () => { const found = await heard(); return found.length >= 12 ? found : undefined }, 90)
  expect(new Set(all.map(({ lastText }) => lastText)).size).toBe(12)
  figure('heardOfTwelve', all.length, { min: 12, max: 12 })
})

test('a new wording takes the place of the old under the same name, and taking down takes all of it', async () => {
  await eleni.edit(firstPost, { title: '', text: `Καλημέρα @${alice.handle}! Βγήκε το δεύτερο ψωμί ζέας 🍞 #ψωμί`, note: 'Το πρώτο έφυγε.' })
  const [edited] = await soon('the new words stand', async () => { const found = await saying('δεύτερο ψωμί ζέας'); return found.length > 0 ? found : undefined }, 40)
  expect(edited!.uri).toBe(first.uri)
  expect(edited!.value.createdAt).toBe(first.value.createdAt)
  expect(edited!.value.facets!.some(({ features }) => features[0]!['did'] === alice.did)).toBe(true)
  await eleni.retract(firstPost, 'Τελείωσε το αλεύρι.')
  await soon('it is gone', async () => ((await saying('ψωμί ζέας')).length === 0 ? true : undefined), 40)
})

test.each([
  ['deactivated', () => brand.ask('com.atproto.server.deactivateAccount', { json: {} }), () => brand.ask('com.atproto.server.activateAccount', { json: null }), 'is deactivated'],
  ['taken down', () => network.takeDown(brand.did, true), () => network.takeDown(brand.did, false), 'has taken this account down'],
] as const)('a post of an account that is %s is refused with a sentence; once it is open again, posts go out', async (what, close, open, words) => {
  await close()
  const id = await publish({ title: '', text: `Δεν βγαίνει: ${what}` })
  const { publications } = await eleni.settled(id, 'refused')
  expect(publications[0]!.because).toContain(words)
  await open()
  await eleni.settled(await publish({ title: '', text: `Βγαίνει πάλι: ${what}` }))
  expect(await saying(`Βγαίνει πάλι: ${what}`)).toHaveLength(1)
  expect(await saying(`Δεν βγαίνει: ${what}`)).toHaveLength(0)
})

test('when every access has ended at once, the app password brings a new one', async () => {
  await network.endSessions()
  await eleni.settled(await publish({ title: '', text: 'Μετά την αλλαγή κλειδιών.' }))
  expect(await saying('Μετά την αλλαγή κλειδιών')).toHaveLength(1)
})

test('a revoked app password makes the account wait for a person, and nothing is asked in a loop', async () => {
  await brand.ask('com.atproto.server.revokeAppPassword', { json: { name: 'Stoa' } })
  await network.endSessions()
  const tries = () => seenAt(hosts.pds, { method: 'POST', path: '/xrpc/com.atproto.server.createSession' }).filter(({ agent }) => /Stoa/i.test(agent)).length
  const before = tries()
  const id = await publish({ title: '', text: 'Αυτό περιμένει νέα σύνδεση.' })
  await eleni.settled(id, 'auth-needed')
  expect((await stoa.ask<{ items: readonly { channel: string; state: string }[] }>('GET', 'accounts')).items.find(({ channel }) => channel === 'bluesky')).toMatchObject({ state: 'login-needed' })
  await new Promise((done) => { setTimeout(done, 8_000) })
  figure('triesAfterRevoking', tries() - before, { max: 2 })
  expect(await saying('νέα σύνδεση')).toHaveLength(0)
  secret = await brand.appPassword('Stoa, again')
  const { id: accountId } = await eleni.account('bluesky')
  await stoa.ask('PUT', `accounts/${accountId}`, { settings: settings() })
  await eleni.settled(id)
  expect(await saying('νέα σύνδεση')).toHaveLength(1)
})

interface Stored { readonly id: string; readonly state: string; readonly light: string; readonly secrets: readonly string[]; readonly channel: string }
const stored = async () => (await stoa.ask<{ items: readonly Stored[] }>('GET', 'accounts')).items.find(({ channel }) => channel === 'bluesky')!
const begin = async () => (await stoa.ask<{ to: string }>('POST', 'accounts/login/begin', { channel: 'bluesky', settings: { identifier: brand.handle, service: hosts.pds }, accountId: (await stored()).id })).to
const finish = (back: URL) => stoa.try('POST', 'accounts/login/finish', { channel: 'bluesky', answer: back.search.slice(1) })

test('a sign-in that is declined on the server’s own page connects nothing, and what is tampered with is not taken', async () => {
  const declined = await finish(await signIn({ to: await begin(), password: brand.password, does: 'deny' }))
  expect(declined.status).toBeGreaterThanOrEqual(400)
  expect(JSON.stringify(declined.body)).toContain('απορρίφθηκε στη σελίδα')
  const back = await signIn({ to: await begin(), password: brand.password, does: 'accept' })
  back.searchParams.set('iss', 'https://allou.gr')
  expect(JSON.stringify((await finish(back)).body)).toContain('δεν ταιριάζει με την είσοδο')
  back.searchParams.set('iss', network.origin)
  expect((await finish(back)).body).toMatchObject({ code: 'login_stale' })
})

test('signed in on the server’s own page, the account publishes and hears as with an app password, and never asks by name and password', async () => {
  await brand.ask('com.atproto.server.revokeAppPassword', { json: { name: 'Stoa, again' } })
  await network.endSessions()
  const back = await signIn({ to: await begin(), password: brand.password, does: 'accept' })
  expect(await finish(back)).toMatchObject({ status: 200, body: { handle: `@${brand.handle}` } })
  const asked = () => seenAt(hosts.pds, { method: 'POST', path: '/xrpc/com.atproto.server.createSession' }).filter(({ agent }) => /Stoa/i.test(agent)).length
  const before = asked()
  const id = await publish({ title: '', text: 'Με είσοδο από τη σελίδα του δικτύου.', media: [await eleni.picture('Ένα καρβέλι')], thread: [{ text: 'Και δεύτερο μέρος.', media: [] }] })
  await eleni.settled(id)
  const [signed] = await saying('Με είσοδο από τη σελίδα')
  expect(signed!.value.embed).toMatchObject({ $type: 'app.bsky.embed.images' })
  const ref = { uri: signed!.uri, cid: signed!.cid }
  await alice.say('Ακούτε κι έτσι;', { root: ref, parent: ref })
  const heard = await eleni.conversation('Ακούτε κι έτσι', 90)
  await eleni.answer(heard.id, 'Ακούμε, Αλίκη.')
  await soon('the answer stands there', async () => ((await saying('Ακούμε, Αλίκη')).length > 0 ? true : undefined), 40)
  expect(asked()).toBe(before)
  expect(JSON.stringify(await stored())).not.toMatch(/refresh|"d":/)
})

test('a grant that has run out is renewed once for all who ask; one that was taken back waits for a person', async () => {
  const renewals = () => seenAt(hosts.pds, { method: 'POST', path: '/oauth/token' }).filter(({ status }) => status === 200).length
  await network.grantsLast(4)
  await finish(await signIn({ to: await begin(), password: brand.password, does: 'accept' }))
  await network.grantsLast(3_600)
  const before = renewals()
  await new Promise((done) => { setTimeout(done, 5_000) })
  const posts = await Promise.all([1, 2, 3].map((n) => publish({ title: '', text: `Μετά την ανανέωση, ${n}.` })))
  for (const id of posts) await eleni.settled(id)
  expect(await saying('Μετά την ανανέωση')).toHaveLength(3)
  figure('renewalsOfOneGrant', renewals() - before, { min: 1, max: 1 })
  await network.revokeGrants()
  const id = await publish({ title: '', text: 'Περιμένει νέα είσοδο.' })
  await eleni.settled(id, 'auth-needed')
  expect(await stored()).toMatchObject({ state: 'login-needed', light: 'trouble' })
  expect(await finish(await signIn({ to: await begin(), password: brand.password, does: 'accept' }))).toMatchObject({ status: 200 })
  await eleni.settled(id)
  expect(await saying('Περιμένει νέα είσοδο')).toHaveLength(1)
})

test('every record of ours that stands was written once', async () => {
  const posts = await records()
  await soon('the stream has told of all', () => posts.every(({ uri }) => writesOf(uri) > 0) || undefined)
  const twice = posts.filter(({ uri }) => writesOf(uri) !== 1)
  figure('records', posts.length)
  figure('recordsWrittenTwice', twice.length, { max: 0 })
  expect(twice).toEqual([])
})
