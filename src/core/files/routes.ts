import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { eq } from 'drizzle-orm'
import { Hono } from 'hono'
import type { HouseEnv } from '#kit/http.ts'
import { isId } from '#kit/id.ts'
import { Refusal } from '#kit/refusal.ts'
import { EVERY } from '#db/database.ts'
import type { House } from '../house.ts'
import { filePath, isSigned } from './store.ts'
import { files } from './tables.ts'

/** What was handed over, for whoever was given its whole address. Pictures are shown; everything else is saved, never opened here. */
export const fileRoutes = (house: House) => new Hono<HouseEnv>().get('/files/:id/:mac', async (c) => {
  const { id, mac } = c.req.param()
  if (!isId(id) || !isSigned(house.hosts.secret('files'), id, mac)) throw new Refusal('not_found')
  const [row] = await house.database.read(EVERY, (db) => db.select().from(files).where(eq(files.id, id)).limit(1))
  if (!row) throw new Refusal('not_found')
  const path = filePath(house.dataDir, row)
  const { size } = await stat(path).catch(() => { throw new Refusal('not_found') })
  if (c.req.header('if-none-match') === `"${row.sha256}"`) return c.body(null, 304)
  const inline = row.type.startsWith('image/')
  return c.body(Readable.toWeb(createReadStream(path)) as ReadableStream, 200, {
    'content-type': row.type === 'text/plain' ? 'text/plain; charset=utf-8' : row.type, 'content-length': String(size), etag: `"${row.sha256}"`, 'cache-control': 'private, max-age=86400',
    'content-disposition': inline ? 'inline' : `attachment; filename*=UTF-8''${encodeURIComponent(row.name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`,
    'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox", 'cross-origin-resource-policy': 'cross-origin', 'referrer-policy': 'no-referrer',
  })
})
