import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import type { Challenge } from 'altcha-lib/types'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Standing } from '#kit/host.ts'
import { TestHouse, draft, maria } from './test-host.ts'

let house: TestHouse
let app: ReturnType<TestHouse['app']>
let post: Standing
const later = (ms: number) => { house.clock = new Date(house.clock.getTime() + ms) }
const minutes = (n: number) => n * 60_000
const posted = (path: string, fields: Record<string, string>, accept = 'text/html') => app.request(path, {
  method: 'POST', body: new URLSearchParams(fields).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded', accept },
})

beforeEach(async () => {
  house = new TestHouse('el')
  app = house.app()
  post = await house.publish(draft())
})

async function says(over: Record<string, string> = {}): Promise<Response> {
  const page = await (await app.request(`/p/${post.ref.id}`)).text()
  later(5_000)
  const fields = { name: 'Γιώργος', text: 'Θα έχετε και το Σάβατο;', form: /name="form" value="([^"]+)"/.exec(page)![1]!, ...over }
  if (over['by']) return posted(`/p/${post.ref.id}/comments`, fields)
  const asked = await (await posted(`/p/${post.ref.id}/comments`, fields, 'application/json')).json() as { challenge: Challenge }
  const proof = btoa(JSON.stringify({ challenge: asked.challenge, solution: await solveChallenge({ challenge: asked.challenge, deriveKey }) }))
  return posted(`/p/${post.ref.id}/comments`, { ...fields, proof })
}
const said = async () => {
  const location = (await says()).headers.get('location')!
  return { location, own: `/p/${post.ref.id}/comments/own/${/mine=([^#]+)/.exec(location)![1]!}` }
}
const pageOf = async () => (await app.request(`/p/${post.ref.id}`)).text()

