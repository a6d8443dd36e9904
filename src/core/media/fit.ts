import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { Refusal } from '#kit/refusal.ts'
import type { MediaLimits } from '#text/networks/facts.ts'
import type { House } from '../house.ts'
import { cropOf, isVideo, mediaTroubles, sayBytes } from './rules.ts'
import { focusOf, mediaById, mediaFile, type Media } from './store.ts'

/** A file as one network takes it. */
export interface Fitted { readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string; readonly width: number; readonly height: number; readonly seconds?: number }
type Made = Omit<Fitted, 'bytes'>

// What is made is made again when this changes.
const recipe = 1
const qualities = [86, 76, 66, 56, 46]
const smallest = 160

/** Reads a file of ours as a network takes it: pictures are made to fit, videos are taken as they are or refused. */
export async function readFitted(house: Pick<House, 'database' | 'dataDir'>, { workspaceId, id }: { readonly workspaceId: string; readonly id: string }, limits: MediaLimits): Promise<Fitted> {
  const row = await house.database.read(workspaceId, (db) => mediaById(db, id))
  if (!row) throw new Refusal('not_found')
  return await fitFor(house.dataDir, row, limits)
}

/** The same for a row at hand. The same picture, point and limits give the same bytes; they are kept on disk. */
export async function fitFor(dataDir: string, row: Media, limits: MediaLimits): Promise<Fitted> {
  const path = mediaFile(dataDir, row)
  if (isVideo(row.type)) return await film(path, row, limits)
  const kept = join(dataDir, 'fitted', row.workspaceId, keyOf(row, limits))
  const known = await remembered(kept)
  if (known) return known
  const bytes = new Uint8Array(await readFile(path))
  const made = await pictureFor(bytes, row, limits)
  await mkdir(join(kept, '..'), { recursive: true })
  const { bytes: data, ...told } = made
  // The bytes first, then what is told of them: who finds the second may trust the first.
  for (const [name, content] of [[kept, data], [`${kept}.json`, JSON.stringify(told)]] as const) {
    await writeFile(`${name}.${process.pid}.part`, content)
    await rename(`${name}.${process.pid}.part`, name)
  }
  return made
}

function keyOf(row: Media, { types, maxBytes, longestSide, aspect }: MediaLimits): string {
  const wanted = { recipe, of: row.sha256, focus: focusOf(row), types: types.toSorted(), maxBytes, longestSide: longestSide ?? null, aspect: aspect ? [aspect.min, aspect.max] : null }
  return `${row.id}-${createHash('sha256').update(JSON.stringify(wanted)).digest('hex').slice(0, 24)}`
}
async function remembered(path: string): Promise<Fitted | undefined> {
  try {
    const told = JSON.parse(await readFile(`${path}.json`, 'utf8')) as Made
    return { ...told, bytes: new Uint8Array(await readFile(path)) }
  } catch { return undefined }
}

async function film(path: string, row: Media, limits: MediaLimits): Promise<Fitted> {
  const [trouble] = mediaTroubles([{ id: row.id, type: row.type, alt: '-', bytes: row.bytes, ...(row.seconds === null ? {} : { seconds: row.seconds }) }], limits)
  if (trouble) throw new Refusal('media_does_not_fit', { params: { reason: trouble.says } })
  return { bytes: new Uint8Array(await readFile(path)), type: row.type, width: row.width, height: row.height, ...(row.seconds === null ? {} : { seconds: row.seconds }) }
}

async function pictureFor(bytes: Uint8Array<ArrayBuffer>, row: Media, limits: MediaLimits): Promise<Fitted> {
  const frame = cropOf({ width: row.width, height: row.height, focus: focusOf(row) }, limits.aspect)
  const whole = frame.width === row.width && frame.height === row.height
  const small = Math.max(row.width, row.height) <= (limits.longestSide ?? Infinity) && bytes.byteLength <= limits.maxBytes
  if (whole && small && takes(limits, row.type)) return { bytes, type: row.type, width: row.width, height: row.height }
  if (row.animated) {
    const moving = await animationFor(bytes, row, limits)
    if (moving) return moving
  }
  const opaque = (await sharp(bytes).stats()).isOpaque
  const still = (): Sharp => sharp(bytes, { pages: 1 }).extract(frame)
  const type = kindFor(limits, opaque)
  const first = Math.min(limits.longestSide ?? Infinity, Math.max(frame.width, frame.height))
  for (let side = first; side >= Math.min(smallest, first); side = Math.floor(side * 0.8)) {
    for (const quality of qualities) {
      const fitted = await encoded(still().resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true }), type, quality)
      if (fitted.bytes.byteLength <= limits.maxBytes) return fitted
      if (type === 'image/png') break
    }
  }
  throw new Refusal('media_does_not_fit', { params: { reason: { en: `It cannot be made smaller than ${sayBytes(limits.maxBytes)}.`, el: `Δεν γίνεται μικρότερο από ${sayBytes(limits.maxBytes)}.` } } })
}

const takes = ({ types }: MediaLimits, type: string): boolean => types.includes(type) || types.includes('image/*')
/** What it is encoded as: JPEG where there is nothing to see through, since every network takes it; else what keeps the glass clear. */
function kindFor(limits: MediaLimits, opaque: boolean): string {
  const wanted = opaque ? ['image/jpeg', 'image/webp', 'image/png'] : ['image/webp', 'image/png', 'image/jpeg']
  const type = wanted.find((one) => takes(limits, one))
  if (!type) throw new Refusal('media_does_not_fit', { params: { reason: { en: 'It takes no pictures of a kind we can make.', el: 'Δεν δέχεται εικόνες σε είδος που μπορούμε να φτιάξουμε.' } } })
  return type
}
async function encoded(picture: Sharp, type: string, quality: number): Promise<Fitted> {
  const way = type === 'image/jpeg' ? picture.flatten({ background: '#ffffff' }).jpeg({ quality, mozjpeg: true }) : type === 'image/png' ? picture.png({ compressionLevel: 9 }) : picture.webp({ quality })
  const { data, info } = await way.toBuffer({ resolveWithObject: true })
  return { bytes: new Uint8Array(data), type, width: info.width, height: info.height }
}

/** An animation stays one where the network takes WebP or GIF and it can be made small enough; otherwise its first frame stands for it. */
async function animationFor(bytes: Uint8Array, row: Media, limits: MediaLimits): Promise<Fitted | undefined> {
  const type = ['image/webp', 'image/gif'].find((one) => takes(limits, one))
  if (!type || limits.aspect) return undefined
  const first = Math.min(limits.longestSide ?? Infinity, Math.max(row.width, row.height))
  for (let side = first; side >= Math.min(smallest, first); side = Math.floor(side * 0.7)) {
    const moving = sharp(bytes, { animated: true }).resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    const { data, info } = await (type === 'image/gif' ? moving.gif() : moving.webp({ quality: 70 })).toBuffer({ resolveWithObject: true })
    if (data.byteLength <= limits.maxBytes) return { bytes: new Uint8Array(data), type, width: info.width, height: info.pageHeight ?? info.height }
  }
  return undefined
}

