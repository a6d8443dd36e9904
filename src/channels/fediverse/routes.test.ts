import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Receipt } from '#kit/channel.ts'
import { draftOf, eleni, testStoa, type TestStoa } from './test-host.ts'

let bakery: TestStoa
let post: Receipt
let actor = ''
const activity = { accept: 'application/activity+json' }
const get = (path: string, headers: Record<string, string> = activity) =>
  fetch(path.startsWith('http') ? path : `${bakery.origin}${path}`, { headers, redirect: 'manual' })
const json = async (path: string) => (await get(path)).json() as Promise<Record<string, unknown>>

beforeAll(async () => {
  bakery = await testStoa({ name: 'Φούρνος της Ελένης', handle: 'Fournos' })
  actor = `${bakery.origin}/ap/actors/${bakery.account.id}`
  post = await bakery.publish(draftOf('Ψωμί ζέας', { title: 'Νέο', tags: ['ψωμί'], link: `${bakery.origin}/psomi`, author: eleni }))
})
afterAll(() => bakery.close())

describe('who we are', () => {
  test('the actor says its name, its key and its doors', async () => {
    const response = await get(actor)
    expect(response.headers.get('content-type')).toBe('application/activity+json')
    expect(response.headers.get('vary')).toContain('Accept')
    expect(await response.json()).toMatchObject({
      type: 'Organization', id: actor, preferredUsername: 'Fournos', name: 'Φούρνος της Ελένης', inbox: `${actor}/inbox`, outbox: `${actor}/outbox`,
      followers: `${actor}/followers`, following: `${actor}/following`, endpoints: { sharedInbox: `${bakery.origin}/ap/inbox` },
      publicKey: { id: `${actor}#main-key`, owner: actor, publicKeyPem: expect.stringContaining('BEGIN PUBLIC KEY') },
    })
  })
  test('its key is the same each time', async () => {
    const [one, other] = await Promise.all([json(actor), json(actor)])
    expect(one['publicKey']).toEqual(other['publicKey'])
  })
  test('a person’s browser is led to the site', async () => {
    const response = await get(actor, { accept: 'text/html' })
    expect([response.status, response.headers.get('location')]).toEqual([302, `${bakery.origin}/`])
  })
  test('it is found by name, whatever the case, and by address', async () => {
    const host = new URL(bakery.origin).host
    for (const resource of [`acct:fournos@${host}`, `acct:Fournos@${host}`, actor]) {
      const response = await get(`/.well-known/webfinger?resource=${encodeURIComponent(resource)}`)
      expect(response.headers.get('content-type')).toBe('application/jrd+json')
      expect(await response.json()).toMatchObject({ links: expect.arrayContaining([{ rel: 'self', type: 'application/activity+json', href: actor }]) })
    }
  })
  test('NodeInfo tells the software and how much was said', async () => {
    const index = await json('/.well-known/nodeinfo') as { links: { href: string }[] }
    expect(index.links[0]!.href).toBe(`${bakery.origin}/nodeinfo/2.1`)
    expect(await json('/nodeinfo/2.1')).toMatchObject({ version: '2.1', software: { name: 'stoa' }, protocols: ['activitypub'], openRegistrations: false, usage: { localPosts: 1 } })
  })
  test.each(['outbox', 'followers', 'following'])('the collection %s is there', async (name) => {
    expect(await json(`${actor}/${name}`)).toMatchObject({ id: `${actor}/${name}`, totalItems: name === 'outbox' ? 1 : 0 })
  })
})

describe('what we said', () => {
  test('a note stands at its own address, whole', async () => {
    expect(await json(post.id)).toMatchObject({
      type: 'Note', id: post.id, attributedTo: actor, url: `${bakery.origin}/psomi`, to: ['https://www.w3.org/ns/activitystreams#Public'], cc: [`${actor}/followers`],
      content: '<p><strong>Νέο</strong></p>\n<p>Ψωμί ζέας</p>\n<p>#ψωμί</p>\n<p>— Ελένη, από τον φούρνο</p>', contentMap: { el: expect.stringContaining('Ψωμί ζέας') },
      tag: [{ type: 'Hashtag', name: '#ψωμί', href: `${bakery.origin}/tags/%CF%88%CF%89%CE%BC%CE%AF` }],
    })
    expect(await json(`${post.id}/activity`)).toMatchObject({ type: 'Create', id: `${post.id}/activity`, actor, object: { id: post.id } })
  })
  test('a person’s browser is led to the page of the post', async () => {
    const response = await get(post.id, { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })
    expect([response.status, response.headers.get('location'), response.headers.get('vary')]).toEqual([302, `${bakery.origin}/psomi`, 'Accept'])
  })
  test('the outbox goes through all of it, page by page', async () => {
    const shop = await testStoa({ name: 'Μαγαζί', handle: 'magazi' })
    for (let n = 0; n < 45; n++) await shop.publish(draftOf(`Νέο ${n}`, { writtenAt: new Date(Date.UTC(2026, 10, 1, 0, n)).toISOString() }))
    const outbox = await json(`${shop.origin}/ap/actors/${shop.account.id}/outbox`)
    const seen: string[] = []
    for (let page = outbox['first'] as string | undefined; page;) {
      const found = await json(page) as { next?: string; orderedItems: { type: string; object: { id: string } } | { type: string; object: { id: string } }[] }
      seen.push(...[found.orderedItems].flat().map(({ object }) => object.id))
      page = found.next
    }
    expect([outbox['totalItems'], seen.length, new Set(seen).size]).toEqual([45, 45, 45])
    await shop.close()
  })
})

