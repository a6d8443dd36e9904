import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { z } from 'zod'
import { allow, body, memberOf, params, tells, type HouseEnv } from '#kit/http.ts'
import { isId } from '#kit/id.ts'
import { idParam, line } from '#kit/text.ts'
import { Refusal } from '#kit/refusal.ts'
import { EVERY } from '#db/database.ts'
import type { House } from '#core/house.ts'
import { mediaPath } from '#core/media/rules.ts'
import { addPicture, mediaFile, recentMedia, setAlt, type Media } from '#core/media/store.ts'
import { media } from '#core/media/tables.ts'
import { eq } from 'drizzle-orm'

const shown = (row: Media) => ({ id: row.id, url: mediaPath(row), type: row.type, width: row.width, height: row.height, alt: row.alt, bytes: row.bytes, uploadedAt: row.uploadedAt })

export const mediaRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/media', allow('read'), tells('Pictures, newest first'), async (c) => c.json({ items: (await house.database.read(memberOf(c).workspaceId, (db) => recentMedia(db, 100))).map(shown) }))
  .post('/media', allow('answer'), tells('Upload a picture; it is decoded and encoded anew'), async (c) => {
    const member = memberOf(c)
    const form = await c.req.formData().catch((cause: unknown) => { throw new Refusal('unsupported_type', { params: { expected: 'multipart/form-data' }, cause }) })
    const file = form.get('file')
    if (!(file instanceof File)) throw new Refusal('invalid_input', { params: { reason: 'file' }, field: 'file' })
    const alt = line(1500).safeParse(form.get('alt') ?? '')
    if (!alt.success) throw new Refusal('invalid_text', { field: 'alt' })
    const bytes = new Uint8Array(await file.arrayBuffer())
    const row = await house.database.write(member.workspaceId, (tx) => addPicture(tx, house.dataDir, { bytes, alt: alt.data, uploadedBy: member.id, at: house.now() }))
    return c.json(shown(row), 201)
  })
  .patch('/media/:id', allow('answer'), tells('Say what a picture shows'), params(idParam), body(z.strictObject({ alt: line(1500) })), async (c) => {
    const row = await house.database.write(memberOf(c).workspaceId, (tx) => setAlt(tx, c.req.valid('param').id, c.req.valid('json').alt))
    if (!row) throw new Refusal('not_found')
    return c.json(shown(row))
  })
export type MediaApi = ReturnType<typeof mediaRoutes>

/** The pictures themselves, for everybody: an id is the whole secret, the bytes are ours, and the type is the one we wrote. */
export const pictureRoutes = (house: House) => new Hono<HouseEnv>().get('/media/:name', async (c) => {
  const [id = '', ending = ''] = c.req.param('name').split('.')
  if (!isId(id)) throw new Refusal('not_found')
  const [row] = await house.database.read(EVERY, (db) => db.select().from(media).where(eq(media.id, id)).limit(1))
  if (!row || row.ending !== ending) throw new Refusal('not_found')
  const path = mediaFile(house.dataDir, row)
  const file = await stat(path).catch(() => { throw new Refusal('not_found') })
  if (c.req.header('if-none-match') === `"${row.sha256}"`) return c.body(null, 304)
  return c.body(Readable.toWeb(createReadStream(path)) as ReadableStream, 200, {
    'content-type': row.type, 'content-length': String(file.size), etag: `"${row.sha256}"`, 'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox", 'cross-origin-resource-policy': 'cross-origin',
  })
})
