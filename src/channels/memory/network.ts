import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { NetError } from '#net/net-error.ts'
import type { Idempotency } from '#kit/channel.ts'

export type IdempotencyClass = Idempotency<never, never>['idempotency']
export const networkFaults = ['answer-lost', 'never-reached', 'refused', 'expired', 'paced', 'late', 'broken'] as const
/** `stale`: what it builds on is gone, and nothing was written; only when asked for. */
export type NetworkFault = (typeof networkFaults)[number] | 'stale'

export interface Thing {
  readonly id: string; readonly key: string | null; readonly by: string; readonly text: string
  readonly inReplyTo: string | null; readonly at: number
}
type Entry =
  | { readonly did: 'said'; readonly thing: Thing }
  | { readonly did: 'edited'; readonly id: string; readonly text: string }
  | { readonly did: 'removed'; readonly id: string }
  | { readonly did: 'drafted'; readonly key: string; readonly thing: Thing; readonly more?: readonly string[] }
  | { readonly did: 'filed'; readonly key: string; readonly text: string }

export interface FakeNetwork {
  readonly fetch: typeof globalThis.fetch
  readonly now: () => Date
  /** The next exchange goes wrong this way, or the one after `skip` good ones; several calls stand in line. */
  next(fault: NetworkFault, skip?: number): void
  /** Lets what travels late arrive. */
  arrive(): void
  passHours(hours: number): void
  speak(text: string, given?: { readonly by?: string; readonly inReplyTo?: string }): Thing
  /** Says yes to it and lets it vanish: nobody finds it any more. */
  lose(id: string): void
  /** All that stands, ours and theirs, oldest first. */
  things(): readonly Thing[]
  /** Everything that ever happened, as its people saw it: the judge of duplicates and losses. */
  log(): readonly Entry[]
}
export interface FakeNetworkOptions {
  /** The same seed gives the same faults. */
  readonly seed: number
  /** Share of exchanges that go wrong by themselves, 0…1. */
  readonly faultRate?: number
  readonly idempotency: IdempotencyClass
  readonly keyHours?: number
  /** Where the log is kept; without it, in memory. */
  readonly file?: string
  readonly startsAt?: Date
}

/** A small network of its own, reached only by HTTP requests, that remembers all it ever did. */
export function fakeNetwork(options: FakeNetworkOptions): FakeNetwork {
  const entries: Entry[] = options.file && existsSync(options.file) ? readFileSync(options.file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Entry) : []
  const random = seeded(options.seed)
  const planned: (NetworkFault | undefined)[] = []
  const underway: (() => void)[] = []
  let clock = (options.startsAt ?? new Date('2026-11-23T09:00:00Z')).getTime()
  const note = (entry: Entry) => {
    entries.push(entry)
    if (options.file) appendFileSync(options.file, `${JSON.stringify(entry)}\n`)
  }
  const chance = (): NetworkFault | undefined =>
    planned.length > 0 ? planned.shift() : (random() < (options.faultRate ?? 0) ? networkFaults[Math.floor(random() * networkFaults.length)] : undefined)
  const house: House = { entries, note, now: () => clock++, options }

  const network: FakeNetwork = {
    fetch: async (input, init) => {
      const request = new Request(input, init)
      const work = await parsed(request)
      return withFault(chance(), () => answer(work, house), underway)
    },
    now: () => new Date(clock),
    next: (fault, skip = 0) => { planned.push(...Array.from({ length: skip }, () => undefined), fault) },
    arrive: () => { for (const apply of underway.splice(0)) apply() },
    passHours: (hours) => { clock += hours * 3_600_000 },
    speak: (text, given = {}) => {
      const thing: Thing = { id: `theirs-${entries.length + 1}`, key: null, by: given.by ?? 'maria@somewhere', text, inReplyTo: given.inReplyTo ?? null, at: house.now() }
      note({ did: 'said', thing })
      return thing
    },
    lose: (id) => note({ did: 'removed', id }),
    things: () => standing(entries),
    log: () => entries,
  }
  return network
}

const seeded = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
}

function withFault(fault: NetworkFault | undefined, apply: () => Response, underway: (() => void)[]): Response {
  const lost = () => new NetError('broken', 'the connection was cut', { left: true })
  switch (fault) {
    case undefined: return apply()
    case 'answer-lost': { apply(); throw lost() }
    case 'late': { underway.push(apply); throw lost() }
    case 'never-reached': throw new NetError('unreached', 'nobody listens there', { left: false })
    case 'refused': return said(403, { because: 'this network does not take that' })
    case 'expired': return said(401, { because: 'sign in again' })
    case 'stale': return said(410, { because: 'it has changed' })
    case 'paced': return new Response('{}', { status: 429, headers: { 'retry-after': '90' } })
    case 'broken': return new Response('<html>Bad gateway</html>', { status: 502 })
  }
}

interface House { readonly entries: readonly Entry[]; readonly note: (entry: Entry) => void; readonly now: () => number; readonly options: FakeNetworkOptions }
interface Work { readonly method: string; readonly path: readonly string[]; readonly query: URLSearchParams; readonly key: string | null; readonly body: { text?: string; by?: string; inReplyTo?: string; more?: readonly string[] } }

async function parsed(request: Request): Promise<Work> {
  const url = new URL(request.url)
  const text = await request.text()
  return {
    method: request.method, path: url.pathname.split('/').slice(1).map(decodeURIComponent), query: url.searchParams,
    key: request.headers.get('idempotency-key'), body: text === '' ? {} : JSON.parse(text) as Work['body'],
  }
}