describe('what the world may not see', () => {
  const hidden = [['a message', { kind: 'message' as const }], ['something else under our key', { wire: { anything: 'else' } }]] as const
  test.each(hidden)('%s is not here, under no Accept and in no list', async (_name, over) => {
    const draft = draftOf('Μόνο για εσάς')
    const receipt = await bakery.publish(draft)
    bakery.standings.set(draft.key, { ...bakery.standings.get(draft.key)!, ...over })
    for (const accept of ['application/activity+json', 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"', 'application/json', 'text/html', '*/*', '']) {
      for (const path of [receipt.id, `${receipt.id}/activity`]) {
        const response = await get(path, accept ? { accept } : {})
        expect([response.status, (await response.text()).includes('Μόνο')], `${path} ${accept}`).toEqual([404, false])
      }
    }
    expect(JSON.stringify(await json(`${actor}/outbox?cursor=`))).not.toContain('Μόνο')
    bakery.standings.delete(draft.key)
  })
  test('what was taken down is a tombstone for servers and nothing for people', async () => {
    const draft = draftOf('Λάθος')
    const receipt = await bakery.publish(draft)
    await bakery.retract(receipt, 'Ήταν λάθος.')
    const stone = await get(receipt.id)
    expect([stone.status, await stone.json()]).toEqual([410, expect.objectContaining({ type: 'Tombstone', id: receipt.id })])
    expect((await get(receipt.id, { accept: 'text/html' })).status).toBe(404)
    expect(JSON.stringify(await json(`${actor}/outbox?cursor=`))).not.toContain('Λάθος')
  })
})

describe('questions that cannot be answered', () => {
  const host = () => new URL(bakery.origin).host
  test.each<readonly [string, () => string, number]>([
    ['webfinger of nobody named', () => '/.well-known/webfinger', 400],
    ['webfinger of two', () => `/.well-known/webfinger?resource=acct:fournos@${host()}&resource=acct:x@${host()}`, 400],
    ['webfinger of nothing', () => '/.well-known/webfinger?resource=', 400],
    ['webfinger of five kilobytes', () => `/.well-known/webfinger?resource=acct:${'a'.repeat(5_000)}@${host()}`, 400],
    ['webfinger with two at-signs', () => '/.well-known/webfinger?resource=acct:a@b@c', 400],
    ['webfinger of a script', () => '/.well-known/webfinger?resource=javascript:alert(1)', 400],
    ['webfinger of another host', () => '/.well-known/webfinger?resource=acct:fournos@allou.gr', 404],
    ['webfinger of an unknown name', () => `/.well-known/webfinger?resource=acct:eleni@${host()}`, 404],
    ['webfinger of a Greek name that is not here', () => `/.well-known/webfinger?resource=${encodeURIComponent(`acct:φούρνος@${host()}`)}`, 404],
    ['webfinger of a foreign address', () => `/.well-known/webfinger?resource=${encodeURIComponent('https://allou.gr/users/anna')}`, 404],
    ['webfinger of half a letter', () => '/.well-known/webfinger?resource=%E0%A4%A', 400],
    ['an unknown actor', () => '/ap/actors/eleni', 404],
    ['the outbox of an unknown actor', () => '/ap/actors/eleni/outbox', 404],
    ['a page that is not there', () => '/ap/notes/nothing', 404],
    ['a note with a strange name', () => '/ap/notes/%2e%2e%2f', 404],
    ['a note with a broken name', () => '/ap/notes/%E0%A4%A', 404],
    ['an outbox from a strange place', () => `${new URL(actor).pathname}/outbox?cursor=%00`, 404],
    ['a note named by nothing', () => '/ap/notes/%00', 404], ['a note of a thousand letters', () => `/ap/notes/${'a'.repeat(1_000)}`, 404],
  ])('%s', async (_name, path, status) => {
    const response = await get(path())
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
  })
  test('nobody posts to our outbox', async () => {
    const response = await fetch(`${actor}/outbox`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/activity+json' } })
    expect(response.status).toBe(404)
  })
})
