// A month of a thousand posts in the workspace's calendar: how soon it is painted once its data are there, how soon the next month
// follows a key, and how evenly frames come while a post is dragged across it.
import { join, resolve } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { posts } from '#core/posts/tables.ts'
import { dice } from './airline.ts'
import { openStoa, type Opened } from './open.ts'
import { percentile } from './percentile.ts'
import { report } from './run.mjs'

const many = Number(process.argv[2] ?? 1000)
const turns = 7
const dragSeconds = 4
const home = resolve(import.meta.dirname, '..')
await build({ configFile: join(home, 'vite.config.ts'), logLevel: 'warn' })

const now = new Date()
const month = (ahead: number): string => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1)).toISOString().slice(0, 7)
const subjects = ['Sourdough on Thursdays', 'What rye costs us', 'A starter for whoever asks', 'Το ψωμί της Κυριακής', 'Four things to do with old bread', 'Ανοιχτή πόρτα στον φούρνο', 'Which loaf should come back?', 'Κουλούρια για το σχολείο']

/** So many posts in one month of the plan: drafts with a time, planned and paused ones, on one account or two. */
async function fill(stoa: Opened, when: string): Promise<void> {
  const { items: accounts } = await stoa.ask<{ items: { id: string }[] }>('GET', 'accounts')
  const { member } = await stoa.ask<{ member: { id: string } }>('GET', 'session')
  const random = dice(7)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const two = (value: number): string => String(value).padStart(2, '0')
  const rows = Array.from({ length: many }, (_, place) => {
    const wall = `${when}-${two(1 + Math.floor(random() * 28))}T${two(6 + Math.floor(random() * 16))}:${pick(['00', '15', '30', '45'])}`
    return {
      workspaceId: stoa.workspaceId, authorId: member.id, title: `${pick(subjects)} ${place}`, text: `${pick(subjects)}. ${pick(subjects)}.`, lang: pick(['en', 'el'] as const), intent: pick(['give', 'give', 'ask', 'talk', 'talk'] as const),
      format: 'story' as const, accountIds: accounts.slice(0, 1 + Math.floor(random() * 2)).map((one) => one.id), state: pick(['scheduled', 'scheduled', 'scheduled', 'draft'] as const),
      wallTime: wall, zone: 'Europe/Athens', dueAt: new Date(`${wall}:00+02:00`),
    }
  })
  await stoa.database.write(stoa.workspaceId, async (tx) => { for (let at = 0; at < rows.length; at += 200) await tx.insert(posts).values(rows.slice(at, at + 200)) })
}

/** In the page: from the last byte of the month's data to the frame after the one in which its posts stand there. */
const paintedAfterData = (page: Page): Promise<number> => page.evaluate(() => new Promise<number>((done) => {
  const look = (): void => {
    const data = performance.getEntriesByType('resource').find((entry) => entry.name.includes('/api/v1/calendar?')) as PerformanceResourceTiming | undefined
    if (!data || data.responseEnd === 0) { requestAnimationFrame(look); return }
    const seen = (globalThis as unknown as { seenAt?: number }).seenAt
    if (seen === undefined) { requestAnimationFrame(look); return }
    done(seen - data.responseEnd)
  }
  look()
}))

/** Notes when the first posts of a grid have been painted: the frame after the one they were put there in. */
const watchPaint = (): void => {
  const watch = new MutationObserver(() => {
    if (document.querySelectorAll('[role=grid] [data-item]').length < 20) return
    watch.disconnect()
    requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = () => { (globalThis as unknown as { seenAt: number }).seenAt = performance.now() }; channel.port2.postMessage(null) })
  })
  watch.observe(document, { childList: true, subtree: true })
}

/** From the key to the painted month, its data being there already. */
const turnMonth = (page: Page, key: string): Promise<number> => page.evaluate((pressed) => new Promise<number>((done) => {
  const title = (): string => document.querySelector('h2')?.textContent ?? ''
  const before = title()
  const since = performance.now()
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, code: `Key${pressed.toUpperCase()}`, bubbles: true }))
  const look = (): void => { if (title() === before) { requestAnimationFrame(look); return } requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = () => done(performance.now() - since); channel.port2.postMessage(null) }) }
  look()
}), key)

