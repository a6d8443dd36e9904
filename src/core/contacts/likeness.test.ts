import { describe, expect, test } from 'vitest'
import { comparable, fullHandle, likeness, nickOf, pageOf, pairOf, type Likened } from './likeness.ts'

type Given = { readonly name?: string; readonly email?: string | null; readonly channel?: string; readonly remoteId?: string; readonly handle?: string; readonly url?: string | null; readonly picture?: string | null }
let made = 0
const person = ({ name = 'Γιώργος Πατρινός', email = null, channel = 'fediverse', remoteId = `r${made}`, handle = '', url = null, picture = null }: Given): Likened =>
  ({ id: `c${made++}`, name, email, identities: [{ channel, remoteId, handle, url, picture }] })
const why = (one: Given, other: Given) => likeness(person(one), person(other)).map((reason) => reason.why)

describe('two contacts look like one person', () => {
  test.each<[string, Given, Given, readonly string[]]>([
    ['by one e-mail address, however it is written', { name: 'Γιώργος', email: 'giorgos@example.gr' }, { name: 'George', email: 'Giorgos@Example.GR' }, ['email']],
    ['by an address they are known by on the porch', { name: 'Γιώργος', remoteId: 'mailto:giorgos@example.gr' }, { name: 'G.', email: 'giorgos@example.gr' }, ['email']],
    ['by the page that is their own', { name: 'A', url: 'https://www.mastodon.social/@giorgos/' }, { name: 'B', url: 'http://mastodon.social/@giorgos' }, ['page']],
    ['by a page that is their id elsewhere', { name: 'A', remoteId: 'https://mastodon.social/users/giorgos' }, { name: 'B', url: 'https://mastodon.social/users/giorgos' }, ['page']],
    ['by a handle that names its server', { name: 'A', handle: '@giorgos@mastodon.social' }, { name: 'B', channel: 'mastodon', handle: 'Giorgos@mastodon.social' }, ['handle']],
    ['by name and the nick they chose', { handle: '@giorgos_pat' }, { channel: 'bluesky', handle: 'giorgos_pat.bsky.social' }, ['name-and-nick']],
    ['by name without its marks, and the nick in their address', { name: 'ΓΙΩΡΓΟΣ ΠΑΤΡΙΝΟΣ', email: 'giorgospat@example.gr' }, { handle: '@giorgospat' }, ['name-and-nick']],
    ['by name and picture', { picture: 'https://a.example/face.png' }, { picture: 'https://a.example/face.png' }, ['name-and-picture']],
    ['by name and a site', { url: 'https://patrinos.gr' }, { url: 'http://www.patrinos.gr/' }, ['name-and-site']],
  ])('%s', (_, one, other, reasons) => expect(why(one, other)).toEqual(reasons))

  test.each<[string, Given, Given]>([
    ['a name alone', {}, {}],
    ['a first name of a few letters and a nick', { name: 'Άνα', handle: '@anaana' }, { name: 'Ανα', handle: '@anaana' }],
    ['a nick alone', { name: 'Γιώργος', handle: '@psomi' }, { name: 'Μαρία', handle: '@psomi' }],
    ['a server both are on', { name: 'A', url: 'https://mastodon.social' }, { name: 'B', url: 'https://mastodon.social/' }],
    ['no address at all', { name: 'A', email: '' }, { name: 'B', email: null }],
  ])('but not by %s', (_, one, other) => expect(why(one, other)).toEqual([]))

  test('the same from either side', () => {
    const [one, other] = [person({ handle: '@giorgos@a.gr', email: 'g@a.gr' }), person({ handle: 'giorgos@a.gr', email: 'g@a.gr' })]
    expect(likeness(one, other).map((reason) => reason.why)).toEqual(likeness(other, one).map((reason) => reason.why))
    expect(pairOf(one.id, other.id)).toEqual(pairOf(other.id, one.id))
  })
})

test('what is compared is what a person chose', () => {
  expect([comparable('  Έλενα–Μαρία '), comparable('Ων')]).toEqual(['ελενα μαρια', undefined])
  expect([fullHandle('@eleni'), fullHandle('eleni.bsky.social'), fullHandle('@e@b.gr')]).toEqual([undefined, 'eleni.bsky.social', 'e@b.gr'])
  expect([nickOf('@eleni@b.gr'), nickOf('ele')]).toEqual(['eleni', undefined])
  expect([pageOf('javascript:alert(1)'), pageOf('not a page'), pageOf('HTTPS://Www.A.gr/B/')]).toEqual([undefined, undefined, 'a.gr/b'])
})
