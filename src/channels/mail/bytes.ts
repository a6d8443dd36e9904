import { createHash } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import { ChannelError, type Ctx } from '#kit/channel.ts'
import { bodyHtml, bodyText } from './convert.ts'
import type { Wire } from './wire.ts'

/** The bytes of what goes along, as they were when the letter was frozen. Before the first byte leaves, nothing is lost by stopping. */
export async function filesFor({ files = [] }: Wire, { host }: Pick<Ctx, 'host'>): Promise<readonly Uint8Array[]> {
  const found: Uint8Array[] = []
  for (const { id, sha256 } of files) {
    const bytes = await host.readFile(id).catch((error: unknown) => { throw new ChannelError({ kind: 'unreached' }, error) })
    if (!bytes || createHash('sha256').update(bytes).digest('hex') !== sha256) throw new ChannelError({ kind: 'refused', because: 'file-gone' })
    found.push(bytes)
  }
  return found
}

/** The letter as it leaves: the same bytes each time it is made. */
export async function bytesOf(wire: Wire, files: readonly Uint8Array[] = []): Promise<Buffer> {
  const automatic = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }
  const stop = wire.stop === null ? {} : { 'List-Unsubscribe': { prepared: true, value: `<${wire.stop}>` }, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
  const bracketed = (id: string): string => `<${id}>`
  const composer = new MailComposer({
    messageId: bracketed(wire.messageId), date: new Date(wire.date), from: wire.from, to: wire.to, ...(wire.cc ? { cc: wire.cc } : {}), ...(wire.replyTo ? { replyTo: wire.replyTo } : {}), subject: wire.subject ?? '',
    ...(wire.references.length > 0 && wire.inReplyTo ? { inReplyTo: bracketed(wire.inReplyTo) } : {}), ...(wire.references.length > 0 ? { references: wire.references.map(bracketed) } : {}),
    headers: { 'Content-Language': wire.lang, ...(wire.automatic ? automatic : {}), ...stop }, text: bodyText(wire), html: bodyHtml(wire),
    ...(wire.files ? { attachments: wire.files.map(({ name, type }, n) => ({ filename: name, contentType: type, contentDisposition: 'attachment' as const, content: Buffer.from(files[n]!) })) } : {}),
    baseBoundary: createHash('sha256').update(wire.messageId).digest('hex').slice(0, 24), newline: '\r\n', disableFileAccess: true, disableUrlAccess: true,
  })
  return await composer.compile().build()
}
