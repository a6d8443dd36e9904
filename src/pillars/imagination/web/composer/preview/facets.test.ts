import { expect, test } from 'vitest'
import { networks } from '#text/networks/all.ts'
import { facetsOf, firstLink, hostOf, shownLink } from './facets.ts'

const said = (text: string, network: string) => facetsOf(text, networks[network]!.text, networks[network]!).filter((one) => one.is !== 'text').map((one) => `${one.is} ${one.text}`)

test('each network makes clickable what it makes clickable itself', () => {
  const text = 'Ζύμη από #προζύμι, με τη @maria@patra.social και @eleni.bsky.social: https://fournos.gr/psomi.'
  expect(said(text, 'mastodon')).toEqual(['tag #προζύμι', 'mention @maria@patra.social', 'mention @eleni.bsky.social', 'link https://fournos.gr/psomi'])
  expect(said(text, 'bluesky')).toEqual(['tag #προζύμι', 'mention @eleni.bsky.social', 'link https://fournos.gr/psomi'])
})

test('a place without tags and mentions makes only addresses clickable', () => {
  expect(said('#σίκαλη https://fournos.gr', 'wordpress')).toEqual(['link https://fournos.gr'])
})

test('nothing is lost between the pieces', () => {
  const text = 'Ψωμί: https://a.gr/x?y=1#α #α @β τέλος'
  expect(facetsOf(text, networks['mastodon']!.text, networks['mastodon']!).map((one) => one.text).join('')).toBe(text)
})

test('the first address makes the card, and is shown without its scheme', () => {
  expect(firstLink('Δείτε https://www.fournos.gr/psomi/ και https://b.gr')).toBe('https://www.fournos.gr/psomi/')
  expect(firstLink('Τίποτα εδώ.')).toBeUndefined()
  expect(shownLink('https://www.fournos.gr/psomi/')).toBe('fournos.gr/psomi')
  expect(shownLink('https://fournos.gr/a-very-long-way-to-a-page')).toHaveLength(30)
  expect(hostOf('https://www.fournos.gr/x')).toBe('fournos.gr')
})
