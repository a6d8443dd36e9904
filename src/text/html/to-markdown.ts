import { Parser } from 'htmlparser2'
import { htmlCap } from './sanitize.ts'

/** An element that is open, with the Markdown of what stands in it so far. */
interface Open { readonly name: string; readonly given: Readonly<Record<string, string>>; text: string; items: number; lang: string }

const unread = new Set(['script', 'style', 'svg', 'math', 'template', 'noscript', 'head', 'title', 'textarea', 'select', 'object', 'embed', 'audio', 'canvas', 'button'])
const blocks = new Set(['p', 'div', 'section', 'article', 'figure', 'figcaption', 'dl', 'dt', 'dd', 'details', 'table', 'aside', 'header', 'footer'])
const deepest = 60

/**
 * Somebody else's HTML as Markdown that says the same: paragraphs, emphasis, links, pictures, lists, quotes, code and tables.
 * What is no prose goes. The result is Markdown like any other and is sanitized when it is shown.
 */
export function htmlToMarkdown(html: string): string {
  const root: Open = { name: '', given: {}, text: '', items: 0, lang: '' }
  const open: Open[] = [root]
  let [beyond, silent, said] = [0, 0, '']
  const here = (): Open => open.at(-1)!
  const inside = (name: string): boolean => open.some((one) => one.name === name)
  // A text comes in pieces; what a sign means is seen in the whole of it.
  const settle = (): void => {
    const [to, text] = [here(), said]
    said = ''
    if (text === '') return
    if (inside('pre')) { to.text += text; return }
    const line = inside('code') ? text.replace(/\s+/g, ' ') : plain(text.replace(/[\s\u200b]+/g, ' '))
    to.text += /(?:^|\n)$/.test(to.text) ? line.trimStart() : line
  }
  const parser = new Parser({
    onopentag: (name, given) => {
      settle()
      if (silent > 0 || unread.has(name) || isDecoration(name, given, here())) { if (!isVoid(name)) silent += 1; return }
      if (name === 'br') { here().text += '\n'; return }
      if (name === 'hr') { here().text += '\n\n---\n\n'; return }
      if (name === 'img') { here().text += picture(given); return }
      if (isVoid(name)) return
      if (open.length > deepest) { beyond += 1; return }
      open.push({ name, given, text: '', items: 0, lang: '' })
    },
    ontext: (text) => { if (silent === 0) said += text },
    onclosetag: (name) => {
      settle()
      if (silent > 0) { if (!isVoid(name)) silent -= 1; return }
      if (isVoid(name)) return
      if (beyond > 0) { beyond -= 1; return }
      if (here().name !== name) return
      const closed = open.pop()!
      const to = here()
      to.text += written(closed, to, inside('pre'))
    },
  }, { decodeEntities: true, lowerCaseTags: true })
  parser.write(html.slice(0, htmlCap).replaceAll('\0', '').toWellFormed())
  parser.end()
  settle()
  return tidy(root.text)
}

const isVoid = (name: string): boolean => ['br', 'hr', 'img', 'input', 'meta', 'link', 'source', 'wbr', 'col', 'area', 'base', 'track'].includes(name)
const has = (given: Readonly<Record<string, string>>, name: string): boolean => (given['class'] ?? '').split(/\s+/).includes(name)
/** What a forum's own page puts around words: the head of a quote, the size of a picture, the mark of a heading. */
const isDecoration = (name: string, given: Readonly<Record<string, string>>, within: Open): boolean =>
  (name === 'div' && (has(given, 'meta') || (has(given, 'title') && has(within.given, 'quote')))) || (name === 'a' && has(given, 'anchor')) || (name === 'span' && has(given, 'badge'))

const tidy = (text: string): string => text.replace(/[^\S\n]+\n/g, '\n').replace(/\n{3,}/g, '\n\n').trim()
const prefixed = (text: string, first: string, rest: string): string => tidy(text).split('\n').map((line, at) => (at === 0 ? first : line === '' && rest.trim() === '' ? '' : rest) + line).join('\n')

