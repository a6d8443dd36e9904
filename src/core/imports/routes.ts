import { join } from 'node:path'
import { rename, rm } from 'node:fs/promises'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { allow, body, memberOf, params, query, tells, type HouseEnv } from '#kit/http.ts'
import { newId } from '#kit/id.ts'
import { idParam, said } from '#kit/text.ts'
import { Refusal } from '#kit/refusal.ts'
import { EVERY } from '#db/database.ts'
import { oneLine } from '../contacts/rules.ts'
import type { House } from '../house.ts'
import { isZone } from '../posts/wall-time.ts'
import { workspaceById } from '../workspaces/store.ts'
import { layOut } from './forum-unpack.ts'
import { inspect } from './inspect.ts'
import { fields, missingColumn } from './rules.ts'
import { mappingJson } from './run.ts'
import { changeImport, errorsOf, forgetErrors, importById, importsOf, lockImport, makeImport, tellMoved, type Import } from './store.ts'
import { measureFile, storeUpload, type Stored } from './upload.ts'
import { wrongIn } from './words.ts'

const columns = z.partialRecord(z.enum(fields), z.string().min(1).max(300)).refine((given) => given.text !== undefined, 'text')
const Start = z.strictObject({
  mapping: z.strictObject({ columns, zone: z.string().max(60).optional(), dateOrder: z.enum(['dmy', 'mdy']).optional(), outWords: z.array(said(40)).max(20).optional() }),
  dryRun: z.boolean().default(false),
})
const Errors = z.strictObject({ cursor: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(1_000).default(200) })
const Named = z.strictObject({ name: z.string().max(300).optional() })

function secondsLeft(row: Import, now: Date): number | null {
  const [passed, done] = [now.getTime() - (row.startedAt?.getTime() ?? now.getTime()), row.doneBytes - row.startedBytes]
  return row.state !== 'running' || done <= 0 || passed < 500 ? null : Math.ceil(((row.totalBytes - row.doneBytes) * passed) / done / 1000)
}
const shown = (row: Import, now: Date) => ({
  id: row.id, fileName: row.fileName, format: row.format, state: row.state, because: row.because, dryRun: row.dryRun, mapping: row.mapping, doneBytes: row.doneBytes, totalBytes: row.totalBytes,
  rows: row.rows, made: row.made, known: row.known, wrong: row.wrong, secondsLeft: secondsLeft(row, now), createdAt: row.createdAt, endedAt: row.endedAt,
})
type WrongRow = Awaited<ReturnType<typeof errorsOf>>[number]
const told = (row: WrongRow) => ({ ...row, says: wrongIn(row.code) })

/** The file of a request: as the only file of a form, or as the whole body with its name in the address. */
async function fileIn(c: Context<HouseEnv>, name: string | undefined): Promise<{ name: string; stream: ReadableStream<Uint8Array> }> {
  const type = c.req.header('content-type') ?? ''
  if (!type.startsWith('multipart/form-data')) {
    if (!c.req.raw.body || !name) throw new Refusal('invalid_input', { params: { reason: 'file' }, field: 'file' })
    return { name, stream: c.req.raw.body }
  }
  const form = await c.req.formData().catch((cause: unknown) => { throw new Refusal('unsupported_type', { params: { expected: 'multipart/form-data' }, cause }) })
  const file = form.get('file')
  if (!(file instanceof File)) throw new Refusal('invalid_input', { params: { reason: 'file' }, field: 'file' })
  return { name: file.name, stream: file.stream() }
}

/** An export of a forum is kept as one post a line; any other file as it came. */
async function laidOut(stored: Stored): Promise<Stored> {
  const to = `${stored.path}-posts`
  try {
    if (!await layOut(stored.path, to)) return stored
    await rename(to, stored.path)
    return await measureFile(stored.path)
  } catch (error) {
    await Promise.all([rm(stored.path, { force: true }), rm(to, { force: true })])
    throw error
  }
}

async function takeIn(house: House, c: Context<HouseEnv>, name: string | undefined) {
  const member = memberOf(c)
  const file = await fileIn(c, name)
  const id = newId()
  const stored = await laidOut(await storeUpload(file.stream, { dir: join(house.dataDir, 'imports', member.workspaceId), name: id }))
  const fileName = oneLine(file.name.split(/[\\/]/).at(-1) ?? '', 200) || 'import'
  try {
    const seen = await inspect(stored.path, fileName)
    const row = await house.database.write(member.workspaceId, (tx) => makeImport(tx, {
      id, fileName, path: stored.path, sha256: stored.sha256, format: seen.format, mapping: {}, totalBytes: stored.bytes, startedBy: member.id, createdAt: house.now(),
    }))
    return { ...shown(row, house.now()), columns: seen.columns, suggested: seen.suggested, dateOrder: seen.dateOrder ?? null, sample: seen.sample }
  } catch (error) {
    await rm(stored.path, { force: true })
    throw error
  }
}

