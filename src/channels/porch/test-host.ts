import { Hono } from 'hono'
import type { Account, Draft, Incoming, Person, Ref } from '#kit/channel.ts'
import type { HeardResult, Host, Hosts, OwnWords, Site, Standing, Utterance } from '#kit/host.ts'
import type { HouseEnv } from '#kit/http.ts'
import { readerLang, type Lang } from '#kit/lang.ts'
import { problemBody } from '#kit/problem-json.ts'
import { problems } from '#kit/problems.ts'
import { Refusal } from '#kit/refusal.ts'
import { publish } from './publish.ts'
import { porchRoutes, type PorchOptions } from './routes.ts'
import type { PorchSettings } from './wire.ts'

type Heard = Extract<Incoming, { does: 'says' }>
type Mutable<T> = { -readonly [K in keyof T]: T[K] }
export type PublicPerson = Awaited<ReturnType<Host['people']>>[number]

export const eleni: Person = { id: 'm-eleni', name: 'Ελένη Παππά', signOff: 'Ελένη, από τον φούρνο' }
export const maria: Person = { id: 'm-maria', name: 'Μαρία Δήμου', signOff: 'Μαρία' }
export const workspaceId = '01990000-0000-7000-8000-000000000001'

const faces: Readonly<Record<Lang, Pick<Site, 'name' | 'tagline' | 'about'>>> = {
  el: { name: 'Φούρνος της Ελένης', tagline: 'Ψωμί με προζύμι, στην Πάτρα από το 1987', about: 'Ζυμώνουμε κάθε νύχτα με **δικό μας προζύμι**.\n\nΤο μαγαζί είναι στην οδό Μαιζώνος.' },
  en: { name: 'Eleni’s Bakery', tagline: 'Sourdough bread, in Patras since 1987', about: 'We knead every night with **our own sourdough**.\n\nThe shop is in Maizonos street.' },
}

const unasked = (): never => { throw new Error('The porch never asks for this.') }
/** A house in memory that keeps what the porch tells it, for tests. It decides nothing a real one decides otherwise. */
export class TestHouse implements Hosts {
  readonly origin = 'https://fournos.example'
  readonly standings: Mutable<Standing>[] = []
  readonly utterances: (Mutable<Utterance> & { postId: string })[] = []
  readonly heard: Heard[] = []
  readonly folk: PublicPerson[] = []
  /** Who asked for letters, and what was confirmed. */
  readonly follows: { email: string; link: string; place: string }[] = []
  readonly confirmed: string[] = []
  /** Who asked for another look, and in which words. */
  readonly appeals: { refId: string; text: string }[] = []
  letters = false
  /** Why what was heard was hidden, by its own id. */
  readonly hidden = new Map<string, string>()
  /** What the house answers to a comment it has no reason of its own to hold. */
  welcome: HeardResult['state'] = 'new'
  fediverse: string | undefined
  settings: PorchSettings = {}
  /** Accounts beside the porch's own. */
  readonly others: Account[] = []
  clock = new Date()
  readonly site: Mutable<Site>
  readonly host: Host
  private readonly used = new Set<string>()

  constructor(lang: Lang = 'el') {
    this.site = { workspaceId, ...faces[lang], lang, zone: 'Europe/Athens', origin: this.origin, email: 'geia@fournos.example' }
    this.host = this.makeHost()
  }

  get account(): Account<PorchSettings> {
    return { id: 'a-porch', workspaceId, channel: 'porch', handle: this.site.name, name: this.site.name, settings: this.settings }
  }
  at = async (request: Request): Promise<Host | undefined> => (new URL(request.url).hostname === 'elsewhere.example' ? undefined : this.host)
  of = (): Host => this.host
  secret = (purpose: string): string => `kept for tests: ${purpose}`
  lend = (name: string): never => { throw new Error(`The porch borrows nothing, and asked for ${name}.`) }

