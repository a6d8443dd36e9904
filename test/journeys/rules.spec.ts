import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { en as publishingEn } from '#web/settings/words/publishing-en.ts'
import { el as publishingEl } from '#web/settings/words/publishing-el.ts'
import { el as channelsEl } from '#web/settings/words/channels-el.ts'
import { browsing, langs, speaking } from '../world/browser.ts'
import { openStoa, type Caller, type OpenStoa } from '../world/stoa.ts'

const sit = browsing()
let stoa: OpenStoa
let eleni: Caller
let nikos: Caller
let mill: Server
const items = `<item><guid isPermaLink="false">1</guid><link>https://mylos.example/1</link><title>Ο νέος μύλος άνοιξε</title><description>Αλέθει ντόπιο σιτάρι.</description></item>`
beforeAll(async () => {
  stoa = await openStoa({ allowPrivate: true })
  eleni = await stoa.found()
  await eleni.ask('POST', 'setup/door', { door: 'own' })
  nikos = await stoa.invite(eleni, 'editor', 'Νίκος')
  mill = createServer((_, answer) => { answer.setHeader('content-type', 'application/rss+xml').end(`<?xml version="1.0"?><rss version="2.0"><channel><title>Ο Μύλος</title><link>https://mylos.example/</link>${items}</channel></rss>`) })
  await new Promise<void>((up) => { mill.listen(0, '127.0.0.1', up) })
})
afterAll(async () => { await stoa?.stop(); mill?.close() })
const policy = async () => (await eleni.ask('GET', 'publishing-policy')).body as unknown as Readonly<Record<string, unknown>>

test.each(langs)('the settings say who has to agree and what is late, and whoever may not manage only looks (%s)', async (lang) => {
  const words = lang === 'en' ? publishingEn : publishingEl
  const saved = new RegExp(speaking(lang).ui('saved', { time: '' }).trim())
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const { page } = desk
  await desk.go('/app/settings/publishing')
  await page.getByRole('radio', { name: words.approval['two-step'].name, exact: true }).check()
  await page.getByRole('switch', { name: words.approval.links }).check({ force: true })
  await page.getByRole('radio', { name: words.late['publish-within'].name, exact: true }).check()
  await page.getByRole('radio', { name: words.alt.asked.name, exact: true }).check()
  await page.getByLabel(words.sizes.maxVideoBytes).fill('250')
  await page.getByText(saved).waitFor()
  await expect.poll(policy).toEqual({ approval: 'two-step', linksCount: true, altText: 'asked', late: { do: 'publish-within', minutes: 120 }, duplicateDays: 30 })
  expect((await eleni.ask('GET', 'media-policy')).body).toMatchObject({ maxVideoBytes: 250_000_000 })
  await desk.shot(`rules-${lang}-publishing`)
  await page.reload()
  expect(await page.getByRole('radio', { name: words.approval['two-step'].name, exact: true }).isChecked()).toBe(true)

  const other = await sit(stoa.origin, { lang, who: nikos })
  await other.go('/app/settings/publishing')
  await other.page.getByText(speaking(lang).settings('readOnly')).waitFor()
  expect(await other.page.getByRole('radio', { name: words.approval.none.name, exact: true }).isDisabled()).toBe(true)

  await page.getByRole('radio', { name: words.approval.none.name, exact: true }).check()
  await page.getByRole('radio', { name: words.late.ask.name, exact: true }).check()
  await page.getByRole('radio', { name: words.alt.required.name, exact: true }).check()
  await expect.poll(policy).toMatchObject({ approval: 'none', altText: 'required', late: null })
})

test('a feed is given its words, seen filled with what it said last, and can be left alone again', async () => {
  const said = await eleni.ask('POST', 'accounts', { channel: 'feeds', settings: { url: `http://127.0.0.1:${(mill.address() as AddressInfo).port}/feed` } })
  expect(said.status, JSON.stringify(said.body)).toBe(201)
  const desk = await sit(stoa.origin, { lang: 'el', who: eleni })
  const { page } = desk
  const t = speaking('el').posts
  await expect.poll(async () => (await eleni.ask('GET', `feed-rules/newest?feedAccountId=${(said.body as unknown as { id: string }).id}`)).body['item'], { timeout: 30_000 }).toMatchObject({ link: 'https://mylos.example/1' })
  await desk.go('/app/settings/channels')
  await page.getByRole('link', { name: channelsEl.becomes }).click()
  await page.getByRole('button', { name: t('rules.add') }).click()
  await page.getByRole('checkbox', { name: t('porch') }).check()
  await page.getByRole('textbox', { name: t('rules.template') }).fill('Διαβάσαμε: ')
  await page.getByRole('group', { name: t('rules.marks') }).getByRole('button', { name: t('rules.mark.title') }).click()
  await page.getByText('Διαβάσαμε: Ο νέος μύλος άνοιξε', { exact: true }).waitFor()
  await desk.shot('rules-el-feed')
  await page.getByRole('button', { name: t('rules.save') }).click()
  await page.getByText(t('rules.toDraftFor', { accounts: t('porch') })).waitFor()
  const rules = async () => (await eleni.ask('GET', 'feed-rules')).body['items'] as unknown as Readonly<Record<string, unknown>>[]
  expect(await rules()).toMatchObject([{ does: 'draft', template: 'Διαβάσαμε: {title}', lang: 'el', on: true }])
  await page.getByRole('switch', { name: t('rules.on', { feed: 'Ο Μύλος' }) }).click({ force: true })
  await expect.poll(rules).toMatchObject([{ on: false }])
  await page.getByRole('button', { name: t('rules.remove', { feed: 'Ο Μύλος' }) }).click()
  await expect.poll(rules).toEqual([])
})
