import type { Channel, Ctx } from '#kit/channel.ts'
import type { Json } from '#kit/json.ts'
import { newId } from '#kit/id.ts'
import { hashOf } from '#core/publications/plan.ts'
import { deadlineOf, ended } from '#core/publications/states.ts'
import type { Publication } from '#core/publications/store.ts'
import { makePublisher, type Publisher } from '#worker/publishing.ts'
import { crashChannel } from './channels.ts'
import type { Told } from './judge.ts'
import { paper, type Paper } from './paper.ts'
import { Crash, hour, type World } from './world.ts'

const never = <T>(): Promise<T> => new Promise<T>(() => undefined)

/** One life of the worker: from its start until it ends by itself or is ended. */
interface Life { dead: boolean; readonly died: Promise<void>; die(): void }
function newLife(): Life {
  let die: () => void = () => undefined
  const died = new Promise<void>((done) => { die = done })
  const life: Life = { dead: false, died, die: () => { life.dead = true; die() } }
  return life
}
/** A step of this life; once it has ended nothing of it goes on. */
const lived = (life: () => Life, world: World) => async <T>(step: () => T): Promise<T> => {
  const own = life()
  if (own.dead) return await never()
  try { return world.line(step) } catch (error) {
    if (!(error instanceof Crash)) throw error
    own.die()
    return await never()
  }
}

/** A post of so many parts, each but the first waiting for the one before. */
export function rowsOf(world: Pick<World, 'now' | 'account'>, channel: Channel, parts: number): Publication[] {
  const at = new Date(world.now())
  const postId = newId()
  let parentId: string | null = null
  return Array.from({ length: parts }, (_, part): Publication => {
    const [id, key] = [newId(), newId()]
    const draft = { key, writtenAt: at.toISOString(), kind: 'post' as const, text: `Βγήκε το ψωμί, ${id}`, lang: 'el' as const, media: [], tags: [], author: { id: 'eleni', name: 'Ελένη' } }
    const frozen = part === 0 && !channel.publish!.stage
    const wire = part === 0 ? channel.publish!.prepare(draft, world.account) as Json : {}
    const state = part === 0 ? 'scheduled' as const : 'waiting' as const
    const row: Publication = {
      id, key, workspaceId: world.account.workspaceId, postId, messageId: null, accountId: world.account.id, channel: channel.id, kind: 'post', state, version: 1, writtenAt: at,
      wire, wireHash: frozen ? hashOf(wire) : '', preparedAt: frozen ? at : null, draft, lang: 'el', tags: [], dueAt: at, wakeAt: part === 0 ? at : null, deadline: deadlineOf(state, { now: at, dueAt: at })!,
      attempts: 0, firstTriedAt: null, remoteId: null, remoteUrl: null, inReplyTo: null, confirmedAt: null, because: null, pending: null, nextWire: null, note: null, part, parentId,
      more: null, late: { do: 'publish' }, leaseOwner: null, leaseUntil: null, leaseNo: 0, unsureSince: null, looks: 0, approvals: 0, approvedBy: null, alertedAt: null, editedAt: null, editNote: null, goneAt: null,
      changeAskedAt: null, changeBecause: null, changeAlertedAt: null, readBackDue: null, readBackAt: null, readBacks: 0,
    }
    parentId = id
    return row
  })
}

function workerOf(world: World, given: { readonly channel: Channel; readonly book: Paper; readonly life: () => Life; readonly owner: string }): Publisher {
  const step = lived(given.life, world)
  const fetch = (async (input: string, init?: RequestInit) => {
    const headers = new Headers(init?.headers)
    const work = { method: init?.method ?? 'GET', path: new URL(input).pathname, key: headers.get('idempotency-key'), body: typeof init?.body === 'string' ? JSON.parse(init.body) as object : {} }
    // The process may end while the answer is on its way, whatever the network did.
    const answer = await step((): ReturnType<World['call']> | Error => { try { return world.call(work) } catch (error) { return error as Error } })
    if (answer instanceof Error) throw answer
    return new Response(answer.type === 'text/html' ? String(answer.body) : JSON.stringify(answer.body), { status: answer.status, headers: { 'content-type': answer.type, ...(answer.retryAfter ? { 'retry-after': answer.retryAfter } : {}) } })
  }) as unknown as typeof globalThis.fetch
  const ctx: Ctx = { fetch, now: () => new Date(world.now()), signal: new AbortController().signal, log: () => undefined, host: undefined as never, renew: async (same) => same }
  return makePublisher({
    house: { channels: [given.channel], now: () => new Date(world.now()), log: (message, facts) => { if (process.env['STOA_CRASH_LOG']) console.error(message, facts) } }, ledger: given.book, owner: given.owner,
    journal: { append: async (entries) => { if (entries.length > 0) await step(() => undefined) }, close: async () => undefined },
    ctx: () => ctx, monotonic: () => world.now(), fit: async () => { throw new Error('No file is sent on paper.') },
  })
}

