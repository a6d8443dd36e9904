import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { eq } from 'drizzle-orm'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { allow, body, memberOf, params, tells, type HouseEnv } from '#kit/http.ts'
import { isId } from '#kit/id.ts'
import { idParam, line, said } from '#kit/text.ts'
import { Refusal } from '#kit/refusal.ts'
import { EVERY } from '#db/database.ts'
import type { House } from '#core/house.ts'
import { largestPolicy, mediaPath } from '#core/media/rules.ts'
import { addPicture, describeMedia, focusOf, mediaFile, mediaPolicyOf, recentMedia, setMediaPolicy, type Media } from '#core/media/store.ts'
import { media } from '#core/media/tables.ts'
import { beginUpload, dropUpload, progressOf, takePart, uploadHours, type Progress } from '#core/media/uploads.ts'
import { rangeOf } from './ranges.ts'

const shown = (row: Media) => ({
  id: row.id, url: mediaPath(row), type: row.type, width: row.width, height: row.height, alt: row.alt, bytes: row.bytes,
  seconds: row.seconds, codec: row.codec, animated: row.animated, focus: focusOf(row), uploadedAt: row.uploadedAt,
})
const told = (progress: Progress) => ({ offset: progress.offset, size: progress.size, media: progress.media && shown(progress.media) })

const share = z.number().min(0).max(1)
const Description = z.strictObject({ alt: line(1500).optional(), focus: z.strictObject({ x: share, y: share }).nullable().optional() })
const Beginning = z.strictObject({ name: said(300), size: z.number().int().min(1, 'file_broken').max(Number.MAX_SAFE_INTEGER), type: line(200).optional() })
const Policy = z.strictObject({
  maxPictureBytes: z.number().int().min(100_000).max(largestPolicy.maxPictureBytes), maxVideoBytes: z.number().int().min(100_000).max(largestPolicy.maxVideoBytes),
})

export const mediaRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/media', allow('read'), tells('Pictures and videos, newest first'), async (c) => c.json({ items: (await house.database.read(memberOf(c).workspaceId, (db) => recentMedia(db, 100))).map(shown) }))
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
  .on(['PATCH', 'PUT'], '/media/:id', allow('answer'), tells('Say what a picture shows, and which point in it matters most'), params(idParam), body(Description), async (c) => {
    const row = await house.database.write(memberOf(c).workspaceId, (tx) => describeMedia(tx, c.req.valid('param').id, c.req.valid('json')))
    if (!row) throw new Refusal('not_found')
    return c.json(shown(row))
  })
  .get('/media-policy', allow('read'), tells('How large a file is taken'), async (c) => c.json(await house.database.read(memberOf(c).workspaceId, mediaPolicyOf)))
  .put('/media-policy', allow('manage'), tells('Set how large a file is taken'), body(Policy), async (c) => c.json(await house.database.write(memberOf(c).workspaceId, (tx) => setMediaPolicy(tx, c.req.valid('json')))))
  .route('/', uploadRoutes(house))
export type MediaApi = ReturnType<typeof mediaRoutes>

const checksum = /^sha256 ([A-Za-z0-9+/]{43}=)$/
/** What a part says of itself: where it belongs and, if its sender took the trouble, its sum. */
function partOf(c: Context<HouseEnv>): { offset: number; checksum: string | undefined; declared: number | undefined } {
  const offset = z.string().regex(/^\d{1,15}$/).safeParse(c.req.header('upload-offset'))
  if (!offset.success) throw new Refusal('invalid_input', { params: { reason: { en: 'The header upload-offset says from which byte on this part belongs, as a number.', el: 'Η κεφαλίδα upload-offset λέει από ποιο byte αρχίζει αυτό το κομμάτι, ως αριθμό.' } }, field: 'upload-offset' })
  const sum = c.req.header('upload-checksum')
  const found = sum === undefined ? undefined : checksum.exec(sum)
  if (found === null) throw new Refusal('invalid_input', { params: { reason: { en: 'The header upload-checksum is the word sha256, a space, and the sum in base64.', el: 'Η κεφαλίδα upload-checksum είναι η λέξη sha256, ένα κενό και το άθροισμα σε base64.' } }, field: 'upload-checksum' })
  const length = c.req.header('content-length')
  return { offset: Number(offset.data), checksum: found?.[1], declared: length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : undefined }
}

