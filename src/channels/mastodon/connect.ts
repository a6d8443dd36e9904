import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { ChannelError, ConnectError, type Ctx, type Login, type Verified } from '#kit/channel.ts'
import { ask } from './ask.ts'
import { limitsOf, originOf, softwareAt } from './server.ts'
import type { Settings } from './settings.ts'
import { streamingAt } from './stream.ts'
import { App, Instance, Person, Registered, Token } from './wire.ts'
import { wrong } from './words.ts'

const appName = 'Stoa'
const scopes = 'read write'

const troubleOf = (error: unknown) => (error instanceof ChannelError ? error.trouble : undefined)
function addressOf(given: string): string {
  const origin = originOf(given)
  if (!origin) throw new ConnectError(wrong.address, 'server')
  return origin
}

/** What the server says of itself; the old form where the new one is not known. Redirects tell where it really is. */
async function instanceAt(given: string, ctx: Ctx): Promise<{ readonly server: string; readonly instance: Instance }> {
  const origin = addressOf(given)
  let last: unknown
  for (const path of ['/api/v2/instance', '/api/v1/instance']) {
    try {
      const { url, body } = await ask({ server: origin }, { path }, { ctx, answer: Instance })
      if (body.domain ?? body.uri) return { server: URL.canParse(url) ? new URL(url).origin : origin, instance: body }
    } catch (error) {
      last = error
      const trouble = troubleOf(error)
      if (trouble?.kind === 'paced') throw new ConnectError(wrong.busy, 'server', error)
      if (trouble?.kind === 'unreached' || error instanceof ChannelError && error.cause instanceof Error && error.cause.name === 'NetError') throw new ConnectError(wrong.unreached, 'server', error)
    }
  }
  throw new ConnectError(wrong.notMastodon, 'server', last)
}

const hostIn = (name: string): string => (URL.canParse(name) ? new URL(name).host : name)

/** Tries the access, and learns whom it is for and what the server takes. */
export async function verify(settings: Settings, ctx: Ctx): Promise<Verified<Settings>> {
  const { server, instance } = await instanceAt(settings.server, ctx)
  if (!settings.token) throw new ConnectError(wrong.noToken, 'token')
  const door = { server, token: settings.token }
  const { body: me } = await ask(door, { path: '/api/v1/accounts/verify_credentials' }, { ctx, answer: Person }).catch((error: unknown) => {
    const kind = troubleOf(error)?.kind
    if (kind === 'expired' || kind === 'refused') throw new ConnectError(wrong.token, 'token', error)
    throw new ConnectError(kind === 'paced' ? wrong.busy : wrong.unreached, 'server', error)
  })
  const app = (await ask(door, { path: '/api/v1/apps/verify_credentials' }, { ctx, answer: App }).catch(() => undefined))?.body
  if (app?.scopes?.length && !app.scopes.some((scope) => scope === 'write' || scope === 'write:statuses')) throw new ConnectError(wrong.rights, 'token')
  const software = await softwareAt(server, ctx)
  const [name = me.acct, home] = me.acct.split('@')
  const streaming = streamingAt(instance.configuration?.urls?.streaming ?? instance.urls?.streaming_api)
  const domain = home ?? hostIn(instance.domain ?? instance.uri ?? server)
  return {
    id: me.id, handle: `@${name}@${domain}`, name: me.display_name.trim() || name,
    settings: {
      ...settings, server, domain, accountId: me.id, limits: limitsOf(instance),
      ...(streaming ? { streaming } : {}), ...(software ? { software: software.name, version: software.version } : {}), ...(app?.name ? { app: app.name } : {}),
    },
  }
}

const Keep = z.strictObject({ server: z.string(), clientId: z.string(), clientSecret: z.string(), verifier: z.string() })

/** Registers Stoa with the server, sends the person there, and exchanges what they bring back. */
export const login: Login<Settings> = {
  begin: async ({ settings, back, state }, ctx) => {
    const { server } = await instanceAt(settings['server'] ?? '', ctx)
    const form = new URLSearchParams({ client_name: appName, redirect_uris: back, scopes, website: new URL(back).origin })
    const { body: app } = await ask({ server }, { method: 'POST', path: '/api/v1/apps', form }, { ctx, answer: Registered })
      .catch((error: unknown) => { throw new ConnectError(troubleOf(error)?.kind === 'paced' ? wrong.busy : wrong.notMastodon, 'server', error) })
    const verifier = randomBytes(32).toString('base64url')
    const to = new URL('/oauth/authorize', server)
    to.search = new URLSearchParams({
      response_type: 'code', client_id: app.client_id, redirect_uri: back, scope: scopes, state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256',
    }).toString()
    return { to: to.href, keep: { server, clientId: app.client_id, clientSecret: app.client_secret, verifier } }
  },
  finish: async ({ keep, answer, back }, ctx) => {
    const { server, clientId, clientSecret, verifier } = Keep.parse(keep)
    const code = answer.get('code')
    if (!code) throw new ConnectError(answer.get('error') === 'access_denied' ? wrong.denied : wrong.exchange)
    const iss = answer.get('iss')
    if (iss !== null && originOf(iss) !== server) throw new ConnectError(wrong.exchange)
    const form = new URLSearchParams({ grant_type: 'authorization_code', code, client_id: clientId, client_secret: clientSecret, redirect_uri: back, scope: scopes, code_verifier: verifier })
    const { body } = await ask({ server }, { method: 'POST', path: '/oauth/token', form }, { ctx, answer: Token }).catch((error: unknown) => { throw new ConnectError(wrong.exchange, undefined, error) })
    return { server, token: body.access_token, clientId, clientSecret }
  },
}
