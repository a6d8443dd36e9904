import { NetError } from '#net/net-error.ts'

export const faults = ['answer-lost', 'never-reached', 'refused', 'expired', 'paced', 'late', 'broken', 'stale', 'page', 'half', 'maxlag', 'badtoken', 'captcha', 'blocked', 'internal'] as const
export type Fault = (typeof faults)[number]
interface Revision { readonly revid: number; readonly parentid: number; readonly user: string; readonly at: number; readonly comment: string; readonly text: string }
interface Page { readonly pageid: number; readonly ns: number; readonly title: string; revisions: Revision[] }
interface Options { readonly rights?: readonly string[] }

const talks: Readonly<Record<string, number>> = { 'Συζήτηση': 1, 'Συζήτηση χρήστη': 3, 'User talk': 3 }
const nsOf = (title: string): number => talks[title.split(':')[0]!] ?? 0
const named = (title: string): string => title.replace(/^User talk:/, 'Συζήτηση χρήστη:')
const usual = ['edit', 'createpage', 'createtalk', 'viewmywatchlist', 'editmywatchlist']

/** A small wiki that answers as MediaWiki 1.39 does, reached only by HTTP requests. What goes wrong goes wrong with an edit. */
export class TestWiki {
  readonly options: Options
  readonly pages: Page[] = []
  readonly requests: Readonly<Record<string, string>>[] = []
  readonly watched = new Set<string>()
  #planned: (Fault | undefined)[] = []
  #sessions = new Set<string>()
  #lockedOut = false
  #ids = 10
  clock = Date.parse('2026-11-23T09:00:00Z')
  constructor(options: Options = {}) { this.options = options }
  next(fault: Fault, skip = 0): void { this.#planned.push(...Array.from({ length: skip }, () => undefined), fault) }
  endSessions(): void { this.#sessions.clear() }
  readonly now = (): Date => new Date(this.clock += 1_000)

  page(title: string): Page | undefined { return this.pages.find((each) => each.title === named(title)) }
  text(title: string): string { return this.page(title)?.revisions.at(-1)?.text ?? '' }
  /** Somebody writes the whole text of a page. */
  write(user: string, title: string, text: string, comment = ''): Page {
    const at = this.now()
    const page = this.page(title) ?? { pageid: ++this.#ids, ns: nsOf(title), title: named(title), revisions: [] }
    if (!this.pages.includes(page)) this.pages.push(page)
    const months = ['Νοεμβρίου']
    const signature = `[[Χρήστης:${user}|${user}]] ([[Συζήτηση χρήστη:${user}|συζήτηση]]) ${at.toISOString().slice(11, 16)}, ${at.getUTCDate()} ${months[0]!} ${at.getUTCFullYear()} (UTC)`
    page.revisions.push({ revid: ++this.#ids, parentid: page.revisions.at(-1)?.revid ?? 0, user, at: at.getTime(), comment, text: text.replaceAll('~~~~', () => signature).trimEnd() })
    return page
  }
  say(user: string, title: string, lines: string): Page {
    const before = this.text(title)
    return this.write(user, title, `${before}${before === '' ? '' : '\n'}${lines} ~~~~`)
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    const url = new URL(request.url)
    if (url.pathname !== '/api.php') return Object.defineProperty(new Response('<html><head><link rel="EditURI" type="application/rsd+xml" href="https://zymi.gr/api.php?action=rsd"/></head>', { headers: { 'content-type': 'text/html' } }), 'url', { value: url.href })
    const asked = Object.fromEntries(request.method === 'POST' ? new URLSearchParams(await request.text()) : url.searchParams)
    this.requests.push(asked)
    const work = () => this.#answer(asked, request.headers.get('cookie') ?? '')
    const fault = asked['action'] === 'edit' ? this.#planned.shift() : undefined
    return fault === undefined ? work() : this.#wrong(fault, work)
  }
  #wrong(fault: Fault, work: () => Response): Response {
    switch (fault) {
      case 'answer-lost': work(); throw new NetError('broken', 'the exchange broke off', { left: true })
      case 'late': throw new NetError('timeout', 'late', { left: true })
      case 'never-reached': throw new NetError('unreached', 'no', { left: false })
      case 'refused': return problem('protectedpage', 'This page has been protected to prevent editing or other actions.')
      case 'blocked': return problem('blocked', 'You have been blocked from editing.')
      case 'expired': this.#lockedOut = true; this.#sessions.clear(); return problem('assertuserfailed', 'You are no longer logged in.')
      case 'paced': return problem('ratelimited', "You've exceeded your rate limit. Please wait some time and try again.")
      case 'maxlag': return problem('maxlag', 'Waiting for a database server: 7 seconds lagged.', { 'retry-after': '7' })
      case 'badtoken': return problem('badtoken', 'Invalid CSRF token.')
      case 'captcha': return Response.json({ edit: { result: 'Failure', captcha: { type: 'simple', question: '1+1' } } })
      case 'internal': return problem('internal_api_error_DBQueryError', 'Caught exception of type DBQueryError')
      case 'stale': return problem('editconflict', 'Edit conflict.')
      case 'broken': return new Response('<h1>Bad gateway</h1>', { status: 502 })
      case 'page': work(); return new Response('<!doctype html><p>Hello', { headers: { 'content-type': 'text/html' } })
      case 'half': work(); return new Response('{"edit":{"res')
    }
  }
  #answer(asked: Readonly<Record<string, string>>, cookie: string): Response {
    if (asked['type'] === 'login') return Response.json({ query: { tokens: { logintoken: 'l+\\' } } })
    if (asked['action'] === 'login') return this.#login(asked)
    if (asked['meta'] === 'siteinfo' && asked['assert'] === undefined) return Response.json({ batchcomplete: true, query: { general: {} } })
    if (asked['assert'] === 'user' && !this.#sessions.has(/session=(\w+)/.exec(cookie)?.[1] ?? '')) return problem('assertuserfailed', 'You are no longer logged in.')
    switch (asked['action']) {
      case 'edit': return this.#edit(asked)
      case 'watch': this.watched.add(asked['titles']!); return Response.json({ watch: [] })
      case 'delete': { const page = this.pages.find(({ pageid }) => pageid === Number(asked['pageid'])); if (page) this.pages.splice(this.pages.indexOf(page), 1); return page ? Response.json({ delete: {} }) : problem('missingtitle', 'gone') }
      default: return asked['list'] === 'watchlist' ? this.#watchlist(asked) : this.#query(asked)
    }
  }
  #login(asked: Readonly<Record<string, string>>): Response {
    const right = asked['lgname'] === 'Eleni@stoa' && asked['lgpassword'] === 'secret' && !this.#lockedOut
    this.#lockedOut = false
    if (!right) return Response.json({ login: { result: 'Failed', reason: 'Incorrect username or password entered.' } })
    const session = `s${++this.#ids}`
    this.#sessions.add(session)
    return Response.json({ login: { result: 'Success', lgusername: 'Eleni' } }, { headers: { 'set-cookie': `session=${session}; path=/; secure` } })
  }
  #edit(asked: Readonly<Record<string, string>>): Response {
    const page = asked['pageid'] ? this.pages.find(({ pageid }) => pageid === Number(asked['pageid'])) : this.page(asked['title']!)
    if (asked['token'] !== 'csrf+\\') return problem('badtoken', 'Invalid CSRF token.')
    if (asked['createonly'] && page) return problem('articleexists', 'The article you tried to create has been created already.')
    if (asked['nocreate'] && !page) return problem('missingtitle', "The page you specified doesn't exist.")
    const last = page?.revisions.at(-1)
    if (last && last.text === asked['text']!.trimEnd()) return Response.json({ edit: { result: 'Success', pageid: page!.pageid, title: page!.title, nochange: true } })
    if (last && Number(asked['baserevid']) !== last.revid) return problem('editconflict', 'Edit conflict.')
    const written = this.write('Eleni', asked['title'] ?? page!.title, asked['text']!, asked['summary'])
    return Response.json({ edit: { result: 'Success', pageid: written.pageid, title: written.title, newrevid: written.revisions.at(-1)!.revid } })
  }
  #query(asked: Readonly<Record<string, string>>): Response {
    if (asked['meta']?.includes('userinfo')) return Response.json({ query: { general: { sitename: 'Ζυμωτήριο', server: 'https://zymi.gr', articlepath: '/index.php/$1', lang: 'el' }, userinfo: { id: 7, name: 'Eleni', rights: this.options.rights ?? usual } } })
    const revids = asked['revids']?.split('|').map(Number)
    const page = revids ? this.pages.find(({ revisions }) => revisions.some(({ revid }) => revid === revids[0])) : asked['pageids'] ? this.pages.find(({ pageid }) => pageid === Number(asked['pageids'])) : this.page(asked['titles'] ?? '')
    const tokens = { csrftoken: 'csrf+\\', watchtoken: 'csrf+\\' }
    if (!page) return Response.json({ query: { tokens, pages: [{ ns: nsOf(asked['titles'] ?? ''), title: asked['titles'] ?? '', missing: true }] } })
    const all = page.revisions.toReversed().filter(({ revid, user }) => (revids ? revids.includes(revid) : true) && (asked['rvuser'] === undefined || asked['rvuser'] === user))
    const revisions = (revids || asked['rvlimit'] ? all : all.slice(0, 1)).map((one) => ({ revid: one.revid, parentid: one.parentid, user: one.user, userid: 1, timestamp: new Date(one.at).toISOString(), comment: one.comment, slots: { main: { content: one.text } } }))
    const subject = page.ns === 1 ? this.page(page.title.replace(/^[^:]+:/, '')) : undefined
    const talk = page.ns === 0 ? this.page(`Συζήτηση:${page.title}`) : undefined
    return Response.json({ query: { tokens, pages: [{ pageid: page.pageid, ns: page.ns, title: page.title, revisions, ...(subject ? { subjectid: subject.pageid } : {}), ...(talk ? { talkid: talk.pageid } : {}) }] } })
  }
  #watchlist(asked: Readonly<Record<string, string>>): Response {
    const all = this.pages.flatMap((page) => page.revisions.map((one) => ({ page, one }))).filter(({ one }) => one.at >= Date.parse(asked['wlstart']!)).sort((a, b) => a.one.at - b.one.at)
    const from = Number(asked['wlcontinue'] ?? 0)
    const most = 3
    const watchlist = all.slice(from, from + most).map(({ page, one }) => ({ type: 'edit', pageid: page.pageid, ns: page.ns, title: page.title, revid: one.revid, old_revid: one.parentid, user: one.user, userid: 1, timestamp: new Date(one.at).toISOString() }))
    return Response.json({ query: { watchlist }, ...(from + most < all.length ? { continue: { wlcontinue: String(from + most), continue: '-||' } } : {}) })
  }
}
const problem = (code: string, text: string, headers: Record<string, string> = {}): Response => Response.json({ errors: [{ code, text, module: 'main' }] }, { headers: { 'mediawiki-api-error': code, ...headers } })
