import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { EVERY } from '#db/database.ts'
import { openBakery, saying, type Bakery } from '../../../test/world/inbox.ts'
import { answer } from '../conversations/answer.ts'
import { hear } from '../conversations/hear.ts'
import { messages } from '../conversations/tables.ts'
import { bookIn } from './book.ts'
import { publications } from './tables.ts'

let database: Database
let bakery: Bakery
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
beforeEach(async () => {
  await database.write(EVERY, (tx) => tx.update(publications).set({ wakeAt: null }))
  bakery = await openBakery(database)
})

const later = (ms: number): void => { bakery.clock = new Date(bakery.clock.getTime() + ms) }
/** A talk somebody begins on the square; its id. */
async function talk(by: string): Promise<string> {
  await bakery.write((tx) => hear({ tx, account: bakery.account, now: bakery.clock }, [saying(`Έχετε ψωμί, ρωτά ο ${by};`, { by, inReplyTo: { channel: 'square', id: bakery.postRef } })]))
  const [heard] = await bakery.write((tx) => tx.select().from(messages).where(eq(messages.authorName, by)))
  return heard!.conversationId
}
const say = (conversationId: string, text: string) => answer(bakery.house, { member: bakery.maria, conversationId }, { text, seen: null, reasons: {} })
const take = async () => {
  const { intents } = await bookIn(database).take({ owner: 'one', now: bakery.clock, until: new Date(bakery.clock.getTime() + 120_000), limit: 100 }, () => ({ pace: undefined }))
  return intents
}
const words = (intents: Awaited<ReturnType<typeof take>>) => intents.map(({ row }) => (row.wire as { text: string }).text).toSorted()
const out = (intents: Awaited<ReturnType<typeof take>>) => bookIn(database).confirm(intents.map(({ row }) => ({ row, receipt: { id: row.key } })), bakery.clock)

describe('the answers of one talk', () => {
  test('leave one after the other, while other talks go on', async () => {
    const [giorgos, anna] = [await talk('Γιώργος'), await talk('Άννα')]
    for (const text of ['Ναι, έχουμε.', 'Και με ζέας.']) { await say(giorgos, text); later(1) }
    await say(anna, 'Καλημέρα, Άννα.')
    const first = await take()
    expect(words(first)).toEqual(['Καλημέρα, Άννα.', 'Ναι, έχουμε.'])
    later(2_000)
    expect(words(await take())).toEqual([])
    await out(first)
    expect(words(await take())).toEqual(['Και με ζέας.'])
  })
  test('do not wait for one that failed or waits for a person', async () => {
    const giorgos = await talk('Γιώργος')
    for (const text of ['Ναι, έχουμε.', 'Και με ζέας.']) { await say(giorgos, text); later(1) }
    const [first] = await take()
    await bookIn(database).rest(first!.row, { rest: { do: 'rest', to: 'needs-person', because: 'outcome-unknown', until: null }, outcome: 'unknown', doubt: true }, bakery.clock)
    later(2_000)
    expect(words(await take())).toEqual(['Και με ζέας.'])
  })
  test('wait no longer than five minutes', async () => {
    const giorgos = await talk('Γιώργος')
    for (const text of ['Ναι, έχουμε.', 'Και με ζέας.']) { await say(giorgos, text); later(1) }
    const first = await take()
    await bookIn(database).rest(first[0]!.row, { rest: { do: 'rest', to: 'retry-wait', because: null, until: new Date(bakery.clock.getTime() + 900_000) }, outcome: 'unreached' }, bakery.clock)
    later(60_000)
    expect(words(await take())).toEqual([])
    later(300_000)
    expect(words(await take())).toEqual(['Και με ζέας.'])
  })
})
