import type { Attachment, Channel, Ctx } from '#kit/channel.ts'
import type { Json } from '#kit/json.ts'
import { newId } from '#kit/id.ts'
import { hashOf } from '#core/publications/plan.ts'
import { deadlineOf, ended } from '#core/publications/states.ts'
import type { Intent, Taken } from '#core/publications/ledger.ts'
import type { Publication } from '#core/publications/store.ts'
import type { Entry as Sent } from '#worker/journal.ts'
import { makePublisher, type Publisher } from '#worker/publishing.ts'
import { crashChannel } from './channels.ts'
import type { Told } from './judge.ts'
import { asIs, type Mutant } from './mutants.ts'
import { paper, type Paper } from './paper.ts'
import { Crash, hour, type World } from './world.ts'

const never = <T>(): Promise<T> => new Promise<T>(() => undefined)

/** One life of the worker: from its start until it ends by itself or is ended. It may also be stopped, and go on much later. */
interface Life {
  readonly owner: string; dead: boolean; readonly over: Promise<void>; die(): void
  /** While it is stopped: goes on. */
  goOn?: (() => void) | undefined; until: number; slept: number; stop(until: number): Promise<void>
}
function newLife(owner: string): Life {
  let end: () => void = () => undefined
  const over = new Promise<void>((done) => { end = done })
  const life: Life = {
    owner, dead: false, over, until: 0, slept: 0, die: () => { life.dead = true; end() },
    stop: (until) => new Promise((done) => { life.until = until; life.goOn = done; end() }),
  }
  return life
}
/** A step of this life; once it has ended nothing of it goes on. */
const lived = (life: Life, world: World, may: 'stop' | 'die') => async <T>(step: () => T): Promise<T> => {
  if (life.dead) return await never()
  if (may === 'stop' && world.stops() && life.goOn === undefined && life.until === 0) {
    const since = world.now()
    await life.stop(since + 60_000 + Math.floor(world.random() * 600_000))
    life.slept += world.now() - since
  }
  try { return world.line(step) } catch (error) {
    if (!(error instanceof Crash)) throw error
    life.die()
    return await never()
  }
}

/** What a post is made of. */
export interface Shape { readonly parts: number; readonly pictures?: number; readonly comment?: boolean }
const picture = (nth: number): Attachment => ({ id: `εικόνα ${nth}`, url: '', type: 'image/webp', alt: 'Καρβέλι', width: 40, height: 30 })

/** A post of so many parts, each but the first waiting for the one before; a comment waits for the first. */
export function rowsOf(world: Pick<World, 'now' | 'account'>, channel: Channel, shape: Shape | number): Publication[] {
  const { parts, pictures = 0, comment = false } = typeof shape === 'number' ? { parts: shape } : shape
  const at = new Date(world.now())
  const postId = newId()
  const ids = Array.from({ length: parts + (comment ? 1 : 0) }, () => newId())
  return ids.map((id, part): Publication => {
    const key = newId()
    const media = part < parts ? Array.from({ length: pictures }, (_, nth) => picture(part * pictures + nth)) : []
    const draft = { key, writtenAt: at.toISOString(), kind: part < parts ? 'post' as const : 'reply' as const, text: `Βγήκε το ψωμί, ${id}`, lang: 'el' as const, media, tags: [], author: { id: 'eleni', name: 'Ελένη' } }
    const frozen = part === 0 && !channel.publish!.stage && media.length === 0
    const wire = part === 0 ? channel.publish!.prepare(draft, world.account) as Json : {}
    const state = part === 0 ? 'scheduled' as const : 'waiting' as const
    return {
      id, key, workspaceId: world.account.workspaceId, postId, messageId: null, accountId: world.account.id, channel: channel.id, kind: draft.kind, state, version: 1, writtenAt: at,
      wire, wireHash: frozen ? hashOf(wire) : '', preparedAt: frozen ? at : null, draft, lang: 'el', tags: [], dueAt: at, wakeAt: part === 0 ? at : null, deadline: deadlineOf(state, { now: at, dueAt: at })!,
      attempts: 0, firstTriedAt: null, remoteId: null, remoteUrl: null, inReplyTo: null, confirmedAt: null, because: null, pending: null, nextWire: null, note: null, part, parentId: part === 0 ? null : ids[part < parts ? part - 1 : 0]!,
      more: null, late: { do: 'publish' }, leaseOwner: null, leaseUntil: null, leaseNo: 0, unsureSince: null, looks: 0, approvals: 0, approvedBy: null, alertedAt: null, editedAt: null, editNote: null, goneAt: null,
      changeAskedAt: null, changeBecause: null, changeAlertedAt: null, readBackDue: null, readBackAt: null, readBacks: 0,
    }
  })
}

