import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deskOf, type Desk } from '../desk.ts'
import { figure, soon } from '../here.ts'
import { visitorOf, type Visitor } from '../forum-visitor.ts'
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

describe('the forum', () => {
  let giorgos: Visitor
  let topic = ''
  let answer: Status
  const handle = () => `@topic_${topic.slice(-8)}@${hosts.stoa}`
  const pageHas = (path: string, saying: string, has = true) => soon(`the topic ${has ? 'shows' : 'no longer shows'} “${saying}”`, async () => (((await giorgos.get(path)).html.includes(saying)) === has ? true : undefined), 60)
  const followed = async (who: Person, address: string, uri: string) => {
    const { accounts: [found] } = await who.ask<{ accounts: { id: string; display_name: string }[] }>('GET', `v2/search?q=${encodeURIComponent(address)}&resolve=true&type=accounts`)
    await who.ask('POST', `v1/accounts/${found!.id}/follow`)
    await soon(`${address} has a follower`, async () => {
      const { totalItems } = await (await fetch(`${uri}/followers`, { headers: { accept: 'application/activity+json' } })).json() as { totalItems: number }
      return totalItems > 0 || undefined
    }, 60)
    return found!
  }

  test('Eleni opens a federated forum; alice follows a category by its name', async () => {
    await stoa.ask('POST', 'accounts', { channel: 'forum', settings: { firstPosts: 'shown', federated: 'yes' } })
    const made = await stoa.try('POST', '/forum/manage/c/new', new URLSearchParams({ nameEn: 'Sourdough', nameEl: 'Προζύμι', aboutEn: '', aboutEl: '', slug: '', place: '1' }))
    expect(made.status).toBe(303)
    giorgos = await visitorOf(stoa.origin, 'Γιώργος')
    const category = await (await fetch(`${stoa.origin}/forum/c/sourdough`, { headers: { accept: 'application/activity+json' } })).json() as { id: string }
    await followed(alice, `@forum_sourdough@${hosts.stoa}`, category.id)
  })

  test('what Giorgos asks reaches her through the category, with his name', async () => {
    topic = await giorgos.ask('Πόσο νερό θέλει το αλεύρι σίκαλης;', 'Έχω 500 γραμμάρια από δαύτο.')
    const shown = await read(alice, 'αλεύρι σίκαλης')
    expect(shown.content).toContain('Γιώργος, στο φόρουμ')
    expect(snac.holds(shown.uri)).toMatchObject({ type: 'Note' })
  })

  test('bob pastes the topic’s address: snac reads what was asked, and he follows the topic itself', async () => {
    expect(snac.run('request', 'bob', `${stoa.origin}${topic}`)).toContain('αλεύρι σίκαλης')
    const found = await followed(bob, `${stoa.origin}${topic}`, `${stoa.origin}/ap/forum/t/${topic.slice(-8)}`)
    expect(found.display_name).toBe('Πόσο νερό θέλει το αλεύρι σίκαλης;')
  })

  test('alice answers: her answer stands under the topic with her address, and waits nowhere twice', async () => {
    const shown = await read(alice, 'αλεύρι σίκαλης')
    answer = await alice.ask<Status>('POST', 'v1/statuses', { status: `${handle()} Εγώ βάζω 400 και βγαίνει ωραίο.`, in_reply_to_id: shown.id, visibility: 'public' })
    await pageHas(topic, 'Εγώ βάζω 400')
    const { html } = await giorgos.get(topic)
    expect(html.split('Εγώ βάζω 400').length - 1).toBe(1)
    expect(html).toContain(`@alice@${hosts.snac}`)
    await eleni.conversation('Εγώ βάζω 400')
    expect((await read(bob, 'Εγώ βάζω 400')).uri).toBe(answer.uri)
  })

  test('Eleni’s answer to her arrives as a mention, and at bob’s, and is taken down in both places', async () => {
    const talk = await eleni.conversation('Εγώ βάζω 400')
    await eleni.answer(talk.id, 'Το 400 είναι λίγο πολύ, δοκιμάστε 380.')
    const seen = await told(alice, 'δοκιμάστε 380')
    expect(seen.content).toContain('Ελένη')
    await read(bob, 'δοκιμάστε 380')
    await pageHas(topic, 'δοκιμάστε 380')
    await alice.ask('POST', `v1/statuses/${seen.id}/favourite`)
    await pageHas(topic, '1 ευχαριστώ')
    const mine = await giorgos.say(topic, 'Το δοκίμασα κι εγώ, με 390.')
    const copy = await read(bob, 'με 390')
    await giorgos.withdraw(mine)
    await soon('snac no longer shows it', async () => ((await bob.ask<Status>('GET', `v1/statuses/${copy.id}`).catch(() => undefined))?.content.includes('με 390') ? undefined : true), 60)
  })

  test('her new wording and her taking back reach the topic', async () => {
    await alice.ask('PUT', `v1/statuses/${answer.id}`, { status: `${handle()} Εγώ βάζω 405 και βγαίνει ωραίο.` })
    await pageHas(topic, 'Εγώ βάζω 405')
    await alice.ask('DELETE', `v1/statuses/${answer.id}`)
    expect(await pageHas(topic, 'Εγώ βάζω 405', false)).toBe(true)
  })
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
