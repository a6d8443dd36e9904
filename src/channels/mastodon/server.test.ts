import { describe, expect, test } from 'vitest'
import type { ChannelError, Trouble } from '#kit/channel.ts'
import { troubleIn } from './ask.ts'
import { find } from './find.ts'
import { mastodon } from './index.ts'
import { limitsOf, originOf } from './server.ts'
import { Instance } from './wire.ts'
import { account, ctxOf, giorgos, post } from './test-world.ts'
import { TestServer } from './test-server.ts'

const now = new Date('2026-11-23T10:00:00Z')
const { publish } = mastodon
const { send, upload, stage, revise, retract, prepare } = publish! as Required<NonNullable<typeof publish>>

test.each([
  ['mastodon.social', 'https://mastodon.social'], ['https://mastodon.social/@eleni', 'https://mastodon.social'], ['@eleni@mastodon.social', 'https://mastodon.social'],
  ['eleni@mastodon.social', 'https://mastodon.social'], ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'], ['MASTODON.Social', 'https://mastodon.social'], ['φούρνος.gr', 'https://xn--yxadbght4c.gr'],
  ['ftp://mastodon.social', undefined], ['', undefined], ['https://a:b@c.gr', undefined], ['δύο λέξεις', undefined],
])('%j is the server %s', (given, origin) => { expect(originOf(given)).toBe(origin) })

test('limits are the server’s own where it tells them, and Mastodon’s where it does not', () => {
  const usual = limitsOf(Instance.parse({}))
  expect(usual).toMatchObject({ characters: 500, perLink: 23, media: 4, alt: 1_500 })
  const own = Instance.parse({ configuration: { statuses: { max_characters: 5_000, characters_reserved_per_url: 32, max_media_attachments: 6 }, media_attachments: { supported_mime_types: ['image/png'], image_matrix_limit: 1_000_000, description_limit: 'long' } } })
  expect(limitsOf(own)).toMatchObject({ characters: 5_000, perLink: 32, media: 6, alt: 1_500, pictureTypes: ['image/png'], longestSide: 1_000, videoTypes: [] })
  expect(limitsOf(Instance.parse({ max_toot_chars: 5_000, description_limit: 1_200, configuration: null }))).toMatchObject({ characters: 5_000, alt: 1_200 })
  expect(limitsOf(Instance.parse({ max_toot_chars: -1, configuration: { statuses: { max_characters: 0 } } })).characters).toBe(500)
})

const answer = (status: number, body: unknown = {}, headers: Record<string, string> = {}) => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })
test.each<[string, Response, Trouble]>([
  ['a revoked token', answer(401, { error: 'The access token was revoked' }), { kind: 'expired' }],
  ['a token of too few rights', answer(403, { error: 'This action is outside the authorized scopes' }), { kind: 'expired' }],
  ['a login that was disabled', answer(403, { error: 'Your login is currently disabled' }), { kind: 'expired' }],
  ['something not allowed', answer(403, { error: 'This action is not allowed' }), { kind: 'refused', because: 'This action is not allowed' }],
  ['a parent that is gone', answer(404, { error: 'Record not found' }), { kind: 'refused', because: 'What this answers or changes is no longer there.' }],
  ['too large a file', answer(413, '<html>413</html>', { 'content-type': 'text/html' }), { kind: 'refused', because: 'The server refuses this (413).' }],
  ['words the server refuses', answer(422, { error: 'Validation failed: <b>Text</b> character limit of 500 exceeded' }), { kind: 'refused', because: 'Validation failed: Text character limit of 500 exceeded' }],
  ['a moved server', new Response(null, { status: 301, headers: { location: 'https://other.social/api/v1/statuses' } }), { kind: 'refused', because: 'The server has moved to another address: connect the account again.' }],
  ['a pause until a moment', answer(429, {}, { 'x-ratelimit-reset': '2026-11-23T10:04:00.000Z' }), { kind: 'paced', retryAt: new Date('2026-11-23T10:04:00Z') }],
  ['a pause of seconds', answer(429, {}, { 'retry-after': '30', 'x-ratelimit-reset': '2026-11-23T10:04:00.000Z' }), { kind: 'paced', retryAt: new Date('2026-11-23T10:00:30Z') }],
  ['a pause of ten years', answer(429, {}, { 'x-ratelimit-reset': '2036-11-23T10:04:00.000Z' }), { kind: 'paced', retryAt: new Date('2026-11-23T16:00:00Z') }],
  ['a pause of no length', answer(429), { kind: 'paced', retryAt: new Date('2026-11-23T10:01:00Z') }],
  ['a mistake of the server', answer(500, { error: 'Internal' }), { kind: 'unknown' }],
  ['a proxy that lost the server', answer(502, '<html>'), { kind: 'unknown' }], ['a proxy that gave up', answer(504, ''), { kind: 'unknown' }], ['a slow request', answer(408), { kind: 'unknown' }], ['a conflict', answer(409), { kind: 'unknown' }],
])('%s is told as what it is', async (_, response, trouble) => { expect(await troubleIn(response, now)).toEqual(trouble) })

