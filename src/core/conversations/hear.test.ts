import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asc } from 'drizzle-orm'
import type { Incoming } from '#kit/channel.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { contacts, identities } from '../contacts/tables.ts'
import { events } from '../events/tables.ts'
import { openBakery, saying, type Bakery } from '../../../test/world/inbox.ts'
import { hear } from './hear.ts'
import { threadOf } from './thread.ts'
import { conversations, messages, reactions } from './tables.ts'

let database: Database
let bakery: Bakery
beforeAll(async () => { database = await testDatabase(process.env['STOA_TEST_DATABASE']!) })
afterAll(() => database.close())
beforeEach(async () => { bakery = await openBakery(database) })

const tell = (...items: Incoming[]) => bakery.write((tx) => hear({ tx, account: bakery.account, now: bakery.clock }, items))
const talks = () => bakery.write((tx) => tx.select().from(conversations).orderBy(asc(conversations.id)))
const said = () => bakery.write((tx) => tx.select().from(messages).orderBy(asc(messages.heardAt)))
const happened = async (name: string) => (await bakery.write((tx) => tx.select().from(events).orderBy(asc(events.seq)))).filter((one) => one.name === name)
const under = (id: string) => ({ inReplyTo: { channel: 'square', id } })
const onPost = () => under(bakery.postRef)

