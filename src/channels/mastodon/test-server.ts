import { NetError } from '#net/net-error.ts'

export const faults = ['answer-lost', 'never-reached', 'refused', 'expired', 'paced', 'late', 'broken', 'page', 'half'] as const
export type Fault = (typeof faults)[number]
interface Options {
  readonly software?: 'mastodon' | 'gotosocial' | 'pleroma'
  /** As many as one page of notifications holds, however many are asked for. */
  readonly pageSize?: number
  /** How `min_id` is understood: the oldest after it, or the newest there are, as some servers do. */
  readonly minId?: 'oldest' | 'newest'
  /** Uploads are worked on for so many looks. */
  readonly slowFiles?: number
  /** As on servers that know only the first form of the API. */
  readonly old?: boolean
}
interface Post {
  readonly id: string; readonly key: string | null; readonly at: number; readonly app: string | null
  text: string; spoiler: string; readonly visibility: string; readonly language: string; readonly inReplyTo: string | null
  media: readonly string[]; edited: boolean
}
interface File { readonly id: string; description: string; focus: string | null; readonly type: string; looks: number }

export const me = { id: '7', username: 'fournos', acct: 'fournos', display_name: 'Φούρνος της Ελένης', url: 'https://plateia.social/@fournos', avatar: 'https://plateia.social/a.png' }
export const fan = { id: '12', username: 'giorgos', acct: 'giorgos@allou.gr', display_name: 'Γιώργος', url: 'https://allou.gr/@giorgos', avatar: 'https://allou.gr/g.png' }
export const token = 'a-token-of-eleni'

/** A small server that speaks Mastodon's language, reached only by HTTP requests. */
export class TestServer {
  readonly options: Options
  readonly posts: Post[] = []
  readonly files: File[] = []
  readonly requests: { readonly method: string; readonly path: string; readonly key: string | null }[] = []
  readonly theirs = new Map<string, string>()
  #notifications: Record<string, unknown>[] = []
  #planned: (Fault | undefined)[] = []
  #late: (() => void)[] = []
  clock = Date.parse('2026-11-23T09:00:00Z')
  constructor(options: Options = {}) { this.options = options }

