import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Account, Incoming } from '#kit/channel.ts'
import { newId } from '#kit/id.ts'
import { plainText } from '#text/html/sanitize.ts'
import { channelContract, type NetworkUnderTest } from '../../../test/contracts/channel.ts'
import { fediverse } from './index.ts'
import { draftOf, eleni, maria, testStoa, type TestStoa } from './test-host.ts'
import { signed, testPeer } from './test-peer.ts'

let bakery: TestStoa
let cafe: TestStoa
beforeAll(async () => {
  bakery = await testStoa({ name: 'Φούρνος της Ελένης', handle: 'fournos' })
  cafe = await testStoa({ name: 'Καφενείο «Το Λιμάνι»', handle: 'limani' })
})
afterAll(async () => { await bakery.close(); await cafe.close() })

const actor = (stoa: TestStoa) => `${stoa.origin}/ap/actors/${stoa.account.id}`
const last = (stoa: TestStoa): Incoming => stoa.heard.at(-1)!
const settle = async () => { for (let turn = 0; turn < 3; turn++) { await bakery.deliver(); await cafe.deliver() } }
const circle = fediverse.circle!
const follow = (stoa: TestStoa, target: string) => circle.follow(target, stoa.account, stoa.ctx)
const look = (stoa: TestStoa) => circle.look(stoa.account, stoa.ctx)

describe('two houses that follow each other', () => {
  test('a question to follow is granted by itself, and both know', async () => {
    const asked = await follow(cafe, actor(bakery))
    expect(asked).toMatchObject({ state: 'pending', name: 'Φούρνος της Ελένης' })
    await settle()
    expect(last(bakery)).toMatchObject({ does: 'follows', author: { id: actor(cafe), name: 'Καφενείο «Το Λιμάνι»' } })
    expect((await look(cafe)).following).toMatchObject([{ state: 'accepted', id: actor(bakery) }])
    expect(await look(bakery)).toEqual({ following: [], followers: 1 })
    await follow(bakery, actor(cafe))
    await settle()
    expect((await look(bakery)).following).toMatchObject([{ state: 'accepted' }])
  })

  test('asking twice asks once', async () => {
    const before = bakery.heard.length
    expect(await follow(cafe, actor(bakery))).toMatchObject({ state: 'accepted' })
    await settle()
    expect(bakery.heard).toHaveLength(before)
  })

  test('a post arrives once, overheard, with its person, its language and its picture; sent again it stays one', async () => {
    const draft = draftOf('Σήμερα έχουμε **ψωμί ζέας**. Θέλετε να σας κρατήσουμε;', {
      author: eleni, title: 'Ψωμί ζέας', tags: ['ψωμί ζέας'], link: `${bakery.origin}/psomi-zeas`,
      media: [{ id: 'p1', url: '/media/p1.webp', type: 'image/webp', alt: 'Ένα καρβέλι σε ξύλο', width: 800, height: 600 }],
    })
    const receipt = await bakery.publish(draft)
    expect(await bakery.publish(draft)).toEqual(receipt)
    await settle()
    const said = cafe.heard.filter((item) => item.ref.id === receipt.id)
    expect(said).toHaveLength(1)
    expect(said[0]).toMatchObject({ does: 'says', overheard: true, visibility: 'public', lang: 'el', author: { id: actor(bakery), handle: expect.stringMatching(/^@fournos@127\.0\.0\.1:\d+$/) } })
    const { text, html } = said[0] as Extract<Incoming, { does: 'says' }>
    expect(text).toContain('Σήμερα έχουμε ψωμί ζέας. Θέλετε να σας κρατήσουμε;')
    expect(text).toContain('Ελένη, από τον φούρνο')
    expect(html).toContain(`<a href="${bakery.origin}/media/p1.webp" rel="ugc nofollow noopener">Ένα καρβέλι σε ξύλο</a>`)
  })

  test('an answer reaches the one who asked, names its person and can be answered in turn', async () => {
    const post = await bakery.publish(draftOf('Τι ψωμί σας λείπει;'))
    await settle()
    const question = last(cafe)
    const reply = await cafe.publish(draftOf('Σίκαλης, παρακαλώ!', { kind: 'reply', inReplyTo: { ...question.ref, author: question.author } }))
    await settle()
    expect(last(bakery)).toMatchObject({ does: 'says', ref: { id: reply.id }, inReplyTo: { channel: 'fediverse', id: post.id }, visibility: 'public', author: { id: actor(cafe) } })
    const heard = last(bakery)
    const back = await bakery.publish(draftOf('Το φτιάχνουμε από Δευτέρα.', { kind: 'reply', author: eleni, inReplyTo: { ...heard.ref, author: heard.author } }))
    await settle()
    expect(last(cafe)).toMatchObject({ does: 'says', ref: { id: back.id }, inReplyTo: { id: reply.id }, text: expect.stringContaining('— Ελένη, από τον φούρνο') })
  })

  test('a part that follows in a thread stands under the one before, and only the first is signed', async () => {
    const first = await bakery.publish(draftOf('Πρώτα το αλεύρι.'))
    const second = await bakery.publish(draftOf('Ύστερα το νερό.', { inReplyTo: { channel: 'fediverse', ...first, author: maria } }))
    await settle()
    const [one, two] = [first, second].map(({ id }) => cafe.heard.find((item) => item.ref.id === id) as Extract<Incoming, { does: 'says' }>)
    expect(one!.text).toContain('— Μαρία Δήμου')
    expect(two).toMatchObject({ text: 'Ύστερα το νερό.', inReplyTo: { id: first.id } })
  })

  test('a new wording and a withdrawal arrive too, each once', async () => {
    const draft = draftOf('Ανοιχτά ως τις 3.')
    const receipt = await bakery.publish(draft)
    await settle()
    for (let time = 0; time < 2; time++) await bakery.revise(receipt, { ...draft, text: 'Ανοιχτά ως τις 4.' })
    await settle()
    const edits = cafe.heard.filter((item) => item.does === 'edits' && item.ref.id === receipt.id)
    expect(edits).toMatchObject([{ text: expect.stringContaining('Ανοιχτά ως τις 4.') }])
    for (let time = 0; time < 2; time++) await bakery.retract(receipt, 'Το διορθώσαμε αλλού.')
    await settle()
    expect(cafe.heard.filter((item) => item.does === 'withdraws' && item.ref.id === receipt.id)).toHaveLength(1)
    const gone = await fetch(receipt.id, { headers: { accept: 'application/activity+json' } })
    expect(gone.status).toBe(410)
    expect(await gone.json()).toMatchObject({ type: 'Tombstone', id: receipt.id })
  })

  test('unfollowing ends it', async () => {
    await circle.unfollow(actor(bakery), cafe.account, cafe.ctx)
    await settle()
    expect(last(bakery)).toMatchObject({ does: 'unfollows', author: { id: actor(cafe) } })
    expect((await look(bakery)).followers).toBe(0)
    const before = cafe.heard.length
    await bakery.publish(draftOf('Κανείς δεν ακούει.'))
    await settle()
    expect(cafe.heard).toHaveLength(before)
  })
})

