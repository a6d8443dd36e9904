// The workspace in a browser: how much JavaScript comes before a screen's own, and how soon the inbox can be read.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import { openStoa } from './open.ts'
import { report } from './run.mjs'

const home = resolve(import.meta.dirname, '..')
const out = join(home, 'dist', 'web')
interface Chunk { readonly file: string; readonly isEntry?: boolean; readonly src?: string; readonly imports?: readonly string[]; readonly css?: readonly string[] }

await build({ configFile: join(home, 'vite.config.ts'), logLevel: 'warn' })
const manifest = JSON.parse(readFileSync(join(out, '.vite/manifest.json'), 'utf8')) as Readonly<Record<string, Chunk>>
const packed = (file: string): number => gzipSync(readFileSync(join(out, file))).length / 1000

/** A chunk and all it cannot run without. */
function closure(name: string, seen = new Set<string>()): Set<string> {
  if (!seen.has(name)) { seen.add(name); for (const next of manifest[name]?.imports ?? []) closure(next, seen) }
  return seen
}
const sum = (names: Iterable<string>): number => [...names].reduce((total, name) => total + packed(manifest[name]!.file), 0)
const entry = Object.keys(manifest).find((name) => manifest[name]!.isEntry)!
const first = closure(entry)
const screens = Object.keys(manifest).filter((name) => manifest[name]!.src && !manifest[name]!.isEntry && /(-screen|\/web\/[a-z-]+|settings\/[a-z-]+)\.tsx$/.test(name))
const own = Object.fromEntries(screens.map((name) => [name.replace(/^.*\//, ''), Math.round(sum([...closure(name)].filter((one) => !first.has(one))) * 10) / 10]))

/** From asking for the address, with nothing kept by the browser, to the first conversation on the screen. */
async function inboxMs(origin: string, cookie: string): Promise<number> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  try {
    const times: number[] = []
    for (let turn = 0; turn < 5; turn++) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
      await context.addCookies(cookie.split('; ').map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url: origin })))
      const page = await context.newPage()
      const since = performance.now()
      await page.goto(`${origin}/app/inbox?view=all`, { waitUntil: 'commit' })
      await page.locator('main ul[aria-label] > li').first().waitFor()
      times.push(performance.now() - since)
      await context.close()
    }
    return Math.round(times.toSorted((a, b) => a - b)[2]!)
  } finally { await browser.close() }
}

const stoa = await openStoa('story')
try {
  const rounded = (kB: number): number => Math.round(kB * 10) / 10
  report({
    name: 'web',
    figures: { 'first load JavaScript, gzip kB': rounded(sum(first)), 'first load CSS, gzip kB': rounded((manifest[entry]!.css ?? []).reduce((total, file) => total + packed(file), 0)), 'inbox readable, ms (median of 5)': await inboxMs(stoa.origin, stoa.cookie), screens: own },
    targets: { 'first load JavaScript, gzip kB': { max: 200 }, 'inbox readable, ms (median of 5)': { max: 1000 } },
  })
} finally { await stoa.close() }
