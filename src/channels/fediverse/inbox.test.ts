import { signRequest } from '@fedify/fedify'
import fc from 'fast-check'
import { generateKeyPairSync, randomUUID, webcrypto } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Incoming } from '#kit/channel.ts'
import { inboxPace } from './pace.ts'
import { draftOf, testStoa, type TestStoa } from './test-host.ts'
import { publicly, signed, testPeer, type Forgery, type TestActor, type TestPeer } from './test-peer.ts'

let bakery: TestStoa
let peer: TestPeer
let evil: TestPeer
let anna: TestActor
let mallory: TestActor
let trudy: TestActor
let inbox = ''
let us = ''
let post = ''
let secret = ''

beforeAll(async () => {
  bakery = await testStoa({ name: 'Φούρνος της Ελένης', handle: 'fournos' })
  peer = await testPeer()
  evil = await testPeer()
  anna = peer.actor('anna')
  mallory = peer.actor('mallory')
  trudy = evil.actor('trudy')
  us = `${bakery.origin}/ap/actors/${bakery.account.id}`
  inbox = `${us}/inbox`
  post = (await bakery.publish(draftOf('Βγήκε το ψωμί ζέας.'))).id
  const hidden = draftOf('Μόνο για εμάς.')
  await bakery.publish(hidden)
  bakery.standings.delete(hidden.key)
  secret = `${bakery.origin}/ap/notes/${hidden.key}`
})
afterAll(async () => { await bakery.close(); await peer.close(); await evil.close() })
beforeEach(() => { bakery.heard.length = 0 })

const at = (actor: TestActor) => new URL(actor.uri).origin
const fresh = (actor: TestActor, kind = 'a') => `${at(actor)}/${kind}/${randomUUID()}`
const send = (given: Omit<Forgery, 'to'> & { readonly to?: string }) => fetch(signed({ to: inbox, ...given }))
const note = (by: TestActor, over: Record<string, unknown> = {}) =>
  ({ id: fresh(by, 'notes'), type: 'Note', attributedTo: by.uri, content: '<p>Έχετε <b>ψωμί</b> ζέας;</p>', to: [publicly], cc: [us], inReplyTo: post, ...over })
const create = (by: TestActor, object: Record<string, unknown> = note(by), over: Record<string, unknown> = {}) =>
  ({ id: fresh(by), type: 'Create', actor: by.uri, object, to: [publicly], cc: [us], ...over })
const says = (item: Incoming | undefined) => item as Extract<Incoming, { does: 'says' }>

