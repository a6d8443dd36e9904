import { NetError } from '#net/net-error.ts'
import { appPassword } from './test-world.ts'

export const faults = ['answer-lost', 'never-reached', 'refused', 'expired', 'paced', 'late', 'broken', 'page', 'half'] as const
export type Fault = (typeof faults)[number]
interface Options { readonly role?: 'editor' | 'author' | 'contributor'; readonly plain?: boolean; readonly closed?: boolean; readonly passwordsOff?: boolean; readonly telling?: boolean; readonly noHeader?: boolean; readonly noBin?: boolean; readonly insecure?: boolean }
interface Post { readonly id: number; status: string; title: string; content: string; slug: string; featured: number; tags: readonly number[] }
interface Comment { readonly id: number; readonly post: number; readonly parent: number; readonly author: number; readonly name: string; readonly mail: string; agent: string; readonly at: string; content: string; status: string }

/** A small site that answers as WordPress 6.1 does, reached only by HTTP requests. */
export class TestSite {
  readonly options: Options
  readonly posts: Post[] = []
  readonly comments: Comment[] = []
  readonly media: { readonly id: number; readonly slug: string; alt: string }[] = []
  readonly tags: string[] = ['Νέα']
  readonly requests: { readonly method: string; readonly path: string }[] = []
  #planned: (Fault | undefined)[] = []
  #late: (() => unknown)[] = []
  #ids = 100
  clock = Date.parse('2026-11-23T09:00:00Z')
  constructor(options: Options = {}) {
    this.options = options
    this.posts.push({ id: 1, status: 'publish', title: 'Καλώς ήρθατε', content: '<p>Γεια.</p>', slug: 'kalos-irthate', featured: 0, tags: [] })
  }
  next(fault: Fault, skip = 0): void { this.#planned.push(...Array.from({ length: skip }, () => undefined), fault) }
  async arrive(): Promise<void> { for (const apply of this.#late.splice(0)) await apply() }
  readonly now = (): Date => new Date(this.clock++)
  speak(text: string, given: Partial<Comment> = {}): number {
    const id = ++this.#ids
    this.comments.push({ id, post: 1, parent: 0, author: 0, name: 'Γιώργος', mail: 'giorgos@allou.gr', agent: 'Mozilla', at: this.now().toISOString().slice(0, 19), content: text, status: 'approved', ...given })
    return id
  }
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    const url = new URL(request.url)
    const path = url.searchParams.get('rest_route') ?? (url.pathname.startsWith('/wp-json') ? url.pathname.slice('/wp-json'.length) : undefined)
    this.requests.push({ method: request.method, path: path ?? url.pathname })
    const kind = request.headers.get('content-type') ?? ''
    const json = /json/.test(kind) ? await request.json() as Record<string, unknown> : {}
    const form = /form/.test(kind) ? await request.formData() : undefined
    const work = () => (path === undefined ? this.#front(url) : this.#rest(request, { path: path.replace(/(?<=.)\/$/, ''), query: url.searchParams, json, form }))
    const fault = this.#planned.shift()
    return fault === undefined ? work() : this.#wrong(fault, work, url)
  }
  #front(url: URL): Response {
    const root = this.options.plain ? 'https://fournos.gr/index.php?rest_route=/' : 'https://fournos.gr/wp-json/'
    const page = new Response('<h1>Φούρνος</h1>', { headers: { 'content-type': 'text/html', link: `<${root}>; rel="https://api.w.org/"` } })
    Object.defineProperty(page, 'url', { value: this.options.insecure ? `http://${url.host}/` : url.href })
    return page
  }
  #wrong(fault: Fault, work: () => Response, url: URL): Response {
    switch (fault) {
      case 'answer-lost': work(); throw new NetError('broken', `the exchange with ${url.host} broke off`, { left: true })
      case 'late': this.#late.push(work); throw new NetError('timeout', 'late', { left: true })
      case 'never-reached': throw new NetError('unreached', 'no', { left: false })
      case 'refused': return problem(403, 'rest_cannot_publish', 'Sorry, you are not allowed to publish posts in this post type.')
      case 'expired': return problem(401, 'incorrect_password', 'The provided password is an invalid application password.')
      case 'paced': return new Response('slow down', { status: 429, headers: { 'retry-after': '30' } })
      case 'broken': return new Response('<h1>Briefly unavailable for scheduled maintenance.</h1>', { status: 503 })
      case 'page': work(); return new Response('<!doctype html><p>Hello', { headers: { 'content-type': 'text/html' } })
      case 'half': work(); return new Response('{"id":1', { headers: { 'content-type': 'application/json' } })
    }
  }
  #rest(request: Request, asked: Asked): Response {
    if (this.options.closed) return problem(403, 'rest_disabled', 'The REST API on this site has been disabled.')
    const [user, ...rest] = Buffer.from((request.headers.get('authorization') ?? '').replace(/^Basic /, ''), 'base64').toString().split(':')
    const known = user === 'eleni' && rest.join(':') === appPassword.replaceAll(' ', '') && !this.options.passwordsOff && !this.options.noHeader
    // Some say what is wrong with the password; WordPress 6.1 by itself only says that nobody is signed in.
    if (!known && user !== '' && this.options.telling) return user === 'eleni' ? problem(401, 'incorrect_password', 'The provided password is an invalid application password.') : problem(401, 'invalid_username', '<strong>Error:</strong> Unknown username.')
    const [, , , what = '', id] = asked.path.split('/')
    if (asked.path === '/') return Response.json({ name: 'Φούρνος της Ελένης', url: 'https://fournos.gr', home: 'https://fournos.gr', namespaces: ['oembed/1.0', 'wp/v2'], authentication: this.options.passwordsOff ? [] : { 'application-passwords': {} } })
    if (!known) return problem(401, 'rest_not_logged_in', 'You are not currently logged in.')
    if (what === 'users') return Response.json({ id: 7, name: 'Ελένη', slug: 'eleni', capabilities: { edit_posts: true, ...(this.options.role === 'contributor' ? {} : { publish_posts: true }), ...(this.#moderates ? { moderate_comments: true } : {}) } })
    if (what === 'posts') return this.#posts(request.method, id === undefined ? undefined : Number(id), asked)
    if (what === 'comments') return this.#talk(request.method, id === undefined ? undefined : Number(id), asked)
    if (what === 'tags') return this.#tag(asked.json['name'] as string)
    if (what === 'media') return this.#file(id === undefined ? undefined : Number(id), asked)
    return problem(404, 'rest_no_route', 'No route was found.')
  }
  get #moderates(): boolean { return (this.options.role ?? 'editor') === 'editor' }
  #tag(name: string): Response {
    const place = this.tags.findIndex((each) => each.toLowerCase() === name.toLowerCase())
    if (place >= 0) return Response.json({ code: 'term_exists', message: 'A term with the name provided already exists in this taxonomy.', data: { status: 400, term_id: place + 1 } }, { status: 400 })
    return Response.json({ id: this.tags.push(name) }, { status: 201 })
  }
  #file(id: number | undefined, { query, json, form }: Asked): Response {
    const shown = (one: { id: number; slug: string }) => ({ id: one.id, source_url: `https://fournos.gr/wp-content/uploads/${one.slug}.png` })
    if (form) {
      const one = { id: ++this.#ids, slug: String(form.get('slug')), alt: String(form.get('alt_text')) }
      this.media.push(one)
      return Response.json(shown(one), { status: 201 })
    }
    if (id === undefined) return Response.json(this.media.filter(({ slug }) => slug === query.get('slug')).map(shown))
    const one = this.media.find((each) => each.id === id)
    if (!one) return problem(404, 'rest_post_invalid_id', 'Invalid post ID.')
    one.alt = json['alt_text'] as string
    return Response.json(shown(one))
  }
  #posts(method: string, id: number | undefined, { query, json }: Asked): Response {
    if (method === 'GET' && id === undefined) return Response.json(this.posts.filter((each) => each.slug === query.get('slug') && each.status === query.get('status')).map(shownPost))
    if (id === undefined) {
      const made: Post = { id: ++this.#ids, status: 'draft', title: '', content: '', slug: '', featured: 0, tags: [] }
      this.posts.push(made)
      return Response.json(shownPost(this.#change(made, json)), { status: 201 })
    }
    const post = this.posts.find((each) => each.id === id)
    if (!post) return problem(404, 'rest_post_invalid_id', 'Invalid post ID.')
    if (method === 'POST') return Response.json(shownPost(this.#change(post, json)))
    if (method !== 'DELETE') return Response.json(shownPost(post))
    if (query.get('force') === 'true') { this.posts.splice(this.posts.indexOf(post), 1); return Response.json({ deleted: true }) }
    if (this.options.noBin) return problem(501, 'rest_trash_not_supported', "The post does not support trashing. Set 'force=true' to delete.")
    if (post.status === 'trash') return problem(410, 'rest_already_trashed', 'The post has already been deleted.')
    post.status = 'trash'
    return Response.json(shownPost(post))
  }
  #change(post: Post, json: Record<string, unknown>): Post {
    const { title = post.title, content = post.content, status = post.status, slug = post.slug, featured_media: featured = post.featured, tags = post.tags } = json as Partial<Post & { featured_media: number }>
    const taken = status === 'publish' && this.posts.some((each) => each !== post && each.slug === slug && each.status === 'publish')
    return Object.assign(post, { title, content, status, slug: taken ? `${slug}-2` : slug, featured, tags })
  }
  #talk(method: string, id: number | undefined, { query, json }: Asked): Response {
    const edit = query.get('context') === 'edit'
    if (edit && !this.#moderates) return problem(403, 'rest_forbidden_context', 'Sorry, you are not allowed to edit comments.')
    if (method === 'GET' && id === undefined) {
      const has = (name: string, value: number) => query.get(name) === null || Number(query.get(name)) === value
      const seen = this.comments.filter((one) => (one.status === 'approved' || (one.status === 'hold' && query.get('status') === 'all')) && has('post', one.post) && has('parent', one.parent) && has('author', one.author))
      const from = Number(query.get('offset') ?? 0)
      return Response.json(seen.toSorted((a, b) => b.id - a.id).slice(from, from + Number(query.get('per_page'))).map((one) => shownComment(one, edit)))
    }
    if (id === undefined) return this.#say(json)
    const one = this.comments.find((each) => each.id === id)
    if (!one) return problem(404, 'rest_comment_invalid_id', 'Invalid comment ID.')
    if (method === 'GET') return Response.json(shownComment(one, edit))
    if (!this.#moderates) return problem(403, 'rest_cannot_edit', 'Sorry, you are not allowed to edit this comment.')
    if (method === 'DELETE' && one.status === 'trash') return problem(410, 'rest_already_trashed', 'The comment has already been trashed.')
    // The field for the program is filled anew with each change.
    Object.assign(one, method === 'DELETE' ? { status: 'trash' } : { status: json['status'] ?? one.status, content: json['content'] ?? one.content, agent: json['author_user_agent'] ?? 'Stoa' })
    return Response.json(shownComment(one, true))
  }
  #say(json: Record<string, unknown>): Response {
    if (json['status'] !== undefined && !this.#moderates) return problem(403, 'rest_comment_invalid_status', "Sorry, you are not allowed to edit 'status' for comments.")
    const same = this.comments.some((one) => one.content === json['content'] && one.parent === json['parent'] && one.post === json['post'] && one.author === 7 && one.status !== 'trash')
    if (same) return problem(409, 'comment_duplicate', 'Duplicate comment detected; it looks as though you&#8217;ve already said that!')
    const id = this.speak(json['content'] as string, { post: json['post'] as number, parent: json['parent'] as number, author: 7, name: 'Ελένη', mail: 'eleni@fournos.gr', agent: json['author_user_agent'] as string, status: json['status'] as string ?? 'approved' })
    return Response.json(shownComment(this.comments.find((one) => one.id === id)!, this.#moderates), { status: 201 })
  }
}

interface Asked { readonly path: string; readonly query: URLSearchParams; readonly json: Record<string, unknown>; readonly form: FormData | undefined }
const problem = (status: number, code: string, message: string): Response => Response.json({ code, message, data: { status } }, { status })
const shownPost = ({ id, status, slug, content, featured }: Post) => ({ id, status, slug, link: status === 'publish' ? `https://fournos.gr/${slug}/` : `https://fournos.gr/?p=${id}`, content: { rendered: content, raw: content }, featured_media: featured })
const shownComment = ({ id, post, parent, author, name, mail, agent, at, content, status }: Comment, edit: boolean) => ({
  id, post, parent, author, author_name: name, author_url: '', date_gmt: at, content: { rendered: `<p>${content}</p>\n` }, link: `https://fournos.gr/p/#comment-${id}`, status,
  author_avatar_urls: { 24: `https://secure.gravatar.com/avatar/${mail.length}?s=24` }, ...(edit ? { author_email: mail, author_user_agent: agent } : {}),
})
