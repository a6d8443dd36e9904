import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import type { Draft, Limits } from '#kit/channel.ts'
import { newId } from '#kit/id.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { openBakery, saying, squareChannel, type Bakery } from '../../../test/world/inbox.ts'
import { accounts } from '../accounts/tables.ts'
import { byMember, filePath, keepFile } from '../files/store.ts'
import { addPicture } from '../media/store.ts'
import { publications } from '../publications/tables.ts'
import { answer, filesBegun, type Answer } from './answer.ts'
import { detailOf } from './detail.ts'
import { keepDraft } from './drafts.ts'
import { hear } from './hear.ts'
import { conversations, messages } from './tables.ts'

let database: Database
let bakery: Bakery
let dataDir: string
beforeAll(async () => { database = await testDatabase(process.env['STOA_TEST_DATABASE']!) })
afterAll(() => database.close())

const takesFiles: Partial<Limits> = { answers: { files: { max: 2, maxBytes: 1_000_000, maxTotal: 40_000 } } }
const takesPictures: Partial<Limits> = { answers: { pictures: true }, media: { max: 1, types: ['image/webp'], maxBytes: 1_000_000 } }
const hosts = { secret: (purpose: string) => purpose } as never
async function open(limits: Partial<Limits>): Promise<void> {
  bakery = await openBakery(database, { dataDir, channels: [squareChannel(limits)] })
  Object.assign(bakery.house, { hosts })
}
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'stoa-along-'))
  return () => rmSync(dataDir, { recursive: true, force: true })
})
const hand = (bytes: Uint8Array, name: string, by = byMember(bakery.maria.id)) =>
  keepFile({ database, dataDir, secret: 'files', now: () => bakery.clock }, bakery.workspaceId, { bytes, name, by, usual: true })
const menu = (size = 20) => new TextEncoder().encode(`%PDF-${'x'.repeat(size)}`)
const asked = (more: object = {}) => bakery.write((tx) => hear({ tx, account: bakery.account, now: bakery.clock }, [saying('Έχετε κατάλογο;', { by: 'anna', ...more } as never)]))
const talk = async () => (await bakery.write((tx) => tx.select().from(conversations).where(eq(conversations.workspaceId, bakery.workspaceId))))[0]!
async function say(given: Partial<Answer>) {
  const { id, lastMessageId } = await talk()
  return await answer(bakery.house, { member: bakery.maria, conversationId: id }, { text: 'Σας τον στέλνω, Άννα.', seen: lastMessageId, reasons: {}, ...given })
}
const detail = async () => bakery.write(async (tx) => detailOf(tx, (await talk()).id, { house: bakery.house, memberId: bakery.maria.id, now: bakery.clock }))
const draftOf = async (messageId: string): Promise<Draft> => (await bakery.write((tx) => tx.select().from(publications).where(eq(publications.messageId, messageId))))[0]!.draft!
const chosen = (...ids: string[]) => ids.map((id) => ({ id, alt: '' }))

