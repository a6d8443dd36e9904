import type { Patch, Source } from './source.ts'
import { sampleRanges } from './mp4-samples.ts'

/** What a video tells of itself, and what to write over so that it tells no more than that. */
export interface VideoFacts { readonly width: number; readonly height: number; readonly codec: string; readonly seconds: number | null; readonly patches: readonly Patch[] }

export interface Box { readonly type: string; readonly at: number; readonly from: number; readonly to: number }
const maxBoxes = 20_000
const maxMoov = 64 * 1024 * 1024
// Place, camera, titles and what else people's devices write beside the film.
const labels = new Set(['udta', 'meta', 'uuid', 'free', 'skip', 'gps '])
const talking = new Set(['meta', 'camm', 'gpmd', 'mdta'])

const typeAt = (view: DataView, at: number): string => String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3))

function boxAt(view: DataView, { at, end, base }: { readonly at: number; readonly end: number; readonly base: number }): Box | undefined {
  if (at + 8 > end) return undefined
  const small = view.getUint32(at - base)
  const wide = small === 1
  if (wide && at + 16 > end) return undefined
  const size = wide ? Number(view.getBigUint64(at - base + 8)) : small === 0 ? end - at : small
  const head = wide ? 16 : 8
  return size < head || at + size > end ? undefined : { type: typeAt(view, at - base + 4), at, from: at + head, to: at + size }
}

/** The boxes of a stretch in memory; undefined when they do not add up. */
function boxesIn(view: DataView, from: number, to: number): Box[] | undefined {
  const found: Box[] = []
  for (let at = from; at + 8 <= to;) {
    const box = boxAt(view, { at, end: to, base: 0 })
    if (!box || found.length >= maxBoxes) return undefined
    found.push(box)
    at = box.to
  }
  return found
}

const freed = (box: Box, base: number): Patch[] => [{ at: base + box.at + 4, bytes: new Uint8Array([0x66, 0x72, 0x65, 0x65]) }, { at: base + box.from, zeros: box.to - box.from }]

/** Reads an MP4 or QuickTime film; undefined when it is broken, cut short or holds no picture. Never throws on bytes. */
export async function readMp4(source: Source): Promise<VideoFacts | undefined> {
  const patches: Patch[] = []
  let [moov, moof] = [undefined as Box | undefined, undefined as Box | undefined]
  let film = false
  for (let at = 0, boxes = 0; at < source.size; boxes++) {
    const head = await source.read(at, 16)
    if (head.length < 8 || boxes >= maxBoxes) return undefined
    const box = boxAt(new DataView(head.buffer, head.byteOffset, head.byteLength), { at, end: source.size, base: at })
    if (!box) return undefined
    if (box.type === 'moov') moov ??= box
    if (box.type === 'moof') moof = box
    if (box.type === 'mdat') film = true
    if (labels.has(box.type)) patches.push(...freed(box, 0))
    at = box.to
  }
  if (!moov || !film || moov.to - moov.from > maxMoov) return undefined
  const bytes = await source.read(moov.from, moov.to - moov.from)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const movie = readMovie(view, source.size)
  // A film written in fragments may not tell its length: the time at which its last one begins does, nearly.
  const seconds = movie?.facts.seconds ?? (movie && moof && moof.to - moof.from < maxMoov ? fragmentTime(await source.read(moof.from, moof.to - moof.from), movie.picture) : null)
  return movie && { ...movie.facts, seconds, patches: [...patches, ...movie.labels.flatMap((box) => freed(box, moov.from)), ...movie.samples] }
}

interface Movie { readonly picture: Track; readonly facts: Omit<VideoFacts, 'patches'>; readonly labels: Box[]; readonly samples: Patch[] }
function readMovie(view: DataView, fileSize: number): Movie | undefined {
  const boxes = boxesIn(view, 0, view.byteLength)
  if (!boxes) return undefined
  const drop: Box[] = boxes.filter((box) => labels.has(box.type))
  const samples: Patch[] = []
  let picture: Track | undefined
  for (const trak of boxes.filter((box) => box.type === 'trak')) {
    const track = readTrack(view, trak)
    if (!track) return undefined
    drop.push(...track.labels)
    if (track.handler === 'vide' && track.width > 0 && track.height > 0) picture ??= track
    // A track that speaks in data (where the camera was, second by second) goes with all it says.
    if (talking.has(track.handler)) { drop.push(trak); samples.push(...sampleRanges(view, track.table, fileSize)) }
  }
  if (!picture) return undefined
  return { picture, facts: { width: picture.width, height: picture.height, codec: picture.codec, seconds: lengthOf(view, boxes) }, labels: drop, samples }
}

