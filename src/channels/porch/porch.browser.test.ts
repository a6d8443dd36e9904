import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { serve, type ServerType } from '@hono/node-server'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Standing } from '#kit/host.ts'
import { TestHouse, draft, eleni, maria } from './test-host.ts'

const axe = readFileSync(new URL('../../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

let browser: Browser
let server: ServerType
let house: TestHouse
let base: string
let post: Standing
let gone: Standing

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: flags })
  house = new TestHouse('el')
  house.fediverse = '@fournos@fournos.example'
  house.folk.push({ ...eleni, about: 'Ζυμώνει.', langs: ['el', 'en'], topics: ['προζύμι'] }, { ...maria, about: '', langs: ['el'], topics: [] })
  post = await house.publish(draft({ text: 'Από αυτή την Πέμπτη.\n\n## Ώρες\n\n- έξι\n- επτά\n\n> Ώρες.\n\n| Μέρα | Ώρα |\n|---|---|\n| Πέμπτη | 6 |', tags: ['ψωμί'] }), { editedAt: '2026-11-19T08:00:00.000Z', editNote: 'τιμή.' })
  gone = await house.publish(draft(), { gone: { at: '2026-11-19T08:00:00.000Z', note: 'Λάθος.' } })
  house.says(post.postId!, { id: 'c1', text: 'Επιτέλους!' })
  house.says(post.postId!, { id: 'c2', text: 'Ναι.', from: 'team', author: maria, parentId: 'c1' })
  house.says(post.postId!, { id: 'c3', text: 'Is it spelt?', lang: 'en', channel: 'fediverse', ref: { channel: 'fediverse', id: 'x', url: 'https://social.example/1' } })
  server = serve({ fetch: house.app().fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((ready) => server.once('listening', ready))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => { await browser.close(); server.close() })

async function within(options: BrowserContextOptions, work: (page: Page, complaints: string[]) => Promise<void>): Promise<void> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => { if (message.type() === 'error' && !message.text().includes('status of 4')) complaints.push(message.text()) })
  page.on('pageerror', (error) => complaints.push(error.message))
  try { await work(page, complaints) } finally { await context.close() }
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const found = await page.evaluate('axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })') as
    { violations: { id: string; nodes: { html: string }[] }[] }
  return found.violations.map(({ id, nodes }) => `${new URL(page.url()).pathname} ${id}: ${nodes.map((node) => node.html).join(' ')}`)
}

async function fill(page: Page, text: string): Promise<void> {
  await page.goto(`${base}/p/${post.ref.id}`)
  await page.getByLabel('Το όνομά σας').fill('Γιώργος')
  await page.getByLabel('Τι θέλετε να πείτε').fill(text)
  // The clock of the house moves on as it would while somebody types.
  house.clock = new Date(house.clock.getTime() + 3_000)
}

test.each([['light', 390], ['dark', 1440]] as const)('every page can be read and used by everybody, %s and %d wide', async (colorScheme, width) => {
  await within({ colorScheme, viewport: { width, height: 900 } }, async (page, complaints) => {
    for (const path of ['/', `/p/${post.ref.id}`, `/p/${post.ref.id}?answer=c1`, '/people', '/about', `/p/${gone.ref.id}`, '/tag/none', '/nothing/here']) {
      await page.goto(base + path)
      expect(await violations(page)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
    }
    await fill(page, '  ')
    await page.evaluate('document.forms[0].noValidate = true')
    await page.getByRole('button', { name: 'Αποστολή' }).click()
    await page.getByText('Γράψτε πρώτα κάτι.').waitFor()
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
  })
})

test('a visitor says something: the browser solves the puzzle and the words stand under the post', async () => {
  await within({}, async (page, complaints) => {
    await fill(page, 'Δύο καρβέλια, παρακαλώ.')
    await page.getByRole('button', { name: 'Αποστολή' }).click()
    await page.waitForURL(/#c-m\d+$/)
    await page.locator('.comment:target').getByText('Δύο καρβέλια, παρακαλώ.').waitFor()
    expect(house.heard.at(-1)).not.toHaveProperty('hold')
    expect(complaints).toEqual([])
  })
})

test('a browser without JavaScript can say as much; a person reads it first', async () => {
  await within({ javaScriptEnabled: false }, async (page) => {
    await fill(page, 'Χωρίς σενάρια.')
    await page.getByRole('button', { name: 'Αποστολή' }).click()
    await page.getByText('Χωρίς σενάρια.').waitFor()
    await page.getByRole('button', { name: 'Αποστολή χωρίς τον γρίφο' }).click()
    await page.getByRole('heading', { name: 'Ευχαριστούμε, το λάβαμε' }).waitFor()
    expect(house.heard.at(-1)).toMatchObject({ text: 'Χωρίς σενάρια.', hold: 'no_proof' })
  })
})

test('the pages while the puzzle is solved and after can be used by everybody', async () => {
  await within({}, async (page) => {
    await page.route('**/porch-proof.js', (route) => route.abort())
    await fill(page, 'Μια στιγμή.')
    await page.getByRole('button', { name: 'Αποστολή' }).click()
    await page.getByRole('heading', { name: 'Μια στιγμή' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Αποστολή χωρίς τον γρίφο' }).click()
    await page.getByRole('heading', { name: 'Ευχαριστούμε' }).waitFor()
    expect(await violations(page)).toEqual([])
  })
})

test('where the puzzle cannot be solved the page says so and offers the other way', async () => {
  await within({}, async (page) => {
    await page.addInitScript('Object.defineProperty(crypto, "subtle", { value: undefined })')
    await fill(page, 'Παλιός περιηγητής.')
    await page.getByRole('button', { name: 'Αποστολή' }).click()
    await page.getByText('δεν μπόρεσε να λύσει τον γρίφο').waitFor()
    await page.getByRole('button', { name: 'Αποστολή χωρίς τον γρίφο' }).click()
    await page.getByRole('heading', { name: 'Ευχαριστούμε' }).waitFor()
    expect(house.heard.at(-1)).toMatchObject({ text: 'Παλιός περιηγητής.', hold: 'no_proof' })
  })
})

test('everything can be reached by the keyboard, beginning with the way past the navigation', async () => {
  await within({}, async (page) => {
    await page.goto(`${base}/p/${post.ref.id}`)
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Στο κείμενο')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('text')
    for (let tabs = 0; tabs < 40 && await page.evaluate('document.activeElement.id') !== 'name'; tabs++) await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.id')).toBe('text-of-comment')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.type')).toBe('submit')
  })
})
