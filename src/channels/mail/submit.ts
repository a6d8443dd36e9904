import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { ChannelError, type Ctx } from '#kit/channel.ts'
import { NetError } from '#net/net-error.ts'
import { addressOf, imapTrouble, opening, tlsFor } from './dial.ts'
import { domainOf, smtpDoor, type Door, type Settings } from './settings.ts'

export interface Envelope { readonly from: string; readonly to: readonly string[] }
/** One of many for whom the server took nothing. */
export interface TurnedAway { readonly address: string; readonly because: string }
/** A server that has let us in and takes a letter. */
export interface Counter { submit(envelope: Envelope, bytes: Buffer): Promise<readonly TurnedAway[]>; close(): void }

const silence = 40_000

/** Before the letter: whatever fails here, nothing of it has left. */
export async function openSmtp(settings: Settings, ctx: Ctx, door: Door | undefined = smtpDoor(settings)): Promise<Counter> {
  if (!door) throw new ChannelError({ kind: 'expired' })
  const connection = new SMTPConnection({
    host: await addressOf(door, ctx), port: door.port, secure: door.security === 'tls', requireTLS: door.security === 'starttls', ignoreTLS: door.security === 'none',
    name: domainOf(settings.address), tls: tlsFor(door.host), connectionTimeout: opening, greetingTimeout: opening, socketTimeout: silence, logger: false,
  })
  const broken = new Promise<never>((_, fail) => {
    connection.once('error', fail)
    connection.once('end', () => fail(new Error('The mail server hung up.')))
    ctx.signal.addEventListener('abort', () => fail(new Error('It took too long.')), { once: true })
  })
  broken.catch(() => undefined)
  const step = <T>(begin: (done: (error: Error | null | undefined, result?: T) => void) => void): Promise<T | undefined> =>
    Promise.race([broken, new Promise<T | undefined>((done, fail) => { begin((error, result) => (error ? fail(error) : done(result))) })])
  try {
    await step((done) => connection.connect(done))
    await step((done) => connection.login({ user: settings.user ?? settings.address, pass: settings.password ?? '' }, done))
  } catch (error) { connection.close(); throw error }
  return {
    submit: async ({ from, to }, bytes) => {
      const told = await step<SMTPConnection.SentMessageInfo>((done) => connection.send({ from, to: [...to], size: bytes.length }, bytes, done))
      return (told?.rejectedErrors ?? []).map((error) => ({ address: (error as SmtpFailure).recipient ?? '', because: wordsOf((error as SmtpFailure).response) }))
    },
    close: () => { connection.close() },
  }
}

interface SmtpFailure { readonly code?: string; readonly responseCode?: number; readonly response?: string; readonly recipient?: string }
const wordsOf = (response = ''): string => response.replace(/\s+/g, ' ').trim().slice(0, 300)
const shortly = (now: Date): Date => new Date(now.getTime() + 5 * 60_000)

/** What it means that we were not let in. */
export function openTrouble(error: unknown, now: Date): ChannelError {
  if (error instanceof ChannelError || error instanceof NetError) return imapTrouble(error, now)
  const { code = '', responseCode } = error as SmtpFailure
  if (code === 'EAUTH' && responseCode !== undefined && responseCode >= 500) return new ChannelError({ kind: 'expired' }, error)
  if (responseCode !== undefined && responseCode >= 400 && responseCode < 500) return new ChannelError({ kind: 'paced', retryAt: shortly(now) }, error)
  return new ChannelError({ kind: 'unreached' }, error)
}
/** What an answer to a letter means. Only a number says that it was not taken; whatever else ends the exchange leaves its outcome open. */
export function submitTrouble(error: unknown, now: Date): ChannelError {
  const { responseCode = 0, response = '' } = error as SmtpFailure
  const because = wordsOf(response)
  if (responseCode >= 500 && responseCode < 600) return new ChannelError({ kind: 'refused', because: because || String(responseCode) }, error)
  if (responseCode >= 400 && responseCode < 500) return new ChannelError({ kind: 'paced', retryAt: shortly(now) }, error)
  return new ChannelError({ kind: 'unknown' }, error)
}
