import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { and, count, eq, isNull, lt } from 'drizzle-orm'
import { newId } from '#kit/id.ts'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import type { House } from '../house.ts'
import { cleanPicture } from './picture.ts'
import { sayBytes } from './rules.ts'
import { headBytes, kindOf, type FileKind } from './sniff.ts'
import { alone, append, beginSpool, lengthOf, spoolFile, sweepSpool, type Part } from './spool.ts'
import { keepPicture, keepRow, mediaById, mediaFile, mediaPolicyOf, type Media } from './store.ts'
import { uploads } from './tables.ts'
import { cleanVideo, videoTypes, type VideoKind } from './video.ts'

export type Upload = typeof uploads.$inferSelect
/** Without a byte for this long, an upload is forgotten. */
export const uploadHours = 48
export const openUploads = 20
const taken = 'JPEG, PNG, WebP, GIF, AVIF, MP4, MOV, WebM'
type Kept = Pick<House, 'database' | 'dataDir' | 'now'>

const staleAt = (now: Date): Date => new Date(now.getTime() - uploadHours * 3_600_000)

export async function beginUpload(house: Kept, given: { readonly workspaceId: string; readonly memberId: string; readonly name: string; readonly size: number }): Promise<Upload> {
  const now = house.now()
  const row = await house.database.write(given.workspaceId, async (tx) => {
    const policy = await mediaPolicyOf(tx)
    if (given.size > policy.maxVideoBytes) throw new Refusal('body_too_large', { params: { limit: sayBytes(policy.maxVideoBytes) }, field: 'size' })
    await forgetStale(tx, house.dataDir, now)
    const [open] = await tx.select({ many: count() }).from(uploads).where(and(mine(tx, uploads), eq(uploads.memberId, given.memberId), isNull(uploads.doneAt)))
    if (open!.many >= openUploads) throw new Refusal('too_many_uploads', { params: { limit: openUploads, seconds: 60 } })
    const [made] = await tx.insert(uploads).values({ id: newId(), name: given.name, size: given.size, memberId: given.memberId, createdAt: now, touchedAt: now }).returning()
    return made!
  })
  await beginSpool(spoolFile(house.dataDir, row))
  return row
}

async function forgetStale(tx: Tx, dataDir: string, now: Date): Promise<void> {
  await tx.delete(uploads).where(and(mine(tx, uploads), lt(uploads.touchedAt, staleAt(now))))
  const left = await tx.select({ id: uploads.id }).from(uploads).where(mine(tx, uploads))
  await sweepSpool(dataDir, tx.workspace, { keep: new Set(left.map((one) => one.id)), before: staleAt(now) })
}

async function uploadById(db: Db, id: string): Promise<Upload> {
  const [row] = await db.select().from(uploads).where(and(mine(db, uploads), eq(uploads.id, id))).limit(1)
  if (!row) throw new Refusal('not_found')
  return row
}

export interface Progress { readonly offset: number; readonly size: number; readonly media: Media | null }
interface Named { readonly workspaceId: string; readonly id: string }

export async function progressOf(house: Kept, { workspaceId, id }: Named): Promise<Progress> {
  const { row, media } = await house.database.read(workspaceId, async (db) => ({ row: await uploadById(db, id), media: await mediaById(db, id) }))
  return row.doneAt ? { offset: row.size, size: row.size, media: media ?? null } : { offset: await arrived(house.dataDir, row), size: row.size, media: null }
}

/** How much has come. A film whose spool is gone was moved to its place just before the server stopped. */
async function arrived(dataDir: string, row: Upload): Promise<number> {
  const length = await lengthOf(spoolFile(dataDir, row))
  if (length !== undefined) return length
  return await movedFilm(dataDir, row) ? row.size : 0
}
async function movedFilm(dataDir: string, row: Upload): Promise<VideoKind | undefined> {
  for (const kind of ['mp4', 'mov', 'webm'] as const) if (await lengthOf(mediaFile(dataDir, { ...row, ending: kind })) === row.size) return kind
  return undefined
}

