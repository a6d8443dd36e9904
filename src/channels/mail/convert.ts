import type { Account, Box, Draft, Letter } from '#kit/channel.ts'
import type { Lang } from '#kit/lang.ts'
import { momentIn } from '#kit/moment.ts'
import { isBlank } from '#kit/text.ts'
import { escapeHtml } from '#text/html/escape.ts'
import { markdownToHtml } from '#text/html/markdown.ts'
import { plainOf } from '#text/plain.ts'
import { domainOf, type Settings } from './settings.ts'
import type { Wire } from './wire.ts'

export const channelId = 'mail'
/** Nothing that would end a header line or hide in it. */
export const headerText = (text: string, max = 300): string => text.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replace(/\s+/g, ' ').trim().slice(0, max).toWellFormed()
const address = /^[^\s@<>"(),:;\p{Cc}]{1,64}@[^\s@<>"(),:;\p{Cc}]{1,190}$/u
export const isAddress = (text: string): boolean => address.test(text)

/** By what a mail without a Message-ID of its own is known here; nothing on the network answers to it. */
export const nameless = 'nameless-'
const messageId = (key: string, settings: Settings): string => `${key}@${domainOf(settings.address)}`

/** Whoever shows no name is known by the address, which need not stand there twice. */
const boxFor = (name: string, given: string): Wire['to'] => { const plain = headerText(given).toLowerCase(); const shown = headerText(name); return { name: shown.toLowerCase() === plain ? '' : shown, address: plain } }
/** What a person says in answer to a mail. Its subject and the words it answers are read from the mailbox before it goes out. */
export function wireOf(draft: Draft, { settings, name }: Account<Settings>): Wire {
  if (isBlank(draft.author?.name ?? '')) throw new Error('A letter needs a named human.')
  const to = draft.inReplyTo
  const ends = draft.author.signOff?.trim() || draft.author.name.trim()
  const known = to && !to.id.startsWith(nameless)
  const our = settings.name ?? name
  return {
    key: draft.key, messageId: messageId(draft.key, settings), date: draft.writtenAt, lang: draft.lang,
    from: { name: headerText(our === draft.author.name ? our : `${draft.author.name} · ${our}`), address: settings.address },
    to: boxFor(to?.author?.name ?? '', to?.author?.id ?? ''), replyTo: null,
    subject: to ? null : headerText(draft.title ?? '') || headerText(our), inReplyTo: to?.id ?? null, references: known ? [to.id] : [],
    text: `${plainOf(draft.text)}\n\n${ends}`,
    html: `${markdownToHtml(draft.text, { lang: draft.lang }).trim()}\n<p>${escapeHtml(ends)}</p>`,
    quote: null, automatic: false, stop: null,
    ...(to && draft.title ? { about: headerText(draft.title) } : {}), ...copied(draft.copies ?? [], [settings.address, to?.author?.id ?? '']),
    ...(draft.media.length > 0 ? { files: draft.media.map(({ id, name, alt, type, bytes, sha256 }) => ({ id, name: headerText(name ?? alt, 200), type, bytes: bytes ?? 0, sha256: sha256 ?? '' })) } : {}),
  }
}

const mostCopies = 50
/** Who else gets it, each once, and none of those who write or get it anyway. */
function copied(boxes: readonly Box[], without: readonly string[]): Pick<Wire, 'cc'> {
  const left = new Set(without.map((one) => headerText(one).toLowerCase()))
  const cc = boxes.map(({ name, address: one }) => boxFor(name, one)).filter(({ address: one }) => isAddress(one) && !left.has(one) && left.add(one)).slice(0, mostCopies)
  return cc.length > 0 ? { cc } : {}
}

const stopWords: Readonly<Record<Lang, string>> = { en: 'To get no more e-mails about this', el: 'Για να μη λαμβάνετε άλλα e-mail γι’ αυτό' }
/** What the house writes: a notice, or a talk that goes on. */
export function letterWire(letter: Letter, { settings, name }: Account<Settings>): { readonly wire: Wire; readonly id: string } {
  const id = messageId(letter.id, settings)
  const end = letter.stop === undefined ? undefined : { text: `${stopWords[letter.lang]}: ${letter.stop}`, html: `<p><small><a href="${escapeHtml(letter.stop)}">${stopWords[letter.lang]}</a></small></p>` }
  return {
    id,
    wire: {
      key: letter.id, messageId: id, date: letter.writtenAt, lang: letter.lang, from: { name: headerText(settings.name ?? name), address: settings.address },
      to: { name: headerText(letter.name), address: letter.to }, replyTo: letter.replyTo ?? null, subject: headerText(letter.subject),
      inReplyTo: letter.inReplyTo ?? null, references: letter.inReplyTo ? [letter.inReplyTo] : [],
      text: [letter.text.trim(), ...(end ? [`--\n${end.text}`] : [])].join('\n\n'), html: [htmlOf(letter.text), ...(end ? [end.html] : [])].join('\n'),
      quote: null, automatic: true, stop: letter.stop ?? null,
    },
  }
}

