import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isAutomatic } from './automatic.ts'
import { bounceIn } from './bounce.ts'
import { bytesOf } from './bytes.ts'
import { answering, letterWire, wireOf } from './convert.ts'
import { fold } from './quotes.ts'
import { mostBytes, readMail, type Mail } from './read.ts'
import { accountFor, answer, letter } from './test-world.ts'

const received = new Date('2026-11-23T09:00:00Z')
const read = async (source: string | Buffer, whole = true): Promise<Mail> => (await readMail(Buffer.isBuffer(source) ? source : Buffer.from(source.replace(/\r?\n/g, '\r\n')), { whole, received }))!
const account = accountFor({ imapPort: 1, smtpPort: 1, password: 'x' })
const greek1253 = (text: string): Buffer => Buffer.from([...text].map((letter) => { const code = letter.codePointAt(0)!; return code < 128 ? code : code - 0x370 + 0xa0 }))

describe('what somebody wrote is told from what their program put under it', () => {
  test.each([
    ['Gmail, in Greek', 'Ναι, ευχαριστώ!\n\nΣτις Δευ 23 Νοε 2026 στις 10:12 π.μ., ο χρήστης Φούρνος της Ελένης <\ninfo@fournos.gr> έγραψε:\n\n> Σας κρατάμε ένα.\n> Ελένη', 'Ναι, ευχαριστώ!'],
    ['Thunderbird, in Greek', 'Στις έξι τότε.\n\nΣτις 23/11/2026 10:12, ο/η Φούρνος έγραψε:\n> Ως τις έξι.', 'Στις έξι τότε.'],
    ['Apple Mail', 'See you at six.\n\nOn 23 Nov 2026, at 10:12, Fournos <info@fournos.gr> wrote:\n\n> Until six.\n', 'See you at six.'],
    ['Outlook, in English', 'See you.\n\nFrom: Fournos <info@fournos.gr>\nSent: Monday, November 23, 2026 10:12 AM\nTo: Giorgos\nSubject: RE: Bread\n\nUntil six.', 'See you.'],
    ['Outlook, in Greek', 'Εντάξει.\n\n________________________________\nΑπό: Φούρνος <info@fournos.gr>\nΣτάλθηκε: Δευτέρα, 23 Νοεμβρίου 2026\nΠρος: Γιώργος\nΘέμα: Re: Ψωμί\n\nΩς τις έξι.', 'Εντάξει.'],
    ['an old Outlook', 'Καλά.\n\n-----Αρχικό μήνυμα-----\nΑπό: Φούρνος\nΠρος: Γιώργος\nΘέμα: Ψωμί\n\nΩς τις έξι.', 'Καλά.'],
    ['a signature', 'Έχετε ζέας;\n\n-- \nΓιώργος Νικολάου\n6900000000', 'Έχετε ζέας;'],
    ['a phone', 'Έχετε ζέας;\n\nΣτάλθηκε από το iPhone μου', 'Έχετε ζέας;'],
  ])('%s', (_, text, said) => {
    expect(fold(text)).toMatchObject({ said })
    expect(fold(text).folded).not.toBe('')
  })
  test('an answer between the quoted lines is kept whole', () => {
    const text = 'On Monday, Fournos wrote:\n> At six?\nYes, at six.\n> Sliced?\nNo, whole.'
    expect(fold(text)).toEqual({ said: text, folded: '' })
  })
  test('nothing is lost, and what is quoted alone was said', () => {
    expect(fold('> μόνο αυτό').said).toBe('> μόνο αυτό')
    fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('> παλιό', '-- ', 'Στις 3/4 ο/η Χ έγραψε:', 'From: a', 'Sent: b', 'To: c', '')), { maxLength: 30 }), (lines) => {
      const text = lines.join('\n').replace(/[\r\n]+/g, '\n')
      const { said, folded } = fold(text)
      expect((said + folded).replace(/\s/g, '').length).toBe(text.replace(/\s/g, '').length)
      if (text.trim() !== '') expect(said).not.toBe('')
    }))
  })
})

