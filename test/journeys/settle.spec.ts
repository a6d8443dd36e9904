import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Lang } from '#kit/lang.ts'
import { TestServer, token } from '#channels/mastodon/test-server.ts'
import { holdDue } from '#core/publications/epoch.ts'
import { browsing, langs, overflow, speaking, violations } from '../world/browser.ts'
import { openStoa, type Caller, type OpenStoa } from '../world/stoa.ts'

const sit = browsing()
/** As on servers that keep no key: what got no answer is looked for among our own, and then asked about. */
const network = new TestServer({ software: 'gotosocial' })
/** What goes wrong: what is posted arrives or is lost, and in both cases nobody answers; or edits are answered by an error. */
let trouble: 'none' | 'arrives unheard' | 'lost' | 'no edits' = 'none'
let door: Server
let stoa: OpenStoa
let eleni: Caller
let accountId: string
let workspaceId: string

const bodyOf = async (request: IncomingMessage): Promise<string> => { let text = ''; for await (const part of request) text += String(part); return text }
beforeAll(async () => {
  network.clock = Date.now()
  door = createServer((asked, answer) => {
    void bodyOf(asked).then(async (body) => {
      const isPost = asked.method === 'POST' && asked.url === '/api/v1/statuses'
      const unheard = trouble === 'arrives unheard' || trouble === 'lost'
      if (isPost && trouble === 'lost') return asked.socket.destroy()
      if ((unheard && asked.url?.includes('/accounts/7/statuses')) || (trouble === 'no edits' && asked.method === 'PUT')) return answer.writeHead(503).end()
      const said = await network.fetch(`http://${asked.headers.host!}${asked.url!}`, { method: asked.method!, headers: asked.headers as Record<string, string>, ...(body === '' ? {} : { body }) })
      if (isPost && unheard) return asked.socket.destroy()
      return answer.writeHead(said.status, { 'content-type': 'application/json' }).end(await said.text())
    })
  })
  await new Promise<void>((up) => { door.listen(0, '127.0.0.1', up) })
  stoa = await openStoa({ allowPrivate: true })
  eleni = await stoa.found()
  await eleni.ask('POST', 'setup/door', { door: 'own' })
  const connected = await eleni.ask('POST', 'accounts', { channel: 'mastodon', settings: { server: `http://127.0.0.1:${(door.address() as AddressInfo).port}`, token } })
  accountId = (connected.body as unknown as { id: string }).id
  workspaceId = (await stoa.house.database.pool.query<{ id: string }>('select id from workspaces')).rows[0]!.id
})
beforeEach(() => { trouble = 'none' })
afterAll(async () => { await stoa?.stop(); door?.close() })

interface Made { readonly id: string; readonly version: number; readonly publications: readonly { readonly state: string; readonly url: string | null; readonly change: { readonly stuck: boolean } | null }[] }
const patient = { timeout: 30_000 }
const stateOf = async (id: string): Promise<string | undefined> => ((await eleni.ask('GET', `posts/${id}`)).body as unknown as Made).publications[0]?.state
/** A post that was let out to the network: now, or for a day that is far. */
async function letOut(text: string, lang: Lang, wall?: string): Promise<Made> {
  const { body } = await eleni.ask('POST', 'posts', { title: '', text, lang, intent: 'talk', format: 'story', tags: [], media: [], campaignId: null, accountIds: [accountId] }) as unknown as { body: Made }
  const said = await eleni.ask('POST', `posts/${body.id}/publish`, { version: body.version, reasons: {}, ...(wall ? { at: { wall, zone: 'Europe/Athens' } } : {}) })
  expect(said.status, JSON.stringify(said.body)).toBe(200)
  return said.body as unknown as Made
}
const there = (text: string) => network.posts.filter((post) => post.text.includes(text))
const sayings: Readonly<Record<Lang, { readonly held: readonly [string, string]; readonly unknown: readonly [string, string, string]; readonly first: string; readonly second: string; readonly note: string }>> = {
  en: { held: ['Rye on Thursday, at six. Shall we keep you one?', 'Barley on Friday, at seven. Shall we keep you one?'], unknown: ['The oven is lit. Who comes by?', 'The figs are in. Who wants a bag?', 'The yard is swept. Who sits down?'], first: 'We open at six tomorrow. Will you come?', second: 'We open at seven tomorrow. Will you come?', note: 'We had the hour wrong.' },
  el: { held: ['Σίκαλη την Πέμπτη, στις έξι. Να σας κρατήσουμε;', 'Κριθάρι την Παρασκευή, στις επτά. Να σας κρατήσουμε;'], unknown: ['Άναψε ο φούρνος. Ποιος θα περάσει;', 'Ήρθαν τα σύκα. Ποιος θέλει ένα σακουλάκι;', 'Σκουπίστηκε η αυλή. Ποιος θα καθίσει;'], first: 'Αύριο ανοίγουμε στις έξι. Θα έρθετε;', second: 'Αύριο ανοίγουμε στις επτά. Θα έρθετε;', note: 'Είχαμε γράψει λάθος ώρα.' },
}
const waits = (page: Page, lang: Lang) => page.getByRole('region', { name: speaking(lang).posts('waits.title') })
const openPost = async (page: Page, id: string) => { await page.goto(`/app/calendar?post=${id}`); await page.getByRole('dialog').waitFor() }

