import { createHash, randomBytes } from 'node:crypto'
import { request } from 'node:http'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kit/id.ts'
import { film, place } from '#core/media/test-films.ts'
import { openStoa, type Caller, type OpenStoa } from '../../test/world/stoa.ts'
import { rangeOf } from './ranges.ts'

let stoa: OpenStoa
let eleni: Caller
beforeAll(async () => {
  stoa = await openStoa()
  eleni = await stoa.found()
})
afterAll(() => stoa.stop())

interface Told { readonly id: string; readonly url: string; readonly type: string; readonly offset: number; readonly code: string; readonly media: Told | null }
const begin = async (size: number, more: object = {}) => await eleni.ask('POST', 'uploads', { name: 'ψωμί.mp4', size, ...more }) as unknown as { status: number; body: Told }
const part = async (id: string, offset: number, bytes: Uint8Array, headers: Record<string, string> = {}) => {
  const said = await fetch(`${stoa.origin}/api/v1/uploads/${id}`, { method: 'PATCH', headers: { cookie: eleni.cookie, 'content-type': 'application/octet-stream', 'upload-offset': String(offset), ...headers }, body: new Uint8Array(bytes) })
  return { status: said.status, body: await said.json() as Told }
}
const upload = async (bytes: Uint8Array): Promise<Told> => (await part((await begin(bytes.length)).body.id, 0, bytes)).body.media!

describe('an upload over the wire', () => {
  test('of several megabytes comes in parts and can be asked how far it is', async () => {
    const bytes = await sharp(randomBytes(1200 * 900 * 3), { raw: { width: 1200, height: 900, channels: 3 } }).png().toBuffer()
    expect(bytes.length).toBeGreaterThan(2_000_000)
    const { status, body: { id } } = await begin(bytes.length)
    expect(status).toBe(201)
    expect(await part(id, 0, bytes.subarray(0, 1_500_000))).toMatchObject({ status: 200, body: { offset: 1_500_000, media: null } })
    const head = await fetch(`${stoa.origin}/api/v1/uploads/${id}`, { method: 'HEAD', headers: { cookie: eleni.cookie } })
    expect([head.status, head.headers.get('upload-offset'), head.headers.get('upload-length')]).toEqual([200, '1500000', String(bytes.length)])
    expect(await part(id, 3, bytes)).toMatchObject({ status: 409, body: { code: 'upload_offset', offset: 1_500_000 } })
    const rest = bytes.subarray(1_500_000)
    expect(await part(id, 1_500_000, rest, { 'upload-checksum': `sha256 ${createHash('sha256').update(bytes).digest('base64')}` })).toMatchObject({ status: 422, body: { code: 'upload_checksum', offset: 1_500_000 } })
    const { body } = await part(id, 1_500_000, rest, { 'upload-checksum': `sha256 ${createHash('sha256').update(rest).digest('base64')}` })
    expect(body.media).toMatchObject({ type: 'image/webp', width: 1200, height: 900, focus: null, animated: false })
    expect((await eleni.ask('GET', 'media')).body).toMatchObject({ items: [{ id }] })
  })
  test('keeps what had come when the line is cut', async () => {
    const bytes = film()
    const { body: { id } } = await begin(bytes.length)
    await new Promise<void>((done) => {
      const { hostname, port } = new URL(stoa.origin)
      const sent = request({ hostname, port, method: 'PATCH', path: `/api/v1/uploads/${id}`, headers: { cookie: eleni.cookie, 'content-type': 'application/octet-stream', 'upload-offset': '0', 'content-length': String(bytes.length) } })
      sent.on('error', () => done())
      sent.write(bytes.subarray(0, 300))
      setTimeout(() => sent.destroy(new Error('cut')), 200)
    })
    const { body } = await eleni.ask('GET', `uploads/${id}`) as unknown as { body: Told }
    expect(body.offset).toBe(300)
    expect((await part(id, 300, bytes.subarray(300))).body.media).toMatchObject({ type: 'video/mp4', seconds: 3, width: 1920, codec: 'avc1' })
  })
  test('whose part says it is larger than what is left is refused before a byte of it is kept', async () => {
    const { body: { id } } = await begin(1_000)
    expect(await part(id, 0, new Uint8Array(5_000))).toMatchObject({ status: 413, body: { code: 'body_too_large' } })
    expect((await eleni.ask('GET', `uploads/${id}`)).body).toMatchObject({ offset: 0, media: null })
  })
  test.each([
    ['five gigabytes', { size: 5_000_000_000 }, 413, 'body_too_large'], ['nothing', { size: 0 }, 422, 'file_broken'], ['a size that is none', { size: -1 }, 422, 'file_broken'], ['a field nobody knows', { size: 5, path: '../../x' }, 400, 'unknown_field'],
  ])('of %s is refused, in both languages', async (_, given, status, code) => {
    for (const lang of ['el', 'en']) {
      const said = await eleni.ask('POST', 'uploads', { name: 'x', ...given }, { 'accept-language': lang })
      expect([said.status, said.body['code'], /[α-ω]/.test(String(said.body['title']))]).toEqual([status, code, lang === 'el'])
    }
  })
  test('of a page called a film ends at its first bytes, and is gone', async () => {
    const { body: { id } } = await begin(900_000_000)
    expect(await part(id, 0, Buffer.from(`<!doctype html>${'x'.repeat(8_000)}`))).toMatchObject({ status: 415, body: { code: 'file_type_not_allowed' } })
    expect((await eleni.ask('GET', `uploads/${id}`)).status).toBe(404)
  })
  test('without its place, with a wrong type or to nobody’s upload is refused', async () => {
    const { body: { id } } = await begin(10)
    const wrong: readonly Record<string, string>[] = [{ 'upload-offset': '-1' }, { 'upload-offset': 'x' }, { 'upload-offset': '0', 'upload-checksum': 'md5 x' }]
    for (const headers of wrong) expect((await part(id, 0, new Uint8Array(5), headers)).status).toBe(400)
    expect((await part(id, 0, new Uint8Array(5), { 'content-type': 'application/json' })).status).toBe(415)
    expect((await part(newId(), 0, new Uint8Array(5))).status).toBe(404)
    expect((await eleni.ask('DELETE', `uploads/${id}`)).status).toBe(204)
    expect((await part(id, 0, new Uint8Array(5))).status).toBe(404)
  })
})

