// From the welcome page of a fresh Stoa to the first published post, in a browser driven by a script.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { en as composer } from '#pillars/imagination/web/composer/words/en.ts'
import { en as shell } from '#web/words/en.ts'
import { report } from './run.mjs'
import { firstPage, freePort, run, until } from './stoa-process.ts'

const home = resolve(import.meta.dirname, '..')
const dataDir = mkdtempSync(join(tmpdir(), 'stoa-first-'))
const stoa = run([join(home, 'bin/stoa'), 'start'], { cwd: home, env: { STOA_DATA: dataDir, STOA_PORT: String(await freePort()) } })
const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] })

/** Makes the owner, writes a post and lets it out; answers with where it stands. */
async function firstPost(page: Page): Promise<string> {
  await page.getByLabel(shell.form.name).fill('Eleni Papadatou')
  await page.getByRole('textbox', { name: shell.form.email }).fill('eleni@fournos.gr')
  await page.locator('input[autocomplete=new-password]').fill('rye-olives-oil-2026')
  await page.getByLabel(shell.form.siteName).fill('Eleni’s Bakery')
  await page.getByRole('button', { name: shell.welcome.submit }).click()
  await page.getByRole('button', { name: shell.welcome.own }).click()
  await page.getByRole('navigation', { name: shell.rail.label }).waitFor()
  await page.goto(`${new URL(page.url()).origin}/app/calendar?post=new`)
  await page.getByRole('textbox', { name: composer.composer.title, exact: true }).fill('Rye comes back')
  await page.getByRole('textbox', { name: composer.composer.text, exact: true }).fill('From Thursday we bake rye again, at six. Shall we keep one aside for you?')
  await page.getByRole('button', { name: composer.publish.now }).click()
  await page.getByRole('button', { name: composer.publish.yes, exact: true }).click()
  const link = page.getByRole('link', { name: composer.publish.lookAt }).first()
  await link.waitFor()
  return await link.getAttribute('href') ?? ''
}

try {
  const { url } = await until(stoa, 120, () => firstPage(stoa))
  const page = await browser.newPage({ locale: 'en-GB' })
  await page.goto(url)
  await page.getByRole('heading', { name: shell.welcome.title }).waitFor()
  const since = performance.now()
  const address = await firstPost(page)
  const answer = await fetch(new URL(address, url))
  const seconds = Math.round((performance.now() - since) / 100) / 10
  report({ name: 'first-post', figures: { seconds, status: answer.status }, targets: { seconds: { max: 60 }, status: { min: 200, max: 200 } } })
} finally {
  await browser.close()
  await stoa.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
