import { ConnectError, type Ctx, type Verified } from '#kit/channel.ts'
import type { Both } from '#kit/lang.ts'
import { NetError } from '#net/net-error.ts'
import { addressOf, openImap } from './dial.ts'
import { discover, type Kind } from './discover.ts'
import { sentFolder } from './sent.ts'
import { domainOf, imapDoor, smtpDoor, type Door, type Settings } from './settings.ts'
import { openSmtp } from './submit.ts'
import { wrong } from './words.ts'

const fieldOf: Readonly<Record<Kind, string>> = { imap: 'imapHost', smtp: 'smtpHost' }
const words = {
  imap: { notFound: wrong.imapNotFound, unreached: wrong.imapUnreached, login: wrong.imapLogin },
  smtp: { notFound: wrong.smtpNotFound, unreached: wrong.smtpUnreached, login: wrong.smtpLogin },
} as const satisfies Record<Kind, Record<string, Both>>

const certificates = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ALTNAME/
const unreached = /ECONN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EDNS|EAI_|TIMEOUT|NoConnection|ClosedAfterConnect/i

interface Failure { readonly code?: string; readonly authenticationFailed?: boolean; readonly tlsFailed?: boolean; readonly cause?: unknown; readonly message?: string }
/** Why a server does not let us in, in words that say what to do. */
function saysOf(error: unknown, kind: Kind): ConnectError {
  if (error instanceof ConnectError) return error
  if (error instanceof NetError) return new ConnectError(error.failure === 'blocked' ? wrong.blocked : words[kind].unreached, fieldOf[kind], error)
  const { code = '', authenticationFailed, tlsFailed, message = '' } = error as Failure
  if (authenticationFailed || code === 'EAUTH') return new ConnectError(words[kind].login, 'password', error)
  if (certificates.test(code) || certificates.test(message) || /certificate|altnames/i.test(message)) return new ConnectError(wrong.certificate, fieldOf[kind], error)
  if (tlsFailed || code === 'ETLS' || /STARTTLS/i.test(message)) return new ConnectError(wrong.noTls, fieldOf[kind], error)
  return new ConnectError(unreached.test(code) ? words[kind].unreached : wrong.odd, fieldOf[kind], error)
}

/** The server somebody named, or the one we find. */
async function doorFor(kind: Kind, settings: Settings, ctx: Ctx): Promise<Door> {
  const [named, port] = kind === 'imap' ? [imapDoor(settings), settings.imapPort] : [smtpDoor(settings), settings.smtpPort]
  const security = kind === 'imap' ? settings.imapSecurity : settings.smtpSecurity
  if (named && port !== undefined && security !== undefined) return named
  if (named) await addressOf({ ...named, port: 993, security: 'tls' }, ctx).catch((error: unknown) => { throw saysOf(error, kind) })
  const found = await discover(kind, { domain: domainOf(settings.address), host: named?.host, port: port === undefined ? undefined : Number(port) }, ctx)
  if (!found) throw new ConnectError(named ? words[kind].unreached : words[kind].notFound, fieldOf[kind])
  return { ...found, ...(security ? { security } : {}) }
}

async function tryImap(settings: Settings, door: Door, ctx: Ctx): Promise<string> {
  try {
    const client = await openImap(settings, ctx, door)
    try {
      await client.mailboxOpen('INBOX', { readOnly: true })
      return await sentFolder(client, settings.sent)
    } finally { client.close() }
  } catch (error) { throw saysOf(error, 'imap') }
}
async function trySmtp(settings: Settings, door: Door, ctx: Ctx): Promise<void> {
  try {
    (await openSmtp(settings, ctx, door)).close()
  } catch (error) { throw saysOf(error, 'smtp') }
}

/** Finds where this mailbox is read and sent from, and tries both. */
export async function verify(settings: Settings, ctx: Ctx): Promise<Verified<Settings>> {
  if (!settings.password) throw new ConnectError(wrong.noPassword, 'password')
  const imap = await doorFor('imap', settings, ctx)
  const sent = await tryImap(settings, imap, ctx)
  const smtp = await doorFor('smtp', settings, ctx)
  await trySmtp(settings, smtp, ctx)
  return {
    id: settings.address, handle: settings.address, name: settings.name ?? settings.address,
    settings: {
      ...settings, imapHost: imap.host, imapPort: String(imap.port), imapSecurity: imap.security,
      smtpHost: smtp.host, smtpPort: String(smtp.port), smtpSecurity: smtp.security, sent,
    },
  }
}
