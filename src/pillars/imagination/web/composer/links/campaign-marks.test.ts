import { expect, test, vi } from 'vitest'
import { remember, remembered } from './campaign-marks.ts'

function shelf() {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => { kept.set(key, value) } })
  return kept
}

test('the marks typed once in a campaign come back in it, and in no other', () => {
  shelf()
  remember('rye', { source: 'mastodon', medium: 'social', campaign: 'sikali' })
  expect(remembered('rye', { channel: 'social' }).source).toBe('mastodon')
  expect(remembered('oil', { channel: 'social', campaign: 'Λάδι και ψωμί' })).toEqual({ source: 'social', medium: 'social', campaign: 'ladi-kai-psomi' })
})

test('what cannot be read is as if nothing had been kept', () => {
  shelf().set('stoa.utm.rye', '{broken')
  expect(remembered('rye', { channel: 'social' }).medium).toBe('social')
})