const links = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]}·»]/g
/** Plain words as simple HTML: paragraphs, lines and links. */
export function htmlOf(text: string): string {
  const inline = (line: string): string => {
    let out = ''
    let from = 0
    for (const { 0: url, index } of line.matchAll(links)) {
      out += `${escapeHtml(line.slice(from, index))}<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`
      from = index + url.length
    }
    return out + escapeHtml(line.slice(from))
  }
  return text.trim().split(/\n{2,}/).map((part) => `<p>${part.split('\n').map(inline).join('<br>\n')}</p>`).join('\n')
}

export interface Original { readonly subject: string; readonly references: readonly string[]; readonly text: string; readonly at: string; readonly replyTo?: { readonly name: string; readonly address: string } }
const wrote: Readonly<Record<Lang, (when: string, who: string) => string>> = { en: (when, who) => `On ${when}, ${who} wrote:`, el: (when, who) => `Στις ${when}, ο/η ${who} έγραψε:` }
const answerTo: Readonly<Record<Lang, (name: string) => string>> = { en: (name) => `Answer from ${name}`, el: (name) => `Απάντηση: ${name}` }
const dayOf = (at: string, lang: Lang): string => new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: 'UTC' }).format(momentIn(at) ?? new Date(0))
const mostQuoted = 10_000
const mostReferences = 30

/** The answer under the mail it answers, once that has been read; or by itself where it is no longer in the mailbox. */
export function answering(wire: Wire, original: Original | undefined): Wire {
  if (!original) return { ...wire, subject: wire.subject ?? (wire.about ? `Re: ${headerText(bareSubject(wire.about))}` : answerTo[wire.lang](wire.from.name)) }
  const to = original.replyTo && isAddress(original.replyTo.address) ? original.replyTo : wire.to
  const about = bareSubject(original.subject)
  const references = [...original.references, ...wire.references.filter((id) => !original.references.includes(id))]
  const kept = references.length > mostReferences ? [references[0]!, ...references.slice(1 - mostReferences)] : references
  const text = original.text.slice(0, mostQuoted).toWellFormed().trim()
  const { cc = [], ...rest } = wire
  return {
    ...rest, to: boxFor(to.name || wire.to.name, to.address), ...copied(cc, [wire.from.address, to.address]), subject: `Re: ${headerText(about) || headerText(wire.from.name)}`, references: kept,
    quote: text === '' ? null : { head: wrote[wire.lang](dayOf(original.at, wire.lang), headerText(wire.to.name || to.address)), text },
  }
}

const prefixes = /^\s*(?:(?:re|aw|sv|antw|rif|res|fwd?|fw|wg|tr|απ|σχετ|πρθ|fw)(?:\[\d{1,3}\])?\s*:\s*)+/iu
/** A subject without what programs put before it: Re:, Fwd:, ΑΠ:, ΠΡΘ:. */
export const bareSubject = (subject: string): string => headerText(subject.replace(prefixes, ''))
export const continuesTalk = (subject: string): boolean => /^\s*(?:re|aw|sv|απ|σχετ)(?:\[\d{1,3}\])?\s*:/iu.test(subject)
export const isForward = (subject: string): boolean => /^\s*(?:fwd?|fw|wg|tr|πρθ)(?:\[\d{1,3}\])?\s*:/iu.test(subject)

export function bodyText({ text, quote }: Pick<Wire, 'text' | 'quote'>): string {
  return quote === null ? text : `${text}\n\n${quote.head}\n${quote.text.split('\n').map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`)).join('\n')}`
}
export function bodyHtml({ html, quote, lang }: Pick<Wire, 'html' | 'quote' | 'lang'>): string {
  const quoted = quote === null ? '' : `\n<p>${escapeHtml(quote.head)}</p>\n<blockquote type="cite">${htmlOf(quote.text)}</blockquote>`
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"></head><body>${html}${quoted}</body></html>`
}
