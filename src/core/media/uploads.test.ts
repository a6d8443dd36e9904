import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { bakery, houseOf, NOON, type Bakery } from '../../../test/world/bakery.ts'
import { append, beginSpool, spoolFile } from './spool.ts'
import { mediaFile, setMediaPolicy } from './store.ts'
import { film, place } from './test-films.ts'
import { beginUpload, dropUpload, openUploads, progressOf, takePart } from './uploads.ts'

let database: Database
let world: Bakery
let house: ReturnType<typeof houseOf>
const dataDir = mkdtempSync(join(tmpdir(), 'stoa-uploads-'))
beforeAll(async () => {
  database = await testDatabase()
  world = await bakery(database)
  house = houseOf(database, { dataDir })
})
afterAll(async () => { await database.close(); rmSync(dataDir, { recursive: true, force: true }) })

const flow = (...chunks: readonly (Uint8Array | Error)[]): ReadableStream<Uint8Array> => new ReadableStream({
  async start(control) {
    for (const chunk of chunks) { if (chunk instanceof Error) { await new Promise((done) => setTimeout(done, 50)); control.error(chunk); return } control.enqueue(new Uint8Array(chunk)) }
    control.close()
  },
})
const sumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64')
const begin = async (size: number, who = world.maria) => ({ workspaceId: world.workspaceId, id: (await beginUpload(house, { workspaceId: world.workspaceId, memberId: who.id, name: 'ψωμί.svg', size })).id })
const send = (named: { workspaceId: string; id: string }, offset: number, ...chunks: readonly (Uint8Array | Error)[]) => takePart(house, named, { offset, body: chunks.length ? flow(...chunks) : null, checksum: undefined })
const picture = () => sharp({ create: { width: 600, height: 400, channels: 3, background: '#c08040' } }).png({ compressionLevel: 0 }).toBuffer()

describe('an upload', () => {
  test('in parts becomes a picture, whatever its name says', async () => {
    const bytes = await picture()
    const named = await begin(bytes.length)
    expect(await send(named, 0, bytes.subarray(0, 5_000))).toEqual({ offset: 5_000, size: bytes.length, media: null })
    const { media, offset } = await send(named, 5_000, bytes.subarray(5_000))
    expect([offset, media?.id, media?.type, media?.width, media?.uploadedBy]).toEqual([bytes.length, named.id, 'image/webp', 600, world.maria.id])
    expect(existsSync(spoolFile(dataDir, named))).toBe(false)
    expect(await progressOf(house, named)).toMatchObject({ offset: bytes.length, media: { id: named.id } })
  })
  test('goes on where the line broke', async () => {
    const bytes = film()
    const named = await begin(bytes.length)
    await expect(send(named, 0, bytes.subarray(0, 200), new Error('aborted'))).rejects.toThrow('aborted')
    expect(await progressOf(house, named)).toMatchObject({ offset: 200, media: null })
    const { media } = await send(named, 200, bytes.subarray(200))
    expect(media).toMatchObject({ type: 'video/mp4', ending: 'mp4', width: 1920, seconds: 3, codec: 'avc1', bytes: bytes.length })
    expect(readFileSync(mediaFile(dataDir, media!)).includes(place)).toBe(false)
  })
  test('from the wrong place is told the right one', async () => {
    const named = await begin(100)
    await expect(send(named, 10, new Uint8Array(5))).rejects.toMatchObject({ code: 'upload_offset', extra: { offset: 0 } })
    await expect(send(named, 0, new Uint8Array(101))).rejects.toMatchObject({ code: 'body_too_large' })
    expect(await progressOf(house, named)).toMatchObject({ offset: 0 })
  })
  test('throws a part away that is not what its sum says, or of which the end is missing', async () => {
    const bytes = await picture()
    const named = await begin(bytes.length)
    await send(named, 0, bytes.subarray(0, 4_096))
    await expect(takePart(house, named, { offset: 4_096, body: flow(bytes.subarray(4_096, 6_000)), checksum: sumOf(bytes) })).rejects.toMatchObject({ code: 'upload_checksum', extra: { offset: 4_096 } })
    await expect(takePart(house, named, { offset: 4_096, body: flow(bytes.subarray(4_096, 6_000), new Error('aborted')), checksum: sumOf(bytes) })).rejects.toThrow('aborted')
    expect(await takePart(house, named, { offset: 4_096, body: flow(bytes.subarray(4_096)), checksum: sumOf(bytes.subarray(4_096)) })).toMatchObject({ offset: bytes.length, media: { width: 600 } })
  })
  test('sent again by somebody whose line was lost ends the hanging part first', async () => {
    const bytes = film()
    const named = await begin(bytes.length)
    const hanging = takePart(house, named, { offset: 0, body: new ReadableStream<Uint8Array>({ start: (control) => control.enqueue(bytes.slice(0, 100)) }), checksum: undefined }).catch((error: unknown) => error)
    while ((await progressOf(house, named)).offset < 100) await new Promise((done) => setTimeout(done, 10))
    expect((await send(named, 100, bytes.subarray(100))).media?.seconds).toBe(3)
    expect(await hanging).toMatchObject({ code: 'upload_offset', extra: { offset: 100 } })
  })
  test('whose last answer was lost is answered again', async () => {
    const bytes = film()
    const named = await begin(bytes.length)
    const first = await send(named, 0, bytes)
    expect(await send(named, bytes.length)).toEqual(first)
    await expect(send(named, 3, bytes)).rejects.toMatchObject({ code: 'upload_offset', extra: { offset: bytes.length } })
  })
})