// A part that is refused unread is read to its end all the same, within reason: who is still sending does not hear the answer.
const patience = 16 * 1024 * 1024
async function readOut(unread: ReadableStream<Uint8Array> | null): Promise<void> {
  if (!unread || unread.locked) return
  const reader = unread.getReader()
  try {
    for (let left = patience, part = await reader.read(); !part.done && left > 0; part = await reader.read()) left -= part.value.length
  } catch { return }
}

/** Files that come in parts: a broken line or a server that stopped costs no more than the part that was under way. */
function uploadRoutes(house: House) {
  return new Hono<HouseEnv>()
    .post('/uploads', allow('answer'), tells('Begin an upload'), body(Beginning), async (c) => {
      const { id: memberId, workspaceId } = memberOf(c)
      const row = await beginUpload(house, { workspaceId, memberId, name: c.req.valid('json').name, size: c.req.valid('json').size })
      return c.json({ id: row.id, offset: 0, size: row.size, expiresAt: new Date(row.touchedAt.getTime() + uploadHours * 3_600_000) }, 201)
    })
    .get('/uploads/:id', allow('answer'), tells('How far an upload got'), params(idParam), async (c) => {
      const progress = await progressOf(house, { workspaceId: memberOf(c).workspaceId, id: c.req.valid('param').id })
      return c.json(told(progress), 200, { 'upload-offset': String(progress.offset), 'upload-length': String(progress.size) })
    })
    .patch('/uploads/:id', allow('answer'), tells('The next part of an upload; with the last one it becomes media'), params(idParam), async (c) => {
      const part = partOf(c)
      if (!/^application\/octet-stream\b/i.test(c.req.header('content-type') ?? 'application/octet-stream')) throw new Refusal('unsupported_type', { params: { expected: 'application/octet-stream' } })
      const unread = c.req.raw.body
      const progress = await takePart(house, { workspaceId: memberOf(c).workspaceId, id: c.req.valid('param').id }, { ...part, body: unread })
        .catch(async (error: unknown) => { await readOut(unread); throw error })
      return c.json(told(progress))
    })
    .delete('/uploads/:id', allow('answer'), tells('Give an upload up'), params(idParam), async (c) => {
      await dropUpload(house, { workspaceId: memberOf(c).workspaceId, id: c.req.valid('param').id })
      return c.body(null, 204)
    })
}

/** The pictures themselves, for everybody: an id is the whole secret, the bytes are ours, and the type is the one we wrote. */
export const pictureRoutes = (house: House) => new Hono<HouseEnv>().get('/media/:name', async (c) => {
  const [id = '', ending = ''] = c.req.param('name').split('.')
  if (!isId(id)) throw new Refusal('not_found')
  const [row] = await house.database.read(EVERY, (db) => db.select().from(media).where(eq(media.id, id)).limit(1))
  if (!row || row.ending !== ending) throw new Refusal('not_found')
  const path = mediaFile(house.dataDir, row)
  const file = await stat(path).catch(() => { throw new Refusal('not_found') })
  if (c.req.header('if-none-match') === `"${row.sha256}"`) return c.body(null, 304)
  const range = rangeOf(c.req.header('if-range') === undefined || c.req.header('if-range') === `"${row.sha256}"` ? c.req.header('range') : undefined, file.size)
  if (range === 'absurd') { c.header('content-range', `bytes */${file.size}`); throw new Refusal('range_invalid', { params: { size: file.size } }) }
  const [from, to] = range ?? [0, file.size - 1]
  return c.body(Readable.toWeb(createReadStream(path, { start: from, end: to })) as ReadableStream, range ? 206 : 200, {
    'content-type': row.type, 'content-length': String(to - from + 1), etag: `"${row.sha256}"`, 'cache-control': 'public, max-age=31536000, immutable', 'accept-ranges': 'bytes',
    ...(range ? { 'content-range': `bytes ${from}-${to}/${file.size}` } : {}),
    'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox", 'cross-origin-resource-policy': 'cross-origin',
  })
})
