import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Batch, Read, Reading } from './read.ts'
import type { Cells, RowError, Wrong } from './rules.ts'
import { XmlReader, type Met } from './xml.ts'

export type CommentsFormat = 'disqus' | 'wxr'
export const isCommentsFormat = (format: string): format is CommentsFormat => format === 'disqus' || format === 'wxr'
/** What a comment of an export tells, whatever the export is of. */
export const commentColumns = ['id', 'text', 'author', 'email', 'at', 'thread', 'subject', 'parent', 'html', 'held'] as const

/** An element with what stands in it: the words of its children by their names, one level of names deep. */
interface Gathered { readonly line: number; readonly attributes: Readonly<Record<string, string>>; readonly says: Record<string, string>; readonly refs: Record<string, string>; wrong: Wrong | undefined }
type Yielded = { readonly read: Read | undefined; readonly end: number; readonly endLine: number }

// Pages of an export that names them before their comments; more are told as errors, not held.
const mostPages = 250_000

/** Gathers whole elements of the names that matter; all others go by. */
abstract class Gatherer {
  #path: string[] = []
  #one: Gathered | undefined
  #depth = 0
  protected abstract readonly wanted: readonly string[]
  protected abstract whole(name: string, one: Gathered): Read | undefined
  /** A word that stands outside the elements that are gathered. */
  protected aside(_path: readonly string[], _text: string): void { /* nothing is needed of it */ }

  take(met: Met): Yielded | undefined {
    if (met.is === 'text') { this.#text(met); return undefined }
    if (met.is === 'open') { this.#opened(met); return met.closed ? this.#closed(met) : undefined }
    return this.#closed(met)
  }
  #opened(met: Met & { is: 'open' }): void {
    this.#path.push(met.name)
    if (this.#one) this.#one.refs[met.name] ??= met.attributes['dsq:id'] ?? ''
    else if (this.wanted.includes(met.name) && this.#path.length > 1) { this.#one = { line: met.line, attributes: met.attributes, says: {}, refs: {}, wrong: undefined }; this.#depth = this.#path.length }
  }
  #text({ text, wrong }: Met & { is: 'text' }): void {
    if (!this.#one) { this.aside(this.#path, text); return }
    const name = this.#path.slice(this.#depth).join('.')
    this.#one.says[name] = (this.#one.says[name] ?? '') + text
    this.#one.wrong ??= wrong
  }
  #closed(met: Met): Yielded | undefined {
    const name = this.#path.pop()!
    const one = this.#one
    if (!one || this.#path.length >= this.#depth) return undefined
    this.#one = undefined
    const read = one.wrong ? { line: one.line, code: one.wrong } satisfies RowError : this.whole(name, one)
    return { read, end: met.end, endLine: met.endLine }
  }
}

const cellsOf = (line: number, cells: Partial<Record<(typeof commentColumns)[number], string>>): Read => ({ line, cells: { ...cells } as Cells })
const yes = (text: string | undefined): boolean => text?.trim() === 'true' || text?.trim() === '1'

/** Plain words of a comment's HTML: paragraphs stay apart, marks go. */
export const wordsOf = (html: string): string => html
  .replace(/<(script|style)\b[^]{0,100000}?<\/\1\s*>/gi, '').replace(/<br\s*\/?>|<\/(?:li|div)\s*>/gi, '\n').replace(/<\/(?:p|blockquote|pre|h\d)\s*>/gi, '\n\n').replace(/<\/?[a-z!][^<>]{0,4000}>/gi, '')
  .replace(/&(lt|gt|quot|#0?39|nbsp|amp);/g, (_, name: string) => ({ lt: '<', gt: '>', quot: '"', nbsp: ' ', amp: '&' })[name] ?? '\'').replace(/[^\S\n]+\n/g, '\n').replace(/\n{3,}/g, '\n\n').trim()

/** An export of Disqus names its pages first and then all that was said. */
class Disqus extends Gatherer {
  protected readonly wanted = ['thread', 'post']
  readonly #pages = new Map<string, { readonly url: string; readonly title: string }>()
  protected whole(name: string, one: Gathered): Read | undefined {
    const id = one.attributes['dsq:id'] ?? one.says['id']?.trim() ?? ''
    if (name === 'thread') {
      if (this.#pages.size < mostPages) this.#pages.set(id, { url: one.says['link']?.trim() ?? '', title: one.says['title']?.trim() ?? '' })
      return undefined
    }
    if (yes(one.says['isDeleted']) || yes(one.says['isSpam'])) return undefined
    const page = this.#pages.get(one.refs['thread'] ?? '')
    const html = one.says['message'] ?? ''
    return cellsOf(one.line, {
      id: `disqus:${id}`, text: wordsOf(html), html, author: one.says['author.name'] || one.says['author.username'] || '', email: one.says['author.email'] ?? '', at: one.says['createdAt']?.trim() ?? '',
      thread: page?.url ?? '', subject: page?.title ?? '', parent: one.refs['parent'] ? `disqus:${one.refs['parent']}` : '', held: one.says['isApproved']?.trim() === 'false' ? 'yes' : '',
    })
  }
}

/** An export of WordPress holds the comments of each page within it. */
class Wxr extends Gatherer {
  protected readonly wanted = ['wp:comment']
  #page = { url: '', title: '', mark: '' }
  protected override aside(path: readonly string[], text: string): void {
    if (path.length !== 4 || path[2] !== 'item' || text.trim() === '') return
    if (path[3] === 'title') this.#page = { url: '', title: text.trim(), mark: '' }
    if (path[3] === 'link') this.#page = { ...this.#page, url: text.trim(), mark: createHash('sha256').update(text.trim()).digest('base64url').slice(0, 10) }
  }
  protected whole(_name: string, { line, says }: Gathered): Read | undefined {
    const says1 = (field: string): string => says[`wp:comment_${field}`]?.trim() ?? ''
    const kind = says1('type')
    const approved = says1('approved')
    if ((kind !== '' && kind !== 'comment') || approved === 'spam' || approved === 'trash' || approved === 'post-trashed') return undefined
    const idOf = (id: string): string => `wp:${this.#page.mark}:${id}`
    const gmt = says1('date_gmt')
    const [parent, html] = [says1('parent'), says1('content')]
    return cellsOf(line, {
      id: idOf(says1('id')), text: wordsOf(html), html: /<[a-z]/i.test(html) ? html : '', author: says1('author'), email: says1('author_email'), at: gmt && !gmt.startsWith('0000') ? `${gmt.replace(' ', 'T')}Z` : says1('date'),
      thread: this.#page.url, subject: this.#page.title, parent: parent !== '' && parent !== '0' ? idOf(parent) : '', held: approved === '0' ? 'yes' : '',
    })
  }
}

/**
 * Reads the comments of an export in batches. Going on from a place reads the beginning again, because pages are named there, and gives nothing
 * of it a second time.
 */
export async function* readComments(path: string, format: CommentsFormat, { from, size, signal }: Reading): AsyncGenerator<Batch> {
  const [reader, gatherer] = [new XmlReader(), format === 'disqus' ? new Disqus() : new Wxr()]
  let records: Read[] = []
  let next = from
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024, ...(signal ? { signal } : {}) })) {
    for (const met of reader.push(chunk as Buffer)) {
      const found = gatherer.take(met)
      if (!found || found.end <= from.byte) continue
      next = { byte: found.end, line: found.endLine }
      if (found.read) records.push(found.read)
      if (records.length >= size) { yield { records, next }; records = [] }
    }
  }
  if (!reader.end()) records.push({ line: reader.line, code: 'cut-short' })
  if (records.length > 0) yield { records, next }
}
