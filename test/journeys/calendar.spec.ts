import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Lang } from '#kit/lang.ts'
import { browsing, langs, overflow, speaking, violations, violationsInBoth } from '../world/browser.ts'
import { openStoa, type Caller, type OpenStoa } from '../world/stoa.ts'

const sit = browsing()
let stoa: OpenStoa
let eleni: Caller
let accountId: string
beforeAll(async () => {
  stoa = await openStoa()
  eleni = await stoa.found()
  await eleni.ask('POST', 'setup/door', { door: 'own' })
  accountId = (await eleni.ask('GET', 'accounts') as unknown as { body: { items: { id: string; channel: string }[] } }).body.items.find((one) => one.channel === 'porch')!.id
})
afterAll(async () => { await stoa?.stop() })

interface Written { readonly id: string; readonly version: number }
/** A post that is planned for a wall time in Patras, as the composer would have left it; or one without a time. */
async function plan(title: string, wall?: string): Promise<Written> {
  const text = `${title}: το ψήνουμε στις τέσσερις και βγαίνει ζεστό στις έξι. Θα περάσετε;`
  const { body } = await eleni.ask('POST', 'posts', { title, text, lang: 'el', intent: 'talk', format: 'story', tags: [], media: [], campaignId: null, accountIds: [accountId] }) as unknown as { body: Written }
  if (wall === undefined) return body
  const said = await eleni.ask('POST', `posts/${body.id}/publish`, { version: body.version, at: { wall, zone: 'Europe/Athens' }, reasons: {} }) as unknown as { status: number; body: Written }
  expect(said.status, JSON.stringify(said.body)).toBe(200)
  return said.body
}
const wallOf = async (id: string): Promise<string | null> => ((await eleni.ask('GET', `posts/${id}`)).body as unknown as { wallTime: string | null }).wallTime?.slice(0, 16) ?? null
/** What the server and the screen come to, on a machine that has other things to do as well. */
const patient = { timeout: 15_000 }
const chip = (page: Page, title: string): Locator => page.locator('[role=gridcell] [data-item]').filter({ hasText: title })
const cell = (page: Page, day: string): Locator => page.locator(`[data-cell="${day}"]`)
/** Leads the mouse from the middle of one thing to the middle of another, as a hand does. */
async function lead(page: Page, from: Locator, to: Locator): Promise<void> {
  const [a, b] = [(await from.boundingBox())!, (await to.boundingBox())!]
  await page.mouse.move(a.x + a.width / 3, a.y + a.height / 2)
  await page.mouse.down()
  await page.mouse.move(a.x + a.width / 3 + 12, a.y + a.height / 2 + 4, { steps: 3 })
  await page.mouse.move(b.x + b.width / 2, b.y + b.height * 0.7, { steps: 6 })
}
const undo = (page: Page, lang: Lang): Locator => page.getByRole('button', { name: speaking(lang).posts('acts.undo') }).last()

test.each(langs)('a post is led to another day by hand, brought back, and led again by keys and by the form (%s)', async (lang) => {
  const year = lang === 'en' ? '2027' : '2028'
  const title = lang === 'en' ? 'Barley rusks' : 'Κρίθινα παξιμάδια'
  const { id } = await plan(title, `${year}-02-09T09:30`)
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const { page } = desk
  const t = speaking(lang).posts
  await desk.go(`/app/calendar?day=${year}-02-01`)
  await chip(page, title).waitFor()
  expect(await cell(page, `${year}-02-09`).locator('[data-item]').count()).toBe(1)

  await lead(page, chip(page, title), cell(page, `${year}-02-17`))
  await desk.shot(`calendar-${lang}-drag`)
  await page.mouse.up()
  await cell(page, `${year}-02-17`).locator('[data-item]').waitFor()
  await expect.poll(() => wallOf(id), patient).toBe(`${year}-02-17T09:30`)
  await undo(page, lang).click()
  await expect.poll(() => wallOf(id), patient).toBe(`${year}-02-09T09:30`)
  await cell(page, `${year}-02-09`).locator('[data-item]').waitFor()

  // By keys alone: to the day, into it, and one day on; the keyboard goes with what it moves.
  await cell(page, `${year}-02-08`).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent), patient).toContain(title)
  await page.keyboard.press(']')
  await expect.poll(() => wallOf(id), patient).toBe(`${year}-02-10T09:30`)
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('[data-cell]')?.getAttribute('data-cell')), patient).toBe(`${year}-02-10`)

  await page.keyboard.press('Shift+M')
  const dialog = page.getByRole('dialog', { name: t('move.title', { count: 1 }) })
  await dialog.getByLabel(t('move.day'), { exact: true }).fill(`${year}-02-20`)
  await dialog.getByLabel(t('move.time'), { exact: true }).fill('17:45')
  await desk.shot(`calendar-${lang}-move`)
  await dialog.getByRole('button', { name: t('move.go'), exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(await wallOf(id)).toBe(`${year}-02-20T17:45`)
  await cell(page, `${year}-02-20`).getByText('17:45').waitFor()
  await page.keyboard.press('z')
  await expect.poll(() => wallOf(id), patient).toBe(`${year}-02-10T09:30`)
  expect(await violations(page)).toEqual([])
})

