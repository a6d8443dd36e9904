import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asc, eq } from 'drizzle-orm'
import type { Incoming } from '#kit/channel.ts'
import type { Member } from '#kit/http.ts'
import { definePillar } from '#kit/pillar.ts'
import { Refusal } from '#kit/refusal.ts'
import type { Database, Tx } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { openBakery, saying, squareChannel, type Bakery } from '../../../test/world/inbox.ts'
import { events } from '../events/tables.ts'
import type { House } from '../house.ts'
import { voices } from '../members/tables.ts'
import { confirm } from '../publications/endings.ts'
import { beginAttempt } from '../publications/intents.ts'
import { publications } from '../publications/tables.ts'
import { arrange, moderate, note } from './act.ts'
import { answer } from './answer.ts'
import { claim, release } from './claims.ts'
import { detailOf } from './detail.ts'
import { hear } from './hear.ts'
import { threadOf } from './thread.ts'
import { answerDrafts, conversations, messages } from './tables.ts'

let database: Database
let bakery: Bakery
beforeAll(async () => { database = await testDatabase(process.env['STOA_TEST_DATABASE']!) })
afterAll(() => database.close())
beforeEach(async () => { bakery = await openBakery(database) })

const tell = (...items: Incoming[]) => bakery.write((tx) => hear({ tx, account: bakery.account, now: bakery.clock }, items))
const onPost = () => ({ inReplyTo: { channel: 'square', id: bakery.postRef } })
const later = (minutes: number): void => { bakery.clock = new Date(bakery.clock.getTime() + minutes * 60_000) }
const talk = async () => (await bakery.write((tx) => tx.select().from(conversations)))[0]!
const happened = async (name: string) => (await bakery.write((tx) => tx.select().from(events).orderBy(asc(events.seq)))).filter((one) => one.name === name)
const refusal = async (work: Promise<unknown>): Promise<Refusal> => await work.then(() => { throw new Error('nothing was refused') }, (error: unknown) => { if (error instanceof Refusal) return error; throw error })
async function say(member: Member, text: string, seen?: string | null) {
  const one = await talk()
  return await answer(bakery.house, { member, conversationId: one.id }, { text, seen: seen === undefined ? one.lastMessageId : seen, reasons: {} })
}
const take = async (member: Member) => await bakery.write(async (tx) => claim({ tx, member, now: bakery.clock }, (await tx.select().from(conversations))[0]!.id))
const detail = (member: Member) => bakery.write(async (tx) => detailOf(tx, (await tx.select().from(conversations))[0]!.id, { house: bakery.house, memberId: member.id, now: bakery.clock }))

