import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { suggestUtm, utmOf, withoutUtm, withUtm } from './utm.ts'

const utm = { source: 'bluesky', medium: 'social', campaign: 'ψωμί σίκαλης' }

describe('marks of where a visit comes from', () => {
  test.each([
    ['https://fournos.gr', 'https://fournos.gr?utm_source=bluesky&utm_medium=social&utm_campaign=%CF%88%CF%89%CE%BC%CE%AF%20%CF%83%CE%AF%CE%BA%CE%B1%CE%BB%CE%B7%CF%82'],
    ['https://fournos.gr/ψωμί?μέρα=1&b#τιμές', 'https://fournos.gr/ψωμί?μέρα=1&b&utm_source=bluesky&utm_medium=social&utm_campaign=%CF%88%CF%89%CE%BC%CE%AF%20%CF%83%CE%AF%CE%BA%CE%B1%CE%BB%CE%B7%CF%82#τιμές'],
    ['https://fournos.gr/?UTM_Source=flyer', 'https://fournos.gr/?UTM_Source=flyer&utm_medium=social&utm_campaign=%CF%88%CF%89%CE%BC%CE%AF%20%CF%83%CE%AF%CE%BA%CE%B1%CE%BB%CE%B7%CF%82'],
    ['mailto:eleni@fournos.gr', 'mailto:eleni@fournos.gr'], ['', ''],
  ])('%s', (url, expected) => expect(withUtm(url, utm)).toBe(expected))

  const url = fc.tuple(fc.constantFrom('https://fournos.gr', 'http://a.gr/β/γ', 'https://x.com:80/%20'), fc.constantFrom('', '?', '?a=1', '?a=1&&b', '?utm_source=x', '?κ=λ&utm_campaign='), fc.constantFrom('', '#', '#μέρος?a=b')).map((parts) => parts.join(''))
  const given = fc.record({ source: fc.string({ unit: 'binary' }), medium: fc.string({ unit: 'grapheme' }), campaign: fc.string(), content: fc.string() })
  test('done twice change nothing, and all that stood there stays', () => {
    fc.assert(fc.property(url, given, (address, marks) => {
      const once = withUtm(address, marks)
      expect(withUtm(once, marks)).toBe(once)
      expect(URL.canParse(once)).toBe(true)
      expect(new URL(once).hash).toBe(new URL(address).hash)
      for (const [name, value] of new URL(address).searchParams) expect(new URL(once).searchParams.getAll(name)).toContain(value)
      expect(utmOf(withoutUtm(once))).toEqual({})
    }))
  })
  test('are suggested in letters every site can read', () => expect(suggestUtm({ channel: 'bluesky', campaign: 'Ψωμί σίκαλης' })).toEqual({ source: 'bluesky', medium: 'social', campaign: 'psomi-sikalis' }))
  test('are read back, and taken off', () => {
    expect(utmOf(withUtm('https://fournos.gr/?a=1', utm))).toEqual(utm)
    expect(withoutUtm(withUtm('https://fournos.gr/?a=1#x', utm))).toBe('https://fournos.gr/?a=1#x')
  })
})
