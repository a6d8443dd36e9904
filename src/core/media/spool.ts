import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rm, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { Refusal } from '#kit/refusal.ts'
import { sayBytes } from './rules.ts'

const spoolFolder = (dataDir: string, workspaceId: string): string => join(dataDir, 'spool', workspaceId)
/** Where a file lies until all of it has come. */
export const spoolFile = (dataDir: string, row: { readonly workspaceId: string; readonly id: string }): string => join(spoolFolder(dataDir, row.workspaceId), row.id)
/** How much of it has come; undefined when nothing lies there. */
export const lengthOf = (path: string): Promise<number | undefined> => stat(path).then((found) => found.size, () => undefined)

export async function beginSpool(path: string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
  await (await open(path, 'w', 0o600)).close()
}

// One part at a time for each file. Who comes later has lost the line to the earlier one: that one ends, and this one goes on from there.
const busy = new Map<string, { stop(): void; readonly ended: Promise<void> }>()
export async function alone<T>(id: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  for (let before = busy.get(id); before; before = busy.get(id)) { before.stop(); await before.ended }
  const control = new AbortController()
  const done = Promise.withResolvers<void>()
  busy.set(id, { stop: () => control.abort(), ended: done.promise })
  try { return await work(control.signal) } finally { busy.delete(id); done.resolve() }
}

export interface Part { readonly offset: number; readonly size: number; readonly body: ReadableStream<Uint8Array> | null; readonly checksum: string | undefined; readonly signal: AbortSignal
  /** How much its sender says is coming. */
  readonly declared?: number | undefined
}

const offsetAfter = ({ offset, declared = 0 }: Part): number => offset + declared
const tooMuch = (size: number): Refusal => new Refusal('body_too_large', { params: { limit: sayBytes(size) }, field: 'file' })
const elsewhere = (offset: number): Refusal => new Refusal('upload_offset', { params: { offset }, extra: { offset }, field: 'upload-offset' })

/** Writes a part behind what is there, as it comes. What has come stays when the line breaks; a part that is not what its sum says goes. */
export async function append(path: string, part: Part): Promise<number> {
  const have = await lengthOf(path)
  if (have === undefined) throw new Refusal('not_found')
  if (part.offset !== have) throw elsewhere(have)
  if (offsetAfter(part) > part.size) throw tooMuch(part.size)
  if (!part.body) return have
  const file = await open(path, 'r+')
  try {
    return await writePart(file, part)
  } finally { await file.close() }
}

async function writePart(file: FileHandle, { offset, size, body, checksum, signal }: Part): Promise<number> {
  const hash = checksum === undefined ? undefined : createHash('sha256')
  let at = offset
  try {
    for await (const chunk of Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0], { signal }) as AsyncIterable<Buffer>) {
      if (at + chunk.length > size) throw tooMuch(size)
      await file.write(chunk, 0, chunk.length, at)
      hash?.update(chunk)
      at += chunk.length
    }
  } catch (error) {
    if (hash || error instanceof Refusal) await file.truncate(offset)
    await file.sync()
    throw signal.aborted ? elsewhere(hash ? offset : at) : error
  }
  if (hash && hash.digest('base64') !== checksum) {
    await file.truncate(offset)
    throw new Refusal('upload_checksum', { params: { offset }, extra: { offset }, field: 'upload-checksum' })
  }
  await file.sync()
  return at
}

/** Takes away what nobody is sending any more. */
export async function sweepSpool(dataDir: string, workspaceId: string, given: { readonly keep: ReadonlySet<string>; readonly before: Date }): Promise<void> {
  const folder = spoolFolder(dataDir, workspaceId)
  for (const name of await readdir(folder).catch(() => [])) {
    const found = given.keep.has(name) ? undefined : await stat(join(folder, name)).catch(() => undefined)
    if (found && found.mtime < given.before) await rm(join(folder, name), { force: true })
  }
}
