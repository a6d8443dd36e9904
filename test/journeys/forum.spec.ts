import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Lang } from '#kit/lang.ts'
import { en } from '#channels/forum/words/en.ts'
import { el } from '#channels/forum/words/el.ts'
import { browsing, langs, overflow, violationsInBoth, type Desk } from '../world/browser.ts'
import { openStoa, type Caller, type OpenStoa } from '../world/stoa.ts'

const sit = browsing()
const wordsOf = (lang: Lang) => (lang === 'en' ? en : el)
const world = {
  en: { site: 'Eleni’s Bakery', who: 'Anna from Leeds', category: 'Sourdough', asks: 'How much water for rye flour?', text: 'I have **500 g** of it.\n\n```\nflour 500\nwater ?\n```\n\n> Little by little, they say.', types: 'water and rye', says: 'About 380 g, Anna: rye drinks more than wheat.', other: 'Tom', also: 'I use 400 and it works.' },
  el: { site: 'Φούρνος της Ελένης', who: 'Γιώργος', category: 'Προζύμι', asks: 'Πόσο νερό θέλει το αλεύρι σίκαλης;', text: 'Έχω **500 γρ.** από δαύτο.\n\n```\nαλεύρι 500\nνερό ;\n```\n\n> Λίγο λίγο, λένε.', types: 'νερό στη σίκαλη', says: 'Γύρω στα 380 γρ., Γιώργο: η σίκαλη πίνει περισσότερο.', other: 'Άννα του Μύλου', also: 'Εγώ βάζω 400 και βγαίνει ωραίο.' },
} as const

/** Whoever sends sooner than two seconds after opening a page is a machine. */
async function unhurried(page: Page, since: number): Promise<void> { await expect.poll(() => Date.now() - since, { timeout: 4_000 }).toBeGreaterThan(2_200); await page.waitForLoadState() }
async function join(desk: Desk, name: string, lang: Lang): Promise<void> {
  const t = wordsOf(lang)
  await desk.go('/forum/sign-in?to=/forum/new')
  const form = desk.page.locator('form').filter({ has: desk.page.getByRole('heading', { name: t.join, exact: true }) })
  await form.getByLabel(t.name).fill(name)
  await form.getByLabel(t.passphrase).fill('ψωμί-ελιές-λάδι')
  await form.getByRole('button', { name: t.join }).click()
  await desk.page.waitForURL('**/forum/new')
}
const wrongOn = async (desk: Desk, name: string): Promise<string[]> => {
  const wrong: string[] = []
  for (const width of [1440, 390]) {
    await desk.page.setViewportSize({ width, height: width === 390 ? 844 : 900 })
    wrong.push(...(await violationsInBoth(desk.page)).map((one) => `${name} ${width}: ${one}`))
    if (await overflow(desk.page) > 0) wrong.push(`${name} ${width}: wider than its window`)
    await desk.shot(`${name}-${width}`, true)
  }
  await desk.page.setViewportSize({ width: 1440, height: 900 })
  return wrong
}

