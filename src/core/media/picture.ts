import { open } from 'node:fs/promises'
import sharp from 'sharp'
import { Refusal } from '#kit/refusal.ts'
import { animation, longestSide, maxPicturePixels } from './rules.ts'
import { headBytes, kindOf } from './sniff.ts'

const taken = 'JPEG, PNG, WebP, GIF, AVIF'
sharp.concurrency(1)
sharp.cache(false)

export interface CleanPicture { readonly data: Buffer; readonly width: number; readonly height: number; readonly animated: boolean }
const broken = (cause: unknown): never => { throw new Refusal('file_broken', { field: 'file', cause }) }

async function headOf(input: Uint8Array | string): Promise<Uint8Array> {
  if (typeof input !== 'string') return input.subarray(0, headBytes)
  const file = await open(input, 'r')
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(headBytes), 0, headBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally { await file.close() }
}

/** What a header says, before a pixel is decoded: so that a small file cannot unfold into a huge one. */
async function measured(input: Uint8Array | string): Promise<{ frames: number }> {
  const facts = await sharp(input, { limitInputPixels: false, failOn: 'error' }).metadata().catch(broken)
  const frames = ['gif', 'webp'].includes(facts.format) ? facts.pages ?? 1 : 1
  if (facts.width * facts.height > maxPicturePixels) throw new Refusal('picture_too_large', { params: { width: facts.width, height: facts.height, limit: maxPicturePixels / 1e6 }, field: 'file' })
  if (frames > 1) {
    const most = Math.min(animation.maxFrames, Math.floor(animation.maxPixels / (facts.width * facts.height)))
    if (frames > most) throw new Refusal('animation_too_long', { params: { frames, limit: most }, field: 'file' })
  }
  return { frames }
}

/** Decodes by the bytes, never by name or claimed type, and encodes anew: what was hidden in the file (place, camera, script) is gone. */
export async function cleanPicture(input: Uint8Array | string): Promise<CleanPicture> {
  const head = await headOf(input)
  if (head.length === 0) throw new Refusal('file_broken', { field: 'file' })
  const kind = kindOf(head)
  if (!kind || ['mp4', 'mov', 'webm'].includes(kind)) throw new Refusal('file_type_not_allowed', { params: { allowed: taken }, field: 'file' })
  const animated = (await measured(input)).frames > 1
  const side = animated ? animation.longestSide : longestSide
  const picture = sharp(input, { limitInputPixels: animated ? animation.maxPixels : maxPicturePixels, animated, failOn: 'error' })
  const { data, info } = await (animated ? picture : picture.rotate()).resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 82 }).toBuffer({ resolveWithObject: true }).catch(broken)
  return { data, width: info.width, height: info.pageHeight ?? info.height, animated }
}
