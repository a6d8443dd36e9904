import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asc, eq } from 'drizzle-orm'
import { isEvent, eventOf } from '#core/events/store.ts'
import { events } from '#core/events/tables.ts'
import { answer } from '#core/conversations/answer.ts'
import { hear } from '#core/conversations/hear.ts'
import { conversations } from '#core/conversations/tables.ts'
import { voices } from '#core/members/tables.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { openBakery, saying, type Says } from '../../../test/world/inbox.ts'
import { routeMessage } from './on-message.ts'

describe('what arrives', () => {
  let database: Database
  beforeAll(async () => { database = await testDatabase(process.env['STOA_TEST_DATABASE']!) })
  afterAll(() => database.close())

  test('is given to its member once, told to all, and never taken from whoever has it', async () => {
    const bakery = await openBakery(database)
    await bakery.write((tx) => tx.update(voices).set({ topics: ['παραγγελίες'] }).where(eq(voices.memberId, bakery.maria.id)))
    const all = async () => (await bakery.write((tx) => tx.select().from(events).orderBy(asc(events.seq)))).map(eventOf)
    const arrive = async (item: Says) => {
      await bakery.write((tx) => hear({ tx, account: bakery.account, now: bakery.clock }, [item]))
      const event = (await all()).findLast((one) => one.name === 'message.received')
      if (event && isEvent(event, 'message.received')) for (let time = 0; time < 2; time++) await bakery.write((tx) => routeMessage(event, tx, bakery.house))
      return (await bakery.write((tx) => tx.select().from(conversations).where(eq(conversations.rootRef, item.ref.id))))[0]
    }
    expect((await arrive(saying('Καλημέρα!')))?.assigneeId).toBeNull()
    const talk = await arrive(saying('Πώς κάνω παραγγελία;', { by: 'anna' }))
    expect(talk?.assigneeId).toBe(bakery.maria.id)
    await bakery.write((tx) => tx.update(conversations).set({ assigneeId: bakery.nikos.id }).where(eq(conversations.id, talk!.id)))
    await answer(bakery.house, { member: bakery.nikos, conversationId: talk!.id }, { text: 'Στο τηλέφωνο, Άννα.', seen: talk!.lastMessageId, reasons: {} })
    expect((await arrive(saying('Ευχαριστώ, κάτι άλλο: ανοίγετε Κυριακή;', { by: 'anna' })))?.assigneeId).toBe(bakery.nikos.id)
    expect((await all()).filter((one) => one.name === 'conversation.assigned').map((one) => one.data)).toEqual([{ to: bakery.maria.id }, { to: bakery.nikos.id }])
  })
})
