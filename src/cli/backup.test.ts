import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Channel } from '#kit/channel.ts'
import { memoryChannel } from '#channels/memory/index.ts'
import { emit, eventsAfter, START } from '#core/events/store.ts'
import { addPicture, mediaFile } from '#core/media/store.ts'
import { publishPost } from '#core/posts/publish.ts'
import { createPost } from '#core/posts/store.ts'
import { posts } from '#core/posts/tables.ts'
import { publications } from '#core/publications/tables.ts'
import { EVERY, type Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { bakery, houseOf, NOON, type Bakery } from '../../test/world/bakery.ts'
import { backupCommand, restoreCommand } from './backup.ts'

let from: Database
let world: Bakery
const folder = mkdtempSync(join(tmpdir(), 'stoa-backup-'))
const [here, there, file] = [join(folder, 'here'), join(folder, 'there'), join(folder, 'stoa.backup')]

const counts = async (database: Database): Promise<Record<string, number>> => await database.read(EVERY, async (db) => {
  const { rows } = await db.client.query<{ name: string }>("select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('auth_sessions', 'epochs')")
  const found: Record<string, number> = {}
  for (const { name } of rows) found[name] = Number((await db.client.query<{ n: string }>(`select count(*) as n from "${name}"`)).rows[0]!.n)
  return found
})

beforeAll(async () => {
  from = await testDatabase()
  world = await bakery(from)
  const house = houseOf(from, { channels: [memoryChannel({ idempotency: 'keyed' }) as unknown as Channel] })
  await from.write(world.workspaceId, async (tx) => {
    const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#C9973F' } }).jpeg().toBuffer()
    await addPicture(tx, here, { bytes, alt: 'Ψωμί σίκαλης', uploadedBy: null, at: NOON })
    const post = await createPost(tx, { authorId: world.nikos.id, at: NOON, title: 'Ένα "ψωμί"\nμε εισαγωγικά \\ και 🥖', text: 'Ποιος θέλει σίκαλη;', lang: 'el', intent: 'talk', format: 'story', tags: ['ψωμί'], media: [], campaignId: null, accountIds: [world.accounts.memory] })
    await publishPost(tx, house, { member: world.nikos, id: post.id, version: 1, dueAt: new Date(NOON.getTime() + 3_600_000), reasons: {} })
  })
  await backupCommand(from, here, file)
})
afterAll(async () => { await from.close(); rmSync(folder, { recursive: true, force: true }) })

async function fresh<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = await testDatabase()
  try { return await work(database) } finally { await database.close() }
}

describe('a backup', () => {
  test('comes back whole: every row, every word and the pictures', async () => {
    await fresh(async (to) => {
      expect(await restoreCommand(to, there, file)).toBe(0)
      expect(await counts(to)).toEqual(await counts(from))
      const wordsOf = (database: Database) => database.read(world.workspaceId, (db) => db.select().from(posts))
      expect(await wordsOf(to)).toEqual(await wordsOf(from))
      const [picture] = (await to.read(EVERY, (db) => db.execute<{ id: string }>(sql`select id from media`))).rows
      const path = mediaFile(there, { workspaceId: world.workspaceId, id: picture!.id, ending: 'webp' })
      expect(existsSync(path) && readFileSync(path).equals(readFileSync(mediaFile(here, { workspaceId: world.workspaceId, id: picture!.id, ending: 'webp' })))).toBe(true)
    })
  })
  test('sends nothing again that may have gone out since, before a person has looked', async () => {
    await fresh(async (to) => {
      await restoreCommand(to, there, file)
      const states = await to.read(world.workspaceId, (db) => db.select({ state: publications.state, because: publications.because }).from(publications))
      expect(states).toEqual([{ state: 'held', because: 'restored' }])
    })
  })
  test('keeps the order of events, and new ones come after', async () => {
    await fresh(async (to) => {
      await restoreCommand(to, there, file)
      const named = async (database: Database) => (await database.read(world.workspaceId, (db) => eventsAfter(db, START, { limit: 100 }))).map((event) => event.name)
      await expect.poll(() => named(from), { timeout: 10_000 }).toEqual(['post.scheduled'])
      await expect.poll(() => named(to), { timeout: 10_000 }).toEqual(['post.scheduled'])
      await to.write(world.workspaceId, (tx) => emit(tx, 'site.changed', { at: NOON, data: { change: 'name' } }))
      await expect.poll(async () => (await to.read(world.workspaceId, (db) => eventsAfter(db, START, { limit: 100 }))).at(-1)?.name, { timeout: 10_000 }).toBe('site.changed')
    })
  })
  test('goes only into an empty Stoa', async () => {
    await fresh(async (to) => {
      await bakery(to)
      await expect(restoreCommand(to, there, file)).rejects.toThrow('not empty')
    })
  })
  test('that is cut off or changed restores nothing', async () => {
    const whole = readFileSync(file)
    const cut = join(folder, 'cut.backup')
    for (const bytes of [whole.subarray(0, whole.length - 40), Buffer.concat([whole.subarray(0, 200), Buffer.from([whole[200]! ^ 1]), whole.subarray(201)])]) {
      writeFileSync(cut, bytes)
      await fresh(async (to) => {
        await expect(restoreCommand(to, there, cut)).rejects.toThrow()
        expect(await to.read(EVERY, (db) => db.$count(publications, eq(publications.channel, 'memory')))).toBe(0)
      })
    }
  })
})
