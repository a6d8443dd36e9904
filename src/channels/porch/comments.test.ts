import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import type { Challenge } from 'altcha-lib/types'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Standing } from '#kit/host.ts'
import { networkOf } from '#net/addresses.ts'
import { TestHouse, draft } from './test-host.ts'

type App = ReturnType<TestHouse['app']>
type Fields = Record<string, string>

let house: TestHouse
let app: App
let post: Standing
const later = (ms: number) => { house.clock = new Date(house.clock.getTime() + ms) }

beforeEach(async () => {
  house = new TestHouse('el')
  app = house.app()
  post = await house.publish(draft())
})

const unescaped = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&')
/** The token of a form that somebody has looked at for a few seconds. */
async function formOf(slug = post.ref.id): Promise<string> {
  const page = await (await app.request(`/p/${slug}`)).text()
  later(5_000)
  return /name="form" value="([^"]+)"/.exec(page)![1]!
}
const typed = { name: 'Γιώργος', email: '', text: 'Θα έχετε και το Σάββατο;', website: '' }
const send = (fields: Fields, given: { slug?: string; accept?: string; ip?: string; lang?: string } = {}) => app.request(`/p/${given.slug ?? post.ref.id}/comments`, {
  method: 'POST', body: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded', accept: given.accept ?? 'text/html', 'x-test-ip': given.ip ?? '203.0.113.7', ...(given.lang ? { 'accept-language': given.lang } : {}) },
})
const sendJson = async (fields: Fields, given: { slug?: string; ip?: string; lang?: string } = {}) => {
  const response = await send(fields, { ...given, accept: 'application/json' })
  return { status: response.status, headers: response.headers, body: await response.json() as Record<string, unknown> }
}
async function solved(challenge: Challenge): Promise<string> {
  const solution = await solveChallenge({ challenge, deriveKey })
  return btoa(JSON.stringify({ challenge, solution }))
}
const challengeFor = async (fields: Fields): Promise<Challenge> => (await sendJson(fields)).body['challenge'] as Challenge
async function ready(over: Fields = {}): Promise<Fields> {
  const fields = { ...typed, ...over, form: over['form'] ?? await formOf() }
  return { ...fields, proof: await solved(await challengeFor(fields)) }
}

