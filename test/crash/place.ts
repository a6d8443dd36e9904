import type { Publish } from '#kit/channel.ts'

export type IdempotencyClass = Publish<never, never>['idempotency']
export const classes: readonly IdempotencyClass[] = ['keyed', 'keyed-ttl', 'two-phase', 'content-refusal', 'read-back', 'blind']

/** Something that stands on a network for everybody to see. `text` names the publication it came from. */
export interface Thing { readonly id: string; readonly key: string | null; readonly text: string; readonly under: string | null; readonly at: number }
export type Entry =
  | { readonly did: 'said'; readonly thing: Thing }
  | { readonly did: 'held'; readonly container: string; readonly text: string; readonly under: string | null; readonly at: number }
  | { readonly did: 'opened'; readonly container: string; readonly thing: Thing }

export interface Work { readonly method: string; readonly path: string; readonly key: string | null; readonly body: { readonly text?: string; readonly under?: string | null } }
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
export interface Place { readonly handle: (work: Work) => Answer; readonly entries: readonly Entry[]; readonly things: () => readonly Thing[] }

const thingOf = (entry: Entry): Thing[] => (entry.did === 'held' ? [] : [entry.thing])

/** A network of one class: what it does with a request, and all it ever did. Deterministic: ids count up. */
export function makePlace(options: PlaceOptions): Place {
  const entries: Entry[] = [...(options.entries ?? [])]
  const things: Thing[] = entries.flatMap(thingOf)
  const keep = (entry: Entry): void => { options.note(entry); entries.push(entry); things.push(...thingOf(entry)) }
  const place: Inner = { options, entries, things, keep }
  return { entries, things: () => things, handle: (work) => handle(place, work) }
}
interface Inner { readonly options: PlaceOptions; readonly entries: readonly Entry[]; readonly things: readonly Thing[]; readonly keep: (entry: Entry) => void }

const said = (thing: Thing): Answer => ({ status: 201, body: { id: thing.id } })

function handle(place: Inner, work: Work): Answer {
  const [, room = '', name = '', act = ''] = work.path.split('/').map(decodeURIComponent)
  const route = `${work.method} ${room}${name && '/:id'}${act && `/${act}`}`
  switch (route) {
    case 'PUT things/:id': return put(place, name, work)
    case 'POST things': return post(place, work)
    case 'GET things': return place.options.idempotency === 'blind' ? { status: 405, body: { because: 'nothing can be read here' } } : { status: 200, body: place.things.toReversed().slice(0, 500) }
    case 'POST containers': return hold(place, work)
    case 'GET containers/:id': return status(place, name)
    case 'POST containers/:id/publish': return publish(place, name)
    default: return { status: 404, body: { because: 'no such place' } }
  }
}

function make(place: Inner, { body, key }: Pick<Work, 'body' | 'key'>): Thing {
  return { id: `t${place.things.length + 1}`, key, text: body.text ?? '', under: body.under ?? null, at: place.options.now() }
}

function put(place: Inner, key: string, work: Work): Answer {
  const known = place.things.find((thing) => thing.key === key)
  if (known) return { status: 200, body: { id: known.id } }
  const thing = make(place, { ...work, key })
  place.keep({ did: 'said', thing })
  return said(thing)
}

function post(place: Inner, work: Work): Answer {
  const { idempotency, keyMs, now } = place.options
  const sameKey = work.key === null ? undefined : place.things.findLast((thing) => thing.key === work.key)
  if (idempotency === 'keyed-ttl' && sameKey && now() - sameKey.at < keyMs) return { status: 200, body: { id: sameKey.id } }
  if (idempotency === 'content-refusal' && place.things.some((thing) => thing.text === work.body.text)) return { status: 422, body: { because: 'you said this already' } }
  const thing = make(place, { ...work, key: idempotency === 'keyed-ttl' ? work.key : null })
  place.keep({ did: 'said', thing })
  return said(thing)
}

// A container's name is the network's to give: a client that chose it could open the container of an earlier attempt.
function hold(place: Inner, work: Work): Answer {
  const container = `c${place.entries.length + 1}`
  place.keep({ did: 'held', container, text: work.body.text ?? '', under: work.body.under ?? null, at: place.options.now() })
  return { status: 201, body: { container } }
}
const opened = (place: Inner, container: string): Thing | undefined =>
  place.entries.flatMap((entry) => (entry.did === 'opened' && entry.container === container ? [entry.thing] : []))[0]

function status(place: Inner, container: string): Answer {
  const thing = opened(place, container)
  return { status: 200, body: thing ? { status: 'published', id: thing.id } : { status: 'open' } }
}
function publish(place: Inner, container: string): Answer {
  if (opened(place, container)) return { status: 409, body: { because: 'published already' } }
  const held = place.entries.find((entry) => entry.did === 'held' && entry.container === container)
  if (held?.did !== 'held') return { status: 404, body: { because: 'no such container' } }
  const thing = make(place, { body: { text: held.text, under: held.under }, key: null })
  place.keep({ did: 'opened', container, thing })
  return said(thing)
}
