import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { openBakery, saying, type Bakery } from '../../../test/world/inbox.ts'
import { answer } from '../conversations/answer.ts'
import { hear } from '../conversations/hear.ts'
import { listConversations } from '../conversations/store.ts'
import { conversations } from '../conversations/tables.ts'
import { awayPeriods, daysOff, memberHours } from '../duty/tables.ts'
import { dutyNow } from '../duty/store.ts'
import { events } from '../events/tables.ts'
import { route, routeLeft, whyAssigned } from './assign.ts'
import { dueAnew, tellMissed } from './due.ts'
import { answerTargets, assignments, routings } from './tables.ts'

let database: Database
let bakery: Bakery
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
beforeEach(async () => { bakery = await openBakery(database) })

const say = async (text: string, by: string) => {
  const [heard] = await bakery.write((tx) => hear({ tx, account: bakery.account, now: bakery.clock }, [saying(text, { by })]))
  return await of(heard!.messageId!)
}
const of = async (messageId: string) => (await bakery.write((tx) => tx.select().from(conversations).where(eq(conversations.lastMessageId, messageId))))[0]!
const again = async (id: string) => (await bakery.write((tx) => tx.select().from(conversations).where(eq(conversations.id, id))))[0]!
const turns = () => bakery.write((tx) => tx.insert(routings).values({ ways: ['turn'], onDutyOnly: true }))

describe('who is there', () => {
  test('are all by the team’s hours, but for those away and on days off', async () => {
    const now = () => database.read(bakery.workspaceId, (db) => dutyNow(db, bakery.clock))
    expect((await now()).faces.map(({ name }) => name)).toEqual(['Ελένη', 'Μαρία', 'Νίκος'])
    await bakery.write((tx) => tx.insert(awayPeriods).values({ memberId: bakery.maria.id, from: new Date('2026-05-04T00:00Z'), to: new Date('2026-05-05T00:00Z') }))
    await bakery.write((tx) => tx.insert(memberHours).values({ memberId: bakery.nikos.id, hours: [{ day: 1, from: 540, to: 720 }], zone: 'America/New_York' }))
    expect((await now()).faces.map(({ name }) => name)).toEqual(['Ελένη'])
    await bakery.write((tx) => tx.insert(daysOff).values({ date: '2026-05-04', name: 'Γιορτή', from: 0, to: 1440 }))
    expect(await now()).toMatchObject({ open: false, faces: [], opensAt: '2026-05-05T06:00:00.000Z', waitMinutes: null })
  })
  test('say how long a first answer usually takes once five have been given, in their own hours', async () => {
    bakery.clock = new Date('2026-05-08T13:50:00Z')
    const talks = [await say('Έχετε ζέας;', 'a'), await say('Ανοίγετε Κυριακή;', 'b'), await say('Πόσο κάνει;', 'c'), await say('Έχετε κριθαρένιο;', 'd'), await say('Στέλνετε Αθήνα;', 'e')]
    bakery.clock = new Date('2026-05-11T06:20:00Z')
    for (const [n, talk] of talks.entries()) {
      await answer(bakery.house, { member: bakery.maria, conversationId: talk.id }, { text: `Καλημέρα! Ναι, απάντηση ${n}.`, seen: talk.lastMessageId, reasons: {} })
      expect((await database.read(bakery.workspaceId, (db) => dutyNow(db, bakery.clock))).waitMinutes).toBe(n < 4 ? null : 30)
    }
  })
})

