import type { BrowserContext, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { wordsIn } from '#channels/chat/widget/words/words.ts'
import type { Lang } from '#kit/lang.ts'
import { browsing, langs, overflow, speaking, violations, type Desk } from '../world/browser.ts'
import { openForeign, openRoad } from '../world/foreign.ts'
import { openStoa, type Caller, type OpenStoa } from '../world/stoa.ts'

const sit = browsing()
let stoa: OpenStoa
let eleni: Caller
let maria: Caller
let foreign: Awaited<ReturnType<typeof openForeign>>
let road: Awaited<ReturnType<typeof openRoad>>
let key: string
let rough: string

const everyDay = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: 0, to: 1440 }))
async function onDuty(duty: readonly object[]): Promise<void> {
  const { body: { settings } } = await eleni.ask('GET', 'pillars') as unknown as { body: { settings: object } }
  expect((await eleni.ask('PATCH', 'pillars', { ...settings, duty })).status).toBe(200)
}
async function connectChat(name: string, more: object = {}): Promise<string> {
  const { status, body } = await eleni.ask('POST', 'accounts', { channel: 'chat', settings: { name, sites: foreign.origin, ...more } }) as unknown as { status: number; body: { id: string } }
  expect({ status, body }).toMatchObject({ status: 201 })
  return body.id
}
beforeAll(async () => {
  stoa = await openStoa()
  eleni = await stoa.found()
  await eleni.ask('POST', 'setup/door', { door: 'own' })
  maria = await stoa.invite(eleni, 'responder', 'Μαρία Κωστοπούλου')
  await onDuty(everyDay)
  road = await openRoad(stoa.origin)
  foreign = await openForeign(() => chosen, [stoa.origin, road.origin])
  key = await connectChat('Φούρνος της Ελένης', { welcomeEl: 'Γεια σας! Ρωτήστε μας ό,τι θέλετε για το ψωμί.', welcomeEn: 'Hello! Ask us anything about the bread.' })
  rough = await connectChat('Ο φούρνος, από κακό δρόμο')
  use(key)
})
afterAll(async () => { foreign?.close(); road?.close(); await stoa?.stop() })

let chosen = ''
const use = (chat: string, from = stoa.origin): void => { chosen = `<script async src="${from}/chat/widget.js" data-chat="${chat}"></script>` }

const talk: Readonly<Record<Lang, { readonly asks: string; readonly says: string; readonly also: string; readonly other: string }>> = {
  en: { asks: 'Do you bake the dark rye on Mondays?', says: 'Yes, from seven on. Shall I keep one for you?', also: 'Yes please, two of them.', other: 'Is the shop open on Sunday?' },
  el: { asks: 'Ψήνετε τη μαύρη σίκαλη και τη Δευτέρα;', says: 'Ναι, από τις επτά. Να σας κρατήσω μία;', also: 'Ναι παρακαλώ, δύο.', other: 'Ανοίγετε την Κυριακή;' },
}

/** The chat keeps its shadow root closed to the page; whoever looks at it from outside is let in. */
const lookInside = (context: BrowserContext): Promise<unknown> => context.addInitScript(() => {
  const attach = Element.prototype.attachShadow
  Element.prototype.attachShadow = function open(given) { return attach.call(this, { ...given, mode: 'open' }) }
})
async function arrive(desk: Desk, lang: Lang, page = desk.page): Promise<void> {
  await lookInside(desk.context)
  await page.goto(`${foreign.origin}/${lang}`)
}
const opener = (page: Page) => page.locator('stoa-chat button.start')
const dialogOf = (page: Page) => page.locator('stoa-chat').getByRole('dialog')
const field = (page: Page, lang: Lang) => dialogOf(page).getByRole('textbox', { name: wordsIn(lang).write })
const lines = (page: Page) => dialogOf(page).locator('.lines > li:not(.day)')
const said = (page: Page, text: string) => lines(page).filter({ hasText: text })
async function write(page: Page, lang: Lang, text: string): Promise<void> { await field(page, lang).fill(text); await field(page, lang).press('Enter') }
const answerBox = (page: Page, lang: Lang) => page.getByRole('textbox', { name: speaking(lang).inbox('answer.label'), exact: true })
async function answer(page: Page, lang: Lang, text: string): Promise<void> {
  await answerBox(page, lang).fill(text)
  await page.getByRole('button', { name: speaking(lang).inbox('answer.send'), exact: true }).click()
}
interface Talk { readonly id: string; readonly lastText: string }
async function conversationOf(text: string): Promise<string> {
  let found: Talk | undefined
  await expect.poll(async () => {
    const { body } = await eleni.ask('GET', 'conversations?view=all') as unknown as { body: { items: Talk[] } }
    return found = body.items.find((one) => one.lastText === text)
  }, { timeout: 8_000 }).toBeDefined()
  return found!.id
}

