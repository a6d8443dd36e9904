import { createHash } from 'node:crypto'
import type { Json } from '#kit/json.ts'

const letters = 'abcdefghijklmnopqrstuvwxyz234567'
const utf8 = new TextEncoder()

/** The CID a repository gives a record: of its DAG-CBOR, by SHA-256. Links (`$link`) and bytes (`$bytes`) stand in JSON as AT Protocol writes them. */
export function cidOf(record: Json): string {
  const digest = createHash('sha256').update(encoded(record)).digest()
  return `b${base32(Buffer.concat([Buffer.from([1, 0x71, 0x12, 0x20]), digest]))}`
}

/** Deterministic CBOR: the shortest numbers, keys by length and then by bytes, no fractions. */
export function encoded(value: Json): Buffer {
  if (value === null) return Buffer.from([0xf6])
  if (typeof value === 'boolean') return Buffer.from([value ? 0xf5 : 0xf4])
  if (typeof value === 'number') return whole(value)
  if (typeof value === 'string') return withHead(3, utf8.encode(value))
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(encoded)])
  const { $link, $bytes, ...rest } = value as Readonly<Record<string, Json>>
  if (typeof $link === 'string' && Object.keys(rest).length === 0) return Buffer.concat([head(6, 42), withHead(2, Buffer.concat([Buffer.from([0]), unbase32($link.slice(1))]))])
  if (typeof $bytes === 'string' && Object.keys(rest).length === 0) return withHead(2, Buffer.from($bytes, 'base64'))
  return map(value as Readonly<Record<string, Json>>)
}

function map(value: Readonly<Record<string, Json>>): Buffer {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined).map(([key, each]) => ({ key: Buffer.from(utf8.encode(key)), each }))
  entries.sort((a, b) => a.key.length - b.key.length || Buffer.compare(a.key, b.key))
  return Buffer.concat([head(5, entries.length), ...entries.flatMap(({ key, each }) => [withHead(3, key), encoded(each)])])
}

function whole(value: number): Buffer {
  if (!Number.isSafeInteger(value)) throw new TypeError('A record holds whole numbers only.')
  return value < 0 ? head(1, -1 - value) : head(0, value)
}

const withHead = (kind: number, bytes: Uint8Array): Buffer => Buffer.concat([head(kind, bytes.length), bytes])
function head(kind: number, count: number): Buffer {
  const first = kind << 5
  if (count < 24) return Buffer.from([first | count])
  if (count < 0x100) return Buffer.from([first | 24, count])
  const bytes = Buffer.alloc(count < 0x1_0000 ? 3 : count < 0x1_0000_0000 ? 5 : 9)
  bytes[0] = first | (bytes.length === 3 ? 25 : bytes.length === 5 ? 26 : 27)
  if (bytes.length === 9) bytes.writeBigUInt64BE(BigInt(count), 1)
  else bytes.writeUIntBE(count, 1, bytes.length - 1)
  return bytes
}

function base32(bytes: Buffer): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  return Array.from({ length: Math.ceil(bits.length / 5) }, (_, place) => letters[Number.parseInt(bits.slice(place * 5, place * 5 + 5).padEnd(5, '0'), 2)]!).join('')
}
function unbase32(text: string): Buffer {
  const bits = Array.from(text, (letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from(Array.from({ length: Math.floor(bits.length / 8) }, (_, place) => Number.parseInt(bits.slice(place * 8, place * 8 + 8), 2)))
}
