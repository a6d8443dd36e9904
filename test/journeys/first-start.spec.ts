import type { Page } from 'playwright-core'
import { afterEach, expect, test } from 'vitest'
import type { Lang } from '#kit/lang.ts'
import { browsing, langs, overflow, speaking, type Desk } from '../world/browser.ts'
import { openStoa, password, type OpenStoa } from '../world/stoa.ts'

const opened: OpenStoa[] = []
afterEach(async () => { await Promise.all(opened.splice(0).map((stoa) => stoa.stop())) })
// Hooks run backwards: the browser leaves before the Stoa does.
const sit = browsing()

const secret = (page: Page) => page.locator('input[autocomplete=new-password]')

const owners = {
  en: { name: 'Eleni Papadatou', siteName: 'Eleni’s Bakery' },
  el: { name: 'Ελένη Παπαδάτου', siteName: 'Φούρνος της Ελένης' },
} as const

/** Opens the printed address in an English browser; whoever reads Greek says so with the first press. */
async function arrive(lang: Lang): Promise<Desk> {
  const stoa = await openStoa()
  opened.push(stoa)
  const desk = await sit(stoa.origin)
  await desk.go(`/app/welcome?code=${stoa.setupCode}`)
  await desk.page.getByRole('heading', { name: speaking('en').shell('welcome.title') }).waitFor()
  if (lang === 'el') await desk.page.getByRole('button', { name: 'Ελληνικά' }).click()
  await desk.page.getByRole('heading', { name: speaking(lang).shell('welcome.title') }).waitFor()
  return desk
}

async function makeOwner({ page }: Desk, lang: Lang): Promise<void> {
  const t = speaking(lang).shell
  await page.getByLabel(t('form.name')).fill(owners[lang].name)
  await page.getByRole('textbox', { name: t('form.email') }).fill('eleni@fournos.gr')
  await secret(page).fill(password)
  await page.getByLabel(t('form.siteName')).fill(owners[lang].siteName)
  await page.getByRole('button', { name: t('welcome.submit') }).click()
  await page.getByRole('heading', { name: t('welcome.doors') }).waitFor()
}

test.each(langs)('whoever opens the printed address becomes the owner and steps into the bakery’s story (%s)', async (lang) => {
  const desk = await arrive(lang)
  const { page } = desk
  const t = speaking(lang)
  await desk.shot(`first-start-${lang}-welcome`)
  const typed = { name: owners[lang].name, email: 'eleni@fournos', siteName: owners[lang].siteName }
  await page.getByLabel(t.shell('form.name')).fill(typed.name)
  await page.getByRole('textbox', { name: t.shell('form.email') }).fill(typed.email)
  await secret(page).fill('ψωμί')
  await page.getByLabel(t.shell('form.siteName')).fill(typed.siteName)
  const submit = page.getByRole('button', { name: t.shell('welcome.submit') })

  await submit.click()
  await page.getByText(t.shell('welcome.passwordShort')).waitFor()
  await secret(page).fill(password)
  const refused = page.waitForResponse((response) => response.url().endsWith('/setup'))
  await submit.click()
  expect((await refused).status()).toBe(400)
  await page.locator('[aria-invalid=true]').waitFor()
  await desk.shot(`first-start-${lang}-refused`)
  expect(await page.getByLabel(t.shell('form.name')).inputValue()).toBe(typed.name)
  expect(await page.getByRole('textbox', { name: t.shell('form.email') }).inputValue()).toBe(typed.email)
  expect(await page.getByLabel(t.shell('form.siteName')).inputValue()).toBe(typed.siteName)
  expect(await secret(page).inputValue()).toBe(password)

  await makeOwner(desk, lang)
  await desk.shot(`first-start-${lang}-doors`)
  await page.getByRole('button', { name: t.shell('welcome.story') }).click()
  await page.getByRole('heading', { name: t.plan('today.waiting') }).waitFor({ timeout: 60_000 })
  const figures = await (await page.request.get('/api/v1/today')).json() as { waiting: { contact: { name: string } }[]; goesOut: { title: string }[] }
  expect(figures.waiting.length).toBeGreaterThan(0)
  for (const one of figures.waiting) await page.getByText(one.contact.name).first().waitFor()
  for (const one of figures.goesOut) await page.getByText(one.title).first().waitFor()
  await desk.shot(`first-start-${lang}-today`, true)
  expect(await overflow(page)).toBe(0)
})

test.each(langs)('whoever would rather begin with nothing is led to a first campaign (%s)', async (lang) => {
  const desk = await arrive(lang)
  const { page } = desk
  const t = speaking(lang)
  await makeOwner(desk, lang)
  await page.getByRole('button', { name: t.shell('welcome.own') }).click()
  await page.getByText(t.plan('campaigns.emptyTitle')).waitFor()
  expect(new URL(page.url()).pathname).toBe('/app/campaigns')
  await desk.shot(`first-start-${lang}-own`)
  for (const path of ['/', '/inbox', '/calendar', '/people']) {
    await desk.go(`/app${path}`)
    await page.getByRole('navigation', { name: t.shell('rail.label') }).waitFor()
    await page.waitForLoadState('networkidle')
    await desk.shot(`empty-${lang}${path.replace('/', '-')}`)
  }
  await desk.go('/')
  await page.getByText(t.porch.noPosts).waitFor()
  await desk.shot(`empty-${lang}-porch`)
})

test('a second visitor with the same code finds the Stoa taken, and a wrong code keeps what was typed', async () => {
  const stoa = await openStoa()
  opened.push(stoa)
  const t = speaking('en').shell
  const desk = await sit(stoa.origin)
  await desk.go('/app/welcome?code=wrong-wrong')
  const { page } = desk
  await page.getByLabel(t('form.name')).fill('Mallory')
  await page.getByRole('textbox', { name: t('form.email') }).fill('mallory@example.org')
  await secret(page).fill(password)
  await page.getByLabel(t('form.siteName')).fill('Mine now')
  await page.getByRole('button', { name: t('welcome.submit') }).click()
  await page.getByRole('alert').first().waitFor()
  expect(await page.getByLabel(t('form.name')).inputValue()).toBe('Mallory')
  await desk.shot('first-start-wrong-code')
  await stoa.found()
  await desk.go(`/app/welcome?code=${stoa.setupCode}`)
  await page.getByRole('heading', { name: t('signIn.title') }).waitFor()
})
