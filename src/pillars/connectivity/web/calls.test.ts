import { afterEach, expect, test, vi } from 'vitest'
import { change, pageOf } from './calls.ts'

afterEach(() => vi.unstubAllGlobals())

/** A server that keeps what it was asked and answers with one empty page. */
function listening() {
  const heard: { url: URL; init: RequestInit | undefined }[] = []
  vi.stubGlobal('document', { documentElement: { lang: 'el' } })
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => { heard.push({ url: new URL(url, 'http://stoa.test'), init }); return Response.json({ items: [], next: null }) })
  return heard
}

test('a search in Greek is asked as it was typed, and what was not chosen is not asked', async () => {
  const heard = listening()
  expect(await pageOf({ q: 'ψωμί & σίκαλη', view: 'waiting' }, 'abc')).toEqual({ items: [], next: null, from: 'abc' })
  expect(heard[0]?.url.pathname).toBe('/api/v1/conversations')
  expect(Object.fromEntries(heard[0]!.url.searchParams)).toEqual({ q: 'ψωμί & σίκαλη', view: 'waiting', cursor: 'abc', limit: '100' })
  await pageOf({}, null)
  expect(Object.fromEntries(heard[1]!.url.searchParams)).toEqual({ view: 'all', limit: '100' })
})

test('an act sends what changes and nothing else', async () => {
  const heard = listening()
  await change('rye', { state: 'done' })
  expect(heard[0]).toMatchObject({ url: { pathname: '/api/v1/conversations/rye' }, init: { method: 'PATCH', body: '{"state":"done"}' } })
})
