import { isUtf8 } from 'node:buffer'
import { Refusal } from '#kit/refusal.ts'

/** What is met in a file of XML, in its order; `line` is where it begins, `end` the byte after it, `endLine` the line there. */
export type Met = { readonly line: number; readonly end: number; readonly endLine: number } & (
  | { readonly is: 'open'; readonly name: string; readonly attributes: Readonly<Record<string, string>>; readonly closed: boolean }
  | { readonly is: 'close'; readonly name: string }
  | { readonly is: 'text'; readonly text: string; readonly wrong: 'too-big' | 'bad-utf8' | 'bad-xml' | undefined }
)

// A text longer than this is no comment; what is dropped costs no memory.
const longestText = 256 * 1024
const longestTag = 64 * 1024
const [OPEN, CLOSE, LF] = [60, 62, 10]
const ends = { cdata: Buffer.from(']]>'), comment: Buffer.from('-->'), note: Buffer.from('?>') } as const
type Mode = 'text' | keyof typeof ends

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: '\'' }
/** The five entities of XML and numbers; a file that needs others names them in a DTD, which is not read. */
function unescaped(text: string): string | undefined {
  let sound = true
  const plain = text.replace(/&([^;&\s]{0,12});?/g, (whole, name: string) => {
    const number = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name)
    const code = number ? Number.parseInt(number[1] ?? number[2]!, number[1] ? 16 : 10) : undefined
    if (whole.endsWith(';') && code !== undefined && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)) return String.fromCodePoint(code)
    if (whole.endsWith(';') && Object.hasOwn(named, name)) return named[name]!
    sound = false
    return whole
  })
  return sound ? plain : undefined
}

