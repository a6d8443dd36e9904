import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { and, eq } from 'drizzle-orm'
import type { Incoming } from '#kit/channel.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { asking } from '../../../test/world/asking.ts'
import { openBakery, saying, type Bakery } from '../../../test/world/inbox.ts'
import { moderate } from '../conversations/act.ts'
import { hear } from '../conversations/hear.ts'
import { conversations, messages, reactions } from '../conversations/tables.ts'
import { events } from '../events/tables.ts'
import { consents, giveConsent } from './consents.ts'
import { joined, mergeContacts, undoMerge, unjoined } from './merge.ts'
import { everBeen } from './merged.ts'
import { contactRoutes } from './routes.ts'
import { changeContact } from './store.ts'
import { contacts, identities, type Kept } from './tables.ts'
import { exchangeOf } from './timeline.ts'

let database: Database
let bakery: Bakery
beforeAll(async () => { database = await testDatabase(process.env['STOA_TEST_DATABASE']!) })
afterAll(() => database.close())
beforeEach(async () => { bakery = await openBakery(database) })

const market = () => ({ ...bakery.account, channel: 'market' })
const tell = (...items: Incoming[]) => bakery.write((tx) => hear({ tx, account: bakery.account, now: bakery.clock }, items))
const tellMarket = (...items: Incoming[]) => bakery.write((tx) => hear({ tx, account: market(), now: bakery.clock }, items))
const idOf = async (handle: string): Promise<string> => (await bakery.write((tx) => tx.select().from(identities).where(and(eq(identities.workspaceId, bakery.workspaceId), eq(identities.handle, handle)))))[0]!.contactId
const merge = (intoId: string, fromId: string) => bakery.write((tx) => mergeContacts(tx, { intoId, fromId, memberId: bakery.maria.id, at: bakery.clock }))
const ask = () => asking(contactRoutes(bakery.house), bakery.maria)
const likes = (by: string): Incoming => ({ does: 'likes', ref: { channel: 'square', id: `likes-${by}` }, at: '2026-05-04T08:59:30Z', author: { id: by, name: by, handle: `@${by}` }, about: { channel: 'square', id: bakery.postRef } })

/** Whose every row is, as a picture of the whole. */
const whose = () => bakery.write(async (tx) => {
  const [own, talks, said, liked] = [await tx.select().from(identities), await tx.select().from(conversations), await tx.select().from(messages), await tx.select().from(reactions)]
  const people = await tx.select().from(contacts)
  const map = (rows: readonly { readonly id: string; readonly contactId: string | null; readonly workspaceId: string }[]) => rows.filter((row) => row.workspaceId === bakery.workspaceId).map((row) => `${row.id} ${row.contactId}`).sort()
  return { own: map(own), talks: map(talks), said: map(said), liked: map(liked), people: people.filter((one) => one.workspaceId === bakery.workspaceId).map(({ search: _, ...one }) => one).sort((a, b) => (a.id < b.id ? -1 : 1)) }
})

