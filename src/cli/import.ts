import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { environment } from '#config.ts'
import type { Lang } from '#kit/lang.ts'
import { problemBody } from '#kit/problem-json.ts'
import { Refusal } from '#kit/refusal.ts'
import { EVERY } from '#db/database.ts'
import type { House } from '#core/house.ts'
import { isCommentsFormat } from '#core/imports/comments-read.ts'
import { layOut } from '#core/imports/forum-unpack.ts'
import { inspect, type Inspection } from '#core/imports/inspect.ts'
import { fields, readMapping, type Mapping, type RowError } from '#core/imports/rules.ts'
import { mappingJson, runImport, tryFile, type Progress, type Running } from '#core/imports/run.ts'
import { changeImport, makeImport, samePending } from '#core/imports/store.ts'
import { measureFile } from '#core/imports/upload.ts'
import { whatIsWrong } from '#core/imports/words.ts'
import { isZone } from '#core/posts/wall-time.ts'
import { allWorkspaces, type Workspace } from '#core/workspaces/store.ts'
import { sentences, type Sentence } from './import-words.ts'

interface Stream { write(text: string): unknown; readonly isTTY?: boolean | undefined }
export interface ImportAsked { readonly house: Pick<House, 'database' | 'now'> & Partial<Pick<House, 'channels' | 'hosts'>>; readonly args: readonly string[]; readonly out: Stream; readonly err: Stream; readonly lang?: Lang }

class Wrong extends Error {}

const options = {
  map: { type: 'string' }, zone: { type: 'string' }, 'date-order': { type: 'string' }, workspace: { type: 'string' }, 'dry-run': { type: 'boolean' }, help: { type: 'boolean', short: 'h' },
} as const
function terminalLang(): Lang {
  const env = environment()
  return (env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '').startsWith('el') ? 'el' : 'en'
}

/** `bin/stoa import conversations FILE …`: 0 when the file was taken in, 1 when it could not be. */
export async function importCommand(asked: ImportAsked): Promise<number> {
  const lang = asked.lang ?? terminalLang()
  const says = sentences(lang)
  const fail = (text: string): number => { asked.err.write(`${text}\n`); return 1 }
  try {
    const { values, positionals } = parseArgs({ args: [...asked.args], options, allowPositionals: true })
    const [what, path] = positionals
    if (values.help || (what !== 'conversations' && what !== 'comments' && what !== 'forum') || !path) { asked.out.write(`${says('usage', { fields: fields.join(' ') })}\n`); return values.help ? 0 : 1 }
    return what === 'forum' ? await importForum({ ...asked, says, lang }, resolve(path), values) : await importFile({ ...asked, says, lang }, resolve(path), values)
  } catch (error) {
    if (error instanceof Refusal) return fail(problemBody(error, lang, '').detail)
    if (error instanceof Wrong || (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))) return fail(error.message)
    throw error
  }
}

interface Speaking extends ImportAsked { readonly says: Sentence; readonly lang: Lang }
interface Values { readonly map?: string | undefined; readonly zone?: string | undefined; readonly 'date-order'?: string | undefined; readonly workspace?: string | undefined; readonly 'dry-run'?: boolean | undefined }

/** An export of a forum is laid out as one file first, the same each time, so that what was cut short goes on. */
async function importForum(asked: Speaking, path: string, values: Values): Promise<number> {
  if (!await stat(path).then(() => true, () => false)) throw new Wrong(asked.says('noFile', { path }))
  const dir = await mkdtemp(join(tmpdir(), 'stoa-forum-'))
  try {
    asked.err.write(`${asked.says('layingOut', { path })}\n`)
    const to = join(dir, basename(path))
    if (!await layOut(path, to)) throw new Wrong(asked.says('noForum', { path }))
    return await importFile(asked, to, values)
  } finally { await rm(dir, { recursive: true, force: true }) }
}

async function importFile(asked: Speaking, path: string, values: Values): Promise<number> {
  const { house, says } = asked
  if (!await stat(path).then((one) => one.isFile(), () => false)) throw new Wrong(says('noFile', { path }))
  const workspace = await workspaceFor(asked, values.workspace)
  const seen = await inspect(path)
  const mapping = mappingFor(asked, { values, seen, zone: values.zone ?? workspace.zone })
  const { sha256, bytes } = await measureFile(path)
  const fileName = basename(path)
  const shown = watch(asked, house.now)
  const leaving = new AbortController()
  const leave = (): void => leaving.abort()
  process.once('SIGINT', leave)
  try {
    const file = { workspaceId: workspace.id, path, fileName, mapping, totalBytes: bytes }
    const running = { ...shown.running, signal: leaving.signal }
    const result = values['dry-run'] ? await tryFile(house, file, running) : await runImport(house, { workspaceId: workspace.id, importId: await begin(asked, file, { sha256, format: seen.format }) }, running)
    return shown.end(result, values['dry-run'] ?? false)
  } catch (error) {
    if (!leaving.signal.aborted) throw error
    return shown.stopped()
  } finally { process.off('SIGINT', leave) }
}

