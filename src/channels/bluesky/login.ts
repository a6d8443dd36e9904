import { z } from 'zod'
import {
  authorizationCodeGrantRequest, calculatePKCECodeChallenge, generateRandomCodeVerifier, processAuthorizationCodeResponse, processPushedAuthorizationResponse,
  pushedAuthorizationRequest, ResponseBodyError, validateAuthResponse,
} from 'oauth4webapi'
import { ConnectError, type Ctx, type Login } from '#kit/channel.ts'
import { NetError } from '#net/net-error.ts'
import { ask } from './ask.ts'
import { authorityAt, grantedIn, issuerOf } from './authority.ts'
import { clientAt, proofOfClient, scope } from './client.ts'
import { homeIn, identifierOf, serviceOf } from './connect.ts'
import { documentOf } from './identity.ts'
import { by, handleOf, newKey, withNonce } from './proof.ts'
import type { Settings } from './settings.ts'
import { Resolved } from './wire.ts'
import { wrong } from './words.ts'

/** The server of the account that is named, as far as it can be found out; what comes back is checked against the account itself. */
async function homeOfName(given: string | undefined, service: string, ctx: Ctx): Promise<string> {
  if (!given?.trim()) return service
  const name = identifierOf(given, service)
  if (name.includes('@')) return service
  try {
    const did = name.startsWith('did:') ? name : (await ask({ server: service }, { method: 'com.atproto.identity.resolveHandle', query: { handle: name } }, { ctx, answer: Resolved })).did
    return homeIn(await documentOf(did, ctx), service)
  } catch { return service }
}

const closed = (error: unknown): ConnectError => {
  if (error instanceof ConnectError) return error
  const busy = error instanceof ResponseBodyError && error.status === 429
  return new ConnectError(busy ? wrong.busy : error instanceof NetError ? wrong.unreached : wrong.noLogin, 'service', error)
}

const Keep = z.strictObject({ issuer: z.string(), client: z.string(), verifier: z.string(), key: z.string(), state: z.string() })

/** Tells the server whom it will be asked about (PAR), and where to send the person. */
const begin: Login<Settings>['begin'] = async ({ settings, back, state }, ctx) => {
  const service = serviceOf(settings['service'] || undefined)
  const home = await homeOfName(settings['identifier'], service, ctx)
  try {
    const authority = await authorityAt(await issuerOf(home, ctx), ctx)
    const [client, verifier, key] = [clientAt(new URL(back).origin), generateRandomCodeVerifier(), await newKey()]
    const [proof, who] = [await handleOf(key), await proofOfClient(ctx.host.secret)]
    const wish: Record<string, string> = {
      response_type: 'code', redirect_uri: back, scope, state, code_challenge: await calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
    }
    if (settings['identifier']?.trim()) wish['login_hint'] = identifierOf(settings['identifier'], service)
    const { request_uri: asked } = await withNonce(async () =>
      await processPushedAuthorizationResponse(authority, { client_id: client }, await pushedAuthorizationRequest(authority, { client_id: client }, who, wish, { DPoP: proof, ...by(ctx) })))
    const to = new URL(authority.authorization_endpoint ?? '')
    if (to.protocol !== 'https:') throw new ConnectError(wrong.noLogin, 'service')
    to.search = new URLSearchParams({ client_id: client, request_uri: asked }).toString()
    return { to: to.href, keep: { issuer: authority.issuer, client, verifier, key, state } }
  } catch (error) { throw closed(error) }
}

const finish: Login<Settings>['finish'] = async ({ keep, answer, back }, ctx) => {
  const { issuer, client, verifier, key, state } = Keep.parse(keep)
  if (answer.get('iss') !== issuer) throw new ConnectError(wrong.exchange)
  if (answer.has('error')) throw new ConnectError(answer.get('error') === 'access_denied' ? wrong.denied : wrong.exchange)
  try {
    const authority = await authorityAt(issuer, ctx)
    const params = validateAuthResponse(authority, { client_id: client }, answer, state)
    const [proof, who] = [await handleOf(key), await proofOfClient(ctx.host.secret)]
    const tokens = await withNonce(async () =>
      await processAuthorizationCodeResponse(authority, { client_id: client }, await authorizationCodeGrantRequest(authority, { client_id: client }, who, params, back, verifier, { DPoP: proof, ...by(ctx) })))
    const { did, ...pair } = grantedIn(tokens)
    const pds = homeIn(await documentOf(did, ctx), '')
    // Anybody may run a server that says it speaks for somebody: only who the account itself names does.
    if (pds === '' || await issuerOf(pds, ctx) !== issuer) throw new ConnectError(wrong.exchange)
    return { identifier: did, did, pds, service: new URL(issuer).origin, session: { by: 'oauth', ...pair, key, issuer, client, fresh: true } }
  } catch (error) {
    if (error instanceof ConnectError) throw error
    throw new ConnectError(wrong.exchange, undefined, error)
  }
}

/** Connects by the page of the account's own server. */
export const login: Login<Settings> = { begin, finish }
