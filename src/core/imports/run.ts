import { createHash } from 'node:crypto'
import type { Json } from '#kit/json.ts'
import { Refusal } from '#kit/refusal.ts'
import { EVERY, type Tx } from '#db/database.ts'
import { emit } from '../events/store.ts'
import type { House } from '../house.ts'
import { workspaceById } from '../workspaces/store.ts'
import { dateOrderIn, inspect, type Shape } from './inspect.ts'
import { countKnown, keepRows, remoteIdOf, type Kept, type Target } from './keep.ts'
import { accountOf, accountOn, accountsOf, ensureAccount } from '../accounts/store.ts'
import { isCommentsFormat } from './comments-read.ts'
import { keepComments, knownComments, placeComments } from './comments-keep.ts'
import { keepForum, knownWords, wordIdOf, type Ground } from './forum-keep.ts'
import { forumRow } from './forum-read.ts'
import { readBatches, type Batch } from './read.ts'
import { isRowError, missingColumn, readRow, type Cells, type Mapping, type Row, type RowError } from './rules.ts'
import { changeImport, forgetErrors, importById, keepErrors, lockImport, tellMoved, type Import } from './store.ts'
import { timeReader } from './times.ts'
import { seenNames } from './seen.ts'

export type ImportHouse = Pick<House, 'database' | 'now'> & Partial<Pick<House, 'channels' | 'hosts'>>
export interface Progress { readonly state: Import['state']; readonly doneBytes: number; readonly totalBytes: number; readonly rows: number; readonly made: number; readonly known: number; readonly wrong: number }
export interface Running { readonly signal?: AbortSignal; readonly onProgress?: (progress: Progress) => void; readonly onErrors?: (errors: readonly RowError[]) => void }

const batchSize = 500
const tellEvery = 500

/** A reader of rows for one file and mapping. */
async function rowReader(path: string, shape: Shape, mapping: Mapping): Promise<(batch: Batch) => { rows: Row[]; errors: RowError[] }> {
  const missing = missingColumn(shape.columns, mapping)
  if (missing !== undefined && shape.format === 'csv') throw new Refusal('import_columns', { params: { name: missing, columns: shape.columns.join(', ') }, field: 'mapping' })
  const { at } = mapping.columns
  const dateOrder = mapping.dateOrder ?? (at === undefined || shape.format === 'forum' ? undefined : await dateOrderIn(path, shape, at)) ?? 'dmy'
  const time = timeReader({ zone: mapping.zone, dateOrder })
  return (batch) => {
    const [rows, errors]: [Row[], RowError[]] = [[], []]
    for (const record of batch.records) {
      const read = 'code' in record ? record : shape.format === 'forum' ? forumRow(record.line, record.cells['old'] ?? '') : asComment(shape, record.cells, readRow(record.cells, { mapping, time, line: record.line }))
      if (isRowError(read)) errors.push(read); else rows.push(read)
    }
    return { rows, errors }
  }
}

const asComment = ({ format }: Shape, cells: Cells, row: Row | RowError): Row | RowError => (isRowError(row) || !isCommentsFormat(format) ? row
  : { ...row, comment: { parent: (cells['parent'] ?? '').slice(0, 300), html: cells['html'] ?? '', held: cells['held'] === 'yes' } })

async function targetOf(house: ImportHouse, row: Import, shape: Shape): Promise<Target> {
  const { workspaceId } = row
  const site = await house.database.read(EVERY, (db) => workspaceById(db, workspaceId))
  const accountId = isCommentsFormat(shape.format) || shape.format === 'forum' ? '' : (await house.database.write(workspaceId, (tx) => accountFor(tx, row.fileName, shape))).id
  return { importId: row.id, accountId, at: row.createdAt, nobody: site?.lang === 'el' ? 'Χωρίς όνομα' : 'No name', us: site?.name ?? '' }
}
/** The forum that takes in what an old one kept; it has to be open first. */
async function forumFor(house: ImportHouse, workspaceId: string, shape: Shape): Promise<Ground | undefined> {
  if (shape.format !== 'forum') return undefined
  const channel = house.channels?.find((one) => one.bringIn !== undefined)
  const row = channel && await house.database.read(workspaceId, (db) => accountOn(db, channel.id))
  if (!channel || !row) throw new Refusal('import_no_forum')
  return { channel, account: accountOf(row), origin: (await house.hosts?.of(workspaceId).site())?.origin ?? '' }
}
/** Files with the same columns come from the same place, whatever they are called: their rows are known by the same ids. */
const sourceOf = ({ columns }: Shape): string => createHash('sha256').update(JSON.stringify(columns.toSorted())).digest('hex').slice(0, 16)
const accountFor = (tx: Tx, fileName: string, shape: Shape) =>
  ensureAccount(tx, { channel: 'import', handle: sourceOf(shape), name: fileName })

