import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Channel } from '#kit/channel.ts'
import type { Lang } from '#kit/lang.ts'
import { readMail } from '#channels/mail/read.ts'
import { TestServer } from '#channels/mail/test-server.ts'
import { whyNoAnswer } from '#core/conversations/words.ts'
import { letter, settingsFor } from '#channels/mail/test-world.ts'
import { attachWords } from '#pillars/connectivity/web/attach-words.ts'
import { browsing, langs, overflow, speaking, violations, violationsInBoth, type Desk } from '../world/browser.ts'
import { openStoa, type Caller, type OpenStoa } from '../world/stoa.ts'

const sit = browsing()
/** A mailbox of the bakery's, whose server can be told to fail. */
const server = new TestServer()
let stoa: OpenStoa
let eleni: Caller

const talks: Readonly<Record<Lang, { readonly asks: string; readonly says: string; readonly fails: string; readonly byHand: string }>> = {
  en: { asks: 'Could you send us the price list?', says: 'Here it is, with a picture of the rye.', fails: 'And we open on Sunday, too.', byHand: 'I am calling you about it.' },
  el: { asks: 'Μας στέλνετε τον τιμοκατάλογο;', says: 'Ορίστε, μαζί με μια φωτογραφία της σίκαλης.', fails: 'Ανοίγουμε και την Κυριακή.', byHand: 'Σας παίρνω τηλέφωνο γι’ αυτό.' },
}
const wordOf = (lang: Lang, name: keyof typeof attachWords.en, given: Readonly<Record<string, string>> = {}): string =>
  Object.entries(given).reduce((text, [key, value]) => text.replace(`{${key}}`, value), attachWords[lang][name])

beforeAll(async () => {
  server.now = new Date()
  await server.open()
  for (const lang of langs) {
    server.deliver(letter(talks[lang].asks, { id: `asks-${lang}@pelatis.gr`, subject: `List-${lang}`, from: `Anna <anna-${lang}@pelatis.gr>`, headers: 'Cc: Katerina <katerina@pelatis.gr>, Petros <petros@pelatis.gr>, info@fournos.gr' }))
  }
  stoa = await openStoa({ allowPrivate: true })
  eleni = await stoa.found()
  await eleni.ask('POST', 'setup/door', { door: 'own' })
  const { sent: _, ...settings } = settingsFor(server)
  await eleni.ask('POST', 'accounts', { channel: 'mail', settings })
})
afterAll(async () => { await stoa?.stop(); await server.close() })

interface Talk { readonly id: string; readonly lastText: string }
async function talkOf(text: string): Promise<string> {
  let found: Talk | undefined
  await expect.poll(async () => found = ((await eleni.ask('GET', 'conversations?view=all')).body as unknown as { items: Talk[] }).items.find((one) => one.lastText === text), { timeout: 20_000 }).toBeDefined()
  return found!.id
}
const slow = { timeout: 8_000 }
const box = (page: Page, lang: Lang) => page.getByRole('textbox', { name: speaking(lang).inbox('answer.label'), exact: true })
const said = (page: Page, text: string) => page.locator('[data-message]').filter({ hasText: text })
const send = (page: Page, lang: Lang) => page.getByRole('button', { name: speaking(lang).inbox('answer.send'), exact: true }).click()
const along = (page: Page, lang: Lang) => page.getByRole('list', { name: wordOf(lang, 'along') }).getByRole('listitem')
const menu = { name: 'τιμές.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 τιμές') }

/** Drops and pastes a file, as a hand would from another window. */
const hand = (desk: Desk, lang: Lang, how: 'drop' | 'paste', file: { readonly name: string; readonly type: string; readonly base64: string }) => box(desk.page, lang).evaluate((area, [given, way]) => {
  const data = new DataTransfer()
  data.items.add(new File([Uint8Array.from(atob(given.base64), (sign) => sign.charCodeAt(0))], given.name, { type: given.type }))
  area.dispatchEvent(way === 'drop' ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }) : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
}, [file, how] as const)

/** On a phone, after the page was loaded anew: what was begun is there, with its files, and everybody gets it again. */
async function comesBack({ page, shot }: Desk, says: string): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.reload()
  await along(page, 'el').nth(1).waitFor()
  await expect.poll(() => box(page, 'el').inputValue(), slow).toBe(says)
  await expect.poll(() => overflow(page), slow).toBeLessThanOrEqual(0)
  await page.emulateMedia({ colorScheme: 'dark' })
  await shot('mail-el-along-phone')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('button', { name: wordOf('el', 'leaveOut', { name: 'Petros' }) }).click()
}

