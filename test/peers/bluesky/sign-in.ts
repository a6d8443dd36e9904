import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { groundHere } from '../here.ts'

interface Given { readonly to: string; readonly password: string; readonly does: 'accept' | 'deny' }

/** Does on the server's own pages what a person does there; where they would be sent back to. */
export async function signIn({ to, password, does }: Given): Promise<URL> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'] })
  try {
    const page = await (await browser.newContext({ ignoreHTTPSErrors: true, locale: 'en' })).newPage()
    const back = new Promise<URL>((done) => { page.on('request', (request) => { if (request.url().includes('/app/settings/channels/back/')) done(new URL(request.url())) }) })
    try {
      await page.goto(to)
      await page.getByLabel('Password', { exact: true }).fill(password)
      await page.getByRole('button', { name: /^(Sign in|Next)$/ }).click()
      await page.getByRole('button', { name: does === 'accept' ? /^(Authorize|Accept|Allow)/ : /^(Deny|Cancel|Reject)/ }).click()
      return await Promise.race([back, new Promise<never>((_, fail) => { setTimeout(() => fail(new Error('Nobody was sent back.')), 20_000) })])
    } catch (error) {
      await page.screenshot({ path: join(groundHere().folder, 'sign-in.png') })
      throw new Error((await page.locator('body').innerText()).slice(0, 2_000), { cause: error })
    }
  } finally { await browser.close() }
}
