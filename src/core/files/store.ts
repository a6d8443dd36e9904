import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { and, eq, inArray, like } from 'drizzle-orm'
import sharp from 'sharp'
import type { Attachment, HeardFile } from '#kit/channel.ts'
import type { HandedFile } from '#kit/host.ts'
import { newId } from '#kit/id.ts'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Database, type Db } from '#db/database.ts'
import { headBytes, kindOf } from '../media/sniff.ts'
import { cleanPicture, writeWhole } from '../media/store.ts'
import { documentType, fileName, isPicture, maxFileBytes, takenFiles } from './rules.ts'
import { files } from './tables.ts'

type FileRow = typeof files.$inferSelect
/** Where files are kept, and the key their addresses are signed with. */
export interface Shelf { readonly database: Database; readonly dataDir: string; readonly secret: string; now(): Date }

export const filePath = (dataDir: string, row: Pick<FileRow, 'workspaceId' | 'id'>): string => join(dataDir, 'files', row.workspaceId, row.id)
const signed = (secret: string, id: string): string => createHmac('sha256', secret).update(id).digest('base64url').slice(0, 22)
/** Whether an address was made here: an id alone opens nothing. */
export function isSigned(secret: string, id: string, mac: string): boolean {
  const [ours, theirs] = [Buffer.from(signed(secret, id)), Buffer.from(mac)]
  return ours.length === theirs.length && timingSafeEqual(ours, theirs)
}

const shown = (secret: string, row: FileRow): HeardFile => ({
  id: row.id, name: row.name, type: row.type, bytes: row.bytes, url: `/files/${row.id}/${signed(secret, row.id)}`,
  ...(row.width === null || row.height === null ? {} : { width: row.width, height: row.height }),
})

interface Readied { readonly data: Uint8Array; readonly width: number | null; readonly height: number | null; readonly type: string; readonly ending?: string }
async function readied(bytes: Uint8Array, usual: boolean): Promise<Readied> {
  if (isPicture(kindOf(bytes.subarray(0, headBytes)))) {
    const { data, width, height, animated } = await cleanPicture(bytes)
    return { width, height, ...(usual ? await asUsual(data, animated) : { data, type: 'image/webp' }) }
  }
  const type = documentType(bytes)
  if (!type) throw new Refusal('file_type_not_allowed', { params: { allowed: takenFiles }, field: 'file' })
  return { data: bytes, width: null, height: null, type }
}

/** As every program on every machine opens it: not all that read mail know WebP. */
async function asUsual(data: Uint8Array, animated: boolean): Promise<Pick<Readied, 'data' | 'type' | 'ending'>> {
  if (animated) return { data: await sharp(data, { animated }).gif().toBuffer(), type: 'image/gif', ending: 'gif' }
  const opaque = (await sharp(data).stats()).isOpaque
  return opaque ? { data: await sharp(data).jpeg({ quality: 88, mozjpeg: true }).toBuffer(), type: 'image/jpeg', ending: 'jpg' } : { data: await sharp(data).png().toBuffer(), type: 'image/png', ending: 'png' }
}
const endingIn = (name: string, ending: string | undefined): string => (ending === undefined ? name : `${name.replace(/\.[a-z0-9]{2,5}$/i, '').slice(-100).toWellFormed() || 'file'}.${ending}`)

/** The file whole on the disk and then its row: a row never lacks its file. */
export async function keepFile({ database, dataDir, secret, now }: Shelf, workspaceId: string, { bytes, name, by, usual = false }: HandedFile & { readonly usual?: boolean }): Promise<HeardFile> {
  if (bytes.byteLength === 0) throw new Refusal('file_broken', { field: 'file' })
  if (bytes.byteLength > maxFileBytes) throw new Refusal('body_too_large', { params: { limit: '10 MB' }, field: 'file' })
  const { data, ending, ...facts } = await readied(bytes, usual)
  const id = newId()
  await writeWhole(filePath(dataDir, { workspaceId, id }), data)
  const sha256 = createHash('sha256').update(data).digest('hex')
  const [row] = await database.write(workspaceId, (tx) => tx.insert(files).values({ id, name: endingIn(fileName(name), ending), ...facts, bytes: data.byteLength, sha256, by, at: now() }).returning())
  return shown(secret, row!)
}

/** Those of these that this person handed over, in the order asked for. */
export async function filesOf(db: Db, secret: string, { by, ids }: { readonly by: string; readonly ids: readonly string[] }): Promise<HeardFile[]> {
  if (ids.length === 0) return []
  const rows = await db.select().from(files).where(and(mine(db, files), eq(files.by, by), inArray(files.id, [...ids])))
  return ids.flatMap((id) => rows.filter((row) => row.id === id).map((row) => shown(secret, row)))
}

/** By whom a file is that a member attached. */
export const byMember = (memberId: string): string => `member ${memberId}`
export interface Attached { readonly shown: HeardFile; readonly attachment: Attachment }
/** Those of these that members attached, in the order asked for. */
export async function attachedOf(db: Db, secret: string, ids: readonly string[]): Promise<Attached[]> {
  if (ids.length === 0) return []
  const rows = await db.select().from(files).where(and(mine(db, files), like(files.by, 'member %'), inArray(files.id, [...ids])))
  return ids.flatMap((id) => rows.filter((row) => row.id === id).map((row) => {
    const { width, height, ...one } = shown(secret, row)
    const size = width && height ? { width, height } : {}
    return { shown: { ...one, ...size }, attachment: { ...one, ...size, alt: row.name, sha256: row.sha256 } }
  }))
}

/** The bytes of a file; undefined once it is no longer kept. A disk that cannot be read is no answer. */
export async function bytesOfFile({ database, dataDir }: Pick<Shelf, 'database' | 'dataDir'>, workspaceId: string, id: string): Promise<Uint8Array | undefined> {
  const [row] = await database.read(workspaceId, (db) => db.select().from(files).where(and(mine(db, files), eq(files.id, id))).limit(1))
  return row && await readFile(filePath(dataDir, row)).catch((error: NodeJS.ErrnoException) => { if (error.code === 'ENOENT') return undefined; throw error })
}