describe.each(langs)('the forum in %s', (lang) => {
  const t = wordsOf(lang)
  const say = world[lang]
  let stoa: OpenStoa
  let eleni: Caller
  let topic = ''
  beforeAll(async () => {
    stoa = await openStoa()
    eleni = await stoa.found({ lang, siteName: say.site })
    await eleni.ask('POST', 'setup/door', { door: 'own' })
    await eleni.ask('POST', 'accounts', { channel: 'forum', settings: { firstPosts: 'shown', federated: 'yes' } })
  })
  afterAll(async () => { await stoa?.stop() })

  test('Eleni makes a category', async () => {
    const desk = await sit(stoa.origin, { lang, who: eleni })
    await desk.go('/forum/manage')
    await desk.page.getByLabel(t.nameEl).fill(world.el.category)
    await desk.page.getByLabel(t.nameEn).fill(world.en.category)
    await desk.page.getByRole('button', { name: t.addCategory }).click()
    await desk.page.locator('summary').filter({ hasText: say.category }).waitFor()
    expect(await wrongOn(desk, `forum-${lang}-manage`)).toEqual([])
  })

  test('a visitor without any script asks', async () => {
    const seat = await sit(stoa.origin, { lang, javaScript: false })
    await seat.go('/')
    await seat.page.getByRole('link', { name: t.forum, exact: true }).click()
    await seat.page.getByRole('link', { name: say.category }).waitFor()
    await join(seat, say.who, lang)
    const since = Date.now()
    await seat.page.getByLabel(t.title).fill(say.asks)
    await seat.page.getByLabel(t.text).fill(say.text)
    await unhurried(seat.page, since)
    await seat.page.getByRole('button', { name: t.preview }).click()
    await seat.page.getByRole('region', { name: t.previewTitle }).locator('pre').waitFor()
    await unhurried(seat.page, Date.now())
    await seat.page.getByRole('button', { name: t.send }).click()
    await seat.page.getByRole('heading', { name: say.asks, level: 1 }).waitFor()
    topic = new URL(seat.page.url()).pathname
    expect(topic).toMatch(/^\/forum\/t\/[a-z-]+-[0-9a-z]{8}$/)
  })

  test('the answer from the inbox stands in the topic under the name of whoever gave it', async () => {
    const { body } = await eleni.ask('GET', 'conversations?view=waiting') as unknown as { body: { items: { id: string; channel: string }[] } }
    const talk = body.items.find((one) => one.channel === 'forum')!
    const seen = (await eleni.ask('GET', `conversations/${talk.id}`) as unknown as { body: { messages: { id: string }[] } }).body.messages.at(-1)!.id
    const sent = await eleni.ask('POST', `conversations/${talk.id}/answer`, { text: say.says, seen, reasons: {} })
    expect(sent.status).toBe(201)
    const seat = await sit(stoa.origin, { lang })
    await expect.poll(async () => { await seat.go(topic); return await seat.page.locator('.comment.team').count() }, { timeout: 8_000 }).toBe(1)
    expect(await seat.page.locator('.comment.team').textContent()).toContain(say.says)
  })

  test('somebody else is shown the answered question while typing theirs, and answers it too', async () => {
    const seat = await sit(stoa.origin, { lang })
    await join(seat, say.other, lang)
    await seat.page.getByLabel(t.title).pressSequentially(say.types, { delay: 15 })
    await seat.page.locator('#similar').getByRole('link', { name: say.asks }).click()
    await seat.page.waitForURL(`**${topic}`)
    const since = Date.now()
    await seat.page.getByLabel(t.answerTitle).fill(say.also)
    await unhurried(seat.page, since)
    await seat.page.getByRole('button', { name: t.send, exact: true }).click()
    await seat.page.getByText(say.also).waitFor()
    await seat.page.getByText(`@topic_${topic.slice(-8)}@`).waitFor()
    await seat.page.getByText(t.federatedHint).waitFor()
    expect(await wrongOn(seat, `forum-${lang}-topic`)).toEqual([])
    await seat.go('/forum/new')
    expect(await wrongOn(seat, `forum-${lang}-ask`)).toEqual([])
    await seat.go('/forum/sign-in')
    expect(await wrongOn(seat, `forum-${lang}-sign-in`)).toEqual([])
    await seat.go('/forum')
    expect(await wrongOn(seat, `forum-${lang}-home`)).toEqual([])
  })

  test('a page weighs less than 30 kB and its script less than 10', async () => {
    for (const path of ['/forum', topic]) expect(Buffer.byteLength(await (await fetch(stoa.origin + path)).text()), path).toBeLessThan(30_000)
    const [, script] = /src="(\/forum\/forum\.[^"]+)"/.exec(await (await fetch(`${stoa.origin}/forum`)).text())!
    expect((await (await fetch(stoa.origin + script!)).arrayBuffer()).byteLength).toBeLessThan(10_000)
  })
})
