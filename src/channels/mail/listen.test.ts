import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Incoming } from '#kit/channel.ts'
import { ConnectError } from '#kit/channel.ts'
import { bytesOf } from './bytes.ts'
import { letterWire } from './convert.ts'
import { mail } from './index.ts'
import type { Cursor } from './listen.ts'
import { letters } from './publish.ts'
import { find } from './sent.ts'
import { mostBytes, readMail } from './read.ts'
import { TestServer } from './test-server.ts'
import { accountFor, answer, ctxFor, letter, settingsFor } from './test-world.ts'

let server: TestServer
beforeEach(async () => { server = await new TestServer({ savesSent: false }).open() })
afterEach(() => server.close())

async function pull(cursor?: Cursor, given: Parameters<typeof ctxFor>[1] = {}): Promise<{ items: Incoming[]; cursor: Cursor | undefined }> {
  const items: Incoming[] = []
  let place = cursor
  for await (const batch of mail.listen!.open!(accountFor(server), cursor, ctxFor(server, given))) { items.push(...batch.items); place = batch.cursor }
  return { items, cursor: place }
}
const texts = (items: readonly Incoming[]) => items.map((one) => ('text' in one ? one.text : one.does))

describe('a mailbox that is read', () => {
  test('what came is heard with who wrote, about what, and under which', async () => {
    server.deliver(letter('Έχετε ζέας;', { subject: 'Re: Psomi', headers: 'In-Reply-To: <b@x.gr>\nReferences: <a@x.gr> <b@x.gr>' }))
    expect((await pull()).items).toEqual([expect.objectContaining({
      does: 'says', text: 'Έχετε ζέας;', subject: 'Psomi', email: 'giorgos@pelatis.gr', visibility: 'private', continues: true, references: ['b@x.gr', 'a@x.gr'],
      ref: { channel: 'mail', id: 'erotisi-1@pelatis.gr' }, inReplyTo: { channel: 'mail', id: 'b@x.gr' }, author: { id: 'giorgos@pelatis.gr', name: 'Γιώργος', handle: 'giorgos@pelatis.gr' },
    })])
  })
  test('an empty mailbox has a place too, and what comes after it is heard once', async () => {
    const { cursor } = await pull()
    server.deliver(letter('Καλημέρα'))
    const next = await pull(cursor)
    expect(texts(next.items)).toEqual(['Καλημέρα'])
    expect((await pull(next.cursor)).items).toEqual([])
  })
  test('a mailbox that was numbered anew is read again under the same ids', async () => {
    server.deliver(letter('Καλημέρα'))
    const before = await pull()
    server.renumber()
    server.deliver(letter('Καλησπέρα', { id: 'neo@pelatis.gr' }))
    const after = await pull(before.cursor)
    expect(after.items.map(({ ref }) => ref.id)).toEqual(['erotisi-1@pelatis.gr', 'neo@pelatis.gr'])
    expect((await pull(after.cursor)).items).toEqual([])
  })
  test('our own mail is not heard, and a form of our site speaks for whoever filled it in', async () => {
    server.deliver(letter('δικό μας', { from: 'Φούρνος <info@fournos.gr>', id: 'own@x.gr' }))
    server.deliver(letter('από τη φόρμα', { from: 'info@fournos.gr', id: 'form@x.gr', headers: 'Reply-To: Katerina <katerina@pelatis.gr>' }))
    const { items } = await pull()
    expect(items.map(({ author }) => author.id)).toEqual(['katerina@pelatis.gr'])
  })
  test('an absence is heard as one', async () => {
    server.deliver(letter('Λείπω.', { headers: 'Auto-Submitted: auto-replied' }))
    expect((await pull()).items).toEqual([expect.objectContaining({ automatic: true })])
  })
  test('a mail that goes round in circles is left out', async () => {
    server.deliver(letter('γύρω γύρω', { headers: Array.from({ length: 60 }, (_, n) => `Received: from a by b; ${n}`).join('\n') }))
    expect((await pull()).items).toEqual([])
  })
  test('files are kept when they pass, and named when they do not', async () => {
    const kept: { name: string; bytes: Uint8Array }[] = []
    const part = (name: string) => `--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename="${name}"\nContent-Transfer-Encoding: base64\n\nJVBERi0=\n`
    server.deliver(letter(`--b\nContent-Type: text/plain\n\nmenu\n${part('menu.pdf')}${part('menu.exe')}--b--`).replace('text/plain; charset=utf-8', 'multipart/mixed; boundary=b'))
    const [item] = (await pull(undefined, { kept })).items
    expect(kept.map(({ name }) => name)).toEqual(['menu.pdf'])
    expect(item).toMatchObject({ files: [{ name: 'menu.pdf' }], text: expect.stringMatching(/^menu\n\n\[“menu\.exe” was not taken in/) as string })
  })
  test('of a mail of a hundred megabytes only the beginning is fetched', async () => {
    server.deliver(Buffer.concat([Buffer.from(letter('Σας στέλνω το βίντεο.').replace(/\n/g, '\r\n')), Buffer.alloc(100 * 1024 * 1024, 'a\n')]))
    const [item] = (await pull()).items
    expect(item).toMatchObject({ does: 'says', text: expect.stringContaining('only its beginning is shown') as string })
    expect(server.fetched).toBeLessThan(mostBytes / 10)
  })
})

describe('a mailbox that is written from', () => {
  const account = () => accountFor(server)
  test('what is sent is put where the mailbox keeps such, once', async () => {
    const wire = await mail.publish!.stage!(mail.publish!.prepare(answer, account()), account(), ctxFor(server))
    await mail.publish!.send(wire, account(), ctxFor(server))
    expect(server.folders.get('Sent')).toHaveLength(1)
    const [kept] = server.folders.get('Sent')!
    expect(kept!.source.toString().trimEnd()).toBe(server.taken[0]!.toString().trimEnd())
    expect(await find(wire, account(), ctxFor(server))).toEqual({ id: wire.messageId })
  })
  test('an answer quotes what it answers, and goes where that asked for it', async () => {
    server.deliver(letter('Έχετε ζέας;\n\n-- \nΓιώργος', { headers: 'Reply-To: pelates@pelatis.gr\nReferences: <root@pelatis.gr>' }))
    const wire = await mail.publish!.stage!(mail.publish!.prepare(answer, account()), account(), ctxFor(server))
    expect(wire).toMatchObject({ to: { address: 'pelates@pelatis.gr' }, subject: 'Re: Psomi', references: ['root@pelatis.gr', 'erotisi-1@pelatis.gr'], quote: { text: 'Έχετε ζέας;' } })
  })
  test('files go along as they were, and are what a program reads from it', async () => {
    const [menu, photo] = [Buffer.from('%PDF-1.7 κατάλογος'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])]
    const ours = new Map<string, Uint8Array>([['f1', menu], ['f2', photo]])
    const media = [['f1', 'Κατάλογος Νοεμβρίου.pdf', 'application/pdf', menu], ['f2', 'ψωμί.jpg', 'image/jpeg', photo]] as const
    const wire = await mail.publish!.stage!(mail.publish!.prepare({ ...answer, media: media.map(([id, name, type, bytes]) => ({ id, url: `/files/${id}/m`, type, alt: name, name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })) }, account()), account(), ctxFor(server))
    const ctx = ctxFor(server, { ours })
    await mail.publish!.send(wire, account(), ctx)
    const read = (await readMail(server.taken[0]!, { whole: true, received: server.now }))!
    expect(read.files.map(({ name, bytes }) => [name, Buffer.from(bytes)])).toEqual([['Κατάλογος Νοεμβρίου.pdf', menu], ['ψωμί.jpg', photo]])
    expect(read.text).toContain('Βεβαίως')
    expect(server.folders.get('Sent')![0]!.source.equals(server.taken[0]!)).toBe(true)
    expect(await bytesOf(wire, [menu, photo])).toEqual(await bytesOf(wire, [menu, photo]))
  })
  test('with a file that is gone, or is no longer what was chosen, nothing leaves', async () => {
    const media = [{ id: 'f1', url: '/files/f1/m', type: 'application/pdf', alt: 'a', name: 'a.pdf', bytes: 4, sha256: createHash('sha256').update('menu').digest('hex') }]
    const wire = await mail.publish!.stage!(mail.publish!.prepare({ ...answer, media }, account()), account(), ctxFor(server))
    for (const ours of [new Map<string, Uint8Array>(), new Map([['f1', Buffer.from('other')]])]) {
      await expect(mail.publish!.send(wire, account(), ctxFor(server, { ours }))).rejects.toMatchObject({ trouble: { kind: 'refused', because: 'file-gone' } })
    }
    expect([server.taken, server.logins]).toEqual([[], []])
  })
  test('who else was written to is heard, gets the answer too, each once, and never ourselves', async () => {
    server.deliver(letter('Για όλους μας', { headers: 'Cc: Katerina <katerina@pelatis.gr>, Ο φούρνος <info@fournos.gr>, KATERINA@pelatis.gr, giorgos@pelatis.gr' }))
    const [item] = (await pull()).items
    expect(item).toMatchObject({ copies: [{ name: 'Katerina', address: 'katerina@pelatis.gr' }] })
    const copies = [{ name: 'Katerina', address: 'katerina@pelatis.gr' }, { name: '', address: 'INFO@fournos.gr' }, { name: 'Γιώργος', address: 'giorgos@pelatis.gr' }, { name: '', address: 'katerina@pelatis.gr' }, { name: '', address: 'no\nbody@x' }]
    const wire = await mail.publish!.stage!(mail.publish!.prepare({ ...answer, copies }, account()), account(), ctxFor(server))
    await mail.publish!.send(wire, account(), ctxFor(server))
    expect(server.readers).toEqual(['giorgos@pelatis.gr', 'katerina@pelatis.gr'])
    expect(server.taken[0]!.toString()).toMatch(/^Cc: Katerina <katerina@pelatis\.gr>\r$/m)
  })
  test('whoever else cannot be reached holds nobody up; to whom it was written, it says so', async () => {
    const wire = await mail.publish!.stage!(mail.publish!.prepare({ ...answer, copies: [{ name: '', address: 'katerina@pelatis.gr' }] }, account()), account(), ctxFor(server))
    server.nobody.add('katerina@pelatis.gr')
    expect(await mail.publish!.send(wire, account(), ctxFor(server))).toEqual({ id: wire.messageId })
    server.nobody.clear()
    server.nobody.add('giorgos@pelatis.gr')
    await expect(mail.publish!.send(wire, account(), ctxFor(server))).rejects.toMatchObject({ trouble: { kind: 'refused', because: expect.stringMatching(/^not-delivered: 550 5\.1\.1/) as string } })
  })
  test('a talk whose mail lies there no longer keeps its subject', async () => {
    const wire = await mail.publish!.stage!(mail.publish!.prepare({ ...answer, title: 'RE: Παραγγελία για το Σάββατο' }, account()), account(), ctxFor(server))
    expect(wire).toMatchObject({ subject: 'Re: Παραγγελία για το Σάββατο', quote: null })
  })
  test('a letter of the house goes the same way and is found again', async () => {
    const { wire, id } = letterWire({ id: '01990000-0000-7000-9000-00000000cc01', to: 'giorgos@pelatis.gr', name: '', lang: 'el', subject: 'Νέα', text: 'Νέα απάντηση.', writtenAt: answer.writtenAt }, account())
    expect(await letters.find(wire, account(), ctxFor(server))).toBe('absent')
    expect(await letters.send(wire, account(), ctxFor(server))).toEqual({ id })
    expect(await letters.find(wire, account(), ctxFor(server))).toEqual({ id })
  })
})

