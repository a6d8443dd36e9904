import { afterAll, beforeAll, expect, test } from 'vitest'
import { answer } from '#core/conversations/answer.ts'
import { hear } from '#core/conversations/hear.ts'
import { daysOff } from '#core/duty/tables.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { openBakery, saying, squareChannel } from '../../../test/world/inbox.ts'
import { coverageOf } from './coverage.ts'

let database: Database
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())

test('a point where people write and nobody answers is only a form, until somebody does', async () => {
  const square = { ...squareChannel(), listen: { hears: ['replies' as const] } }
  const bakery = await openBakery(database, { channels: [square] })
  const look = async () => (await coverageOf(bakery.house, bakery.workspaceId)).points
  expect(await look()).toMatchObject([{ heard: 0, answered: 0, isForm: false, staffed: true }])
  const [heard] = await bakery.write((tx) => hear({ tx, account: bakery.account, now: bakery.clock }, [saying('Ανοίγετε Κυριακή;')]))
  expect(await look()).toMatchObject([{ heard: 1, answered: 0, isForm: true }])
  const { rows } = await bakery.write((tx) => tx.execute<{ id: string }>(`select conversation_id as id from messages where id = '${heard!.messageId!}'`))
  await answer(bakery.house, { member: bakery.maria, conversationId: rows[0]!.id }, { text: 'Την Κυριακή όχι, Γιώργο.', seen: heard!.messageId!, reasons: {} })
  expect(await look()).toMatchObject([{ heard: 1, answered: 1, isForm: false }])
})
test('the week shows the hours that are left of it, days off taken out', async () => {
  const bakery = await openBakery(database)
  await bakery.write((tx) => tx.insert(daysOff).values([{ date: '2026-05-05', name: 'Αργία' }, { date: '2026-05-06', name: 'Μισή', from: 780, to: 1440 }]))
  const { week } = await coverageOf(bakery.house, bakery.workspaceId)
  expect(week.map(({ from, to }) => [from.date, from.minute, to.minute])).toEqual([['2026-05-04', 720, 1020], ['2026-05-06', 540, 780], ['2026-05-07', 540, 1020], ['2026-05-08', 540, 1020], ['2026-05-11', 540, 720]])
})