async function answerAs(member: Caller, id: string, text: string): Promise<void> {
  const { body } = await member.ask('GET', `conversations/${id}`) as unknown as { body: { messages: { id: string }[] } }
  const said = await member.ask('POST', `conversations/${id}/answer`, { text, seen: body.messages.at(-1)?.id ?? null, reasons: {} })
  expect(said.status, JSON.stringify(said.body)).toBeLessThan(300)
}

test.each(langs)('two visitors of another site ask, and Maria answers each of them from the inbox (%s)', async (lang) => {
  const { asks, says, also, other } = talk[lang]
  const words = wordsIn(lang)
  const [anna, giorgos] = [await sit(foreign.origin, { lang }), await sit(foreign.origin, { lang, width: 390, look: 'dark' })]
  for (const desk of [anna, giorgos]) await arrive(desk, lang)
  await anna.shot(`chat-${lang}-closed`)
  for (const { page } of [anna, giorgos]) { await opener(page).click(); await field(page, lang).waitFor() }
  await dialogOf(anna.page).getByText(words.here(['Ελένη Παπαδάτου', 'Μαρία Κωστοπούλου'])).waitFor()
  expect(await field(anna.page, lang).evaluate((node) => (node.getRootNode() as ShadowRoot).activeElement === node)).toBe(true)
  await anna.shot(`chat-${lang}-open`)
  await write(anna.page, lang, asks)
  await write(giorgos.page, lang, other)
  await said(anna.page, asks).getByText(words.sent).waitFor()

  const inbox = await sit(stoa.origin, { lang, who: maria })
  const id = await conversationOf(asks)
  await inbox.go(`/app/inbox?view=all&c=${id}`)
  await answerBox(inbox.page, lang).waitFor()
  expect((await maria.ask('POST', `conversations/${id}/seen`, {})).status).toBe(204)
  await said(anna.page, asks).getByText(words.seen).waitFor()
  expect((await maria.ask('POST', `conversations/${id}/typing`, {})).status).toBe(204)
  await dialogOf(anna.page).getByText(words.typing('Μαρία Κωστοπούλου')).waitFor()
  await answer(inbox.page, lang, says)
  await said(anna.page, says).getByText('Μαρία Κωστοπούλου').waitFor()
  await write(anna.page, lang, also)
  await inbox.page.locator('[data-message]').filter({ hasText: also }).waitFor()
  await inbox.shot(`chat-${lang}-inbox`)
  await anna.shot(`chat-${lang}-answered`)
  await giorgos.shot(`chat-${lang}-phone`)

  expect(await lines(anna.page).count()).toBe(3)
  expect(await lines(giorgos.page).count()).toBe(1)
  expect(await overflow(giorgos.page)).toBeLessThanOrEqual(0)
  for (const { page } of [anna, giorgos]) expect(await violations(page)).toEqual([])
})

test.each(langs)('by keyboard alone: open, write, send, close and be back at the button (%s)', async (lang) => {
  const desk = await sit(foreign.origin, { lang, width: 390 })
  await arrive(desk, lang)
  await opener(desk.page).waitFor()
  await desk.page.keyboard.press('Tab')
  await desk.page.keyboard.press('Enter')
  await field(desk.page, lang).waitFor()
  expect(await dialogOf(desk.page).getAttribute('aria-modal')).toBe('true')
  const inside = () => desk.page.evaluate(() => document.querySelector('stoa-chat')?.shadowRoot?.activeElement?.closest('[role=dialog]') !== null)
  for (let step = 0; step < 12; step++) { await desk.page.keyboard.press('Tab'); expect(await inside()).toBe(true) }
  await field(desk.page, lang).focus()
  await desk.page.keyboard.type(`${talk[lang].other} ⌨`)
  await desk.page.keyboard.press('Shift+Enter')
  await desk.page.keyboard.type(talk[lang].also)
  await desk.page.keyboard.press('Enter')
  await said(desk.page, '⌨').getByText(wordsIn(lang).sent).waitFor()
  expect(await said(desk.page, '⌨').locator('.bubble').innerText()).toContain('\n')
  await desk.page.keyboard.press('Escape')
  await dialogOf(desk.page).waitFor({ state: 'hidden' })
  expect(await opener(desk.page).evaluate((node) => (node.getRootNode() as ShadowRoot).activeElement === node)).toBe(true)
})

