import { mkdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { createTranslator } from 'use-intl/core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { Lang } from '#kit/lang.ts'
import { en as porchEn } from '#channels/porch/words/en.ts'
import { el as porchEl } from '#channels/porch/words/el.ts'
import { en as inboxEn } from '#pillars/connectivity/web/words/en.ts'
import { el as inboxEl } from '#pillars/connectivity/web/words/el.ts'
import { en as calendarEn } from '#pillars/imagination/web/calendar/words/en.ts'
import { el as calendarEl } from '#pillars/imagination/web/calendar/words/el.ts'
import { en as composerEn } from '#pillars/imagination/web/composer/words/en.ts'
import { el as composerEl } from '#pillars/imagination/web/composer/words/el.ts'
import { en as postsEn } from '#pillars/imagination/web/words/en.ts'
import { el as postsEl } from '#pillars/imagination/web/words/el.ts'
import { en as planEn } from '#strategy/web/words/en.ts'
import { el as planEl } from '#strategy/web/words/el.ts'
import { en as uiEn } from '#ui/words/en.ts'
import { el as uiEl } from '#ui/words/el.ts'
import { words as marks } from '#ui/writing/words.ts'
import { en as settingsEn } from '#web/settings/words/en.ts'
import { el as settingsEl } from '#web/settings/words/el.ts'
import { en as shellEn } from '#web/words/en.ts'
import { el as shellEl } from '#web/words/el.ts'
import type { Caller } from './stoa.ts'

const home = resolve(import.meta.dirname, '../..')
const shots = resolve(home, 'test-results')
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

type Tree = { readonly [key: string]: string | Tree }
const speaker = <W extends Tree>(en: W, el: object) => (lang: Lang) => createTranslator<W>({ messages: (lang === 'en' ? en : el) as W, locale: lang, timeZone: 'Europe/Athens' })
const speakers = {
  shell: speaker(shellEn, shellEl), plan: speaker(planEn, planEl), posts: speaker({ ...postsEn, ...calendarEn, ...composerEn }, { ...postsEl, ...calendarEl, ...composerEl }), inbox: speaker(inboxEn, inboxEl),
  settings: speaker(settingsEn, settingsEl), ui: speaker(uiEn, uiEl), marks: speaker(marks.en, marks.el),
}

/** The sentences of every room in one language, as the screens say them. */
export const speaking = (lang: Lang) => ({
  shell: speakers.shell(lang), plan: speakers.plan(lang), posts: speakers.posts(lang), inbox: speakers.inbox(lang),
  settings: speakers.settings(lang), ui: speakers.ui(lang), marks: speakers.marks(lang), porch: lang === 'en' ? porchEn : porchEl,
})
export const langs = ['en', 'el'] as const

interface Sitting {
  readonly lang?: Lang
  readonly who?: Caller
  readonly look?: 'light' | 'dark'
  readonly width?: number
  readonly javaScript?: boolean
  /** The zone of the one who looks, which need not be the bakery's. */
  readonly zone?: string
}
/** One person before one browser. */
export interface Desk {
  readonly page: Page
  readonly context: BrowserContext
  go(path: string): Promise<void>
  /** A picture of the moment, in test-results. */
  shot(name: string, whole?: boolean): Promise<void>
  /** Another tab of the same browser. */
  tab(): Promise<Page>
}

/** What a page says of itself that nobody should hear: errors of scripts, of the content policy, of the server. */
function listen(page: Page, complaints: string[]): void {
  page.on('console', (message) => {
    // A test that cuts the line itself makes ERR_FAILED.
    const isRefusal = /Failed to load resource: (the server responded with a status of 4\d\d|net::ERR_FAILED)/.test(message.text())
    if (message.type() === 'error' && !isRefusal) complaints.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
  page.on('response', (response) => { if (response.status() >= 500) complaints.push(`${response.status()} ${response.url()}`) })
}

/** A browser for a file of journeys; a test in which any page complained has failed. */
export function browsing() {
  let browser: Browser
  const open: BrowserContext[] = []
  const complaints: string[] = []
  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: flags })
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await Promise.all(open.flatMap((context) => context.pages()).map((page, place) => page.screenshot({ path: resolve(shots, `failed-${task.id.replace(/\W/g, '_')}-${place}.png`) }).catch(() => undefined)))
    await Promise.all(open.splice(0).map((context) => context.close()))
    expect(complaints.splice(0)).toEqual([])
  })
  afterAll(async () => { await browser?.close() })
  return async (origin: string, { lang = 'en', who, look = 'light', width = 1440, javaScript = true, zone = 'Europe/Athens' }: Sitting = {}): Promise<Desk> => {
    const context = await browser.newContext({
      baseURL: origin, locale: lang === 'en' ? 'en-GB' : 'el-GR', timezoneId: zone, colorScheme: look, viewport: { width, height: width < 600 ? 844 : 900 },
      javaScriptEnabled: javaScript, reducedMotion: 'reduce',
    })
    open.push(context)
    context.setDefaultTimeout(8_000)
    // The language of the screen was chosen in this browser, whatever the member chose elsewhere.
    if (who) await context.addInitScript((chosen) => { if (localStorage.getItem('stoa.lang') === null) localStorage.setItem('stoa.lang', chosen) }, lang)
    if (who) await context.addCookies(who.cookie.split('; ').map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url: origin })))
    const tab = async () => { const page = await context.newPage(); listen(page, complaints); return page }
    const page = await tab()
    return {
      page, context, tab,
      go: async (path) => { await page.goto(path) },
      shot: async (name, whole = false) => { await page.screenshot({ path: resolve(shots, `${name}.png`), fullPage: whole, animations: 'disabled' }) },
    }
  }
}

