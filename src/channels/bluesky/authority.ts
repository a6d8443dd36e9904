import { z } from 'zod'
import {
  discoveryRequest, processDiscoveryResponse, processRefreshTokenResponse, processResourceDiscoveryResponse, refreshTokenGrantRequest, resourceDiscoveryRequest,
  ResponseBodyError, type AuthorizationServer, type TokenEndpointResponse,
} from 'oauth4webapi'
import { ChannelError, ConnectError, type Ctx } from '#kit/channel.ts'
import { channelErrorOf, NetError } from '#net/net-error.ts'
import { proofOfClient, scope } from './client.ts'
import { by, handleOf, withNonce } from './proof.ts'
import type { Granted } from './settings.ts'
import { wrong } from './words.ts'

/** Who lets people in to a server: another where there is an entryway, else the server itself. */
export async function issuerOf(server: string, ctx: Ctx): Promise<string> {
  try {
    const { authorization_servers: named } = await processResourceDiscoveryResponse(new URL(server), await resourceDiscoveryRequest(new URL(server), by(ctx)))
    return named?.[0] ?? server
  } catch (error) {
    if (error instanceof NetError) throw error
    return server
  }
}

export async function authorityAt(issuer: string, ctx: Ctx): Promise<AuthorizationServer> {
  const url = new URL(issuer)
  return await processDiscoveryResponse(url, await discoveryRequest(url, { algorithm: 'oauth2', ...by(ctx) }))
}

const Tokens = z.object({ access_token: z.string(), refresh_token: z.string(), token_type: z.literal('dpop'), sub: z.string().startsWith('did:'), scope: z.string() })
/** What an answer grants; less than was asked for is of no use. */
export function grantedIn(tokens: TokenEndpointResponse): { readonly did: string; readonly access: string; readonly refresh: string } {
  const { access_token: access, refresh_token: refresh, sub: did, scope: given } = Tokens.parse(tokens)
  if (scope.split(' ').some((each) => !given.split(' ').includes(each))) throw new ConnectError(wrong.rights)
  return { did, access, refresh }
}

/** Exchanges a refresh token, which counts once. */
export async function refreshed(session: Granted, did: string | undefined, ctx: Ctx): Promise<Granted> {
  try {
    const [authority, proof, who] = [await authorityAt(session.issuer, ctx), await handleOf(session.key), await proofOfClient(ctx.host.secret)]
    const client = { client_id: session.client }
    const tokens = await withNonce(async () =>
      await processRefreshTokenResponse(authority, client, await refreshTokenGrantRequest(authority, client, who, session.refresh, { DPoP: proof, ...by(ctx) })))
    const { did: whose, ...pair } = grantedIn(tokens)
    if (whose !== did) throw new ChannelError({ kind: 'expired' })
    return { ...session, ...pair }
  } catch (error) {
    if (error instanceof ChannelError) throw error
    if (error instanceof ConnectError || error instanceof ResponseBodyError && ended.has(error.error)) throw new ChannelError({ kind: 'expired' }, error)
    throw error instanceof NetError ? channelErrorOf(error) : new ChannelError({ kind: 'unknown' }, error)
  }
}
const ended = new Set(['invalid_grant', 'unauthorized_client', 'access_denied'])