/** Where a key is remembered only for a while, a question after that while is the network's doing. */
const beyondKey = (world: World, row: Publication): boolean =>
  world.idempotency === 'keyed-ttl' && row.firstTriedAt !== null && world.now() - row.firstTriedAt.getTime() >= hour - 15 * 60_000

/** A person who looks at the network once nothing can be on its way any more, and answers as it is. */
function answer(world: World, book: Paper, row: Publication): void {
  world.pass(Math.max(0, world.arrived() - world.now()) + 60_000)
  const at = new Date(world.now())
  const thing = world.place.things().find(({ text }) => text === row.draft!.text)
  if (thing) {
    book.put({ ...row, state: 'confirmed', because: null, remoteId: thing.id, confirmedAt: at, wakeAt: null, version: row.version + 1 })
    for (const part of book.rows.values()) if (part.parentId === row.id && part.state === 'waiting') book.put({ ...part, state: 'scheduled', because: null, wakeAt: at, version: part.version + 1 })
    return
  }
  // As a new thing, where the one before may have arrived.
  const key = row.unsureSince === null ? row.key : newId()
  book.put({
    ...row, state: 'scheduled', because: null, key, draft: { ...row.draft!, key }, preparedAt: null, wakeAt: at, approvals: row.approvals + 1, unsureSince: null, firstTriedAt: null, looks: 0, version: row.version + 1,
  })
}

const isAsking = (row: Publication): boolean => row.state === 'needs-person' || row.state === 'held'

/** One post through the real worker, from due to its end, over a seeded clock, network and book; three in ten are threads of three. */
export async function ours(world: World): Promise<Told[]> {
  const channel = crashChannel(world.idempotency) as unknown as Channel
  let life = newLife()
  const book = paper(world.account, lived(() => life, world))
  const parts = rowsOf(world, channel, world.random() < 0.3 ? 3 : 1)
  for (const part of parts) book.put(part)
  const asked = new Map<string, number>()
  let lives = 0
  let worker = workerOf(world, { channel, book, life: () => life, owner: 'life 0' })
  const rows = (): Publication[] => parts.map(({ id }) => book.rows.get(id)!)
  for (let turn = 0; turn < 2_000 && !rows().every((row) => ended(row.state)); turn++) {
    await Promise.race([worker.sweep(), life.died])
    if (life.dead) {
      world.pass(1_000 + Math.floor(world.random() * 20_000))
      life = newLife()
      const own = life
      worker = workerOf(world, { channel, book, life: () => own, owner: `life ${++lives}` })
      // A start wakes what the dead held.
      for (const left of rows()) if (left.leaseOwner !== null && left.wakeAt !== null) book.put({ ...left, wakeAt: new Date(world.now()) })
      continue
    }
    const asking = rows().find(isAsking)
    if (asking) {
      if (!beyondKey(world, asking)) asked.set(asking.id, (asked.get(asking.id) ?? 0) + 1)
      answer(world, book, asking)
      continue
    }
    const wake = Math.min(...rows().map((row) => row.wakeAt?.getTime() ?? Infinity))
    if (Number.isFinite(wake) && wake > world.now()) world.pass(wake - world.now())
  }
  world.pass(3 * hour)
  const names = new Map(parts.map((part) => [part.id, part.draft!.text]))
  return rows().map((row) => ({ idempotency: world.idempotency, text: names.get(row.id)!, under: row.parentId === null ? null : names.get(row.parentId)!, state: row.state, asked: asked.get(row.id) ?? 0, dropped: false }))
}