describe('what is said in private', () => {
  test('a private answer reaches the one it is for alone, and has no public address; so does its taking back', async () => {
    const question = await cafe.publish(draftOf('Χρωστάμε κάτι;', { kind: 'message', inReplyTo: { channel: 'fediverse', id: `${actor(bakery)}#hello`, author: { id: actor(bakery), name: 'Φούρνος', handle: '@fournos@fournos.gr' } } }))
    await settle()
    const heard = last(bakery)
    expect(heard).toMatchObject({ does: 'says', ref: { id: question.id }, visibility: 'private', author: { id: actor(cafe) } })
    const peer = await testPeer()
    const anna = peer.actor('anna')
    await fetch(signed({ to: `${bakery.origin}/ap/inbox`, by: anna, body: { id: `${peer.origin}/f/1`, type: 'Follow', actor: anna.uri, object: actor(bakery) } }))
    await settle()
    const before = peer.received.length
    const answer = await bakery.publish(draftOf('Όχι, είμαστε εντάξει.', { kind: 'message', inReplyTo: { ...heard.ref, author: heard.author } }))
    await settle()
    expect(last(cafe)).toMatchObject({ does: 'says', ref: { id: answer.id }, visibility: 'private', text: expect.stringContaining('είμαστε εντάξει') })
    expect((await fetch(answer.id, { headers: { accept: 'application/activity+json' } })).status).toBe(404)
    await bakery.retract(answer, '')
    await settle()
    expect(last(cafe)).toMatchObject({ does: 'withdraws', ref: { id: answer.id } })
    expect(peer.received).toHaveLength(before)
    await peer.close()
  })

  test('a private answer to nobody is refused before it leaves', async () => {
    await expect(bakery.publish(draftOf('Ψιτ!', { kind: 'message' }))).rejects.toMatchObject({ trouble: { kind: 'refused' } })
  })
})

