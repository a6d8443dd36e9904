import sharp from 'sharp'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Lang } from '#kit/lang.ts'
import { browsing, choose, langs, overflow, speaking, violations, violationsInBoth } from '../world/browser.ts'
import { openStoa, type Caller, type OpenStoa } from '../world/stoa.ts'

const sit = browsing()
let stoa: OpenStoa
let eleni: Caller
beforeAll(async () => { stoa = await openStoa(); eleni = await stoa.found(); await eleni.ask('POST', 'setup/door', { door: 'own' }) })
afterAll(async () => { await stoa?.stop() })

const said: Readonly<Record<Lang, { readonly title: string; readonly first: string; readonly second: string; readonly own: string; readonly alt: string; readonly comment: string; readonly agency: string }>> = {
  en: { title: 'Where our rye comes from', first: 'The rye grows above Kalavryta, on stones and wind.', second: 'On Mondays it is milled, on Tuesdays it is bread. What do you eat with it?', own: 'Rye from Kalavryta, milled on Mondays. What do you eat with it?', alt: 'A field of rye under a grey mountain', comment: 'Is the day right?', agency: 'Dimitra' },
  el: { title: 'Από πού έρχεται η σίκαλη', first: 'Η σίκαλη μεγαλώνει πάνω από τα Καλάβρυτα, με πέτρες και αέρα.', second: 'Δευτέρα αλέθεται, Τρίτη γίνεται ψωμί. Εσείς με τι το τρώτε;', own: 'Σίκαλη από τα Καλάβρυτα, αλεσμένη Δευτέρα. Εσείς με τι την τρώτε;', alt: 'Ένα χωράφι με σίκαλη κάτω από γκρίζο βουνό', comment: 'Είναι σωστή η μέρα;', agency: 'Δήμητρα' },
}
const box = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const isSaved = async (page: Page, lang: Lang) => { await page.waitForURL((url) => url.searchParams.get('post') !== 'new'); await page.waitForLoadState('networkidle'); await page.getByText(new RegExp(speaking(lang).posts('saved.at', { time: '' }).trim())).first().waitFor() }
const postId = (page: Page) => new URL(page.url()).searchParams.get('post') ?? ''
interface Stored { readonly title: string; readonly text: string; readonly thread: readonly { readonly text: string; readonly media: readonly unknown[] }[]; readonly variants: readonly { readonly accountId: string; readonly text: string }[]; readonly media: readonly { readonly alt: string }[]; readonly approval: { readonly state: string }; readonly version: number }
const stored = async (id: string) => (await eleni.ask('GET', `posts/${id}`)).body as unknown as Stored

async function begin(page: Page, lang: Lang, text: string): Promise<void> {
  const t = speaking(lang).posts
  await page.goto('/app/calendar?post=new')
  await choose(page, t('composer.lang'), t(`langs.${lang}`))
  await box(page, t('composer.title')).fill(said[lang].title)
  await box(page, t('composer.text')).fill(text)
}

test.each(langs)('one post becomes a thread, says something else on one account, and shows how it looks on each (%s)', async (lang) => {
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const { page } = desk
  const t = speaking(lang).posts
  await begin(page, lang, said[lang].first)
  await page.getByRole('button', { name: t('thread.add') }).click()
  await box(page, t('thread.part', { n: 2, of: 2 })).fill(said[lang].second)
  await desk.shot(`composer-${lang}-thread`)

  await page.getByRole('tab', { name: t('porch') }).click()
  await page.getByText(t('faces.isShared', { name: t('porch') })).waitFor()
  await page.getByRole('button', { name: t('faces.detach', { name: t('porch') }) }).click()
  await page.getByRole('button', { name: t('thread.actsOf', { n: 2 }) }).click()
  await page.getByRole('menuitem', { name: t('thread.remove') }).click()
  await box(page, t('composer.text')).fill(said[lang].own)
  await isSaved(page, lang)
  const accounts = ((await eleni.ask('GET', 'accounts')).body as unknown as { items: { id: string; channel: string }[] }).items
  const porch = accounts.find((one) => one.channel === 'porch')!
  await expect.poll(async () => (await stored(postId(page))).variants.map(({ accountId, text }) => ({ accountId, text }))).toEqual([{ accountId: porch.id, text: said[lang].own }])
  expect(await stored(postId(page))).toMatchObject({ text: said[lang].first, thread: [{ text: said[lang].second, media: [] }] })

  await page.getByRole('tab', { name: t('faces.all') }).click()
  expect(await box(page, t('composer.text')).inputValue()).toBe(said[lang].first)
  await page.getByRole('tab', { name: t('composer.preview'), exact: true }).click()
  const porchLook = page.getByRole('region', { name: new RegExp(t('preview.on', { name: t('porch') })) })
  await porchLook.getByText(said[lang].own).waitFor()
  expect(await page.locator('[data-network]').count()).toBeGreaterThan(1)
  await page.locator('[data-network]').filter({ hasText: said[lang].second }).first().waitFor()
  await desk.shot(`composer-${lang}-preview`)
  expect(await violations(page, undefined, '[role=dialog]')).toEqual([])

  await page.getByRole('tab', { name: t('porch') }).click()
  await page.getByRole('button', { name: t('faces.attach') }).click()
  await expect.poll(async () => (await stored(postId(page))).variants).toEqual([])
})

