import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { and, eq } from 'drizzle-orm'
import type { Incoming } from '#kit/channel.ts'
import { newId } from '#kit/id.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { openBakery, saying, type Bakery } from '../../../test/world/inbox.ts'
import { note } from '../conversations/act.ts'
import { hear } from '../conversations/hear.ts'
import { answerDrafts, conversations, messages } from '../conversations/tables.ts'
import { events } from '../events/tables.ts'
import { filePath } from '../files/store.ts'
import { files } from '../files/tables.ts'
import { imports } from '../imports/tables.ts'
import { posts, postVersions } from '../posts/tables.ts'
import { publications } from '../publications/tables.ts'
import { giveConsent } from './consents.ts'
import { beginErasure, erasureOf, runErasure, unfinishedErasures } from './erase.ts'
import { mergeContacts } from './merge.ts'
import { isOurReceipt } from './receipt.ts'
import { contacts, erasures, identities } from './tables.ts'

let database: Database
let bakery: Bakery
let dataDir: string
beforeAll(async () => { database = await testDatabase(process.env['STOA_TEST_DATABASE']!) })
afterAll(() => database.close())
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'stoa-erase-'))
  bakery = await openBakery(database, { dataDir })
  return () => rmSync(dataDir, { recursive: true, force: true })
})

const house = () => ({ ...bakery.house, hosts: { secret: (purpose: string) => `secret ${purpose}` } as never })
const secret = 'secret erasures'
const zoe = { id: 'https://zouzouni.example/users/zoezouz', name: 'Ζωή Ζουζουνοπούλου', handle: '@zoezouz@zouzouni.example', url: 'https://zouzouni.example/@zoezouz', picture: 'https://zouzouni.example/face/zz.png' }
/** Each is hers, and nowhere else in this world. */
const markers = ['Ζουζουν', 'ζουζουν', 'zoezouz', 'zouz@mail.example', 'zouzouni', 'μαστιχόψωμο', 'αλλεργία στο σουσάμι', 'ZOUZFILE']
const tell = (...items: Incoming[]) => bakery.write((tx) => hear({ tx, account: bakery.account, now: bakery.clock }, items))
const under = (id: string) => ({ inReplyTo: { channel: 'square', id } })

/** Every text and document of every table of the whole database, whatever it is called. */
async function everywhere(): Promise<string[]> {
  return await bakery.database.write('*', async (tx) => {
    const { rows } = await tx.client.query<{ schema: string; table: string; column: string }>(`select table_schema as schema, table_name as table, column_name as column from information_schema.columns
      where table_schema not in ('pg_catalog', 'information_schema') and (data_type in ('text', 'character varying', 'jsonb', 'json', 'ARRAY') or udt_name = 'tsvector')`)
    const found: string[] = []
    for (const { schema, table, column } of rows) {
      const { rows: hits } = await tx.client.query<{ text: string }>(`select "${column}"::text as text from "${schema}"."${table}" where "${column}"::text ~* $1`, [`${markers.join('|')}|ζουζουν|μαστιχοψωμ`])
      found.push(...hits.map((hit) => `${schema}.${table}.${column}: ${hit.text}`))
    }
    return found
  })
}

interface World { readonly zoeId: string; readonly fileId: string; readonly importPath: string; readonly answered: string; readonly versionId: string }
const answering = (text: string, messageId: string, { state, kind }: { readonly state: 'confirmed' | 'sending' | 'scheduled'; readonly kind: 'reply' | 'message' }) => ({
  id: newId(), messageId, accountId: bakery.account.id, channel: 'square', kind, state, key: newId(), writtenAt: bakery.clock, wire: { text, to: zoe.url }, wireHash: 'h', lang: 'el', dueAt: bakery.clock, deadline: bakery.clock,
  inReplyTo: { id: `${zoe.url}/1`, channel: 'square' }, remoteId: `a-${messageId}`, remoteUrl: `https://square.example/a/${messageId}`,
})
async function answer(conversationId: string, text: string, how: { readonly state?: 'sending'; readonly kind?: 'message' } = {}): Promise<string> {
  return await bakery.write(async (tx) => {
    const id = newId()
    const publication = answering(text, id, { state: 'confirmed', kind: 'reply', ...how })
    await tx.insert(publications).values(publication)
    await tx.insert(messages).values({ id, conversationId, direction: 'out', memberId: bakery.maria.id, authorName: 'Μαρία', text, html: `<p>${text}</p>`, saidAt: bakery.clock, heardAt: new Date(bakery.clock.getTime() + 1_000), channel: 'square', accountId: bakery.account.id, visibility: 'public', publicationId: publication.id })
    return id
  })
}

