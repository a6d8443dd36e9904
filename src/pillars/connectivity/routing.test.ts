import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asc, eq } from 'drizzle-orm'
import { isEvent, eventOf } from '#core/events/store.ts'
import { events } from '#core/events/tables.ts'
import { answer } from '#core/conversations/answer.ts'
import { arrangeMany, undoMany } from '#core/conversations/bulk.ts'
import { hear } from '#core/conversations/hear.ts'
import { merge, undoMove } from '#core/conversations/moves.ts'
import { conversations } from '#core/conversations/tables.ts'
import { voices } from '#core/members/tables.ts'
import { answerTargets } from '#core/routing/tables.ts'
import type { Database, Tx } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { openBakery, saying, type Says } from '../../../test/world/inbox.ts'
import { connectivity } from './index.ts'
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

  test('is due anew when many are given and made urgent at once, and when two are made one', async () => {
    const bakery = await openBakery(database)
    const all = async () => (await bakery.write((tx) => tx.select().from(events).where(eq(events.workspaceId, bakery.workspaceId)).orderBy(asc(events.seq)))).map(eventOf)
    let told = 0
    const carry = async () => {
      const fresh = (await all()).slice(told)
      told += fresh.length
      for (const event of fresh) await bakery.write(async (tx) => await connectivity.on?.[event.name]?.(event as never, tx, bakery.house))
    }
    await bakery.write((tx) => tx.insert(answerTargets).values([{ channel: '', priority: '', first: 120, next: 120 }, { channel: '', priority: 'urgent', first: 10, next: 10 }]))
    const arrive = async (text: string) => {
      const item = saying(text, { by: 'anna' })
      await bakery.write((tx) => hear({ tx, account: bakery.account, now: bakery.clock }, [item]))
      await carry()
      return (await bakery.write((tx) => tx.select().from(conversations).where(eq(conversations.rootRef, item.ref.id))))[0]!
    }
    const due = async (id: string) => (await bakery.write((tx) => tx.select().from(conversations).where(eq(conversations.id, id))))[0]!.dueAt?.getTime()
    const minutes = (since: Date, n: number) => since.getTime() + n * 60_000
    const first = await arrive('Καλημέρα!')
    const began = bakery.clock
    expect(await due(first.id)).toBe(minutes(began, 120))
    const doing = (tx: Tx) => ({ tx, member: bakery.maria, now: bakery.clock })
    const { id } = await bakery.write((tx) => arrangeMany(doing(tx), { ids: [first.id] }, { priority: 'urgent', assigneeId: bakery.nikos.id }))
    await carry()
    expect(await due(first.id)).toBe(minutes(began, 10))
    await bakery.write((tx) => undoMany(doing(tx), id))
    await carry()
    expect(await due(first.id)).toBe(minutes(began, 120))
    bakery.clock = new Date(minutes(began, 30))
    const second = await arrive('Και κάτι ακόμη')
    const move = await bakery.write((tx) => merge(doing(tx), first.id, second.id))
    await carry()
    expect(await due(second.id)).toBe(minutes(began, 120))
    await bakery.write((tx) => undoMove(doing(tx), move.id))
    await carry()
    expect([await due(first.id), await due(second.id)]).toEqual([minutes(began, 120), minutes(began, 150)])
  })
})