/** Signs that Markdown would take for its own stand for themselves. */
const plain = (text: string): string => text
  .replace(/[\\`*~]/g, '\\$&').replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_').replace(/\](?=\()|<(?=[a-z/!?])|&(?=#?\w{1,30};)/gi, '\\$&').replace(/^(\s*)([#>+-]|\d{1,9}[.)])(?=\s|$)/, '$1\\$2').replace(/^(\s*)\\(\d{1,9})([.)])/, '$1$2\\$3')

const address = (given: string | undefined): string | undefined => {
  const url = given?.trim().replace(/^\/\//, 'https://').replace(/[\s<>]/g, (sign) => encodeURIComponent(sign)).replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'))
  return url && /^(?:https?:\/\/[^/]|mailto:|\/[^/])/i.test(url) && url.length < 2_000 ? url : undefined
}
const faces: Readonly<Record<string, string>> = {
  slight_smile: '🙂', smile: '😄', smiley: '😃', grinning: '😀', grin: '😁', wink: '😉', laughing: '😆', joy: '😂', rofl: '🤣', blush: '😊', sweat_smile: '😅', heart_eyes: '😍', thinking: '🤔', confused: '😕', slight_frown: '🙁', frowning: '☹️',
  cry: '😢', stuck_out_tongue: '😛', sunglasses: '😎', open_mouth: '😮', heart: '❤️', '+1': '👍', thumbsup: '👍', '-1': '👎', clap: '👏', pray: '🙏', ok_hand: '👌', tada: '🎉', fire: '🔥', eyes: '👀', rocket: '🚀', bread: '🍞',
}
const inBrackets = (text: string): string => text.replace(/[[\]]/g, '\\$&').replace(/\s+/g, ' ').trim()
function picture(given: Readonly<Record<string, string>>): string {
  const alt = inBrackets(given['alt'] ?? '')
  if (has(given, 'emoji') || has(given, 'avatar')) return has(given, 'emoji') ? faces[alt.replaceAll(':', '')] ?? alt : ''
  const src = address(given['src'])
  // One that lies beside the old forum is not here: only its words come along.
  return src?.startsWith('http') ? `![${alt}](${src})` : alt
}

const around = (text: string, sign: string): string => {
  const words = text.trim()
  return words === '' || words.includes('\n\n') ? text : `${/^\s/.test(text) ? ' ' : ''}${sign}${words}${sign}${/\s$/.test(text) ? ' ' : ''}`
}
const fenceFor = (text: string, least: number): string => '`'.repeat(Math.max(least, ...(text.match(/`+/g) ?? []).map((one) => one.length + 1)))

function link({ given, text }: Open): string {
  const words = text.trim()
  const to = address(given['href'])
  if (has(given, 'mention') || has(given, 'hashtag') || to === undefined || words === '' || has(given, 'lightbox')) return text
  return words.startsWith('![') ? `[${words}](${to})` : words.replaceAll('\\', '') === to ? `<${to}>` : `[${words.replace(/\s+/g, ' ')}](${to})`
}
function item(one: Open, list: Open): string {
  if (list.name !== 'ol') return `${prefixed(one.text, '- ', '  ')}\n`
  const mark = `${(Number.parseInt(list.given['start'] ?? '1', 10) || 1) + list.items}. `
  list.items += 1
  return `${prefixed(one.text, mark, ' '.repeat(mark.length))}\n`
}
const cellsOf = (one: Open): string => one.text.trim().replace(/\s*\|$/, '')
const ruled = (row: string): string => `|${row.trim().replace(/^\||\|$/g, '').split(/(?<!\\)\|/).map(() => ' --- ').join('|')}|\n`
function row(one: Open, to: Open): string {
  to.items += 1
  const line = `| ${cellsOf(one)} |\n`
  return to.items === 1 && to.name !== 'tbody' ? line + ruled(line) : line
}
/** The first row of a table without a head is its head: Markdown has no other tables. */
function rows({ text }: Open, to: Open): string {
  const end = text.indexOf('\n') + 1
  return to.items++ > 0 || end === 0 ? text : text.slice(0, end) + ruled(text.slice(0, end)) + text.slice(end)
}
function code(one: Open): string {
  const text = one.text.replace(/\s+/g, ' ')
  if (text.trim() === '') return ''
  const fence = fenceFor(text, 1)
  return text.includes('`') ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`
}
function pre(one: Open): string {
  const text = one.text.replace(/^\n|\s+$/g, '')
  const fence = fenceFor(text, 3)
  return text === '' ? '' : `\n\n${fence}${one.lang}\n${text}\n${fence}\n\n`
}
function aside(one: Open): string {
  const about = address(one.given['data-onebox-src'] ?? /\]\((https?:[^)\s]+)\)/.exec(one.text)?.[1])
  if (has(one.given, 'onebox') && about) return `\n\n<${about}>\n\n`
  if (!has(one.given, 'quote')) return `\n\n${one.text}\n\n`
  const name = inBrackets(one.given['data-username'] ?? '')
  return name === '' ? `\n\n${one.text}\n\n` : `\n\n> **${name}:**\n>\n${tidy(one.text)}\n\n`
}

function written(one: Open, to: Open, inPre: boolean): string {
  const { name, text } = one
  if (inPre) { to.lang = /\b(?:lang|language)-([\w+#-]{1,30})/.exec(one.given['class'] ?? '')?.[1]?.replace(/^auto$/, '') ?? to.lang; return text }
  switch (name) {
    case 'strong': case 'b': return around(text, '**')
    case 'em': case 'i': return around(text, '*')
    case 'del': case 's': return around(text, '~~')
    case 'code': case 'kbd': case 'tt': return code(one)
    case 'pre': return pre(one)
    case 'a': return link(one)
    case 'iframe': case 'video': { const src = address(one.given['src']); return src?.startsWith('http') ? `\n\n<${src}>\n\n` : text }
    case 'blockquote': return tidy(text) === '' ? '' : `\n\n${prefixed(text, '> ', '> ')}\n\n`
    case 'ul': case 'ol': return to.name === 'li' ? `\n${tidy(text)}\n` : `\n\n${text}\n\n`
    case 'li': return item(one, to)
    case 'tr': return row(one, to)
    case 'tbody': return rows(one, to)
    case 'thead': to.items += 1; return text
    case 'td': case 'th': return ` ${tidy(text).replace(/\s+/g, ' ').replaceAll('|', '\\|')} |`
    case 'h1': case 'h2': case 'h3': case 'h4': case 'h5': case 'h6': return tidy(text) === '' ? '' : `\n\n${'#'.repeat(Math.max(1, Number(name[1]) - 1))} ${tidy(text).replace(/\s+/g, ' ')}\n\n`
    case 'summary': return `\n\n${around(text, '**')}\n\n`
    case 'aside': return aside(one)
    default: return blocks.has(name) ? `\n\n${text}\n\n` : text
  }
}