  /** Publishes as the worker does: prepared, sent, confirmed. */
  async publish(draft: Draft, over: Partial<Standing> = {}): Promise<Standing> {
    const wire = publish.prepare(draft, this.account)
    const receipt = await publish.send(wire, this.account, undefined as never)
    const ref: Ref = { channel: 'porch', id: receipt.id, ...(receipt.url ? { url: receipt.url } : {}) }
    const standing: Mutable<Standing> = {
      key: draft.key, ref, kind: draft.kind, wire, postId: `post-${draft.key}`, publishedAt: draft.writtenAt, editedAt: null, editNote: null, gone: null, replies: 0, ...over,
    }
    const before = this.standings.findIndex((one) => one.key === draft.key)
    this.standings.splice(before === -1 ? this.standings.length : before, before === -1 ? 0 : 1, standing)
    return standing
  }

  says(postId: string, said: Partial<Utterance> & { readonly id: string; readonly text: string }): Utterance {
    const utterance = {
      channel: 'porch', from: 'visitor' as const, author: { id: `v-${said.id}`, name: 'Γιώργος' }, html: null, lang: null, at: '2026-11-19T10:00:00.000Z',
      parentId: null, ref: { channel: 'porch', id: `ref-${said.id}` }, withdrawn: false, ...said, postId,
    }
    this.utterances.push(utterance)
    return utterance
  }

  /** The porch mounted as the server mounts it. */
  app(options: PorchOptions = {}): Hono<HouseEnv> {
    const app = new Hono<HouseEnv>()
    app.use(async (c, next) => {
      c.set('ip', c.req.header('x-test-ip') ?? '203.0.113.7')
      c.set('lang', readerLang(c.req.header('accept-language'), 'en'))
      c.set('requestId', 'r1')
      await next()
    })
    app.onError((error, c) => {
      if (!(error instanceof Refusal)) throw error
      return c.json(problemBody(error, c.get('lang'), 'r1'), problems[error.code].status as 400)
    })
    app.notFound(() => { throw new Refusal('not_found') })
    app.route('/', porchRoutes(this, { now: () => this.clock, freshFor: 0, ...options }) as unknown as Hono<HouseEnv>)
    return app
  }