describe('media', () => {
  test('is described, and its point of focus kept', async () => {
    const { id } = await upload(await sharp({ create: { width: 80, height: 60, channels: 3, background: '#c84' } }).jpeg().toBuffer())
    expect((await eleni.ask('PUT', `media/${id}`, { alt: 'Ένα καρβέλι', focus: { x: 0.25, y: 1 } })).body).toMatchObject({ alt: 'Ένα καρβέλι', focus: { x: 0.25, y: 1 } })
    expect((await eleni.ask('PATCH', `media/${id}`, { alt: 'Ψωμί' })).body).toMatchObject({ alt: 'Ψωμί', focus: { x: 0.25, y: 1 } })
    expect((await eleni.ask('PUT', `media/${id}`, { focus: null })).body).toMatchObject({ focus: null })
    expect((await eleni.ask('PUT', `media/${id}`, { focus: { x: 1.1, y: 0 } })).status).toBe(400)
  })
  test('that is a film is sent in the stretches a player asks for, without its place', async () => {
    const bytes = film()
    const { url } = await upload(bytes)
    const ask = (range?: string) => fetch(`${stoa.origin}${url}`, { headers: range ? { range } : {} })
    const whole = await ask()
    const kept = Buffer.from(await whole.arrayBuffer())
    expect([whole.status, whole.headers.get('accept-ranges'), whole.headers.get('content-type'), whole.headers.get('x-content-type-options'), kept.length]).toEqual([200, 'bytes', 'video/mp4', 'nosniff', bytes.length])
    expect(kept.includes(place)).toBe(false)
    const some = await ask('bytes=10-19')
    expect([some.status, some.headers.get('content-range'), Buffer.from(await some.arrayBuffer()).equals(kept.subarray(10, 20))]).toEqual([206, `bytes 10-19/${bytes.length}`, true])
    for (const absurd of [`bytes=${bytes.length}-`, 'bytes=99999999999999-', 'bytes=20-10', 'bytes=-0']) expect([(await ask(absurd)).status, (await ask(absurd)).headers.get('content-range')], absurd).toEqual([416, `bytes */${bytes.length}`])
    for (const other of ['bytes=0-1,3-4', 'lines=1-2', `bytes=${'9'.repeat(400)}-`]) expect((await ask(other)).status).toBe(200)
  })
  test('is as large as the workspace says', async () => {
    expect((await eleni.ask('GET', 'media-policy')).body).toEqual({ maxPictureBytes: 50_000_000, maxVideoBytes: 1_000_000_000 })
    expect((await eleni.ask('PUT', 'media-policy', { maxPictureBytes: 50_000_000, maxVideoBytes: 2_000_000_000 })).status).toBe(200)
    expect((await begin(1_900_000_000)).status).toBe(201)
    expect((await eleni.ask('PUT', 'media-policy', { maxPictureBytes: 50_000_000, maxVideoBytes: 3_000_000_000 })).status).toBe(400)
    expect((await eleni.ask('PUT', 'media-policy', { maxPictureBytes: 50_000_000, maxVideoBytes: 1_000_000_000 })).status).toBe(200)
  })
})