describe('a comment that is welcome', () => {
  test('is asked for a proof, and with it stands under the post', async () => {
    const form = await formOf()
    const moment = await send({ ...typed, form })
    expect(moment.status).toBe(200)
    expect(moment.headers.get('content-security-policy')).toContain("script-src 'self'")
    const page = await moment.text()
    expect(page).toContain('Θα έχετε και το Σάββατο;')
    const challenge = JSON.parse(unescaped(/data-challenge="([^"]+)"/.exec(page)![1]!)) as Challenge
    expect(house.heard).toEqual([])

    const response = await send({ ...typed, form, proof: await solved(challenge) })
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toMatch(new RegExp(`^/p/${post.ref.id}\\?mine=[\\w.-]+#c-m1$`))
    expect(house.heard).toEqual([expect.objectContaining({
      does: 'says', text: 'Θα έχετε και το Σάββατο;', visibility: 'public', lang: 'el', author: { id: expect.any(String), name: 'Γιώργος' },
      inReplyTo: expect.objectContaining({ channel: 'porch', id: post.ref.id }),
    })])
    expect(house.heard[0]).not.toHaveProperty('hold')
    expect(await (await app.request(`/p/${post.ref.id}`)).text()).toContain('id="c-m1"')
  })

  test('answers another one', async () => {
    const parent = house.says(post.postId!, { id: 'c1', text: 'Επιτέλους!' })
    expect(await (await app.request(`/p/${post.ref.id}?answer=c1`)).text()).toContain('name="parent" value="c1"')
    const response = await send(await ready({ parent: 'c1' }))
    expect(response.status).toBe(303)
    expect(house.heard[0]!.inReplyTo).toEqual(parent.ref)
  })

  test('answers what was said elsewhere, and stands under the post', async () => {
    house.says(post.postId!, { id: 'c1', text: 'Is it spelt?', channel: 'fediverse', ref: { channel: 'fediverse', id: 'https://social.example/1' } })
    expect((await send(await ready({ parent: 'c1' }))).status).toBe(303)
    expect(house.heard[0]!.inReplyTo).toMatchObject({ channel: 'porch', id: post.ref.id })
  })

  test('tells a machine that asks for JSON where it stands', async () => {
    const { status, body } = await sendJson(await ready({ email: 'giorgos@example.gr' }))
    expect(status).toBe(201)
    expect(body).toEqual({ id: 'm1', url: `https://fournos.example/p/${post.ref.id}#c-m1`, own: expect.stringContaining(`https://fournos.example/p/${post.ref.id}/comments/own/`) })
    expect(house.heard[0]!.email).toBe('giorgos@example.gr')
  })

  test('keeps its lines and is escaped wherever it is shown', async () => {
    await send(await ready({ name: '<b>Γ</b>', text: 'ένα\r\nδύο\r\n\r\n<script>alert(1)</script> [url=http://x]x[/url]' }))
    const page = await (await app.request(`/p/${post.ref.id}`)).text()
    expect(page).toContain('<p>ένα<br>δύο</p><p>&lt;script&gt;alert(1)&lt;/script&gt; [url=http://x]x[/url]</p>')
    expect(page).toContain('&lt;b&gt;Γ&lt;/b&gt;')
  })

  test('knows the same person by the address, wherever they write from', async () => {
    await send(await ready({ email: 'giorgos@example.gr' }), { ip: '198.51.100.1' })
    await send(await ready({ email: 'Giorgos@example.gr', text: 'Και κάτι ακόμη.' }), { ip: '198.51.100.2' })
    await send(await ready({ email: 'other@example.gr', text: 'Άλλος είμαι.' }), { ip: '198.51.100.2' })
    const [first, second, third] = house.heard.map((one) => one.author.id)
    expect(first).toBe(second)
    expect(first).not.toBe(third)
  })
})

