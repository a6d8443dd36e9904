import { ImapFlow } from 'imapflow'
import { ChannelError, type Account, type Ctx } from '#kit/channel.ts'
import { isPublicAddress } from '#net/addresses.ts'
import { NetError } from '#net/net-error.ts'
import type { Resolve } from '#net/resolve.ts'
import { imapDoor, type Door, type Settings } from './settings.ts'
import { mostBytes } from './read.ts'

// The ports mail is spoken at. Others are reached only where the operator lets private addresses pass.
const mailPorts = new Set([25, 143, 465, 587, 993, 2525])

/** The checked address of a server, IPv4 first. */
export async function addressOf({ host, port, security }: Door, ctx: Pick<Ctx, 'host'>): Promise<string> {
  const resolve = ctx.host.lend('resolve') as Resolve | undefined
  if (!resolve) throw new Error('This house lends no resolver.')
  const found = (await resolve(host)).toSorted((a, b) => Number(a.includes(':')) - Number(b.includes(':')))
  const address = found[0]!
  if (isPublicAddress(address) && !mailPorts.has(port)) throw new NetError('blocked', `port ${port} is not one mail is spoken at`, { left: false })
  if (isPublicAddress(address) && security === 'none') throw new NetError('blocked', `${host} would hear the password in the clear`, { left: false })
  return address
}

export const opening = 12_000
/** TLS as every client speaks it today; the name is checked against the certificate. */
export const tlsFor = (host: string) => ({ servername: /^[\d.]+$|:/.test(host) ? '' : host, minVersion: 'TLSv1.2' as const })

/** A mailbox, open until it is closed. */
export async function openImap(settings: Settings, ctx: Ctx, door: Door | undefined = imapDoor(settings)): Promise<ImapFlow> {
  if (!door) throw new ChannelError({ kind: 'expired' })
  const host = await addressOf(door, ctx)
  const client = new ImapFlow({
    host, port: door.port, secure: door.security === 'tls', ...(door.security === 'tls' ? {} : { doSTARTTLS: door.security === 'starttls' }),
    servername: door.host, tls: tlsFor(door.host), auth: { user: settings.user ?? settings.address, pass: settings.password ?? '' },
    clientInfo: { name: 'Stoa' }, logger: false, disableAutoIdle: true, disableCompression: true, disableIMAP4rev2: true,
    connectionTimeout: opening, greetingTimeout: opening, socketTimeout: 70_000,
    maxLineLength: 4 * 1024 * 1024, maxLiteralSize: mostBytes + 1024, maxResponseSize: 2 * mostBytes, maxResponseTokens: 200_000,
  })
  const leave = (): void => client.close()
  // It reports what breaks also through whatever was being asked.
  client.on('error', () => undefined)
  ctx.signal.addEventListener('abort', leave, { once: true })
  client.on('close', () => ctx.signal.removeEventListener('abort', leave))
  try { await client.connect() } catch (error) { client.close(); throw error }
  return client
}
export async function withImap<T>(account: Pick<Account<Settings>, 'settings'>, ctx: Ctx, work: (client: ImapFlow) => Promise<T>): Promise<T> {
  let client: ImapFlow | undefined
  try {
    client = await openImap(account.settings, ctx)
    return await work(client)
  } catch (error) { throw imapTrouble(error, ctx.now()) } finally { client?.close() }
}

interface ImapFailure { readonly authenticationFailed?: boolean; readonly serverResponseCode?: string; readonly code?: string; readonly responseStatus?: string }
const minute = 60_000
/** Reading changes nothing: whatever is not about our access may be tried again. */
export function imapTrouble(error: unknown, now: Date): ChannelError {
  if (error instanceof ChannelError) return error
  if (error instanceof NetError) return new ChannelError(error.failure === 'blocked' ? { kind: 'refused', because: error.message } : { kind: 'unreached' }, error)
  const failure = error as ImapFailure
  const busy = /^(?:UNAVAILABLE|LIMIT|INUSE)$/i.test(failure.serverResponseCode ?? '') || failure.code === 'ETHROTTLE'
  if (busy) return new ChannelError({ kind: 'paced', retryAt: new Date(now.getTime() + 5 * minute) }, error)
  return new ChannelError(failure.authenticationFailed ? { kind: 'expired' } : { kind: 'unreached' }, error)
}
