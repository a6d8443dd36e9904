import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '#kit/refusal.ts'

/** The largest file that is taken over HTTP; larger ones come in by `bin/stoa import`. */
export const largestUpload = 2 * 1024 ** 3

export interface Stored { readonly path: string; readonly sha256: string; readonly bytes: number }

/** Writes a file as it comes, without holding it; a broken upload leaves nothing behind. */
export async function storeUpload(body: ReadableStream<Uint8Array>, where: { readonly dir: string; readonly name: string }): Promise<Stored> {
  await mkdir(where.dir, { recursive: true, mode: 0o700 })
  const path = join(where.dir, where.name)
  const hash = createHash('sha256')
  let bytes = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > largestUpload) { done(new Refusal('body_too_large', { params: { limit: '2 GB' } })); return }
      hash.update(chunk)
      done(null, chunk)
    },
  })
  try {
    await pipeline(Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]), measure, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  return { path, sha256: hash.digest('hex'), bytes }
}

/** Knows a file that is already on disk. */
export async function measureFile(path: string): Promise<Stored> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk as Buffer)
  return { path, sha256: hash.digest('hex'), bytes: (await stat(path)).size }
}
