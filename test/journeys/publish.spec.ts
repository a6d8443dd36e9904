import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Lang } from '#kit/lang.ts'
import { browsing, choose, langs, overflow, speaking, violationsInBoth } from '../world/browser.ts'
import { openStoa, type Caller, type OpenStoa } from '../world/stoa.ts'

const sit = browsing()
let stoa: OpenStoa
let eleni: Caller
beforeAll(async () => { stoa = await openStoa(); eleni = await stoa.found(); await eleni.ask('POST', 'setup/door', { door: 'own' }) })
afterAll(async () => { await stoa?.stop() })

const posts: Readonly<Record<Lang, { readonly title: string; readonly text: string; readonly edited: string; readonly note: string; readonly why: string }>> = {
  en: { title: 'Rye comes back', text: 'From Thursday we bake rye again, at six. Shall we keep one aside for you?', edited: 'From Friday we bake rye again, at six. Shall we keep one aside for you?', note: 'We had the day wrong.', why: 'The mill has no rye after all.' },
  el: { title: 'Γυρίζει η σίκαλη', text: 'Από Πέμπτη ψήνουμε πάλι σίκαλη, στις έξι. Να σας κρατήσουμε ένα;', edited: 'Από Παρασκευή ψήνουμε πάλι σίκαλη, στις έξι. Να σας κρατήσουμε ένα;', note: 'Είχαμε γράψει λάθος ημέρα.', why: 'Ο μύλος τελικά δεν έχει σίκαλη.' },
}
async function write(page: Page, lang: Lang): Promise<void> {
  const t = speaking(lang).posts
  await page.goto('/app/calendar?post=new')
  await choose(page, t('composer.lang'), t(`langs.${lang}`))
  await page.getByRole('textbox', { name: t('composer.title'), exact: true }).fill(posts[lang].title)
  await page.getByRole('textbox', { name: t('composer.text'), exact: true }).fill(posts[lang].text)
}

test.each(langs)('a post goes out, is read without JavaScript, is corrected in public and taken down (%s)', async (lang) => {
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const { page } = desk
  const t = speaking(lang).posts
  const porch = speaking('el').porch
  await write(page, lang)
  await page.getByRole('button', { name: t('publish.now') }).click()
  await page.getByRole('dialog', { name: t('publish.askTitle') }).waitFor()
  await desk.shot(`publish-${lang}-ask`)
  await page.getByRole('button', { name: t('publish.yes'), exact: true }).click()
  const link = page.getByRole('link', { name: t('publish.lookAt') }).first()
  await link.waitFor()
  const address = await link.getAttribute('href') ?? ''
  expect(address).toMatch(new RegExp(`^${stoa.origin}/p/`))
  await desk.shot(`publish-${lang}-out`)

  const reader = await sit(stoa.origin, { lang, javaScript: false, width: 390 })
  await reader.go(address)
  expect(await reader.page.locator('article.post').getAttribute('lang')).toBe(lang)
  await reader.page.getByRole('heading', { level: 1, name: posts[lang].title }).waitFor()
  await reader.page.getByText(posts[lang].text).waitFor()
  await reader.shot(`publish-${lang}-porch-phone`, true)
  await reader.go('/')
  await reader.page.getByRole('link', { name: posts[lang].title }).first().waitFor()
  await reader.shot(`publish-${lang}-porch-home-phone`, true)
  for (const [path, type] of [['/feed.xml', 'rss'], ['/atom.xml', 'atom'], ['/feed.json', 'feed+json']] as const) {
    const feed = await reader.page.request.get(path)
    expect(feed.headers()['content-type']).toContain(type)
    expect(await feed.text()).toContain(posts[lang].title)
  }

  await page.getByRole('button', { name: t('after.edit'), exact: true }).click()
  await page.getByRole('textbox', { name: t('composer.text'), exact: true }).fill(posts[lang].edited)
  await page.getByLabel(t('after.note')).fill(posts[lang].note)
  await desk.shot(`publish-${lang}-edit`)
  await page.getByRole('button', { name: t('after.saveEdit') }).click()
  await expect.poll(async () => { await reader.go(address); return await reader.page.locator('main').innerText() }, { timeout: 8_000 }).toContain(posts[lang].note)
  await reader.page.getByText(posts[lang].edited).waitFor()

  await page.getByRole('button', { name: t('after.takeDown') }).click()
  await page.getByLabel(t('after.takeDownNote')).fill(posts[lang].why)
  await desk.shot(`publish-${lang}-take-down`)
  expect(await violationsInBoth(page, '[role=dialog]')).toEqual([])
  await page.getByRole('dialog').getByRole('button', { name: t('after.takeDownYes'), exact: true }).last().click()
  await expect.poll(async () => (await reader.page.goto(address))?.status(), { timeout: 8_000 }).toBe(410)
  await reader.page.getByRole('heading', { name: porch.gone }).waitFor()
  await reader.page.getByText(posts[lang].why).waitFor()
  await reader.shot(`publish-${lang}-gone-phone`)
  expect(await (await reader.page.request.get('/feed.xml')).text()).not.toContain(posts[lang].edited)
  await page.getByRole('heading', { level: 1, name: t('composer.withdrawnTitle') }).waitFor()
})