describe('what is truly theirs is taken in', () => {
  test('an answer is heard once, made safe, in its language', async () => {
    const object = note(anna, { content: undefined, contentMap: { el: '<p>Έχετε <b>ψωμί</b>;<script>x()</script><img src=x onerror=y()></p>' }, published: '2099-01-01T00:00:00Z' })
    expect((await send({ by: anna, body: create(anna, object) })).status).toBe(202)
    expect(bakery.heard).toHaveLength(1)
    const item = says(bakery.heard[0])
    expect(item).toMatchObject({ does: 'says', ref: { channel: 'fediverse', id: object.id }, inReplyTo: { channel: 'fediverse', id: post }, visibility: 'public', lang: 'el' })
    expect(item.author).toMatchObject({ id: anna.uri, name: 'anna Π.', handle: `@anna@${new URL(peer.origin).host}` })
    expect(item.html).toBe('<p>Έχετε <b>ψωμί</b>;</p>')
    expect(item.text).toBe('Έχετε ψωμί;')
    expect(new Date(item.at).getTime()).toBeLessThanOrEqual(Date.now())
  })
  test('the same activity, signed anew, changes nothing more', async () => {
    const body = create(anna)
    await send({ by: anna, body })
    const rows = await bakery.rows()
    expect((await send({ by: anna, body, date: new Date(Date.now() - 2_000) })).status).toBe(202)
    expect(bakery.heard).toHaveLength(1)
    expect(await bakery.rows()).toBe(rows)
  })
  test('the shared inbox takes it as well', async () => {
    expect((await send({ by: anna, body: create(anna), to: `${bakery.origin}/ap/inbox` })).status).toBe(202)
    expect(bakery.heard).toHaveLength(1)
  })
  test('an RFC 9421 signature is as good', async () => {
    const key = await webcrypto.subtle.importKey('pkcs8', anna.key.export({ type: 'pkcs8', format: 'der' }), { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, true, ['sign'])
    const request = new Request(inbox, { method: 'POST', body: JSON.stringify({ '@context': 'https://www.w3.org/ns/activitystreams', ...create(anna) }), headers: { 'content-type': 'application/activity+json' } })
    const response = await fetch(await signRequest(request, key as CryptoKey, new URL(anna.keyId), { spec: 'rfc9421' }))
    expect(response.status).toBe(202)
    expect(bakery.heard).toHaveLength(1)
  })
  test('a mention without the public is private', async () => {
    await send({ by: anna, body: create(anna, note(anna, { to: [us], cc: [], inReplyTo: undefined, tag: [{ type: 'Mention', href: us, name: '@fournos' }] }), { to: [us], cc: [] }) })
    expect(bakery.heard[0]).toMatchObject({ does: 'says', visibility: 'private' })
  })
  test('a warning, a title and a picture are read too', async () => {
    await send({ by: anna, body: create(anna, note(anna, { summary: 'Φαγητό', attachment: [{ type: 'Document', mediaType: 'image/png', url: `${peer.origin}/x.png`, name: 'Ένα <b>καρβέλι</b>' }] })) })
    expect(says(bakery.heard[0]).text).toBe('Φαγητό\n\nΈχετε ψωμί ζέας;\n\nΈνα <b>καρβέλι</b>')
  })
  test('a like and a share are heard, and taken back by their id or whole', async () => {
    for (const [type, does, undoes] of [['Like', 'likes', 'unlikes'], ['Announce', 'shares', 'unshares']] as const) {
      const one = { id: fresh(anna), type, actor: anna.uri, object: post }
      const other = { id: fresh(anna), type, actor: anna.uri, object: post }
      await send({ by: anna, body: one })
      await send({ by: anna, body: { id: fresh(anna), type: 'Undo', actor: anna.uri, object: one.id } })
      await send({ by: anna, body: { id: fresh(anna), type: 'Undo', actor: anna.uri, object: other } })
      expect(bakery.heard.splice(0)).toMatchObject([{ does, about: { id: post } }, { does: undoes, about: { id: post } }, { does: undoes, about: { id: post } }])
    }
  })
  test('a follow is granted with an Accept, an unfollow ends it', async () => {
    const follow = { id: fresh(anna), type: 'Follow', actor: anna.uri, object: us }
    await send({ by: anna, body: follow })
    await bakery.deliver()
    expect(peer.received.at(-1)).toMatchObject({ type: 'Accept', actor: us, object: { id: follow.id, type: 'Follow', actor: anna.uri, object: us } })
    await send({ by: anna, body: { id: fresh(anna), type: 'Undo', actor: anna.uri, object: follow } })
    expect(bakery.heard.map(({ does }) => does)).toEqual(['follows', 'unfollows'])
  })
  test('a new wording and a withdrawal are heard of what was heard', async () => {
    const object = note(anna)
    await send({ by: anna, body: create(anna, object) })
    await send({ by: anna, body: { id: fresh(anna), type: 'Update', actor: anna.uri, object: { ...object, content: '<p>Έχετε;</p>' } } })
    await send({ by: anna, body: { id: fresh(anna), type: 'Delete', actor: anna.uri, object: { id: object.id, type: 'Tombstone' } } })
    expect(bakery.heard).toMatchObject([{ does: 'says' }, { does: 'edits', text: 'Έχετε;' }, { does: 'withdraws', ref: { id: object.id } }])
  })
  test('an object given by its address is fetched from its own house', async () => {
    const object = note(anna)
    peer.serve(new URL(object.id).pathname, { '@context': 'https://www.w3.org/ns/activitystreams', ...object })
    await send({ by: anna, body: { ...create(anna), object: object.id } })
    expect(bakery.heard).toMatchObject([{ does: 'says', ref: { id: object.id } }])
  })
  test('a key that was changed is asked for anew', async () => {
    const nikos = peer.actor('nikos')
    await send({ by: nikos, body: create(nikos) })
    const later = peer.actor('nikos')
    expect((await send({ by: later, body: create(later) })).status).toBe(202)
    expect(bakery.heard).toHaveLength(2)
  })
})

interface Forged { readonly name: string; readonly status: number; readonly make: () => Request | Promise<Request> }
const forge = (name: string, status: number, make: () => Omit<Forgery, 'to'> & { readonly to?: string }): Forged => ({ name, status, make: () => signed({ to: inbox, ...make() }) })
const raw = (body: string, headers: Record<string, string> = {}) => new Request(inbox, { method: 'POST', body, headers: { 'content-type': 'application/activity+json', ...headers } })
const like = (by: TestActor) => ({ id: fresh(by), type: 'Like', actor: by.uri, object: post })

const refused: readonly Forged[] = [
  { name: 'unsigned', status: 401, make: () => raw(JSON.stringify(like(anna))) },
  { name: 'a signature that is only noise', status: 401, make: () => raw(JSON.stringify(like(anna)), { signature: 'x', date: new Date().toUTCString() }) },
  forge('signed with another key', 401, () => ({ by: anna, body: like(anna), key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey })),
  forge('signed by somebody else of the same house', 401, () => ({ by: mallory, body: like(anna) })),
  forge('signed by somebody of another house', 403, () => ({ by: trudy, body: like(anna) })),
  forge('a key elsewhere that claims the actor for its owner', 403, () => ({
    by: { ...trudy, keyId: evil.serve('/keys/anna', { '@context': 'https://w3id.org/security/v1', id: `${evil.origin}/keys/anna`, type: 'CryptographicKey', owner: anna.uri, publicKeyPem: (trudy.document['publicKey'] as { publicKeyPem: string }).publicKeyPem }) }, body: like(anna) })),
  forge('a key of the same house that the actor does not name', 401, () => ({
    by: { ...mallory, keyId: peer.serve('/keys/anna', { '@context': 'https://w3id.org/security/v1', id: `${peer.origin}/keys/anna`, type: 'CryptographicKey', owner: anna.uri, publicKeyPem: (mallory.document['publicKey'] as { publicKeyPem: string }).publicKeyPem }) }, body: like(anna) })),
  forge('a key that cannot be fetched', 401, () => ({ by: anna, body: like(anna), keyId: `${peer.origin}/users/nobody#main-key` })),
  forge('a key on an address of no web', 401, () => ({ by: anna, body: like(anna), keyId: 'ftp://fournos.gr/key' })),
  forge('a key that is a page', 401, () => { peer.documents.set('/page', { body: '<html>', type: 'text/html' }); return { by: anna, body: like(anna), keyId: `${peer.origin}/page` } }),
  forge('an uploaded file that looks like an actor', 401, () => {
    const uri = `${peer.origin}/media/me.json`
    peer.serve('/media/me.json', { ...anna.document, id: uri, publicKey: { ...(anna.document['publicKey'] as object), id: `${uri}#main-key`, owner: uri } }, 'application/json')
    return { by: { ...anna, uri, keyId: `${uri}#main-key` }, body: { ...like(anna), actor: uri } }
  }),
  forge('no digest', 401, () => ({ by: anna, body: like(anna), withoutDigest: true })),
  forge('the digest not signed', 401, () => ({ by: anna, body: like(anna), covers: ['(request-target)', 'host', 'date'] })),
  forge('the target not signed', 401, () => ({ by: anna, body: like(anna), covers: ['host', 'date', 'digest'] })),
  forge('the host not signed', 401, () => ({ by: anna, body: like(anna), covers: ['(request-target)', 'date', 'digest'] })),
  forge('the date not signed', 401, () => ({ by: anna, body: like(anna), covers: ['(request-target)', 'host', 'digest'] })),
  forge('the digest of another body', 401, () => ({ by: anna, body: like(anna), digestOf: 'x' })),
  forge('a body changed on the way', 401, () => {
    const request = signed({ to: inbox, by: anna, body: like(anna) })
    return { by: anna, body: JSON.stringify({ ...like(anna), object: secret }), headers: { signature: request.headers.get('signature')!, digest: request.headers.get('digest')! } }
  }),
  forge('signed for another server', 401, () => ({ by: anna, body: like(anna), host: 'allou.gr' })),
  forge('signed for another path', 401, () => ({ by: anna, body: like(anna), path: '/ap/inbox' })),
  forge('signed for another method', 401, () => ({ by: anna, body: like(anna), method: 'get' })),
  forge('signed an hour ago', 401, () => ({ by: anna, body: like(anna), date: new Date(Date.now() - 3_600_000) })),
  forge('signed tomorrow', 401, () => ({ by: anna, body: like(anna), date: new Date(Date.now() + 86_400_000) })),
  forge('signed on no day at all', 401, () => ({ by: anna, body: like(anna), headers: { date: 'avrio' } })),
  forge('two key ids', 401, () => ({ by: anna, body: like(anna), signature: (header) => `keyId="${trudy.keyId}",${header}` })),
  forge('a key id without quotes', 401, () => ({ by: anna, body: like(anna), signature: (header) => header.replace(/keyId="([^"]*)"/, 'keyId=$1') })),
  forge('a key id with a name and a password', 401, () => ({ by: anna, body: like(anna), keyId: anna.keyId.replace('http://', 'http://a:b@') })),
  forge('both kinds of signature at once', 401, () => ({ by: anna, body: like(anna), headers: { 'signature-input': 'sig1=("@method");created=1;keyid="x"' } })),
  forge('only the words of an RFC 9421 signature', 401, () => ({ by: anna, body: like(anna), signature: () => 'sig1=:AAAA:', headers: { 'signature-input': `sig1=("@method" "@target-uri");created=${Math.floor(Date.now() / 1000)};keyid="${anna.keyId}"` } })),
  forge('the id of another house', 403, () => ({ by: trudy, body: { ...like(trudy), id: fresh(anna) } })),
  forge('no id', 400, () => ({ by: anna, body: { type: 'Like', actor: anna.uri, object: post } })),
  forge('two actors', 400, () => ({ by: anna, body: { ...like(anna), actor: [anna.uri, trudy.uri] } })),
  forge('no actor', 400, () => ({ by: anna, body: { id: fresh(anna), type: 'Like', object: post } })),
  forge('somebody who says they are us', 403, () => ({ by: trudy, body: { ...like(trudy), actor: us, id: `${bakery.origin}/x` } })),
  forge('an actor whose document is another’s', 401, () => {
    peer.serve('/users/mask', { ...anna.document })
    return { by: mallory, body: { ...like(mallory), actor: `${peer.origin}/users/mask` } }
  }),
  forge('the words of somebody of another house', 403, () => ({ by: trudy, body: create(trudy, note(anna)) })),
  forge('the words of somebody else of the same house', 403, () => ({ by: mallory, body: create(mallory, note(mallory, { attributedTo: anna.uri })) })),
  forge('words of two authors', 403, () => ({ by: mallory, body: create(mallory, note(mallory, { attributedTo: [mallory.uri, anna.uri] })) })),
  forge('words of no author', 403, () => ({ by: mallory, body: create(mallory, note(mallory, { attributedTo: undefined })) })),
  forge('an address of words in another house', 403, () => ({ by: trudy, body: { ...create(trudy), object: fresh(anna, 'notes') } })),
  forge('not JSON', 400, () => ({ by: anna, body: '{"id":' })),
  forge('a list', 400, () => ({ by: anna, body: '[]' })),
  { name: 'not UTF-8', status: 400, make: () => new Request(inbox, { method: 'POST', body: Uint8Array.of(0x7b, 0xce, 0x7d), headers: signed({ to: inbox, by: anna, body: '{}' }).headers }) },
  forge('too deep', 400, () => ({ by: anna, body: `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}` })),
  forge('a hundred thousand people to tell', 400, () => ({ by: anna, body: { ...like(anna), to: Array.from({ length: 100_000 }, (_, n) => `a:${n}`) } })),
  forge('no activity', 400, () => ({ by: anna, body: note(anna) })),
  forge('more than a mebibyte', 413, () => ({ by: anna, body: { ...like(anna), content: 'α'.repeat(600_000) } })),
  forge('a page', 415, () => ({ by: anna, body: like(anna), contentType: 'text/html' })),
  forge('plain JSON', 415, () => ({ by: anna, body: like(anna), contentType: 'application/json' })),
  forge('an inbox that is not here', 404, () => ({ by: anna, body: like(anna), to: `${bakery.origin}/ap/actors/${randomUUID()}/inbox` })),
]

describe('what is forged is refused, and leaves no trace', () => {
  test.each(refused)('$name → $status', async ({ status, make }) => {
    const rows = await bakery.rows()
    const response = await fetch(await make())
    expect([response.status, response.status >= 400 ? response.headers.get('content-type') : '']).toEqual([status, 'application/problem+json'])
    expect(await response.json()).toMatchObject({ status, code: expect.any(String), title: expect.any(String) })
    expect(bakery.heard).toEqual([])
    expect(await bakery.rows()).toBe(rows)
  })

  test('a request sent again byte for byte → 401', async () => {
    const request = signed({ to: inbox, by: anna, body: like(anna) })
    expect((await fetch(request.clone())).status).toBe(202)
    const rows = await bakery.rows()
    const again = await fetch(request)
    expect([again.status, ((await again.json()) as { code: string }).code]).toEqual([401, 'signature_replayed'])
    expect(bakery.heard).toHaveLength(1)
    expect(await bakery.rows()).toBe(rows)
  })

  describe('others may not touch what anna said and did', () => {
    const object = () => annas
    let annas: ReturnType<typeof note>
    let annasLike: ReturnType<typeof like>
    beforeAll(async () => {
      annas = note(anna)
      annasLike = like(anna)
      await send({ by: anna, body: create(anna, annas) })
      await send({ by: anna, body: annasLike })
      await send({ by: anna, body: { id: fresh(anna), type: 'Follow', actor: anna.uri, object: us } })
    })
    const untouched = async (work: () => Promise<Response>, status: number) => {
      bakery.heard.length = 0
      const rows = await bakery.rows()
      expect((await work()).status).toBe(status)
      expect(bakery.heard).toEqual([])
      expect(await bakery.rows()).toBe(rows)
    }
    for (const [who, thief] of [['of the same house', () => mallory], ['of another house', () => trudy]] as const) {
      test(`no new wording by somebody ${who}`, () => untouched(() => send({ by: thief(), body: { id: fresh(thief()), type: 'Update', actor: thief().uri, object: { ...object(), attributedTo: thief().uri, content: 'x' } } }), 403))
      test(`no withdrawal by somebody ${who}`, () => untouched(() => send({ by: thief(), body: { id: fresh(thief()), type: 'Delete', actor: thief().uri, object: object().id } }), 403))
      test(`no undoing of a like by somebody ${who}`, () => untouched(() => send({ by: thief(), body: { id: fresh(thief()), type: 'Undo', actor: thief().uri, object: annasLike.id } }), 403))
      test(`no undoing of a follow in her name by somebody ${who}`, () => untouched(() => send({ by: thief(), body: { id: fresh(thief()), type: 'Undo', actor: thief().uri, object: { id: fresh(thief()), type: 'Follow', actor: anna.uri, object: us } } }), 403))
    }
    test('what a shared activity holds is not done', () => untouched(() => send({ by: trudy, body: { id: fresh(trudy), type: 'Announce', actor: trudy.uri, object: { id: fresh(anna), type: 'Delete', actor: anna.uri, object: object().id } } }), 202))
    test('a good-bye of a vanished actor is believed to nobody', () => untouched(() => send({ by: anna, keyId: `${peer.origin}/users/gone#main-key`, body: { id: `${peer.origin}/x`, type: 'Delete', actor: `${peer.origin}/users/gone`, object: `${peer.origin}/users/gone` } }), 202))
    test('nobody accepts a question that was not put to them', () => untouched(() => send({ by: trudy, body: { id: fresh(trudy), type: 'Accept', actor: trudy.uri, object: `${us}#follows/${randomUUID()}` } }), 202))
    test('nobody moves her away', () => untouched(() => send({ by: trudy, body: { id: fresh(trudy), type: 'Move', actor: trudy.uri, object: anna.uri, target: trudy.uri } }), 202))
  })

  test('nothing can be done to what the world does not see: likes of it are not heard', async () => {
    const rows = await bakery.rows()
    for (const object of [secret, `${bakery.origin}/ap/notes/%2e%2e`, `${bakery.origin}/ap/notes/`, us]) {
      expect((await send({ by: anna, body: { ...like(anna), object } })).status).toBe(202)
    }
    expect(bakery.heard).toEqual([])
    expect(await bakery.rows()).toBe(rows)
  })
  test('words that are neither to us nor about us are not heard', async () => {
    await send({ by: anna, body: create(anna, note(anna, { cc: [], inReplyTo: undefined }), { cc: [] }) })
    expect(bakery.heard).toEqual([])
  })
  test('with private addresses closed, nobody inside is asked for a key', async () => {
    const strict = await testStoa({ name: 'Φούρνος', handle: 'fournos', allowPrivate: false })
    const before = peer.asked.length
    const to = `${strict.origin}/ap/inbox`
    const response = await fetch(signed({ to, by: anna, body: { id: fresh(anna), type: 'Follow', actor: anna.uri, object: `${strict.origin}/ap/actors/${strict.account.id}` } }))
    expect(response.status).toBe(401)
    expect(peer.asked.length).toBe(before)
    await strict.close()
  })
  test('whatever somebody known to us signs, the answer is never our own failure', async () => {
    const types = ['Create', 'Update', 'Delete', 'Follow', 'Like', 'Announce', 'Undo', 'Accept', 'Reject', 'Move', 'Note', 'Add', 'Κάτι']
    const texts = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(anna.uri, us, post, `${us}#follows/1`, publicly, '', 'http://', 'as:Public', '\0', '\ud800', 'http://[::1', '2026-13-45T99:99:99Z', '_:b0'))
    const value = fc.letrec<{ any: unknown }>((tie) => ({ any: fc.oneof({ maxDepth: 3 }, texts, fc.integer(), fc.boolean(), fc.constant(null), fc.array(tie('any'), { maxLength: 3 }),
      fc.record({ id: texts, type: fc.constantFrom(...types), actor: texts, object: tie('any'), content: tie('any'), attributedTo: texts, inReplyTo: tie('any'), tag: tie('any'), published: texts, url: tie('any'), name: tie('any'), attachment: tie('any') }, { requiredKeys: [] })) })).any
    const kinds = [() => create(anna), () => like(anna), () => ({ ...create(anna), type: 'Update' }), () => ({ ...like(anna), type: 'Undo', object: like(anna) }),
      () => ({ ...like(anna), type: 'Delete' }), () => ({ ...like(anna), type: 'Follow', object: us }), () => ({ ...like(anna), type: 'Accept', object: `${us}#follows/1` })]
    const fields = ['type', 'object', 'to', 'cc', 'published', 'target', '@context', 'object.id', 'object.type', 'object.content', 'object.contentMap', 'object.summary', 'object.name',
      'object.inReplyTo', 'object.tag', 'object.to', 'object.url', 'object.attachment', 'object.published', 'object.updated', 'object.attributedTo', 'object.object', 'object.actor']
    const change = fc.array(fc.tuple(fc.constantFrom(...fields), value), { minLength: 0, maxLength: 2 })
    const answers = new Set<number>()
    await fc.assert(fc.asyncProperty(fc.constantFrom(...kinds), change, async (make, changes) => {
      const body: Record<string, unknown> = make()
      for (const [field, changed] of changes) {
        const [first = '', second] = field.split('.')
        const inner = body[first]
        body[first] = second === undefined ? changed : typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? { ...inner, [second]: changed } : inner
      }
      const { status } = await send({ by: anna, body })
      answers.add(status)
      expect(status).toBeLessThan(500)
    }), { numRuns: 400 })
    expect([...answers].sort()).toEqual(expect.arrayContaining([202, 400, 403]))
    expect(bakery.heard.length).toBeGreaterThan(20)
  }, 60_000)
  test('names keep no signs that turn the writing, and no more than two hundred letters', async () => {
    const bidi = peer.actor('bidi', (document) => ({ ...document, name: `\u202eΆννα\u2066${'α'.repeat(5_000)}` }))
    await send({ by: bidi, body: create(bidi) })
    expect(bakery.heard[0]!.author.name).toMatch(/^Άννα[α]{0,196}$/)
  })
})

describe('an inbox that is flooded', () => {
  const from = (ip: string, by = anna, over: Partial<Forgery> = {}) => send({ by, body: create(by), headers: { 'x-test-ip': ip }, ...over }).then(({ status }) => status)
  test('shuts out one network, however its people are numbered, and lets in the others', async () => {
    const wrong = { key: mallory.key }
    const statuses: number[] = []
    for (let n = 0; n < 130; n++) statuses.push(await from(`2001:db8:7:7::${n.toString(16)}`, anna, wrong))
    expect(statuses.slice(0, 100).every((status) => status === 401)).toBe(true)
    expect(statuses.at(-1)).toBe(429)
    expect(await from('2001:db8:7:7:ffff::1')).toBe(429)
    expect(await from('2001:db8:7:8::1')).toBe(202)
  })
  test('a name that is merely claimed does not shut out the one who bears it', async () => {
    for (let n = 0; n < 40; n++) await from(`203.0.113.${n}`, trudy, { keyId: anna.keyId })
    expect(await from('203.0.113.200')).toBe(202)
  })
})

test('one server is let in at its measure, whatever networks it sends from', async () => {
  const pace = inboxPace({ network: 1_000, house: 3 })
  for (let n = 0; n < 3; n++) await pace.house('w1', 'big.social')
  await expect(pace.house('w1', 'big.social')).rejects.toMatchObject({ code: 'rate_limited', params: { seconds: expect.any(Number) } })
  await pace.house('w1', 'small.social')
  await pace.house('w2', 'big.social')
})
