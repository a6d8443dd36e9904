import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deskOf, type Desk } from '../desk.ts'
import { figure, soon } from '../here.ts'
import { startPeerStoa, type PeerStoa } from '../stoa.ts'
import { boxes, hosts, password, startMail, type MailServer } from './server.ts'

let server: MailServer
let stoa: PeerStoa
let desk: Desk
beforeAll(async () => {
  server = await startMail()
  stoa = await startPeerStoa(hosts.stoa)
  desk = deskOf(stoa)
})
afterAll(async () => {
  await stoa?.stop()
  await server?.stop()
})

let number = 0
const from = (who: string, text: string, { subject = '=?utf-8?B?zqjPic68zq8=?=', headers = '' } = {}): string =>
  `From: <${who}>\nTo: <${boxes.ours}>\nSubject: ${subject}\nDate: ${new Date().toUTCString()}\nMessage-ID: <erotisi-${++number}@pelatis.gr>\n${headers}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n${text}\n`
const head = (mail: string, name: string): string | undefined => new RegExp(`^${name}: (.*(?:\\r?\\n[ \\t].*)*)`, 'im').exec(mail)?.[1]?.replace(/\s+/g, ' ').trim()
const answers = (to: string): readonly string[] => server.inbox(to).filter((mail) => head(mail, 'From')?.includes(boxes.ours) ?? false)
const arrived = (to: string, count: number) => soon(`${count} mails lie with ${to}`, () => { const all = answers(to); return all.length >= count ? all : undefined }, 40)
const sending = async (id: string, state: string) => await soon(`it is ${state}`, async () => (await desk.thread(id)).messages.findLast((one) => one.direction === 'out' && one.publication?.state === state), 60)

describe('a mailbox on real servers', () => {
  test('an address and a password are enough: the servers are found and tried', async () => {
    const refused = await stoa.try('POST', 'accounts', { channel: 'mail', settings: { address: boxes.ours, password: 'other' } })
    expect(refused).toMatchObject({ status: 422, body: { code: 'connect_failed', field: 'password' } })
    await stoa.ask('POST', 'accounts', { channel: 'mail', settings: { address: boxes.ours, password, name: 'Φούρνος της Ελένης' } })
    expect(await desk.account('mail')).toMatchObject({ handle: boxes.ours })
  })

  test('a customer writes, is answered under what they wrote, and their next word stands in the same talk', async () => {
    const since = performance.now()
    await server.post(boxes.giorgos, boxes.ours, from(boxes.giorgos, 'Έχετε ψωμί ζέας;\n\n-- \nΓιώργος'))
    const talk = await desk.conversation('ψωμί ζέας')
    figure('heardAfterMs', Math.round(performance.now() - since), { max: 30_000 })
    await desk.answer(talk.id, 'Βεβαίως, σας κρατάμε ένα ως τις έξι.')
    const [answer] = await arrived(boxes.giorgos, 1)
    expect(head(answer!, 'In-Reply-To')).toBe('<erotisi-1@pelatis.gr>')
    expect(head(answer!, 'References')).toBe('<erotisi-1@pelatis.gr>')
    expect(head(answer!, 'Auto-Submitted')).toBeUndefined()
    await sending(talk.id, 'confirmed')
    const ours = head(answer!, 'Message-ID')!
    await server.post(boxes.giorgos, boxes.ours, from(boxes.giorgos, 'Θα περάσω στις πέντε.\n\nΣτις 23/11/2026 10:12, ο/η Φούρνος έγραψε:\n> Βεβαίως', { headers: `In-Reply-To: ${ours}\nReferences: <erotisi-1@pelatis.gr> ${ours}\n` }))
    await soon('the next word stands in the same talk', async () => ((await desk.thread(talk.id)).messages.at(-1)?.text === 'Θα περάσω στις πέντε.' ? true : undefined), 60)
  })

  test('what comes back undelivered has failed, in the words of whoever could not deliver it', async () => {
    await server.post(boxes.nobody, boxes.ours, from(boxes.nobody, 'Γράφω από διεύθυνση που δεν υπάρχει.'))
    const talk = await desk.conversation('διεύθυνση που δεν υπάρχει')
    await desk.answer(talk.id, 'Σας ακούμε, πείτε μας.')
    const failed = await sending(talk.id, 'refused')
    expect(failed.publication?.because).toMatch(/^not-delivered: .*550 5\.1\.1/)
  })

  test('an absence is heard, waits for nobody, and is answered by nobody', async () => {
    await server.post(boxes.katerina, boxes.ours, from(boxes.katerina, 'Πότε ανοίγετε το Σάββατο;'))
    const talk = await desk.conversation('ανοίγετε το Σάββατο')
    await desk.answer(talk.id, 'Στις επτά το πρωί.')
    await arrived(boxes.katerina, 1)
    await soon('the absence is heard', async () => ((await desk.thread(talk.id)).messages.some((one) => one.text.includes('Λείπω ως τη Δευτέρα')) ? true : undefined), 60)
    const waiting = await stoa.ask<{ items: readonly { id: string; waitingSince: string | null }[] }>('GET', 'conversations?view=all')
    expect(waiting.items.find(({ id }) => id === talk.id)?.waitingSince).toBeNull()
    expect(answers(boxes.katerina)).toHaveLength(1)
  })

  test('killed in the middle of sending, it sends nothing twice and finds what it sent', async () => {
    await server.post(boxes.giorgos, boxes.ours, from(boxes.giorgos, 'Και κουλούρια;', { subject: 'Koulouria' }))
    const talk = await desk.conversation('Και κουλούρια')
    process.env['STOA_FAULTPOINT'] = 'answer.after:1'
    await stoa.restart()
    delete process.env['STOA_FAULTPOINT']
    await desk.answer(talk.id, 'Δέκα, ζεστά ακόμη.')
    await soon('Stoa was killed', async () => ((await stoa.try('GET', 'session')).status === 502 ? true : undefined), 30)
    await arrived(boxes.giorgos, 2)
    await stoa.restart()
    await sending(talk.id, 'confirmed')
    expect(new Set(answers(boxes.giorgos).map((mail) => head(mail, 'Message-ID'))).size).toBe(2)
    figure('mailsWithGiorgos', answers(boxes.giorgos).length, { min: 2, max: 2 })
  }, 150_000)
})