test.each(langs)('what is held after a copy was brought back is listed in one place, and leaves on one word, once (%s)', async (lang) => {
  const t = speaking(lang).posts
  await eleni.ask('POST', 'publishing/pause', { reason: '…' })
  const [due, ahead] = [await letOut(sayings[lang].held[0], lang), await letOut(sayings[lang].held[1], lang, '2027-05-07T07:00')]
  await stoa.house.database.write(workspaceId, (tx) => holdDue(tx, { now: new Date(), because: 'moved', all: true }))
  await eleni.ask('POST', 'publishing/resume')
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const { page } = desk
  await openPost(page, due.id)
  const card = page.getByRole('region', { name: t('publication.title') })
  await card.getByRole('button', { name: t('publication.lookFor') }).click()
  await page.getByText(t('publication.cannotLook')).waitFor()
  expect(await stateOf(due.id)).toBe('held')
  await desk.shot(`settle-${lang}-held-card`)

  const dark = await sit(stoa.origin, { lang, who: eleni, look: 'dark', width: 390 })
  await dark.go('/app/settings/publishing')
  await waits(dark.page, lang).getByRole('button', { name: t('waits.drop.name') }).click()
  await dark.page.getByRole('dialog').getByText(t('waits.drop.says')).waitFor()
  await dark.shot(`settle-${lang}-held-phone`)
  expect(await violations(dark.page)).toEqual([])
  expect(await overflow(dark.page)).toBe(0)

  await desk.go('/app/settings/publishing')
  await waits(page, lang).getByText(t('waits.held', { count: 2 })).waitFor()
  expect(await violations(page)).toEqual([])
  await desk.shot(`settle-${lang}-held`)
  await waits(page, lang).getByRole('button', { name: t('waits.send.name') }).click()
  const dialog = page.getByRole('dialog', { name: t('waits.send.title', { count: 2 }) })
  await dialog.getByRole('button', { name: t('waits.send.name') }).click()
  await waits(page, lang).getByText(t('waits.none')).waitFor(patient)
  await expect.poll(() => stateOf(due.id), patient).toBe('confirmed')
  expect(await stateOf(ahead.id)).toBe('scheduled')
  expect((await eleni.ask('POST', `posts/${ahead.id}/unschedule`)).status).toBe(200)
  expect(sayings[lang].held.map((text) => there(text).length)).toEqual([1, 0])
})

test.each(langs)('of three that got no answer one is there, one is sent and one is dropped (%s)', async (lang) => {
  const t = speaking(lang).posts
  const [arrived, missing, unwanted] = sayings[lang].unknown
  trouble = 'arrives unheard'
  const first = await letOut(arrived, lang)
  await expect.poll(() => stateOf(first.id), patient).toBe('unknown')
  trouble = 'lost'
  const others = [await letOut(missing, lang), await letOut(unwanted, lang)]
  for (const { id } of others) await expect.poll(() => stateOf(id), patient).toBe('unknown')
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const { page } = desk
  await desk.go('/app/settings/publishing')
  await expect.poll(() => waits(page, lang).getByRole('listitem').count(), patient).toBe(3)
  await desk.shot(`settle-${lang}-unknown`)

  await waits(page, lang).getByRole('link', { name: t('waits.open', { name: arrived }) }).click()
  const card = page.getByRole('dialog').getByRole('region', { name: t('publication.title') })
  await card.getByRole('button', { name: t('publication.there') }).click()
  const address = `https://plateia.social/@fournos/there-${lang}`
  await card.getByRole('textbox', { name: t('publication.address') }).fill(address)
  await desk.shot(`settle-${lang}-there`)
  expect(await violations(page, undefined, '[role=dialog]')).toEqual([])
  await card.getByRole('button', { name: t('publication.thereYes') }).click()
  await expect.poll(() => stateOf(first.id), patient).toBe('confirmed')
  expect(await card.getByRole('link', { name: t('publication.look') }).getAttribute('href')).toBe(address)

  trouble = 'none'
  await openPost(page, others[0]!.id)
  await card.getByRole('button', { name: t('publication.send') }).click()
  await expect.poll(() => stateOf(others[0]!.id), patient).toBe('confirmed')
  await openPost(page, others[1]!.id)
  await card.getByRole('button', { name: t('publication.drop') }).click()
  await expect.poll(() => stateOf(others[1]!.id), patient).toBe('cancelled')
  await page.getByRole('button', { name: t('after.copy') }).waitFor()
  expect([arrived, missing, unwanted].map((text) => there(text).length)).toEqual([1, 1, 0])
})

test.each(langs)('new words that do not get through say so, and go out when they are tried again (%s)', async (lang) => {
  const t = speaking(lang).posts
  const { first, second, note } = sayings[lang]
  const { id } = await letOut(first, lang)
  await expect.poll(() => stateOf(id), patient).toBe('confirmed')
  trouble = 'no edits'
  const { version } = (await eleni.ask('GET', `posts/${id}`)).body as unknown as Made
  expect((await eleni.ask('POST', `posts/${id}/edit`, { version, title: '', text: second, media: [], note, reasons: {} })).status).toBe(200)
  await expect.poll(async () => ((await eleni.ask('GET', `posts/${id}`)).body as unknown as Made).publications[0]?.change?.stuck, patient).toBe(true)
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const { page } = desk
  await openPost(page, id)
  const card = page.getByRole('dialog').getByRole('region', { name: t('publication.title') })
  await card.getByText(t('publication.change.why')).waitFor()
  await card.getByRole('button', { name: t('publication.change.revise') }).waitFor()
  await desk.shot(`settle-${lang}-change`)
  expect(there(second)).toHaveLength(0)
  trouble = 'none'
  await card.getByRole('button', { name: t('publication.change.retry') }).click()
  await expect.poll(() => there(second).length, patient).toBe(1)
  await card.getByText(t('publication.change.why')).waitFor({ state: 'detached' })
})
