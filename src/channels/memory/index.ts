import { z } from 'zod'
import { ChannelError, defineChannel, type Account, type Ctx, type Draft, type Find, type Idempotency, type Incoming, type Limits, type Publish, type Stage } from '#kit/channel.ts'
import { isBlank } from '#kit/text.ts'
import { channelErrorOf } from '#net/net-error.ts'
import { retryAfter } from '#net/retry-after.ts'
import type { IdempotencyClass } from './network.ts'
import { Fault, Filed, Made, Things } from './wire.ts'

const origin = 'https://memory.invalid'
const keyHours = 1

export type MemoryWire = { readonly key: string; readonly text: string; readonly by: string; readonly inReplyTo: string | null; readonly files?: readonly string[]; readonly more?: readonly string[] }

export interface MemoryOptions {
  readonly idempotency: IdempotencyClass
  /** How threads go out; part by part unless said otherwise. */
  readonly threads?: 'whole' | 'one-by-one'
  /** Files have to be handed over before the text that shows them. */
  readonly files?: boolean
  readonly pace?: Limits['pace']
  /** It can be asked whether a thing stands there. */
  readonly stands?: true
}

/** A channel on a network made for tests; it can be of any of the six classes of idempotency. */
export function memoryChannel({ idempotency, threads = 'one-by-one', files = false, pace, stands }: MemoryOptions) {
  return defineChannel<Record<string, never>, MemoryWire, number>({
    id: 'memory', name: 'Memory',
    about: { en: 'A network that lives in memory, for tests.', el: 'Ένα δίκτυο που ζει στη μνήμη, για δοκιμές.' },
    settings: z.strictObject({}),
    verify: async () => ({ id: 'memory', handle: 'fournos' }),
    limits: () => ({ text: { max: 280, unit: 'grapheme' }, ...(files ? { media } : {}), ...(pace ? { pace } : {}) }),
    publish: { ...publishBy(idempotency), threads, ...(files ? { upload } : {}), ...(stands ? { stands: seen } : {}) },
    listen: { hears: ['replies', 'mentions'], open },
  })
}

type Settings = Record<string, never>
type Send = Publish<Settings, MemoryWire>['send']

function publishBy(idempotency: IdempotencyClass): Publish<Settings, MemoryWire> {
  return {
    ...classOf(idempotency),
    kinds: ['post', 'reply'],
    prepare,
    send: ways[idempotency],
    revise: async (ref, wire, _account, ctx) => { await ask(ctx, 'PATCH', `/things/${encodeURIComponent(ref.id)}`, { body: { text: wire.text } }) },
    retract: async (ref, _wire, _account, ctx) => { await ask(ctx, 'DELETE', `/things/${encodeURIComponent(ref.id)}`) },
  }
}

function classOf(idempotency: IdempotencyClass): Idempotency<Settings, MemoryWire> {
  if (idempotency === 'keyed' || idempotency === 'blind') return { idempotency }
  if (idempotency === 'keyed-ttl') return { idempotency, keyHours, find }
  return idempotency === 'two-phase' ? { idempotency, find, stage } : { idempotency, find }
}

function prepare(draft: Draft, account: Account<Settings>): MemoryWire {
  if (isBlank(draft.author.name)) throw new Error('A text needs a named human.')
  const files = draft.media.map((one) => one.uploaded).filter((name) => typeof name === 'string')
  return {
    key: draft.key, text: draft.text, by: account.handle, inReplyTo: draft.inReplyTo?.id ?? null,
    ...(files.length > 0 ? { files } : {}), ...(draft.more ? { more: draft.more.map((part) => part.text) } : {}),
  }
}

const media = { max: 4, types: ['image/png', 'image/jpeg', 'image/webp'], maxBytes: 1_000_000 }
const upload: NonNullable<Publish<Settings, MemoryWire>['upload']> = async (file, _account, ctx) =>
  Filed.parse(await ask(ctx, 'PUT', `/files/${encodeURIComponent(file.key)}`, { body: { text: file.attachment.alt } })).file

const put: Send = async (wire, _account, ctx) => Made.parse(await ask(ctx, 'PUT', `/things/${encodeURIComponent(wire.key)}`, { body: wire }))
const post: Send = async (wire, _account, ctx) => Made.parse(await ask(ctx, 'POST', '/things', { body: wire, key: wire.key }))
const stage: Stage<Settings, MemoryWire> = async (wire, _account, ctx) => {
  await ask(ctx, 'PUT', `/drafts/${encodeURIComponent(wire.key)}`, { body: wire })
  return wire
}
const commit: Send = async (wire, _account, ctx) => Made.parse(await ask(ctx, 'POST', `/drafts/${encodeURIComponent(wire.key)}/commit`))
const ways: Readonly<Record<IdempotencyClass, Send>> = {
  keyed: put, 'keyed-ttl': post, 'two-phase': commit, 'content-refusal': post, 'read-back': post, blind: post,
}

const find: Find<Settings, MemoryWire> = async (wire, account, ctx) => {
  for (let after = 0; ;) {
    const page = Things.parse(await ask(ctx, 'GET', `/things?by=${encodeURIComponent(account.handle)}&after=${after}`))
    const same = page.find((thing) => thing.text === wire.text && thing.inReplyTo === wire.inReplyTo)
    if (same) return { id: same.id }
    if (page.length === 0) return 'absent'
    after = page.at(-1)!.place
  }
}

const seen: NonNullable<Publish<Settings, MemoryWire>['stands']> = async (ref, _account, ctx) => {
  try { await ask(ctx, 'GET', `/things/${encodeURIComponent(ref.id)}`) } catch (error) {
    if (error instanceof ChannelError && error.trouble.kind === 'refused') return 'absent'
    throw error
  }
  return 'there'
}

async function* open(account: Account<Settings>, cursor: number | undefined, ctx: Ctx): AsyncIterable<{ items: readonly Incoming[]; cursor: number }> {
  for (let after = cursor ?? 0; ;) {
    const page = Things.parse(await ask(ctx, 'GET', `/things?after=${after}`))
    if (page.length === 0) return
    after = page.at(-1)!.place
    yield { items: page.filter((thing) => thing.by !== account.handle).map(heard), cursor: after }
  }
}

const heard = (thing: Things[number]): Incoming => ({
  does: 'says', ref: { channel: 'memory', id: thing.id }, at: new Date(thing.at).toISOString(), text: thing.text, visibility: 'public',
  author: { id: thing.by, name: thing.by }, ...(thing.inReplyTo ? { inReplyTo: { channel: 'memory', id: thing.inReplyTo } } : {}),
})

async function ask(ctx: Ctx, method: string, path: string, given: { readonly body?: unknown; readonly key?: string } = {}): Promise<unknown> {
  const response = await ctx.fetch(`${origin}${path}`, {
    method, signal: ctx.signal, body: given.body === undefined ? null : JSON.stringify(given.body),
    headers: given.key ? { 'idempotency-key': given.key } : {},
  }).catch((error: unknown) => { throw channelErrorOf(error) })
  if (response.status === 410) throw new ChannelError({ kind: 'stale' })
  if (response.status === 401) throw new ChannelError({ kind: 'expired' })
  if (response.status === 429) throw new ChannelError({ kind: 'paced', retryAt: retryAfter(response.headers.get('retry-after'), ctx.now()) })
  if (response.status >= 500) throw new ChannelError({ kind: 'unknown' })
  if (response.status >= 400) throw new ChannelError({ kind: 'refused', because: Fault.parse(await response.json()).because })
  return response.status === 204 ? undefined : response.json()
}