const said = (status: number, body: unknown) => Response.json(body, { status })

function standing(entries: readonly Entry[]): readonly Thing[] {
  const things = new Map<string, Thing>()
  for (const entry of entries) {
    if (entry.did === 'said') things.set(entry.thing.id, entry.thing)
    else if (entry.did === 'removed') things.delete(entry.id)
    else if (entry.did === 'edited') {
      const thing = things.get(entry.id)
      if (thing) things.set(entry.id, { ...thing, text: entry.text })
    }
  }
  return [...things.values()]
}

function answer(work: Work, house: House): Response {
  const [room = '', name = '', act = ''] = work.path
  const route = `${work.method} /${room}${name ? '/:id' : ''}${act ? `/${act}` : ''}`
  switch (route) {
    case 'PUT /things/:id': return put(name, work, house)
    case 'POST /things': return post(work, house)
    case 'PUT /drafts/:id': return draft(name, work, house)
    case 'POST /drafts/:id/commit': return commit(name, house)
    case 'PUT /files/:id': return file(name, work, house)
    case 'GET /things': return list(work, house)
    case 'GET /things/:id': return standing(house.entries).some((thing) => thing.id === name) ? said(200, { id: name }) : said(404, { because: 'it is not there' })
    case 'PATCH /things/:id': return edit(name, work, house)
    case 'DELETE /things/:id': return remove(name, house)
    default: return said(404, { because: 'no such place' })
  }
}

const make = (work: Work, house: House, key: string | null): Thing => ({
  id: `ours-${house.entries.length + 1}`, key, by: work.body.by ?? '', text: work.body.text ?? '', inReplyTo: work.body.inReplyTo ?? null, at: house.now(),
})
/** Says it, and each further part under the one before. */
function say(thing: Thing, house: House, more: readonly string[] = []): Response {
  house.note({ did: 'said', thing })
  let above = thing
  for (const [n, text] of more.entries()) {
    above = { ...thing, id: `ours-${house.entries.length + 1}`, key: thing.key === null ? null : `${thing.key}/${n + 1}`, text, inReplyTo: above.id, at: house.now() }
    house.note({ did: 'said', thing: above })
  }
  return said(201, told(thing, house))
}
/** A thing as it is answered: with what was said under it in one go. */
function told(thing: Thing, house: House) {
  const more = thing.key === null ? [] : everSaid(house).filter((one) => one.key?.startsWith(`${thing.key}/`)).map(({ id }) => ({ id }))
  return { id: thing.id, ...(more.length > 0 ? { more } : {}) }
}
const everSaid = (house: House) => house.entries.flatMap((entry) => (entry.did === 'said' ? [entry.thing] : []))

function put(key: string, work: Work, house: House): Response {
  const known = everSaid(house).find((thing) => thing.key === key)
  return known ? said(200, told(known, house)) : say(make(work, house, key), house, work.body.more)
}

function post(work: Work, house: House): Response {
  const { idempotency, keyHours = 1 } = house.options
  const sameKey = work.key === null ? undefined : everSaid(house).findLast((thing) => thing.key === work.key)
  if (idempotency === 'keyed-ttl' && sameKey && house.now() - sameKey.at < keyHours * 3_600_000) return said(200, told(sameKey, house))
  const sameText = standing(house.entries).some((thing) => thing.by === work.body.by && thing.text === work.body.text)
  if (idempotency === 'content-refusal' && sameText) return said(422, { because: 'you said this already' })
  return say(make(work, house, work.key), house, work.body.more)
}

function draft(key: string, work: Work, house: House): Response {
  if (!house.entries.some((entry) => entry.did === 'drafted' && entry.key === key)) house.note({ did: 'drafted', key, thing: make(work, house, key), ...(work.body.more ? { more: work.body.more } : {}) })
  return said(200, { draft: key })
}

function commit(key: string, house: House): Response {
  const known = everSaid(house).find((thing) => thing.key === key)
  if (known) return said(200, told(known, house))
  const drafted = house.entries.find((entry) => entry.did === 'drafted' && entry.key === key)
  return drafted?.did === 'drafted' ? say({ ...drafted.thing, id: `ours-${house.entries.length + 1}`, at: house.now() }, house, drafted.more) : said(410, { because: 'no such draft' })
}

function list(work: Work, house: House): Response {
  if (work.query.has('by') && house.options.idempotency === 'blind') return said(405, { because: 'nothing can be read here' })
  const after = Number(work.query.get('after') ?? 0)
  const by = work.query.get('by')
  const things = house.entries.flatMap((entry, place) => (entry.did === 'said' && place >= after ? [{ ...entry.thing, place: place + 1 }] : []))
  const stands = new Set(standing(house.entries).map((thing) => thing.id))
  return said(200, things.filter((thing) => stands.has(thing.id) && (by === null || thing.by === by)).slice(0, 3))
}

function edit(id: string, work: Work, house: House): Response {
  const thing = standing(house.entries).find((each) => each.id === id)
  if (!thing) return said(404, { because: 'it is not there' })
  if (thing.text !== work.body.text) house.note({ did: 'edited', id, text: work.body.text ?? '' })
  return said(200, { id })
}

function remove(id: string, house: House): Response {
  if (standing(house.entries).some((thing) => thing.id === id)) house.note({ did: 'removed', id })
  return new Response(null, { status: 204 })
}

function file(key: string, work: Work, house: House): Response {
  if (!house.entries.some((entry) => entry.did === 'filed' && entry.key === key)) house.note({ did: 'filed', key, text: work.body.text ?? '' })
  return said(200, { file: `file-${key}` })
}