test.each(['page', 'half'] as const)('an answer that is a %s leaves the outcome open, and the post stands', async (fault) => {
  const server = new TestServer()
  server.next(fault)
  await expect(send(prepare(post, account()), account(), ctxOf(server))).rejects.toMatchObject({ trouble: { kind: 'unknown' } })
  expect(server.posts).toHaveLength(1)
})

describe('keys and reading back', () => {
  test('only Mastodon itself is sent the key', async () => {
    for (const [software, key] of [['mastodon', post.key], ['gotosocial', null]] as const) {
      const server = new TestServer({ software })
      await send(prepare(post, account({ software })), account({ software }), ctxOf(server))
      expect(server.requests.at(-1)).toMatchObject({ method: 'POST', path: '/api/v1/statuses', key })
    }
  })
  const elsewhere = account({ software: 'gotosocial' })
  const wire = prepare({ ...post, text: 'Καλημέρα @giorgos@allou.gr!\n\nΔείτε https://fournos.gr/psomi-zeas-kathe-pempti & <ελάτε>' }, elsewhere)
  test('what stands is found, however the server sets its lines, handles and links', async () => {
    const server = new TestServer({ software: 'gotosocial' })
    const receipt = await send(wire, elsewhere, ctxOf(server))
    await send(prepare({ ...post, text: 'Κάτι άλλο.' }, elsewhere), elsewhere, ctxOf(server))
    expect(await find(wire, elsewhere, ctxOf(server))).toEqual(receipt)
  })
  test('the same words of last week are not this post', async () => {
    const server = new TestServer({ software: 'gotosocial' })
    await send(wire, elsewhere, ctxOf(server))
    server.clock += 7 * 24 * 3_600_000
    expect(await find(wire, elsewhere, { ...ctxOf(server), firstTriedAt: new Date(server.clock) })).toBe('absent')
  })
  test('two that look the same settle nothing; nor does what another app said', async () => {
    const server = new TestServer({ software: 'gotosocial' })
    await send(wire, elsewhere, ctxOf(server))
    expect(await find(wire, account({ software: 'gotosocial', app: 'Another' }), ctxOf(server))).toMatch(/absent|unsure/)
    await send(wire, elsewhere, ctxOf(server))
    expect(await find(wire, elsewhere, ctxOf(server))).toBe('unsure')
  })
  test('what cannot be read to its end is not called absent', async () => {
    const server = new TestServer({ software: 'gotosocial' })
    for (let n = 0; n < 210; n++) await send(prepare({ ...post, text: `Καλημέρα ${n}` }, elsewhere), elsewhere, ctxOf(server))
    expect(await find(wire, elsewhere, ctxOf(server))).toBe('unsure')
  })
  test('a private answer is not called absent, for some servers do not list it', async () => {
    const message = prepare({ ...post, kind: 'message', inReplyTo: { channel: 'mastodon', id: '9', author: giorgos } }, elsewhere)
    expect(await find(message, elsewhere, ctxOf(new TestServer({ software: 'gotosocial' })))).toBe('unsure')
  })
})

