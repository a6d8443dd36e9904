import { z } from 'zod'
import { ChannelError, ConnectError, type Ctx, type Verified } from '#kit/channel.ts'
import type { Both } from '#kit/lang.ts'
import { ask, saidIn } from './ask.ts'
import { open } from './session.ts'
import { entryway, type Settings } from './settings.ts'
import { Described, Profile, type DidDoc, type Opened } from './wire.ts'
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

/** Tries name and app password, and learns who we are there and where the repository lives. */
export async function verify(settings: Settings, ctx: Ctx): Promise<Verified<Settings>> {
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
    id: opened.did, handle: `@${opened.handle}`, name: await nameOf(opened, { pds, ctx }),
    settings: { ...given, did: opened.did, handle: opened.handle, pds, session: { access: opened.accessJwt, refresh: opened.refreshJwt } },
  }
}

async function nameOf({ did, handle, accessJwt }: Opened, { pds, ctx }: { readonly pds: string; readonly ctx: Ctx }): Promise<string> {
  const profile = await ask({ server: pds, token: accessJwt }, { method: 'app.bsky.actor.getProfile', query: { actor: did } }, { ctx, answer: Profile }).catch(() => undefined)
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