describe('links', () => {
  test('get a card even where nothing answers, but not without end', async () => {
    expect(await eleni.ask('POST', 'cards', { url: 'http://127.0.0.1:1/ψωμί' })).toMatchObject({ status: 200, body: { card: { dead: true, site: '127.0.0.1', title: '127.0.0.1/ψωμί' } } })
    expect((await eleni.ask('POST', 'cards', { url: 'ftp://fournos.gr' })).body).toMatchObject({ code: 'link_not_allowed' })
    const statuses = new Set<number>()
    for (let many = 0; many < 30; many++) statuses.add((await eleni.ask('POST', 'cards', { url: 'http://127.0.0.1:1/ψωμί' })).status)
    expect([...statuses]).toEqual([200, 429])
  })
  test('are short, lead on without a trace and are counted', async () => {
    const { status, body } = await eleni.ask('POST', 'short-links', { target: 'https://fournos.gr/ψωμί#τιμές', utm: { source: 'bluesky', medium: 'social', campaign: 'psomi' } }) as unknown as { status: number; body: { code: string; url: string } }
    expect([status, body.url]).toEqual([201, `${stoa.origin}/l/${body.code}`])
    const go = (headers: Record<string, string> = {}, method = 'GET') => fetch(`${stoa.origin}/l/${body.code}`, { method, redirect: 'manual', headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', ...headers } })
    const said = await go()
    expect([said.status, said.headers.get('location'), said.headers.get('cache-control'), said.headers.get('referrer-policy'), said.headers.get('set-cookie')])
      .toEqual([302, 'https://fournos.gr/%CF%88%CF%89%CE%BC%CE%AF?utm_source=bluesky&utm_medium=social&utm_campaign=psomi#%CF%84%CE%B9%CE%BC%CE%AD%CF%82', 'no-store', 'no-referrer', null])
    await go({ 'sec-purpose': 'prefetch' })
    await go({}, 'HEAD')
    await go({ 'user-agent': 'facebookexternalhit/1.1' })
    expect((await eleni.ask('GET', 'short-links')).body).toMatchObject({ items: [{ code: body.code, clicks: 1, bots: 1 }], note: { el: expect.stringContaining('Κλικ') as string } })
    for (const wrong of ['/l/nothing1', '/l/..%2f..', `/l/${body.code}?to=https://evil.example`]) {
      const there = await fetch(`${stoa.origin}${wrong}`, { redirect: 'manual' })
      expect([there.status, there.headers.get('location')?.includes('evil') ?? false]).toEqual([wrong.includes('?') ? 302 : 404, false])
    }
    expect((await eleni.ask('POST', 'short-links', { target: 'javascript:alert(1)' })).body).toMatchObject({ code: 'link_not_allowed' })
  })
})

test.each([
  [undefined, undefined], ['bytes=0-', [0, 99]], ['bytes=5-9', [5, 9]], ['bytes=5-500', [5, 99]], ['bytes=-10', [90, 99]], ['bytes=-500', [0, 99]], ['bytes=100-', 'absurd'], ['bytes=9-5', 'absurd'], ['bytes=-', undefined], ['bytes=a-b', undefined],
] as const)('the range %s of a hundred bytes is %j', (header, expected) => expect(rangeOf(header, 100)).toEqual(expected))