describe('a comment that a person reads first', () => {
  const held = async (fields: Fields) => {
    const response = await send(fields)
    expect(response.status).toBe(202)
    expect(await response.text()).toContain('Ευχαριστούμε, το λάβαμε')
    return house.heard.at(-1)
  }

  test('comes without a proof, by the button that needs no script', async () => {
    expect(await held({ ...typed, form: await formOf(), by: 'hand' })).toMatchObject({ hold: 'no_proof' })
  })

  test('fills in the field nobody sees, and is told nothing of it', async () => {
    const response = await send(await ready({ website: 'http://spam.example' }))
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toMatch(/\?mine=[\w.-]+#c-m1$/)
    expect(house.heard).toEqual([expect.objectContaining({ hold: 'honeypot' })])
    expect((await send({ ...typed, text: '', website: 'x' })).status).toBe(400)
  })

  test('has three links from somebody new; the same from somebody who has spoken here stands', async () => {
    const links = 'http://a.example https://b.example www.c.example'
    expect(await held(await ready({ text: links }))).toMatchObject({ hold: 'links' })
    await send(await ready({ text: 'Ευχαριστώ.' }))
    expect((await send(await ready({ text: `${links} !` }))).status).toBe(303)
  })

  test('is held by the house for reasons of its own', async () => {
    house.welcome = 'held'
    await held(await ready())
    house.welcome = 'ignored'
    await held(await ready({ text: 'Ξανά' }))
    const { status, body } = await sendJson(await ready({ text: 'Και ξανά' }))
    expect([status, body['code']]).toEqual([202, 'held_for_review'])
  })
})

describe('a comment that is refused', () => {
  const long = 'ω'.repeat(4_001)
  const cases: [what: string, fields: Fields, status: number, code: string, field?: string][] = [
    ['no text', { text: '' }, 400, 'empty_message', 'text'],
    ['only spaces', { text: ' \n\t ' }, 400, 'empty_message', 'text'],
    ['only signs that show nothing', { text: '\u200b\u2060\ufeff' }, 400, 'empty_message', 'text'],
    ['a NUL', { text: 'a\0b' }, 400, 'invalid_text', 'text'],
    ['too long a text', { text: long }, 400, 'message_too_long', 'text'],
    ['no name', { name: '' }, 400, 'invalid_name', 'name'],
    ['a name that shows nothing', { name: '\u200b' }, 400, 'invalid_name', 'name'],
    ['a line break in the name', { name: 'Γιώργος\r\nBcc: x@y.gr' }, 400, 'invalid_name', 'name'],
    ['a name of 81 signs', { name: 'ω'.repeat(81) }, 400, 'invalid_name', 'name'],
    ['a NUL in the name', { name: 'a\0' }, 400, 'invalid_text', 'name'],
    ['an address without a domain', { email: 'giorgos@' }, 400, 'invalid_email', 'email'],
    ['an address without a dot', { email: 'giorgos@localhost' }, 400, 'invalid_email', 'email'],
    ['a line break in the address', { email: 'a@b.gr\r\nBcc: c@d.gr' }, 400, 'invalid_email', 'email'],
    ['two addresses', { email: 'a@b.gr,c@d.gr' }, 400, 'invalid_email', 'email'],
    ['an address of 300 signs', { email: `${'a'.repeat(300)}@b.gr` }, 400, 'invalid_email', 'email'],
    ['a field the form does not have', { admin: '1' }, 400, 'unknown_field', 'admin'],
    ['a parent that is not here', { parent: 'nobody' }, 400, 'parent_mismatch', 'parent'],
    ['no form token', { form: '' }, 400, 'form_expired'],
    ['a forged form token', { form: `${Date.now().toString(36)}.abc.def` }, 400, 'form_expired'],
    ['no proof', {}, 400, 'proof_required'],
    ['a proof that cannot be read', { proof: 'AAAA' }, 400, 'proof_invalid'],
    ['a proof of another shape', { proof: btoa('{"challenge":{"parameters":{}},"solution":null}') }, 400, 'proof_invalid'],
  ]
  test.each(cases)('%s', async (_what, over, status, code, field) => {
    const { status: got, headers, body } = await sendJson({ ...typed, form: await formOf(), ...over })
    expect([got, body['code'], body['field']]).toEqual([status, code, field])
    expect(headers.get('content-type')).toContain('application/problem+json')
    expect(house.heard).toEqual([])
  })

  test('a parent under another post', async () => {
    const other = await house.publish(draft())
    house.says(other.postId!, { id: 'c9', text: 'αλλού' })
    expect((await sendJson({ ...typed, form: await formOf(), parent: 'c9' })).body).toMatchObject({ code: 'parent_mismatch', status: 400 })
  })

  test('a post that is not here, was taken down, or closed', async () => {
    expect((await sendJson({ ...typed }, { slug: 'nothing-here' }))).toMatchObject({ status: 404, body: { code: 'post_not_found' } })
    const form = await formOf()
    house.settings = { closeCommentsAfterDays: 1 }
    later(5 * 86_400_000)
    expect(await sendJson({ ...typed, form })).toMatchObject({ status: 403, body: { code: 'comments_closed' } })
    expect(await (await app.request(`/p/${post.ref.id}`)).text()).not.toContain('<form')
    house.settings = {}
    Object.assign(house.standings[0]!, { gone: { at: house.clock.toISOString(), note: '' } })
    expect(await sendJson({ ...typed, form })).toMatchObject({ status: 403, body: { code: 'comments_closed' } })
  })

  test('a form faster than a person types, and one a day old', async () => {
    const page = await (await app.request(`/p/${post.ref.id}`)).text()
    const form = /name="form" value="([^"]+)"/.exec(page)![1]!
    later(1_999)
    expect((await sendJson({ ...typed, form })).body).toMatchObject({ code: 'form_too_fast' })
    later(1)
    expect((await sendJson({ ...typed, form })).body).toMatchObject({ code: 'proof_required' })
    later(24 * 3_600_000)
    expect((await sendJson({ ...typed, form })).body).toMatchObject({ code: 'form_expired' })
  })

  test('a form of another post', async () => {
    const other = await house.publish(draft())
    expect((await sendJson({ ...typed, form: await formOf(other.ref.id) })).body).toMatchObject({ code: 'form_expired' })
  })

  test('a form used twice', async () => {
    const form = await formOf()
    expect((await send(await ready({ form }))).status).toBe(303)
    expect((await sendJson(await ready({ form, text: 'Κάτι άλλο' }))).body).toMatchObject({ code: 'form_expired' })
  })

  test('a proof that is expired, used, of another form, or changed', async () => {
    const first = await ready()
    later(15 * 60_000 + 1_000)
    expect((await sendJson(first)).body).toMatchObject({ code: 'proof_expired' })
    later(-15 * 60_000)
    expect((await send(first)).status).toBe(303)
    expect((await sendJson({ ...first, text: 'Άλλο κείμενο' })).body).toMatchObject({ code: 'proof_used' })
    expect((await sendJson({ ...first, text: 'Άλλη φόρμα', form: await formOf() })).body).toMatchObject({ code: 'proof_invalid' })

    const next = await ready({ text: 'Τρίτο' })
    const proof = JSON.parse(atob(next['proof']!)) as { challenge: Challenge; solution: { counter: number; derivedKey: string } }
    const changed = (over: object) => btoa(JSON.stringify({ ...proof, ...over }))
    const parameters = { ...proof.challenge.parameters, expiresAt: proof.challenge.parameters.expiresAt! + 60 }
    for (const wrong of [
      changed({ solution: { ...proof.solution, derivedKey: '00'.repeat(32) } }), changed({ challenge: { ...proof.challenge, parameters } }),
      changed({ challenge: { parameters: proof.challenge.parameters, signature: '00'.repeat(32) } }), changed({ solution: { ...proof.solution, derivedKey: 'zz' } }),
    ]) expect((await sendJson({ ...next, proof: wrong })).body).toMatchObject({ code: 'proof_invalid' })
  })

  test('the same words twice, whether they stand or are held', async () => {
    await send(await ready())
    const again = await send({ ...typed, form: await formOf() })
    expect(again.status).toBe(409)
    expect(await again.text()).toContain('href="#c-m1"')
    await send({ ...typed, text: 'Μία φορά', form: await formOf(), by: 'hand' })
    expect((await sendJson({ ...typed, text: 'Μία φορά', form: await formOf(), by: 'hand' }))).toMatchObject({ status: 409, body: { code: 'already_posted' } })
    expect(house.heard).toHaveLength(2)
  })

  test('a body of another kind, too large, repeated or not in UTF-8', async () => {
    const raw = async (body: string | Uint8Array<ArrayBuffer>, type = 'application/x-www-form-urlencoded') => {
      const response = await app.request(`/p/${post.ref.id}/comments`, { method: 'POST', body, headers: { 'content-type': type, accept: 'application/json' } })
      return [response.status, ((await response.json()) as { code: string }).code]
    }
    expect(await raw('{"text":"x"}', 'application/json')).toEqual([415, 'unsupported_type'])
    expect(await raw('x', '')).toEqual([415, 'unsupported_type'])
    expect(await raw(`text=${'a'.repeat(66_000)}`)).toEqual([413, 'body_too_large'])
    expect(await raw('name=a&name=b')).toEqual([400, 'invalid_input'])
    expect(await raw('text=%ff%fe')).toEqual([400, 'invalid_text'])
    expect(await raw('text=%')).toEqual([400, 'invalid_text'])
    expect(await raw(Uint8Array.from([0x74, 0x3d, 0xff]))).toEqual([400, 'invalid_text'])
    expect(await raw('')).toEqual([400, 'form_expired'])
  })

  test('anything at all, without breaking', async () => {
    const names = fc.constantFrom('name', 'email', 'text', 'parent', 'website', 'form', 'proof', 'by', 'other', '')
    const pairs = fc.array(fc.tuple(names, fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))), { maxLength: 9 })
    const bodies = fc.oneof(fc.string(), pairs.map((all) => all.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join('&')))
    let network = 0
    await fc.assert(fc.asyncProperty(bodies, async (body) => {
      const response = await app.request(`/p/${post.ref.id}/comments`, {
        method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-test-ip': `10.${network >> 16}.${(network >> 8) & 255}.${network++ & 255}` },
      })
      expect(response.status).toBeLessThan(500)
      await response.text()
    }), { numRuns: 300 })
  })

  test('a method the form does not have', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE']) expect((await app.request(`/p/${post.ref.id}/comments`, { method })).status).toBe(405)
    const back = await app.request(`/p/${post.ref.id}/comments`)
    expect([back.status, back.headers.get('location')]).toEqual([303, `/p/${post.ref.id}#comments`])
  })

  test('too many from one network, with the seconds to wait', async () => {
    for (let n = 0; n < 40; n++) await send({ ...typed, text: '' }, { ip: `2001:db8:1:2::${n.toString(16)}` })
    const refused = await send({ ...typed, text: 'κρατήστε το' }, { ip: '2001:db8:1:2:ffff::1' })
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await refused.text()).toContain('κρατήστε το')
    expect((await send({ ...typed, text: '' }, { ip: '2001:db8:1:3::1' })).status).toBe(400)
  })
})

