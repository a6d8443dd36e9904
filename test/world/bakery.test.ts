import { afterAll, beforeAll, expect, test } from 'vitest'
import { members, voices } from '#core/members/tables.ts'
import { accounts } from '#core/accounts/tables.ts'
import { mine, type Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { bakery } from './bakery.ts'

let database: Database
beforeAll(async () => { database = await testDatabase(process.env['STOA_TEST_DATABASE']!) })
afterAll(() => database.close())

test('the bakery has an owner, a responder and an editor, each with a voice, and an account on each house channel', async () => {
  const { workspaceId, eleni, maria, nikos } = await bakery(database)
  const team = await database.read(workspaceId, (db) => db.select().from(members).where(mine(db, members)))
  expect(team.map(({ id, role }) => [id, role])).toEqual(expect.arrayContaining([[eleni.id, 'owner'], [maria.id, 'responder'], [nikos.id, 'editor']]))
  expect(await database.read(workspaceId, (db) => db.select().from(voices).where(mine(db, voices)))).toHaveLength(3)
  expect(await database.read(workspaceId, (db) => db.select().from(accounts).where(mine(db, accounts)))).toHaveLength(3)
})

test('two bakeries do not see each other, even when a query forgets to say whose rows it wants', async () => {
  const [one, other] = [await bakery(database), await bakery(database)]
  const seen = await database.read(one.workspaceId, (db) => db.select({ id: members.id }).from(members))
  expect(seen).toHaveLength(3)
  expect(seen.map(({ id }) => id)).not.toContain(other.eleni.id)
})