describe('an answer', () => {
  test('goes out under its writer’s name to whoever asked, and ends their wait', async () => {
    const asked = saying('Με τι αλεύρι είναι;', { ...onPost(), by: 'anna' })
    await tell(asked)
    later(12)
    const sent = await say(bakery.maria, 'Με ζέας, Άννα, από τη Θεσσαλία.')
    const [publication] = await bakery.write((tx) => tx.select().from(publications).where(eq(publications.messageId, sent.id)))
    expect(publication).toMatchObject({ kind: 'reply', state: 'scheduled', wire: { text: 'Με ζέας, Άννα, από τη Θεσσαλία.', by: 'Μαρία', to: asked.ref.id }, inReplyTo: { id: asked.ref.id, author: { id: 'anna', handle: '@anna' } } })
    expect(publication?.wakeAt).toEqual(bakery.clock)
    expect(await talk()).toMatchObject({ waitingSince: null, lastFrom: 'team', turns: 1, messageCount: 2, assigneeId: bakery.maria.id, lastMessageId: sent.id })
    expect((await happened('answer.sent')).map((one) => [one.memberId, one.postId, one.campaignId, one.data])).toEqual([[bakery.maria.id, bakery.postId, bakery.campaignId,
      { messageId: sent.id, channel: 'square', waitingSince: '2026-05-04T09:00:00.000Z', minutesWaited: 12, dutyMinutes: 12, named: true, similarity: 0, turns: 1, findings: [], first: true }]])
  })
  test('pressed twice goes out once, and the same words later are words again', async () => {
    await tell(saying('Με τι αλεύρι είναι;', onPost()))
    const { lastMessageId } = await talk()
    const sent = await say(bakery.maria, 'Με ζέας, Άννα.', lastMessageId)
    const again = await refusal(say(bakery.maria, 'Με ζέας, Άννα.', lastMessageId))
    expect([again.code, again.extra]).toEqual(['already_posted', { messageId: sent.id }])
    expect(await bakery.write((tx) => tx.select().from(answerDrafts))).toEqual([])
    expect(await bakery.write((tx) => tx.select().from(publications).where(eq(publications.kind, 'reply')))).toHaveLength(1)
    expect((await say(bakery.maria, 'Με ζέας, Άννα.')).id).not.toBe(sent.id)
  })
  test('stands in the thread once the network has it, and not before', async () => {
    await tell(saying('Με τι αλεύρι είναι;', onPost()))
    const sent = await say(bakery.maria, 'Με *ζέας*.')
    expect((await bakery.write((tx) => threadOf(tx, bakery.postId))).map((one) => one.from)).toEqual(['visitor'])
    await bakery.write(async (tx) => { await beginAttempt(tx, sent.publicationId!, bakery.clock); await confirm(tx, sent.publicationId!, { receipt: { id: 'ours-1', url: 'https://square.example/1' }, at: bakery.clock }) })
    expect((await bakery.write((tx) => threadOf(tx, bakery.postId)))[1]).toMatchObject({ from: 'team', author: { id: bakery.maria.id, name: 'Μαρία' }, ref: { id: 'ours-1' }, html: expect.stringContaining('<em>ζέας</em>') as string })
    later(3)
    await tell(saying('Ευχαριστώ!', { inReplyTo: { channel: 'square', id: 'ours-1' } }))
    expect(await talk()).toMatchObject({ messageCount: 3, turns: 2 })
  })
  test('that repeats what its writer said before says how much', async () => {
    await tell(saying('Α;', onPost()))
    await say(bakery.maria, 'Σας ευχαριστούμε για το μήνυμά σας, θα το δούμε άμεσα.')
    await say(bakery.maria, 'Σας ευχαριστούμε για το μήνυμά σας, θα το δούμε άμεσα.')
    expect((await happened('answer.sent')).map((one) => (one.data as { similarity: number; first: boolean }))).toMatchObject([{ similarity: 0, first: true }, { similarity: 1, first: false }])
  })
  test('needs a voice, a text, a channel that carries it and room for it; what was typed is kept', async () => {
    await tell(saying('Με τι αλεύρι είναι;', onPost()))
    expect((await refusal(say(bakery.maria, ' \u200b '))).code).toBe('empty_message')
    expect((await refusal(say(bakery.maria, 'α'.repeat(501)))).code).toBe('too_long_for_network')
    await bakery.write((tx) => tx.update(voices).set({ name: ' ' }).where(eq(voices.memberId, bakery.maria.id)))
    expect((await refusal(say(bakery.maria, 'Με ζέας.'))).code).toBe('voice_missing')
    expect((await detail(bakery.maria)).draft?.text).toBe('Με ζέας.')
    expect((await talk()).messageCount).toBe(1)
  })
  test('to what the network no longer takes is refused with the reason', async () => {
    bakery = await openBakery(database, { channels: [squareChannel({ replyWindow: { hours: 24 } })] })
    await tell(saying('Με τι αλεύρι είναι;', onPost()))
    expect((await detail(bakery.maria)).canAnswer).toMatchObject({ ok: true, kind: 'reply', limit: { max: 500 } })
    later(25 * 60)
    expect((await refusal(say(bakery.maria, 'Με ζέας.'))).code).toBe('cannot_reply_here')
    expect((await detail(bakery.maria)).canAnswer).toMatchObject({ ok: false, because: { el: expect.stringContaining('δεν δέχεται') as string } })
  })
  test('that a check holds goes out only with a reason, which is recorded', async () => {
    const strict = definePillar<House, Tx>({
      id: 'strict', name: { en: '', el: '' }, promise: { en: '', el: '' }, signals: [],
      checks: [{ id: 'no-wait', about: { en: '', el: '' }, langs: ['en', 'el'], look: (writing) => (writing.kind === 'reply' && writing.answering?.name === 'giorgos' && writing.text.includes('περιμένετε') ? [{ pillar: 'strict', rule: 'no-wait', at: [0, 0], says: { en: '', el: '' }, because: { en: '', el: '' }, weight: 'stop' }] : []) }],
    })
    bakery = await openBakery(database, { pillars: [strict] })
    await tell(saying('Πότε ανοίγετε;', onPost()))
    const held = await refusal(say(bakery.maria, 'Παρακαλώ περιμένετε.'))
    expect([held.code, held.extra?.['findings']]).toEqual(['held_by_check', [expect.objectContaining({ rule: 'no-wait' })]])
    const one = await talk()
    await answer(bakery.house, { member: bakery.maria, conversationId: one.id }, { text: 'Παρακαλώ περιμένετε.', seen: one.lastMessageId, reasons: { 'no-wait': 'Το ζήτησε ο ίδιος.' } })
    expect((await happened('check.overruled')).map((event) => event.data)).toEqual([{ rule: 'no-wait', pillar: 'strict', weight: 'stop', reason: 'Το ζήτησε ο ίδιος.' }])
    expect((await happened('answer.sent'))[0]?.data).toMatchObject({ findings: ['no-wait'] })
  })
})

