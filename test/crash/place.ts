import type { Publish } from '#kit/channel.ts'

export type IdempotencyClass = Publish<never, never>['idempotency']
export const classes: readonly IdempotencyClass[] = ['keyed', 'keyed-ttl', 'two-phase', 'content-refusal', 'read-back', 'blind']

/** Something that stands on a network for everybody to see. `text` names the publication it came from; `media` are the network's own names of files. */
export interface Thing { readonly id: string; readonly key: string | null; readonly text: string; readonly under: string | null; readonly media: readonly string[]; readonly at: number }
interface Words { readonly text: string; readonly media: readonly string[] }
export type Entry =
  | { readonly did: 'said'; readonly thing: Thing }
  | Words & { readonly did: 'held'; readonly container: string; readonly under: string | null; readonly at: number }
  | { readonly did: 'opened'; readonly container: string; readonly thing: Thing }
  /** A file came in: `name` is what its owner calls it. */
  | { readonly did: 'filed'; readonly file: string; readonly name: string; readonly size: number }
  | Words & { readonly did: 'revised'; readonly id: string }
  | { readonly did: 'removed'; readonly id: string }

export interface Body { readonly text?: string; readonly under?: string | null; readonly media?: readonly string[]; readonly name?: string; readonly bytes?: string }
export interface Work { readonly method: string; readonly path: string; readonly key: string | null; readonly body: Body }
export interface Answer { readonly status: number; readonly body: unknown }

export interface PlaceOptions {
  readonly idempotency: IdempotencyClass
  /** How long a key is remembered, in milliseconds. */
  readonly keyMs: number
  readonly now: () => number
  /** Keeps an entry before the answer leaves; what was kept earlier is given as `entries`. */
  readonly note: (entry: Entry) => void
  readonly entries?: readonly Entry[]
}
export interface Place { readonly handle: (work: Work) => Answer; readonly entries: readonly Entry[]; /** All that was ever said, as it was said. */ readonly things: () => readonly Thing[] }

export const thingOf = (entry: Entry): Thing | undefined => (entry.did === 'said' || entry.did === 'opened' ? entry.thing : undefined)

interface Inner { readonly options: PlaceOptions; readonly entries: Entry[]; readonly things: Thing[]; readonly standing: Map<string, Thing> }
function take({ entries, things, standing }: Inner, entry: Entry): void {
  entries.push(entry)
  const thing = thingOf(entry)
  if (thing) { things.push(thing); standing.set(thing.id, thing) }
  if (entry.did === 'revised') standing.set(entry.id, { ...standing.get(entry.id)!, text: entry.text, media: entry.media })
  if (entry.did === 'removed') standing.delete(entry.id)
}
function keep(place: Inner, entry: Entry): void { place.options.note(entry); take(place, entry) }

/** A network of one class: what it does with a request, and all it ever did. Deterministic: ids count up. */
export function makePlace(options: PlaceOptions): Place {
  const place: Inner = { options, entries: [], things: [], standing: new Map() }
  for (const entry of options.entries ?? []) take(place, entry)
  return { entries: place.entries, things: () => place.things, handle: (work) => handle(place, work) }
}

const said = (thing: Thing): Answer => ({ status: 201, body: { id: thing.id } })
const no = (status: number, because: string): Answer => ({ status, body: { because } })

function handle(place: Inner, work: Work): Answer {
  const [, room = '', name = '', act = ''] = work.path.split('/').map(decodeURIComponent)
  const route = `${work.method} ${room}${name && '/:id'}${act && `/${act}`}`
  switch (route) {
    case 'PUT things/:id': return put(place, name, work)
    case 'POST things': return post(place, work)
    case 'GET things': return list(place, 0)
    case 'GET things/:id': return list(place, Number(name))
    case 'PATCH things/:id': return revise(place, name, work)
    case 'DELETE things/:id': return remove(place, name)
    case 'POST files': return file(place, work)
    case 'POST containers': return hold(place, work)
    case 'GET containers/:id': return status(place, name)
    case 'POST containers/:id/publish': return publish(place, name)
    default: return no(404, 'no such place')
  }
}

const list = ({ options, standing }: Inner, since: number): Answer => (options.idempotency === 'blind' ? no(405, 'nothing can be read here')
  : { status: 200, body: [...standing.values()].filter((thing) => thing.at >= since).map(({ id, text }) => ({ id, text })) })

function make({ things, options }: Inner, { body, key }: Pick<Work, 'body' | 'key'>): Thing {
  return { id: `t${things.length + 1}`, key, text: body.text ?? '', under: body.under ?? null, media: body.media ?? [], at: options.now() }
}

function put(place: Inner, key: string, work: Work): Answer {
  const known = place.things.find((thing) => thing.key === key)
  if (known) return { status: 200, body: { id: known.id } }
  const thing = make(place, { ...work, key })
  keep(place, { did: 'said', thing })
  return said(thing)
}

function post(place: Inner, work: Work): Answer {
  const { idempotency, keyMs, now } = place.options
  const sameKey = work.key === null ? undefined : place.things.findLast((thing) => thing.key === work.key)
  if (idempotency === 'keyed-ttl' && sameKey && now() - sameKey.at < keyMs) return { status: 200, body: { id: sameKey.id } }
  if (idempotency === 'content-refusal' && place.things.some((thing) => thing.text === work.body.text)) return no(422, 'you said this already')
  const thing = make(place, { ...work, key: idempotency === 'keyed-ttl' ? work.key : null })
  keep(place, { did: 'said', thing })
  return said(thing)
}

// Both may be asked twice; what was taken down cannot be put right any more.
function revise(place: Inner, id: string, { body }: Work): Answer {
  if (!place.things.some((thing) => thing.id === id)) return no(404, 'no such thing')
  if (!place.standing.has(id)) return no(410, 'it was taken down')
  keep(place, { did: 'revised', id, text: body.text ?? '', media: body.media ?? [] })
  return { status: 200, body: { id } }
}
function remove(place: Inner, id: string): Answer {
  if (!place.things.some((thing) => thing.id === id)) return no(404, 'no such thing')
  if (place.standing.has(id)) keep(place, { did: 'removed', id })
  return { status: 200, body: { id } }
}

// The same file handed over twice is two files here: which of them a thing shows is the client's to say.
function file(place: Inner, { body }: Work): Answer {
  const name = `f${place.entries.length + 1}`
  keep(place, { did: 'filed', file: name, name: body.name ?? '', size: (body.bytes ?? '').length })
  return { status: 201, body: { file: name } }
}

// A container's name is the network's to give: a client that chose it could open the container of an earlier attempt.
function hold(place: Inner, { body }: Work): Answer {
  const container = `c${place.entries.length + 1}`
  keep(place, { did: 'held', container, text: body.text ?? '', under: body.under ?? null, media: body.media ?? [], at: place.options.now() })
  return { status: 201, body: { container } }
}
const opened = (place: Inner, container: string): Thing | undefined => {
  const found = place.entries.findLast((entry) => entry.did === 'opened' && entry.container === container)
  return found && thingOf(found)
}

function status(place: Inner, container: string): Answer {
  const thing = opened(place, container)
  return { status: 200, body: thing ? { status: 'published', id: thing.id } : { status: 'open' } }
}
function publish(place: Inner, container: string): Answer {
  if (opened(place, container)) return no(409, 'published already')
  const held = place.entries.findLast((entry) => entry.did === 'held' && entry.container === container)
  if (held?.did !== 'held') return no(404, 'no such container')
  const thing = make(place, { body: { text: held.text, under: held.under, media: held.media }, key: null })
  keep(place, { did: 'opened', container, thing })
  return said(thing)
}