test.each(langs)('a picture comes up in parts, goes on after a lost network, and says what it shows and what matters in it (%s)', async (lang) => {
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const { page } = desk
  const t = speaking(lang).posts
  const noise = Buffer.from(Uint8Array.from({ length: 700 * 500 * 3 }, (_, place) => (place * 7919 + ((place * place) % 251)) % 256))
  const field = await sharp(noise, { raw: { width: 700, height: 500, channels: 3 } }).png().toBuffer()
  await begin(page, lang, said[lang].first)
  let lost = 0
  await page.route('**/api/v1/uploads/*', (route) => (route.request().method() === 'PATCH' && ++lost === 2 ? route.abort() : route.continue()))
  await page.locator('input[type=file]').first().setInputFiles({ name: 'field.png', mimeType: 'image/png', buffer: field })
  await page.getByText(t('media.waits')).waitFor()
  await desk.shot(`composer-${lang}-waits`)
  await page.getByLabel(t('composer.alt')).waitFor()
  expect(lost).toBeGreaterThan(2)
  await page.getByLabel(t('composer.alt')).fill(said[lang].alt)

  await page.getByRole('button', { name: t('media.focus') }).click()
  const point = page.getByRole('group', { name: t('media.focusAt', { x: 50, y: 50 }) })
  await point.focus()
  for (let step = 0; step < 5; step++) await page.keyboard.press('Shift+ArrowRight')
  await page.getByText(t('media.focusAt', { x: 100, y: 50 })).waitFor()
  await desk.shot(`composer-${lang}-focus`)
  expect(await violationsInBoth(page, '[role=dialog]')).toEqual([])
  await page.getByRole('button', { name: t('media.focusKeep') }).click()
  await page.getByRole('dialog', { name: t('media.focus') }).waitFor({ state: 'detached' })
  await isSaved(page, lang)
  await expect.poll(async () => (await stored(postId(page))).media.map((one) => one.alt)).toEqual([said[lang].alt])
  const [media] = ((await eleni.ask('GET', 'media')).body as unknown as { items: { focus: unknown }[] }).items
  expect(media!.focus).toEqual({ x: 1, y: 0.5 })
})

test.each(langs)('what is to be read first stands before the text, on all accounts or on one, and folds it (%s)', async (lang) => {
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const { page } = desk
  const t = speaking(lang).posts
  const [shared, own] = lang === 'en' ? ['A fire', 'Smoke'] as const : ['Φωτιά', 'Καπνός'] as const
  await begin(page, lang, said[lang].first)
  await page.getByRole('button', { name: t('warned.add') }).click()
  await box(page, t('warned.label')).fill(shared)
  await page.getByRole('tab', { name: t('porch') }).click()
  await page.getByRole('button', { name: t('faces.detach', { name: t('porch') }) }).click()
  await box(page, t('warned.label')).fill(own)
  await desk.shot(`composer-${lang}-warned`)
  await isSaved(page, lang)
  await expect.poll(async () => { const { warning, variants } = await stored(postId(page)) as unknown as { warning: string; variants: { warning: string }[] }; return [warning, variants.map((one) => one.warning)] }).toEqual([shared, [own]])
  await page.getByRole('tab', { name: t('composer.preview'), exact: true }).click()
  await page.locator('[data-network] summary').filter({ hasText: own }).click()
  await page.locator('[data-network] details[open]').getByText(said[lang].first).waitFor()
  await desk.shot(`composer-${lang}-warned-preview`)
  expect(await violationsInBoth(page, '[role=dialog]')).toEqual([])
  await page.getByRole('button', { name: t('warned.drop') }).click()
  await expect.poll(async () => (await stored(postId(page)) as unknown as { variants: { warning: string }[] }).variants.map((one) => one.warning)).toEqual([''])
})

