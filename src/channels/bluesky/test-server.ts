import type { Json } from '#kit/json.ts'
import { NetError } from '#net/net-error.ts'
import { cidOf } from './dag.ts'

export const faults = ['answer-lost', 'never-reached', 'refused', 'spent', 'paced', 'late', 'broken', 'page', 'half'] as const
export type Fault = (typeof faults)[number]

export const did = 'did:plc:fournos2222222222222222'
export const fanDid = 'did:plc:giorgos222222222222222'
export const appPassword = 'abcd-efgh-ijkl-mnop'
type Value = Readonly<Record<string, Json>>
interface Event { readonly uri: string; readonly at: string; readonly author: Json; readonly reason: string; readonly reasonSubject?: string; readonly record: Value }

const collection = 'app.bsky.feed.post'
const fan = { did: fanDid, handle: 'giorgos.allou.gr', displayName: 'Γιώργος', avatar: 'https://cdn.example/g.jpg' }
const jwt = (scope: string, n: number): string => `h.${Buffer.from(JSON.stringify({ scope, n })).toString('base64url')}.s`

/** A small server of the AT Protocol, with what the network's own would tell of notifications; reached only by HTTP requests. */
export class TestServer {
  /** By the record's key. */
  readonly records = new Map<string, { readonly cid: string; readonly value: Value }>()
  readonly blobs = new Map<string, { readonly type: string; readonly size: number }>()
  readonly theirs = new Map<string, Value>()
  readonly requests: { readonly method: string; readonly name: string; readonly json: Readonly<Record<string, Json>> }[] = []
  readonly handles = new Map<string, string>([['giorgos.allou.gr', fanDid], ['fournos.bsky.social', did]])
  readonly notices: Event[] = []
  /** Answers of which no notification tells. */
  readonly untold: Event[] = []
  commits = 0
  password: string | undefined = appPassword
  scope = 'com.atproto.appPass'
  opening: { readonly status: number; readonly error: string } | undefined
  account: { readonly active?: boolean; readonly status?: string } = {}
  pds = 'https://pds.allou.gr'
  /** Notifications on one page at most. */
  pageSize = 100
  clock = Date.parse('2026-11-23T09:00:00Z')
  #access = new Set<string>([jwt('com.atproto.appPass', 0)])
  #refresh = new Set<string>([`refresh ${jwt('com.atproto.appPass', 0)}`])
  #planned: (Fault | undefined)[] = []
  #late: (() => void)[] = []
  #count = 0

