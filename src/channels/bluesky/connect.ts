import { z } from 'zod'
import { ChannelError, ConnectError, type Ctx, type Verified } from '#kit/channel.ts'
import type { Both } from '#kit/lang.ts'
import { ask, saidIn, type Door } from './ask.ts'
import { doorOf, open } from './session.ts'
import { entryway, isGranted, type Granted, type Settings } from './settings.ts'
import { Described, Here, Profile, type DidDoc } from './wire.ts'
import { wrong } from './words.ts'

/** The name as the server knows it: without the sign before it, without what copying leaves behind. */
export function identifierOf(given: string, service: string): string {
  const text = given.replace(/[\p{Cf}\p{Cc}]/gu, '').trim()
  const name = (/^(?:https?:\/\/)?[^\s/]+\/profile\/([^\s/?#]+)/.exec(text)?.[1] ?? text).replace(/^@/, '')
  const whole = /[.:@]/.test(name) ? name : service === entryway ? `${name}.bsky.social` : `${name}.${new URL(service).hostname}`
  return whole.startsWith('did:') ? whole : whole.toLowerCase()
}

export function serviceOf(given: string | undefined): string {
  if (!given) return entryway
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `https://${given}`
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || !/[\w\]]$/.test(url.hostname)) throw new ConnectError(wrong.address, 'service')
  return url.hostname === 'bsky.app' ? entryway : url.origin
}

/** The server that holds the repository, as its own document says; behind an entryway it is another. */
export function homeIn(document: DidDoc | undefined, service: string): string {
  const at = document?.service?.find(({ id, type }) => id.endsWith('#atproto_pds') || type === 'AtprotoPersonalDataServer')?.serviceEndpoint ?? ''
  return URL.canParse(at) && /^https?:$/.test(new URL(at).protocol) ? new URL(at).origin : service
}

const Claims = z.object({ scope: z.string().optional() })
/** Whether a session was opened with the password of the account itself, which may do everything. */
export function isWholeAccess(token: string): boolean {
  try { return Claims.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))).scope === 'com.atproto.access' } catch { return false }
}

/** Tries what there is, and learns who we are there and where the repository lives. */
export async function verify(settings: Settings, ctx: Ctx): Promise<Verified<Settings>> {
  if (isGranted(settings.session) && settings.session.fresh) return await verifyGranted({ ...settings, session: settings.session }, ctx)
  if (settings.password === undefined) throw new ConnectError(wrong.noPassword, 'password')
  return await verifyPassword({ ...settings, password: settings.password }, ctx)
}

/** An access brought back from the network's own page. */
async function verifyGranted({ session, ...settings }: Settings & { readonly session: Granted }, ctx: Ctx): Promise<Verified<Settings>> {
  const { fresh: _, ...kept } = session
  const given = { ...settings, session: kept }
  const door = doorOf(given)
  const here = await ask(door, { method: 'com.atproto.server.getSession' }, { ctx, answer: Here }).catch((error: unknown) => { throw notOpened(error) })
  if (here.did !== settings.did) throw new ConnectError(wrong.exchange)
  if (here.active === false) throw new ConnectError(here.status === 'deactivated' ? wrong.asleep : wrong.closed)
  return { id: here.did, handle: `@${here.handle}`, name: await nameOf(here, { door, ctx }), settings: { ...given, identifier: here.handle, handle: here.handle } }
}

async function verifyPassword(settings: Settings & { readonly password: string }, ctx: Ctx): Promise<Verified<Settings>> {
  const service = serviceOf(settings.service)
  const given: Settings = { ...settings, service, identifier: identifierOf(settings.identifier, service), password: settings.password.trim() }
  await ask({ server: service }, { method: 'com.atproto.server.describeServer' }, { ctx, answer: Described }).catch((error: unknown) => { throw noServer(error) })
  const opened = await open(given, ctx).catch((error: unknown) => { throw notOpened(error) })
  const pds = homeIn(opened.didDoc, service)
  if (isWholeAccess(opened.accessJwt)) {
    await ask({ server: pds, token: opened.refreshJwt }, { method: 'com.atproto.server.deleteSession', json: null }, { ctx, answer: z.unknown() }).catch(() => undefined)
    throw new ConnectError(wrong.realPassword, 'password')
  }
  if (opened.active === false) throw new ConnectError(opened.status === 'deactivated' ? wrong.asleep : wrong.closed)
  return {
    id: opened.did, handle: `@${opened.handle}`, name: await nameOf(opened, { door: { server: pds, token: opened.accessJwt }, ctx }),
    settings: { ...given, did: opened.did, handle: opened.handle, pds, session: { access: opened.accessJwt, refresh: opened.refreshJwt } },
  }
}

async function nameOf({ did, handle }: Here, { door, ctx }: { readonly door: Door; readonly ctx: Ctx }): Promise<string> {
  const profile = await ask(door, { method: 'app.bsky.actor.getProfile', query: { actor: did } }, { ctx, answer: Profile }).catch(() => undefined)
  return profile?.displayName?.trim() || handle
}

const kindOf = (error: unknown) => (error instanceof ChannelError ? error.trouble.kind : undefined)
function noServer(error: unknown): ConnectError {
  if (kindOf(error) === 'paced') return new ConnectError(wrong.busy, 'service', error)
  const status = saidIn(error)?.status
  const isOther = status === undefined ? error instanceof ChannelError && (error.cause instanceof z.ZodError || error.cause instanceof SyntaxError) : status < 500 || status === 501
  return new ConnectError(isOther ? wrong.notHere : wrong.unreached, 'service', error)
}

function notOpened(error: unknown): ConnectError {
  const said = saidIn(error)
  const [says, field]: readonly [Both, string?] = said?.error === 'AuthFactorTokenRequired' ? [wrong.secondFactor, 'password']
    : /Takedown|Suspended/.test(said?.error ?? '') ? [wrong.closed]
      : /Deactivated/.test(said?.error ?? '') ? [wrong.asleep]
        : kindOf(error) === 'paced' ? [wrong.busy]
          : said && said.status >= 400 && said.status < 500 ? [wrong.password, 'password'] : [wrong.unreached, 'service']
  return new ConnectError(says, field, error)
}
