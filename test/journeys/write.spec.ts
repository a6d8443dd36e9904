import sharp from 'sharp'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Lang } from '#kit/lang.ts'
import { browsing, choose, langs, overflow, speaking } from '../world/browser.ts'
import { openStoa, type Caller, type OpenStoa } from '../world/stoa.ts'

const sit = browsing()
let stoa: OpenStoa
let eleni: Caller
beforeAll(async () => { stoa = await openStoa(); eleni = await stoa.found(); await eleni.ask('POST', 'setup/door', { door: 'story' }) })
afterAll(async () => { await stoa?.stop() })

const evasive: Readonly<Record<Lang, { readonly text: string; readonly words: string }>> = {
  en: { text: 'You asked about the price of our bread. No comment. What would you pay for a loaf?', words: 'No comment' },
  el: { text: 'Ρωτήσατε για την τιμή του ψωμιού. Ουδέν σχόλιο. Πόσο θα δίνατε για ένα καρβέλι;', words: 'Ουδέν σχόλιο' },
}
const area = (page: Page, lang: Lang) => page.getByRole('textbox', { name: speaking(lang).posts('composer.text'), exact: true })
const isSaved = (page: Page, lang: Lang) => page.getByText(new RegExp(speaking(lang).posts('saved.at', { time: '' }).trim())).first()
const postId = (page: Page) => new URL(page.url()).searchParams.get('post') ?? ''

test.each(langs)('an evasive sentence is marked while it is written, and a better one takes its place (%s)', async (lang) => {
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const { page } = desk
  const t = speaking(lang)
  await desk.go('/app/calendar')
  await page.getByRole('heading', { name: t.posts('calendar.title') }).waitFor()
  await desk.shot(`write-${lang}-calendar`)
  await page.keyboard.press('c')
  await choose(page, t.posts('composer.lang'), t.posts(`langs.${lang}`))
  await page.getByRole('textbox', { name: t.posts('composer.title'), exact: true }).fill(lang === 'en' ? 'The price of bread' : 'Η τιμή του ψωμιού')
  await area(page, lang).pressSequentially(evasive[lang].text)

  const finding = page.locator('[data-rule=evasion]')
  await finding.waitFor()
  const mark = page.locator('mark[data-weight=stop]')
  expect(await mark.innerText()).toContain(evasive[lang].words)
  const better = await finding.locator('p[lang]').innerText()
  await desk.shot(`write-${lang}-evasive`)

  // Going out is held until the sentence is changed or reasoned; what it would do is said beside the button.
  await page.getByRole('button', { name: t.posts('publish.now') }).click()
  await page.getByText(t.posts('publish.held')).waitFor()
  await desk.shot(`write-${lang}-held`)
  await finding.getByRole('button', { name: t.marks('use') }).click()
  await finding.waitFor({ state: 'detached' })
  const text = await area(page, lang).inputValue()
  expect(text).toContain(better)
  expect(text).not.toContain(evasive[lang].words)

  // The balance of giving and asking moves with what this post would be.
  const ratio = page.getByRole('region', { name: new RegExp(`^${t.posts('composer.ratio').split(' ')[0]}`) }).locator('dd')
  const said = async () => (await ratio.allInnerTexts()).map((one) => one.split(' : ').map(Number))
  await choose(page, t.posts('composer.intent'), t.posts('intents.ask'))
  const [before, after] = await said()
  expect(after).toEqual([before![0], before![1]! + 1])
  await choose(page, t.posts('composer.intent'), t.posts('intents.give'))
  expect((await said())[1]).toEqual([before![0]! + 1, before![1]])
  await isSaved(page, lang).waitFor()
  expect(await overflow(page)).toBe(0)
})

