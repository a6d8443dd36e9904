import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import type { Channel } from '#kit/channel.ts'
import { memoryChannel, type MemoryOptions } from '#channels/memory/index.ts'
import { fakeNetwork, type FakeNetwork } from '#channels/memory/network.ts'
import { accountById, accountOf } from '#core/accounts/store.ts'
import { makeHosts } from '#core/hosts.ts'
import type { House } from '#core/house.ts'
import { personOf } from '#core/members/store.ts'
import { invariants, type Invariant } from '#core/publications/invariants.ts'
import { planPublication, type Plan } from '#core/publications/plan.ts'
import { settle, type Answer } from '#core/publications/settle.ts'
import type { Publication } from '#core/publications/store.ts'
import { attempts, publications } from '#core/publications/tables.ts'
import { EVERY, type Database } from '#db/database.ts'
import { bakery, houseOf, type Bakery } from '../../test/world/bakery.ts'
import { openJournal, type Journal } from './journal.ts'
import { makePublisher, type Publisher } from './publishing.ts'
import { toolsFor, type Lent } from './tools.ts'

/** The bakery with one account on a network made for tests, and workers as many as are asked for. */
export interface Stage {
  readonly world: Bakery; readonly network: FakeNetwork; readonly house: House; readonly journal: Journal; readonly dataDir: string
  worker(lent?: Partial<Lent> & { readonly monotonic?: () => number }): Publisher
  plan(text: string, over?: Partial<Plan>): Promise<string>
  row(id: string): Promise<Publication>
  rows(): Promise<Publication[]>
  outcomes(id: string): Promise<(string | null)[]>
  settle(id: string, answer: Answer['answer'], over?: Partial<Answer>): Promise<Publication | undefined>
  /** Lets time pass, and whatever comes due meanwhile with it. */
  pass(minutes: number, worker: Publisher): Promise<void>
  /** Everything that was ever said there by us, oldest first. */
  said(): { readonly id: string; readonly text: string; readonly under: string | null }[]
  promises(): Promise<Invariant[]>
  close(): Promise<void>
}

export async function stage(database: Database, options: MemoryOptions & { readonly journal?: Journal }): Promise<Stage> {
  // A network of its own: what other tests left behind is not for it.
  await database.write(EVERY, (tx) => tx.update(publications).set({ wakeAt: null }))
  const world = await bakery(database)
  const network = fakeNetwork({ seed: 7, idempotency: options.idempotency })
  const dataDir = mkdtempSync(join(tmpdir(), 'stoa-stage-'))
  const { now } = network
  const hosts = makeHosts({ database, origin: 'http://bakery.test', secret: 'secret', fetch: network.fetch, now })
  const house = houseOf(database, { channels: [memoryChannel(options) as unknown as Channel], hosts, now, dataDir })
  const journal = options.journal ?? await openJournal(dataDir)
  const inside = database.write
  const rows = () => database.read(world.workspaceId, (db) => db.select().from(publications).orderBy(publications.part, publications.id))
  return {
    world, network, house, journal, dataDir, rows,
    worker: ({ monotonic, ...lent } = {}) => makePublisher({ ...toolsFor(house, { fetch: network.fetch, journal, ...lent }), ...(monotonic ? { monotonic } : {}) }),
    plan: (text, over = {}) => inside(world.workspaceId, async (tx) => {
      const account = accountOf((await accountById(tx, world.accounts.memory))!)
      return (await planPublication(tx, house, { account, kind: 'post', text, lang: 'el', author: (await personOf(tx, world.maria.id))!, dueAt: now(), ...over })).id
    }),
    row: async (id) => (await database.read(world.workspaceId, (db) => db.select().from(publications).where(eq(publications.id, id))))[0]!,
    outcomes: async (id) => (await database.read(world.workspaceId, (db) => db.select().from(attempts).where(eq(attempts.publicationId, id)).orderBy(attempts.number))).map((one) => one.outcome),
    settle: (id, answer, over = {}) => inside(world.workspaceId, (tx) => settle(tx, id, { answer, at: now(), by: world.eleni.id, ...over })),
    pass: async (minutes, worker) => { for (let minute = 0; minute < minutes; minute++) { network.passHours(1 / 60); await worker.sweep() } },
    said: () => network.log().flatMap((entry) => (entry.did === 'said' && entry.thing.by === 'fournos' ? [{ id: entry.thing.id, text: entry.thing.text, under: entry.thing.inReplyTo }] : [])),
    promises: () => database.read(world.workspaceId, (db) => invariants(db, { now: now(), classOf: () => options.idempotency })),
    close: async () => { await journal.close(); rmSync(dataDir, { recursive: true, force: true }) },
  }
}
