import { createHash } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { and, desc, eq, inArray } from 'drizzle-orm'
import sharp from 'sharp'
import type { Attachment } from '#kit/channel.ts'
import { newId } from '#kit/id.ts'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { longestSide, maxPictureBytes, maxPicturePixels, mediaPath } from './rules.ts'
import { media } from './tables.ts'

export type Media = typeof media.$inferSelect
const taken = 'JPEG, PNG, WebP, GIF, AVIF'
const known: readonly string[] = ['jpeg', 'png', 'webp', 'gif', 'avif', 'heif']
sharp.concurrency(1)
sharp.cache(false)

/** Decodes by the bytes, never by name or claimed type, and encodes anew: what was hidden in the file (place, camera, script) is gone. */
export async function cleanPicture(bytes: Uint8Array): Promise<{ data: Buffer; width: number; height: number }> {
  if (bytes.byteLength === 0) throw new Refusal('file_broken', { field: 'file' })
  if (bytes.byteLength > maxPictureBytes) throw new Refusal('body_too_large', { params: { limit: '20 MB' }, field: 'file' })
  const picture = sharp(bytes, { limitInputPixels: maxPicturePixels, pages: 1, failOn: 'error' })
  const facts = await picture.metadata().catch((cause: unknown) => { throw new Refusal('file_type_not_allowed', { params: { allowed: taken }, field: 'file', cause }) })
  if (!known.includes(facts.format)) throw new Refusal('file_type_not_allowed', { params: { allowed: taken }, field: 'file' })
  const { data, info } = await picture.rotate().resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 82 }).toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => { throw new Refusal('file_broken', { field: 'file', cause }) })
  return { data, width: info.width, height: info.height }
}

export const mediaFile = (dataDir: string, row: { readonly workspaceId: string; readonly id: string; readonly ending: string }): string =>
  join(dataDir, 'media', row.workspaceId, `${row.id}.${row.ending}`)

/** Cleans, writes the file whole (by rename) and then the row: a row never lacks its file. */
export async function addPicture(tx: Tx, dataDir: string, given: { readonly bytes: Uint8Array; readonly alt: string; readonly uploadedBy: string | null; readonly at: Date }): Promise<Media> {
  const { data, width, height } = await cleanPicture(given.bytes)
  const row = { id: newId(), workspaceId: tx.workspace, ending: 'webp' }
  const path = mediaFile(dataDir, row)
  await mkdir(join(dataDir, 'media', tx.workspace), { recursive: true })
  await writeFile(`${path}.part`, data)
  await rename(`${path}.part`, path)
  const [made] = await tx.insert(media).values({
    ...row, type: 'image/webp', width, height, bytes: data.byteLength, sha256: createHash('sha256').update(data).digest('hex'),
    alt: given.alt, uploadedBy: given.uploadedBy, uploadedAt: given.at,
  }).returning()
  return made!
}

export async function mediaById(db: Db, id: string): Promise<Media | undefined> {
  const [row] = await db.select().from(media).where(and(mine(db, media), eq(media.id, id))).limit(1)
  return row
}
export async function recentMedia(db: Db, limit: number): Promise<Media[]> {
  return await db.select().from(media).where(mine(db, media)).orderBy(desc(media.uploadedAt)).limit(limit)
}
export async function setAlt(tx: Tx, id: string, alt: string): Promise<Media | undefined> {
  const [row] = await tx.update(media).set({ alt }).where(and(mine(tx, media), eq(media.id, id))).returning()
  return row
}
/** The pictures of a post, in its order, with the words that go with them there. */
export async function attachments(db: Db, wanted: readonly { readonly mediaId: string; readonly alt: string }[]): Promise<Attachment[]> {
  if (wanted.length === 0) return []
  const rows = await db.select().from(media).where(and(mine(db, media), inArray(media.id, wanted.map((one) => one.mediaId))))
  return wanted.flatMap(({ mediaId, alt }) => {
    const row = rows.find((one) => one.id === mediaId)
    return row ? [{ id: row.id, url: mediaPath(row), type: row.type, alt: alt || row.alt, width: row.width, height: row.height }] : []
  })
}