/** A header that comes with 32-bit times, or with 64-bit ones: scale and length. */
function scaled(view: DataView, box: Box): number | undefined {
  const wide = box.to > box.from && view.getUint8(box.from) === 1
  if (box.from + (wide ? 32 : 20) > box.to) return undefined
  const scale = view.getUint32(box.from + (wide ? 20 : 12))
  const length = wide ? Number(view.getBigUint64(box.from + 24)) : view.getUint32(box.from + 16)
  return scale > 0 && length > 0 && length !== 0xffff_ffff ? length / scale : undefined
}
function lengthOf(view: DataView, boxes: readonly Box[]): number | null {
  const header = boxes.find((box) => box.type === 'mvhd')
  const seconds = header && scaled(view, header)
  return seconds !== undefined && seconds < 1e7 ? Math.round(seconds * 1000) / 1000 : null
}

interface Track { readonly id: number; readonly scale: number; readonly handler: string; readonly width: number; readonly height: number; readonly codec: string; readonly labels: Box[]; readonly table: readonly Box[] }
function readTrack(view: DataView, trak: Box): Track | undefined {
  const children = boxesIn(view, trak.from, trak.to)
  const inside = (of: readonly Box[], type: string): Box[] | undefined => { const box = of.find((one) => one.type === type); return box ? boxesIn(view, box.from, box.to) : [] }
  if (!children) return undefined
  const media = inside(children, 'mdia')
  const information = media && inside(media, 'minf')
  const table = information && inside(information, 'stbl')
  if (!media || !table) return undefined
  const handler = media.find((box) => box.type === 'hdlr')
  const described = table.find((box) => box.type === 'stsd')
  const [header, clock] = [children.find((box) => box.type === 'tkhd'), media.find((box) => box.type === 'mdhd')]
  return {
    id: wideOr(view, header, [12, 20]), scale: wideOr(view, clock, [12, 20]),
    handler: handler && handler.from + 12 <= handler.to ? typeAt(view, handler.from + 8) : '',
    codec: described && described.from + 16 <= described.to ? typeAt(view, described.from + 12).replace(/[^\x20-\x7e]/g, '').trim() : '',
    ...shown(view, header), labels: [...children, ...media].filter((box) => labels.has(box.type)), table,
  }
}

/** Width and height as they are shown: a film held upright is often stored lying, with a quarter turn. */
function shown(view: DataView, header: Box | undefined): { width: number; height: number } {
  if (!header || header.from + (view.getUint8(header.from) === 1 ? 96 : 84) > header.to) return { width: 0, height: 0 }
  const matrix = header.from + (view.getUint8(header.from) === 1 ? 52 : 40)
  const [width, height] = [view.getUint32(matrix + 36) >>> 16, view.getUint32(matrix + 40) >>> 16]
  const turned = view.getInt32(matrix) === 0 && view.getInt32(matrix + 4) !== 0
  return turned ? { width: height, height: width } : { width, height }
}

/** A 32-bit number of a header, whose place depends on how wide its times are; 0 when it is not there. */
function wideOr(view: DataView, header: Box | undefined, [narrow, wide]: readonly [number, number]): number {
  if (!header || header.from + 4 > header.to) return 0
  const at = header.from + (view.getUint8(header.from) === 1 ? wide : narrow)
  return at + 4 <= header.to ? view.getUint32(at) : 0
}

function fragmentTime(bytes: Uint8Array, { id, scale }: Track): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (const traf of boxesIn(view, 0, view.byteLength)?.filter((box) => box.type === 'traf') ?? []) {
    const inside = boxesIn(view, traf.from, traf.to)
    const [whose, when] = [inside?.find((box) => box.type === 'tfhd'), inside?.find((box) => box.type === 'tfdt')]
    if (!when || wideOr(view, whose, [4, 4]) !== id || scale === 0) continue
    const long = when.to > when.from && view.getUint8(when.from) === 1 && when.from + 12 <= when.to
    const seconds = (long ? Number(view.getBigUint64(when.from + 4)) : wideOr(view, when, [4, 4])) / scale
    return seconds > 0 && seconds < 1e7 ? Math.round(seconds * 1000) / 1000 : null
  }
  return null
}
