import { createHash } from 'node:crypto'
import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime'
import type { Box } from '#kit/channel.ts'
import { momentIn } from '#kit/moment.ts'
import { plainText, sanitize } from '#text/html/sanitize.ts'
import { mended } from './charset.ts'
import { bareSubject, continuesTalk, headerText, isAddress, isForward, nameless } from './convert.ts'
import { fold, unquoted, type Folded } from './quotes.ts'

export interface File { readonly name: string; readonly bytes: Uint8Array }
/** Why not all of a mail could be taken in. */
export type Lack = 'too-large' | 'unreadable' | 'files-left-out'
export interface Mail {
  readonly id: string; readonly at: string; readonly from: Box; readonly replyTo: Box | undefined
  /** To whom it was written, openly. */
  readonly to: readonly Box[]
  readonly subject: string; readonly continues: boolean
  readonly inReplyTo: string | undefined; readonly references: readonly string[]
  readonly text: string; readonly folded: string; readonly html: string | undefined
  readonly files: readonly File[]; readonly lacks: readonly Lack[]
  readonly headers: ReadonlyMap<string, string>
  /** How many servers it came through. */
  readonly hops: number
  readonly parts: readonly Attachment[]
}

export const mostBytes = 15 * 1024 * 1024
export const mostOfHuge = 256 * 1024
const mostHead = 256 * 1024
const mostParts = 1_000
const mostFiles = 20
const mostReaders = 50
const limits = { maxNestingDepth: 40, maxHeadersSize: mostHead, forceRfc822Attachments: true, maxRfc822NestingDepth: 0 } as const

/** More parts than any person sends. */
function partsIn(source: Buffer): number {
  let parts = 0
  for (let at = source.indexOf('\n--'); at >= 0 && parts <= mostParts; at = source.indexOf('\n--', at + 3)) parts++
  return parts
}
function headEnd(source: Buffer): number {
  const [crlf, lf] = [source.indexOf('\r\n\r\n'), source.indexOf('\n\n')]
  const end = Math.min(crlf < 0 ? Infinity : crlf, lf < 0 ? Infinity : lf)
  return end === Infinity ? source.length : end
}

interface Parsed { readonly email: Email; readonly lacks: readonly Lack[] }
/** What can be read of a mail, within bounds: all of it, else its beginning, else its head alone. */
async function parsed(source: Buffer, whole: boolean): Promise<Parsed> {
  const lacks: Lack[] = whole ? [] : ['too-large']
  const end = headEnd(source)
  if (end < mostHead && partsIn(source) <= mostParts) {
    const email = await PostalMime.parse(mended(source), limits).catch(() => undefined)
    if (email) return { email, lacks }
  }
  const head = source.subarray(0, Math.min(end, 32 * 1024)).toString('latin1').replace(/^content-[^\n]*(?:\n[ \t][^\n]*)*\n?/gim, '').replaceAll('\0', '')
  return { email: await PostalMime.parse(mended(Buffer.from(`${head.trimEnd()}\r\n\r\n`, 'latin1')), { ...limits, maxHeadersSize: 2 * mostHead }), lacks: [...lacks, 'unreadable'] }
}

const boxes = (addresses: readonly Address[] | undefined): Box[] => (addresses ?? []).flatMap((one) => (one.group ?? [one]) as Box[])
  .flatMap(({ name, address }) => { const plain = (address ?? '').trim().toLowerCase(); return isAddress(plain) ? [{ name: headerText(name ?? '', 200), address: plain }] : [] })
const idIn = (text: string | undefined): string | undefined => /<([^<>\s]{3,500})>/.exec(text ?? '')?.[1] ?? (/^[^\s<>]{3,500}@[^\s<>]+$/.test((text ?? '').trim()) ? text!.trim() : undefined)
const idsIn = (text: string | undefined): string[] => [...(text ?? '').matchAll(/<([^<>\s]{3,500})>/g)].map((found) => found[1]!)

const lined = (html: string): string => plainText(html.replace(/<(?:\/(?:div|tr|table|center|section|article|header|footer)|div)\b[^>]{0,2000}>/gi, '<br>'))
const foldText = (text: string, forward: boolean): Folded => (forward ? { said: text.trim(), folded: '' } : fold(text))
function foldHtml(html: string, forward: boolean): Folded {
  const fresh = forward ? undefined : unquoted(html)
  if (fresh === undefined || lined(fresh) === '') return foldText(lined(html), forward)
  const { said, folded } = fold(lined(fresh))
  return { said, folded: [folded, lined(html.slice(fresh.length))].filter((part) => part !== '').join('\n\n') }
}
function wordsOf(email: Email): Pick<Mail, 'text' | 'folded' | 'html'> {
  const subject = headerText(email.subject ?? '')
  const clean = (text: string): string => text.replaceAll('\0', '').toWellFormed()
  const rich = email.html ? clean(email.html) : undefined
  const plain = email.text && email.text.trim() !== '' ? clean(email.text) : undefined
  const { said, folded } = plain === undefined && rich !== undefined ? foldHtml(rich, isForward(subject)) : foldText(plain ?? '', isForward(subject))
  const fresh = rich === undefined ? undefined : folded === '' ? rich : unquoted(rich)
  const html = fresh === undefined ? undefined : sanitize(fresh)
  return { text: said, folded, html: html !== undefined && html.length < 100_000 && plainText(html) !== '' ? html : undefined }
}

const bytesOf = ({ content }: Attachment): Uint8Array => (typeof content === 'string' ? Buffer.from(content, 'utf8') : new Uint8Array(content))
const isFile = ({ mimeType, disposition, filename, related }: Attachment): boolean =>
  !/^message\/|^application\/(?:pgp-signature|pkcs7-signature|x-pkcs7-signature|ms-tnef)$/.test(mimeType) && (disposition === 'attachment' || Boolean(filename) || related !== true)

/** One mail as it came, in our words. `whole`: false when only its beginning was fetched. */
export async function readMail(source: Buffer, { whole, received }: { readonly whole: boolean; readonly received: Date }): Promise<Mail | undefined> {
  const { email, lacks } = await parsed(source, whole)
  const from = boxes(email.from ? [email.from] : [])[0] ?? boxes(email.sender ? [email.sender] : [])[0]
  const headers = new Map(email.headers.toReversed().map(({ key, value }) => [key, value]))
  const files = whole ? email.attachments.filter(isFile) : []
  const subject = headerText(email.subject ?? '')
  const at = momentIn(email.date ?? '') ?? received
  return {
    id: idIn(email.messageId) ?? `${nameless}${createHash('sha256').update(source.subarray(0, mostOfHuge)).digest('hex').slice(0, 40)}`,
    at: (at > received ? received : at).toISOString(), from: from ?? { name: '', address: '' }, replyTo: boxes(email.replyTo)[0], to: [...boxes(email.to), ...boxes(email.cc)].slice(0, mostReaders),
    subject: bareSubject(subject), continues: continuesTalk(subject) || email.inReplyTo !== undefined, inReplyTo: idIn(email.inReplyTo), references: idsIn(email.references).toReversed().slice(0, 30),
    ...wordsOf(email), files: files.slice(0, mostFiles).map((file) => ({ name: headerText(file.filename ?? '', 200), bytes: bytesOf(file) })),
    lacks: files.length > mostFiles ? [...lacks, 'files-left-out'] : lacks, headers, parts: email.attachments,
    hops: email.headers.filter(({ key }) => key === 'received').length,
  }
}
