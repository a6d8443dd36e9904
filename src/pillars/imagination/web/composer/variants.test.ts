import { expect, test } from 'vitest'
import { attach, detach, sharing, sheetOf, writeOn } from './variants.ts'
import { blank, type Words } from './writing.ts'

const page: Words = { ...blank('el', [], null), title: 'Σίκαλη', text: 'Ψήνουμε στις έξι.', accountIds: ['porch', 'bluesky'] }

test('what is written on the shared sheet stands on every account that has none of its own', () => {
  const next = { ...page, ...detach(page, 'bluesky') }
  const written = { ...next, ...writeOn(next, 'porch', { text: 'Ψήνουμε στις επτά.' }) }
  expect(sheetOf(written, 'porch').text).toBe('Ψήνουμε στις επτά.')
  expect(sheetOf(written, 'bluesky').text).toBe('Ψήνουμε στις έξι.')
})

test('a detached account begins with the shared words and keeps its own from then on', () => {
  const next = { ...page, ...detach(page, 'bluesky') }
  expect(sheetOf(next, 'bluesky')).toEqual(sheetOf(page))
  const written = { ...next, ...writeOn(next, 'bluesky', { text: 'Στις έξι, #σίκαλη' }) }
  expect(sheetOf(written, 'bluesky').text).toBe('Στις έξι, #σίκαλη')
  expect(sheetOf(written).text).toBe('Ψήνουμε στις έξι.')
})

test('detaching twice keeps what was written; attaching goes back to the shared words', () => {
  const next = { ...page, ...detach(page, 'bluesky') }
  const written = { ...next, ...writeOn(next, 'bluesky', { text: 'Αλλιώς' }) }
  expect(sheetOf({ ...written, ...detach(written, 'bluesky') }, 'bluesky').text).toBe('Αλλιώς')
  expect(sheetOf({ ...written, ...attach(written, 'bluesky') }, 'bluesky').text).toBe('Ψήνουμε στις έξι.')
})

test('the accounts that share are those that are chosen and not detached', () => {
  const next = { ...page, ...detach(page, 'bluesky') }
  expect(sharing(next, [{ id: 'porch' }, { id: 'bluesky' }, { id: 'wiki' }]).map((one) => one.id)).toEqual(['porch'])
})
