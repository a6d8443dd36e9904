import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { readMp4 } from './mp4.ts'
import { kindOf } from './sniff.ts'
import { inMemory } from './source.ts'
import { box, film, joined, place, webm } from './test-films.ts'
import { cleanVideo } from './video.ts'
import { readWebm } from './webm.ts'

const folder = mkdtempSync(join(tmpdir(), 'stoa-films-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const written = (bytes: Uint8Array, name = 'film'): string => { const path = join(folder, name); writeFileSync(path, bytes); return path }

describe('a film', () => {
  test.each([['mp4', film()], ['mov', film({ brand: 'qt  ' })], ['webm', webm()]] as const)('is known as %s by its bytes', (kind, bytes) => expect(kindOf(bytes)).toBe(kind))
  test('tells its size, length and codec', async () => {
    expect(await readMp4(inMemory(film()))).toMatchObject({ width: 1920, height: 1080, codec: 'avc1', seconds: 3 })
    expect(await readWebm(inMemory(webm()))).toMatchObject({ width: 1280, height: 720, codec: 'V_VP9', seconds: 2.5 })
  })
  test('held upright is as high as it is shown', async () => {
    expect(await readMp4(inMemory(film({ turned: true })))).toMatchObject({ width: 1080, height: 1920 })
  })
  test('recorded live does not tell its length, and is as long as its last picture is late', async () => {
    expect(await readMp4(inMemory(film({ live: true })))).toMatchObject({ width: 1920, seconds: 4.2 })
    expect(await readWebm(inMemory(webm({ live: true })))).toMatchObject({ width: 1280, seconds: 1.5 })
  })
  test.each([['mp4', film()], ['mov', film({ brand: 'qt  ' })], ['webm', webm()], ['webm', webm({ live: true })]] as const)('%s does not tell where it was made, and shows what it showed', async (kind, bytes) => {
    const path = written(bytes)
    const facts = await cleanVideo(path, kind)
    const after = readFileSync(path)
    expect(after.length).toBe(bytes.length)
    expect(Buffer.from(bytes).includes(place)).toBe(true)
    expect(after.includes(place)).toBe(false)
    expect(after.includes('Ελένης')).toBe(false)
    expect(after.includes('PICTURE')).toBe(true)
    expect(await cleanVideo(path, kind)).toEqual(facts)
  })
  test('holds nothing between its parts, where cameras write their place and others a page', async () => {
    const [page, dashcam] = [`<script>alert(document.domain)</script>`, `freeGPS ${place}`].map((text) => new TextEncoder().encode(text))
    const whole = film()
    const head = new DataView(whole.buffer).getUint32(0)
    for (const type of ['free', 'skip']) {
      const path = written(joined(whole.subarray(0, head), whole.subarray(head), box(type, page!), box(type, dashcam!)))
      await cleanVideo(path, 'mp4')
      const after = readFileSync(path)
      expect([after.includes('script'), after.includes('freeGPS'), after.includes(place), after.includes('PICTURE')]).toEqual([false, false, false, true])
    }
  })
  test.each([['cut short', film().slice(0, -45)], ['cut in the film', film().slice(0, 50)], ['without its index', joined(box('ftyp', new Uint8Array(8)), box('mdat', new Uint8Array(9)))], ['with sound only', joined(box('ftyp'), box('mdat', new Uint8Array(4)), box('moov'))], ['of nothing', new Uint8Array()]])('%s is refused', async (_, bytes) => {
    await expect(cleanVideo(written(bytes), 'mp4')).rejects.toMatchObject({ code: 'file_broken' })
  })
  test('whose boxes nest without end or claim more than there is does not hang', async () => {
    const deep = Array.from({ length: 5_000 }).reduce<Uint8Array<ArrayBuffer>>((inside) => box('moov', inside), new Uint8Array())
    expect(await readMp4(inMemory(deep))).toBeUndefined()
    expect(await readMp4(inMemory(joined(...Array.from({ length: 30_000 }, () => box('free')))))).toBeUndefined()
  })
})

describe('garbage', () => {
  const damaged = (whole: Uint8Array) => fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 }).map((changes) => {
    const bytes = new Uint8Array(whole)
    for (const [at, value] of changes) bytes[at] = value
    return bytes
  })
  test.each([['mp4', film(), readMp4], ['mp4', film({ live: true }), readMp4], ['webm', webm(), readWebm], ['webm', webm({ live: true }), readWebm]] as const)('in %s is read without a fault, and nothing is written beyond the file', async (_, whole, read) => {
    await fc.assert(fc.asyncProperty(fc.oneof(damaged(whole), fc.nat(whole.length).map((end) => whole.slice(0, end)), fc.uint8Array({ maxLength: 300 })), async (bytes) => {
      const facts = await read(inMemory(bytes))
      for (const patch of facts?.patches ?? []) {
        expect(patch.at).toBeGreaterThanOrEqual(0)
        expect(patch.at + ('bytes' in patch ? patch.bytes.length : patch.zeros)).toBeLessThanOrEqual(bytes.length)
      }
    }), { numRuns: 600 })
  })
})