describe('a conversation that is nobody’s', () => {
  test('is given to those on duty in turn, each once, however many arrive at the same moment', async () => {
    await turns()
    const talks = []
    for (let n = 0; n < 9; n++) talks.push(await say(`Καλημέρα ${n}`, `person-${n}`))
    await Promise.all(talks.flatMap(({ id }) => [id, id]).map((id, n) => bakery.write((tx) => route(tx, id, new Date(bakery.clock.getTime() + n)))))
    const given = await bakery.write((tx) => tx.select().from(assignments))
    expect(given).toHaveLength(9)
    expect([bakery.eleni, bakery.maria, bakery.nikos].map(({ id }) => given.filter((one) => one.memberId === id).length)).toEqual([3, 3, 3])
  })
  test('waits while nobody is there, and is taken up by the first who comes, with the reason', async () => {
    await turns()
    bakery.clock = new Date('2026-05-09T09:00:00Z')
    const talk = await say('Ανοίγετε σήμερα;', 'anna')
    expect(await bakery.write((tx) => route(tx, talk.id, bakery.clock))).toBe(false)
    bakery.clock = new Date('2026-05-11T06:05:00Z')
    expect([await bakery.write((tx) => routeLeft(tx, bakery.clock)), await bakery.write((tx) => routeLeft(tx, bakery.clock))]).toEqual([1, 0])
    expect(await bakery.write(async (tx) => await whyAssigned(tx, await again(talk.id)))).toMatchObject({ el: expect.stringContaining('ήταν η σειρά του') })
    await bakery.write((tx) => tx.update(conversations).set({ assigneeId: null }).where(eq(conversations.id, talk.id)))
    expect(await bakery.write(async (tx) => await whyAssigned(tx, await again(talk.id)))).toBeNull()
  })
})

describe('an answer', () => {
  const target = (first: number, next = first) => bakery.write(async (tx) => { await tx.insert(answerTargets).values({ channel: '', priority: '', first, next }); await dueAnew(tx, bakery.clock) })
  test('is due after so much duty time, moves with the hours, and the soonest stands first', async () => {
    bakery.clock = new Date('2026-05-08T13:30:00Z')
    const late = await say('Έχετε ψωμί ζέας;', 'anna')
    await target(60)
    expect((await again(late.id)).dueAt?.toISOString()).toBe('2026-05-11T06:30:00.000Z')
    await bakery.write(async (tx) => { await tx.insert(daysOff).values({ date: '2026-05-11', name: 'Αργία' }); await dueAnew(tx, bakery.clock) })
    expect((await again(late.id)).dueAt?.toISOString()).toBe('2026-05-12T06:30:00.000Z')
    const sooner = await say('Και κουλούρια;', 'kostas')
    await bakery.write((tx) => tx.update(conversations).set({ dueAt: new Date('2026-05-08T13:59:00Z'), dueFor: sooner.waitingSince }).where(eq(conversations.id, sooner.id)))
    const list = await database.read(bakery.workspaceId, (db) => listConversations(db, { view: 'due' }, { memberId: bakery.maria.id, now: bakery.clock, limit: 1 }))
    expect(list.items.map(({ id }) => id)).toEqual([sooner.id])
    const rest = await database.read(bakery.workspaceId, (db) => listConversations(db, { view: 'due' }, { memberId: bakery.maria.id, now: bakery.clock, limit: 1, cursor: list.next! }))
    expect([rest.items.map(({ id }) => id), rest.next]).toEqual([[late.id], null])
  })
  test('that is missed is told of once, and again only for another wait', async () => {
    const talk = await say('Έχετε ψωμί ζέας;', 'anna')
    await target(60, 30)
    const miss = async () => await bakery.write((tx) => tellMissed(tx, bakery.clock))
    expect(await miss()).toBe(0)
    bakery.clock = new Date(bakery.clock.getTime() + 60 * 60_000)
    expect([await miss(), await miss()]).toEqual([1, 0])
    await answer(bakery.house, { member: bakery.maria, conversationId: talk.id }, { text: 'Ναι, Άννα, από τις οκτώ.', seen: talk.lastMessageId, reasons: {} })
    bakery.clock = new Date(bakery.clock.getTime() + 60_000)
    await bakery.write(async (tx) => {
      await hear({ tx, account: bakery.account, now: bakery.clock }, [saying('Και αύριο;', { by: 'anna', inReplyTo: { channel: 'square', id: talk.rootRef } })])
      await dueAnew(tx, bakery.clock)
    })
    const due = (await again(talk.id)).dueAt
    expect(due?.getTime()).toBe(bakery.clock.getTime() + 30 * 60_000)
    bakery.clock = due!
    expect(await miss()).toBe(1)
    expect((await bakery.write((tx) => tx.select().from(events).where(eq(events.name, 'answer.missed'))))).toHaveLength(2)
  })
})