describe('letters of other programs', () => {
  test.each([['windows-1253', 'charset=windows-1253'], ['iso-8859-7', 'charset="ISO-8859-7"'], ['no charset at all', ''], ['utf-8 that is none', 'charset=utf-8']])('Greek as %s is read', async (_, charset) => {
    const head = `From: giorgos@pelatis.gr\r\nSubject: a\r\nMessage-ID: <a@b.gr>\r\nContent-Type: text/plain${charset ? `; ${charset}` : ''}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`
    expect((await read(Buffer.concat([Buffer.from(head), greek1253('Έχετε ψωμί ζέας;'.replace('Έ', 'Ε'))]))).text).toBe('Εχετε ψωμί ζέας;')
  })
  test('a broken letter does not spoil the others', async () => {
    const source = Buffer.concat([Buffer.from(letter('Καλημέρα, έχετε ψωμί; ').replace(/\n/g, '\r\n')), Buffer.from([0xce])])
    expect((await read(source)).text).toContain('Καλημέρα, έχετε ψωμί;')
  })
  test('HTML alone is read, cleaned, and cut where its program marks the quote', async () => {
    const html = '<p>Έχετε <b>ζέας</b>;</p><script>alert(1)</script><img src=x onerror=alert(1)><div class="gmail_quote">Στις 3 Νοε 2026, ο Φούρνος έγραψε:<blockquote>παλιό</blockquote></div>'
    const mail = await read(`From: g@p.gr\nMessage-ID: <h@p.gr>\nSubject: Re: x\nContent-Type: text/html; charset=utf-8\n\n${html}`)
    expect(mail.html).toBe('<p>Έχετε <b>ζέας</b>;</p>')
    expect(mail.text).toContain('Έχετε ζέας;')
  })
  test('a mail without a date, a name or an id is heard, and known again', async () => {
    const [once, again] = [await read('From: g@p.gr\n\nΓεια\0 σας'), await read('From: g@p.gr\n\nΓεια\0 σας')]
    expect(once).toMatchObject({ at: received.toISOString(), subject: '', text: 'Γεια σας', from: { address: 'g@p.gr' } })
    expect(once.id).toBe(again.id)
  })
  test('a date that lies ahead is now', async () => { expect((await read(letter('α').replace(/^Date: .*$/m, 'Date: Fri, 01 Jan 2100 00:00:00 +0000'))).at).toBe(received.toISOString()) })
})

describe('mail that means harm', () => {
  const told = async (source: string) => { const { lacks, from } = await read(source); return { lacks, from: from.address } }
  const named = { lacks: ['unreadable'], from: 'giorgos@pelatis.gr' }
  test('ten megabytes of head', async () => { expect(await told(letter('α', { headers: `X-Fill: ${'a'.repeat(10 * 1024 * 1024)}` }))).toEqual(named) })
  test('parts in parts without end', async () => {
    const deep = Array.from({ length: 200 }, (_, n) => `--b${n}\nContent-Type: multipart/mixed; boundary=b${n + 1}\n\n`).join('')
    expect(await told(letter(`--b0\n${deep}`).replace('text/plain; charset=utf-8', 'multipart/mixed; boundary=b0'))).toEqual(named)
  })
  test('a hundred thousand parts', async () => { expect(await told(letter('--b\n\nx\n'.repeat(100_000)).replace('text/plain; charset=utf-8', 'multipart/mixed; boundary=b'))).toEqual(named) })
  test('whatever arrives, it is read within bounds and never throws', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.oneof(fc.string(), fc.constantFrom('From: a@b.gr', 'Content-Type: multipart/mixed; boundary=x', '--x', '--x--', '', 'Content-Type: message/rfc822', 'Content-Transfer-Encoding: base64', 'Subject: =?windows-1253?Q?=E1?=')), { maxLength: 40 }), async (lines) => {
      const mail = await readMail(Buffer.from(lines.join('\r\n')), { whole: true, received })
      expect(mail?.text).not.toContain('\0')
    }), { numRuns: 60 })
  })
  test('a limit stands between us and the largest', () => { expect(mostBytes).toBeLessThanOrEqual(15 * 1024 * 1024) })
  test('no name or subject breaks a head open', async () => {
    const wire = answering(wireOf({ ...answer, author: { id: 'm', name: 'Ελένη\r\nBcc: all@everywhere.gr' } }, account), { subject: 'Ψωμί\r\nBcc: x@y.gr', references: [], text: '', at: answer.writtenAt })
    const head = (await bytesOf(wire)).toString().split('\r\n\r\n')[0]!
    expect(head).not.toMatch(/^Bcc:/im)
  })
})