test.each(langs)('an earlier version comes back, with what changed shown word by word (%s)', async (lang) => {
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const { page } = desk
  const t = speaking(lang).posts
  const { body: made } = await eleni.ask('POST', 'posts', { title: said[lang].title, text: said[lang].first, lang, intent: 'talk', format: 'story', tags: [], media: [], campaignId: null, accountIds: [] }) as unknown as { body: { id: string; version: number } }
  // Maria writes over it: another hand makes another version.
  const maria = await stoa.invite(eleni, 'editor', 'Μαρία')
  expect((await maria.ask('PUT', `posts/${made.id}`, { version: made.version, title: said[lang].title, text: said[lang].second, lang, intent: 'talk', format: 'story', tags: [], media: [], campaignId: null, accountIds: [] })).status).toBe(200)
  await page.goto(`/app/calendar?post=${made.id}`)
  await box(page, t('composer.text')).waitFor()
  await page.getByRole('tab', { name: t('side.team') }).click()
  await page.getByRole('region', { name: t('versions.title') }).getByRole('button').last().click()
  const dialog = page.getByRole('dialog', { name: t('versions.of', { why: t('versions.why.saved') }) })
  await dialog.locator('del').first().waitFor()
  await desk.shot(`composer-${lang}-version`)
  expect(await violationsInBoth(page, '[role=dialog]')).toEqual([])
  await dialog.getByRole('button', { name: t('versions.restore') }).click()
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => box(page, t('composer.text')).inputValue()).toBe(said[lang].first)
  expect((await stored(made.id)).text).toBe(said[lang].first)
})

test.each(langs)('somebody without an account reads it on a phone and says yes, and the team talks beside it (%s)', async (lang) => {
  await eleni.ask('PUT', 'publishing-policy', { approval: 'required', linksCount: true, altText: 'required', late: null, duplicateDays: 30 })
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const { page } = desk
  const t = speaking(lang).posts
  await begin(page, lang, said[lang].second)
  await isSaved(page, lang)
  const id = postId(page)
  await page.getByText(t('publish.missing.approval.none')).waitFor()
  expect(await page.getByRole('button', { name: t('publish.now') }).isDisabled()).toBe(true)
  await page.getByRole('tab', { name: t('side.team') }).click()
  await box(page, t('comments.text')).fill(said[lang].comment)
  await page.getByRole('button', { name: t('comments.say'), exact: true }).click()
  await page.getByRole('region', { name: t('comments.title') }).getByText(said[lang].comment).waitFor()
  await page.getByRole('button', { name: t('approval.ask') }).click()
  await page.getByText(t('approval.states.asked', { missing: 1 })).waitFor()
  await page.getByLabel(t('review.forWhom')).fill(said[lang].agency)
  await page.getByRole('button', { name: t('review.make') }).click()
  const link = await page.getByLabel(t('review.link'), { exact: true }).inputValue()
  await desk.shot(`composer-${lang}-team`)
  expect(await violations(page, undefined, '[role=dialog]')).toEqual([])

  const phone = await sit(stoa.origin, { lang, width: 390 })
  await phone.go(new URL(link).pathname)
  await phone.page.evaluate((chosen) => localStorage.setItem('stoa.lang', chosen), lang)
  await phone.page.reload()
  await phone.page.getByRole('heading', { level: 1, name: t('review.page.title') }).waitFor()
  await phone.page.getByText(said[lang].second).first().waitFor()
  expect(await overflow(phone.page)).toBe(0)
  expect(await violations(phone.page)).toEqual([])
  await phone.shot(`composer-${lang}-review-phone`, true)
  expect(await phone.page.getByLabel(t('review.page.name')).inputValue()).toBe(said[lang].agency)
  await phone.page.getByRole('button', { name: t('review.page.approve') }).click()
  await phone.page.getByText(t('review.page.approved')).waitFor()
  await expect.poll(async () => (await stored(id)).approval.state).toBe('approved')
  await page.getByText(t('approval.states.approved')).waitFor()
  await page.getByRole('button', { name: t('publish.now') }).and(page.locator(':enabled')).waitFor()

  const late = await sit(stoa.origin, { lang, width: 390 })
  await late.go(new URL(link).pathname)
  await late.page.getByRole('alert').waitFor()
  await eleni.ask('PUT', 'publishing-policy', { approval: 'none', linksCount: false, altText: 'required', late: null, duplicateDays: 30 })
})

test.each(langs)('one switch holds everything scheduled, in plain sight, until somebody lets it go on (%s)', async (lang) => {
  const t = speaking(lang).posts
  const reason = lang === 'en' ? 'A fire in the neighbourhood' : 'Φωτιά στη γειτονιά'
  await eleni.ask('POST', 'publishing/pause', { reason })
  const desk = await sit(stoa.origin, { lang, who: eleni })
  await desk.go('/app/calendar?post=new')
  const dialog = desk.page.getByRole('dialog')
  await dialog.getByText(t('pause.isOn')).waitFor()
  await dialog.getByText(reason).waitFor()
  await desk.shot(`composer-${lang}-paused`)
  await dialog.getByRole('button', { name: t('pause.resume') }).click()
  await dialog.getByText(t('pause.isOn')).waitFor({ state: 'detached' })
  expect((await eleni.ask('GET', 'publishing')).body['paused']).toBeNull()
})