  private makeHost(): Host {
    const newest = () => this.standings.filter((one) => one.kind === 'post' && !one.gone).sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1))
    return {
      workspaceId,
      site: async () => this.site,
      account: async (channel) => {
        if (channel === 'porch') return this.account
        return channel === 'fediverse' && this.fediverse ? { ...this.account, id: 'a-fedi', channel, handle: this.fediverse, settings: {} } : undefined
      },
      connectedOn: async (channel) => this.others.filter((one) => one.channel === channel),
      published: async (_account, page) => newest()
        .filter((one) => (!page.before || one.publishedAt < page.before) && (!page.tag || JSON.stringify(one.wire).includes(`"tags":[${JSON.stringify(page.tag)}`)))
        .slice(0, page.limit),
      publishedCount: async () => newest().length,
      standing: async (_account, id) => this.standings.find((one) => one.ref.channel === 'porch' && (one.ref.id === id || one.key === id)),
      elsewhere: async (postId) => this.standings.filter((one) => one.postId === postId),
      thread: async (postId) => this.utterances.filter((one) => one.postId === postId),
      recentTalk: async (limit) => this.utterances.filter((one) => !one.withdrawn).toReversed().slice(0, limit),
      talkAt: async (_account, url) => this.utterances.filter((one) => one.postId === url), talkedSince: async (_account, url) => this.utterances.find((one) => one.postId === url)?.at,
      hasSpoken: async (_account, id) => this.utterances.some((one) => one.author.id === id && !one.withdrawn),
      followAnswers: async (_account, asked) => { this.follows.push({ email: asked.email, link: asked.confirm('01990000-0000-7000-8000-0000000000f1'), place: asked.place }) },
      confirmFollow: async (id) => { this.confirmed.push(id); return true },
      ownWords: async (_account, id) => this.own(id),
      appealOwn: async (_account, asked) => { this.appeals.push(asked); return true },
      people: async () => this.folk,
      picture: async () => undefined,
      lend: this.lend, secret: this.secret, connected: async () => undefined, readFile: async () => undefined, filesOf: async () => [], within: unasked, duty: unasked, keepFile: unasked,
      hear: async (_account, items) => items.map((item) => this.hear(item)),
      rule: async () => false, canWriteLetters: async () => this.letters,
      useOnce: async (token) => {
        if (this.used.has(token)) return false
        this.used.add(token)
        return true
      },
    }
  }

  private own(id: string): OwnWords | undefined {
    const item = this.heard.findLast((one) => one.ref.id === id)
    if (!item) return undefined
    const stands = this.utterances.find((one) => one.ref?.id === id)
    if (!stands && item.hold === 'honeypot') return this.alone(item)
    const state = stands?.withdrawn ? 'withdrawn' : this.hidden.has(id) ? 'hidden' : stands ? 'shown' : 'held'
    return { id: stands?.id ?? '', text: stands?.text ?? item.text, at: item.at, author: item.author, editedAt: stands?.editedAt ?? null, state, because: this.hidden.get(id) ?? null,
      ...(state === 'hidden' ? { appeal: this.appeals.some((one) => one.refId === id) ? 'asked' as const : 'open' as const } : {}) }
  }
  /** What a machine said stands before its own eyes. */
  private alone(item: Heard): OwnWords {
    const id = `m${this.heard.indexOf(item) + 1}`
    const alone: Utterance = { id, channel: item.ref.channel, from: 'visitor', author: item.author, text: item.text, html: null, lang: item.lang ?? null, at: item.at, parentId: null, ref: item.ref, withdrawn: false }
    return { id, text: item.text, at: item.at, author: item.author, editedAt: null, state: 'shown', because: null, alone }
  }
  private change(item: Extract<Incoming, { does: 'edits' | 'withdraws' }>): HeardResult {
    const stands = this.utterances.find((one) => one.ref?.id === item.ref.id && one.author.id === item.author.id)
    if (!stands) return { state: 'ignored' }
    Object.assign(stands, item.does === 'edits' ? { text: item.text, editedAt: item.at } : { text: '', withdrawn: true })
    return { state: 'new', messageId: stands.id }
  }
  private hear(item: Incoming): HeardResult {
    if (item.does === 'edits' || item.does === 'withdraws') return this.change(item)
    if (item.does !== 'says') throw new Error(`The porch does not tell of ${item.does}.`)
    const known = this.heard.findIndex((one) => one.ref.id === item.ref.id)
    if (known !== -1) return { state: 'known', messageId: `m${known + 1}` }
    this.heard.push(item)
    const messageId = `m${this.heard.length}`
    if (item.hold) return { state: 'held', messageId, held: { signs: [], silently: item.hold === 'honeypot' } }
    if (this.welcome !== 'new') return { state: this.welcome, messageId }
    const about = this.standings.find((one) => one.ref.id === item.inReplyTo?.id)
    const parent = this.utterances.find((one) => one.ref?.id === item.inReplyTo?.id)
    const postId = item.page?.url ?? about?.postId ?? parent?.postId
    if (postId) this.says(postId, { id: messageId, text: item.text, channel: item.ref.channel, author: item.author, at: item.at, ref: item.ref, lang: item.lang ?? null, parentId: parent?.id ?? null })
    return { state: 'new', messageId }
  }
}

let made = 0
/** A post of Eleni's, each with a key of its own. */
export const draft = (over: Partial<Draft> = {}): Draft => {
  made += 1
  const n = String(made).padStart(2, '0')
  return {
    key: `01990000-0000-7000-9000-0000000000${n}`, writtenAt: `2026-11-${String(1 + (made % 18)).padStart(2, '0')}T07:30:00.000Z`, kind: 'post', title: 'Ψωμί ζέας κάθε Πέμπτη',
    text: 'Από αυτή την Πέμπτη ζυμώνουμε **ψωμί ζέας**.\n\nΠοιο ψωμί σας λείπει;', lang: 'el', media: [], author: eleni, tags: [], ...over,
  }
}
