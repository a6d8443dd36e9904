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
import { chooseMember, type Answerer } from './routing.ts'

const eleni: Answerer = { memberId: 'eleni', langs: ['el', 'en'], topics: ['προζύμι'] }
const maria: Answerer = { memberId: 'maria', langs: ['el'], topics: ['παραγγελίες', 'τιμές'] }
const nikos: Answerer = { memberId: 'nikos', langs: ['el'], topics: [] }
const heard = (text: string, lang: string | null = 'el', before: string | null = null) => ({ text, lang, before })

describe('whose message it is', () => {
  test('who answered the person before answers again, whatever it is about', () => { expect(chooseMember([eleni, maria, nikos], heard('Και οι τιμές;', 'el', 'nikos'))).toEqual({ memberId: 'nikos', because: 'known' }) })
  test('who has left is nobody’s choice', () => { expect(chooseMember([eleni, maria], heard('Γεια σας', 'el', 'gone'))).toBeUndefined() })
  test('whose subject it is, in any form of the word', () => { expect(chooseMember([eleni, maria, nikos], heard('Πώς κάνω μια παραγγελία;'))).toEqual({ memberId: 'maria', because: 'topic' }) })
  test('who alone speaks the language', () => { expect(chooseMember([eleni, maria, nikos], heard('Do you open on Sundays?', 'en'))).toEqual({ memberId: 'eleni', because: 'language' }) })
  test('what is anybody’s stays with all', () => { expect(chooseMember([eleni, maria, nikos], heard('Καλημέρα!'))).toBeUndefined() })
  test('one person alone needs nothing handed over', () => { expect(chooseMember([nikos], heard('Καλημέρα!'))).toBeUndefined() })
  test('nobody is chosen from nobody', () => { expect(chooseMember([], heard('Καλημέρα!'))).toBeUndefined() })
})

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
