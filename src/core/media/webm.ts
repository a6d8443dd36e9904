import type { VideoFacts } from './mp4.ts'
import type { Patch, Source } from './source.ts'

interface Element { readonly id: number; readonly at: number; readonly from: number; readonly to: number; readonly endless: boolean }
const ids = { ebml: 0x1a45dfa3, segment: 0x18538067, info: 0x1549a966, scale: 0x2ad7b1, duration: 0x4489, tracks: 0x1654ae6b, track: 0xae, kind: 0x83, codec: 0x86, video: 0xe0, width: 0xb0, height: 0xba, cluster: 0x1f43b675, tags: 0x1254c367, attachments: 0x1941a469, title: 0x7ba9, date: 0x4461, clock: 0xe7, group: 0xa0, block: 0xa1, simpleBlock: 0xa3 } as const
const maxElements = 4_000_000
const maxHeader = 4 * 1024 * 1024

/** A number of one to eight bytes, as its first byte tells; `keep`: with the mark of its length, as ids are written. */
function variable(bytes: Uint8Array, at: number, keep: boolean): { readonly value: number; readonly length: number; readonly full: boolean } | undefined {
  const first = bytes[at]
  if (first === undefined || first === 0) return undefined
  const length = Math.clz32(first) - 23
  if (at + length > bytes.length) return undefined
  let value = keep ? first : first & (0xff >> length)
  let full = (first | (0xff00 >> length) & 0xff) === 0xff
  for (let each = 1; each < length; each++) { value = value * 256 + bytes[at + each]!; full &&= bytes[at + each] === 0xff }
  return { value, length, full }
}

async function elementAt(source: Source, at: number, end: number): Promise<Element | undefined> {
  const head = await source.read(at, 12)
  const id = variable(head, 0, true)
  const size = id && variable(head, id.length, false)
  if (!id || !size || id.length > 4) return undefined
  const from = at + id.length + size.length
  const to = size.full ? end : from + size.value
  return to > end || to < from ? undefined : { id: id.value, at, from, to, endless: size.full }
}

/** Reads a WebM film; undefined when it is broken, cut short or holds no picture. Never throws on bytes. */
export async function readWebm(source: Source): Promise<VideoFacts | undefined> {
  const header = await elementAt(source, 0, source.size)
  const segment = header && !header.endless ? await elementAt(source, header.to, source.size) : undefined
  if (header?.id !== ids.ebml || segment?.id !== ids.segment) return undefined
  const patches: Patch[] = []
  let [told, film] = [{ seconds: null as number | null, scale: 1_000_000 }, false]
  // Where a recording does not tell its length, the time of its last known picture does, nearly.
  let [clock, last] = [0, 0]
  let picture: Omit<VideoFacts, 'patches' | 'seconds'> | undefined
  for (let at = segment.from, count = 0; at < segment.to; count++) {
    const element = await elementAt(source, at, segment.to)
    if (!element || count >= maxElements) return undefined
    if (element.id === ids.info) { const { patches: titles, ...info } = await readInfo(source, element); told = info; patches.push(...titles) }
    if (element.id === ids.tracks) picture = await readTracks(source, element)
    if (element.id === ids.tags || element.id === ids.attachments) patches.push(...voided(element))
    if (element.id === ids.cluster) film = true
    if (element.id === ids.clock && element.to - element.from <= 8) clock = whole(await source.read(element.from, element.to - element.from))
    if ((element.id === ids.block || element.id === ids.simpleBlock) && element.to - element.from > 3) last = Math.max(last, clock + new DataView(new Uint8Array(await source.read(element.from + 1, 2)).buffer).getInt16(0))
    last = Math.max(last, clock)
    // A recording made live does not know how long its clusters are: their parts then follow as if they stood by themselves.
    at = element.endless || (told.seconds === null && (element.id === ids.cluster || element.id === ids.group)) ? element.from : element.to
  }
  return picture && film ? { ...picture, seconds: told.seconds ?? lengthFrom(last * told.scale), patches } : undefined
}

const lengthFrom = (nanoseconds: number): number | null => { const seconds = nanoseconds / 1e9; return Number.isFinite(seconds) && seconds > 0 && seconds < 1e7 ? Math.round(seconds * 1000) / 1000 : null }

async function childrenOf(source: Source, parent: Element): Promise<{ element: Element; bytes: Uint8Array }[]> {
  if (parent.to - parent.from > maxHeader) return []
  const found: { element: Element; bytes: Uint8Array }[] = []
  for (let at = parent.from; at < parent.to && found.length < 10_000;) {
    const element = await elementAt(source, at, parent.to)
    if (!element) return found
    found.push({ element, bytes: new Uint8Array(await source.read(element.from, Math.min(element.to - element.from, 64))) })
    at = element.to
  }
  return found
}
const whole = (bytes: Uint8Array): number => bytes.subarray(0, 8).reduce((sum, byte) => sum * 256 + byte, 0)
function real(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return bytes.length >= 8 ? view.getFloat64(0) : bytes.length >= 4 ? view.getFloat32(0) : 0
}

async function readInfo(source: Source, info: Element): Promise<{ seconds: number | null; scale: number; patches: Patch[] }> {
  const children = await childrenOf(source, info)
  const bytesOf = (id: number): Uint8Array | undefined => children.find(({ element }) => element.id === id)?.bytes
  const scale = bytesOf(ids.scale)
  const nanoseconds = scale ? whole(scale) : 1_000_000
  const seconds = lengthFrom(real(bytesOf(ids.duration) ?? new Uint8Array()) * nanoseconds)
  const told = children.filter(({ element }) => element.id === ids.title || element.id === ids.date)
  return { seconds, scale: nanoseconds, patches: told.map(({ element }) => ({ at: element.from, zeros: element.to - element.from })) }
}

async function readTracks(source: Source, tracks: Element): Promise<Omit<VideoFacts, 'patches' | 'seconds'> | undefined> {
  for (const { element } of await childrenOf(source, tracks)) {
    const parts = element.id === ids.track ? await childrenOf(source, element) : []
    const video = parts.find((part) => part.element.id === ids.video)
    const codec = parts.find((part) => part.element.id === ids.codec)
    if (!video || !parts.some((part) => part.element.id === ids.kind && part.bytes[0] === 1)) continue
    const sizes = await childrenOf(source, video.element)
    const size = (id: number): number => whole(sizes.find((part) => part.element.id === id)?.bytes ?? new Uint8Array())
    if (size(ids.width) > 0 && size(ids.height) > 0) return { width: size(ids.width), height: size(ids.height), codec: String.fromCharCode(...(codec?.bytes ?? [])).replace(/[^\x20-\x7e]/g, '') }
  }
  return undefined
}

/** An element made into an empty one of the same length, which players pass over. */
function voided({ at, to }: Element): Patch[] {
  const length = to - at
  if (length < 9) return [{ at, bytes: new Uint8Array([0xec, 0x80 | (length - 2)]) }, { at: at + 2, zeros: length - 2 }]
  const size = new Uint8Array(9)
  new DataView(size.buffer).setBigUint64(1, BigInt(length - 9))
  size.set([0xec, 0x01 | size[1]!])
  return [{ at, bytes: size }, { at: at + 9, zeros: length - 9 }]
}
