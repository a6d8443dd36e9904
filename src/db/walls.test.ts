import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kit/id.ts'
import { contacts } from '#core/contacts/tables.ts'
import { bakery, type Bakery } from '../../test/world/bakery.ts'
import { EVERY, mine, type Database } from './database.ts'
import { testDatabase } from './testing.ts'

let database: Database
let ours: Bakery
let theirs: Bakery
beforeAll(async () => {
  database = await testDatabase()
  ours = await bakery(database)
  theirs = await bakery(database)
  for (const { workspaceId } of [ours, theirs]) await database.write(workspaceId, (tx) => tx.insert(contacts).values({ name: 'Γιώργος', firstSeen: new Date(), lastSeen: new Date() }))
})
afterAll(() => database.close())

// Identity (logins, sessions) is one over all workspaces; a workspace is its own.
const without = ['epochs', 'fediverse_cache', 'auth_logins', 'auth_sessions', 'auth_users', 'auth_verifications', 'workspaces']

describe('the wall between workspaces', () => {
  test('stands around every table, but those that are meant to be shared', async () => {
    const { rows } = await database.pool.query<{ name: string; walled: boolean }>(`select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as walled from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`)
    expect(rows.filter((row) => !row.walled).map((row) => row.name).filter((name) => !without.includes(name))).toEqual([])
    expect(rows.length).toBeGreaterThan(20)
  })
  test('hides the rows of others even from a query that forgets to ask for its own', async () => {
    const seen = await database.read(ours.workspaceId, (db) => db.select().from(contacts))
    expect(seen.map((row) => row.workspaceId)).toEqual([ours.workspaceId])
  })
  test('shows nothing to a transaction that names no workspace', async () => {
    expect((await database.pool.query('select * from contacts')).rows).toEqual([])
  })
  test('lets nobody write into another workspace', async () => {
    await expect(database.write(ours.workspaceId, (tx) => tx.insert(contacts).values({ workspaceId: theirs.workspaceId, name: 'Λάθος', firstSeen: new Date(), lastSeen: new Date() }))).rejects.toThrow()
    const moved = await database.write(ours.workspaceId, (tx) => tx.update(contacts).set({ name: 'Λάθος' }).where(sql`workspace_id = ${theirs.workspaceId}`).returning())
    expect(moved).toEqual([])
  })
  test('a read handle cannot write', async () => {
    await expect(database.read(ours.workspaceId, (db) => db.execute(sql`delete from contacts`))).rejects.toThrow()
  })
  test('a query of one workspace asked with the handle of all is a mistake, and so is a workspace that is no id', async () => {
    await expect(database.read(EVERY, (db) => db.select().from(contacts).where(mine(db, contacts)))).rejects.toThrow('handle of all')
    await expect(database.read("x', true); drop table contacts; --", () => Promise.resolve())).rejects.toThrow('named by its id')
    await expect(database.read(newId(), (db) => db.select().from(contacts))).resolves.toEqual([])
  })
  test('a transaction that fails leaves nothing behind', async () => {
    await expect(database.write(ours.workspaceId, async (tx) => { await tx.insert(contacts).values({ name: 'Μισό', firstSeen: new Date(), lastSeen: new Date() }); throw new Error('cut') })).rejects.toThrow('cut')
    expect(await database.read(ours.workspaceId, (db) => db.$count(contacts))).toBe(1)
  })
})