/** Zoe has been everywhere: in public, in private, under others' words, in a file, on a draft and in the notes of the team. */
async function zoeWasHere(): Promise<World> {
  const fileId = newId()
  const asked = saying('Μου βρήκατε το μαστιχόψωμο που ζήτησα χτες;', { author: zoe, email: 'zouz@mail.example', ...under(bakery.postRef), ref: { channel: 'square', id: `${zoe.url}/1`, url: `${zoe.url}/1` } })
  const told = saying('Έχω αλλεργία στο σουσάμι, μη με ξεχάσετε', { author: zoe, visibility: 'private', ref: { channel: 'square', id: `${zoe.url}/2` }, files: [{ id: fileId, name: 'ZOUZFILE.pdf', type: 'application/pdf', bytes: 3, url: '/files/x' }] } as never)
  const annas = saying('Κι εγώ θέλω. Ευχαριστώ @zoezouz@zouzouni.example για την ιδέα!', { by: 'anna', ...under(bakery.postRef) })
  const inAnnas = saying('Μαστιχόψωμο για όλους', { author: zoe, ...under(annas.ref.id) })
  await tell(asked, told, annas, inAnnas, { does: 'likes', ref: { channel: 'square', id: 'like-zoe' }, at: '2026-05-04T08:59:30Z', author: zoe, about: { channel: 'square', id: bakery.postRef } },
    { does: 'follows', ref: { channel: 'square', id: 'follow-zoe' }, at: '2026-05-04T08:59:30Z', author: zoe })
  const [known] = await bakery.write((tx) => tx.select().from(identities).where(and(eq(identities.workspaceId, bakery.workspaceId), eq(identities.handle, zoe.handle))))
  const zoeId = known!.contactId
  const talks = await bakery.write((tx) => tx.select().from(conversations).where(eq(conversations.contactId, zoeId)))
  const [open, closed] = [talks.find((one) => one.visibility === 'public')!, talks.find((one) => one.visibility === 'private')!]
  const importPath = join(dataDir, 'imports', 'old.csv')
  const importId = newId()
  for (const [path, text] of [[importPath, 'Ζουζουν'], [filePath(dataDir, { workspaceId: bakery.workspaceId, id: fileId }), 'ZOUZFILE']] as const) { mkdirSync(dirname(path), { recursive: true }); writeFileSync(path, text) }
  const versionId = newId()
  await bakery.write(async (tx) => {
    await tx.update(contacts).set({ note: 'Έχει αλλεργία στο σουσάμι', tags: ['ζουζουνάκι'] }).where(eq(contacts.id, zoeId))
    await note({ tx, member: bakery.maria, now: bakery.clock } as never, open.id, 'Η Ζωή ζητά μαστιχόψωμο κάθε χρόνο')
    await tx.insert(answerDrafts).values({ conversationId: open.id, memberId: bakery.nikos.id, text: 'Αγαπητή Ζωή Ζουζουνοπούλου' })
    await tx.insert(files).values({ id: fileId, name: 'ZOUZFILE.pdf', type: 'application/pdf', bytes: 3, sha256: 's', by: zoe.id, at: bakery.clock })
    await tx.insert(imports).values({ id: importId, fileName: 'old.csv', path: importPath, sha256: 's', format: 'csv', mapping: {}, totalBytes: 1, state: 'done' })
    await tx.update(conversations).set({ importId, subject: 'Το μαστιχόψωμο της Ζωής' }).where(eq(conversations.id, closed.id))
    await tx.update(messages).set({ folded: '> το μαστιχόψωμο', heldSigns: [{ sign: 'words', words: ['μαστιχόψωμο'] }] as never, appeal: 'Ζητώ μαστιχόψωμο', copies: [{ name: 'Ζουζουν', address: 'zouz@mail.example' }] }).where(eq(messages.contactId, zoeId))
    await giveConsent(tx, { contactId: zoeId, purpose: 'letters', words: 'Να μου γράφετε στο zouz@mail.example', lang: 'el', source: zoe.url, at: bakery.clock })
    await tx.insert(posts).values({ authorId: bakery.nikos.id, text: 'Μια ιδέα που μας έδωσε η Ζωή Ζουζουνοπούλου (zouz@mail.example)', lang: 'el', state: 'draft', createdAt: bakery.clock, updatedAt: bakery.clock })
    await tx.insert(postVersions).values({ id: versionId, postId: bakery.postId, number: 9, at: bakery.clock, why: 'saved', words: { text: 'Ευχαριστούμε την @zoezouz@zouzouni.example' } } as never)
  })
  const answered = await answer(open.id, 'Ζωή, μας γράψατε «μου βρήκατε το μαστιχόψωμο που ζήτησα»: ναι, από αύριο στον πάγκο.')
  await answer(closed.id, 'Κρατάμε το ψωμί σας χωριστά, χωρίς σουσάμι', { kind: 'message' })
  return { zoeId, fileId, importPath, answered, versionId }
}
const begin = (contactId: string) => bakery.write((tx) => beginErasure(tx, { contactId, memberId: bakery.eleni.id, at: bakery.clock }))
const run = (erasureId: string) => runErasure(house(), { workspaceId: bakery.workspaceId, erasureId })

