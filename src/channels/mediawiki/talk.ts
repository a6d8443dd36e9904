import { createHash } from 'node:crypto'

/** One signed comment of a talk page, as it stands in the wikitext. Lines are counted from 0; `end` is the line after the last. */
export interface Said {
  /** The same as long as the signature stands: by user and time, or by our own mark. */
  readonly id: string
  readonly by: string
  readonly indent: number
  readonly start: number; readonly end: number
  readonly heading: string
  /** The line of its heading, when it is the first under one. */
  readonly headed: number | undefined
  readonly text: string
  /** Of ours: the mark it carries. */
  readonly mark: string | undefined
}

const markIn = /<!--\s*stoa:([0-9a-f]{12})\s*-->/
export const markComment = (mark: string): string => `<!-- stoa:${mark} -->`
export const markOf = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 12)

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12)

const time = /\d{1,2}:\d{2}[^[\]\n]{4,60}\([\p{L}+\-\d:]{2,10}\)/gu
const linked = /\[\[\s*:?[^[\]|\n:]+:([^[\]|\n]+?)(?:\|[^[\]\n]*)?\]\]/g
interface Signed { readonly by: string; readonly at: string; readonly from: number }
/** Users without an account are named behind the page of what they wrote. */
function userIn(title: string): string {
  const [name = '', ...rest] = title.replaceAll('_', ' ').split('/')
  const last = rest.at(-1)?.trim() ?? ''
  return /^[\d.]+$|^[\da-fA-F:]{3,}$/.test(last) ? last : name.trim()
}
/** Who signed a line, and where the signature begins: a link to a user, perhaps more about the same, and the time with its zone. */
function signatureIn(line: string): Signed | undefined {
  const at = Array.from(line.matchAll(time)).at(-1)
  if (!at) return undefined
  const links = Array.from(line.slice(0, at.index).matchAll(linked), (one) => ({ name: userIn(one[1]!), from: one.index, to: one.index + one[0].length }))
  const last = links.at(-1)
  if (!last || !/^(?:[\s()·•|/,.—–-]|<[^<>]*>)*$/.test(line.slice(last.to, at.index))) return undefined
  let { from } = last
  for (const one of links.toReversed().slice(1)) {
    if (one.name !== last.name || line.slice(one.to, from).length > 40) break
    from = one.from
  }
  return { by: last.name, at: at[0], from }
}
const headingOf = (line: string): string | undefined => /^(={1,6})\s*(.+?)\s*\1\s*(?:<!--.*-->)?\s*$/.exec(line)?.[2]
const indentOf = (line: string): number => /^[:*#]*/.exec(line)![0].length

/** The signed comments of a page, in their order. What nobody signed belongs to the next who does. */
export function saidIn(wikitext: string): readonly Said[] {
  const lines = wikitext.split('\n')
  const found: Said[] = []
  const times = new Map<string, number>()
  let [start, heading, headed]: [number, string, number | undefined] = [0, '', undefined]
  for (const [n, line] of lines.entries()) {
    const title = headingOf(line)
    if (title !== undefined) { [start, heading, headed] = [n + 1, title, n]; continue }
    const signed = signatureIn(line)
    if (!signed) continue
    while (start < n && lines[start]!.trim() === '') start++
    const body = [...lines.slice(start, n), line.slice(0, signed.from)].join('\n')
    const name = `${signed.by} ${signed.at}`
    const again = times.get(name) ?? 0
    times.set(name, again + 1)
    const mark = markIn.exec(lines.slice(start, n + 1).join('\n'))?.[1]
    found.push({
      id: mark ?? hash(again === 0 ? name : `${name} ${again}`), by: signed.by, indent: indentOf(lines[start] ?? line), start, end: n + 1, heading, headed: found.some((one) => one.headed === headed) ? undefined : headed,
      text: body.replace(/\s*(?:--|—|–)?\s*$/, '').trim(), mark,
    })
    start = n + 1
  }
  return found
}

/** Where an answer to it stands: behind it and all answers it has, one step further in. */
export function placeUnder(wikitext: string, to: Said): { readonly line: number; readonly indent: number } {
  const lines = wikitext.split('\n')
  let line = to.end
  for (const one of saidIn(wikitext)) {
    if (one.start < to.end) continue
    if (one.indent <= to.indent || lines.slice(to.end, one.start).some((each) => headingOf(each) !== undefined)) break
    line = one.end
  }
  return { line, indent: to.indent + 1 }
}

/** The page with more lines at a place. */
export function withLines(wikitext: string, line: number, more: readonly string[]): string {
  const lines = wikitext.split('\n')
  return [...lines.slice(0, line), ...more, ...lines.slice(line)].join('\n')
}
/** The page with other lines in the place of some. */
export function replaced(wikitext: string, { start, end }: { readonly start: number; readonly end: number }, by: readonly string[]): string {
  const lines = wikitext.split('\n')
  return [...lines.slice(0, start), ...by, ...lines.slice(end)].join('\n')
}
/** The comment it answers: the nearest before it in the same section that stands less far in. */
export function above(all: readonly Said[], one: Said): Said | undefined {
  const before = all.filter((each) => each.end <= one.start && each.heading === one.heading).toReversed()
  return before.find((each) => each.indent < one.indent)
}
/** What starts its section. */
export const firstOf = (all: readonly Said[], one: Said): Said | undefined => {
  const place = all.indexOf(one)
  return all.slice(0, place + 1).findLast((each) => each.headed !== undefined && each.heading === one.heading)
}

/** Lines that came with a change and that nobody signed; headings and what is left of other lines are not among them. */
export function unsignedIn(before: string, after: string): readonly string[] {
  const old = new Set(before.split('\n').map((line) => line.trim()))
  return after.split('\n').filter((line) => line.trim() !== '' && !old.has(line.trim()) && headingOf(line) === undefined && !signatureIn(line) && !markIn.test(line) && !/^\s*(?:\{\{|\[\[[^\]]*\]\]\s*$|__)/.test(line))
}
/** What nobody signed, found again by its lines. */
export function placeOfLines(wikitext: string, wanted: readonly string[]): { readonly line: number; readonly indent: number } | undefined {
  const last = wanted.at(-1)?.trim()
  const line = last === undefined ? -1 : wikitext.split('\n').findIndex((each) => each.trim() === last)
  return line < 0 ? undefined : { line: line + 1, indent: indentOf(last!) + 1 }
}