/** Takes the file in from where it stands; killed at any moment, the next call goes on from the last whole batch. */
export async function runImport(house: ImportHouse, { workspaceId, importId }: { readonly workspaceId: string; readonly importId: string }, running: Running = {}): Promise<Progress> {
  const first = await house.database.read(workspaceId, (db) => importById(db, importId))
  if (first.state !== 'waiting' && first.state !== 'running') return progressOf(first)
  try {
    if (first.dryRun) return await dryRun(house, first, running)
    const row = await begin(house, workspaceId, first)
    return await run(house, row, running)
  } catch (error) {
    if (running.signal?.aborted) throw error
    await house.database.write(workspaceId, async (tx) => {
      const now = house.now()
      await changeImport(tx, importId, { state: 'failed', because: error instanceof Refusal ? error.code : 'internal', endedAt: now, updatedAt: now })
      await tellMoved(tx, { ...first, state: 'failed' }, now)
    })
    throw error
  }
}

async function begin(house: ImportHouse, workspaceId: string, first: Import): Promise<Import> {
  const now = house.now()
  return await house.database.write(workspaceId, async (tx) => {
    await changeImport(tx, first.id, { state: 'running', startedAt: now, startedBytes: first.doneBytes, updatedAt: now })
    const row = await importById(tx, first.id)
    await tellMoved(tx, row, now)
    return row
  })
}

async function run(house: ImportHouse, row: Import, running: Running): Promise<Progress> {
  const { workspaceId } = row
  const shape = await inspect(row.path, row.fileName)
  const rowsOf = await rowReader(row.path, shape, row.mapping as unknown as Mapping)
  const [target, forum] = [await targetOf(house, row, shape), await forumFor(house, workspaceId, shape)]
  const from = row.doneBytes > shape.from.byte ? { byte: row.doneBytes, line: row.doneLines } : shape.from
  let [place, told, latest] = [row.doneBytes, 0, progressOf(row)]
  for await (const batch of readBatches(row.path, shape, { from, size: batchSize, signal: running.signal })) {
    const read = rowsOf(batch)
    const now = house.now()
    const tells = now.getTime() - told >= tellEvery
    const moved = await house.database.write(workspaceId, (tx) => keepBatch(tx, { target, forum, place, batch, read, now, tells, told: (errors) => running.onErrors?.(errors) }))
    if (!moved) return progressOf(await house.database.read(workspaceId, (db) => importById(db, row.id)))
    if (tells) told = now.getTime()
    place = batch.next.byte
    latest = progressOf(moved)
    running.onProgress?.(latest)
    if (read.errors.length > 0) running.onErrors?.(read.errors)
  }
  return await finish(house, workspaceId, row.id)
}

interface Keeping { readonly target: Target; readonly forum: Ground | undefined; readonly place: number; readonly batch: Batch; readonly read: { readonly rows: readonly Row[]; readonly errors: readonly RowError[] }; readonly now: Date; readonly tells: boolean; readonly told: (errors: readonly RowError[]) => void }
/** A batch and the place after it, together or not at all. Undefined: it was stopped, or another process has gone on with it. */
async function keepBatch(tx: Tx, { target, forum, place, batch, read, now, tells, told }: Keeping): Promise<Import | undefined> {
  const row = await lockImport(tx, target.importId)
  if (row.state !== 'running' || row.doneBytes !== place) return undefined
  const { kept, errors: misplaced } = forum ? await keepForum(tx, { target, ground: forum, rows: read.rows }) : await keepTalk(tx, target, read.rows)
  const errors = [...read.errors, ...misplaced]
  await keepErrors(tx, row, errors)
  if (misplaced.length > 0) told(misplaced)
  const next = {
    doneBytes: batch.next.byte, doneLines: batch.next.line, rows: row.rows + batch.records.length, made: row.made + kept.made, known: row.known + kept.known,
    wrong: row.wrong + errors.length, updatedAt: now,
  }
  await changeImport(tx, row.id, next)
  if (kept.made > 0) await emit(tx, 'conversations.imported', { at: now, data: { importId: row.id, rows: kept.made, conversations: kept.conversations } })
  if (tells) await tellMoved(tx, { ...row, ...next }, now)
  return { ...row, ...next }
}