describe('erasing a person', { timeout: 60_000 }, () => {
  let world: World
  beforeEach(async () => { world = await zoeWasHere() })

  test('leaves nothing of them in any text of the whole database, nor on the disk', async () => {
    expect((await everywhere()).length).toBeGreaterThan(20)
    const { id } = await begin(world.zoeId)
    const receipt = await run(id)
    expect(await everywhere()).toEqual([])
    expect([existsSync(world.importPath), existsSync(filePath(dataDir, { workspaceId: bakery.workspaceId, id: world.fileId }))]).toEqual([false, false])
    expect(receipt.receipt).toMatchObject({ by: 'Ελένη', left: [], counts: { messages: 3, identities: 1, notes: 1, drafts: 1, consents: 1, files: 1, imports: 1, answers: 2, conversations: 2, reactions: 2 }, elsewhere: [`https://square.example/a/${world.answered}`] })
  })
  test('keeps the words of others, our own answer without them, and the figures of what happened', async () => {
    const before = await bakery.write((tx) => tx.$count(events, and(eq(events.workspaceId, bakery.workspaceId), eq(events.name, 'message.received'))))
    await run((await begin(world.zoeId)).id)
    const said = await bakery.write((tx) => tx.select().from(messages).where(eq(messages.workspaceId, bakery.workspaceId)))
    expect(said.find((one) => one.id === world.answered)?.text).toBe('[…], μας γράψατε «[…]»: ναι, από αύριο στον πάγκο.')
    expect(said.map((one) => one.text)).toContain('Κι εγώ θέλω. Ευχαριστώ […] για την ιδέα!')
    expect(said.map((one) => one.authorName)).toEqual(expect.arrayContaining(['anna', 'Μαρία', '—']))
    expect(await bakery.write((tx) => tx.$count(events, and(eq(events.workspaceId, bakery.workspaceId), eq(events.name, 'message.received'))))).toBe(before)
    expect((await bakery.write((tx) => tx.select().from(contacts).where(eq(contacts.id, world.zoeId))))[0]).toMatchObject({ name: '—', email: null, note: '', tags: [], erasedAt: bakery.clock })
    expect(await bakery.write((tx) => tx.$count(postVersions, eq(postVersions.id, world.versionId)))).toBe(1)
  })
  test('hearing their words again brings nothing back; new words make somebody new', async () => {
    await run((await begin(world.zoeId)).id)
    expect(await tell(saying('Μου βρήκατε το μαστιχόψωμο;', { author: zoe, ref: { channel: 'square', id: `${zoe.url}/1` } }))).toEqual([{ state: 'ignored' }])
    expect(await everywhere()).toEqual([])
    expect((await tell(saying('Γεια σας ξανά', { author: zoe })))[0]?.state).toBe('new')
    expect(await bakery.write((tx) => tx.select().from(identities).where(eq(identities.contactId, world.zoeId)))).toEqual([])
    const [back] = await bakery.write((tx) => tx.select().from(identities).where(and(eq(identities.workspaceId, bakery.workspaceId), eq(identities.handle, zoe.handle))))
    await run((await begin(back!.contactId)).id)
    expect(await everywhere()).toEqual([])
  })
  test('gives a receipt that nobody can change, once, however often it is asked for', async () => {
    const { id } = await begin(world.zoeId)
    const receipt = await run(id)
    expect(isOurReceipt(secret, receipt)).toBe(true)
    expect(isOurReceipt(secret, { ...receipt, receipt: { ...receipt.receipt, counts: { messages: 99 } } })).toBe(false)
    expect(isOurReceipt('another', receipt)).toBe(false)
    expect((await begin(world.zoeId)).id).toBe(id)
    expect(await run(id)).toEqual(receipt)
    expect(await bakery.write((tx) => erasureOf(tx, world.zoeId))).toEqual({ state: 'done', receipt })
    expect(JSON.stringify(receipt)).not.toMatch(new RegExp(markers.join('|')))
  })
  test('broken off at any step, it goes on and ends the same', async () => {
    const { id } = await begin(world.zoeId)
    for (let after = 1; ; after++) {
      let writes = 0
      const breaking = { ...house(), database: { ...database, write: (async (workspace: string, work: never) => {
        if (++writes > after) throw new Error('killed')
        return await database.write(workspace, work)
      }) as Database['write'] } }
      const ended = await runErasure(breaking, { workspaceId: bakery.workspaceId, erasureId: id }).then(() => true, (error: Error) => { if (error.message !== 'killed') throw error; return false })
      if (ended) break
      expect(await unfinishedErasures(house())).toContainEqual({ workspaceId: bakery.workspaceId, erasureId: id })
      after += after > 12 ? 20 : 2
    }
    expect(await everywhere()).toEqual([])
    expect((await bakery.write((tx) => tx.select().from(erasures).where(eq(erasures.id, id))))[0]).toMatchObject({ state: 'done', signs: null, counts: { messages: 3, identities: 1, answers: 2, consents: 1, conversations: 2 } })
  })
  test('takes those along who were found to be the same person', async () => {
    await tell(saying('Κι από εδώ γράφω: μαστιχόψωμο', { author: { id: 'zz2', name: 'Zoe Zouzouni', handle: '@zzouni' } }))
    const [other] = await bakery.write((tx) => tx.select().from(identities).where(and(eq(identities.workspaceId, bakery.workspaceId), eq(identities.remoteId, 'zz2'))))
    await bakery.write((tx) => mergeContacts(tx, { intoId: world.zoeId, fromId: other!.contactId, memberId: bakery.maria.id, at: bakery.clock }))
    await run((await begin(other!.contactId)).id)
    expect(await everywhere()).toEqual([])
  })
  test('does not touch somebody else of the same name', async () => {
    const namesake = saying('Εμένα με λένε το ίδιο', { author: { id: 'zoe-2', name: 'Ζωή Ζουζουνοπούλου', handle: '@allizoe' } })
    await tell(namesake)
    await run((await begin(world.zoeId)).id)
    const people = await bakery.write((tx) => tx.select().from(contacts).where(eq(contacts.workspaceId, bakery.workspaceId)))
    expect(people.map((one) => one.name).sort()).toEqual(['anna', 'Ζωή Ζουζουνοπούλου', '—'].sort())
    expect(await bakery.write((tx) => tx.select().from(messages).where(and(eq(messages.workspaceId, bakery.workspaceId), eq(messages.text, 'Εμένα με λένε το ίδιο'))))).toMatchObject([{ authorName: 'Ζωή Ζουζουνοπούλου' }])
  })
  test('waits while an answer to them is being sent, and drops one that was not begun', async () => {
    const [open] = await bakery.write((tx) => tx.select().from(conversations).where(and(eq(conversations.contactId, world.zoeId), eq(conversations.visibility, 'public'))))
    const sending = await answer(open!.id, 'Ζωή, σε λίγο', { state: 'sending' })
    await expect(begin(world.zoeId)).rejects.toMatchObject({ code: 'erasure_waits' })
    await bakery.write((tx) => tx.update(publications).set({ state: 'scheduled' }).where(eq(publications.messageId, sending)))
    await run((await begin(world.zoeId)).id)
    expect((await bakery.write((tx) => tx.select().from(publications).where(eq(publications.messageId, sending))))[0]).toMatchObject({ state: 'cancelled', because: 'dropped' })
  })
})
