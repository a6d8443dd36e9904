import { crc32, deflateRawSync } from 'node:zlib'

export interface Entry { readonly name: string; readonly data: Uint8Array; readonly at: Date }

// The clock of the format: two-second steps from 1980 on.
function dosTime(at: Date): { readonly date: number; readonly time: number } {
  const year = Math.min(Math.max(at.getUTCFullYear(), 1980), 2107)
  return { date: ((year - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(), time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1) }
}

interface Packed { readonly name: Buffer; readonly data: Buffer; readonly size: number; readonly crc: number; readonly method: 0 | 8; readonly at: Date }
function pack({ name, data, at }: Entry): Packed {
  const small = deflateRawSync(data)
  const method = small.length < data.length ? 8 : 0
  return { name: Buffer.from(name, 'utf8'), data: method === 8 ? small : Buffer.from(data), size: data.length, crc: crc32(data), method, at }
}

/** What both headers of a file say of it. Names are UTF-8 (bit 11). */
function facts({ name, data, size, crc, method, at }: Packed): Buffer {
  const { date, time } = dosTime(at)
  const head = Buffer.alloc(26)
  head.writeUInt16LE(20, 0); head.writeUInt16LE(0x0800, 2); head.writeUInt16LE(method, 4); head.writeUInt16LE(time, 6); head.writeUInt16LE(date, 8)
  head.writeUInt32LE(crc, 10); head.writeUInt32LE(data.length, 14); head.writeUInt32LE(size, 18); head.writeUInt16LE(name.length, 22)
  return head
}

/** A zip archive (APPNOTE 6.3) that any system opens. */
export function zip(entries: readonly Entry[]): Buffer {
  const [parts, directory]: [Buffer[], Buffer[]] = [[], []]
  let place = 0
  for (const entry of entries.map(pack)) {
    const common = facts(entry)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, entry.name, entry.data])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(place, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, entry.name]))
    parts.push(local)
    place += local.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8); end.writeUInt16LE(entries.length, 10); end.writeUInt32LE(listed.length, 12); end.writeUInt32LE(place, 16)
  return Buffer.concat([...parts, listed, end])
}