describe('connecting a mailbox', () => {
  const verify = (given: Parameters<typeof settingsFor>[1], ctx: Parameters<typeof ctxFor>[1] = {}) => mail.verify(settingsFor(server, given), ctxFor(server, ctx))
  const fails = async (given: Parameters<typeof settingsFor>[1], ctx: Parameters<typeof ctxFor>[1] = {}) => {
    const error = await verify(given, ctx).then(() => undefined, (thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ConnectError)
    return error as ConnectError
  }
  test('it is who it says, and knows where it keeps what was sent', async () => {
    expect(await verify({ sent: undefined })).toMatchObject({ id: 'info@fournos.gr', handle: 'info@fournos.gr', name: 'Φούρνος της Ελένης', settings: { sent: 'Sent', imapSecurity: 'none' } })
  })
  test('a wrong password says so, in both languages', async () => {
    const error = await fails({ password: 'λάθος' })
    expect(error).toMatchObject({ field: 'password', says: { en: expect.stringContaining('app password') as string, el: expect.stringContaining('κωδικό εφαρμογής') as string } })
  })
  test('a port nobody listens at says which server', async () => {
    expect((await fails({ imapPort: '1' })).field).toBe('imapHost')
    expect((await fails({ smtpPort: '1' })).field).toBe('smtpHost')
  })
  test('a server without encryption gets no password', async () => {
    expect((await fails({ imapSecurity: 'starttls' })).says.en).toContain('no encryption')
    expect(server.logins).toEqual([])
  })
  test('a private address is refused where the operator does not allow it', async () => {
    expect((await fails({}, { allowPrivate: false })).says.en).toContain('private address')
    expect((await fails({ imapHost: 'localhost', imapPort: undefined, imapSecurity: undefined }, { allowPrivate: false })).says.en).toContain('private address')
  })
})
