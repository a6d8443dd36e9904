import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import type { MediaLimits } from '#text/networks/facts.ts'
import { bluesky } from '#text/networks/open.ts'
import { instagram, x } from '#text/networks/large.ts'
import { bakery, NOON, type Bakery } from '../../../test/world/bakery.ts'
import { fitFor, readFitted } from './fit.ts'
import { cropOf, mediaTroubles } from './rules.ts'
import { addPicture, describeMedia, mediaFile, type Media } from './store.ts'

let database: Database
let world: Bakery
const dataDir = mkdtempSync(join(tmpdir(), 'stoa-fit-'))
beforeAll(async () => { database = await testDatabase(); world = await bakery(database) })
afterAll(async () => { await database.close(); rmSync(dataDir, { recursive: true, force: true }) })

const keep = (bytes: Uint8Array): Promise<Media> => database.write(world.workspaceId, (tx) => addPicture(tx, dataDir, { bytes, alt: 'Ψωμί', uploadedBy: world.maria.id, at: NOON }))
/** A picture that does not get small by itself. */
const noise = (width: number, height: number, channels: 3 | 4 = 3) => sharp(Buffer.from(Uint8Array.from({ length: width * height * channels }, (_, n) => Math.imul(n ^ 0x5bd1e995, 2_654_435_761) >>> 24)), { raw: { width, height, channels } })
const only = (over: Partial<MediaLimits>): MediaLimits => ({ max: 4, types: ['image/jpeg'], maxBytes: 2_000_000, ...over })

describe('a picture for a network', () => {
  test('stays as it is where it fits', async () => {
    const row = await keep(await noise(300, 200).png().toBuffer())
    const fitted = await fitFor(dataDir, row, bluesky.media!)
    expect([fitted.type, fitted.bytes.byteLength, fitted.width]).toEqual(['image/webp', row.bytes, 300])
  })
  test('becomes JPEG where WebP is not taken, small enough and no larger than asked', async () => {
    const row = await keep(await noise(800, 600).png().toBuffer())
    for (const limits of [only({}), only({ maxBytes: 60_000, longestSide: 400 }), only({ maxBytes: 9_000, longestSide: 200 })]) {
      const { bytes, type, width, height } = await fitFor(dataDir, row, limits)
      expect([type, (await sharp(bytes).metadata()).format]).toEqual(['image/jpeg', 'jpeg'])
      expect(bytes.byteLength).toBeLessThanOrEqual(limits.maxBytes)
      expect(Math.max(width, height)).toBeLessThanOrEqual(limits.longestSide ?? 800)
      expect(Math.abs(width / height - 4 / 3)).toBeLessThan(0.02)
    }
  })
  test('keeps what is seen through, or stands on white', async () => {
    const row = await keep(await sharp({ create: { width: 40, height: 40, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } }).png().toBuffer())
    expect((await fitFor(dataDir, row, only({ types: ['image/jpeg', 'image/png'] }))).type).toBe('image/png')
    const onWhite = await fitFor(dataDir, row, only({}))
    expect((await sharp(onWhite.bytes).stats()).channels[0]!.mean).toBeGreaterThan(250)
  })
  test('is the same each time, and is kept', async () => {
    const row = await keep(await noise(600, 500).png().toBuffer())
    const first = await fitFor(dataDir, row, only({ longestSide: 400 }))
    const files = () => readdirSync(join(dataDir, 'fitted', world.workspaceId)).filter((name) => name.startsWith(row.id))
    expect(files().length).toBe(2)
    expect(await fitFor(dataDir, row, only({ longestSide: 400 }))).toEqual(first)
    rmSync(join(dataDir, 'fitted'), { recursive: true })
    expect(await readFitted({ database, dataDir }, { workspaceId: world.workspaceId, id: row.id }, only({ longestSide: 400 }))).toEqual(first)
    expect(files().length).toBe(2)
  })
  test('is cut around the point that matters where the network allows only some shapes', async () => {
    const left = await sharp({ create: { width: 1000, height: 200, channels: 3, background: '#00f' } }).composite([{ input: { create: { width: 200, height: 200, channels: 3, background: '#f00' } }, left: 0, top: 0 }]).png().toBuffer()
    const row = await keep(left)
    const focused = await database.write(world.workspaceId, (tx) => describeMedia(tx, row.id, { focus: { x: 0.05, y: 0.5 } }))
    const { bytes, width, height } = await fitFor(dataDir, focused!, instagram.media!)
    expect([width, height]).toEqual([382, 200])
    const { channels } = await sharp(await sharp(bytes).extract({ left: 0, top: 0, width: 150, height: 200 }).png().toBuffer()).stats()
    expect(channels[0]!.mean).toBeGreaterThan(230)
    const middle = await fitFor(dataDir, row, instagram.media!)
    expect((await sharp(middle.bytes).stats()).channels[0]!.mean).toBeLessThan(20)
  })
  test('that moves goes on moving where it may, and stands still elsewhere', async () => {
    const frames = await Promise.all([0, 80, 160, 240].map((r) => sharp({ create: { width: 60, height: 40, channels: 3, background: { r, g: 100, b: 100 } } }).png().toBuffer()))
    const row = await keep(await sharp(frames, { join: { animated: true } }).gif().toBuffer())
    expect(row.animated).toBe(true)
    const gif = await fitFor(dataDir, row, only({ types: ['image/gif', 'image/jpeg'] }))
    expect([gif.type, (await sharp(gif.bytes).metadata()).pages, gif.height]).toEqual(['image/gif', 4, 40])
    expect(await fitFor(dataDir, row, only({}))).toMatchObject({ type: 'image/jpeg', width: 60, height: 40 })
  })
})

