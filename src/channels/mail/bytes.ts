import { createHash } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import { bodyHtml, bodyText } from './convert.ts'
import type { Wire } from './wire.ts'

/** The letter as it leaves: the same bytes each time it is made. */
export async function bytesOf(wire: Wire): Promise<Buffer> {
  const automatic = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }
  const stop = wire.stop === null ? {} : { 'List-Unsubscribe': { prepared: true, value: `<${wire.stop}>` }, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
  const bracketed = (id: string): string => `<${id}>`
  const composer = new MailComposer({
    messageId: bracketed(wire.messageId), date: new Date(wire.date), from: wire.from, to: wire.to, ...(wire.replyTo ? { replyTo: wire.replyTo } : {}), subject: wire.subject ?? '',
    ...(wire.references.length > 0 && wire.inReplyTo ? { inReplyTo: bracketed(wire.inReplyTo) } : {}), ...(wire.references.length > 0 ? { references: wire.references.map(bracketed) } : {}),
    headers: { 'Content-Language': wire.lang, ...(wire.automatic ? automatic : {}), ...stop }, text: bodyText(wire), html: bodyHtml(wire),
    baseBoundary: createHash('sha256').update(wire.messageId).digest('hex').slice(0, 24), newline: '\r\n', disableFileAccess: true, disableUrlAccess: true,
  })
  return await composer.compile().build()
}