const axe = readFileSync(resolve(home, 'node_modules/axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

// Whoever speaks to the screen says what stands on it; axe asks for that only when told to.
/** What keeps somebody from reading or using the page as it stands, rule by rule; `only` some rules when the rest were asked already, `within` a part of it. */
export async function violations(page: Page, only?: readonly string[], within?: string): Promise<string[]> {
  if (!await page.evaluate('"axe" in globalThis')) await page.evaluate(axe)
  // Rows below the window are not drawn until they are scrolled to; they are looked at as well.
  await page.evaluate(() => { for (const row of document.querySelectorAll<HTMLElement>('li')) row.style.contentVisibility = 'visible' })
  const found = await page.evaluate(([tags, part, more]) => (globalThis as unknown as { axe: { run(where: unknown, given: object): Promise<unknown> } }).axe.run(part ?? document, { runOnly: tags, resultTypes: ['violations'], ...more }), [only ? [...only] : rules, within, only ? {} : { rules: { 'label-content-name-mismatch': { enabled: true } } }] as const) as
    { violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 4).map((node) => `${node.html.slice(0, 240)} (${node.failureSummary.split('\n').at(1)?.trim() ?? ''})`).join(' | ')}`)
}

/** The same in the light and in the dark, once the colours have arrived; left as it was found. */
export async function violationsInBoth(page: Page, within?: string): Promise<string[]> {
  const wrong: string[] = []
  for (const look of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: look })
    await page.waitForFunction((wanted) => (document.documentElement.dataset['mantineColorScheme'] ?? wanted) === wanted, look)
    let found = await violations(page, undefined, within)
    for (let again = 0; again < 5 && found.length > 0; again++) { await page.waitForTimeout(300); found = await violations(page, undefined, within) }
    wrong.push(...found.map((one) => `${look}: ${one}`))
  }
  return wrong
}

/** Takes one of a few choices that stand side by side. */
export const choose = (page: Page, group: string, label: string): Promise<void> => page.getByRole('radiogroup', { name: group }).getByText(label, { exact: true }).click()

/** How far the page is wider than its window. */
export const overflow = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