test.each(langs)('an answer by mail carries files, reaches who else was written to, and is sent again with one click (%s)', async (lang) => {
  const t = speaking(lang).inbox
  const { asks, says, fails } = talks[lang]
  const id = await talkOf(asks)
  const desk = await sit(stoa.origin, { lang, who: eleni })
  await desk.go(`/app/inbox?view=all&c=${id}`)
  const { page } = desk
  await box(page, lang).waitFor({ timeout: 20_000 })
  await page.getByText(wordOf(lang, 'goesTo'), { exact: true }).waitFor()
  await page.getByRole('button', { name: wordOf(lang, 'leaveOut', { name: 'Petros' }) }).click()
  await box(page, lang).fill(says)
  await page.locator('input[type=file]').setInputFiles([menu, { name: 'κακό.html', mimeType: 'text/html', buffer: Buffer.from('<script>alert(1)</script>') }])
  const photo = (await sharp({ create: { width: 320, height: 200, channels: 3, background: '#6b4a1e' } }).png().toBuffer()).toString('base64')
  await hand(desk, lang, 'paste', { name: 'σίκαλη.png', type: 'image/png', base64: photo })
  await hand(desk, lang, 'drop', { name: 'σημείωση.txt', type: 'text/plain', base64: Buffer.from('Δύο σίκαλης').toString('base64') })
  await along(page, lang).filter({ hasText: 'σίκαλη.jpg' }).waitFor()
  await along(page, lang).filter({ hasText: 'σημείωση.txt' }).waitFor()
  await along(page, lang).filter({ hasText: 'κακό.html' }).getByRole('alert').waitFor()
  await desk.shot(`mail-${lang}-along`)
  if (lang === 'el') expect(await violationsInBoth(page)).toEqual([])
  await page.getByRole('button', { name: wordOf(lang, 'remove', { name: 'κακό.html' }) }).click()
  await page.getByRole('button', { name: wordOf(lang, 'remove', { name: 'σημείωση.txt' }) }).click()
  await expect.poll(async () => ((await eleni.ask('GET', `conversations/${id}`)).body as unknown as { draft: { files: unknown[] | null } | null }).draft?.files?.length, slow).toBe(2)
  if (lang === 'el') await comesBack(desk, says)
  const before = server.readers.length
  await send(page, lang)
  await said(page, says).getByText(t('sending.confirmed'), { exact: true }).waitFor()
  await said(page, says).getByRole('link', { name: /τιμές\.pdf/ }).waitFor()
  await said(page, says).getByText(wordOf(lang, 'wentTo', { names: 'Katerina' })).waitFor()
  expect(server.readers.slice(before)).toEqual([`anna-${lang}@pelatis.gr`, 'katerina@pelatis.gr'])
  const mail = (await readMail(server.taken.at(-1)!, { whole: true, received: new Date() }))!
  expect([mail.subject, mail.files.map((file) => file.name), Buffer.from(mail.files[0]!.bytes).toString()]).toEqual([`List-${lang}`, ['τιμές.pdf', 'σίκαλη.jpg'], '%PDF-1.7 τιμές'])
  await desk.shot(`mail-${lang}-sent`)

  server.fail('refused')
  await box(page, lang).fill(fails)
  await page.locator('input[type=file]').setInputFiles([menu])
  await along(page, lang).first().waitFor()
  await send(page, lang)
  const notSent = said(page, fails).getByRole('button', { name: t('sending.refused') })
  await notSent.click()
  await page.getByText(t('sending.why')).waitFor()
  await desk.shot(`mail-${lang}-refused`)
  if (lang === 'en') expect(await violations(page)).toEqual([])
  const taken = server.taken.length
  await page.getByRole('button', { name: t('sending.resend'), exact: true }).click()
  await said(page, fails).getByText(t('sending.confirmed'), { exact: true }).waitFor()
  expect(server.taken.length).toBe(taken + 1)
  expect((await readMail(server.taken.at(-1)!, { whole: true, received: new Date() }))!.files).toHaveLength(1)
})

test.each(['el'] as const)('where a network takes no answer from a program, it is copied, posted by hand, and said so, within its hours (%s)', async (lang) => {
  const t = speaking(lang).inbox
  const { byHand } = talks[lang]
  const mail = stoa.house.channels.find((one) => one.id === 'mail') as Channel
  const [limits, publish] = [mail.limits.bind(mail), mail.publish!]
  const id = ((await eleni.ask('GET', 'conversations?view=all')).body as unknown as { items: { id: string; subject: string }[] }).items.find((one) => one.subject === `List-${lang}`)!.id
  Object.assign(mail, { limits: (account: never) => ({ ...limits(account), byHand: ['message'], replyWindow: { hours: 24 } }), publish: { ...publish, kinds: [] } })
  try {
    const desk = await sit(stoa.origin, { lang, who: eleni, width: 390 })
    await desk.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await desk.go(`/app/inbox?view=all&c=${id}`)
    const { page } = desk
    await box(page, lang).fill(byHand, { timeout: 20_000 })
    await page.getByText(t('answer.window', { time: t('time.hours', { n: '23' }) })).waitFor()
    await page.getByRole('button', { name: t('byHand.make'), exact: true }).click()
    await page.getByRole('button', { name: t('byHand.copy'), exact: true }).click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(byHand)
    await desk.shot(`mail-${lang}-by-hand`)
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    await page.getByRole('button', { name: t('byHand.notPosted'), exact: true }).click()
    await expect.poll(() => box(page, lang).inputValue(), slow).toBe(byHand)
    await page.getByRole('button', { name: t('byHand.make'), exact: true }).click()
    await page.getByRole('button', { name: t('byHand.isPosted'), exact: true }).click()
    await said(page, byHand).getByText(t('byHand.posted'), { exact: true }).waitFor()
    const { body } = await eleni.ask('GET', `conversations/${id}`) as unknown as { body: { conversation: { lastText: string; lastFrom: string } } }
    expect(body.conversation).toMatchObject({ lastText: byHand, lastFrom: 'team' })
    Object.assign(mail, { limits: (account: never) => ({ ...limits(account), replyWindow: { hours: 0 } }), publish })
    await page.reload()
    await page.getByText(whyNoAnswer['too-late'][lang]).waitFor({ timeout: 20_000 })
    expect(await box(page, lang).count()).toBe(0)
    await desk.shot(`mail-${lang}-too-late`)
  } finally { Object.assign(mail, { limits, publish }) }
})