async function start(house: House, given: z.infer<typeof Start>, whose: { readonly workspaceId: string; readonly id: string }): Promise<Import> {
  const site = await house.database.read(EVERY, (db) => workspaceById(db, whose.workspaceId))
  const mapping = { ...given.mapping, zone: given.mapping.zone ?? site?.zone ?? 'UTC' }
  if (!isZone(mapping.zone)) throw new Refusal('zone_unknown', { field: 'mapping.zone' })
  const known = await house.database.read(whose.workspaceId, (db) => importById(db, whose.id))
  const file = await inspect(known.path, known.fileName)
  const missing = missingColumn(file.columns, mapping)
  if (missing !== undefined && file.format === 'csv') throw new Refusal('import_columns', { params: { name: missing, columns: file.columns.join(', ') }, field: 'mapping' })
  return await house.database.write(whose.workspaceId, async (tx) => {
    const row = await lockImport(tx, whose.id)
    // A look ahead may be followed by the real thing, and what was stopped goes on; what runs, runs.
    if (row.state === 'running' || (row.state === 'done' && !row.dryRun) || (row.state === 'waiting' && row.startedAt !== null)) throw new Refusal('wrong_state', { params: { state: row.state } })
    const goesOn = row.state === 'stopped' && !row.dryRun && !given.dryRun
    if (!goesOn) await forgetErrors(tx, row.id)
    const anew = goesOn ? {} : { doneBytes: 0, doneLines: 0, rows: 0, made: 0, known: 0, wrong: 0 }
    await changeImport(tx, row.id, { ...anew, mapping: mappingJson(mapping), dryRun: given.dryRun, state: 'waiting', because: null, startedAt: null, endedAt: null, updatedAt: house.now() })
    await house.jobs.send(tx, 'import', { ...whose, once: row.id })
    return await importById(tx, row.id)
  })
}

export const importRoutes = (house: House) => new Hono<HouseEnv>()
  .post('/imports', allow('manage'), tells('Hand over a file of conversations; nothing is taken in yet'), query(Named), async (c) => c.json(await takeIn(house, c, c.req.valid('query').name), 201))
  .get('/imports', allow('manage'), tells('Files taken in, newest first'), async (c) =>
    c.json({ items: (await house.database.read(memberOf(c).workspaceId, (db) => importsOf(db))).map((row) => shown(row, house.now())) }))
  .post('/imports/:id/start', allow('manage'), tells('Take the file in, or only look what would happen'), params(idParam), body(Start), async (c) =>
    c.json(shown(await start(house, c.req.valid('json'), { workspaceId: memberOf(c).workspaceId, id: c.req.valid('param').id }), house.now())))
  .get('/imports/:id', allow('manage'), tells('How far an import is, with its first errors'), params(idParam), async (c) =>
    c.json(await house.database.read(memberOf(c).workspaceId, async (db) => {
      const row = await importById(db, c.req.valid('param').id)
      return { ...shown(row, house.now()), errors: (await errorsOf(db, row.id, { after: 0, limit: 50 })).map(told) }
    })))
  .get('/imports/:id/errors', allow('manage'), tells('The rows that could not be taken, by line'), params(idParam), query(Errors), async (c) =>
    c.json(await house.database.read(memberOf(c).workspaceId, async (db) => {
      const { cursor, limit } = c.req.valid('query')
      await importById(db, c.req.valid('param').id)
      const rows = await errorsOf(db, c.req.valid('param').id, { after: cursor, limit })
      return { items: rows.map(told), next: rows.length === limit ? String(rows.at(-1)!.line) : null }
    })))
  .post('/imports/:id/stop', allow('manage'), tells('Stop after the batch at hand; it can go on later'), params(idParam), async (c) =>
    c.json(await house.database.write(memberOf(c).workspaceId, async (tx) => {
      const row = await lockImport(tx, c.req.valid('param').id)
      if (row.state !== 'running' && row.state !== 'waiting') throw new Refusal('wrong_state', { params: { state: row.state } })
      const now = house.now()
      await changeImport(tx, row.id, { state: 'stopped', updatedAt: now, endedAt: now })
      await tellMoved(tx, { ...row, state: 'stopped' }, now)
      return shown({ ...row, state: 'stopped' }, now)
    })))

export type ImportApi = ReturnType<typeof importRoutes>