describe('finding whom to follow', () => {
  test.each(['nobody', '@', '@a@', 'http://', 'acct:a@b', '@a@b@c'])('"%s" finds nobody, and says so', async (target) => {
    await expect(follow(cafe, target)).rejects.toMatchObject({ code: 'actor_not_found' })
  })
  test('the address of the site is enough, and a name is asked of its host', async () => {
    const asked = { ...cafe.ctx, fetch: (async (input: RequestInfo | URL, init?: RequestInit) => {
      const url = new URL(input instanceof Request ? input.url : input)
      return cafe.net.fetch(url.host === 'fournos.gr' ? new URL(url.pathname + url.search.replace('fournos.gr', new URL(bakery.origin).host), bakery.origin) : input, init)
    }) as typeof fetch }
    for (const target of [bakery.origin, `${bakery.origin}/`, '@fournos@fournos.gr', 'FOURNOS@fournos.gr']) {
      expect(await circle.follow(target, cafe.account, asked)).toMatchObject({ id: actor(bakery), name: 'Φούρνος της Ελένης' })
    }
    await circle.unfollow(actor(bakery), cafe.account, cafe.ctx)
    await settle()
  })
  test('we do not follow ourselves, nor what is no actor', async () => {
    await expect(follow(cafe, actor(cafe))).rejects.toMatchObject({ code: 'actor_not_found' })
    await expect(follow(cafe, `${bakery.origin}/nodeinfo/2.1`)).rejects.toMatchObject({ code: 'actor_not_found' })
    expect((await look(cafe)).following).toHaveLength(0)
  })
})

const account: Account<Record<string, never>> = { id: newId(), workspaceId: newId(), channel: 'fediverse', handle: 'fournos', name: 'Φούρνος της Ελένης', settings: {} }

/** A follower on another server, and what they saw. */
async function follower(): Promise<NetworkUnderTest> {
  const stoa = await testStoa({ name: account.name, handle: account.handle, account })
  const peer = await testPeer()
  const anna = peer.actor('anna')
  const follows = { id: `${peer.origin}/f/1`, type: 'Follow', actor: anna.uri, object: actor(stoa) }
  expect((await fetch(signed({ to: `${stoa.origin}/ap/inbox`, by: anna, body: follows }))).status).toBe(202)
  return {
    ctx: stoa.ctx, faults: {},
    standing: async () => {
      await stoa.deliver()
      const things = new Map<string, string>()
      for (const activity of peer.received) {
        const object = activity['object'] as { id: string; content?: string }
        if (activity['type'] === 'Delete') things.delete(object.id)
        if (activity['type'] === 'Create' || (activity['type'] === 'Update' && things.has(object.id))) things.set(object.id, plainText(object.content ?? ''))
      }
      return [...things].map(([id, text]) => ({ id, text }))
    },
    close: async () => { await stoa.close(); await peer.close() },
  }
}

channelContract(fediverse, {
  account, network: follower,
  samples: { post: draftOf('Βγήκε το ψωμί ζέας.', { writtenAt: '2026-11-23T08:00:00.000Z' }), reply: draftOf('Ναι!', { kind: 'reply', inReplyTo: { channel: 'fediverse', id: 'https://allou.gr/1' } }) },
})

describe('answering somebody who cannot be found', () => {
  const answer = (id: string) => draftOf('Ευχαριστούμε!', { kind: 'reply', inReplyTo: { channel: 'fediverse', id: `${id}/1`, author: { id, name: 'Άννα', handle: '@anna@allou' } } })
  test('nothing listens there: nothing has left, and it may be sent again', async () => {
    await expect(bakery.publish(answer('http://127.0.0.1:65534/users/anna'))).rejects.toMatchObject({ trouble: { kind: 'unreached' } })
  })
  test('what was sent to them is taken back there, also when their page is gone by then', async () => {
    const peer = await testPeer()
    const anna = peer.actor('anna')
    const sent = await bakery.publish(answer(anna.uri))
    await bakery.database.pool.query('delete from fediverse_cache')
    peer.documents.clear()
    await bakery.retract(sent, 'Λάθος')
    await bakery.deliver()
    expect(peer.received.map(({ type }) => type)).toEqual(['Create', 'Delete'])
    await peer.close()
  })
  test('they are gone: it is refused for good', async () => {
    const peer = await testPeer()
    await expect(bakery.publish(answer(`${peer.origin}/users/anna`))).rejects.toMatchObject({ trouble: { kind: 'refused' } })
    await peer.close()
  })
})