test('pictures and files go along, and what nobody should be sent is refused with a reason', async () => {
  const desk = await sit(foreign.origin, { lang: 'el' })
  const words = wordsIn('el')
  await arrive(desk, 'el')
  await opener(desk.page).click()
  await field(desk.page, 'el').waitFor()
  const picture = await sharp({ create: { width: 640, height: 400, channels: 3, background: '#b08a1e' } }).png().toBuffer()
  const picker = dialogOf(desk.page).locator('input[type=file]')
  await picker.setInputFiles([{ name: 'σίκαλη.png', mimeType: 'image/png', buffer: picture }, { name: 'παραγγελία.txt', mimeType: 'text/plain', buffer: Buffer.from('Δύο σίκαλης για Δευτέρα.\n') }])
  await dialogOf(desk.page).locator('.carried li').nth(1).waitFor()
  await expect.poll(() => dialogOf(desk.page).locator('.carried progress').count()).toBe(0)
  await picker.setInputFiles([{ name: 'κακό.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>') }])
  await dialogOf(desk.page).locator('.write .trouble').filter({ hasText: 'κακό.svg' }).waitFor()
  expect(await dialogOf(desk.page).locator('.carried li').count()).toBe(2)
  await desk.shot('chat-el-files')
  await write(desk.page, 'el', 'Σαν αυτή εδώ;')
  await said(desk.page, 'Σαν αυτή εδώ;').getByText(words.sent).waitFor()
  const shown = dialogOf(desk.page).getByRole('img', { name: words.picture('σίκαλη') })
  await shown.waitFor()
  await expect.poll(() => shown.evaluate((node: HTMLImageElement) => node.naturalWidth)).toBe(640)
  await dialogOf(desk.page).getByRole('link', { name: /παραγγελία/ }).waitFor()
  await desk.shot('chat-el-picture')
})

test('the tabs of one visitor stay in step, and another page of the site goes on where this one was', async () => {
  const desk = await sit(foreign.origin, { lang: 'el' })
  await arrive(desk, 'el')
  const second = await desk.tab()
  await second.goto(`${foreign.origin}/el/psomi`)
  await second.bringToFront()
  for (const page of [desk.page, second]) { await opener(page).click(); await field(page, 'el').waitFor() }
  await write(desk.page, 'el', 'Από την πρώτη καρτέλα.')
  await said(second, 'Από την πρώτη καρτέλα.').waitFor()
  await write(second, 'el', 'Κι από τη δεύτερη.')
  await said(desk.page, 'Κι από τη δεύτερη.').waitFor()
  const id = await conversationOf('Κι από τη δεύτερη.')
  await answerAs(maria, id, 'Σας βλέπω και στις δύο.')
  for (const page of [desk.page, second]) await said(page, 'Σας βλέπω και στις δύο.').waitFor()
  for (const page of [desk.page, second]) expect(await lines(page).count()).toBe(3)
  await second.close()
  await desk.page.goto(`${foreign.origin}/el/meta`)
  await opener(desk.page).click()
  await said(desk.page, 'Σας βλέπω και στις δύο.').waitFor()
  expect(await lines(desk.page).count()).toBe(3)
  expect(await desk.context.cookies(foreign.origin)).toEqual([])
})

test('a road that is torn up in the middle of every sentence loses nothing and doubles nothing', async () => {
  use(rough, road.origin)
  const desk = await sit(foreign.origin, { lang: 'el' })
  await lookInside(desk.context)
  // A page that is cut off complains of it, as it should.
  const page = await desk.context.newPage()
  await page.goto(`${foreign.origin}/el`)
  await opener(page).click()
  await field(page, 'el').waitFor()
  const texts = Array.from({ length: 24 }, (_, place) => `Λέξη ${place + 1} από 24.`)
  for (const [place, text] of texts.entries()) {
    if (place % 3 === 1) setTimeout(road.cut, place)
    await write(page, 'el', text)
    if (place % 3 === 2) road.cut()
  }
  await said(page, texts.at(-1)!).getByText(wordsIn('el').sent).waitFor({ timeout: 30_000 })
  const id = await conversationOf(texts.at(-1)!)
  for (let place = 0; place < 6; place++) { await answerAs(maria, id, `Απάντηση ${place + 1} από 6.`); road.cut() }
  await said(page, 'Απάντηση 6 από 6.').waitFor({ timeout: 30_000 })
  const { body } = await eleni.ask('GET', `conversations/${id}`) as unknown as { body: { messages: { direction: string; text: string }[] } }
  expect(body.messages.filter((one) => one.direction === 'in').map((one) => one.text)).toEqual(texts)
  const bubbles = await lines(page).locator('.bubble').allInnerTexts()
  expect(bubbles.map((text) => text.trim())).toEqual([...texts, ...Array.from({ length: 6 }, (_, place) => `Απάντηση ${place + 1} από 6.`)])

  road.shut()
  await dialogOf(page).getByText(wordsIn('el').offline).waitFor({ timeout: 20_000 })
  await write(page, 'el', 'Το γράφω χωρίς δίκτυο.')
  await said(page, 'Το γράφω χωρίς δίκτυο.').getByText(wordsIn('el').waiting).waitFor()
  await page.screenshot({ path: 'test-results/chat-el-offline.png' })
  // The page goes; what was said waits in the browser for the next one.
  await page.close()
  road.reopen()
  const next = await desk.context.newPage()
  await next.goto(`${foreign.origin}/el`)
  await opener(next).click()
  await said(next, 'Το γράφω χωρίς δίκτυο.').getByText(wordsIn('el').sent).waitFor({ timeout: 20_000 })
  expect(await said(next, 'Το γράφω χωρίς δίκτυο.').count()).toBe(1)
  use(key)
}, 120_000)