describe('whoever wrote a comment', () => {
  test('sees it in its place with a way to change it, which nobody else sees', async () => {
    const { location, own } = await said()
    const response = await app.request(location.split('#')[0]!)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const page = await response.text()
    expect(page).toContain(`href="${own}"`)
    expect(page).toContain('name="robots" content="noindex"')
    expect(await pageOf()).not.toContain('comments/own/')
  })

  test('changes its words for a quarter of an hour, and readers see that it was changed', async () => {
    const { own } = await said()
    later(minutes(10))
    expect(await (await app.request(own)).text()).toContain('Θα έχετε και το Σάβατο;</textarea>')
    const response = await posted(own, { do: 'edit', text: 'Θα έχετε και το Σάββατο;' })
    expect([response.status, response.headers.get('location')]).toEqual([303, expect.stringContaining('#c-m1')])
    expect(await pageOf()).toContain('Θα έχετε και το Σάββατο;')
    expect(await pageOf()).toContain('διορθώθηκε από όποιον το έγραψε')
  })

  test('takes it back, and nobody reads it any more', async () => {
    const { own } = await said()
    expect((await posted(own, { do: 'withdraw', text: '' })).status).toBe(303)
    expect(await pageOf()).not.toContain('Σάβατο')
    expect(await (await app.request(own)).text()).toContain('Το πήρατε πίσω.')
  })

  test('only looks at it once the time has passed', async () => {
    const { own } = await said()
    later(minutes(15) + 1)
    expect(await (await app.request(own)).text()).not.toContain('<textarea')
    const late = await posted(own, { do: 'edit', text: 'Άλλο' })
    expect(late.status).toBe(410)
    expect(await pageOf()).toContain('Σάβατο')
    later(minutes(60 * 24 * 31))
    expect((await app.request(own)).status).toBe(404)
  })

  test('reads why it was hidden', async () => {
    const { own } = await said()
    house.hidden.set(house.heard[0]!.ref.id, 'Μιλά για <b>άλλο</b> μαγαζί.')
    const page = await (await app.request(own)).text()
    expect(page).toContain('Μιλά για &lt;b&gt;άλλο&lt;/b&gt; μαγαζί.')
    expect(page).not.toContain('value="edit"')
  })

  test('asks for another look at what was hidden, once', async () => {
    const { own } = await said()
    const refId = house.heard[0]!.ref.id
    expect((await posted(own, { do: 'appeal', text: 'Είναι σωστό.' })).status).toBe(410)
    house.hidden.set(refId, 'Μιλά για άλλο μαγαζί.')
    expect(await (await app.request(own)).text()).toContain('value="appeal"')
    expect((await posted(own, { do: 'appeal', text: ' ' })).status).toBe(400)
    expect((await posted(own, { do: 'appeal', text: 'α'.repeat(2_001) })).status).toBe(400)
    expect((await posted(own, { do: 'appeal', text: 'Για τον φούρνο σας μιλώ.' })).status).toBe(303)
    expect(house.appeals).toEqual([{ refId, text: 'Για τον φούρνο σας μιλώ.' }])
    const page = await (await app.request(own)).text()
    expect(page).toContain('Ζητήσατε να το ξαναδούμε.')
    expect(page).not.toContain('value="appeal"')
  })

  test('as a machine that was found out sees what somebody welcome sees, and nobody else sees it', async () => {
    const sees = async (over: Record<string, string>) => {
      const response = await says(over)
      const location = response.headers.get('location')!
      const page = await (await app.request(location.split('#')[0]!)).text()
      return { status: response.status, location, id: /#c-(\w+)$/.exec(location)![1]!, page }
    }
    const honest = await sees({})
    house.utterances.length = 0
    const machine = await sees({ website: 'x', text: 'Θα έχετε και το Σάβατο!' })
    expect(house.heard.at(-1)).toMatchObject({ hold: 'honeypot' })
    const same = (one: typeof honest): string => one.page.replaceAll(one.id, 'ID').replaceAll(/id="c-[\w-]{22}"/g, '').replaceAll(/own\/[\w.-]+/g, 'own').replaceAll(/name="form" value="[^"]+"/g, '').replaceAll(/datetime="[^"]+"|\d\d:\d\d/g, '').replaceAll('Σάβατο!', 'Σάβατο;')
    expect(machine.status).toBe(honest.status)
    expect(same(machine)).toBe(same(honest))
    expect(await pageOf()).not.toContain('Σάβατο!')
  })

  test('as a machine is asked for the same puzzle, and a person is told first where everybody is', async () => {
    expect(await (await says({ by: 'hand', website: 'x' })).text()).toContain('Κάποιος από εμάς διαβάζει το σχόλιό σας')
    expect(house.heard.at(-1)).toMatchObject({ hold: 'no_proof' })
  })
})

describe('a link that is not theirs', () => {
  test.each([['nothing', ''], ['a letter', 'x'], ['three parts', 'a.b.c'], ['another’s mark', `${'a'.repeat(22)}.m0.${'b'.repeat(43)}`], ['5,000 letters', 'a'.repeat(5_000)]])('%s leads nowhere', async (_what, token) => {
    expect((await app.request(`/p/${post.ref.id}/comments/own/${token}`)).status).toBe(404)
    expect((await posted(`/p/${post.ref.id}/comments/own/${token}`, { do: 'withdraw' })).status).toBe(404)
  })
  test('a link changed by one letter', async () => {
    const { own } = await said()
    expect((await posted(own.slice(0, -2) + (own.endsWith('AA') ? 'BB' : 'AA'), { do: 'withdraw' })).status).toBe(404)
    expect(await pageOf()).toContain('Σάβατο')
  })
})

test.each([
  ['no words', { do: 'edit', text: '' }], ['4,001 letters', { do: 'edit', text: 'α'.repeat(4_001) }], ['an unknown act', { do: 'burn' }], ['no act', { text: 'Άλλο' }],
  ['an unknown field', { do: 'edit', text: 'Άλλο', admin: '1' }], ['three links', { do: 'edit', text: 'http://a.gr http://b.gr http://c.gr' }],
])('an edit that cannot be taken leaves the comment as it is: %s', async (_what, fields) => {
  const { own } = await said()
  later(1_000)
  const response = await posted(own, fields as Record<string, string>)
  expect(response.status).toBe(400)
  expect(await response.text()).toContain('role="alert"')
  expect(await pageOf()).toContain('Σάβατο')
})

describe('the feeds of comments', () => {
  test('tell what is said under one post and under all, and are named in the head of their pages', async () => {
    house.says(post.postId!, { id: 'c1', text: 'Τι ώρα <ανοίγετε> & πού;' })
    house.says(post.postId!, { id: 'c2', from: 'team', author: maria, text: 'Στις έξι.', html: '<p>Στις <strong>έξι</strong>.</p>', parentId: 'c1', at: '2026-11-19T11:00:00.000Z' })
    const head = await pageOf()
    for (const path of [`/p/${post.ref.id}/comments.atom`, `/p/${post.ref.id}/comments.xml`, '/comments.atom', '/comments.xml']) {
      if (path !== '/comments.xml') expect(head).toContain(`href="${path}"`)
      const response = await app.request(path)
      expect(response.headers.get('content-type')).toContain(path.endsWith('atom') ? 'application/atom+xml' : 'application/rss+xml')
      const feed = await response.text()
      expect(feed).toContain(`https://fournos.example/p/${post.ref.id}#c-c1`)
      expect(feed).toContain('Μαρία Δήμου: «Ψωμί ζέας κάθε Πέμπτη»')
      expect(feed.indexOf('#c-c2')).toBeLessThan(feed.indexOf('#c-c1'))
    }
  })
  test('are empty before anybody has spoken, and gone with the post', async () => {
    expect(await (await app.request('/comments.atom')).text()).toContain('<feed')
    Object.assign(house.standings[0]!, { gone: { at: house.clock.toISOString(), note: '' } })
    expect((await app.request(`/p/${post.ref.id}/comments.atom`)).status).toBe(404)
  })
})

test('what comes from other networks and sites stands in the same order and look', async () => {
  house.says(post.postId!, { id: 'c1', text: 'Από εδώ', at: '2026-11-19T10:00:00.000Z' })
  house.says(post.postId!, { id: 'c2', text: 'Από το fediverse', channel: 'fediverse', ref: { channel: 'fediverse', id: 'https://social.example/2', url: 'https://social.example/2' }, at: '2026-11-19T10:01:00.000Z' })
  house.says(post.postId!, { id: 'c3', text: 'Από ιστολόγιο', channel: 'webmention', ref: { channel: 'webmention', id: 'https://blog.example/psomi', url: 'https://blog.example/psomi' }, at: '2026-11-19T10:02:00.000Z' })
  house.says(post.postId!, { id: 'c4', text: 'Απαντώ στο fediverse', parentId: 'c2', at: '2026-11-19T10:03:00.000Z' })
  const page = await pageOf()
  const places = ['c1', 'c2', 'c4', 'c3'].map((id) => page.indexOf(`<article class="comment" id="c-${id}"`))
  expect(places.every((place) => place > 0)).toBe(true)
  expect(places.toSorted((a, b) => a - b)).toEqual(places)
  expect(page).toContain('<a href="https://social.example/2" rel="ugc nofollow noopener">από το fediverse</a>')
  expect(page).toContain('<a href="https://blog.example/psomi" rel="ugc nofollow noopener">από το blog.example</a>')
})

describe('letters about answers to a comment', () => {
  test('are offered where they can be written, and confirmed by a button behind a link that only the mailbox has', async () => {
    const { own } = await said()
    expect(await (await app.request(own)).text()).not.toContain('name="email"')
    house.letters = true
    expect(await (await app.request(own)).text()).toContain('name="email"')
    const asked = await posted(own, { do: 'follow', email: 'giorgos@example.gr' })
    expect(await asked.text()).toContain('Σας γράψαμε.')
    expect(house.follows).toMatchObject([{ email: 'giorgos@example.gr', place: `https://fournos.example/p/${post.ref.id}#c-m1` }])
    const link = new URL(house.follows[0]!.link).pathname
    expect(await (await app.request(link)).text()).toContain('Ναι, γράψτε μου')
    expect(house.confirmed).toEqual([])
    expect((await posted(link, {})).status).toBe(200)
    expect(house.confirmed).toHaveLength(1)
    expect((await posted(`${link.slice(0, -3)}AAA`, {})).status).toBe(404)
  })
})
