import type { Snac } from './server.ts'

/** Somebody with an app that speaks to snac, as people do. */
export interface Person {
  readonly token: string
  ask<T = Record<string, unknown>>(method: string, path: string, body?: Readonly<Record<string, unknown>> | FormData): Promise<T>
}

const back = 'https://app.example/back'

/** Signs in through snac's own pages: an app is registered, the form is filled in, and the code is exchanged. */
export async function personOf(snac: Snac, user: string): Promise<Person> {
  const post = async (path: string, form: Record<string, string>) => fetch(`${snac.origin}${path}`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(form) })
  const app = await (await post('/api/v1/apps', { client_name: 'Peers', redirect_uris: back, scopes: 'read write follow push' })).json() as { client_id: string; client_secret: string }
  const login = await post('/oauth/x-snac-login', { login: user, passwd: snac.passwords[user] ?? '', redir: back, cid: app.client_id, state: 's' })
  const code = new URL(login.headers.get('location') ?? 'none:').searchParams.get('code') ?? ''
  const answer = await (await post('/oauth/token', { grant_type: 'authorization_code', client_id: app.client_id, client_secret: app.client_secret, redirect_uri: back, code })).json() as { access_token?: string }
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