const picture = { id: 'p1', url: '/media/p1.png', type: 'image/png', alt: 'Ένα καρβέλι σε ξύλο', focus: { x: 0.25, y: 0.5 } }
describe('files, answers and changes', () => {
  test.each([[{}], [{ old: true }], [{ slowFiles: 2 }]])('a picture is handed over with its description before it is shown (%j)', async (options) => {
    const server = new TestServer(options)
    const uploaded = await upload({ attachment: picture, bytes: new Uint8Array([137, 80]), key: 'k-p1' }, account(), ctxOf(server))
    expect(server.files).toMatchObject([{ description: picture.alt, focus: '-0.500,0.000', type: 'image/png' }])
    await send(prepare({ ...post, media: [{ ...picture, uploaded }] }, account()), account(), ctxOf(server))
    expect(server.posts[0]!.media).toEqual(['f1'])
  })
  test('a picture that was not handed over is not left out in silence', async () => {
    await expect(send(prepare({ ...post, media: [picture] }, account()), account(), ctxOf(new TestServer()))).rejects.toMatchObject({ trouble: { kind: 'refused' } })
  })
  test('an answer is told to no more people than what it answers', async () => {
    const server = new TestServer()
    const visibilityOf = async (given: string, kind: 'reply' | 'message') => {
      const id = server.speak('Έχετε ψωμί;', { visibility: given })
      return (await stage(prepare({ ...post, kind, inReplyTo: { channel: 'mastodon', id, author: giorgos } }, account()), account(), ctxOf(server))).visibility
    }
    expect(await visibilityOf('public', 'reply')).toBe('public')
    expect(await visibilityOf('unlisted', 'reply')).toBe('unlisted')
    expect(await visibilityOf('private', 'reply')).toBe('private')
    expect(await visibilityOf('public', 'message')).toBe('direct')
  })
  test('what is answered and gone is told before anything is said', async () => {
    const server = new TestServer()
    const wire = prepare({ ...post, kind: 'reply', inReplyTo: { channel: 'mastodon', id: '404', author: giorgos } }, account())
    const error = await stage(wire, account(), ctxOf(server)).catch((thrown: unknown) => thrown)
    expect((error as ChannelError).trouble).toEqual({ kind: 'refused', because: 'What this answers or changes is no longer there.' })
  })
  test('a new wording keeps the pictures and takes their new descriptions', async () => {
    const server = new TestServer()
    const uploaded = await upload({ attachment: picture, bytes: new Uint8Array([137]), key: 'k' }, account(), ctxOf(server))
    const { id } = await send(prepare({ ...post, media: [{ ...picture, uploaded }] }, account()), account(), ctxOf(server))
    await revise({ channel: 'mastodon', id }, prepare({ ...post, text: 'Έμειναν δύο.', media: [{ ...picture, alt: 'Δύο καρβέλια' }] }, account()), account(), ctxOf(server))
    expect(server.posts).toMatchObject([{ id, text: 'Έμειναν δύο.\n\n— Ελένη', media: ['f1'], edited: true }])
    expect(server.files[0]).toMatchObject({ description: 'Δύο καρβέλια' })
  })
  test('taking down what the server would not say it took down is settled by looking', async () => {
    const server = new TestServer()
    const { id } = await send(prepare(post, account()), account(), ctxOf(server))
    server.next('page')
    await retract({ channel: 'mastodon', id }, prepare(post, account()), account(), ctxOf(server))
    expect(server.posts).toHaveLength(0)
  })
})