const attribute = /([^\s=/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const attributesIn = (text: string): Record<string, string> =>
  Object.fromEntries(Array.from(text.matchAll(attribute), ([, name, double, single]) => [name!, unescaped(double ?? single ?? '') ?? '']))

/** Reads XML as its bytes come. A document type, and with it every entity of its own, is refused; memory stays flat. */
export class XmlReader {
  #held: Buffer = Buffer.alloc(0)
  #mode: Mode = 'text'
  #byte = 0
  #line = 1
  #from = 1
  #parts: { readonly bytes: Buffer; readonly raw: boolean }[] = []
  #size = 0
  #tooBig = false
  readonly #open: string[] = []

  push(chunk: Buffer): Met[] {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk])
    const met: Met[] = []
    while (this.#step(met)) { /* until more bytes are needed */ }
    return met
  }
  /** True when every element was closed and nothing is left half read. */
  end(): boolean {
    return this.#open.length === 0 && this.#mode === 'text' && this.#held.toString('latin1').trim() === ''
  }
  get line(): number { return this.#line }

  #step(met: Met[]): boolean {
    if (this.#held.length === 0) return false
    if (this.#mode !== 'text') return this.#through(this.#mode)
    const at = this.#held.indexOf(OPEN)
    if (at !== 0) { this.#keep(at < 0 ? this.#held.length : at, { raw: false }); return at > 0 }
    return this.#markup(met)
  }

  /** Something that begins with `<`; false when not all of it is here. */
  #markup(met: Met[]): boolean {
    const head = this.#held.toString('latin1', 0, 9)
    if (head.startsWith('<!')) {
      if (head.length < 9 && !head.startsWith('<!--')) return false
      if (head.startsWith('<!--')) return this.#enter('comment', 4)
      if (head === '<![CDATA[') return this.#enter('cdata', 9)
      throw new Refusal('xml_doctype')
    }
    if (head.startsWith('<?')) return this.#enter('note', 2)
    const end = this.#tagEnd()
    if (end < 0) {
      if (this.#held.length > longestTag) throw new Refusal('file_broken')
      return false
    }
    this.#flush(met)
    this.#tag(met, end)
    return true
  }
  #tagEnd(): number {
    let quote = 0
    for (let at = 1; at < this.#held.length; at++) {
      const byte = this.#held[at]!
      if (quote !== 0) { if (byte === quote) quote = 0 }
      else if (byte === 34 || byte === 39) quote = byte
      else if (byte === CLOSE) return at
    }
    return -1
  }
  #enter(mode: Mode, bytes: number): boolean { this.#mode = mode; this.#pass(bytes); return true }

  #through(mode: keyof typeof ends): boolean {
    const end = this.#held.indexOf(ends[mode])
    const keeps = mode === 'cdata'
    if (end < 0) {
      // The end may be cut in two by the edge of what has come.
      const safe = Math.max(0, this.#held.length - 2)
      if (safe === 0) return false
      if (keeps) this.#keep(safe, { raw: true }); else this.#pass(safe)
      return false
    }
    if (keeps) this.#keep(end, { raw: true }); else this.#pass(end)
    this.#pass(ends[mode].length)
    this.#mode = 'text'
    return true
  }

  #tag(met: Met[], end: number): void {
    const line = this.#line
    const inner = this.#held.toString('utf8', 1, end)
    this.#pass(end + 1)
    const place = { line, end: this.#byte, endLine: this.#line }
    if (inner.startsWith('/')) {
      const name = inner.slice(1).trim()
      if (this.#open.pop() !== name) throw new Refusal('file_broken')
      met.push({ ...place, is: 'close', name })
      return
    }
    const closed = inner.endsWith('/')
    const [, name = '', rest = ''] = /^([^\s/]+)([^]*)$/.exec(closed ? inner.slice(0, -1) : inner) ?? []
    if (name === '' || this.#open.length > 100) throw new Refusal('file_broken')
    if (!closed) this.#open.push(name)
    met.push({ ...place, is: 'open', name, closed, attributes: attributesIn(rest) })
  }

  #keep(bytes: number, { raw }: { readonly raw: boolean }): void {
    if (this.#parts.length === 0 && !this.#tooBig) this.#from = this.#line
    if (this.#size + bytes > longestText) { this.#tooBig = true; this.#parts = [] } else if (bytes > 0) this.#parts.push({ bytes: Buffer.from(this.#held.subarray(0, bytes)), raw })
    this.#size += bytes
    this.#pass(bytes)
  }
  #flush(met: Met[]): void {
    if (this.#size === 0) return
    const parts = Map.groupBy(this.#runs(), ({ text }) => text === undefined)
    const wrong = this.#tooBig ? 'too-big' as const : parts.has(true) ? parts.get(true)![0]!.wrong : undefined
    met.push({ line: this.#from, end: this.#byte, endLine: this.#line, is: 'text', wrong, text: (parts.get(false) ?? []).map(({ text }) => text).join('') })
    this.#parts = []
    this.#size = 0
    this.#tooBig = false
  }
  /** Bytes of one kind are read together: a letter may be cut in two between them. */
  #runs(): { text: string | undefined; wrong: 'bad-utf8' | 'bad-xml' | undefined }[] {
    const runs: { bytes: Buffer[]; raw: boolean }[] = []
    for (const { bytes, raw } of this.#parts) { const last = runs.at(-1); if (last?.raw === raw) last.bytes.push(bytes); else runs.push({ bytes: [bytes], raw }) }
    return runs.map(({ bytes, raw }) => {
      const whole = Buffer.concat(bytes)
      if (!isUtf8(whole)) return { text: undefined, wrong: 'bad-utf8' }
      const text = raw ? whole.toString('utf8') : unescaped(whole.toString('utf8'))
      return { text, wrong: text === undefined ? 'bad-xml' : undefined }
    })
  }
  #pass(bytes: number): void {
    for (let at = this.#held.indexOf(LF); at >= 0 && at < bytes; at = this.#held.indexOf(LF, at + 1)) this.#line++
    this.#byte += bytes
    this.#held = this.#held.subarray(bytes)
  }
}