test.each(langs)('a picture needs a word on what it shows, and everything survives a reload (%s)', async (lang) => {
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const { page } = desk
  const t = speaking(lang).posts
  const text = lang === 'en' ? 'Out of the oven at six. Who comes first tomorrow?' : 'Βγήκε από τον φούρνο στις έξι. Ποιος έρχεται πρώτος αύριο;'
  const alt = lang === 'en' ? 'A round loaf with a cross cut on its crust' : 'Ένα στρογγυλό καρβέλι με σταυρό στην κόρα'
  const loaf = await sharp({ create: { width: 640, height: 420, channels: 3, background: '#b9824a' } }).composite([{ input: Buffer.from('<svg width="640" height="420"><ellipse cx="320" cy="230" rx="230" ry="130" fill="#7a4a20"/><path d="M220 230h200M320 150v160" stroke="#e9c48f" stroke-width="14"/></svg>') }]).jpeg().toBuffer()
  await desk.go('/app/calendar?post=new')
  await area(page, lang).fill(text)
  await page.locator('input[type=file]').setInputFiles({ name: 'loaf.jpg', mimeType: 'image/jpeg', buffer: loaf })
  await page.getByText(t('composer.altMissing', { count: 1 })).waitFor()
  await page.getByText(t('publish.missing.alt')).waitFor()
  expect(await page.getByRole('button', { name: t('publish.now') }).isDisabled()).toBe(true)
  await page.getByLabel(t('composer.alt')).fill(alt)
  await page.getByText(t('composer.altMissing', { count: 1 })).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: t('publish.now') }).and(page.locator(':enabled')).waitFor()
  await isSaved(page, lang).waitFor()
  await page.waitForURL((url) => url.searchParams.get('post') !== 'new')
  await page.waitForLoadState('networkidle')
  const id = postId(page)

  // The last words never reached the server: the browser was closed on them.
  await page.route('**/api/v1/posts/**', (route) => (route.request().method() === 'PUT' ? route.abort() : route.continue()))
  const last = lang === 'en' ? ' Bring a bag.' : ' Φέρτε τσάντα.'
  await area(page, lang).press('Control+End')
  await area(page, lang).pressSequentially(last)
  await page.unroute('**/api/v1/posts/**')
  await page.evaluate(() => { location.reload() })
  await page.getByText(t('saved.backupTitle')).waitFor()
  await desk.shot(`write-${lang}-backup`)
  await page.getByRole('button', { name: t('saved.backupTake') }).click()
  expect(await area(page, lang).inputValue()).toBe(text + last)
  expect(await page.getByLabel(t('composer.alt')).inputValue()).toBe(alt)
  await isSaved(page, lang).waitFor()
  await page.getByText(t('composer.preview'), { exact: true }).click()
  await page.locator('[data-network]').getByRole('img', { name: alt }).first().waitFor()
  await desk.shot(`write-${lang}-preview`)
  await expect.poll(async () => (await eleni.ask('GET', `posts/${id}`)).body['text']).toBe(text + last)
})

test.each(langs)('of two tabs on one draft neither writes over the other unasked (%s)', async (lang) => {
  const t = speaking(lang).posts
  const { body } = await eleni.ask('POST', 'posts', { title: '', text: lang === 'en' ? 'Rye on Fridays.' : 'Σίκαλη κάθε Παρασκευή.', lang, intent: 'talk', format: 'story', tags: [], media: [], campaignId: null, accountIds: [] }) as unknown as { body: { id: string } }
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const [one, other] = [desk.page, await desk.tab()]
  for (const page of [one, other]) { await page.goto(`/app/calendar?post=${body.id}`); await area(page, lang).waitFor() }
  const [mine, theirs] = lang === 'en' ? ['Rye on Saturdays.', 'Rye every morning.'] : ['Σίκαλη κάθε Σάββατο.', 'Σίκαλη κάθε πρωί.']
  await area(one, lang).fill(theirs)
  await isSaved(one, lang).waitFor()
  await one.waitForLoadState('networkidle')
  await area(other, lang).fill(mine)
  await other.getByText(t('saved.conflictTitle')).waitFor()
  await other.getByRole('button', { name: t('saved.compare') }).click()
  await other.getByText(theirs).waitFor()
  await other.screenshot({ path: `test-results/write-${lang}-conflict.png` })
  expect(await area(other, lang).inputValue()).toBe(mine)
  expect((await eleni.ask('GET', `posts/${body.id}`)).body['text']).toBe(theirs)
  await other.getByRole('button', { name: t('saved.keepMine') }).click()
  await isSaved(other, lang).waitFor()
  await other.waitForLoadState('networkidle')
  await expect.poll(async () => (await eleni.ask('GET', `posts/${body.id}`)).body['text']).toBe(mine)
})