  readonly session = { access: jwt('com.atproto.appPass', 0), refresh: `refresh ${jwt('com.atproto.appPass', 0)}` }
  readonly now = (): Date => new Date(this.clock++)
  next(fault: Fault, skip = 0): void { this.#planned.push(...Array.from({ length: skip }, () => undefined), fault) }
  arrive(): void { for (const apply of this.#late.splice(0)) apply() }
  /** As time does with accesses; what renews them stays, unless `all` is taken back. */
  expire(all = false): void { this.#access.clear(); if (all) { this.#refresh.clear(); this.password = undefined } }
  loseRefresh(): void { this.#refresh.clear() }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    const isJson = /json/.test(request.headers.get('content-type') ?? '')
    const body = request.method === 'POST' ? new Uint8Array(await request.arrayBuffer()) : new Uint8Array()
    const json = isJson && body.length > 0 ? JSON.parse(new TextDecoder().decode(body)) as Record<string, Json> : {}
    const url = new URL(request.url)
    const name = url.pathname.replace('/xrpc/', '')
    this.requests.push({ method: request.method, name, json })
    const work = () => this.#answer({ name, query: url.searchParams, json, body, type: request.headers.get('content-type') ?? '', token: (request.headers.get('authorization') ?? '').replace('Bearer ', '') })
    return this.#planned.length > 0 ? this.#wrong(this.#planned.shift(), work, url) : work()
  }

  /** Somebody says something to us; the address of it. */
  speak(text: string, given: { readonly reason?: string; readonly under?: string; readonly record?: Value; readonly told?: boolean; readonly at?: string } = {}): string {
    const uri = `at://${fanDid}/${collection}/3k2${String(++this.#count).padStart(10, '0')}`
    const above: Value = given.under ? { reply: { root: { uri: given.under, cid: 'bafy' }, parent: { uri: given.under, cid: 'bafy' } } } : {}
    const record: Value = { $type: collection, text, createdAt: this.now().toISOString(), langs: ['el'], ...above, ...given.record }
    this.theirs.set(uri, record)
    const event = { uri, at: given.at ?? new Date(this.clock += 1_000).toISOString(), author: fan, reason: given.reason ?? (given.under ? 'reply' : 'mention'), ...(given.under ? { reasonSubject: given.under } : {}), record };
    (given.told === false ? this.untold : this.notices).push(event)
    return uri
  }
  act(reason: string, subject: string, given: { readonly author?: Json; readonly record?: Value } = {}): void {
    const kind = reason === 'follow' ? 'graph.follow' : `feed.${reason}`
    this.notices.push({ uri: `at://${fanDid}/app.bsky.${kind}/3a2${String(++this.#count).padStart(10, '0')}`, at: new Date(this.clock += 1_000).toISOString(), author: given.author ?? fan, reason, reasonSubject: subject, record: given.record ?? { subject: { uri: subject, cid: 'bafy' } } })
  }

  #wrong(fault: Fault | undefined, work: () => Response, url: URL): Response | Promise<Response> {
    switch (fault) {
      case undefined: return work()
      case 'never-reached': throw new NetError('unreached', `${url.host} cannot be reached`, { left: false })
      case 'answer-lost': work(); throw new NetError('broken', `the exchange with ${url.host} broke off`, { left: true })
      case 'late': this.#late.push(work); throw new NetError('timeout', `${url.host} did not answer in time`, { left: true })
      case 'refused': return no(400, 'InvalidRequest', 'Invalid app.bsky.feed.post record: text too long')
      case 'spent': return no(401, 'AuthenticationRequired', 'Invalid identifier or password')
      case 'paced': return new Response('{"error":"RateLimitExceeded","message":"Rate Limit Exceeded"}', { status: 429, headers: { 'content-type': 'application/json', 'ratelimit-reset': String(Math.floor(this.clock / 1000) + 90) } })
      case 'broken': work(); return new Response('<h1>502 Bad Gateway</h1>', { status: 502, headers: { 'content-type': 'text/html' } })
      case 'page': work(); return new Response('<!doctype html><title>Bluesky</title>', { status: 200, headers: { 'content-type': 'text/html' } })
      case 'half': return work().text().then((text) => new Response(text.slice(0, text.length / 2), { status: 200, headers: { 'content-type': 'application/json' } }))
    }
  }

  #answer(asked: Asked): Response {
    const { name, query, json, token } = asked
    if (name === 'com.atproto.server.describeServer') return yes({ did: 'did:web:allou.gr', availableUserDomains: ['.allou.gr'] })
    if (name === 'com.atproto.server.createSession') return this.#open(json)
    if (name === 'com.atproto.server.refreshSession') return this.#renew(token)
    if (name === 'com.atproto.server.deleteSession') { this.#refresh.delete(token); return yes({}) }
    if (!this.#access.has(token)) return token === '' ? no(401, 'AuthMissing', 'Authentication Required') : no(400, 'ExpiredToken', 'Token has expired')
    switch (name) {
      case 'com.atproto.repo.putRecord': return this.#put(json)
      case 'com.atproto.repo.applyWrites': return this.#apply(json)
      case 'com.atproto.repo.deleteRecord': return this.#delete(String(json['rkey']))
      case 'com.atproto.repo.getRecord': return this.#get(query)
      case 'com.atproto.repo.uploadBlob': return this.#upload(asked)
      case 'com.atproto.identity.resolveHandle': { const found = this.handles.get(query.get('handle')!); return found ? yes({ did: found }) : no(400, 'InvalidRequest', 'Unable to resolve handle') }
      case 'app.bsky.actor.getProfile': return yes({ did, handle: 'fournos.bsky.social', displayName: 'Φούρνος της Ελένης' })
      case 'app.bsky.notification.listNotifications': return this.#notifications(query)
      case 'app.bsky.feed.getAuthorFeed': return yes({ feed: [...this.records.keys()].toSorted().toReversed().map((rkey) => ({ post: { uri: uriOf(rkey), author: { did, handle: 'fournos.bsky.social' }, replyCount: this.#under(uriOf(rkey)).length } })) })
      case 'app.bsky.feed.getPostThread': return yes({ thread: { post: { uri: query.get('uri') }, replies: this.#under(query.get('uri')!).map(({ uri, author, record, at }) => ({ post: { uri, author, record, indexedAt: at } })) } })
      default: return no(501, 'MethodNotImplemented', 'Method Not Implemented')
    }
  }

  #open({ identifier, password }: Readonly<Record<string, Json>>): Response {
    if (this.opening) return no(this.opening.status, this.opening.error, 'Not now')
    if (password !== this.password || !['fournos.bsky.social', 'eleni@fournos.gr', did].includes(String(identifier))) return no(401, 'AuthenticationRequired', 'Invalid identifier or password')
    return yes({ did, handle: 'fournos.bsky.social', ...this.#issue(), ...this.account, didDoc: { service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: this.pds }] } })
  }
  #issue() {
    const accessJwt = jwt(this.scope, ++this.#count)
    this.#access.add(accessJwt)
    this.#refresh.add(`refresh ${accessJwt}`)
    return { accessJwt, refreshJwt: `refresh ${accessJwt}` }
  }
  #renew(token: string): Response {
    if (!this.#refresh.delete(token)) return no(400, 'ExpiredToken', 'Token has been revoked')
    return yes({ did, handle: 'fournos.bsky.social', ...this.#issue() })
  }

  #put({ rkey, record, swapRecord }: Readonly<Record<string, Json>>): Response {
    const value = record as Value
    const cid = cidOf(value)
    const current = this.records.get(String(rkey))
    if (current?.cid === cid) return yes({ uri: uriOf(String(rkey)), cid })
    if (current && swapRecord === null) return no(400, 'InvalidSwap', 'Record was at another CID')
    this.records.set(String(rkey), { cid, value })
    this.commits++
    return yes({ uri: uriOf(String(rkey)), cid, commit: { cid: 'bafy', rev: '3k' } })
  }
  #apply({ writes }: Readonly<Record<string, Json>>): Response {
    const all = writes as unknown as readonly { $type: string; rkey: string; value: Value }[]
    if (all.some(({ $type, rkey }) => $type.endsWith('#create') === this.records.has(rkey))) return no(500, 'InternalServerError', 'Internal Server Error')
    for (const { $type, rkey, value } of all) {
      if ($type.endsWith('#delete')) this.records.delete(rkey)
      else this.records.set(rkey, { cid: cidOf(value), value })
    }
    this.commits++
    return yes({ results: all.map(({ rkey, value }) => (value ? { uri: uriOf(rkey), cid: cidOf(value) } : {})) })
  }
  #delete(rkey: string): Response {
    if (this.records.delete(rkey)) this.commits++
    return yes({})
  }
  #get(query: URLSearchParams): Response {
    const [repo, rkey] = [query.get('repo'), query.get('rkey')!]
    const own = repo === did ? this.records.get(rkey) : undefined
    const other = this.theirs.get(`at://${repo}/${query.get('collection')}/${rkey}`)
    if (own) return yes({ uri: uriOf(rkey), ...own })
    return other ? yes({ uri: `at://${repo}/${collection}/${rkey}`, cid: cidOf(other), value: other }) : no(400, 'RecordNotFound', `Could not locate record: at://${repo}/${collection}/${rkey}`)
  }
  #upload({ body, type }: Asked): Response {
    const cid = cidOf({ bytes: Buffer.from(body).toString('base64') }).replace('bafyrei', 'bafkrei')
    this.blobs.set(cid, { type, size: body.length })
    return yes({ blob: { $type: 'blob', ref: { $link: cid }, mimeType: type, size: body.length } })
  }
  #under(uri: string): Event[] { return [...this.notices, ...this.untold].filter((one) => one.reasonSubject === uri && one.reason === 'reply') }
  #notifications(query: URLSearchParams): Response {
    const from = Number(query.get('cursor') ?? 0)
    const newest = this.notices.toSorted((a, b) => (a.at > b.at ? -1 : 1))
    const page = newest.slice(from, from + Math.min(Number(query.get('limit')), this.pageSize))
    const until = from + page.length
    return yes({ notifications: page.map(({ at, ...each }) => ({ ...each, cid: 'bafy', isRead: false, indexedAt: at })), ...(until < newest.length ? { cursor: String(until) } : {}) })
  }
}

interface Asked { readonly name: string; readonly query: URLSearchParams; readonly json: Readonly<Record<string, Json>>; readonly body: Uint8Array; readonly type: string; readonly token: string }
export const uriOf = (rkey: string): string => `at://${did}/${collection}/${rkey}`
const yes = (body: unknown): Response => new Response(JSON.stringify(body), { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' } })
const no = (status: number, error: string, message: string): Response => new Response(JSON.stringify({ error, message }), { status, headers: { 'content-type': 'application/json; charset=utf-8' } })
