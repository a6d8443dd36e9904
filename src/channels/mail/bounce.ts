import type { Mail } from './read.ts'

export interface Bounce { readonly about: string; readonly because: string }

const text = (content: string | ArrayBuffer | Uint8Array): string => (typeof content === 'string' ? content : Buffer.from(content instanceof Uint8Array ? content : new Uint8Array(content)).toString('utf8')).slice(0, 64_000)
const field = (report: string, name: string): string | undefined => new RegExp(`^${name}:[ \\t]*(.+(?:\\r?\\n[ \\t].+)*)`, 'im').exec(report)?.[1]?.replace(/\s+/g, ' ').trim()
const idIn = (head: string): string | undefined => /^Message-ID:\s*<([^<>\s]{3,500})>/im.exec(head)?.[1]

/** What a report says of one that was not delivered (RFC 3464): which mail, and why. A delay is none. */
function reported({ parts, headers }: Mail): Bounce | undefined {
  if (!/multipart\/report/i.test(headers.get('content-type') ?? '')) return undefined
  const report = parts.find(({ mimeType }) => /^message\/(?:global-)?delivery-status$/.test(mimeType))
  const original = parts.find(({ mimeType }) => /^(?:message\/rfc822|text\/rfc822-headers|message\/global(?:-headers)?)$/.test(mimeType))
  const about = original && idIn(text(original.content))
  if (!report || !about) return undefined
  const said = text(report.content)
  if (!/^Action:\s*failed/im.test(said)) return undefined
  const why = field(said, 'Diagnostic-Code')?.replace(/^[\w-]+;\s*/, '') ?? field(said, 'Status') ?? 'failed'
  return { about, because: why.slice(0, 300) }
}

const daemon = /^(?:mailer-daemon|postmaster)@/i
const code = /\b5\d\d[ -](?:#?5\.\d{1,3}\.\d{1,3}\b)?[^\n]{0,250}/
/** The same from programs that write their own prose: the sender is the mail system, and what comes back is inside. */
function told(mail: Mail): Bounce | undefined {
  if (!daemon.test(mail.from.address)) return undefined
  const inside = mail.parts.find(({ mimeType }) => mimeType === 'message/rfc822')
  const all = `${mail.text}\n${mail.folded}`
  const about = (inside && idIn(text(inside.content))) ?? idIn(all)
  const because = code.exec(all)?.[0]
  return about && because ? { about, because: because.replace(/\s+/g, ' ').trim() } : undefined
}

/** What came back undelivered; undefined when this is any other mail. */
export const bounceIn = (mail: Mail): Bounce | undefined => reported(mail) ?? told(mail)