async function workspaceFor({ house, says }: Speaking, name: string | undefined): Promise<Workspace> {
  const all = await house.database.read(EVERY, allWorkspaces)
  const names = all.map((one) => one.name).join(', ')
  if (all.length === 0) throw new Wrong(says('notSetUp'))
  if (name === undefined) {
    if (all.length > 1) throw new Wrong(says('whichWorkspace', { names }))
    return all[0]!
  }
  const found = all.find((one) => one.name === name || one.id === name)
  if (!found) throw new Wrong(says('noWorkspace', { names }))
  return found
}

interface Choosing { readonly values: Values; readonly seen: Inspection; readonly zone: string }
function mappingFor({ says, err }: Speaking, { values, seen, zone }: Choosing): Mapping {
  const columns = values.map === undefined ? seen.suggested : readMapping(values.map)
  if ('wrong' in columns) throw new Refusal('import_mapping', { params: { reason: String(columns.wrong) } })
  if (columns.text === undefined) throw new Wrong(says('noText', { columns: seen.columns.join(', ') }))
  if (values.map === undefined && !isCommentsFormat(seen.format) && seen.format !== 'forum') err.write(`${says('guessed', { mapping: Object.entries(columns).map((pair) => pair.join('=')).join(',') })}\n`)
  if (!isZone(zone)) throw new Wrong(says('unzoned', { zone }))
  const order = values['date-order']
  if (order !== undefined && order !== 'dmy' && order !== 'mdy') throw new Wrong(says('order'))
  return { columns, zone, ...(order ? { dateOrder: order } : {}) }
}

interface File { readonly workspaceId: string; readonly path: string; readonly fileName: string; readonly mapping: Mapping; readonly totalBytes: number }
async function begin({ house, says, err }: Speaking, file: File, given: { readonly sha256: string; readonly format: Inspection['format'] }): Promise<string> {
  const mapping = mappingJson(file.mapping)
  return await house.database.write(file.workspaceId, async (tx) => {
    const pending = await samePending(tx, { sha256: given.sha256, fileName: file.fileName, mapping })
    if (pending) {
      err.write(`${says('goesOn', { rows: pending.rows })}\n`)
      await changeImport(tx, pending.id, { state: 'running', path: file.path })
      return pending.id
    }
    const row = await makeImport(tx, { fileName: file.fileName, path: file.path, sha256: given.sha256, format: given.format, mapping, totalBytes: file.totalBytes, createdAt: house.now() })
    return row.id
  })
}

const listed = 20
/** Shows how far it is: a bar that moves at a terminal, a line every few seconds elsewhere; and the first wrong rows. */
function watch({ says, lang, out, err }: Speaking, now: () => Date): { running: Running; end(result: Progress, dry: boolean): number; stopped(): number } {
  const began = now().getTime()
  let [shownAt, firstByte, wrong, rows] = [0, -1, 0, 0]
  const bar = (done: number): string => `[${'█'.repeat(Math.round(done * 24)).padEnd(24, '·')}]`
  const clear = (): void => { if (err.isTTY) err.write('\r\u001b[K') }
  const onProgress = (progress: Progress): void => {
    rows = progress.rows
    if (firstByte < 0) firstByte = progress.doneBytes
    const at = now().getTime()
    if (at - shownAt < (err.isTTY ? 100 : 5_000)) return
    shownAt = at
    const [done, speed] = [progress.doneBytes / Math.max(1, progress.totalBytes), (progress.doneBytes - firstByte) / Math.max(1, at - began)]
    const left = speed > 0 ? says('left', { seconds: Math.ceil((progress.totalBytes - progress.doneBytes) / speed / 1000) }) : ''
    const line = `${bar(done)} ${says('progress', { ...progress, percent: Math.floor(done * 100), left })}`
    err.write(err.isTTY ? `\r\u001b[K${line}` : `${line}\n`)
  }
  const onErrors = (errors: readonly RowError[]): void => {
    for (const one of errors.slice(0, Math.max(0, listed - wrong))) {
      clear()
      err.write(`${says('wrong', { line: one.line, says: whatIsWrong[one.code][lang], detail: [one.column, one.value].filter(Boolean).map((part) => JSON.stringify(part)).join(' ') })}\n`)
    }
    wrong += errors.length
  }
  const end = (result: Progress, dry: boolean): number => {
    clear()
    if (wrong > listed) err.write(`${says('more', { count: wrong - listed })}\n`)
    if (result.state === 'running') { err.write(`${says('elsewhere')}\n`); return 1 }
    if (result.state !== 'done') { err.write(`${says('stopped', { rows: result.rows })}\n`); return 1 }
    out.write(`${says(dry ? 'would' : 'done', { ...result, seconds: ((now().getTime() - began) / 1000).toFixed(1) })}\n`)
    return 0
  }
  return { running: { onProgress, onErrors }, end, stopped: () => { clear(); err.write(`${says('stopped', { rows })}\n`); return 1 } }
}