async function keepTalk(tx: Tx, target: Target, rows: readonly Row[]): Promise<{ kept: Kept; errors: RowError[] }> {
  const placed = await placeComments(tx, rows)
  return { kept: placed.comments.length > 0 ? await keepComments(tx, target, placed.comments) : await keepRows(tx, target, placed.rows), errors: placed.errors }
}

async function finish(house: ImportHouse, workspaceId: string, importId: string): Promise<Progress> {
  return await house.database.write(workspaceId, async (tx) => {
    const row = await lockImport(tx, importId)
    if (row.state !== 'running') return progressOf(row)
    const now = house.now()
    const set = { state: 'done' as const, doneBytes: row.totalBytes, endedAt: now, updatedAt: now }
    await changeImport(tx, importId, set)
    await tellMoved(tx, { ...row, ...set }, now)
    // So many rows at once change what the database knows of its tables: the next list should not wait for it to notice.
    if (row.made > batchSize) await tx.client.query('analyze conversations, messages, contacts, identities')
    return progressOf({ ...row, ...set })
  })
}

/** Reads the whole file and tells what would happen. Nothing of it is kept but the figures and the errors. */
async function dryRun(house: ImportHouse, row: Import, running: Running): Promise<Progress> {
  const { workspaceId } = row
  const mapping = row.mapping as unknown as Mapping
  await house.database.write(workspaceId, async (tx) => { await changeImport(tx, row.id, { state: 'running', startedAt: house.now(), startedBytes: 0 }); await forgetErrors(tx, row.id) })
  const found: RowError[] = []
  const totals = await tryFile(house, { workspaceId, path: row.path, fileName: row.fileName, mapping, totalBytes: row.totalBytes }, { ...running, onErrors: (errors) => { found.push(...errors.slice(0, 10_000 - found.length)); running.onErrors?.(errors) } })
  await house.database.write(workspaceId, async (tx) => {
    const now = house.now()
    if ((await lockImport(tx, row.id)).state !== 'running') return
    await keepErrors(tx, { id: row.id, wrong: 0 }, found)
    await changeImport(tx, row.id, { ...totals, state: 'done', endedAt: now, updatedAt: now })
    await tellMoved(tx, { ...row, ...totals, state: 'done' }, now)
  })
  return totals
}

export interface Trying { readonly workspaceId: string; readonly path: string; readonly fileName: string; readonly mapping: Mapping; readonly totalBytes: number }
/** What an import would do, told without writing anything. */
export async function tryFile(house: ImportHouse, trying: Trying, running: Running = {}): Promise<Progress> {
  const shape = await inspect(trying.path, trying.fileName)
  const rowsOf = await rowReader(trying.path, shape, trying.mapping)
  const forum = await forumFor(house, trying.workspaceId, shape)
  const accountId = await house.database.read(trying.workspaceId, async (db) => (await accountsOf(db)).find((one) => one.channel === 'import' && one.handle === sourceOf(shape))?.id)
  const seen = seenNames()
  let totals: Progress = { state: 'running', doneBytes: 0, totalBytes: trying.totalBytes, rows: 0, made: 0, known: 0, wrong: 0 }
  for await (const batch of readBatches(trying.path, shape, { from: shape.from, size: batchSize, signal: running.signal })) {
    const read = rowsOf(batch)
    const placed = await house.database.read(trying.workspaceId, (db) => placeComments(db, read.rows))
    const [rows, errors] = [[...placed.rows, ...placed.comments.map(({ row }) => row)], [...read.errors, ...placed.errors]]
    const known = await house.database.read(trying.workspaceId, (db) => (forum ? knownWords(db, forum, rows) : accountId === undefined ? knownComments(db, placed.comments) : countKnown(db, accountId, rows)))
    let made = 0
    for (const id of rows.map((row) => (forum ? wordIdOf(row, trying.workspaceId) : remoteIdOf(row)))) if (!known.has(id) && seen.add(id)) made++
    totals = { ...totals, doneBytes: batch.next.byte, rows: totals.rows + batch.records.length, made: totals.made + made, known: totals.known + rows.length - made, wrong: totals.wrong + errors.length }
    running.onProgress?.(totals)
    if (errors.length > 0) running.onErrors?.(errors)
  }
  return { ...totals, state: 'done', doneBytes: trying.totalBytes }
}

export const progressOf = ({ state, doneBytes, totalBytes, rows, made, known, wrong }: Import): Progress => ({ state, doneBytes, totalBytes, rows, made, known, wrong })
export const mappingJson = (mapping: Mapping): Json => JSON.parse(JSON.stringify(mapping)) as Json