test.each(langs)('an hour the clocks skip or repeat is never guessed: the form hands back both (%s)', async (lang) => {
  const title = lang === 'en' ? 'Night of the clocks' : 'Η νύχτα των ρολογιών'
  const { id } = await plan(title, '2027-03-27T03:30')
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const { page } = desk
  const t = speaking(lang).posts
  await desk.go('/app/calendar?day=2027-03-01')
  await chip(page, title).waitFor()
  // One day on is the night without half past three in Patras.
  await lead(page, chip(page, title), cell(page, '2027-03-28'))
  await page.mouse.up()
  const asked = page.getByRole('alert').filter({ hasText: t('move.gapTitle') })
  await asked.waitFor()
  await desk.shot(`calendar-${lang}-gap`)
  expect(await asked.getByRole('button').allInnerTexts()).toEqual([expect.stringContaining('02:30'), expect.stringContaining('04:30')])
  expect(await wallOf(id)).toBe('2027-03-27T03:30')
  await asked.getByRole('button').nth(1).click()
  await expect.poll(() => wallOf(id), patient).toBe('2027-03-28T04:30')
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await chip(page, title).focus()
  await page.keyboard.press('Shift+M')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('move.day'), { exact: true }).fill('2027-10-31')
  await dialog.getByLabel(t('move.time'), { exact: true }).fill('03:30')
  await dialog.getByRole('button', { name: t('move.go'), exact: true }).click()
  const twice = dialog.getByRole('alert').getByRole('button')
  await twice.nth(1).waitFor()
  await desk.shot(`calendar-${lang}-twice`)
  expect(await violationsInBoth(page, '[role=dialog]')).toEqual([])
  await twice.nth(1).click()
  await dialog.waitFor({ state: 'detached' })
  const { body } = await eleni.ask('GET', `posts/${id}`) as unknown as { body: { dueAt: string } }
  expect(body.dueAt).toBe('2027-10-31T01:30:00.000Z')
})

