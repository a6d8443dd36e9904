import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Lang } from '#kit/lang.ts'
import { browsing, langs, speaking, violations } from '../world/browser.ts'
import { openStoa, type Caller, type OpenStoa } from '../world/stoa.ts'

const sit = browsing()
let stoa: OpenStoa
let eleni: Caller
let blog: Server
let other: Server
const addressOf = (server: Server): string => `http://localhost:${(server.address() as AddressInfo).port}`

/** A blog that somebody has elsewhere: any page of it holds the one line. */
const serve = (): Promise<Server> => new Promise((done) => {
  const server = createServer((request, response) => {
    const lang = (request.url ?? '').startsWith('/en') ? 'en' : 'el'
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(request.url === '/favicon.ico' ? '' : `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Ψωμί ζέας</title>
<style>body{font:16px/1.6 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}</style></head>
<body><h1>Ψωμί ζέας</h1><p>Ζυμώνουμε με προζύμι, κάθε Πέμπτη.</p><script async src="${stoa.origin}/comments/embed.js" data-lang="${lang}"></script></body></html>`)
  }).listen(0, '127.0.0.1', () => done(server))
})

beforeAll(async () => {
  stoa = await openStoa()
  eleni = await stoa.found()
  await eleni.ask('POST', 'setup/door', { door: 'own' })
  ;[blog, other] = [await serve(), await serve()]
})
afterAll(async () => {
  blog?.close()
  other?.close()
  await stoa?.stop()
})

const talk: Readonly<Record<Lang, { readonly who: string; readonly asks: string; readonly better: string; readonly says: string; readonly also: string }>> = {
  en: { who: 'Anna from Leeds', asks: 'Do you bake it on Mondais?', better: 'Do you bake it on Mondays as well?', says: 'Yes Anna, on Mondays from seven.', also: 'And on Fridays?' },
  el: { who: 'Γιώργος από τα Ψηλαλώνια', asks: 'Το έχετε και τη Δευτερα;', better: 'Το έχετε και τη Δευτέρα;', says: 'Ναι Γιώργο, κάθε Δευτέρα από τις επτά.', also: 'Και την Παρασκευή;' },
}

async function commentsOn(page: Page): Promise<Frame> {
  const element = await page.locator('iframe').elementHandle()
  const frame = (await element!.contentFrame())!
  await frame.waitForLoadState()
  return frame
}
/** Writes as a visitor does; who sends sooner than two seconds after opening the form is a machine. */
async function write(frame: Frame, lang: Lang, said: { readonly name: string; readonly text: string }): Promise<void> {
  const words = speaking(lang).porch
  const opened = Date.now()
  await frame.getByLabel(words.name).fill(said.name)
  await frame.getByLabel(words.text).fill(said.text)
  await expect.poll(() => Date.now() - opened, { timeout: 4_000 }).toBeGreaterThan(2_100)
  await frame.getByRole('button', { name: words.send }).click()
}

test('Eleni connects her blog in the settings and gets the line for its pages', async () => {
  const desk = await sit(stoa.origin, { who: eleni, lang: 'el' })
  await desk.go('/app/settings/channels')
  await desk.page.getByRole('button', { name: /: Comments$|: Σχόλια σε άλλους ιστότοπους$/ }).click()
  await desk.page.getByLabel('Ιστότοποι που μπορούν να τα δείχνουν').fill(addressOf(blog))
  const choice = desk.page.getByRole('combobox', { name: /Τα διαβάζει πρώτα/ })
  await choice.click()
  await desk.page.getByRole('option', { name: 'κανένα' }).click()
  await desk.shot('comments-el-form', true)
  await desk.page.getByRole('button', { name: 'Σύνδεση', exact: true }).first().click()
  await expect.poll(() => desk.page.getByText('/comments/embed.js').count(), { timeout: 8_000 }).toBe(1)
  await desk.shot('comments-el-line', true)
})