describe('hearing something', () => {
  test('makes a contact, a conversation and a wait, and tells it once with all it belongs to', async () => {
    const [result] = await tell(saying('Μέχρι τι ώρα έχετε ψωμί;', onPost()))
    expect(result?.state).toBe('new')
    const [talk] = await talks()
    expect(talk).toMatchObject({ postId: bakery.postId, campaignId: bakery.campaignId, state: 'open', messageCount: 1, turns: 0, lastText: 'Μέχρι τι ώρα έχετε ψωμί;', waitingSince: bakery.clock, lang: 'el' })
    const [event] = await happened('message.received')
    expect(event).toMatchObject({ postId: bakery.postId, campaignId: bakery.campaignId, conversationId: talk?.id, contactId: talk?.contactId, data: { opensWait: true, isQuestion: true, asked: true, imported: false, lang: 'el' } })
  })
  test('twice changes nothing', async () => {
    const item = saying('Καλημέρα!', onPost())
    const [first] = await tell(item)
    const [again, more] = await tell(item, item)
    expect([again, more]).toEqual([{ state: 'known', messageId: first?.messageId }, { state: 'known', messageId: first?.messageId }])
    expect(await said()).toHaveLength(1)
    expect(await happened('message.received')).toHaveLength(1)
  })
  test('from four listeners at the same moment keeps one of it', async () => {
    const item = saying('Έχετε τσουρέκι;')
    const results = (await Promise.all([tell(item), tell(item), tell(item), tell(item)])).flat()
    expect(results.map((one) => one.state).sort()).toEqual(['known', 'known', 'known', 'new'])
    expect(await talks()).toHaveLength(1)
    expect(await bakery.write((tx) => tx.select().from(contacts))).toHaveLength(1)
  })
  test('in answer to somebody joins their conversation, in the order it was taken in', async () => {
    const first = saying('Είναι με προζύμι;', onPost())
    await tell(first)
    await tell(saying('Κι εγώ το θέλω να μάθω', { ...under(first.ref.id), by: 'anna' }), saying('Πολύ ωραίο', { ...under(first.ref.id), by: 'anna' }))
    const [talk, ...others] = await talks()
    expect(others).toEqual([])
    expect(talk).toMatchObject({ messageCount: 3, lastText: 'Πολύ ωραίο', turns: 0 })
    expect((await said()).map((one) => one.text)).toEqual(['Είναι με προζύμι;', 'Κι εγώ το θέλω να μάθω', 'Πολύ ωραίο'])
  })
  test('two comments under one post are two conversations', async () => {
    await tell(saying('Πρώτο', onPost()), saying('Δεύτερο', { ...onPost(), by: 'anna' }))
    expect(await talks()).toHaveLength(2)
  })
  test('after a conversation was done opens it again', async () => {
    const first = saying('Ευχαριστώ!')
    await tell(first)
    await bakery.write((tx) => tx.update(conversations).set({ state: 'done', waitingSince: null }))
    bakery.clock = new Date('2026-05-05T09:00:00Z')
    await tell(saying('Κι ακόμη κάτι: ανοίγετε Κυριακή;', under(first.ref.id)))
    expect((await talks())[0]).toMatchObject({ state: 'open', waitingSince: bakery.clock })
  })
  test('two strangers called Maria stay two people; the same address is one', async () => {
    const stranger = { id: '', name: 'Μαρία' }
    await tell(saying('Γεια', { author: stranger }), saying('Γεια σας', { author: stranger }), saying('Α', { author: stranger, email: 'Maria@Example.gr' }), saying('Β', { author: stranger, email: 'maria@example.gr' }))
    const known = await bakery.write((tx) => tx.select().from(identities))
    expect(known).toHaveLength(3)
    expect(known.filter((one) => one.remoteId.startsWith('mailto:'))).toHaveLength(1)
  })
  test('a message that needs a look waits unseen, opens no wait and is not in the thread', async () => {
    const [result] = await tell(saying('Αγοράστε φτηνά ρολόγια', { ...onPost(), hold: 'links' }))
    expect(result?.state).toBe('held')
    expect((await talks())[0]).toMatchObject({ held: 1, messageCount: 0, waitingSince: null })
    expect(await happened('message.received')).toEqual([])
    expect(await bakery.write((tx) => threadOf(tx, bakery.postId))).toEqual([])
  })
  test('what is only overheard is filed away unless it asks', async () => {
    await tell(saying('Ωραίο το ψωμί του φούρνου.', { overheard: true }), saying('Ξέρει κανείς αν ανοίγουν Κυριακή;', { overheard: true }))
    expect((await talks()).map((one) => [one.asked, one.state, one.waitingSince])).toEqual(expect.arrayContaining([[false, 'done', null], [false, 'open', null]]))
  })
  test('our own words coming back are not heard', async () => {
    expect(await tell(saying('Ζυμώνουμε από τις τέσσερις.', { ref: { channel: 'square', id: bakery.postRef } }))).toEqual([{ state: 'ignored' }])
  })
  test('a time that lies ahead, or none, is now, and what cannot be stored is left out', async () => {
    await tell(saying('a\0b\ud800', { at: '2031-01-01T00:00:00Z', html: '<p>a<script>alert(1)</script></p>' }), saying('x', { at: 'yesterday' }))
    const all = await said()
    expect(all.map((one) => one.saidAt)).toEqual([bakery.clock, bakery.clock])
    expect(all.map((one) => one.text)).toContain('ab\ufffd')
    expect(all.map((one) => one.html)).toContain('<p>a</p>')
  })
})