test.each(langs)('several are chosen and moved, held back and thrown away together, each time to be taken back (%s)', async (lang) => {
  const year = lang === 'en' ? '2027' : '2028'
  const names = lang === 'en' ? ['Chosen one', 'Chosen two', 'Left alone'] as const : ['Διαλεγμένο ένα', 'Διαλεγμένο δύο', 'Άσ’ το εδώ'] as const
  const [one, two, three] = [await plan(names[0], `${year}-05-04T09:00`), await plan(names[1], `${year}-05-05T18:15`), await plan(names[2], `${year}-05-06T12:00`)]
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const { page } = desk
  const t = speaking(lang).posts
  await desk.go(`/app/calendar?day=${year}-05-01`)
  await chip(page, names[0]).click({ modifiers: ['Control'] })
  await chip(page, names[1]).click({ modifiers: ['Shift'] })
  const bar = page.getByRole('toolbar', { name: t('acts.bar') })
  await bar.getByText(t('acts.chosen', { count: 2 })).waitFor()
  await desk.shot(`calendar-${lang}-chosen`)
  await lead(page, chip(page, names[0]), cell(page, `${year}-05-11`))
  await page.mouse.up()
  await expect.poll(async () => [await wallOf(one.id), await wallOf(two.id), await wallOf(three.id)], patient).toEqual([`${year}-05-11T09:00`, `${year}-05-12T18:15`, `${year}-05-06T12:00`])
  await undo(page, lang).click()
  await expect.poll(async () => [await wallOf(one.id), await wallOf(two.id)], patient).toEqual([`${year}-05-04T09:00`, `${year}-05-05T18:15`])

  await bar.getByRole('button', { name: t('acts.pause') }).click()
  await expect.poll(() => chip(page, names[0]).getAttribute('data-state'), patient).toBe('paused')
  await bar.getByRole('button', { name: t('acts.resume') }).click()
  await expect.poll(() => chip(page, names[1]).getAttribute('data-state'), patient).toBe('scheduled')
  await bar.getByRole('button', { name: t('acts.delete') }).click()
  await chip(page, names[0]).waitFor({ state: 'detached' })
  await expect.poll(async () => (await eleni.ask('GET', `posts/${one.id}`)).status, patient).toBe(404)
  await undo(page, lang).click()
  await chip(page, names[0]).waitFor()
  await expect.poll(() => wallOf(one.id), patient).toBe(`${year}-05-04T09:00`)

  await bar.getByRole('button', { name: t('acts.clear') }).click()
  await chip(page, names[0]).focus()
  await page.keyboard.press('x')
  await bar.getByText(t('acts.chosen', { count: 1 })).waitFor()
  await bar.getByRole('button', { name: t('acts.copy') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('move.day'), { exact: true }).fill(`${year}-05-19`)
  await dialog.getByRole('button', { name: t('move.goCopy'), exact: true }).click()
  await cell(page, `${year}-05-19`).locator('[data-item][data-state=draft]').waitFor()
})

test.each(langs)('what waits on the shelf is dropped on a day and on a free place, and goes back (%s)', async (lang) => {
  const year = lang === 'en' ? '2027' : '2028'
  const title = lang === 'en' ? 'Some day: carob bread' : 'Κάποτε: χαρουπόψωμο'
  const { id } = await plan(title)
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const { page } = desk
  const t = speaking(lang).posts
  await desk.go(`/app/calendar?day=${year}-06-01`)
  await page.getByRole('button', { name: t('calendar.tools') }).click()
  await page.getByRole('menuitem', { name: t('slots.open') }).click()
  const slots = page.getByRole('dialog', { name: t('slots.title') })
  await slots.getByLabel(t('slots.time'), { exact: true }).fill(lang === 'en' ? '08:20' : '08:40')
  await slots.getByRole('checkbox', { name: lang === 'en' ? 'Wednesday' : 'Τετάρτη' }).check({ force: true })
  await slots.getByRole('button', { name: t('slots.add') }).click()
  await slots.getByRole('listitem').first().waitFor()
  await desk.shot(`calendar-${lang}-places`)
  await page.keyboard.press('Escape')
  const place = page.locator(`[data-slot$="${lang === 'en' ? '08:20' : '08:40'}"]`).first()
  const wall = await place.getAttribute('data-slot')
  const shelf = page.getByRole('complementary', { name: t('shelf.title') })
  await lead(page, shelf.locator('[data-item]').filter({ hasText: title }), place)
  await page.mouse.up()
  await expect.poll(() => wallOf(id), patient).toBe(wall)
  await chip(page, title).waitFor()
  await expect.poll(() => page.locator(`[data-slot="${wall}"]`).count(), patient).toBe(0)
  await lead(page, chip(page, title), shelf)
  await page.mouse.up()
  await shelf.locator('[data-item]').filter({ hasText: title }).waitFor()
  await expect.poll(() => wallOf(id), patient).toBeNull()
})

const inLane = (page: Page, lane: string, day: string): Locator => page.locator(`[data-lane="${lane}"][data-drop="${day}"]`)
const meant = async (id: string) => { const { body } = await eleni.ask('GET', `posts/${id}`) as unknown as { body: { intent: string; campaignId: string | null; accountIds: string[] } }; return body }

test.each(langs)('led into another lane, a post is meant for something else; where it goes out is left to the post itself (%s)', async (lang) => {
  const year = lang === 'en' ? '2027' : '2028'
  const title = lang === 'en' ? 'Raisin bread' : 'Σταφιδόψωμο'
  const { id } = await plan(title, `${year}-04-06T09:30`)
  const { body: campaign } = await eleni.ask('POST', 'campaigns', { name: `${title} ${year}` }) as unknown as { body: { id: string } }
  expect(campaign.id).toBeDefined()
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const { page } = desk
  const t = speaking(lang).posts
  await desk.go(`/app/calendar?span=week&lanes=intent&day=${year}-04-06`)
  await lead(page, chip(page, title), inLane(page, 'ask', `${year}-04-06`))
  await desk.shot(`calendar-${lang}-lane`)
  await page.mouse.up()
  await inLane(page, 'ask', `${year}-04-06`).locator('[data-item]').waitFor()
  await expect.poll(async () => (await meant(id)).intent, patient).toBe('ask')
  expect(await wallOf(id)).toBe(`${year}-04-06T09:30`)
  await undo(page, lang).click()
  await expect.poll(async () => (await meant(id)).intent, patient).toBe('talk')

  await desk.go(`/app/calendar?span=week&lanes=campaign&day=${year}-04-06`)
  await lead(page, chip(page, title), inLane(page, campaign.id, `${year}-04-07`))
  await page.mouse.up()
  await expect.poll(async () => (await meant(id)).campaignId, patient).toBe(campaign.id)
  await expect.poll(() => wallOf(id), patient).toBe(`${year}-04-07T09:30`)

  await desk.go(`/app/calendar?span=week&lanes=account&day=${year}-04-06`)
  await chip(page, title).waitFor()
  const other = await page.locator(`[data-lane][data-drop="${year}-04-07"]`).evaluateAll((cells, own) => cells.map((cell) => (cell as HTMLElement).dataset['lane']!).find((lane) => lane !== own), accountId)
  await lead(page, chip(page, title), inLane(page, other!, `${year}-04-08`))
  await page.mouse.up()
  await page.getByText(t('lanes.account')).waitFor()
  await desk.shot(`calendar-${lang}-lane-account`)
  expect([await wallOf(id), (await meant(id)).accountIds]).toEqual([`${year}-04-07T09:30`, [accountId]])

  await chip(page, title).focus()
  await page.keyboard.press('Shift+M')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: t('calendar.laneOf.intent') }).click()
  await page.getByRole('option', { name: t('intents.give') }).click()
  await desk.shot(`calendar-${lang}-lane-form`)
  await dialog.getByRole('button', { name: t('move.go'), exact: true }).click()
  await expect.poll(async () => (await meant(id)).intent, patient).toBe('give')
})