test.each(langs)('outside hours it says so and takes a message; at the end it asks how it was (%s)', async (lang) => {
  const words = wordsIn(lang)
  const text = lang === 'en' ? 'Could you bake forty rolls for Saturday?' : 'Θα ψήνατε σαράντα κουλούρια για το Σάββατο;'
  const reply = lang === 'en' ? 'With pleasure. Come by at eight.' : 'Ευχαρίστως. Περάστε στις οκτώ.'
  const desk = await sit(foreign.origin, { lang, width: 390 })
  await onDuty([])
  try {
    await arrive(desk, lang)
    await expect.poll(async () => ((await (await fetch(`${stoa.origin}/chat/${key}/hello`)).json()) as { open: boolean }).open).toBe(false)
    await opener(desk.page).click()
    await dialogOf(desk.page).getByText(words.away).waitFor()
    await dialogOf(desk.page).locator('.away').waitFor()
    await desk.shot(`chat-${lang}-away-phone`)
    await write(desk.page, lang, text)
    await said(desk.page, text).getByText(words.sent).waitFor()
    expect(await violations(desk.page)).toEqual([])
  } finally { await onDuty(everyDay) }
  const id = await conversationOf(text)
  await answerAs(maria, id, reply)
  await said(desk.page, reply).waitFor()
  await dialogOf(desk.page).getByRole('button', { name: words.rate }).click()
  await dialogOf(desk.page).getByRole('radio', { name: words.stars[4] }).check()
  await dialogOf(desk.page).getByLabel(words.rateWhy).fill(reply)
  await desk.shot(`chat-${lang}-rate-phone`)
  expect(await violations(desk.page)).toEqual([])
  await dialogOf(desk.page).getByRole('button', { name: words.rateSend }).click()
  await dialogOf(desk.page).getByText(words.rated).first().waitFor()
  const { body } = await eleni.ask('GET', `conversations/${id}`) as unknown as { body: { conversation: { rating: number } } }
  expect(body.conversation.rating).toBe(5)
})

test('who has not written is greeted by rule, once, and finds the words again in the chat', async () => {
  const greeting = 'Ψάχνετε ψωμί χωρίς αλάτι; Ρωτήστε μας.'
  use(await connectChat('Ο φούρνος χαιρετά', { greetingEl: greeting, greetAfter: '3', greetOn: '/el/psomi*' }))
  const desk = await sit(foreign.origin, { lang: 'el' })
  await arrive(desk, 'el')
  const bubble = desk.page.locator('stoa-chat').getByRole('region', { name: wordsIn('el').greeting })
  expect(await desk.page.evaluate(() => Object.keys(localStorage))).toEqual([])
  await desk.page.goto(`${foreign.origin}/el/psomi`)
  await bubble.getByText(greeting).waitFor()
  await desk.shot('chat-el-greeting')
  expect(await violations(desk.page)).toEqual([])
  await bubble.getByRole('button', { name: wordsIn('el').answer }).click()
  await dialogOf(desk.page).getByText(greeting).waitFor()
  const asked = desk.page.waitForRequest((request) => request.url().includes('/hello'), { timeout: 4_000 }).then(() => true, () => false)
  await desk.page.reload()
  await opener(desk.page).waitFor()
  expect(await asked).toBe(false)
  expect(await bubble.count()).toBe(0)
  use(key)
})