/** All that outlives a worker: its book, and its journal. */
interface House { readonly world: World; readonly channel: Channel; readonly book: Paper; readonly journal: Sent[]; readonly mutant: Mutant; readonly pages: Page[]; attempts: ReadonlySet<string>; steps: number }
/** The book as it stood before a line. */
interface Page { readonly rows: ReadonlyMap<string, Publication>; readonly attempts: ReadonlySet<string> }

// A worker that takes more steps than this over one post will never come to an end.
const most = 1_000
const isLost = (house: House): boolean => house.steps > most
/** A step of a worker of this house; one that runs in circles is ended. */
async function step<T>(house: House, life: Life, { may, work }: { readonly may: 'stop' | 'die'; readonly work: () => T }): Promise<Awaited<T>> {
  if (++house.steps > most) { life.die(); return await never() }
  return await lived(life, house.world, may)(work)
}

// Who dies over a line does not hear whether it was kept.
const heardOf = <T>(work: () => Promise<T>): Promise<T> => { const going = work(); going.catch(() => undefined); return going }

/** The book as one life writes in it: each line may be its last. */
const asSeenBy = (life: Life, house: House): Paper => new Proxy(house.book, {
  get: (target, name) => {
    const own = target[name as keyof Paper]
    if (typeof own !== 'function' || name === 'put' || name === 'nextDue') return own
    return (...given: unknown[]) => step(house, life, { may: 'stop', work: () => heardOf(async () => {
      if (house.mutant.chances.lostTail) house.pages.push({ rows: new Map(house.book.rows), attempts: house.attempts })
      const done = await (own as (...all: unknown[]) => unknown)(...given)
      const intents = name === 'take' ? (done as Taken).intents : name === 'intend' ? done as readonly Intent[] : []
      if (intents.length > 0) house.attempts = new Set([...house.attempts, ...intents.map((one) => one.attemptId)])
      return done
    }) })
  },
})

const holdable = ['scheduled', 'claimed', 'prepared', 'sending', 'retry-wait', 'unknown', 'waiting']
/** The book has lost its last lines. What the journal knows to have been sent and the book does not is held, as a start of the house holds it. */
function goBack({ world, book, journal, pages, ...house }: House, lines: number): ReadonlySet<string> {
  const page = lines > 0 ? pages.at(-lines) : undefined
  if (!page) return house.attempts
  for (const row of page.rows.values()) book.put(row)
  const now = new Date(world.now())
  for (const sent of journal.filter((one) => !page.attempts.has(one.attemptId))) {
    const row = book.rows.get(sent.publicationId)!
    if (!holdable.includes(row.state)) continue
    const at = new Date(sent.at)
    book.put({ ...row, state: 'held', because: 'restored', unsureSince: row.unsureSince ?? at, firstTriedAt: row.firstTriedAt ?? at, leaseOwner: null, leaseUntil: null, wakeAt: sent.key === row.key ? now : null, version: row.version + 1 })
  }
  return page.attempts
}

function workerOf(house: House, life: Life): Publisher {
  const { world, channel, journal, mutant } = house
  const fetch = (async (input: string, init?: RequestInit) => {
    const headers = new Headers(init?.headers)
    const work = { method: init?.method ?? 'GET', path: new URL(input).pathname, key: headers.get('idempotency-key'), body: typeof init?.body === 'string' ? JSON.parse(init.body) as object : {} }
    // The process may end while the answer is on its way, whatever the network did.
    const answer = await step(house, life, { may: 'die', work: (): ReturnType<World['call']> | Error => { try { return world.call(work) } catch (error) { return error as Error } } })
    if (answer instanceof Error) throw answer
    return new Response(answer.type === 'text/html' ? String(answer.body) : JSON.stringify(answer.body), { status: answer.status, headers: { 'content-type': answer.type, ...(answer.retryAfter ? { 'retry-after': answer.retryAfter } : {}) } })
  }) as unknown as typeof globalThis.fetch
  const clock = (): number => world.now() - (mutant.sleepsUnnoticed ? life.slept : 0)
  const ctx: Ctx = { fetch, now: () => new Date(clock()), signal: new AbortController().signal, log: () => undefined, host: undefined as never, renew: async (same) => same }
  return makePublisher({
    house: { channels: [channel], now: () => new Date(clock()), log: (message, facts) => { if (process.env['STOA_CRASH_LOG']) console.error(message, facts) } }, ledger: asSeenBy(life, house), owner: life.owner,
    journal: { append: async (entries) => { if (entries.length > 0) await step(house, life, { may: 'stop', work: () => { if (!mutant.keepsNoJournal) journal.push(...entries) } }) }, close: async () => undefined },
    ctx: () => ctx, monotonic: clock, fit: async (_, attachment) => ({ attachment, bytes: new Uint8Array(8) }),
  })
}

