import type { Lang } from '#kit/lang.ts'
import markdownIt from 'markdown-it'
import { guessLang } from '../lang.ts'
import { plainText, sanitize } from './sanitize.ts'

const reader = markdownIt({ html: false, linkify: true, typographer: false, breaks: true })
// "fine.It" is two sentences, not an address: only what says http(s) or is an e-mail becomes a link by itself.
reader.linkify.set({ fuzzyLink: false, fuzzyEmail: true })

/** Our own Markdown as HTML: safe, headings from h2 on, and a paragraph in the other language says so. */
export function markdownToHtml(markdown: string, given: { readonly lang: Lang }): string {
  const tokens = reader.parse(markdown, {})
  tokens.forEach((token, place) => {
    if (token.type === 'heading_open' || token.type === 'heading_close') token.tag = lower(token.tag)
    const said = tokens[place + 1]
    if ((token.type !== 'paragraph_open' && token.type !== 'heading_open') || said?.type !== 'inline') return
    const spoken = guessLang(said.content)
    if (spoken !== undefined && spoken !== given.lang) token.attrSet('lang', spoken)
  })
  return sanitize(reader.renderer.render(tokens, reader.options, {}), 'post')
}

const lower = (tag: string): string => `h${Math.min(6, Number(tag.slice(1)) + 1)}`

/** The beginning of a post as plain words on one line, cut after a word. */
export function excerpt(markdown: string, max: number): string {
  const words = plainText(reader.render(markdown)).replace(/\s+/g, ' ').trim()
  if (words.length <= max) return words
  if (max < 1) return ''
  const cut = words.slice(0, max - 1).toWellFormed().replace(/\uFFFD$/, '')
  const space = cut.lastIndexOf(' ')
  const whole = words[max - 1] === ' ' || space < max / 2 ? cut : cut.slice(0, space)
  return `${whole.replace(/[\s,;:·–—-]+$/, '')}…`
}
