import { isUtf8 } from 'node:buffer'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '#kit/refusal.ts'
import { isDiscourse, isMore, readCategories, readDiscourse, type Discourse } from './forum-discourse.ts'
import { header, lineOf, type WrongLine } from './forum-line.ts'
import { isNodebb, readNodebb } from './forum-nodebb.ts'
import type { Wrong } from './rules.ts'
import { entriesOf } from './zip.ts'

// One topic with a thousand posts is a few MB.
const largest = 32 * 1024 * 1024
interface Document { readonly where: string; readonly bytes: Buffer | Wrong }

const isSite = (where: string): boolean => /(?:^|\/)(?:site|categories)\.json$/i.test(where)
const isJson = (where: string): boolean => /\.json$/i.test(where) && !/(?:^|\/)(?:\.|__MACOSX)/.test(where)

async function* ofFolder(path: string, wanted: (where: string) => boolean): AsyncGenerator<Document> {
  const found = (await readdir(path, { recursive: true, withFileTypes: true })).filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name)).sort()
  for (const file of found) {
    const where = relative(path, file).split(sep).join('/')
    if (isJson(where) && wanted(where)) yield { where, bytes: (await stat(file)).size > largest ? 'too-big' : await readFile(file) }
  }
}
async function* ofZip(path: string, wanted: (where: string) => boolean): AsyncGenerator<Document> {
  for await (const { name, bytes } of entriesOf(path)) {
    if (!isJson(name) || !wanted(name)) continue
    const found = await bytes(largest)
    yield { where: name, bytes: found === 'broken' ? 'cut-short' : found }
  }
}
async function* ofLines(path: string): AsyncGenerator<Document> {
  let [held, line, skipping]: [Buffer[], number, boolean] = [[], 1, false]
  const take = (): Document => {
    const one: Document = { where: `line ${line}`, bytes: skipping ? 'too-big' : Buffer.concat(held) }
    held = []; skipping = false; line += 1
    return one
  }
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    let rest = chunk as Buffer
    for (let at = rest.indexOf(10); at >= 0; at = rest.indexOf(10)) { held.push(rest.subarray(0, at)); yield take(); rest = rest.subarray(at + 1) }
    held.push(rest)
    if (held.reduce((sum, one) => sum + one.length, 0) > largest) { held = []; skipping = true }
  }
  if (skipping || held.some((one) => one.length > 0)) yield take()
}

const parsed = (bytes: Buffer): unknown => { try { return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, '')) } catch { return undefined } }
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)
const isTopic = (value: unknown): value is object => isObject(value) && (isDiscourse(value) || isNodebb(value))

/** `later`: documents with more of a topic that was not met yet; they are read again at the end. */
interface Known extends Discourse { readonly later: Set<string>; last: boolean }
/** The posts of one document, which is a topic, a list of topics, or the categories. */
function postsIn({ where, bytes }: Document, known: Known): string {
  if (typeof bytes === 'string') return lineOf({ wrong: bytes, where })
  if (bytes.every((one) => one <= 32)) return ''
  if (!isUtf8(bytes)) return lineOf({ wrong: 'bad-utf8', where })
  const value = parsed(bytes)
  const all: readonly unknown[] = Array.isArray(value) ? value : [value]
  return all.map((one, place) => {
    const at = all.length > 1 ? `${where} [${place}]` : where
    if (!isObject(one)) return lineOf({ wrong: 'bad-json', where: at } satisfies WrongLine)
    if (isDiscourse(one)) {
      if (!known.last && isMore(one, known)) { known.later.add(where); return '' }
      return readDiscourse(one, at, known).map(lineOf).join('')
    }
    if (isNodebb(one)) return readNodebb(one, at).map(lineOf).join('')
    return readCategories(one, known) ? '' : lineOf({ wrong: 'bad-post', where: at })
  }).join('')
}

type Kind = 'folder' | 'zip' | 'whole' | 'lines'
/** What an export of a forum is kept in; undefined: the file is no such export. */
async function kindOf(path: string): Promise<Kind | undefined> {
  const { size, ...about } = await stat(path).then((one) => ({ size: one.size, folder: one.isDirectory() }))
  if (about.folder) return 'folder'
  const file = await open(path, 'r')
  const start = await file.read(Buffer.alloc(4), 0, 4, 0).then(({ buffer, bytesRead }) => buffer.subarray(0, bytesRead)).finally(() => file.close())
  if (start.equals(Buffer.from([0x50, 0x4b, 3, 4])) || start.equals(Buffer.from([0x50, 0x4b, 5, 6]))) return 'zip'
  if (!/^(?:\uFEFF|\s)*[[{]/.test(start.toString('utf8'))) return undefined
  if (size <= largest) {
    const whole = parsed(await readFile(path))
    if (isTopic(whole) || (Array.isArray(whole) && whole.some(isTopic))) return 'whole'
    if (whole !== undefined) return undefined
  }
  for await (const { bytes } of ofLines(path)) {
    if (typeof bytes === 'string' || bytes.length === 0) continue
    const first = parsed(bytes)
    return isTopic(first) || (isObject(first) && 'categories' in first) ? 'lines' : undefined
  }
  return undefined
}

async function* documentsOf(path: string, kind: Kind, wanted: (where: string) => boolean): AsyncGenerator<Document> {
  if (kind === 'folder' || kind === 'zip') { yield* (kind === 'folder' ? ofFolder : ofZip)(path, wanted); return }
  const all = kind === 'whole' ? [{ where: '', bytes: await readFile(path) }] : ofLines(path)
  for await (const one of all) if (wanted(one.where)) yield one
}

/**
 * Lays an export of Discourse or NodeBB out as one post a line, categories and further pages of a topic put where they belong, so that it is brought in like
 * any other file: from any place on. The same export gives the same lines each time. False: the file is no export of a forum.
 */
export async function layOut(path: string, to: string): Promise<boolean> {
  const kind = await kindOf(path)
  if (!kind) return false
  let posts = 0
  const known: Known = { categories: new Map(), topics: new Map(), later: new Set(), last: false }
  const lines = async function* (): AsyncGenerator<string> {
    yield `${header}\n`
    for (const turn of [isSite, (where: string) => !isSite(where), (where: string) => known.later.has(where)]) {
      for await (const one of documentsOf(path, kind, turn)) {
        const text = postsIn(one, known)
        if (text !== '') { posts += 1; yield text }
      }
      known.last = known.later.size > 0
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(to, { mode: 0o600 }))
  if (posts === 0) throw new Refusal('file_broken')
  return true
}