describe('two members at one conversation', () => {
  let asked: ReturnType<typeof saying>
  beforeEach(async () => { asked = saying('Έχετε τσουρέκι;', onPost()); await tell(asked) })

  test('of many who reach for it at the same moment exactly one gets it, and the others hear who', async () => {
    const results = await Promise.allSettled([bakery.eleni, bakery.maria, bakery.nikos, bakery.eleni, bakery.maria, bakery.nikos].map((member) => take(member)))
    const holder = (await talk()).claimedBy
    const names = new Map([[bakery.eleni.id, 'Ελένη'], [bakery.maria.id, 'Μαρία'], [bakery.nikos.id, 'Νίκος']])
    const lost = results.filter((one) => one.status === 'rejected')
    expect(lost).toHaveLength(4)
    for (const one of lost) expect(one.reason).toMatchObject({ code: 'claim_held', params: { name: names.get(holder!) } })
    expect(await happened('conversation.claimed')).toHaveLength(1)
  })
  test('of two who send at the same moment exactly one is let through', async () => {
    const { lastMessageId } = await talk()
    const results = await Promise.allSettled([say(bakery.maria, 'Ναι, από τις οκτώ.', lastMessageId), say(bakery.nikos, 'Ναι, έχουμε!', lastMessageId)])
    expect(results.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(results.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'answered_meanwhile' })
    expect(await bakery.write((tx) => tx.$count(messages, eq(messages.direction, 'out')))).toBe(1)
    expect(await bakery.write((tx) => tx.select().from(answerDrafts))).toHaveLength(1)
  })
  test('a claim keeps another’s answer back as a draft, is renewed by its holder, and ends by itself', async () => {
    await take(bakery.maria)
    expect(await refusal(say(bakery.nikos, 'Ναι!'))).toMatchObject({ code: 'claim_held', params: { name: 'Μαρία' } })
    expect((await detail(bakery.nikos)).draft?.text).toBe('Ναι!')
    later(1.5)
    expect((await take(bakery.maria)).until).toEqual(new Date(bakery.clock.getTime() + 120_000))
    later(1.5)
    expect((await refusal(take(bakery.nikos))).code).toBe('claim_held')
    later(1)
    await take(bakery.nikos)
    expect((await detail(bakery.eleni)).claim).toMatchObject({ memberId: bakery.nikos.id, name: 'Νίκος' })
  })
  test('letting go frees it for others, and nobody lets go for another', async () => {
    await take(bakery.maria)
    const { id } = await talk()
    await bakery.write((tx) => release({ tx, member: bakery.nikos, now: bakery.clock }, id))
    expect((await refusal(take(bakery.nikos))).code).toBe('claim_held')
    await bakery.write((tx) => release({ tx, member: bakery.maria, now: bakery.clock }, id))
    await take(bakery.nikos)
  })
  test('a note written meanwhile holds the answer up until it was seen; a new word from outside does not', async () => {
    const before = (await talk()).lastMessageId
    later(1)
    const { id } = await talk()
    const noted = await bakery.write((tx) => note({ tx, member: bakery.eleni, now: bakery.clock }, id, 'Τελείωσαν για σήμερα.'))
    expect((await refusal(say(bakery.maria, 'Ναι!', before))).code).toBe('answered_meanwhile')
    later(1)
    await tell(saying('Και κάτι άλλο', { by: 'giorgos', inReplyTo: { channel: 'square', id: asked.ref.id } }))
    await say(bakery.maria, 'Αύριο πάλι.', noted.id)
  })
})

describe('moderation', () => {
  test('showing what was held lets it in as if it had just come: once', async () => {
    await tell(saying('Δείτε https://a.example https://b.example', { ...onPost(), hold: 'links' }))
    const { id, held } = await talk()
    expect(held).toBe(1)
    const [message] = await bakery.write((tx) => tx.select().from(messages))
    later(30)
    const ruling = (to: 'shown' | 'hidden' | 'spam') => bakery.write((tx) => moderate({ tx, member: bakery.maria, now: bakery.clock }, message!.id, { to, reason: 'το είδα' }))
    await ruling('shown')
    expect(await talk()).toMatchObject({ id, held: 0, messageCount: 1, waitingSince: bakery.clock })
    await ruling('hidden')
    expect(await talk()).toMatchObject({ messageCount: 0, waitingSince: null })
    expect(await bakery.write((tx) => threadOf(tx, bakery.postId))).toEqual([])
    await ruling('shown')
    expect(await happened('message.received')).toHaveLength(1)
    expect((await happened('message.moderated')).map((one) => one.data)).toMatchObject([{ to: 'shown', reason: 'το είδα' }, { to: 'hidden' }, { to: 'shown' }])
  })
})

test('a conversation is given only to a member who may answer', async () => {
  await tell(saying('Έχετε τσουρέκι;'))
  const { id } = await talk()
  const give = (assigneeId: string) => bakery.write((tx) => arrange({ tx, member: bakery.eleni, now: bakery.clock }, id, { assigneeId }))
  expect((await refusal(give(bakery.workspaceId))).code).toBe('invalid_input')
  await give(bakery.nikos.id)
  expect((await happened('conversation.assigned')).map((one) => one.data)).toEqual([{ to: bakery.nikos.id }])
})
