import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { addPicture } from '#core/media/store.ts'
import { accounts } from '#core/accounts/tables.ts'
import { releaseDead } from '#core/publications/claims.ts'
import { pause, pausedNow, resume } from '#core/publications/pause.ts'
import { reconnected } from '#core/publications/settle.ts'
import { cancelScheduled } from '#core/publications/store.ts'
import { attempts, publications } from '#core/publications/tables.ts'
import { events } from '#core/events/tables.ts'
import { newId } from '#kit/id.ts'
import { EVERY, type Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import sharp from 'sharp'
import { beginHere } from './beginning.ts'
import { readJournal, type Journal } from './journal.ts'
import { stage, type Stage } from './test-stage.ts'

let database: Database
let set: Stage
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
afterEach(() => set.close())
const open = async (options: Parameters<typeof stage>[1]): Promise<void> => { set = await stage(database, options) }
const words = 'Σήμερα έχουμε κουλούρια με σουσάμι.'
const inside = <T>(work: Parameters<Database['write']>[1] & ((tx: never) => Promise<T>)): Promise<T> => database.write(set.world.workspaceId, work as never)
const calls = () => { const seen: string[] = []; const fetch: typeof globalThis.fetch = (input, init) => { seen.push(`${init?.method} ${new URL(String(input)).pathname}`); return set.network.fetch(input, init) }; return { seen, fetch } }
const hanging: typeof globalThis.fetch = () => new Promise(() => undefined)

describe('before the first byte', () => {
  test('the intent stands in the database and in the journal', async () => {
    await open({ idempotency: 'read-back' })
    const id = await set.plan(words)
    let seen: unknown
    const worker = set.worker({ fetch: async (input, init) => {
      const [row, [attempt]] = [await set.row(id), await database.read(set.world.workspaceId, (db) => db.select().from(attempts).where(eq(attempts.publicationId, id)))]
      seen = { state: row.state, open: attempt!.endedAt === null, journal: readJournal(set.dataDir).map((one) => [one.attemptId === attempt!.id, one.publicationId, one.key === row.key, one.hash === row.wireHash]) }
      return set.network.fetch(input, init)
    } })
    await worker.sweep()
    expect(seen).toEqual({ state: 'sending', open: true, journal: [[true, id, true, true]] })
    expect((await set.row(id)).state).toBe('confirmed')
  })
  test('a disk that takes no intent lets nothing out, says so, and nothing is lost', async () => {
    let full = true
    const kept: unknown[] = []
    const journal: Journal = { append: async (entries) => { if (full) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' }); kept.push(...entries) }, close: () => Promise.resolve() }
    await open({ idempotency: 'blind', journal })
    const id = await set.plan(words)
    const worker = set.worker()
    await worker.sweep()
    expect(set.said()).toEqual([])
    expect(await set.row(id)).toMatchObject({ state: 'retry-wait', because: 'journal' })
    full = false
    await set.pass(3, worker)
    expect([(await set.row(id)).state, set.said().length, kept.length]).toEqual(['confirmed', 1, 1])
    expect(await set.outcomes(id)).toEqual(['unsent', 'confirmed'])
  })
  test('bytes that are not those that were frozen are not sent', async () => {
    await open({ idempotency: 'keyed' })
    const id = await set.plan(words)
    await inside((tx) => tx.update(publications).set({ wire: { key: 'x', text: 'Αγοράστε τώρα!!!', by: 'fournos', inReplyTo: null } }).where(eq(publications.id, id)))
    await set.worker().sweep()
    expect(set.said()).toEqual([])
    expect(await set.row(id)).toMatchObject({ state: 'needs-person', because: 'changed-bytes' })
  })
  test('pictures are handed over first, each once, and what the network calls them is frozen with the rest', async () => {
    await open({ idempotency: 'two-phase', files: true })
    const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#C9973F' } }).jpeg().toBuffer()
    const media = await inside((tx) => Promise.all([addPicture(tx, set.dataDir, { bytes, alt: 'Καρβέλι', uploadedBy: null, at: set.network.now() }), addPicture(tx, set.dataDir, { bytes, alt: 'Φέτα', uploadedBy: null, at: set.network.now() })])) as { id: string; alt: string }[]
    const id = await set.plan(words, { media: media.map((one) => ({ id: one.id, url: '', type: 'image/webp', alt: one.alt, width: 40, height: 30 })) })
    expect((await set.row(id)).preparedAt).toBeNull()
    set.network.next('broken', 1)
    const { seen, fetch } = calls()
    const worker = set.worker({ fetch })
    await worker.sweep()
    await set.pass(3, worker)
    expect((await set.row(id)).state).toBe('confirmed')
    expect(seen.filter((one) => one.startsWith('PUT /files')).length).toBe(3)
    expect((await set.row(id)).wire).toMatchObject({ files: media.map((one) => expect.stringContaining(one.id)) })
    expect(set.network.log().filter((entry) => entry.did === 'filed').length).toBe(2)
  })
})

describe('several workers on one database', () => {
  test('send each of many once', async () => {
    await open({ idempotency: 'blind' })
    const ids = await Promise.all(Array.from({ length: 60 }, (_, n) => set.plan(`${words} (${n})`)))
    await Promise.all([set.worker({ owner: '11' }), set.worker({ owner: '12' }), set.worker({ owner: '13' })].map((worker) => worker.sweep()))
    expect(new Set(set.said().map((one) => one.text)).size).toBe(60)
    expect(set.said()).toHaveLength(60)
    expect(new Set((await set.rows()).map((row) => row.state))).toEqual(new Set(['confirmed']))
    expect(ids).toHaveLength(60)
  })
  test.each(['blind', 'read-back', 'content-refusal', 'two-phase', 'keyed'] as const)('one that was stopped after its intent and goes on later sends nothing on a %s network', async (idempotency) => {
    await open({ idempotency })
    const id = await set.plan(words)
    let goOn = () => undefined as void
    let clock = 0
    const stopped: Journal = { append: (entries) => new Promise((done) => { goOn = () => { void set.journal.append(entries).then(done) } }), close: () => Promise.resolve() }
    const first = set.worker({ owner: '21', journal: stopped, monotonic: () => clock })
    const sweeping = first.sweep()
    await expect.poll(async () => (await set.row(id)).state).toBe('sending')
    clock += 180_000
    set.network.passHours(3 / 60)
    const second = set.worker({ owner: '22' })
    await second.sweep()
    await set.pass(6, second)
    const before = set.said().length
    goOn()
    await sweeping
    expect(set.said()).toHaveLength(before)
    expect(before).toBe(idempotency === 'two-phase' || idempotency === 'keyed' ? 1 : 0)
    expect((await set.row(id)).state).toBe(before === 1 ? 'confirmed' : 'needs-person')
    expect((await set.promises()).filter((one) => one.broken > 0)).toEqual([])
  })
  test('one that was taken for dead begins nothing under its old leases', async () => {
    await open({ idempotency: 'blind' })
    const id = await set.plan(words)
    await set.worker({ lostAt: () => Infinity }).sweep()
    expect(set.said()).toEqual([])
    expect((await set.row(id)).state).toBe('sending')
  })
  test('what a dead one held is taken up at once, what a living one holds is not', async () => {
    await open({ idempotency: 'keyed' })
    const id = await set.plan(words)
    void set.worker({ owner: '31', fetch: hanging }).run(id)
    await expect.poll(async () => (await set.row(id)).state).toBe('sending')
    const release = (alive: string[]) => database.write(EVERY, (tx) => releaseDead(tx, { alive, now: set.network.now() }))
    expect(await release(['31', '32'])).toBe(0)
    expect(await release(['32'])).toBe(1)
    const worker = set.worker({ owner: '32' })
    await set.pass(2, worker)
    expect((await set.row(id)).state).toBe('confirmed')
  })
})

describe('a network that asks for patience', () => {
  test('is called once a window, whatever waits, and everything goes out in the end', async () => {
    await open({ idempotency: 'blind' })
    const { seen, fetch } = calls()
    const worker = set.worker({ fetch })
    await set.plan(words)
    set.network.next('paced')
    await worker.sweep()
    const ids = await Promise.all(Array.from({ length: 8 }, (_, n) => set.plan(`${words} (${n})`)))
    set.network.next('paced')
    await set.pass(1, worker)
    expect(seen).toHaveLength(1)
    expect((await set.row(ids[0]!))).toMatchObject({ state: 'scheduled', because: 'paced' })
    await set.pass(1, worker)
    expect(seen).toHaveLength(2)
    await set.pass(5, worker)
    expect(set.said()).toHaveLength(9)
    expect(seen).toHaveLength(11)
  })
  test('keeps its own pace in any window', async () => {
    await open({ idempotency: 'blind', pace: { sends: 3, perMinutes: 10 } })
    for (let n = 0; n < 8; n++) await set.plan(`${words} (${n})`)
    const worker = set.worker()
    const heard: number[] = []
    for (let minute = 0; minute < 31; minute++) { await set.pass(1, worker); heard.push(set.said().length) }
    expect(heard[0]).toBe(3)
    expect(heard[8]).toBe(3)
    expect([heard[12], heard[24]]).toEqual([6, 8])
  })
  test('that stopped answering is left alone, and served again once it answers', async () => {
    await open({ idempotency: 'blind' })
    const { seen, fetch } = calls()
    const worker = set.worker({ fetch })
    for (let n = 0; n < 5; n++) { set.network.next('never-reached'); await set.plan(`${words} (${n})`) }
    await worker.sweep()
    const after = seen.length
    const late = await set.plan(`${words} (τέλος)`)
    await worker.sweep()
    expect(seen.length).toBe(after)
    expect(await set.row(late)).toMatchObject({ state: 'scheduled', because: 'breaker' })
    await set.pass(5, worker)
    expect(set.said()).toHaveLength(6)
  })
})

describe('an account', () => {
  test('that let us out no more waits, and goes on where it stopped once it is connected again', async () => {
    await open({ idempotency: 'read-back' })
    const [soon, old] = [await set.plan(words, { late: { do: 'publish' } }), await set.plan(`${words} Νωρίς.`)]
    set.network.next('expired')
    set.network.next('expired')
    const worker = set.worker()
    await worker.sweep()
    expect([(await set.row(soon)).state, (await set.row(old)).state]).toEqual(['auth-needed', 'auth-needed'])
    expect((await database.read(set.world.workspaceId, (db) => db.select().from(accounts).where(eq(accounts.id, set.world.accounts.memory))))[0]!.state).toBe('login-needed')
    const meanwhile = await set.plan('Και κάτι ακόμη.')
    await worker.sweep()
    expect((await set.row(meanwhile)).state).toBe('auth-needed')
    set.network.passHours(2)
    await inside((tx) => tx.update(accounts).set({ state: 'connected' }).where(eq(accounts.id, set.world.accounts.memory)))
    await inside((tx) => reconnected(tx, set.world.accounts.memory, set.network.now()))
    await worker.sweep()
    expect([(await set.row(soon)).state, (await set.row(old)).state, (await set.row(old)).because]).toEqual(['confirmed', 'needs-person', 'late'])
  })
  test('that was removed while something was due refuses it in words', async () => {
    await open({ idempotency: 'keyed' })
    const id = await set.plan(words)
    await inside((tx) => tx.update(accounts).set({ state: 'removed' }).where(eq(accounts.id, set.world.accounts.memory)))
    await set.worker().sweep()
    expect(await set.row(id)).toMatchObject({ state: 'refused', because: 'account-removed' })
    expect(set.said()).toEqual([])
  })
})

describe('the pause', () => {
  test('holds everything scheduled, lets answers through, and on going on asks about what is late', async () => {
    await open({ idempotency: 'keyed' })
    const worker = set.worker()
    await inside((tx) => pause(tx, { by: set.world.eleni.id, reason: 'Σεισμός στην Πάτρα.', at: set.network.now() }))
    const [post, answer] = [await set.plan(words), await set.plan('Είμαστε καλά, ευχαριστούμε.', { kind: 'reply', messageId: newId() })]
    await set.pass(20, worker)
    expect([(await set.row(post)).because, (await set.row(answer)).state, set.said().length]).toEqual(['paused', 'confirmed', 1])
    const fresh = await set.plan(`${words} Τώρα.`)
    await worker.sweep()
    expect(await database.read(set.world.workspaceId, pausedNow)).toMatchObject({ reason: 'Σεισμός στην Πάτρα.', by: { name: 'Ελένη Παπαδάτου' } })
    await expect(inside((tx) => pause(tx, { by: null, reason: 'Ξανά.', at: set.network.now() }))).rejects.toMatchObject({ code: 'already_paused' })
    await inside((tx) => resume(tx, { by: set.world.eleni.id, at: set.network.now() }))
    await worker.sweep()
    expect([(await set.row(post)).because, (await set.row(fresh)).state]).toEqual(['late', 'confirmed'])
    const told = await database.read(set.world.workspaceId, (db) => db.select({ name: events.name }).from(events).orderBy(events.seq))
    expect(told.map((one) => one.name).filter((name) => name.startsWith('publishing.'))).toEqual(['publishing.paused', 'publishing.resumed'])
  })
})

describe('a person', () => {
  test('who says "send it" sends a new thing under a new key, and is remembered', async () => {
    await open({ idempotency: 'keyed-ttl' })
    const id = await set.plan(words)
    const { key } = await set.row(id)
    set.network.next('late')
    const worker = set.worker()
    await worker.sweep()
    set.network.passHours(2)
    for (let n = 0; n < 3; n++) await set.pass(5, worker)
    expect(await set.row(id)).toMatchObject({ state: 'needs-person', because: 'outcome-unknown' })
    await set.settle(id, 'send')
    await worker.sweep()
    const row = await set.row(id)
    expect([row.state, row.approvals, row.approvedBy, row.key === key]).toEqual(['confirmed', 1, set.world.eleni.id, false])
    expect((row.wire as { key: string }).key).toBe(row.key)
    const told = await database.read(set.world.workspaceId, (db) => db.select().from(events).where(eq(events.name, 'publication.settled')))
    expect(told.map((one) => [one.memberId, one.data])).toEqual([[set.world.eleni.id, { publicationId: id, channel: 'memory', answer: 'send', because: 'outcome-unknown', url: null }]])
  })
  test('who answers twice is heard once', async () => {
    await open({ idempotency: 'blind' })
    const id = await set.plan(words)
    set.network.next('answer-lost')
    const worker = set.worker()
    await worker.sweep()
    const answers = await Promise.all([set.settle(id, 'send'), set.settle(id, 'there'), set.settle(id, 'drop')])
    expect(answers.filter(Boolean)).toHaveLength(1)
  })
  test('who takes a post back before it leaves takes all of it back; after, is told that it stands', async () => {
    await open({ idempotency: 'blind' })
    const postId = newId()
    await set.plan(words, { postId, dueAt: new Date(set.network.now().getTime() + 60_000), thread: [{ text: 'Και το απόγευμα.', media: [] }] })
    expect(await inside((tx) => cancelScheduled(tx, postId))).toEqual({ cancelled: 2, left: 0 })
    await set.plan(words, { postId })
    set.network.next('answer-lost')
    await set.worker().sweep()
    expect(await inside((tx) => cancelScheduled(tx, postId))).toEqual({ cancelled: 0, left: 1 })
  })
})

describe('the same words twice', () => {
  test('are never taken for one another', async () => {
    await open({ idempotency: 'read-back' })
    const worker = set.worker()
    await set.plan(words)
    await worker.sweep()
    const second = await set.plan(words)
    set.network.next('late')
    await worker.sweep()
    await set.pass(6, worker)
    expect(await set.row(second)).toMatchObject({ state: 'needs-person', because: 'same-thing' })
    expect((await set.promises()).filter((one) => one.broken > 0)).toEqual([])
  })
})

describe('after a restore', () => {
  const copyOf = async () => (await database.read(set.world.workspaceId, async (db) => ({ rows: await db.select().from(publications), tries: await db.select().from(attempts) })))
  /** Yesterday's database again: rows as they were, attempts made since unknown to it. */
  const bringBack = async ({ rows, tries }: Awaited<ReturnType<typeof copyOf>>) => await inside(async (tx) => {
    await tx.delete(publications)
    await tx.delete(attempts)
    await tx.insert(publications).values(rows)
    if (tries.length > 0) await tx.insert(attempts).values(tries)
  })
  const restart = () => beginHere({ ...set.house, database })
  test.each([['keyed', 50], ['two-phase', 50], ['read-back', 50], ['content-refusal', 50], ['keyed-ttl', 50], ['blind', 0]] as const)('of a day before, with 50 posts out since, nothing goes out again on a %s network and %i settle by themselves', async (idempotency, settled) => {
    await open({ idempotency })
    await restart()
    for (let n = 0; n < 50; n++) await set.plan(`${words} (${n})`, { dueAt: new Date(set.network.now().getTime() + 60_000 + n * 1000) })
    const yesterday = await copyOf()
    const worker = set.worker()
    await set.pass(3, worker)
    expect(set.said()).toHaveLength(50)
    set.network.passHours(24)
    await bringBack(yesterday)
    await restart()
    await set.pass(30, worker)
    expect(set.said()).toHaveLength(50)
    const states = (await set.rows()).map((row) => row.state)
    // An invisible draft was made before its bytes were frozen: yesterday there was nothing to look for it by.
    expect(states.filter((state) => state === 'confirmed').length).toBe(idempotency === 'two-phase' ? 0 : settled)
    expect(states.every((state) => state === 'confirmed' || state === 'held' || state === 'needs-person')).toBe(true)
    expect((await set.promises()).filter((one) => one.name !== 'I3' && one.broken > 0)).toEqual([])
  })
  test('on another data directory everything due is held, and what is due later waits for its time', async () => {
    await open({ idempotency: 'blind' })
    await restart()
    const [due, later] = [await set.plan(words), await set.plan(words, { dueAt: new Date(set.network.now().getTime() + 3_600_000) })]
    const other = await stage(database, { idempotency: 'blind' })
    await inside((tx) => tx.update(publications).set({ wakeAt: set.network.now() }).where(eq(publications.id, due)))
    await beginHere({ ...set.house, database, dataDir: other.dataDir })
    expect([(await set.row(due)).state, (await set.row(later)).state]).toEqual(['held', 'scheduled'])
    await other.close()
  })
})
