import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Channel, Publish } from '#kit/channel.ts'
import type { Member } from '#kit/http.ts'
import type { Json } from '#kit/json.ts'
import type { Pillar } from '#kit/pillar.ts'
import { newId } from '#kit/id.ts'
import type { Database, Tx } from '#db/database.ts'
import { asking, type Answered } from '../../../test/world/asking.ts'
import { bakery, houseOf, NOON, type Bakery, type SentJob } from '../../../test/world/bakery.ts'
import type { House } from '../house.ts'
import { media } from '../media/tables.ts'
import { members } from '../members/tables.ts'
import { publications } from '../publications/tables.ts'
import { posts } from './tables.ts'
import { postRoutes } from './routes.ts'

type Over = Partial<Pick<Publish<unknown, Json>, 'threads' | 'kinds' | 'revise' | 'retract' | 'address'>> & { readonly limits: ReturnType<Channel['limits']>; readonly name: string }
const done = (): Promise<void> => Promise.resolve()
const channel = (id: string, { limits, name, ...over }: Over): Channel => ({
  id, name, about: { en: name, el: name }, settings: z.unknown(), verify: () => Promise.resolve({ id, handle: id }), limits: () => limits,
  publish: { idempotency: 'keyed', kinds: ['post', 'reply'], prepare: (draft) => draft as unknown as Json, send: (wire) => Promise.resolve({ id: (wire as { key: string }).key }), ...over } as Publish<unknown, Json>,
}) as Channel

/** A site that takes everything whole, a network with threads and edits, and one with neither. */
const channels: readonly Channel[] = [
  channel('porch', { name: 'Porch', limits: { text: { max: 60_000, unit: 'grapheme' }, media: { max: 10, types: ['image/webp'], maxBytes: 1e7, video: { types: ['video/mp4'], maxBytes: 1e8, maxSeconds: 60 } } }, revise: done, retract: done, address: (draft) => `http://bakery.test/${draft.key}` }),
  channel('fediverse', { name: 'Fediverse', limits: { text: { max: 500, unit: 'grapheme', linkCost: 23 }, warning: { counted: true }, media: { max: 2, types: ['image/webp'], maxBytes: 1e7, altMax: 100 } }, threads: 'one-by-one', revise: done, retract: done }),
  channel('memory', { name: 'Chirp', limits: { text: { max: 280, unit: 'weighted', also: { max: 400, unit: 'byte' } } }, kinds: ['post'] }),
]
/** Holds whatever shouts «ΜΟΝΟ ΣΗΜΕΡΑ». */
const pillar: Pillar<House, Tx> = {
  id: 'calm', name: { en: 'Calm', el: 'Ηρεμία' }, promise: { en: 'We do not shout.', el: 'Δεν φωνάζουμε.' }, signals: [],
  checks: [{ id: 'shout', about: { en: 'Shouting', el: 'Φωνές' }, langs: ['el', 'en'], look: ({ text }) => {
    const at = text.indexOf('ΜΟΝΟ ΣΗΜΕΡΑ')
    return at === -1 ? [] : [{ pillar: 'calm', rule: 'shout', at: [at, at + 11], says: { en: 'This shouts.', el: 'Φωνάζει.' }, because: { en: '', el: '' }, weight: 'stop' }]
  } }],
}

export interface Ground {
  readonly world: Bakery; readonly house: House & { readonly sent: SentJob[] }
  /** Another editor, so that two others can look. */
  readonly sofia: Member
  readonly clock: { now: Date }
  ask(member: Member | undefined): (method: string, path: string, body?: unknown) => Promise<Answered>
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** A draft of Nikos' on these accounts; its id. */
  draft(over?: Record<string, unknown>, member?: Member): Promise<string>
  version(id: string): Promise<number>
  publish(id: string, more?: Record<string, unknown>, member?: Member): Promise<Answered>
  /** As the worker would: everything of a post that is due stands. */
  goesOut(id: string): Promise<void>
  file(over?: { readonly type?: string; readonly seconds?: number }): Promise<string>
  later(minutes: number): void
}

export const words = { title: '', text: 'Το πρώτο ψωμί σίκαλης βγήκε. Ποιος θέλει να το δοκιμάσει;', lang: 'el', intent: 'give', format: 'story', tags: [], media: [], campaignId: null, accountIds: [] as string[] }

/** The bakery with a house around it and its three places to speak. */
export async function openPosts(database: Database): Promise<Ground> {
  const world = await bakery(database)
  const clock = { now: NOON }
  const absent = (): never => { throw new Error('No public hosts here.') }
  // Every page of the world is away.
  const away = () => Promise.reject(new Error('away'))
  const hosts = { origin: 'http://bakery.test', at: absent, of: absent, secret: (purpose: string) => `secret for ${purpose}`, lend: () => away }
  const house = houseOf(database, { channels, pillars: [pillar], hosts, now: () => clock.now })
  const routes = postRoutes(house)
  const ask: Ground['ask'] = (member) => asking(routes, member)
  const write: Ground['write'] = (work) => database.write(world.workspaceId, work)
  const sofia: Member = { ...world.nikos, id: newId(), name: 'Σοφία Δήμου' }
  await write((tx) => tx.insert(members).values({ id: sofia.id, name: sofia.name, role: 'editor', lang: 'el', joinedAt: new Date('2026-02-01') }))
  const look = async (id: string) => (await ask(world.nikos)('GET', `/posts/${id}`)).body as { version: number }
  return {
    world, house, sofia, clock, ask, write,
    draft: async (over = {}, member = world.nikos) => {
      const made = await ask(member)('POST', '/posts', { ...words, accountIds: [world.accounts.porch, world.accounts.fediverse], ...over })
      if (made.status !== 201) throw new Error(JSON.stringify(made.body))
      return made.body['id'] as string
    },
    version: async (id) => (await look(id)).version,
    publish: async (id, more = {}, member = world.nikos) => ask(member)('POST', `/posts/${id}/publish`, { version: (await look(id)).version, ...more }),
    goesOut: (id) => write(async (tx) => {
      await tx.update(publications).set({ state: 'confirmed', confirmedAt: clock.now, remoteId: publications.key as never, wakeAt: null }).where(eq(publications.postId, id))
      await tx.update(posts).set({ state: 'published', publishedAt: clock.now }).where(eq(posts.id, id))
    }),
    file: (over = {}) => write(async (tx) => (await tx.insert(media).values({ type: 'image/webp', ending: 'webp', width: 10, height: 10, bytes: 10, sha256: newId(), alt: '', ...over }).returning())[0]!.id),
    later: (minutes) => { clock.now = new Date(clock.now.getTime() + minutes * 60_000) },
  }
}