/** A finger, as the browser itself gets it: put down, moved, lifted. */
async function finger(page: Page) {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 1 })
  const send = async (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { readonly x: number; readonly y: number }) => { await cdp.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [{ x: at.x, y: at.y, id: 1 }] : [] }) }
  return {
    down: async (at: { readonly x: number; readonly y: number }) => { await send('touchStart', at) },
    to: async (from: { readonly x: number; readonly y: number }, to: { readonly x: number; readonly y: number }) => {
      for (let step = 1; step <= 8; step++) { await send('touchMove', { x: from.x + ((to.x - from.x) * step) / 8, y: from.y + ((to.y - from.y) * step) / 8 }); await page.waitForTimeout(30) }
    },
    up: async () => { await send('touchEnd') },
  }
}
const middle = async (locator: Locator) => { const box = (await locator.boundingBox())!; return { x: box.x + box.width / 3, y: box.y + box.height / 2 } }

test('a finger that rests leads a post to another day; one that does not rest scrolls', async () => {
  const { id } = await plan('Με το δάχτυλο', '2029-02-07T09:30')
  const { id: next } = await plan('Στην ατζέντα', '2029-02-07T11:30')
  await plan('Εκεί που θα πάει', '2029-02-05T18:00')
  const desk = await sit(stoa.origin, { lang: 'el', who: eleni })
  const { page } = desk
  await desk.go('/app/calendar?day=2029-02-01')
  await chip(page, 'Με το δάχτυλο').waitFor()
  await page.waitForLoadState('networkidle')
  const touch = await finger(page)
  const places = async () => [await middle(chip(page, 'Με το δάχτυλο')), await middle(cell(page, '2029-02-16'))] as const
  let [from, to] = await places()
  await touch.down(from)
  // Straight down: to the side a browser goes back a page.
  await touch.to(from, { x: from.x, y: from.y + 200 })
  await touch.up()
  expect(await page.locator('html[data-holding]').count()).toBe(0)
  expect(await wallOf(id)).toBe('2029-02-07T09:30')
  // A glide that goes on after the finger left is over by then.
  await page.waitForTimeout(500);
  [from, to] = await places()
  await touch.down(from)
  await page.waitForTimeout(450)
  await expect.poll(() => page.locator('html[data-holding]').count()).toBe(1)
  await touch.to(from, to)
  await desk.shot('calendar-el-touch')
  await touch.up()
  await expect.poll(() => wallOf(id), patient).toBe('2029-02-16T09:30')
  expect(new URL(page.url()).searchParams.get('post')).toBeNull()

  const phone = await sit(stoa.origin, { lang: 'el', who: eleni, width: 390 })
  await phone.go('/app/calendar?day=2029-02-05')
  const row = phone.page.locator('[data-item]').filter({ hasText: 'Στην ατζέντα' })
  await row.waitFor()
  const thumb = await finger(phone.page)
  const here = await middle(row)
  const day = phone.page.locator('[data-drop="2029-02-05"]')
  await phone.page.waitForLoadState('networkidle')
  const there = await middle(day)
  await thumb.down(here)
  await phone.page.waitForTimeout(450)
  await thumb.to(here, there)
  await phone.shot('calendar-el-touch-phone')
  await thumb.up()
  await expect.poll(() => wallOf(next), patient).toBe('2029-02-05T11:30')
})