describe('machines', () => {
  test.each(['Auto-Submitted: auto-replied', 'Precedence: bulk', 'X-Auto-Response-Suppress: All', 'X-Autoreply: yes', 'List-Id: <news.x.gr>', 'Return-Path: <>'])('%s is a machine', async (headers) => {
    expect(isAutomatic(await read(letter('Λείπω ως τη Δευτέρα.', { headers })))).toBe(true)
  })
  test('an absence tells itself by its subject, in Greek too', async () => { expect(isAutomatic(await read(letter('α', { subject: '=?utf-8?B?zpHPhc+Ez4zOvM6xz4TOtyDOsc+AzqzOvc+EzrfPg863OiDOpM+Jz4HOrQ==?=' })))).toBe(true) })
  test('a person is none', async () => { expect(isAutomatic(await read(letter('Έχετε ψωμί;', { headers: 'Auto-Submitted: no' })))).toBe(false) })
  const dsn = (action: string) => `From: MAILER-DAEMON@mx.gr\nMessage-ID: <d@mx.gr>\nSubject: Undelivered\nAuto-Submitted: auto-replied\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nIt did not work.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.gr\n\nFinal-Recipient: rfc822; nobody@pelatis.gr\nAction: ${action}\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 <nobody@pelatis.gr>: no\n such user\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <ours@fournos.gr>\nSubject: Re: Bread\n\nhello\n--b--\n`
  test('what came back says which and why', async () => { expect(bounceIn(await read(dsn('failed')))).toEqual({ about: 'ours@fournos.gr', because: '550 5.1.1 <nobody@pelatis.gr>: no such user' }) })
  test('a delay is no return', async () => { expect(bounceIn(await read(dsn('delayed')))).toBeUndefined() })
})

describe('what we write', () => {
  const original = { subject: 'Ψωμί ζέας', references: ['root@pelatis.gr'], text: 'Έχετε ψωμί;\nΠόσο κάνει;', at: '2026-11-23T08:00:00Z' }
  test('an answer stands under what it answers, quotes it, and is signed', async () => {
    const wire = answering(wireOf(answer, account), original)
    const bytes = await bytesOf(wire)
    expect(bytes.equals(await bytesOf(structuredClone(wire)))).toBe(true)
    expect(bytes.toString()).toMatch(/^In-Reply-To: <erotisi-1@pelatis\.gr>\r$/m)
    const mail = await read(bytes)
    expect(mail).toMatchObject({ id: '01990000-0000-7000-9000-00000000bb01@fournos.gr', subject: 'Ψωμί ζέας', inReplyTo: 'erotisi-1@pelatis.gr', references: ['erotisi-1@pelatis.gr', 'root@pelatis.gr'] })
    expect(mail.text).toBe('Βεβαίως, σας κρατάμε ένα ζέας ως τις έξι.\n\nΕλένη, από τον φούρνο')
    expect(mail.folded).toBe('Στις 23 Νοεμβρίου 2026, ο/η Γιώργος έγραψε:\n> Έχετε ψωμί;\n> Πόσο κάνει;')
    expect(isAutomatic(mail)).toBe(false)
  })
  test('a letter of the house can be stopped with one click and is answered by no machine', async () => {
    const { wire, id } = letterWire({ id: '01990000-0000-7000-9000-00000000cc01', to: 'giorgos@pelatis.gr', name: 'Γιώργος', lang: 'el', subject: 'Νέα απάντηση', text: 'Η Ελένη απάντησε: https://fournos.gr/forum/1.', writtenAt: answer.writtenAt, stop: 'https://fournos.gr/letters/stop/x.y' }, account)
    const mail = await read(await bytesOf(wire))
    expect(mail.id).toBe(id)
    expect([mail.headers.get('list-unsubscribe'), mail.headers.get('list-unsubscribe-post'), mail.headers.get('auto-submitted')]).toEqual(['<https://fournos.gr/letters/stop/x.y>', 'List-Unsubscribe=One-Click', 'auto-generated'])
    expect(wire.html).toContain('<a href="https://fournos.gr/forum/1">')
  })
})