  next(fault: Fault, skip = 0): void { this.#planned.push(...Array.from({ length: skip }, () => undefined), fault) }
  arrive(): void { for (const apply of this.#late.splice(0)) apply() }
  readonly now = (): Date => new Date(this.clock++)
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    const form = /form/.test(request.headers.get('content-type') ?? '') ? await request.formData() : undefined
    const json = /json/.test(request.headers.get('content-type') ?? '') ? await request.json() as Record<string, unknown> : undefined
    const url = new URL(request.url)
    this.requests.push({ method: request.method, path: url.pathname + url.search, key: request.headers.get('idempotency-key') })
    const work = () => this.#answer({ request, url, form, json: json ?? {} })
    return this.#planned.length > 0 ? this.#wrong(this.#planned.shift(), work, url) : work()
  }

  /** Somebody says something to us; the id of it. */
  speak(text: string, given: { readonly visibility?: string; readonly type?: string; readonly inReplyTo?: string; readonly spoiler?: string; readonly picture?: { readonly url: string; readonly description: string } } = {}): string {
    const id = this.#id()
    this.theirs.set(id, given.visibility ?? 'public')
    this.notify(given.type ?? 'mention', {
      id, url: `https://allou.gr/@giorgos/${id}`, uri: `https://allou.gr/notes/${id}`, created_at: this.now().toISOString(), content: `<p>${text}</p>`, spoiler_text: given.spoiler ?? '',
      visibility: given.visibility ?? 'public', language: 'el', in_reply_to_id: given.inReplyTo ?? null, account: fan, reblog: null,
      media_attachments: given.picture ? [{ id: 'x', ...given.picture }] : [],
    })
    return id
  }
  notify(type: string, status: unknown = null): void {
    this.#notifications.push({ id: this.#id(), type, created_at: this.now().toISOString(), account: fan, status })
  }
  shown(post: Post): Record<string, unknown> {
    return {
      id: post.id, uri: `https://plateia.social/users/fournos/${post.id}`, url: `https://plateia.social/@fournos/${post.id}`, created_at: new Date(post.at).toISOString(), account: me, reblog: null,
      content: post.text.split('\n\n').map((part) => `<p>${part.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replace(/@([\w.-]+)@[\w.-]+/g, '<span class="h-card">@$1</span>').replace(/https:\/\/(\S{12})(\S+)/g, '<a href="https://$1$2"><span class="invisible">https://</span><span class="ellipsis">$1</span><span class="invisible">$2</span></a>').replaceAll('\n', '<br>')}</p>`).join(''),
      spoiler_text: post.spoiler, visibility: post.visibility, language: post.language, in_reply_to_id: post.inReplyTo, edited_at: post.edited ? new Date(this.clock).toISOString() : null,
      media_attachments: post.media.map((id) => ({ id, url: `https://plateia.social/files/${id}`, description: this.files.find((file) => file.id === id)?.description ?? null })),
      application: post.app === null ? null : { name: post.app },
    }
  }
  #id(): string { return String(100_000 + this.clock++ - Date.parse('2026-11-23T09:00:00Z')) }

  #wrong(fault: Fault | undefined, work: () => Response, url: URL): Response | Promise<Response> {
    const reset = new Date(this.clock + 90_000).toISOString()
    switch (fault) {
      case undefined: return work()
      case 'never-reached': throw new NetError('unreached', `${url.host} cannot be reached`, { left: false })
      case 'answer-lost': work(); throw new NetError('broken', `the exchange with ${url.host} broke off`, { left: true })
      case 'late': this.#late.push(work); throw new NetError('timeout', `${url.host} did not answer in time`, { left: true })
      case 'refused': return said(422, { error: 'Validation failed: Text character limit of 500 exceeded' })
      case 'expired': return said(401, { error: 'The access token was revoked' })
      case 'paced': return new Response('{"error":"Too many requests"}', { status: 429, headers: { 'content-type': 'application/json', 'x-ratelimit-reset': reset } })
      case 'broken': work(); return new Response('<h1>502 Bad Gateway</h1>', { status: 502, headers: { 'content-type': 'text/html' } })
      case 'page': work(); return new Response('<!doctype html><title>Mastodon</title>', { status: 200, headers: { 'content-type': 'text/html' } })
      case 'half': { const whole = work(); return whole.text().then((text) => new Response(text.slice(0, text.length / 2), { status: 200, headers: { 'content-type': 'application/json' } })) }
    }
  }

  #answer({ request, url, form, json }: Asked): Response {
    const [, , , room = '', id = '', more = ''] = url.pathname.split('/')
    const open = ['/.well-known/nodeinfo', '/nodeinfo/2.0', '/api/v1/instance', '/api/v2/instance', '/api/v1/apps', '/oauth/token'].includes(url.pathname)
    if (!open && request.headers.get('authorization') !== `Bearer ${token}`) return said(401, { error: 'The access token is invalid' })
    switch (`${request.method} ${open ? url.pathname : `${room}${more && `/${more}`}`}`) {
      case 'GET /.well-known/nodeinfo': return said(200, { links: [{ rel: 'http://nodeinfo.diaspora.software/ns/schema/2.0', href: `${url.origin}/nodeinfo/2.0` }] })
      case 'GET /nodeinfo/2.0': return said(200, { version: '2.0', software: { name: this.options.software ?? 'mastodon', version: '4.5.0' } })
      case 'GET /api/v2/instance': return this.options.old ? said(404, { error: 'Record not found' }) : said(200, instance)
      case 'GET /api/v1/instance': return said(200, { uri: 'plateia.social', max_toot_chars: 5_000, description_limit: 1_200 })
      case 'POST /api/v1/apps': return said(200, { client_id: 'c', client_secret: `s of ${String(form?.get('redirect_uris'))}` })
      case 'POST /oauth/token': return form?.get('code') === 'good' && form.get('code_verifier') ? said(200, { access_token: token, token_type: 'Bearer' }) : said(400, { error: 'invalid_grant' })
      case 'GET accounts': return said(200, me)
      case 'GET apps': return said(200, { name: 'Stoa', scopes: ['read', 'write'] })
      case 'GET accounts/statuses': return said(200, this.#own(url))
      case 'GET notifications': return said(200, this.#heard(url))
      case 'POST media': return url.pathname.startsWith('/api/v2/') && this.options.old ? said(404, { error: 'Record not found' }) : this.#upload(form!)
      case 'GET media': return this.#look(id)
      case 'POST statuses': return this.#post(json, request.headers.get('idempotency-key'))
      case 'GET statuses': return this.#one(id)
      case 'PUT statuses': return this.#edit(id, json)
      case 'DELETE statuses': return this.#remove(id)
      default: return said(404, { error: 'Record not found' })
    }
  }

  #post(json: Record<string, unknown>, key: string | null): Response {
    const known = this.options.software === undefined || this.options.software === 'mastodon' ? this.posts.find((post) => post.key !== null && post.key === key && this.clock - post.at < 3_600_000) : undefined
    if (known) return said(200, this.shown(known))
    const inReplyTo = json['in_reply_to_id'] as string | undefined ?? null
    if (inReplyTo !== null && !this.theirs.has(inReplyTo) && !this.posts.some(({ id }) => id === inReplyTo)) return said(404, { error: 'Record not found' })
    const post: Post = {
      id: this.#id(), key, at: this.clock, app: 'Stoa', text: json['status'] as string, spoiler: json['spoiler_text'] as string | undefined ?? '', visibility: json['visibility'] as string, language: json['language'] as string,
      inReplyTo, media: json['media_ids'] as string[] | undefined ?? [], edited: false,
    }
    this.posts.push(post)
    return said(200, this.shown(post))
  }
  #one(id: string): Response {
    const post = this.posts.find((each) => each.id === id)
    if (post) return said(200, this.shown(post))
    const visibility = this.theirs.get(id)
    return visibility === undefined ? said(404, { error: 'Record not found' }) : said(200, { id, visibility, account: fan, content: '', media_attachments: [] })
  }
  #edit(id: string, json: Record<string, unknown>): Response {
    const post = this.posts.find((each) => each.id === id)
    if (!post) return said(404, { error: 'Record not found' })
    Object.assign(post, { text: json['status'], spoiler: json['spoiler_text'] ?? '', media: json['media_ids'] ?? [], edited: true })
    for (const given of json['media_attributes'] as { id: string; description: string; focus?: string }[]) {
      const file = this.files.find((each) => each.id === given.id)
      if (file) Object.assign(file, { description: given.description, focus: given.focus ?? file.focus })
    }
    return said(200, this.shown(post))
  }
  #remove(id: string): Response {
    const place = this.posts.findIndex((each) => each.id === id)
    if (place < 0) return said(404, { error: 'Record not found' })
    const [post] = this.posts.splice(place, 1)
    return said(200, this.shown(post!))
  }
  #upload(form: FormData): Response {
    const file: File = { id: `f${this.files.length + 1}`, description: form.get('description') as string | null ?? '', focus: form.get('focus') as string | null, type: (form.get('file') as Blob).type, looks: this.options.slowFiles ?? 0 }
    this.files.push(file)
    return file.looks > 0 ? said(202, { id: file.id, url: null }) : said(200, { id: file.id, url: `https://plateia.social/files/${file.id}` })
  }
  #look(id: string): Response {
    const file = this.files.find((each) => each.id === id)
    if (!file) return said(404, { error: 'Record not found' })
    return --file.looks > 0 ? said(206, { id, url: null }) : said(200, { id, url: `https://plateia.social/files/${id}` })
  }
  #own(url: URL): unknown[] {
    const before = url.searchParams.get('max_id')
    const all = this.posts.toReversed().filter(({ id }) => before === null || Number(id) < Number(before))
    return all.slice(0, Number(url.searchParams.get('limit'))).map((post) => this.shown(post))
  }
  #heard(url: URL): unknown[] {
    const most = Math.min(Number(url.searchParams.get('limit')), this.options.pageSize ?? 80)
    const [after, before] = [url.searchParams.get('min_id'), url.searchParams.get('max_id')]
    const newest = this.#notifications.toReversed()
    if (before !== null) return newest.filter(({ id }) => Number(id) < Number(before)).slice(0, most)
    if (after !== null && this.options.minId !== 'newest') return this.#notifications.filter(({ id }) => Number(id) > Number(after)).slice(0, most).toReversed()
    return newest.slice(0, most)
  }
}

interface Asked { readonly request: Request; readonly url: URL; readonly form: FormData | undefined; readonly json: Record<string, unknown> }
const said = (status: number, body: unknown): Response => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json; charset=utf-8' } })
const instance = {
  domain: 'plateia.social', version: '4.5.0',
  configuration: {
    statuses: { max_characters: 600, max_media_attachments: 6, characters_reserved_per_url: 23 },
    media_attachments: { supported_mime_types: ['image/jpeg', 'image/png', 'video/mp4'], description_limit: 1_500, image_size_limit: 16_777_216, image_matrix_limit: 33_177_600, video_size_limit: 103_809_024 },
  },
}