describe('a server that is killed', () => {
  test('in the middle of a part loses nothing that had come', async () => {
    const path = join(dataDir, 'spool', 'killed')
    await beginSpool(path)
    const bytes = Uint8Array.from({ length: 40_000 }, (_, n) => (n * 31) % 251)
    const script = `import { append } from ${JSON.stringify(join(import.meta.dirname, 'spool.ts'))}
      const bytes = Uint8Array.from({ length: 40000 }, (_, n) => (n * 31) % 251)
      let at = 0
      const body = new ReadableStream({ async pull(c) { await new Promise((d) => setTimeout(d, 5)); c.enqueue(bytes.slice(at, at += 1000)) } }, { highWaterMark: 0 })
      await append(${JSON.stringify(path)}, { offset: 0, size: 40000, body, checksum: undefined, signal: new AbortController().signal })`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit', cwd: process.cwd() })
    const ended = new Promise((done) => child.on('exit', (_, signal) => done(signal)))
    while (statSync(path).size < 5_000) await new Promise((done) => setTimeout(done, 5))
    child.kill('SIGKILL')
    expect(await ended).toBe('SIGKILL')
    const have = statSync(path).size
    expect(have).toBeLessThan(40_000)
    expect(await append(path, { offset: have, size: 40_000, body: flow(bytes.subarray(have)), checksum: undefined, signal: new AbortController().signal })).toBe(40_000)
    expect(sumOf(readFileSync(path))).toBe(sumOf(bytes))
  })
  test('with the last byte in, or with the film moved to its place already, finishes when asked', async () => {
    for (const moved of [false, true]) {
      const bytes = film()
      const named = await begin(bytes.length)
      const spool = spoolFile(dataDir, named)
      await append(spool, { offset: 0, size: bytes.length, body: flow(bytes), checksum: undefined, signal: new AbortController().signal })
      const there = mediaFile(dataDir, { ...named, ending: 'mp4' })
      if (moved) { mkdirSync(dirname(there), { recursive: true }); linkSync(spool, there); rmSync(spool) }
      expect(await progressOf(house, named)).toEqual({ offset: bytes.length, size: bytes.length, media: null })
      expect((await send(named, bytes.length)).media).toMatchObject({ id: named.id, seconds: 3 })
      expect(existsSync(there)).toBe(true)
    }
  })
})

describe('what is not taken', () => {
  test('five gigabytes are refused before a byte is sent, with the limit named', async () => {
    await expect(begin(5_000_000_000)).rejects.toMatchObject({ code: 'body_too_large', params: { limit: '1 GB' } })
  })
  test('a workspace sets its own limit', async () => {
    const other = await bakery(database)
    const size = 1_500_000_000
    const ask = () => beginUpload(house, { workspaceId: other.workspaceId, memberId: other.eleni.id, name: 'x', size })
    await expect(ask()).rejects.toMatchObject({ code: 'body_too_large' })
    await database.write(other.workspaceId, (tx) => setMediaPolicy(tx, { maxPictureBytes: 1_000_000, maxVideoBytes: 2_000_000_000 }))
    expect((await ask()).size).toBe(size)
    const big = await beginUpload(house, { workspaceId: other.workspaceId, memberId: other.eleni.id, name: 'x', size: 3_000_000 })
    await expect(send({ workspaceId: other.workspaceId, id: big.id }, 0, Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(5_000)]))).rejects.toMatchObject({ code: 'body_too_large', params: { limit: '1 MB' } })
  })
  test.each([['a page called a film', `<!doctype html>${' '.repeat(6_000)}`, 'file_type_not_allowed'], ['a film cut short', film().slice(0, 300), 'file_broken'], ['a picture cut short', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'file_broken']])('%s is refused and thrown away', async (_, content, code) => {
    const bytes = Buffer.from(content as string)
    const named = await begin(bytes.length)
    await expect(send(named, 0, bytes)).rejects.toMatchObject({ code })
    await expect(progressOf(house, named)).rejects.toMatchObject({ code: 'not_found' })
    expect(existsSync(spoolFile(dataDir, named))).toBe(false)
  })
  test('nobody sees or moves another workspace’s upload', async () => {
    const [named, other] = [await begin(100), await bakery(database)]
    await expect(progressOf(house, { ...named, workspaceId: other.workspaceId })).rejects.toMatchObject({ code: 'not_found' })
    await expect(send({ ...named, workspaceId: other.workspaceId }, 0, new Uint8Array(1))).rejects.toMatchObject({ code: 'not_found' })
    await dropUpload(house, { ...named, workspaceId: other.workspaceId })
    expect(await progressOf(house, named)).toMatchObject({ offset: 0 })
    await dropUpload(house, named)
    await expect(progressOf(house, named)).rejects.toMatchObject({ code: 'not_found' })
  })
  test('more than a few at once by one person', async () => {
    const other = await bakery(database)
    const one = () => beginUpload(house, { workspaceId: other.workspaceId, memberId: other.nikos.id, name: 'x', size: 10 })
    for (let many = 0; many < openUploads; many++) await one()
    await expect(one()).rejects.toMatchObject({ code: 'too_many_uploads' })
  })
  test('what nobody goes on with is swept away after two days', async () => {
    const other = await bakery(database)
    const ask = (at: Date) => beginUpload(houseOf(database, { dataDir, now: () => at }), { workspaceId: other.workspaceId, memberId: other.maria.id, name: 'x', size: 10 })
    const old = await ask(NOON)
    const path = spoolFile(dataDir, old)
    utimesSync(path, NOON, NOON)
    const fresh = await ask(new Date(NOON.getTime() + 49 * 3_600_000))
    expect([existsSync(path), existsSync(spoolFile(dataDir, fresh))]).toEqual([false, true])
  })
})