test('a network is one IPv4 address or an IPv6 /64, however it is written', () => {
  expect(networkOf('::ffff:203.0.113.7')).toBe(networkOf('203.0.113.7'))
  expect(networkOf('2001:db8:1:2::1')).toBe(networkOf('2001:0db8:1:2:ffff::9'))
  expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'))
  expect(networkOf('2001:db8:1:2')).not.toBe(networkOf('2001:db8:1:3'))
})

describe('what a reader is told', () => {
  test('the sentence stands beside its field and nothing typed is lost', async () => {
    const response = await send({ ...typed, name: 'Γ "<i>', email: 'γιώργος', text: '\nΠρώτη γραμμή & <άλλη>', form: await formOf() })
    expect(response.status).toBe(400)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const page = await response.text()
    expect(page).toMatch(/id="email-wrong">Δεν μοιάζει με διεύθυνση e-mail/)
    expect(page).toMatch(/id="email"[^>]*aria-invalid="true"[^>]*aria-describedby="email-wrong email-hint"/)
    expect(page).toContain('value="Γ &quot;&lt;i&gt;"')
    expect(page).toContain('value="γιώργος"')
    expect(page).toContain('\n\nΠρώτη γραμμή &amp; &lt;άλλη&gt;</textarea>')
    expect(page).toContain('Ό,τι γράψατε κρατήθηκε παρακάτω.')
  })

  test('a page shown again holds a form that can be sent', async () => {
    const page = await (await send({ ...typed, email: 'x', form: await formOf() })).text()
    later(3_000)
    const form = /name="form" value="([^"]+)"/.exec(page)![1]!
    expect((await send(await ready({ form }))).status).toBe(303)
  })

  test('in the language of the site on its pages, in the reader’s own as JSON', async () => {
    house = new TestHouse('en')
    app = house.app()
    post = await house.publish(draft({ lang: 'en', title: 'Bread', text: 'Bread.' }))
    expect(await (await send({ ...typed, text: '', form: await formOf() })).text()).toContain('Write something first.')
    expect((await sendJson({ ...typed, text: '', form: await formOf() }, { lang: 'el' })).body['detail']).toBe('Γράψτε πρώτα κάτι.')
    expect((await sendJson({ ...typed, text: '', form: await formOf() }, { lang: 'en' })).body['detail']).toBe('Write something first.')
  })

  test('words sent to a post that closed meanwhile are shown, so that they can be kept', async () => {
    const form = await formOf()
    house.settings = { closeCommentsAfterDays: 1 }
    later(5 * 86_400_000)
    const response = await send({ ...typed, form })
    expect(response.status).toBe(403)
    expect(await response.text()).toContain('Θα έχετε και το Σάββατο;')
  })
})
