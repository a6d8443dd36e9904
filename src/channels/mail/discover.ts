import dns from 'node:dns/promises'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Ctx } from '#kit/channel.ts'
import { addressOf } from './dial.ts'
import type { Door } from './settings.ts'

export type Kind = 'imap' | 'smtp'
interface Servers { readonly imap: string; readonly smtp: string }
// Providers whose servers are called otherwise than their addresses.
const providers: Readonly<Record<string, Servers>> = {
  'gmail.com': { imap: 'imap.gmail.com', smtp: 'smtp.gmail.com' }, 'googlemail.com': { imap: 'imap.gmail.com', smtp: 'smtp.gmail.com' },
  'outlook.com': { imap: 'outlook.office365.com', smtp: 'smtp.office365.com' }, 'hotmail.com': { imap: 'outlook.office365.com', smtp: 'smtp.office365.com' },
  'hotmail.gr': { imap: 'outlook.office365.com', smtp: 'smtp.office365.com' }, 'live.com': { imap: 'outlook.office365.com', smtp: 'smtp.office365.com' },
  'yahoo.com': { imap: 'imap.mail.yahoo.com', smtp: 'smtp.mail.yahoo.com' }, 'yahoo.gr': { imap: 'imap.mail.yahoo.com', smtp: 'smtp.mail.yahoo.com' },
  'icloud.com': { imap: 'imap.mail.me.com', smtp: 'smtp.mail.me.com' }, 'me.com': { imap: 'imap.mail.me.com', smtp: 'smtp.mail.me.com' },
  'gmx.com': { imap: 'imap.gmx.com', smtp: 'mail.gmx.com' }, 'gmx.net': { imap: 'imap.gmx.net', smtp: 'mail.gmx.net' },
  'zoho.com': { imap: 'imap.zoho.com', smtp: 'smtp.zoho.com' }, 'fastmail.com': { imap: 'imap.fastmail.com', smtp: 'smtp.fastmail.com' },
}
const ports: Readonly<Record<Kind, readonly Omit<Door, 'host'>[]>> = {
  imap: [{ port: 993, security: 'tls' }, { port: 143, security: 'starttls' }],
  smtp: [{ port: 465, security: 'tls' }, { port: 587, security: 'starttls' }],
}
const services: Readonly<Record<Kind, readonly { readonly name: string; readonly security: Door['security'] }[]>> = {
  imap: [{ name: '_imaps._tcp', security: 'tls' }, { name: '_imap._tcp', security: 'starttls' }],
  smtp: [{ name: '_submissions._tcp', security: 'tls' }, { name: '_submission._tcp', security: 'starttls' }],
}

const within = <T>(ms: number, work: Promise<T>, otherwise: T): Promise<T> => Promise.race([work.catch(() => otherwise), pause(ms, otherwise, { ref: false })])

/** What the domain itself says where its mail is (RFC 6186). */
async function told(domain: string, kind: Kind): Promise<readonly Door[]> {
  const found = await Promise.all(services[kind].map(async ({ name, security }) =>
    (await within(3_000, dns.resolveSrv(`${name}.${domain}`), [])).filter((one) => one.name !== '' && one.name !== '.').map((one): Door => ({ host: one.name.toLowerCase(), port: one.port, security }))))
  return found.flat().slice(0, 4)
}

/** Whether anything listens there, at an address we may go to. */
async function listens(door: Door, ctx: Ctx): Promise<boolean> {
  const address = await addressOf(door, ctx).catch(() => undefined)
  if (address === undefined) return false
  return await new Promise<boolean>((done) => {
    const socket = connect({ host: address, port: door.port, timeout: 4_000 })
    const end = (there: boolean) => (): void => { socket.destroy(); done(there) }
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false))
  })
}

/** Where a mailbox is most likely read, or sent from: the first place of a short list that answers. `host`: as somebody gave it. */
export async function discover(kind: Kind, { domain, host, port }: { readonly domain: string; readonly host: string | undefined; readonly port: number | undefined }, ctx: Ctx): Promise<Door | undefined> {
  const at = (name: string): Door[] => (port === undefined ? ports[kind].map((one) => ({ host: name, ...one })) : [{ host: name, port, security: ports[kind].find((one) => one.port === port)?.security ?? 'starttls' }])
  const likely = async (): Promise<readonly Door[]> => {
    const known = providers[domain]
    if (known) return at(known[kind])
    return [...await told(domain, kind), ...at(`${kind}.${domain}`), ...at(`mail.${domain}`), ...at(domain)]
  }
  const doors = host ? at(host) : await likely()
  const there = await Promise.all(doors.map((door) => listens(door, ctx)))
  return doors.find((_, n) => there[n])
}
