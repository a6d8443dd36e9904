import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { join } from 'node:path'
import { and, eq, inArray } from 'drizzle-orm'
import type { HeardFile } from '#kit/channel.ts'
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

async function readied(bytes: Uint8Array) {
  if (isPicture(kindOf(bytes.subarray(0, headBytes)))) {
    const { data, width, height } = await cleanPicture(bytes)
    return { data, width, height, type: 'image/webp' }
  }
  const type = documentType(bytes)
  if (!type) throw new Refusal('file_type_not_allowed', { params: { allowed: takenFiles }, field: 'file' })
  return { data: bytes, width: null, height: null, type }
}

/** The file whole on the disk and then its row: a row never lacks its file. */
export async function keepFile({ database, dataDir, secret, now }: Shelf, workspaceId: string, { bytes, name, by }: HandedFile): Promise<HeardFile> {
  if (bytes.byteLength === 0) throw new Refusal('file_broken', { field: 'file' })
  if (bytes.byteLength > maxFileBytes) throw new Refusal('body_too_large', { params: { limit: '10 MB' }, field: 'file' })
  const { data, ...facts } = await readied(bytes)
  const id = newId()
  await writeWhole(filePath(dataDir, { workspaceId, id }), data)
  const sha256 = createHash('sha256').update(data).digest('hex')
  const [row] = await database.write(workspaceId, (tx) => tx.insert(files).values({ id, name: fileName(name), ...facts, bytes: data.byteLength, sha256, by, at: now() }).returning())
  return shown(secret, row!)
}

/** Those of these that this person handed over, in the order asked for. */
export async function filesOf(db: Db, secret: string, { by, ids }: { readonly by: string; readonly ids: readonly string[] }): Promise<HeardFile[]> {
  if (ids.length === 0) return []
  const rows = await db.select().from(files).where(and(mine(db, files), eq(files.by, by), inArray(files.id, [...ids])))
  return ids.flatMap((id) => rows.filter((row) => row.id === id).map((row) => shown(secret, row)))
}