describe('a video for a network', () => {
  const video = { type: 'video/mp4', ending: 'mp4', width: 1280, height: 720, animated: false, codec: 'avc1', sha256: '', alt: '', focusX: null, focusY: null, madeFor: null, uploadedBy: null, uploadedAt: NOON }
  test('is handed over as it is, or refused with the reason', async () => {
    const row: Media = { ...video, id: 'a', workspaceId: world.workspaceId, bytes: 5, seconds: 30 }
    writeFileSync(mediaFile(dataDir, row), 'video')
    expect(await fitFor(dataDir, row, x.media!)).toMatchObject({ type: 'video/mp4', seconds: 30, width: 1280 })
    await expect(fitFor(dataDir, { ...row, seconds: 200 }, x.media!)).rejects.toMatchObject({ code: 'media_does_not_fit', params: { reason: { en: 'A video may last 2:20; this lasts 3:20.' } } })
    await expect(fitFor(dataDir, { ...row, bytes: 600_000_000 }, x.media!)).rejects.toMatchObject({ code: 'media_does_not_fit' })
    await expect(fitFor(dataDir, row, only({}))).rejects.toMatchObject({ code: 'media_does_not_fit' })
  })
})

describe('what stands between files and a network', () => {
  const one = { id: 'a', type: 'image/webp', alt: 'Ψωμί' }
  test.each([
    ['nothing', [one], bluesky.media, []],
    ['too many', [one, one, one, one, one], bluesky.media, ['too-many']],
    ['no description', [{ ...one, alt: ' \u200b' }], bluesky.media, ['alt-missing']],
    ['a long description', [{ ...one, alt: 'ψ'.repeat(1_001) }], x.media, ['alt-too-long']],
    ['video beside pictures', [one, { id: 'b', type: 'video/mp4', alt: 'x' }], x.media, ['mixed']],
    ['a kind of video', [{ id: 'b', type: 'video/quicktime', alt: 'x' }], bluesky.media, ['type']],
    ['no media at all', [one], undefined, ['type']],
  ] as const)('%s', (_, files, limits, rules) => {
    const troubles = mediaTroubles(files, limits)
    expect(troubles.map((trouble) => trouble.rule)).toEqual(rules)
    for (const { says } of troubles) expect(says.el).toMatch(/[α-ω]/)
  })
  test('a cut lies within the picture, is of an allowed shape and as large as can be', () => {
    fc.assert(fc.property(fc.integer({ min: 50, max: 4000 }), fc.integer({ min: 50, max: 4000 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (width, height, x0, y0) => {
      const { left, top, ...cut } = cropOf({ width, height, focus: { x: x0, y: y0 } }, { min: 0.8, max: 1.91 })
      expect(left >= 0 && top >= 0 && left + cut.width <= width && top + cut.height <= height).toBe(true)
      expect(cut.width === width || cut.height === height).toBe(true)
      expect(cut.width / cut.height).toBeGreaterThan(0.78)
      expect(cut.width / cut.height).toBeLessThan(1.96)
    }))
  })
})
