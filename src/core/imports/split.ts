/** Where another run can go on: a byte of the file and its line, counted from 1. */
export interface Place { readonly byte: number; readonly line: number }
/** One record of a file as its bytes, or what is wrong with it; `line` is where it begins, `next` where the one after it does. */
export type Split = { readonly line: number; readonly next: Place } & ({ readonly bytes: Buffer } | { readonly wrong: 'open-quote' | 'too-big' })

const [LF, QUOTE] = [10, 34]
// A record longer than this is no utterance; a quote that stays open that long was never meant to.
export const longestRecord = 256 * 1024

type State = 'start' | 'plain' | 'quoted' | 'closing' | 'skipping'

/**
 * Cuts a stream of bytes into records, knowing at each moment the byte and line from which another run can go on.
 * An open quote costs its own line and no more. Give `delimiter: undefined` where quotes mean nothing (JSON Lines).
 */
export class Splitter {
  readonly #delimiter: number | undefined
  readonly #newline: number
  #held: Buffer = Buffer.alloc(0)
  #scanned = 0
  #state: State = 'start'
  #place: Place
  constructor(from: Place, how: { readonly delimiter: number | undefined; readonly newline?: number }) {
    this.#place = from
    this.#delimiter = how.delimiter
    this.#newline = how.newline ?? LF
  }

  push(chunk: Buffer): Split[] {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk])
    const found: Split[] = []
    this.#scan(found)
    return found
  }

  /** What is left when the file has ended. */
  end(): Split[] {
    const found: Split[] = []
    while (this.#held.length > 0 || this.#state === 'skipping') {
      if (this.#state === 'quoted') { this.#reopen(found); this.#scan(found); continue }
      const { line } = this.#place
      const [bytes, skipped] = [this.#held, this.#state === 'skipping']
      this.#take(bytes.length, 1)
      found.push(skipped ? { line, wrong: 'too-big', next: this.#place } : { line, bytes, next: this.#place })
    }
    return found
  }

  #scan(found: Split[]): void {
    while (this.#scanned < this.#held.length) {
      const byte = this.#held[this.#scanned++]!
      const ends = byte === this.#newline && this.#state !== 'quoted'
      if (ends) this.#cut(found)
      else this.#state = this.#next(byte)
      if (this.#scanned > longestRecord && this.#state !== 'skipping') this.#overflow(found)
    }
    if (this.#state === 'skipping') this.#forget()
  }

  #next(byte: number): State {
    if (this.#state === 'skipping' || this.#delimiter === undefined) return this.#state
    if (this.#state === 'quoted') return byte === QUOTE ? 'closing' : 'quoted'
    if (byte === QUOTE && this.#state !== 'plain') return 'quoted'
    return byte === this.#delimiter ? 'start' : 'plain'
  }

  #cut(found: Split[]): void {
    const { line } = this.#place
    const [bytes, skipped] = [this.#held.subarray(0, this.#scanned - 1), this.#state === 'skipping']
    this.#take(this.#scanned, skipped ? 1 : 1 + linesIn(bytes, this.#newline))
    found.push(skipped ? { line, wrong: 'too-big', next: this.#place } : { line, bytes, next: this.#place })
  }

  #overflow(found: Split[]): void {
    if (this.#state === 'quoted') this.#reopen(found)
    else this.#state = 'skipping'
  }

  /** The quote never closed: its line is wrong, and reading goes on with the next one. */
  #reopen(found: Split[]): void {
    const line = this.#place.line
    const end = this.#held.indexOf(this.#newline)
    this.#take(end < 0 ? this.#held.length : end + 1, 1)
    found.push({ line, wrong: 'open-quote', next: this.#place })
  }

  #forget(): void { this.#place = { byte: this.#place.byte + this.#held.length, line: this.#place.line }; this.#held = Buffer.alloc(0); this.#scanned = 0 }

  #take(bytes: number, lines: number): void {
    this.#place = { byte: this.#place.byte + bytes, line: this.#place.line + lines }
    this.#held = this.#held.subarray(bytes)
    this.#scanned = 0
    this.#state = 'start'
  }
}

function linesIn(bytes: Buffer, newline: number): number {
  let count = 0
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) count++
  return count
}

/** The fields of one record of CSV: quotes doubled inside quotes, stray quotes kept as they stand. */
export function fieldsOf(record: string, delimiter: string): string[] {
  const text = record.endsWith('\r') ? record.slice(0, -1) : record
  if (!text.includes('"')) return text.split(delimiter)
  const found: string[] = []
  let at = 0
  for (;;) {
    const field = text[at] === '"' ? quotedField(text, at, delimiter) : plainField(text, at, delimiter)
    found.push(field.value)
    if (field.end >= text.length) return found
    at = field.end + 1
    if (at === text.length) return [...found, '']
  }
}
interface Field { readonly value: string; readonly end: number }
function plainField(text: string, from: number, delimiter: string): Field {
  const end = text.indexOf(delimiter, from)
  return { value: text.slice(from, end < 0 ? text.length : end), end: end < 0 ? text.length : end }
}
function quotedField(text: string, from: number, delimiter: string): Field {
  let value = ''
  let at = from + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return { value: value + text.slice(at), end: text.length }
    value += text.slice(at, quote)
    if (text[quote + 1] === '"') { value += '"'; at = quote + 2; continue }
    const rest = plainField(text, quote + 1, delimiter)
    return { value: value + rest.value, end: rest.end }
  }
}