test.each(langs)('a visitor of the blog writes, corrects the words and is answered by name; another reads along (%s)', async (lang) => {
  const words = speaking(lang).porch
  const said = talk[lang]
  const visitor = await sit(addressOf(blog), { lang, width: 390 })
  await visitor.go(`/${lang}/psomi?utm_source=mail`)
  const frame = await commentsOn(visitor.page)
  await write(frame, lang, { name: said.who, text: said.asks })
  const own = frame.locator('.mine a')
  await own.waitFor()
  await expect.poll(async () => (await visitor.page.locator('iframe').boundingBox())!.height, { timeout: 5_000 }).toBeGreaterThan(500)
  await visitor.shot(`comments-${lang}-said-390`, true)
  await own.click()
  await frame.getByLabel(words.text).fill(said.better)
  await visitor.shot(`comments-${lang}-change-390`, true)
  await frame.getByRole('button', { name: words.change }).click()
  await frame.getByText(said.better).waitFor()
  expect(await frame.getByText(words.changed).count()).toBe(1)

  const { body: list } = await eleni.ask('GET', 'conversations?view=all') as unknown as { body: { items: { id: string; channel: string; subject: string }[] } }
  const talked = list.items.find((one) => one.channel === 'comments' && one.subject === 'Ψωμί ζέας')!
  const { body: detail } = await eleni.ask('GET', `conversations/${talked.id}`) as unknown as { body: { messages: { id: string; text: string }[] } }
  const { status } = await eleni.ask('POST', `conversations/${talked.id}/answer`, { text: said.says, seen: detail.messages.at(-1)!.id, reasons: {} })
  expect(status).toBeLessThan(300)

  const reader = await sit(addressOf(blog), { lang })
  await reader.go(`/${lang}/psomi#top`)
  await expect.poll(async () => {
    await reader.page.reload()
    return await (await commentsOn(reader.page)).getByText(said.says).count()
  }, { timeout: 8_000, interval: 500 }).toBe(1)
  const theirs = await commentsOn(reader.page)
  expect(await theirs.locator('.mine').count()).toBe(0)
  await theirs.locator('.comment .do a').first().click()
  await write(theirs, lang, { name: lang === 'en' ? 'Tom' : 'Άννα', text: said.also })
  await theirs.locator('.comments .mine').waitFor()
  expect(await theirs.getByText(said.also).count()).toBe(1)
  expect(await theirs.locator('.comments ol .comment').count()).toBe(2)
  for (const look of ['light', 'dark'] as const) {
    await reader.page.emulateMedia({ colorScheme: look })
    expect(await violations(theirs as unknown as Page)).toEqual([])
    await reader.shot(`comments-${lang}-talk-${look}`, true)
  }
}, 30_000)

test('without script the window is read and written in all the same, and a person looks first', async () => {
  const visitor = await sit(stoa.origin, { lang: 'el', javaScript: false, width: 390 })
  await visitor.go(`/comments/frame?${new URLSearchParams({ page: `${addressOf(blog)}/el/allo`, title: 'Άλλο', lang: 'el' }).toString()}`)
  const frame = visitor.page.mainFrame()
  await write(frame, 'el', { name: 'Σοφία', text: 'Χωρίς script γίνεται;' })
  const words = speaking('el').porch
  await visitor.page.getByRole('button', { name: words.byHand }).click()
  await visitor.page.getByText(words.heldWhy).waitFor()
  await visitor.page.getByRole('link', { name: words.ownLink }).click()
  await visitor.page.getByRole('button', { name: words.withdraw }).click()
  expect(await visitor.page.getByRole('status').textContent()).toBe(words.ownWithdrawn)
  await visitor.shot('comments-el-withdrawn-390', true)
})

test('another site does not get to show them', async () => {
  const { status } = await stoa.stranger.ask('GET', `/comments/frame?${new URLSearchParams({ page: `${addressOf(other)}/el/psomi` }).toString()}`)
  expect(status).toBe(404)
  const said = await stoa.stranger.ask('GET', `/comments/frame?${new URLSearchParams({ page: `${addressOf(blog)}/el/psomi` }).toString()}`)
  expect(said.headers.get('content-security-policy')).toContain(`frame-ancestors ${addressOf(blog)};`)
})