/** Takes the next part; with the last one the file is cleaned and becomes media of the same id. A file that cannot be taken is thrown away. */
export async function takePart(house: Kept, named: Named, part: Pick<Part, 'offset' | 'body' | 'checksum' | 'declared'>): Promise<Progress> {
  return await alone(named.id, async (signal) => {
    const row = await house.database.read(named.workspaceId, (db) => uploadById(db, named.id))
    const path = spoolFile(house.dataDir, row)
    if (row.doneAt || (await lengthOf(path) === undefined && await arrived(house.dataDir, row) === row.size)) return await finished(house, row, part.offset)
    const offset = await append(path, { ...part, size: row.size, signal })
    await house.database.write(row.workspaceId, (tx) => tx.update(uploads).set({ touchedAt: house.now() }).where(and(mine(tx, uploads), eq(uploads.id, row.id))))
    return await unlessRefused(house, row, async () => {
      if (offset >= Math.min(headBytes, row.size)) await takeable(house, row)
      return offset < row.size ? { offset, size: row.size, media: null } : { offset, size: row.size, media: await finish(house, row) }
    })
  })
}

async function finished(house: Kept, row: Upload, offset: number): Promise<Progress> {
  if (offset !== row.size) throw new Refusal('upload_offset', { params: { offset: row.size }, extra: { offset: row.size }, field: 'upload-offset' })
  const media = await house.database.read(row.workspaceId, (db) => mediaById(db, row.id))
  return { offset, size: row.size, media: media ?? await unlessRefused(house, row, () => finish(house, row)) }
}

async function unlessRefused<T>(house: Kept, row: Upload, work: () => Promise<T>): Promise<T> {
  try { return await work() } catch (error) {
    if (error instanceof Refusal) await dropUpload(house, row)
    throw error
  }
}

export async function dropUpload(house: Kept, { workspaceId, id }: Named): Promise<void> {
  const [row] = await house.database.write(workspaceId, (tx) => tx.delete(uploads).where(and(mine(tx, uploads), eq(uploads.id, id), isNull(uploads.doneAt))).returning())
  if (row) await rm(spoolFile(house.dataDir, row), { force: true })
}

async function kindIn(path: string): Promise<FileKind | undefined> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(headBytes), 0, headBytes, 0)
    return kindOf(buffer.subarray(0, bytesRead))
  } finally { await file.close() }
}
const isFilm = (kind: FileKind): kind is VideoKind => kind in videoTypes

/** Says no as soon as the first bytes tell, not after a gigabyte. */
async function takeable(house: Kept, row: Upload): Promise<FileKind> {
  if (row.size === 0) throw new Refusal('file_broken', { field: 'file' })
  const kind = await kindIn(spoolFile(house.dataDir, row))
  if (!kind) throw new Refusal('file_type_not_allowed', { params: { allowed: taken }, field: 'file' })
  const { maxPictureBytes } = await house.database.read(row.workspaceId, mediaPolicyOf)
  if (!isFilm(kind) && row.size > maxPictureBytes) throw new Refusal('body_too_large', { params: { limit: sayBytes(maxPictureBytes) }, field: 'file' })
  return kind
}

async function finish(house: Kept, row: Upload): Promise<Media> {
  const path = spoolFile(house.dataDir, row)
  const moved = await lengthOf(path) === undefined ? await movedFilm(house.dataDir, row) : undefined
  const kind = moved ?? await takeable(house, row)
  const at = house.now()
  const keep = isFilm(kind) ? await film(house, row, { kind, path, moved: moved !== undefined }) : await still(house, path)
  const media = await house.database.write(row.workspaceId, async (tx) => {
    const made = await keep(tx, { id: row.id, alt: '', uploadedBy: row.memberId, at })
    await tx.update(uploads).set({ doneAt: at }).where(and(mine(tx, uploads), eq(uploads.id, row.id)))
    return made
  })
  await rm(path, { force: true })
  return media
}

type Keep = (tx: Tx, given: { readonly id: string; readonly alt: string; readonly uploadedBy: string; readonly at: Date }) => Promise<Media>

async function still(house: Kept, path: string): Promise<Keep> {
  const picture = await cleanPicture(path)
  return (tx, given) => keepPicture(tx, house.dataDir, { ...given, picture })
}

async function film(house: Kept, row: Upload, { kind, path, moved }: { readonly kind: VideoKind; readonly path: string; readonly moved: boolean }): Promise<Keep> {
  const place = mediaFile(house.dataDir, { ...row, ending: kind })
  const facts = await cleanVideo(moved ? place : path, kind)
  await mkdir(dirname(place), { recursive: true })
  if (!moved) await rename(path, place)
  return (tx, { id, alt, uploadedBy, at }) => keepRow(tx, { id, workspaceId: tx.workspace, ending: kind, type: videoTypes[kind], ...facts, alt, uploadedBy, uploadedAt: at })
}
