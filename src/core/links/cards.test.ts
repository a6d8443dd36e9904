import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { bakery, houseOf, NOON, type Bakery } from '../../../test/world/bakery.ts'
import { recentMedia } from '../media/store.ts'
import { cardFor, targetOf } from './cards.ts'

let database: Database
let world: Bakery
let asked: string[] = []
let answers: Record<string, () => Response | Promise<Response>> = {}
let now = NOON
const dataDir = mkdtempSync(join(tmpdir(), 'stoa-cards-'))
const get = (async (url: URL) => {
  asked.push(String(url))
  const answer = answers[String(url)]
  if (!answer) throw new Error('ENOTFOUND')
  return await answer()
}) as typeof globalThis.fetch
const card = (url: string) => cardFor({ ...houseOf(database, { dataDir }), now: () => now, hosts: { ...houseOf(database).hosts, lend: () => get } }, world.workspaceId, url)
const html = (head: string): Response => new Response(`<html><head>${head}</head>`, { headers: { 'content-type': 'text/html; charset=utf-8' } })
const page = '<title>Ψωμί σίκαλης</title><meta property="og:description" content="Με προζύμι"><meta property="og:image" content="/psomi.jpg">'

beforeAll(async () => { database = await testDatabase(); world = await bakery(database) })
beforeEach(() => { asked = []; answers = {}; now = NOON })
afterAll(async () => { await database.close(); rmSync(dataDir, { recursive: true, force: true }) })

describe('a card', () => {
  test('shows title, words and a picture that is ours', async () => {
    const jpeg = await sharp({ create: { width: 1200, height: 630, channels: 3, background: '#c84' } }).withExif({ IFD0: { Model: 'Η κάμερα' } }).jpeg().toBuffer()
    answers = { 'https://www.fournos.gr/psomi': () => html(page), 'https://www.fournos.gr/psomi.jpg': () => new Response(new Uint8Array(jpeg), { headers: { 'content-type': 'image/jpeg' } }) }
    const made = await card('https://www.fournos.gr/psomi')
    expect(made).toMatchObject({ url: 'https://www.fournos.gr/psomi', title: 'Ψωμί σίκαλης', description: 'Με προζύμι', site: 'fournos.gr', dead: false, picture: { type: 'image/webp', width: 1200, alt: 'Ψωμί σίκαλης' } })
    expect(existsSync(join(dataDir, 'media', world.workspaceId, `${made.picture!.id}.webp`))).toBe(true)
    expect(await database.read(world.workspaceId, (db) => recentMedia(db, 10))).toEqual([])
  })
  test('is read once a day', async () => {
    answers = { 'https://a.gr/': () => html('<title>Πρώτα</title>') }
    await card('https://a.gr/')
    now = new Date(NOON.getTime() + 23 * 3_600_000)
    expect([(await card('https://a.gr/')).title, asked.length]).toEqual(['Πρώτα', 1])
    answers = { 'https://a.gr/': () => html('<title>Μετά</title>') }
    now = new Date(NOON.getTime() + 25 * 3_600_000)
    expect([(await card('https://a.gr/')).title, asked.length]).toEqual(['Μετά', 2])
  })
  test('keeps what it knew when the page is away, and tries a dead one again soon', async () => {
    answers = { 'https://b.gr/': () => html('<title>Εδώ</title>') }
    await card('https://b.gr/')
    answers = {}
    now = new Date(NOON.getTime() + 48 * 3_600_000)
    expect(await card('https://b.gr/')).toMatchObject({ title: 'Εδώ', dead: false })
    expect(await card('https://c.gr/ψωμί')).toMatchObject({ title: 'c.gr/ψωμί', dead: true })
    answers = { 'https://c.gr/%CF%88%CF%89%CE%BC%CE%AF': () => html('<title>Γύρισε</title>') }
    expect((await card('https://c.gr/ψωμί')).dead).toBe(true)
    now = new Date(now.getTime() + 11 * 60_000)
    expect(await card('https://c.gr/ψωμί')).toMatchObject({ title: 'Γύρισε', dead: false })
  })
  test.each<[string, () => Response | Promise<Response>]>([
    ['answers with a fault', () => new Response('no', { status: 500, headers: { 'content-type': 'text/html' } })], ['is gone', () => new Response('', { status: 410 })],
    ['breaks off', () => new Response(new ReadableStream({ start: (control) => { control.enqueue(Buffer.from('<title>x')); control.error(new Error('reset')) } }), { headers: { 'content-type': 'text/html' } })],
    ['is not there', () => Promise.reject(new Error('ENOTFOUND'))],
  ])('of a page that %s is made of its address', async (what, answer) => {
    const url = `https://dead.example/${what.length}/${encodeURIComponent('ψωμί')}`
    answers = { [url]: answer }
    expect(await card(url)).toMatchObject({ dead: true, site: 'dead.example', title: `dead.example/${what.length}/ψωμί`, description: '' })
  })
  test.each<[string, () => Response | Promise<Response>]>([
    ['dead', () => Promise.reject(new Error('ENOTFOUND'))], ['a page', () => html('')], ['an SVG', () => new Response('<svg xmlns="http://www.w3.org/2000/svg"/>', { headers: { 'content-type': 'image/svg+xml' } })], ['empty', () => new Response('')],
  ])('whose picture is %s goes without', async (what, answer) => {
    const url = `https://pic.example/${what.length}`
    answers = { [url]: () => html(page), 'https://pic.example/psomi.jpg': answer }
    const made = await card(url)
    expect([made.title, made.dead, made.picture]).toEqual(['Ψωμί σίκαλης', false, undefined])
  })
  test('of a file is its name, and of an endless page only its beginning is fetched', async () => {
    let sent = 0
    answers = {
      'https://a.gr/menu.pdf': () => new Response('%PDF', { headers: { 'content-type': 'application/pdf' } }),
      'https://a.gr/endless': () => new Response(new ReadableStream({ pull: (control) => { control.enqueue(Buffer.from(sent === 0 ? '<title>Χωρίς τέλος</title>' : 'x'.repeat(65_536))); sent += 65_536 } }), { headers: { 'content-type': 'text/html' } }),
    }
    expect(await card('https://a.gr/menu.pdf')).toMatchObject({ title: 'a.gr/menu.pdf', dead: false })
    expect((await card('https://a.gr/endless')).title).toBe('Χωρίς τέλος')
    expect(sent).toBeLessThan(1_000_000)
  })
  test('of a dead page never carries what cannot be stored', async () => {
    for (const [path, title] of [['/%00x', 'd.gr/%00x'], ['/%E2%80%AEgpj', 'd.gr/%E2%80%AEgpj'], [`/${'α'.repeat(194)}🥖`, `d.gr/${'α'.repeat(194)}`]] as const) expect((await card(`https://d.gr${path}`)).title).toBe(title)
  })
  test.each(['https://a.gr/\0', 'https://a.gr/\ud800'])('%j is no text', (url) => {
    expect(() => targetOf(url)).toThrowError(expect.objectContaining({ code: 'invalid_text' }) as Error)
  })
  test.each(['', 'fournos.gr', 'javascript:alert(1)', 'file:///etc/passwd', 'https://eleni:secret@fournos.gr', 'data:text/html,x', `https://a.gr/${'x'.repeat(2_100)}`])('%s is no address to follow', (url) => {
    expect(() => targetOf(url)).toThrowError(expect.objectContaining({ code: 'link_not_allowed' }) as Error)
  })
})