interface Frames { readonly deltas: readonly number[]; readonly longTasks: number; readonly drawn: number }
/** Takes a post and leads it over the month; the page counts its frames, its long tasks and what changed in the grid meanwhile. */
async function drag(page: Page): Promise<Frames> {
  const from = (await page.locator('[role=gridcell] [data-item]').nth(8).boundingBox())!
  const grid = (await page.locator('[role=grid]').boundingBox())!
  await page.mouse.move(from.x + 20, from.y + 8)
  await page.mouse.down()
  await page.mouse.move(from.x + 40, from.y + 20)
  await page.evaluate(() => {
    const seen = { deltas: [] as number[], longTasks: 0, drawn: 0, on: true }
    ;(globalThis as unknown as { seen: typeof seen }).seen = seen
    new PerformanceObserver((list) => { seen.longTasks += list.getEntries().length }).observe({ type: 'longtask' })
    new MutationObserver((changes) => { seen.drawn += changes.filter((change) => change.type === 'childList').length }).observe(document.querySelector('[role=grid]')!, { childList: true, subtree: true })
    let last = 0
    const tick = (at: number): void => { if (last) seen.deltas.push(at - last); last = at; if (seen.on) requestAnimationFrame(tick) }
    requestAnimationFrame(tick)
  })
  const since = performance.now()
  for (let step = 0; performance.now() - since < dragSeconds * 1000; step++) {
    const turn = step / 45
    await page.mouse.move(grid.x + grid.width * (0.5 + 0.42 * Math.sin(turn)), grid.y + grid.height * (0.5 + 0.38 * Math.sin(turn * 1.7)))
    await new Promise((next) => setTimeout(next, 8))
  }
  const seen = await page.evaluate(() => { const { seen: all } = globalThis as unknown as { seen: { deltas: number[]; longTasks: number; drawn: number; on: boolean } }; all.on = false; return all })
  await page.keyboard.press('Escape')
  await page.mouse.up()
  return seen
}

const stoa = await openStoa('own')
const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'] })
try {
  await fill(stoa, month(1))
  await fill(stoa, month(2))
  const short = (value: number): number => Math.round(value * 10) / 10
  const [paints, readable]: [number[], number[]] = [[], []]
  let last: Page | undefined
  for (let turn = 0; turn < turns; turn++) {
    await last?.context().close()
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: 'Europe/Athens' })
    await context.addInitScript(() => { localStorage.setItem('stoa.lang', 'en') })
    await context.addInitScript(watchPaint)
    await context.addCookies(stoa.cookie.split('; ').map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url: stoa.origin })))
    last = await context.newPage()
    const since = performance.now()
    await last.goto(`${stoa.origin}/app/calendar?day=${month(1)}-15`, { waitUntil: 'commit' })
    paints.push(await paintedAfterData(last))
    readable.push(performance.now() - since)
  }
  const page = last!
  await page.waitForTimeout(2_500)
  const turned: number[] = []
  for (const key of ['n', 'p', 'n', 'p', 'n', 'p']) { turned.push(await turnMonth(page, key)); await page.waitForTimeout(300) }
  const frames = await drag(page)
  const sorted = (list: readonly number[]): number[] => list.toSorted((a, b) => a - b)
  report({
    name: 'calendar',
    figures: {
      posts: many, 'data to painted, ms (median)': short(percentile(sorted(paints), 0.5)), 'data to painted, ms (worst)': short(Math.max(...paints)),
      'address to painted, ms (median)': short(percentile(sorted(readable), 0.5)), 'key to the next month, ms (median)': short(percentile(sorted(turned), 0.5)),
      'drag: frames a second': short((frames.deltas.length * 1000) / frames.deltas.reduce((sum, delta) => sum + delta, 0)),
      'drag: share of frames within 16.7 ms': Math.round((frames.deltas.filter((delta) => delta <= 16.75).length / frames.deltas.length) * 1000) / 1000,
      'drag: longest frame, ms': short(Math.max(...frames.deltas)), 'drag: long tasks': frames.longTasks, 'drag: changes to the grid': frames.drawn,
    },
    targets: { 'data to painted, ms (median)': { max: 300 }, 'key to the next month, ms (median)': { max: 300 }, 'drag: frames a second': { min: 58 }, 'drag: long tasks': { max: 0 }, 'drag: changes to the grid': { max: 0 } },
  })
} finally {
  await browser.close()
  await stoa.close()
}