test.each(langs)('an hour the clocks jump over comes back as a choice of two, on the bakery’s clock wherever one sits (%s)', async (lang) => {
  // Eleni plans from New York; the bakery's clock is that of Athens.
  const desk = await sit(stoa.origin, { lang, who: eleni, zone: 'America/New_York' })
  const { page } = desk
  const t = speaking(lang).posts
  await write(page, lang)
  await page.getByRole('button', { name: t('publish.atTime') }).click()
  const dialog = page.getByRole('dialog', { name: t('publish.later') })
  await dialog.getByLabel(t('publish.date')).fill('2027-03-28')
  await dialog.getByLabel(t('publish.time')).fill('03:30')
  await dialog.getByText(t('publish.zone', { zone: 'Europe/Athens' })).waitFor()
  await dialog.getByRole('button', { name: t('publish.yesPlan') }).click()
  const choices = dialog.getByRole('alert').getByRole('button')
  await choices.nth(1).waitFor()
  expect(await choices.count()).toBe(2)
  await desk.shot(`publish-${lang}-gap`)
  const later = await choices.nth(1).innerText()
  expect(later).toContain('4:30')
  await choices.nth(1).click()
  await page.getByRole('heading', { name: t('composer.scheduledTitle') }).waitFor()
  const id = new URL(page.url()).searchParams.get('post')
  const { body } = await eleni.ask('GET', `posts/${id}`) as unknown as { body: { state: string; dueAt: string; wallTime: string; zone: string } }
  expect(body).toMatchObject({ state: 'scheduled', dueAt: '2027-03-28T01:30:00.000Z', zone: 'Europe/Athens' })
  await desk.shot(`publish-${lang}-planned`)
  expect(await page.getByRole('status').first().innerText()).toContain('4:30')
  await page.getByRole('dialog').getByRole('button', { name: t('composer.close') }).first().click()
  await page.getByRole('heading', { name: t('composer.scheduledTitle') }).waitFor({ state: 'detached' })
  await desk.go('/app/calendar?day=2027-03-28')
  await page.getByText(posts[lang].title).first().waitFor()
  await desk.shot(`publish-${lang}-calendar`)
  expect(await overflow(page)).toBe(0)
})

test('what is planned for the next minute goes out by itself', async () => {
  const accountIds = ((await eleni.ask('GET', 'accounts')).body as unknown as { items: { id: string }[] }).items.map((one) => one.id)
  const { body: post } = await eleni.ask('POST', 'posts', { title: 'Σε λίγο', text: 'Ανοίγουμε σε λίγο. Θα περάσετε;', lang: 'el', intent: 'talk', format: 'story', tags: [], media: [], campaignId: null, accountIds }) as unknown as { body: { id: string; version: number } }
  const desk = await sit(stoa.origin, { lang: 'el', who: eleni })
  const due = new Date(Date.now() + 4_000)
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Athens', dateStyle: 'short', timeStyle: 'medium' }).format(due).replace(' ', 'T')
  const planned = await eleni.ask('POST', `posts/${post.id}/publish`, { version: post.version, at: { wall, zone: 'Europe/Athens' }, reasons: {} })
  expect(planned.body['state']).toBe('scheduled')
  await desk.go(`/app/calendar?post=${post.id}`)
  await desk.page.getByRole('heading', { name: speaking('el').posts('composer.scheduledTitle') }).waitFor()
  // It turns into a published one before the reader's eyes, without a reload.
  await desk.page.getByRole('link', { name: speaking('el').posts('publish.lookAt') }).first().waitFor({ timeout: 10_000 })
})
