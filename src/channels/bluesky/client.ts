import { createECDH, webcrypto } from 'node:crypto'
import { Hono } from 'hono'
import { PrivateKeyJwt, type ClientAuth } from 'oauth4webapi'
import { backTo } from '#kit/channel.ts'
import type { Hosts } from '#kit/host.ts'
import { allow, type HouseEnv } from '#kit/http.ts'
import { channelId } from './convert.ts'

/** What is asked for: to write, to read and to be told, but no private messages. */
export const scope = 'atproto transition:generic'
const keyName = 'stoa-1'
const folder = '/oauth/bluesky'

/** The name of this Stoa on the network: the address at which it says who it is. */
export const clientAt = (origin: string): string => `${origin}${folder}/client.json`

interface KeyPair { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string; readonly d: string }
/** The key by which this Stoa proves who it is, made of the house's own secret: it is the same for as long as the house is. */
function keyOf({ secret }: Pick<Hosts, 'secret'>): KeyPair {
  const curve = createECDH('prime256v1')
  const d = secret('bluesky client key')
  curve.setPrivateKey(Buffer.from(d, 'base64url'))
  const point = curve.getPublicKey()
  return { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url'), d }
}

export async function proofOfClient(secret: Hosts['secret']): Promise<ClientAuth> {
  const key = await webcrypto.subtle.importKey('jwk', keyOf({ secret }), { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
  return PrivateKeyJwt({ key: key as CryptoKey, kid: keyName })
}

/** Who we are and by which key we are known, for every server of the network to read. Where there is no https address, there is nobody to be. */
export function clientRoutes(hosts: Hosts): Hono {
  const { origin } = hosts
  const app = new Hono<HouseEnv>()
  if (!origin.startsWith('https:')) return app as unknown as Hono
  const metadata = {
    client_id: clientAt(origin), client_name: 'Stoa', client_uri: origin, redirect_uris: [backTo(origin, channelId)],
    scope, grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], application_type: 'web',
    token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: 'ES256', dpop_bound_access_tokens: true, jwks_uri: `${origin}${folder}/keys.json`,
  }
  const { d: _, ...known } = keyOf(hosts)
  app.get(`${folder}/client.json`, allow('anyone'), (c) => c.json(metadata))
  app.get(`${folder}/keys.json`, allow('anyone'), (c) => c.json({ keys: [{ ...known, kid: keyName, alg: 'ES256', use: 'sig' }] }))
  return app as unknown as Hono
}
