import { afterAll, beforeAll, expect, test } from 'vitest'
import { contacts } from '#core/contacts/tables.ts'
import { conversations } from '#core/conversations/tables.ts'
import { emit } from '#core/events/store.ts'
import { members, voices } from '#core/members/tables.ts'
import { approvalSteps, posts, type Format } from '#core/posts/tables.ts'
import { mine, type Database, type Tx } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { newId } from '#kit/id.ts'
import { today as connectivity } from '#pillars/connectivity/today.ts'
import { today as generosity } from '#pillars/generosity/today.ts'
import { today as honesty } from '#pillars/honesty/today.ts'
import { today as imagination } from '#pillars/imagination/today.ts'
import { today as personality } from '#pillars/personality/today.ts'
import { bakery, houseOf, NOON, type Bakery } from './bakery.ts'

let database: Database
let world: Bakery
beforeAll(async () => { database = await testDatabase(process.env['STOA_TEST_DATABASE']!) })
afterAll(() => database.close())

const HOUR = 3_600_000
const ago = (hours: number) => new Date(NOON.getTime() - hours * HOUR)
const begin = async (work?: (tx: Tx, world: Bakery) => Promise<unknown>) => {
  world = await bakery(database)
  if (work) await database.write(world.workspaceId, (tx) => work(tx, world))
  return [houseOf(database), world.workspaceId] as const
}
const wait = async (tx: Tx, name: string, hours: number, state: 'open' | 'snoozed' = 'open') => {
  const contactId = newId()
  await tx.insert(contacts).values({ id: contactId, name, firstSeen: ago(hours), lastSeen: ago(hours) })
  await tx.insert(conversations).values({ channel: 'porch', accountId: world.accounts.porch, contactId, rootRef: contactId, waitingSince: ago(hours), lastMessageAt: ago(hours), state })
}
const post = (intent: 'give' | 'ask' | 'talk', hours: number, format: Format = 'story') => ({ authorId: world.eleni.id, lang: 'el' as const, intent, format, state: 'published' as const, publishedAt: ago(hours), dueAt: ago(hours) })

test('connectivity names whoever has waited longest; who was put off does not count, and a day is urgent', async () => {
  const [house, id] = await begin(async (tx) => { await wait(tx, 'Κατερίνα', 30); await wait(tx, 'Αντώνης', 3); await wait(tx, 'Φώτης', 90, 'snoozed') })
  expect(await connectivity(house, id)).toMatchObject([{ says: { el: 'Περιμένει απάντηση εδώ και 30 ώρες: Κατερίνα.' }, urgent: true }])
})
test('connectivity lets people breathe for an hour', async () => {
  const [house, id] = await begin((tx) => wait(tx, 'Αντώνης', 0.5))
  expect(await connectivity(house, id)).toEqual([])
})
test('generosity says how much to give before the next ask', async () => {
  const [house, id] = await begin((tx) => tx.insert(posts).values([post('give', 10), post('ask', 20), post('ask', 30), post('give', 24 * 40)]))
  expect(await generosity(house, id)).toMatchObject([{ says: { en: 'Given 1, asked 2 in 30 days. To keep to 3 : 1, give 5 times before the next ask.' } }])
})
test('generosity asks nothing of those who asked nothing', async () => {
  const [house, id] = await begin((tx) => tx.insert(posts).values([post('talk', 10)]))
  expect(await generosity(house, id)).toEqual([])
})
test('honesty counts what was overruled this week, and only its own', async () => {
  const overrule = (tx: Tx, pillar: string, hours: number) => emit(tx, 'check.overruled', { at: ago(hours), data: { rule: 'evasion', pillar, reason: 'Δεν υπογράψαμε ακόμη.', weight: 'stop' } })
  const [house, id] = await begin(async (tx) => { await overrule(tx, 'honesty', 20); await overrule(tx, 'personality', 20); await overrule(tx, 'honesty', 24 * 9) })
  expect(await honesty(house, id)).toMatchObject([{ says: { en: 'Honesty was overruled once this week. Was it worth it?' } }])
})
test('personality misses the voice of whoever may answer', async () => {
  const [house, id] = await begin(async (tx) => {
    await tx.insert(members).values([{ name: 'Σταυρούλα', role: 'responder' }, { name: 'Λογιστής', role: 'viewer' }, { name: 'Πρώην', role: 'editor', leftAt: ago(1) }])
    await tx.update(voices).set({ name: '' }).where(mine(tx, voices))
  })
  expect((await personality(house, id)).map(({ says }) => says.en.split(' has')[0]).toSorted()).toEqual(['Ελένη Παπαδάτου', 'Μαρία Κωστοπούλου', 'Νίκος Αγγελής', 'Σταυρούλα'].toSorted())
})
test('imagination misses a plan for the week and a play this quarter, until there are both', async () => {
  expect(await imagination(...await begin())).toHaveLength(2)
  const ahead = { ...post('talk', -48), state: 'scheduled' as const, publishedAt: null }
  expect(await imagination(...await begin((tx) => tx.insert(posts).values([post('talk', 24 * 60, 'contest')])))).toHaveLength(1)
  expect(await imagination(...await begin((tx) => tx.insert(posts).values([{ ...ahead, authorId: world.eleni.id, format: 'game' as const }])))).toEqual([])
})
test('imagination says how many posts wait for a yes', async () => {
  const asked = async (tx: Tx, count: number) => {
    for (let n = 0; n < count; n++) {
      const [draft] = await tx.insert(posts).values([{ ...post('talk', 0), authorId: world.nikos.id, state: 'draft' as const, publishedAt: null }]).returning()
      await tx.insert(approvalSteps).values({ postId: draft!.id, number: 1, deed: 'ask', memberId: world.nikos.id, note: '', at: NOON })
    }
  }
  const says = async (count: number) => (await imagination(...await begin((tx) => asked(tx, count)))).map((nudge) => nudge.says.en)
  expect(await says(0)).not.toContain('One post waits for a yes.')
  expect(await says(1)).toContain('One post waits for a yes.')
  expect(await says(3)).toContain('3 posts wait for a yes.')
})
