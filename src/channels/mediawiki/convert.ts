import type { Account, Draft } from '#kit/channel.ts'
import type { Lang } from '#kit/lang.ts'
import { isBlank } from '#kit/text.ts'
import { markWords, noteWords } from '#text/marks.ts'
import { excerpt } from '#text/html/markdown.ts'
import { markdownToWiki, wikiText } from './markup.ts'
import type { Settings } from './settings.ts'
import { markComment, markOf } from './talk.ts'
import type { Wire } from './wire.ts'

export const channelId = 'mediawiki'
const summaries: Readonly<Record<'page' | 'section' | 'answer', Readonly<Record<Lang, string>>>> = {
  page: { en: 'by', el: 'από' }, section: { en: 'New section, by', el: 'Νέα ενότητα, από' }, answer: { en: 'Answer by', el: 'Απάντηση από' },
}
const speaker = ({ author }: Pick<Draft, 'author'>): string => author.signOff?.trim() || author.name.trim()

/** A title the wiki can bear: none of its own signs, at most 255 bytes. */
export function titleOf(title: string): string {
  let clean = title.normalize('NFC').replace(/[#<>[\]{}|\p{Cc}\u007f_]/gu, ' ').replace(/~{3,}/g, '~').replace(/%(?=[0-9A-Fa-f]{2})/g, '% ').replace(/\s+/g, ' ').trim().replace(/^[:/.]+/, '').trim()
  while (new TextEncoder().encode(clean).length > 240) clean = clean.slice(0, -1).toWellFormed().replace(/\uFFFD$/, '').trim()
  return clean
}

/** Everything a reader will see, fixed once: the same draft gives the same wire. The revision it stands on is looked up when it is readied. */
export function wireOf(draft: Draft, { settings }: Account<Settings>): Wire {
  if (isBlank(draft.author.name)) throw new Error('A public text needs a named human.')
  const is = draft.kind === 'reply' ? 'answer' : settings.place === 'section' && settings.page ? 'section' : 'page'
  const mark = markOf(draft.key)
  const common = { key: draft.key, mark, lang: draft.lang, base: null, whole: null, text: textOf(draft, is), summary: `${summaryOf(draft, is)} (stoa:${mark})` }
  if (is === 'answer') return { ...common, is, inReplyTo: draft.inReplyTo?.id ?? '', page: null }
  const title = titleOf(draft.title?.trim() || excerpt(draft.text, 80))
  return is === 'page' ? { ...common, is, title } : { ...common, is, title: settings.page!, heading: wikiText(title) }
}

// A wiki keeps 500 letters of a summary; the mark must be among them.
const mostNote = 300
/** What the history of the page says of it. */
function summaryOf(draft: Draft, is: Wire['is']): string {
  const by = `${summaries[is][draft.lang]} ${speaker(draft)}`
  const note = draft.note?.replace(/\s+/g, ' ').trim()
  return (note ? `${Array.from(note).slice(0, mostNote).join('')} · ${by}` : by).replace(/[[\]{}]/g, '')
}

function textOf(draft: Draft, is: Wire['is']): string {
  const body = markdownToWiki(draft.text, draft.lang)
  if (is === 'answer') return `${body}\n\n— ${wikiText(speaker(draft))}`
  const link = draft.card?.url
  const categories = is === 'page' ? draft.tags.map((tag) => titleOf(tag)).filter((tag) => tag !== '').map((tag) => `[[Category:${tag}]]`).join('\n') : ''
  return [
    ...(draft.labels ?? []).map((label) => `''${markWords[label][draft.lang]}''`), body,
    ...(link && /^https?:\/\/[^\s[\]]+$/.test(link) && !draft.text.includes(link) ? [`[${link} ${wikiText(draft.card?.title.trim() || link)}]`] : []),
    `— ${wikiText(speaker(draft))}`, ...(draft.note?.trim() ? [`''${wikiText(`${noteWords[draft.lang]} ${draft.note.replace(/\s+/g, ' ').trim()}`)}''`] : []), ...(categories ? [categories] : []),
  ].join('\n\n')
}

/** The lines of an answer, so far in; signed by the wiki itself, with our mark where nobody reads it. */
export function answerLines(wire: Pick<Wire, 'text' | 'mark'>, indent: number): readonly string[] {
  const lead = ':'.repeat(indent)
  const lines = wire.text.split('\n').filter((line) => line.trim() !== '').map((line) => (/^[*#:]/.test(line) ? `${lead}${line}` : `${lead} ${line}`.replace(/^ /, '')))
  return lines.map((line, n) => (n === lines.length - 1 ? `${line} ${markComment(wire.mark)} ~~~~` : line))
}
export const sectionLines = (wire: { readonly heading: string; readonly text: string; readonly mark: string }): readonly string[] =>
  [`== ${wire.heading} ==`, ...wire.text.split('\n'), `${markComment(wire.mark)} ~~~~`]

export const withdrawn: Readonly<Record<Lang, string>> = { en: 'This was withdrawn by its author.', el: 'Αποσύρθηκε από τον συντάκτη του.' }

export interface Place { readonly page: number; readonly mark: string | undefined }
/** pages/12 is a page, pages/12/a1b2c3d4e5f6 something said on it. */
export function placeIn(id: string): Place | undefined {
  const [, page, mark] = /^pages\/(\d{1,15})(?:\/([0-9a-f]{12}|r\d{1,15}))?$/.exec(id) ?? []
  return page === undefined ? undefined : { page: Number(page), mark }
}
export const idOf = (page: number, mark?: string): string => (mark === undefined ? `pages/${page}` : `pages/${page}/${mark}`)
