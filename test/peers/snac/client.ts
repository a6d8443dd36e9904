import type { Snac } from './server.ts'

/** Somebody with an app that speaks to snac, as people do. */
export interface Person {
  readonly token: string
  ask<T = Record<string, unknown>>(method: string, path: string, body?: Readonly<Record<string, unknown>> | FormData): Promise<T>
}

const back = 'https://app.example.gr/back'
const post = (snac: Snac, path: string, form: Record<string, string>) => fetch(`${snac.origin}${path}`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(form) })

/** Somebody fills in the sign-in page an app sent them to; where their browser is sent back. */
export async function signIn(snac: Snac, user: string, page: URL): Promise<URL> {
  const asked = (name: string) => page.searchParams.get(name) ?? ''
  const shown = await (await fetch(page)).text()
  if (!shown.includes('x-snac-login')) throw new Error(`snac shows no sign-in at ${page.href}`)
  const login = await post(snac, '/oauth/x-snac-login', { login: user, passwd: snac.passwords[user] ?? '', redir: asked('redirect_uri'), cid: asked('client_id'), state: asked('state') })
  return new URL(login.headers.get('location') ?? 'none:')
}

/** Signs in through snac's own pages: an app is registered, the form is filled in, and the code is exchanged. */
export async function personOf(snac: Snac, user: string): Promise<Person> {
  const app = await (await post(snac, '/api/v1/apps', { client_name: 'Peers', redirect_uris: back, scopes: 'read write follow push' })).json() as { client_id: string; client_secret: string }
  const page = new URL(`${snac.origin}/oauth/authorize?${new URLSearchParams({ response_type: 'code', client_id: app.client_id, redirect_uri: back, scope: 'read', state: 's' }).toString()}`)
  const code = (await signIn(snac, user, page)).searchParams.get('code') ?? ''
  const answer = await (await post(snac, '/oauth/token', { grant_type: 'authorization_code', client_id: app.client_id, client_secret: app.client_secret, redirect_uri: back, code })).json() as { access_token?: string }
  if (!answer.access_token) throw new Error(`snac gave ${user} no token: ${JSON.stringify(answer)}`)
  const token = answer.access_token
  return {
    token,
    ask: async <T>(method: string, path: string, body?: Readonly<Record<string, unknown>> | FormData) => {
      const response = await fetch(`${snac.origin}/api/${path}`, {
        method, headers: { authorization: `Bearer ${token}`, ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`)
      return JSON.parse(text) as T
    },
  }
}

/** What a client is shown of a post, as far as the journeys look. */
export interface Status {
  readonly id: string; readonly uri: string; readonly content: string; readonly visibility: string; readonly in_reply_to_id: string | null
  readonly reblog: Status | null; readonly media_attachments: readonly { readonly description: string | null }[]
}
