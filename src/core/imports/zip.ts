import { open, type FileHandle } from 'node:fs/promises'
import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { Refusal } from '#kit/refusal.ts'

const inflate = promisify(inflateRaw)
/** One file within a ZIP. `bytes` refuses what is larger than `most` when it is unpacked, whatever the archive says of it. */
export interface Entry { readonly name: string; bytes(most: number): Promise<Buffer | 'too-big' | 'broken'> }

const [endMark, end64Mark, entryMark, localMark] = [0x06054b50, 0x07064b50, 0x02014b50, 0x04034b50]
const broken = (): never => { throw new Refusal('file_broken') }

async function at(file: FileHandle, place: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, place)
  return buffer.subarray(0, bytesRead)
}

interface Directory { readonly start: number; readonly length: number; readonly count: number }
/** The list of a ZIP stands at its end, behind at most 64 KB of remark. */
async function directoryOf(file: FileHandle): Promise<Directory> {
  const { size } = await file.stat()
  const from = Math.max(0, size - 65_557)
  const tail = await at(file, from, size - from)
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (end < 0 || tail.length < end + 22 || tail.readUInt32LE(end) !== endMark) return broken()
  const found = { count: tail.readUInt16LE(end + 10), length: tail.readUInt32LE(end + 12), start: tail.readUInt32LE(end + 16) }
  if (found.start !== 0xffffffff && found.count !== 0xffff) return found
  if (end < 20 || tail.readUInt32LE(end - 20) !== end64Mark) return broken()
  const wide = await at(file, Number(tail.readBigUInt64LE(end - 12)), 56)
  if (wide.length < 56) return broken()
  return { count: Number(wide.readBigUInt64LE(32)), length: Number(wide.readBigUInt64LE(40)), start: Number(wide.readBigUInt64LE(48)) }
}

interface Listed { readonly name: string; readonly packed: number; readonly method: number; readonly place: number; readonly secret: boolean; readonly next: number }
function listedAt(list: Buffer, place: number): Listed {
  if (place + 46 > list.length || list.readUInt32LE(place) !== entryMark) return broken()
  const [name, extra, remark] = [list.readUInt16LE(place + 28), list.readUInt16LE(place + 30), list.readUInt16LE(place + 32)]
  const next = place + 46 + name + extra + remark
  if (next > list.length) return broken()
  return { name: list.toString('utf8', place + 46, place + 46 + name), method: list.readUInt16LE(place + 10), secret: (list.readUInt16LE(place + 8) & 1) === 1, packed: list.readUInt32LE(place + 20), place: list.readUInt32LE(place + 42), next }
}

async function unpack(file: FileHandle, { place, packed, method, secret }: Listed, most: number): Promise<Buffer | 'too-big' | 'broken'> {
  if (secret || (method !== 0 && method !== 8)) return 'broken'
  if (packed > most) return 'too-big'
  const local = await at(file, place, 30)
  if (local.length < 30 || local.readUInt32LE(0) !== localMark) return 'broken'
  const bytes = await at(file, place + 30 + local.readUInt16LE(26) + local.readUInt16LE(28), packed)
  if (bytes.length < packed) return 'broken'
  if (method === 0) return bytes
  return await inflate(bytes, { maxOutputLength: most }).then((whole) => whole, (error: NodeJS.ErrnoException) => (error.code === 'ERR_BUFFER_TOO_LARGE' ? 'too-big' : 'broken'))
}

/** The files of a ZIP in the order of their names, one at a time: no more than one of them is ever held. */
export async function* entriesOf(path: string): AsyncGenerator<Entry> {
  const file = await open(path, 'r')
  try {
    const { start, length, count } = await directoryOf(file)
    // A list of 256 MB names two million files.
    if (length > 256 * 1024 * 1024) return broken()
    const list = await at(file, start, length)
    const all: Listed[] = []
    for (let place = 0; all.length < count;) { const one = listedAt(list, place); all.push(one); place = one.next }
    for (const one of all.filter(({ name }) => !name.endsWith('/')).sort((a, b) => (a.name < b.name ? -1 : 1))) yield { name: one.name, bytes: (most) => unpack(file, one, most) }
  } finally { await file.close() }
}
