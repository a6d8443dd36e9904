import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { draftOf, testStoa, type TestStoa } from './test-host.ts'
import { signed, testPeer, type TestActor, type TestPeer } from './test-peer.ts'

let bakery: TestStoa
let peer: TestPeer
let anna: TestActor
let us = ''
let post = ''
beforeAll(async () => {
  bakery = await testStoa({ name: 'Φούρνος της Ελένης', handle: 'fournos' })
  peer = await testPeer()
  anna = peer.actor('anna')
  us = `${bakery.origin}/ap/actors/${bakery.account.id}`
  post = (await bakery.publish(draftOf('Ψωμί ζέας'))).id
})
afterAll(async () => { await bakery.close(); await peer.close() })

const hear = async (sample: string, change: (body: string) => string = (body) => body) => {
  const words: Record<string, string> = { us, post, actor: anna.uri, house: peer.origin }
  const body = change(readFileSync(new URL(`samples/${sample}.json`, import.meta.url), 'utf8')).replace(/\{(us|post|actor|house)\}/g, (_, name: string) => words[name]!)
  bakery.heard.length = 0
  const response = await fetch(signed({ to: `${us}/inbox`, by: anna, body }))
  expect([response.status, await response.text()]).toEqual([202, ""])
  return bakery.heard[0]
}

test('an answer as Mastodon writes it', async () => {
  expect(await hear('mastodon-reply')).toMatchObject({
    does: 'says', ref: { id: `${anna.uri}/statuses/1`, url: `${anna.uri}/1` }, at: '2026-11-20T07:12:09.000Z', lang: 'el', visibility: 'public', inReplyTo: { id: post },
    text: '@fournos Πόσο κρατάει το ψωμί ζέας; #ζέα',
  })
})
test('an answer to followers only as Misskey writes it: private, with its warning and its picture', async () => {
  expect(await hear('misskey-reply')).toMatchObject({
    does: 'says', visibility: 'private', text: 'ψωμί\n\n@fournos Do you ship to Athens? 🥖\n\nhttps://media.allou.gr/a.webp', html: expect.stringContaining('https://media.allou.gr/a.webp'),
  })
})
test('a like as Pleroma writes it, with a context of its own house that is asked for once', async () => {
  peer.serve('/schemas/litepub-0.1.jsonld', { '@context': { litepub: 'http://litepub.social/ns#', directMessage: 'litepub:directMessage' } }, 'application/ld+json')
  expect(await hear('pleroma-like')).toMatchObject({ does: 'likes', about: { id: post } })
  expect(await hear('pleroma-like', (body) => body.replace('activities/3', 'activities/4'))).toMatchObject({ does: 'likes' })
  expect(peer.asked.filter((path) => path.startsWith('/schemas'))).toHaveLength(1)
})
test('none of them made us ask for a context that everybody knows', () => {
  expect(peer.asked.every((path) => path.startsWith('/users/') || path.startsWith('/schemas/'))).toBe(true)
})
