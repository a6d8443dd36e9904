import { afterAll, beforeAll, expect, test } from 'vitest'
import { deskOf, type Desk } from '../desk.ts'
import { figure, soon } from '../here.ts'
import { startPeerStoa, type PeerStoa } from '../stoa.ts'
import { seenAt } from '../witness.ts'
import { personOf, type Person, type Status } from './client.ts'
import { hosts, startSnac, type Snac } from './server.ts'

let stoa: PeerStoa
let snac: Snac
let eleni: Desk
let alice: Person
let bob: Person
let brand: string
beforeAll(async () => {
  [stoa, snac] = await Promise.all([startPeerStoa(hosts.stoa), startSnac(['alice', 'bob', 'fournos'])])
  eleni = deskOf(stoa);
  [alice, bob] = [await personOf(snac, 'alice'), await personOf(snac, 'bob')]
  brand = `@${(await eleni.account('fediverse')).handle.replace(/^@/, '').split('@')[0]}@${hosts.stoa}`
})
afterAll(async () => { await Promise.all([stoa?.stop(), snac?.stop()]) })

const circle = async () => stoa.ask<{ followers: number; following: readonly { id: string; state: string }[] }>('GET', `accounts/${(await eleni.account('fediverse')).id}/circle`)
/** What somebody reads on snac that says this. */
const read = (who: Person, saying: string, seconds = 60) => soon(`snac shows “${saying}”`, async () => (await who.ask<Status[]>('GET', 'v1/timelines/home?limit=40')).map((one) => one.reblog ?? one).find((one) => one.content.includes(saying)), seconds)
const told = (who: Person, saying: string) => soon(`snac tells of “${saying}”`, async () => (await who.ask<{ type: string; status?: Status }[]>('GET', 'v1/notifications?limit=40')).find(({ type, status }) => type === 'mention' && status?.content.includes(saying))?.status, 60)

test('alice of snac follows the brand by its handle', async () => {
  const { accounts: [found] } = await alice.ask<{ accounts: { id: string }[] }>('GET', `v2/search?q=${encodeURIComponent(brand)}&resolve=true&type=accounts`)
  await alice.ask('POST', `v1/accounts/${found!.id}/follow`)
  expect(await soon('the brand has a follower', async () => (await circle()).followers || undefined, 60)).toBe(1)
})

let postId: string
test('a post with a picture reaches her, with its description and its person', async () => {
  const picture = await eleni.picture('Ένα καρβέλι ζέας πάνω σε ξύλο')
  postId = await eleni.publish(['porch', 'fediverse'], { title: 'Ψωμί ζέας', text: 'Βγήκε το πρώτο ψωμί ζέας. Ποιος θέλει ένα ζεστό;', media: [picture], tags: ['ψωμί'] })
  await eleni.settled(postId)
  const shown = await read(alice, 'πρώτο ψωμί ζέας')
  expect(shown.media_attachments).toMatchObject([{ description: picture.alt }])
  expect(shown.content).toContain('Ελένη Παπαδάτου')
  expect(snac.holds(shown.uri)).toMatchObject({ type: 'Note' })
})

test('her like, her share and her question arrive, and the answer goes back to her', async () => {
  const shown = await read(alice, 'πρώτο ψωμί ζέας')
  await alice.ask('POST', `v1/statuses/${shown.id}/favourite`)
  await alice.ask('POST', `v1/statuses/${shown.id}/reblog`)
  await alice.ask('POST', 'v1/statuses', { status: `${brand} Κρατάτε ένα για το Σάββατο;`, in_reply_to_id: shown.id, visibility: 'public' })
  const asked = await eleni.conversation('για το Σάββατο')
  const kinds = await soon('her like and her share are noted', async () => {
    const { reactions } = await eleni.contact(asked.contact.id)
    return reactions.some(({ kind }) => kind === 'like') && reactions.some(({ kind }) => kind === 'share') ? reactions : undefined
  }, 60)
  expect(kinds.filter(({ kind }) => kind !== 'follow').every((one) => one.postId === postId)).toBe(true)
  await eleni.answer(asked.id, 'Σας κράτησα ένα, Αλίκη, στο όνομά σας.')
  expect(await told(alice, 'Σας κράτησα ένα')).toMatchObject({ visibility: 'public' })
})

test('what is said in private is answered in private', async () => {
  await alice.ask('POST', 'v1/statuses', { status: `${brand} Ιδιωτικά: μου λείπει ένα ευρώ από τα ρέστα.`, visibility: 'direct' })
  const asked = await eleni.conversation('ένα ευρώ')
  await eleni.answer(asked.id, 'Έχετε δίκιο, σας το φυλάω στο ταμείο.')
  const answer = await told(alice, 'φυλάω στο ταμείο')
  expect(['direct', 'private']).toContain(answer.visibility)
  expect((await fetch(answer.uri, { headers: { accept: 'application/activity+json' } })).status).toBe(404)
  const elsewhere = await bob.ask<Status[]>('GET', 'v1/timelines/public?limit=40')
  expect(elsewhere.some(({ content }) => content.includes('φυλάω στο ταμείο'))).toBe(false)
})

test('a new wording reaches her, and so does the taking down', async () => {
  const shown = await read(alice, 'πρώτο ψωμί ζέας')
  await eleni.edit(postId, { title: 'Ψωμί ζέας', text: 'Βγήκε το δεύτερο ψωμί ζέας. Ποιος θέλει ένα ζεστό;', note: 'Το πρώτο έφυγε.' })
  expect((await read(alice, 'δεύτερο ψωμί ζέας')).uri).toBe(shown.uri)
  await eleni.retract(postId, 'Τελείωσε το αλεύρι.')
  await soon('snac no longer shows it', async () => ((await alice.ask<Status>('GET', `v1/statuses/${shown.id}`).catch(() => undefined))?.content.includes('ψωμί ζέας') ? undefined : true), 60)
})

test('the brand follows alice: her words, her new wording and their taking back are heard', async () => {
  const { id } = await eleni.account('fediverse')
  await stoa.ask('POST', `accounts/${id}/circle`, { target: `@alice@${hosts.snac}` })
  await soon('she accepts', async () => (await circle()).following.find(({ state }) => state === 'accepted'), 60)
  const said = await alice.ask<Status>('POST', 'v1/statuses', { status: 'Ψάχνω καλό ψωμί στην Πάτρα.', visibility: 'public' })
  const heard = await eleni.conversation('καλό ψωμί στην Πάτρα')
  await alice.ask('PUT', `v1/statuses/${said.id}`, { status: 'Βρήκα καλό ψωμί στην Πάτρα!' })
  expect((await soon('her new wording is heard', async () => (await eleni.thread(heard.id)).messages.find(({ text }) => text.includes('Βρήκα')), 60)).direction).toBe('in')
  await alice.ask('DELETE', `v1/statuses/${said.id}`)
  await soon('its taking back is heard', async () => (await eleni.thread(heard.id)).messages.find(({ withdrawn }) => withdrawn), 60)
})

test('nothing was delivered to an inbox of snac a second time once it was taken', () => {
  const posts = seenAt(hosts.snac, { method: 'POST', path: /inbox/ }).filter(({ agent }) => /Stoa/i.test(agent))
  const taken = posts.filter(({ status }) => status >= 200 && status < 300).map(({ path, body }) => `${path} ${(JSON.parse(body) as { id: string }).id}`)
  expect(taken.length).toBeGreaterThanOrEqual(7)
  const repeated = taken.length - new Set(taken).size
  figure('deliveries', taken.length)
  figure('deliveriesRepeated', repeated, { max: 0 })
  expect(repeated).toBe(0)
})
