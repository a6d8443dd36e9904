import { expect, test } from 'vitest'
import { balance, blank, isBlankPage, otherLang, tagsFrom } from './writing.ts'
import type { Account } from '../calls.ts'

const account = (id: string, more: Partial<Account> = {}): Account => ({
  id, channel: 'porch', channelName: 'Porch', handle: 'fournos', name: 'Φούρνος της Ελένης', state: 'connected', heardAt: null, connectedAt: '2026-11-23T08:00:00Z',
  limits: { text: { max: 60_000, unit: 'grapheme' } }, kinds: ['post', 'reply'], hears: ['replies'], circle: true, threads: null, light: 'live', why: null, lastHeardAt: null, lastTriedAt: null, trouble: null, endsAt: null, endsSoon: false, pulled: false, native: true, canLogin: false, settings: {}, secrets: [], ...more,
})

test('a new post goes to every account that can publish, and no other', () => {
  const page = blank('el', [account('porch'), account('lost', { state: 'login-needed' }), account('listens', { kinds: [] })], null)
  expect(page.accountIds).toEqual(['porch'])
  expect(isBlankPage(page)).toBe(true)
})

test('a Greek text on an English page is noticed, once there is enough of it', () => {
  expect(otherLang({ title: '', text: 'Ζυμώνουμε σίκαλη κάθε Δευτέρα.', lang: 'en' })).toBe('el')
  expect(otherLang({ title: '', text: 'Ζυμώνουμε σίκαλη κάθε Δευτέρα.', lang: 'el' })).toBeUndefined()
  expect(otherLang({ title: '', text: 'Γεια', lang: 'en' })).toBeUndefined()
})

test('tags are taken as people type them', () => {
  expect(tagsFrom('#rye, Πάτρα ,, rye,  slow   bread')).toEqual(['rye', 'Πάτρα', 'slow bread'])
})

test('an ask after two gives makes it two to one', () => {
  expect(balance([{ intent: 'give' }, { intent: 'talk' }, { intent: 'give' }], 'ask')).toEqual({ before: { give: 2, ask: 0 }, after: { give: 2, ask: 1 } })
})
