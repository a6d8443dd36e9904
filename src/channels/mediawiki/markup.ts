import { markdownToHtml } from '#text/html/markdown.ts'
import { plainText } from '#text/html/sanitize.ts'
import type { Lang } from '#kit/lang.ts'

/** Text that the wiki must show as it is, whatever signs it holds. */
export const wikiText = (text: string): string => text
  .replace(/\[\[|\]\]|\{\{|\}\}|\{\||''+|~~~+|__(?=\S)|<(?=[!/A-Za-z])/g, (signs) => Array.from(signs, (sign) => `&#${sign.codePointAt(0)!};`).join(''))
const atStart = (line: string): string => line.replace(/^\s*([*#:;=\-|!])/, (_, sign: string) => `&#${sign.codePointAt(0)!};`).replace(/^ +/, '')

const tag = /<(\/?)([a-z0-9]+)([^>]*)>|([^<]+)/g
const decoded = (html: string): string => plainText(`<pre>${html}</pre>`).replace(/^\n|\n$/g, '')
const plain = new Set(['code', 'del', 's', 'u', 'sup', 'sub', 'blockquote', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'pre'])

interface Writing { out: string; lists: string[]; links: string[]; raw: number }
const breakLine = (writing: Writing, lines: number): void => {
  const text = writing.out.replace(/[ \n]+$/, '')
  writing.out = text === '' ? '' : `${text}${'\n'.repeat(lines)}`
}
const signs: Readonly<Record<string, string>> = { strong: "'''", b: "'''", em: "''", i: "''" }

function opens(writing: Writing, name: string, attributes: string): void {
  const level = /^h([2-6])$/.exec(name)?.[1]
  if (signs[name]) writing.out += signs[name]
  else if (level) { breakLine(writing, 2); writing.out += `${'='.repeat(Number(level))} ` }
  else if (name === 'ul' || name === 'ol') { breakLine(writing, writing.lists.length > 0 ? 1 : 2); writing.lists.push(name === 'ul' ? '*' : '#') }
  else if (name === 'li') { if (!writing.out.endsWith('\n')) breakLine(writing, 1); writing.out += `${writing.lists.join('') || '*'} ` }
  else if (name === 'p' && writing.lists.length === 0) breakLine(writing, 2)
  else if (name === 'br') writing.out += '<br>'
  else if (name === 'hr') { breakLine(writing, 2); writing.out += '----\n\n' }
  else if (name === 'a') {
    const href = decoded(/href="([^"]*)"/.exec(attributes)?.[1] ?? '')
    writing.links.push(href)
    if (/^https?:/.test(href)) writing.out += `[${href.replace(/[\s[\]<>"|]/g, encodeURIComponent)} `
  } else if (name === 'img') writing.out += wikiText(decoded(/alt="([^"]*)"/.exec(attributes)?.[1] ?? ''))
  else if (plain.has(name)) { if (name === 'pre' || name === 'code') writing.raw++; writing.out += name === 'blockquote' || name === 'table' || name === 'pre' ? `\n<${name}>` : `<${name}>` }
}

function closes(writing: Writing, name: string): void {
  const level = /^h([2-6])$/.exec(name)?.[1]
  if (signs[name]) writing.out += signs[name]
  else if (level) { writing.out += ` ${'='.repeat(Number(level))}`; breakLine(writing, 1) }
  else if (name === 'ul' || name === 'ol') { writing.lists.pop(); breakLine(writing, writing.lists.length > 0 ? 1 : 2) }
  else if (name === 'p' && writing.lists.length === 0) breakLine(writing, 2)
  else if (name === 'a') { if (/^https?:/.test(writing.links.pop() ?? '')) writing.out += ']' }
  else if (plain.has(name)) { if (name === 'pre' || name === 'code') writing.raw--; writing.out += `</${name}>${name === 'blockquote' || name === 'table' || name === 'pre' ? '\n' : ''}` }
}

/** Our own Markdown as wikitext: headings, emphasis, lists and links; nothing in it starts a template, a signature or a tag. */
export function markdownToWiki(markdown: string, lang: Lang): string {
  const writing: Writing = { out: '', lists: [], links: [], raw: 0 }
  for (const [, closing, name, attributes = '', text] of markdownToHtml(markdown, { lang }).matchAll(tag)) {
    if (name !== undefined) { if (closing) closes(writing, name); else opens(writing, name, attributes) } else if (text !== undefined) say(writing, text)
  }
  return writing.out.replace(/\n{3,}/g, '\n\n').trim()
}

function say(writing: Writing, html: string): void {
  if (writing.raw > 0) { writing.out += wikiText(html); return }
  const spaced = html.replace(/\s*\n\s*/g, ' ')
  const words = /(^|\n|<br>)$/.test(writing.out) ? spaced.trimStart() : spaced
  if (words === '') return
  const fresh = /(^|\n)$/.test(writing.out)
  writing.out += fresh ? atStart(wikiText(words)) : wikiText(words)
}

/** Wikitext as people read it, near enough for an inbox. */
export const plainOf = (wikitext: string): string => plainText(wikitext
  .replace(/<!--[\s\S]*?-->/g, '').replace(/\{\{[^{}\n]{0,500}\}\}/g, '').replace(/\[\[(?:[^\]|\n]*\|)?([^\]\n]*)\]\]/g, '$1').replace(/\[(https?:\/\/[^\s\]]+)\s+([^\]\n]+)\]/g, '$2 ($1)')
  .replace(/'{2,5}/g, '').replace(/^[:*#]+ */gm, '').replace(/^=+\s*(.*?)\s*=+\s*$/gm, '$1').replace(/\n/g, '<br>')).replace(/\n{3,}/g, '\n\n').trim()