test.each(langs)('a post comes again by a rule that is read back in words, and one of them moves alone (%s)', async (lang) => {
  const year = lang === 'en' ? '2027' : '2028'
  const title = lang === 'en' ? 'The bread of the week' : 'Το ψωμί της εβδομάδας'
  await plan(title, `${year}-01-12T10:00`)
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const { page } = desk
  const t = speaking(lang).posts
  await desk.go(`/app/calendar?day=${year}-01-01`)
  await chip(page, title).first().click({ modifiers: ['Control'] })
  const bar = page.getByRole('toolbar', { name: t('acts.bar') })
  await bar.getByRole('button', { name: t('acts.more') }).click()
  await page.getByRole('menuitem', { name: t('acts.repeat') }).click()
  const dialog = page.getByRole('dialog', { name: t('repeat.title') })
  await dialog.getByRole('status').waitFor()
  await desk.shot(`calendar-${lang}-repeat`)
  expect(await dialog.getByRole('status').innerText()).toContain('10:00')
  await dialog.getByRole('button', { name: t('repeat.go') }).click()
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => chip(page, title).count(), patient).toBeGreaterThanOrEqual(3)
  await desk.shot(`calendar-${lang}-series`)
  const next = new Date(Date.UTC(Number(year), 0, 19)).toISOString().slice(0, 10)
  await lead(page, cell(page, next).locator('[data-item]').filter({ hasText: title }), cell(page, `${year}-01-21`))
  await page.mouse.up()
  const scope = page.getByRole('dialog', { name: t('series.moveTitle') })
  await scope.getByRole('radio', { name: t('series.following') }).waitFor()
  await desk.shot(`calendar-${lang}-scope`)
  expect(await violationsInBoth(page, '[role=dialog]')).toEqual([])
  await scope.getByRole('button', { name: t('series.go'), exact: true }).click()
  await cell(page, `${year}-01-21`).locator('[data-item]').filter({ hasText: title }).waitFor()
  await cell(page, `${year}-01-26`).locator('[data-item]').filter({ hasText: title }).waitFor()
})