describe('making one person of two', () => {
  let [giorgos, george] = ['', '']
  beforeEach(async () => {
    await tell(saying('Έχετε ζυμωτό;', { by: 'giorgos' }), likes('giorgos'))
    await tellMarket(saying('Do you bake on Sundays?', { by: 'george' }))
    await tellMarket(likes('george'))
    ;[giorgos, george] = [await idOf('@giorgos'), await idOf('@george')]
  })
  const bothOf = async () => bakery.write((tx) => tx.select().from(identities).where(eq(identities.contactId, giorgos)))

  test('puts what both said, and how both are known, under one', async () => {
    await bakery.write((tx) => giveConsent(tx, { contactId: george, purpose: 'letters', words: 'Write to me about bread', lang: 'en', source: 'the shop', at: bakery.clock }))
    await merge(giorgos, george)
    expect((await bothOf()).map((one) => `${one.channel} ${one.handle}`).sort()).toEqual(['market @george', 'square @giorgos'])
    const card = (await ask()('GET', `/contacts/${giorgos}`)).body
    expect(card).toMatchObject({ id: giorgos, counts: { conversations: 2, messages: 2, likes: 1 }, merges: [{ fromName: 'george' }] })
    expect(await bakery.write((tx) => consents.given(tx, giorgos, 'letters'))).toBe(true)
    expect((await ask()('GET', '/contacts')).body['items']).toHaveLength(1)
    const story = (await ask()('GET', `/contacts/${giorgos}/timeline`)).body['items'] as { text: string; does: string }[]
    expect(story.filter((one) => one.does === 'said').map((one) => one.text).sort()).toEqual(['Do you bake on Sundays?', 'Έχετε ζυμωτό;'])
  })
  test('leaves the facts as they were told, and reads them under every name', async () => {
    const told = await bakery.write((tx) => tx.select().from(events).where(eq(events.contactId, george)))
    await merge(giorgos, george)
    expect(await bakery.write((tx) => tx.select().from(events).where(eq(events.contactId, george)))).toEqual(told)
    expect((await bakery.write((tx) => everBeen(tx, giorgos))).sort()).toEqual([giorgos, george].sort())
    expect(await bakery.write((tx) => exchangeOf(tx, giorgos))).toMatchObject({ words: 2, likes: 2 })
    expect((await ask()('GET', `/contacts/${george}`)).body['id']).toBe(giorgos)
  })
  test('and taking it back puts every row where it was', async () => {
    const before = await whose()
    const { mergeId } = await merge(giorgos, george)
    expect(await whose()).not.toEqual(before)
    expect((await ask()('POST', `/merges/${mergeId}/undo`)).status).toBe(200)
    expect(await whose()).toEqual(before)
    expect((await ask()('POST', `/merges/${mergeId}/undo`)).status).toBe(200)
    expect(await bakery.write((tx) => exchangeOf(tx, giorgos))).toMatchObject({ words: 1, likes: 1 })
  })
  test('what was said since goes with the channel it came by, and what was written on the card stays', async () => {
    const { mergeId } = await merge(giorgos, george)
    bakery.clock = new Date('2026-05-05T09:00:00Z')
    await tellMarket(saying('And on Mondays?', { by: 'george' }))
    await tell(saying('Ευχαριστώ', { by: 'giorgos' }))
    await bakery.write((tx) => changeContact(tx, { note: 'Θέλει ζυμωτό' }, { contactId: giorgos, memberId: bakery.maria.id, at: bakery.clock }))
    await bakery.write((tx) => undoMerge(tx, mergeId, { memberId: bakery.maria.id, at: bakery.clock }))
    const said = await bakery.write((tx) => tx.select().from(messages).where(eq(messages.contactId, george)))
    expect(said.map((one) => one.text).sort()).toEqual(['And on Mondays?', 'Do you bake on Sundays?'])
    expect((await ask()('GET', `/contacts/${giorgos}`)).body).toMatchObject({ note: 'Θέλει ζυμωτό', counts: { conversations: 2 } })
    expect((await ask()('GET', `/contacts/${george}`)).body).toMatchObject({ note: '', counts: { conversations: 2 } })
  })
  test('a merge that others were built on is taken back after them', async () => {
    await tell(saying('Κι εγώ', { by: 'anna' }))
    const first = await merge(giorgos, george)
    const anna = await idOf('@anna')
    const second = await merge(anna, giorgos)
    expect((await bakery.write((tx) => everBeen(tx, anna))).length).toBe(3)
    expect(await ask()('POST', `/merges/${first.mergeId}/undo`)).toMatchObject({ status: 409, body: { code: 'undo_changed' } })
    expect((await ask()('POST', `/merges/${second.mergeId}/undo`)).status).toBe(200)
    expect((await ask()('POST', `/merges/${first.mergeId}/undo`)).status).toBe(200)
  })
  test('does not happen with somebody of another house, with oneself, or twice', async () => {
    const other = await openBakery(database)
    await other.write((tx) => hear({ tx, account: other.account, now: other.clock }, [saying('Γεια', { by: 'xenos' })]))
    const [stranger] = await other.write((tx) => tx.select().from(contacts).where(eq(contacts.workspaceId, other.workspaceId)))
    for (const otherId of [stranger!.id, giorgos]) expect((await ask()('POST', `/contacts/${giorgos}/merge`, { otherId })).status).toBe(404)
    await merge(giorgos, george)
    expect((await ask()('POST', `/contacts/${giorgos}/merge`, { otherId: george })).body['code']).toBe('changed_meanwhile')
  })
  test('a message let in before the merge is not received again after it', async () => {
    await tellMarket(saying('Cheap watches', { by: 'george', hold: 'links' }))
    const [held] = await bakery.write((tx) => tx.select().from(messages).where(and(eq(messages.workspaceId, bakery.workspaceId), eq(messages.moderation, 'held'))))
    const rule = (to: 'shown' | 'hidden') => bakery.write((tx) => moderate({ tx, member: bakery.maria, now: bakery.clock, channels: bakery.house.channels } as never, held!.id, { to, reason: 'ok' }))
    await rule('shown')
    await merge(giorgos, george)
    await rule('hidden')
    await rule('shown')
    const received = await bakery.write((tx) => tx.select().from(events).where(and(eq(events.workspaceId, bakery.workspaceId), eq(events.name, 'message.received'))))
    expect(received.filter((one) => (one.data as { messageId: string }).messageId === held!.id)).toHaveLength(1)
  })
  test('is suggested with its reason, and not again once somebody said no', async () => {
    await bakery.write(async (tx) => {
      await tx.update(contacts).set({ email: 'g@example.gr' }).where(eq(contacts.id, giorgos))
      await tx.update(contacts).set({ email: 'g@example.gr' }).where(eq(contacts.id, george))
    })
    const suggested = async () => (await ask()('GET', `/contacts/${george}/suggestions`)).body['items']
    expect(await suggested()).toMatchObject([{ contact: { id: giorgos, name: 'giorgos' }, reasons: [{ why: 'email', sign: 'g@example.gr' }] }])
    expect((await ask()('POST', `/contacts/${giorgos}/apart`, { otherId: george })).status).toBe(200)
    expect(await suggested()).toEqual([])
  })
})

describe('one card of two', () => {
  const day = fc.integer({ min: 0, max: 20_000 }).map((n) => new Date(n * 86_400_000).toISOString())
  const kept = fc.record({ email: fc.option(fc.constantFrom('a@a.gr', 'b@b.gr')), lang: fc.option(fc.constantFrom('el', 'en')), note: fc.constantFrom('', 'Ζυμωτό', 'Χωρίς ζάχαρη'), tags: fc.uniqueArray(fc.constantFrom('φίλος', 'χονδρική', 'press')), firstSeen: day, lastSeen: day })
  test('loses nothing of either, and gives each back untouched', () => {
    fc.assert(fc.property(kept, kept, (into: Kept, from: Kept) => {
      const after = joined(into, from)
      expect(after.tags).toEqual(expect.arrayContaining([...into.tags, ...from.tags]))
      for (const note of [into.note, from.note]) expect(after.note).toContain(note)
      expect([after.firstSeen <= from.firstSeen, after.lastSeen >= from.lastSeen]).toEqual([true, true])
      expect(unjoined(after, { before: into, after })).toEqual(into)
    }))
  })
})