/** Where a key is remembered only for a while, a question after that while is the network's doing. */
const beyondKey = (world: World, row: Publication): boolean =>
  world.idempotency === 'keyed-ttl' && row.firstTriedAt !== null && world.now() - row.firstTriedAt.getTime() >= hour - 15 * 60_000

/** A person who looks at the network once nothing can be on its way any more, and answers as it is. */
function answer({ world, book }: House, row: Publication): void {
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

/** What a start does before anything is sent: it wakes what the dead held. */
function begin({ world, book, mutant }: House, alive: readonly Life[]): void {
  const living = new Set(alive.map((life) => life.owner))
  for (const left of book.rows.values()) {
    if (left.leaseOwner === null || left.wakeAt === null || living.has(left.leaseOwner)) continue
    book.put({ ...left, wakeAt: new Date(world.now()), ...(mutant.forgetsItWasSending && left.state === 'sending' ? { state: 'retry-wait' as const } : {}) })
  }
}

function shapeOf({ random }: World): Shape {
  const parts = random() < 0.3 ? 3 : 1
  return { parts, pictures: random() < 0.3 ? 2 : 0, comment: random() < 0.2 }
}

/** Rows that were left under a lease by a worker that went on to other things, before anything of theirs could be under way. */
const unattended = (rows: readonly Publication[]): number => rows.filter((row) => row.leaseOwner !== null && (row.state === 'claimed' || row.state === 'prepared')).length

/** One post through the real worker, from due to its end, over a seeded clock, network and book. */
export async function ours(world: World, mutant: Mutant = asIs): Promise<Told[]> {
  const channel = mutant.channel(crashChannel(world.idempotency) as unknown as Channel)
  const written = paper(world.account, async (write) => write())
  const house: House = { world, channel, book: mutant.book(written), journal: [], mutant, pages: [], attempts: new Set(), steps: 0 }
  const parts = rowsOf(world, crashChannel(world.idempotency) as unknown as Channel, shapeOf(world))
  for (const part of parts) written.put(part)
  const asked = new Map<string, number>()
  const sleepers = new Set<Life>()
  const rows = (): Publication[] => parts.map(({ id }) => written.rows.get(id)!)
  let lives = 0
  let life = newLife('life 0')
  let worker = workerOf(house, life)
  let left = 0
  const wake = async (sleeper: Life): Promise<void> => {
    sleepers.delete(sleeper)
    const goOn = sleeper.goOn!
    sleeper.goOn = undefined
    goOn()
    await new Promise((done) => { setImmediate(done) })
  }
  for (let turn = 0; turn < most && !isLost(house) && !(rows().every((row) => ended(row.state)) && sleepers.size === 0); turn++) {
    for (const sleeper of sleepers) if (sleeper.until <= world.now() || rows().every((row) => ended(row.state))) await wake(sleeper)
    await Promise.race([worker.sweep(), life.over])
    if (life.dead || life.goOn) {
      if (life.goOn) sleepers.add(life)
      else house.attempts = goBack(house, world.lostLines())
      world.pass(1_000 + Math.floor(world.random() * 20_000))
      life = newLife(`life ${++lives}`)
      worker = workerOf(house, life)
      begin(house, [...sleepers])
      continue
    }
    if (sleepers.size === 0) left += unattended(rows())
    const asking = rows().find(isAsking)
    if (asking) {
      if (!beyondKey(world, asking)) asked.set(asking.id, (asked.get(asking.id) ?? 0) + 1)
      answer(house, asking)
      continue
    }
    const next = Math.min(...rows().map((row) => row.wakeAt?.getTime() ?? Infinity))
    if (Number.isFinite(next) && next > world.now()) world.pass(next - world.now())
  }
  world.pass(3 * hour)
  return toldOf(world, { parts, rows: rows(), asked, left })
}

function toldOf(world: World, { parts, rows, asked, left }: { readonly parts: readonly Publication[]; readonly rows: readonly Publication[]; readonly asked: ReadonlyMap<string, number>; readonly left: number }): Told[] {
  const names = new Map(parts.map((part) => [part.id, part.draft!.text]))
  return rows.map((row, nth) => ({
    idempotency: world.idempotency, text: names.get(row.id)!, under: row.parentId === null ? null : names.get(row.parentId)!, state: row.state, asked: asked.get(row.id) ?? 0, dropped: false,
    media: parts[nth]!.draft!.media.map((one) => one.id), unattended: nth === 0 && left > 0,
  }))
}
