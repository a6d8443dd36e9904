import { createHash } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
import type { Attachment } from '#kit/channel.ts'
import { newId } from '#kit/id.ts'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { cleanPicture, type CleanPicture } from './picture.ts'
import { largestPolicy, maxPictureBytes, mediaPath, usualPolicy } from './rules.ts'
import { media, mediaPolicies } from './tables.ts'

export { cleanPicture }
export type Media = typeof media.$inferSelect

export const mediaFile = (dataDir: string, row: { readonly workspaceId: string; readonly id: string; readonly ending: string }): string =>
  join(dataDir, 'media', row.workspaceId, `${row.id}.${row.ending}`)

/** Writes a file whole, by rename: nobody ever finds half of it. */
export async function writeWhole(path: string, data: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.part`, data)
  await rename(`${path}.part`, path)
}

interface Added { readonly alt: string; readonly uploadedBy: string | null; readonly at: Date; readonly id?: string; readonly madeFor?: 'card' }

/** Writes the file whole and then the row: a row never lacks its file. With an `id` that is there already nothing changes. */
export async function keepPicture(tx: Tx, dataDir: string, { picture, ...given }: Added & { readonly picture: CleanPicture }): Promise<Media> {
  const row = { id: given.id ?? newId(), workspaceId: tx.workspace, ending: 'webp' }
  await writeWhole(mediaFile(dataDir, row), picture.data)
  return await keepRow(tx, {
    ...row, type: 'image/webp', width: picture.width, height: picture.height, animated: picture.animated, bytes: picture.data.byteLength,
    sha256: createHash('sha256').update(picture.data).digest('hex'), alt: given.alt, madeFor: given.madeFor ?? null, uploadedBy: given.uploadedBy, uploadedAt: given.at,
  })
}

export async function keepRow(tx: Tx, row: typeof media.$inferInsert & { readonly id: string }): Promise<Media> {
  const [made] = await tx.insert(media).values(row).onConflictDoNothing().returning()
  return made ?? (await mediaById(tx, row.id))!
}

/** Takes in a picture that is held in memory. */
export async function addPicture(tx: Tx, dataDir: string, given: Added & { readonly bytes: Uint8Array }): Promise<Media> {
  if (given.bytes.byteLength > maxPictureBytes) throw new Refusal('body_too_large', { params: { limit: '20 MB' }, field: 'file' })
  return await keepPicture(tx, dataDir, { ...given, picture: await cleanPicture(given.bytes) })
}

export async function mediaById(db: Db, id: string): Promise<Media | undefined> {
  const [row] = await db.select().from(media).where(and(mine(db, media), eq(media.id, id))).limit(1)
  return row
}
export async function recentMedia(db: Db, limit: number): Promise<Media[]> {
  return await db.select().from(media).where(and(mine(db, media), isNull(media.madeFor))).orderBy(desc(media.uploadedAt)).limit(limit)
}

export interface Described { readonly alt?: string | undefined; readonly focus?: { readonly x: number; readonly y: number } | null | undefined }
/** What a picture shows, and the point in it that matters most. */
export async function describeMedia(tx: Tx, id: string, { alt, focus }: Described): Promise<Media | undefined> {
  const change = { ...(alt === undefined ? {} : { alt }), ...(focus === undefined ? {} : { focusX: focus?.x ?? null, focusY: focus?.y ?? null }) }
  if (Object.keys(change).length === 0) return await mediaById(tx, id)
  const [row] = await tx.update(media).set(change).where(and(mine(tx, media), eq(media.id, id))).returning()
  return row
}

export const focusOf = (row: Pick<Media, 'focusX' | 'focusY'>): { x: number; y: number } | null => (row.focusX === null || row.focusY === null ? null : { x: row.focusX, y: row.focusY })
export function attachmentOf(row: Media, alt?: string): Attachment {
  const focus = focusOf(row)
  return {
    id: row.id, url: mediaPath(row), type: row.type, alt: alt || row.alt, width: row.width, height: row.height,
    ...(row.seconds === null ? {} : { seconds: row.seconds }), ...(focus ? { focus } : {}),
  }
}
/** The pictures of a post, in its order, with the words that go with them there. */
export async function attachments(db: Db, wanted: readonly { readonly mediaId: string; readonly alt: string }[]): Promise<Attachment[]> {
  if (wanted.length === 0) return []
  const rows = await db.select().from(media).where(and(mine(db, media), inArray(media.id, wanted.map((one) => one.mediaId))))
  return wanted.flatMap(({ mediaId, alt }) => {
    const row = rows.find((one) => one.id === mediaId)
    return row ? [attachmentOf(row, alt)] : []
  })
}

export interface MediaPolicy { readonly maxPictureBytes: number; readonly maxVideoBytes: number }
/** How large a file this workspace takes in. */
export async function mediaPolicyOf(db: Db): Promise<MediaPolicy> {
  const [row] = await db.select({ maxPictureBytes: mediaPolicies.maxPictureBytes, maxVideoBytes: mediaPolicies.maxVideoBytes }).from(mediaPolicies).where(mine(db, mediaPolicies)).limit(1)
  return row ?? usualPolicy
}
export async function setMediaPolicy(tx: Tx, given: MediaPolicy): Promise<MediaPolicy> {
  const policy = { maxPictureBytes: Math.min(given.maxPictureBytes, largestPolicy.maxPictureBytes), maxVideoBytes: Math.min(given.maxVideoBytes, largestPolicy.maxVideoBytes) }
  await tx.insert(mediaPolicies).values(policy).onConflictDoUpdate({ target: [mediaPolicies.workspaceId], set: policy })
  return policy
}