describe('hearing that something changed', () => {
  const change = (does: 'edits' | 'withdraws', id: string, by = 'giorgos', text = 'Νέο κείμενο'): Incoming => {
    const heard = { ref: { channel: 'square', id }, at: '2026-05-04T08:59:30Z', author: { id: by, name: by } }
    return does === 'edits' ? { does, ...heard, text } : { does, ...heard }
  }
  test('an author may put their words right; anybody else may not', async () => {
    const item = saying('Παλιό κείμενο')
    await tell(item)
    expect(await tell(change('edits', item.ref.id, 'anna'))).toEqual([{ state: 'ignored' }])
    expect((await tell(change('edits', item.ref.id)))[0]?.state).toBe('new')
    expect((await tell(change('edits', item.ref.id)))[0]?.state).toBe('known')
    expect((await said())[0]?.text).toBe('Νέο κείμενο')
    expect((await talks())[0]?.lastText).toBe('Νέο κείμενο')
  })
  test('what is taken back loses its words and nobody waits for it; a stranger cannot take it back', async () => {
    const item = saying('Ξεχάστε το', onPost())
    await tell(item)
    expect(await tell(change('withdraws', item.ref.id, 'anna'))).toEqual([{ state: 'ignored' }])
    expect((await tell(change('withdraws', item.ref.id)))[0]?.state).toBe('new')
    expect((await tell(change('withdraws', item.ref.id)))[0]?.state).toBe('known')
    expect((await said())[0]).toMatchObject({ text: '', withdrawnAt: bakery.clock })
    expect((await talks())[0]).toMatchObject({ messageCount: 0, waitingSince: null })
    expect(await happened('message.withdrawn')).toHaveLength(1)
  })
  test('what was taken back keeps its empty place in the thread while an answer to it stands', async () => {
    const item = saying('Με τι αλεύρι;', onPost())
    const lone = saying('Κάτι άλλο', onPost())
    await tell(item, lone, saying('Με ζέας, νομίζω', { ...under(item.ref.id), by: 'anna' }))
    await tell(change('withdraws', item.ref.id), change('withdraws', lone.ref.id))
    const thread = await bakery.write((tx) => threadOf(tx, bakery.postId))
    expect(thread.map((one) => [one.text, one.withdrawn, one.author.name])).toEqual([['', true, ''], ['Με ζέας, νομίζω', false, 'anna']])
    expect(thread[1]?.parentId).toBe(thread[0]?.id)
  })
  test('a change to what we never heard is ignored', async () => {
    expect(await tell(change('edits', 'unknown'), change('withdraws', 'unknown'))).toEqual([{ state: 'ignored' }, { state: 'ignored' }])
  })
})

describe('hearing that somebody likes, shares or follows', () => {
  const react = (does: 'likes' | 'unlikes' | 'shares', id: string, by = 'giorgos'): Incoming =>
    ({ does, ref: { channel: 'square', id: `${does}-${by}` }, at: '2026-05-04T08:59:30Z', author: { id: by, name: by }, about: { channel: 'square', id } })
  test('counts once, belongs to the post, and can be taken back once', async () => {
    const states = (await tell(react('likes', bakery.postRef), react('likes', bakery.postRef), react('shares', bakery.postRef), react('unlikes', bakery.postRef), react('unlikes', bakery.postRef))).map((one) => one.state)
    expect(states).toEqual(['new', 'known', 'new', 'new', 'ignored'])
    expect((await happened('reaction.given')).map((one) => [one.data, one.postId, one.campaignId, one.contactId !== null])).toEqual([
      [{ kind: 'like', channel: 'square', taken: false }, bakery.postId, bakery.campaignId, true],
      [{ kind: 'share', channel: 'square', taken: false }, bakery.postId, bakery.campaignId, true],
      [{ kind: 'like', channel: 'square', taken: true }, bakery.postId, bakery.campaignId, true],
    ])
    expect(await bakery.write((tx) => tx.select().from(reactions))).toHaveLength(1)
  })
  test('a like of what is not ours is ignored and makes nobody known', async () => {
    expect(await tell(react('likes', 'elsewhere'))).toEqual([{ state: 'ignored' }])
    expect(await bakery.write((tx) => tx.select().from(contacts))).toEqual([])
  })
  test('following and leaving are each told once', async () => {
    const follow = (does: 'follows' | 'unfollows'): Incoming => ({ does, ref: { channel: 'square', id: does }, at: '2026-05-04T08:59:30Z', author: { id: 'anna', name: 'Άννα', handle: '@anna' } })
    await tell(follow('unfollows'), follow('follows'), follow('follows'), follow('unfollows'), follow('unfollows'))
    expect((await happened('follower.changed')).map((one) => one.data)).toEqual([{ channel: 'square', change: 1, handle: '@anna' }, { channel: 'square', change: -1, handle: '@anna' }])
  })
})
