import { hosts } from './server.ts'

/** Somebody with an account on the network. */
export interface Person {
  readonly did: string; readonly handle: string; readonly password: string
  ask<T = Record<string, unknown>>(method: string, given?: { readonly query?: Readonly<Record<string, string>>; readonly json?: unknown }): Promise<T>
  /** Says something; where it stands. */
  say(text: string, under?: Answered): Promise<Strong>
  appPassword(name: string): Promise<string>
}
export interface Strong { readonly uri: string; readonly cid: string }
interface Answered { readonly root: Strong; readonly parent: Strong }

const origin = `https://${hosts.pds}`
async function call<T>(method: string, { token, query, json }: { readonly token?: string | undefined; readonly query?: Readonly<Record<string, string>> | undefined; readonly json?: unknown }): Promise<T> {
  const url = new URL(`/xrpc/${method}`, origin)
  url.search = new URLSearchParams(query).toString()
  const headers = { 'user-agent': 'a person', ...(token ? { authorization: `Bearer ${token}` } : {}), ...(json === undefined || json === null ? {} : { 'content-type': 'application/json' }) }
  const answer = await fetch(url, { headers, ...(json === undefined ? {} : { method: 'POST', body: json === null ? null : JSON.stringify(json) }) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method}: ${answer.status} ${text.slice(0, 300)}`)
  return (text === '' ? {} : JSON.parse(text)) as T
}

/** Opens an account, and comes back after every access was ended. */
export async function personOf(name: string, shown: string): Promise<Person> {
  const [handle, password] = [`${name}.${hosts.pds}`, `ο κωδικός της ${name}`]
  let session = await call<{ did: string; accessJwt: string }>('com.atproto.server.createAccount', { json: { handle, password, email: `${name}@example.com` } })
  const ask: Person['ask'] = async <T>(method: string, given: { readonly query?: Readonly<Record<string, string>>; readonly json?: unknown } = {}) => {
    try { return await call<T>(method, { token: session.accessJwt, ...given }) } catch (error) {
      if (!/Token|401/.test(String(error))) throw error
      session = await call('com.atproto.server.createSession', { json: { identifier: handle, password } })
      return await call<T>(method, { token: session.accessJwt, ...given })
    }
  }
  const { did } = session
  await ask('com.atproto.repo.putRecord', { json: { repo: did, collection: 'app.bsky.actor.profile', rkey: 'self', record: { $type: 'app.bsky.actor.profile', displayName: shown } } })
  return {
    did, handle, password, ask,
    say: (text, reply) => ask<Strong>('com.atproto.repo.createRecord', {
      json: { repo: did, collection: 'app.bsky.feed.post', record: { $type: 'app.bsky.feed.post', text, createdAt: new Date().toISOString(), langs: ['el'], ...(reply ? { reply } : {}) } },
    }),
    appPassword: async (label) => (await ask<{ password: string }>('com.atproto.server.createAppPassword', { json: { name: label } })).password,
  }
}