test.each(langs)('a table is tried first, row by row, and brought in without what is wrong with it (%s)', async (lang) => {
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const { page } = desk
  const t = speaking(lang).posts
  const titles = lang === 'en' ? ['Lentil day', 'Lost hour'] : ['Μέρα της φακής', 'Χαμένη ώρα']
  const csv = `date,time,title,text\n2027-08-10,09:00,${titles[0]},"Today everything is with lentils."\n2027-03-28,03:30,${titles[1]},"That hour is not there."\n2027-08-35,09:00,No such day,"Never."\n`
  await desk.go('/app/calendar?day=2027-08-01')
  await page.getByRole('button', { name: t('calendar.tools') }).click()
  await page.getByRole('menuitem', { name: t('exchange.importOpen') }).click()
  const dialog = page.getByRole('dialog', { name: t('exchange.title') })
  await dialog.locator('input[type=file]').setInputFiles({ name: 'plan.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await dialog.getByRole('button', { name: t('exchange.check') }).click()
  await dialog.getByText(t('exchange.nothingYet')).waitFor()
  expect(await dialog.getByRole('table').first().locator('tbody tr').count()).toBe(2)
  await desk.shot(`calendar-${lang}-trial`)
  await chip(page, titles[0]!).waitFor({ state: 'detached' })
  await dialog.getByRole('button', { name: t('exchange.go', { count: 1 }) }).click()
  await cell(page, '2027-08-10').locator('[data-item]').filter({ hasText: titles[0]! }).waitFor()
})

test('the address of the calendar for other programs works until it is taken back', async () => {
  const desk = await sit(stoa.origin, { lang: 'en', who: eleni })
  const { page } = desk
  const t = speaking('en').posts
  await plan('Feed of the bakery', '2027-01-05T10:00')
  await desk.go('/app/calendar')
  await page.getByRole('button', { name: t('calendar.tools') }).click()
  await page.getByRole('menuitem', { name: t('feed.open') }).click()
  const dialog = page.getByRole('dialog', { name: t('feed.title') })
  await dialog.getByRole('button', { name: t('feed.make') }).click()
  const url = await dialog.getByLabel(t('feed.address')).inputValue()
  expect((await stoa.stranger.ask('GET', new URL(url).pathname + new URL(url).search)).status).toBe(200)
  await desk.shot('calendar-en-feed')
  await dialog.getByRole('button', { name: t('feed.revoke') }).click()
  await dialog.getByText(t('feed.none')).waitFor()
  expect((await stoa.stranger.ask('GET', new URL(url).pathname + new URL(url).search)).status).not.toBe(200)
})

test.each(langs)('on a phone it is an agenda; wherever the clocks differ the zone is told (%s)', async (lang) => {
  const desk = await sit(stoa.origin, { lang, who: eleni, width: 390, look: 'dark' })
  await desk.go('/app/calendar?day=2027-05-01')
  await desk.page.locator('[data-item]').first().waitFor()
  await desk.shot(`calendar-${lang}-phone`)
  expect(await overflow(desk.page)).toBe(0)
  expect(await desk.page.getByRole('grid').count()).toBe(0)
  expect(await violations(desk.page)).toEqual([])

  await eleni.ask('PATCH', 'me', { zone: 'America/New_York' })
  try {
    const far = await sit(stoa.origin, { lang, who: eleni, zone: 'America/New_York' })
    await far.go('/app/calendar?day=2027-05-01')
    const t = speaking(lang).posts
    await far.page.getByText(t('clock.here', { place: 'Athens' })).waitFor()
    const before = await far.page.locator('[role=gridcell] [data-item] time').first().innerText()
    await far.page.getByRole('button', { name: t('clock.mine', { place: 'New York' }) }).click()
    await far.page.getByText(t('clock.here', { place: 'New York' })).waitFor()
    expect(await far.page.locator('[role=gridcell] [data-item] time').first().innerText()).not.toBe(before)
    await far.shot(`calendar-${lang}-far`)
  } finally { await eleni.ask('PATCH', 'me', { zone: 'Europe/Athens' }) }
})