describe('files that go along with an answer', () => {
  test('are what their bytes are, readable anywhere, without the place they were taken', async () => {
    await open(takesFiles)
    const photo = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#b08a1e' } }).withExif({ IFD3: { GPSLatitude: '38/1 14/1 0/1' } }).jpeg().toBuffer()
    const [jpeg, png] = [await hand(photo, '../ψωμί.HEIC'), await hand(await sharp({ create: { width: 4, height: 4, channels: 4, background: { r: 1, g: 2, b: 3, alpha: 0.2 } } }).webp().toBuffer(), 'σήμα.webp')]
    expect([jpeg, png]).toMatchObject([{ name: 'ψωμί.jpg', type: 'image/jpeg', width: 40, height: 20 }, { name: 'σήμα.png', type: 'image/png' }])
    expect((await sharp(readFileSync(filePath(dataDir, { workspaceId: bakery.workspaceId, id: jpeg.id }))).metadata()).exif).toBeUndefined()
  })
  test('stand with the answer, in what is sent and in the inbox', async () => {
    await open(takesFiles)
    await asked()
    const file = await hand(menu(), 'Κατάλογος.pdf')
    const sent = await say({ files: chosen(file.id) })
    expect((await draftOf(sent.id)).media).toEqual([{ id: file.id, name: 'Κατάλογος.pdf', alt: 'Κατάλογος.pdf', type: 'application/pdf', bytes: file.bytes, url: file.url, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string }])
    expect((await detail()).messages.at(-1)?.attachments).toEqual([file])
    expect((await detail()).canAnswer.files).toMatchObject({ as: 'files', max: 2, maxTotal: 40_000 })
  })
  test('that are too many, too large together, a visitor’s, or nobody’s, are refused, and the answer stays a draft with them', async () => {
    await open(takesFiles)
    await asked()
    const files = [await hand(menu(), 'a.pdf'), await hand(menu(), 'b.pdf'), await hand(menu(), 'c.pdf')]
    const [large, theirs] = [await hand(menu(40_000), 'μεγάλο.pdf'), await hand(menu(), 'δικό τους.pdf', 'chat x')]
    const code = async (ids: readonly string[]) => await say({ files: chosen(...ids) }).then(() => 'sent', (error: { code: string }) => error.code)
    expect(await code(files.map(({ id }) => id))).toBe('media_does_not_fit')
    expect((await detail()).draft).toMatchObject({ text: 'Σας τον στέλνω, Άννα.', files: files.map(({ id }) => ({ id })) })
    expect([await code([files[0]!.id, large.id]), await code([theirs.id]), await code([newId()])]).toEqual(['media_does_not_fit', 'file_unknown', 'file_unknown'])
  })
  test('are kept with what was begun, also where nothing is written yet', async () => {
    await open(takesFiles)
    await asked()
    const file = await hand(menu(), 'a.pdf')
    const conversation = await talk()
    const keep = (text: string, files?: readonly string[]) => bakery.write(async (tx) => keepDraft(tx, {
      conversationId: conversation.id, memberId: bakery.maria.id, text, at: bakery.clock, files: files && await filesBegun(tx, { house: bakery.house, conversation }, chosen(...files)),
    }))
    await keep('', [file.id])
    expect((await detail()).draft).toMatchObject({ text: '', files: [file] })
    await keep('Σας στέλνω')
    expect((await detail()).draft).toMatchObject({ text: 'Σας στέλνω', files: [file] })
    await keep('', [])
    expect((await detail()).draft).toBeNull()
  })
  test('are refused where the channel names none', async () => {
    await open({})
    await asked()
    await expect(say({ files: chosen((await hand(menu(), 'a.pdf')).id) })).rejects.toMatchObject({ code: 'media_does_not_fit' })
    expect((await detail()).canAnswer.files).toBeNull()
  })
  test('are pictures that say what they show, where everybody may look', async () => {
    await open(takesPictures)
    await asked({ inReplyTo: { channel: 'square', id: bakery.postRef } })
    const bytes = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#b08a1e' } }).png().toBuffer()
    const { id } = await bakery.write((tx) => addPicture(tx, dataDir, { bytes, alt: '', uploadedBy: bakery.maria.id, at: bakery.clock }))
    await expect(say({ files: chosen(id) })).rejects.toMatchObject({ code: 'media_does_not_fit' })
    const sent = await say({ files: [{ id, alt: 'Καρβέλι ζέας' }] })
    expect((await draftOf(sent.id)).media).toMatchObject([{ id, alt: 'Καρβέλι ζέας', type: 'image/webp' }])
    expect((await detail()).messages.at(-1)?.attachments).toMatchObject([{ id, alt: 'Καρβέλι ζέας' }])
  })
})

describe('who else gets an answer', () => {
  const copies = [{ name: 'Κατερίνα', address: 'katerina@pelatis.gr' }, { name: '', address: 'shop@fournos.gr' }, { name: 'Πέτρος', address: 'petros@pelatis.gr' }]
  test('is everybody who got the message, but its writer and every address of ours', async () => {
    await open({})
    await bakery.write((tx) => tx.insert(accounts).values({ channel: 'square', handle: 'Shop@fournos.gr', name: 'Το μαγαζί', settings: {} }))
    await asked({ copies: [...copies, { name: 'Άννα', address: 'anna' }] })
    expect((await detail()).canAnswer.copies).toEqual([copies[0], copies[2]])
    const sent = await say({})
    expect((await draftOf(sent.id)).copies).toEqual([copies[0], copies[2]])
    expect((await bakery.write((tx) => tx.select().from(messages).where(eq(messages.id, sent.id))))[0]!.copies).toEqual([copies[0], copies[2]])
  })
  test('is whom its writer left in, and nobody who was not there', async () => {
    await open({})
    await asked({ copies })
    const one = await say({ copies: ['petros@pelatis.gr', 'stranger@elsewhere.gr'] })
    expect((await draftOf(one.id)).copies).toEqual([copies[2]])
    const none = await say({ text: 'Και κάτι ακόμη, μόνο για εσάς.', copies: [], seen: one.id })
    expect((await draftOf(none.id)).copies).toBeUndefined()
  })
})
