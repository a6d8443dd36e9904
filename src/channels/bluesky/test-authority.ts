import { createHash, webcrypto } from 'node:crypto'
import { clientRoutes } from './client.ts'

export const did = 'did:plc:fournos22222222222222222'
export const origin = 'https://fournos.gr'
export const pds = 'https://pds.allou.gr'
export const issuer = 'https://eisodos.allou.gr'
export const secretOf = (purpose: string): string => createHash('sha256').update(purpose).digest('base64url')

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })
const partsOf = (jwt: string) => jwt.split('.').slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>) as [Record<string, unknown>, Record<string, unknown>]
async function isSigned(jwt: string, jwk: object): Promise<boolean> {
  const key = await webcrypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])
  const [head, body, sign = ''] = jwt.split('.')
  return await webcrypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, Buffer.from(sign, 'base64url'), Buffer.from(`${head}.${body}`))
}
const sha = (text: string) => createHash('sha256').update(text).digest('base64url')

/** The door of an entryway and a repository behind it: checks what each request proves, by the keys this Stoa shows. */
export class TestAuthority {
  nonce = 'one'
  /** Whom the directory names as the server of the account, and whom that server lets decide. */
  home = pds
  names = issuer
  scope = 'atproto transition:generic'
  refresh = ''
  readonly asked: string[] = []
  readonly wrong: string[] = []
  #wish = new URLSearchParams()
  #key = ''
  #access = ''
  #count = 0

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    const { origin: at, pathname } = new URL(request.url)
    this.asked.push(`${request.method} ${at}${pathname}`)
    const body = new URLSearchParams(await request.text())
    if (pathname === '/.well-known/oauth-protected-resource') return at === this.home ? json({ resource: this.home, authorization_servers: [this.names] }) : json({}, 404)
    if (pathname === '/.well-known/oauth-authorization-server') return json(this.#metadata(at))
    if (at === 'https://plc.directory') return json({ id: did, service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: this.home }] })
    if (pathname.startsWith('/xrpc/com.atproto.identity.resolveHandle')) return json({ did })
    if (pathname === '/par' || pathname === '/token') return await this.#door(request, pathname, body)
    return await this.#resource(request)
  }
  #metadata(at: string) {
    return { issuer: at, authorization_endpoint: `${at}/authorize`, token_endpoint: `${at}/token`, pushed_authorization_request_endpoint: `${at}/par`, authorization_response_iss_parameter_supported: true, token_endpoint_auth_methods_supported: ['private_key_jwt'] }
  }
  /** The answer of the page, when the person says yes. */
  answer(to: string, code = 'code-1'): URLSearchParams {
    if (new URL(to).searchParams.get('request_uri') !== 'urn:wish') this.wrong.push('another wish')
    return new URLSearchParams({ code, state: this.#wish.get('state') ?? '', iss: issuer })
  }
  expire(): void { this.#access = '' }

  async #proof(request: Request, token?: string): Promise<{ readonly key: string } | Response> {
    const [head, claims] = partsOf(request.headers.get('dpop') ?? '..')
    if (claims['nonce'] !== this.nonce) {
      const headers = { 'dpop-nonce': this.nonce, ...(token === undefined ? {} : { 'www-authenticate': 'DPoP error="use_dpop_nonce"' }) }
      return json({ error: 'use_dpop_nonce' }, token === undefined ? 400 : 401, headers)
    }
    const fits = claims['htm'] === request.method && claims['htu'] === request.url.split('?')[0] && (token === undefined || claims['ath'] === sha(token))
    if (!fits || !await isSigned(request.headers.get('dpop')!, head['jwk'] as object)) this.wrong.push(`a proof that does not fit ${request.url}`)
    return { key: JSON.stringify(head['jwk']) }
  }
  async #client(body: URLSearchParams): Promise<boolean> {
    const app = clientRoutes({ origin, secret: secretOf, at: async () => undefined, of: () => undefined as never, lend: () => undefined })
    const { keys } = await (await app.request('/oauth/bluesky/keys.json')).json() as { keys: readonly Record<string, string>[] }
    const [head, claims] = partsOf(body.get('client_assertion') ?? '..')
    const key = keys.find(({ kid }) => kid === head['kid'])
    return key !== undefined && key['d'] === undefined && claims['aud'] === issuer && claims['iss'] === body.get('client_id') && await isSigned(body.get('client_assertion')!, key)
  }
  async #door(request: Request, path: string, body: URLSearchParams): Promise<Response> {
    const proof = await this.#proof(request)
    if (proof instanceof Response) return proof
    if (!await this.#client(body)) return json({ error: 'invalid_client' }, 401)
    if (path === '/par') { this.#wish = body; this.#key = proof.key; return json({ request_uri: 'urn:wish', expires_in: 60 }, 201) }
    if (proof.key !== this.#key) return json({ error: 'invalid_dpop_proof' }, 400)
    if (body.get('grant_type') === 'refresh_token' ? body.get('refresh_token') !== this.refresh : sha(body.get('code_verifier') ?? '') !== this.#wish.get('code_challenge')) return json({ error: 'invalid_grant' }, 400)
    this.#access = `access-${++this.#count}`
    this.refresh = `refresh-${this.#count}`
    return json({ access_token: this.#access, refresh_token: this.refresh, token_type: 'DPoP', scope: this.scope, sub: did, expires_in: 3600 })
  }
  async #resource(request: Request): Promise<Response> {
    const token = (request.headers.get('authorization') ?? '').replace(/^DPoP /, '')
    const proof = await this.#proof(request, token)
    if (proof instanceof Response) return proof
    if (token !== this.#access || proof.key !== this.#key) return json({ error: 'invalid_token', message: 'Token expired' }, 401, { 'www-authenticate': 'DPoP error="invalid_token"' })
    return json({ did, handle: 'fournos.bsky.social', displayName: 'Φούρνος της Ελένης' })
  }
}
