import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import type { Lang } from '#kit/lang.ts'
import { browsing, langs, overflow, speaking, violations, type Desk } from '../world/browser.ts'
import { openStoa, type Caller, type OpenStoa } from '../world/stoa.ts'

const sit = browsing()
let stoa: OpenStoa
let eleni: Caller
let places: readonly string[]
let draft: string
let porch: readonly string[]
beforeAll(async () => {
  stoa = await openStoa()
  eleni = await stoa.found()
  await eleni.ask('POST', 'setup/door', { door: 'story' })
  const first = async (path: string): Promise<string> => (await eleni.ask('GET', path) as unknown as { body: { items: { id: string }[] } }).body.items[0]!.id
  const [conversation, contact, campaign, begun, planned, out] = await Promise.all([first('conversations?view=all'), first('contacts'), first('campaigns'), first('posts?state=draft'), first('posts?state=scheduled'), first('posts?state=published')])
  draft = begun
  places = [
    '', '/inbox', `/inbox?view=all&c=${conversation}`, '/inbox?view=held', '/calendar', '/calendar?span=week', '/calendar?span=day', '/calendar?span=agenda', '/calendar?lanes=intent', '/calendar?span=week&lanes=account', '/calendar?span=day&lanes=campaign', '/calendar?post=new', `/calendar?post=${begun}`, `/calendar?post=${planned}`, `/calendar?post=${out}`, '/people', `/people/${contact}`,
    '/campaigns', `/campaigns/${campaign}`, `/campaigns/${campaign}?show=scorecard`, '/campaigns/scorecard',
    ...['site', 'team', 'voices', 'channels', 'publishing', 'duty', 'coverage', 'rules', 'pillars', 'data', 'you'].map((one) => `/settings/${one}`), '/nowhere',
  ]
  const { body } = await eleni.ask('GET', `posts/${out}`) as unknown as { body: { publications: { channel: string; url: string | null }[] } }
  porch = ['/', body.publications.find((one) => one.channel === 'porch')?.url ?? '/', '/people', '/about', '/nothing/here']
})
afterAll(async () => { await stoa?.stop() })

const nameOf = (path: string): string => path.replace(/^http:\/\/[^/]+/, '').replace(/^\/p\/.*/, '-post').replace(/code=.*/, '').replace(/[\w-]{30,}/g, 'one').replace(/\W+$/, '').replace(/\W+/g, '-') || '-home'

/** Whatever the page waits for has come. */
async function settled(page: Page): Promise<void> {
  await page.locator('main, [role=dialog]').first().waitFor()
  await page.waitForFunction(() => document.querySelector('[role=status] svg[class*=loading], [aria-busy=true]') === null)
}
/** What is still wrong when colours on their way from one look to the other have arrived. */
async function standing(page: Page, only: readonly string[] | undefined): Promise<string[]> {
  let found = await violations(page, only)
  for (let look = 0; look < 5 && found.length > 0; look++) {
    await page.waitForTimeout(300)
    found = await violations(page, only)
  }
  return found
}
// In the second language what stands where is the same and only the words are others: each look and each width once is enough.
const looks = { el: [['light', 1440], ['dark', 1440], ['dark', 390], ['light', 390]], en: [['light', 1440], ['dark', 390]] } as const
const alone = (wanted: Lang) => looks[wanted].length === 2
/** What stands on the screen, in every look: at a desk and on a phone, in the light and in the dark. */
async function stands(desk: Desk, name: string, lang: Lang = 'el'): Promise<string[]> {
  const { page } = desk
  const wrong: string[] = []
  for (const [look, width] of looks[lang]) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 })
    await page.emulateMedia({ colorScheme: look })
    await page.waitForFunction((wanted) => (document.documentElement.dataset['mantineColorScheme'] ?? wanted) === wanted, look)
    await page.evaluate(() => new Promise((drawn) => { requestAnimationFrame(() => requestAnimationFrame(drawn)) }))
    await settled(page)
    if ((look === 'light') === (width === 1440)) await desk.shot(`${name}-${look}-${width}`)
    // A look changes colours; a width changes what stands where.
    const isSameWidth = !alone(lang) && (look === 'dark') === (width === 1440)
    wrong.push(...(await standing(page, isSameWidth ? ['color-contrast'] : undefined)).map((one) => `${name} ${look} ${width}: ${one}`))
    if (await overflow(page) > 0) wrong.push(`${name} ${width}: wider than its window by ${await overflow(page)}`)
  }
  return wrong
}
/** One page in every look. */
async function seen(desk: Desk, path: string, { name, lang }: { readonly name: string; readonly lang?: Lang }): Promise<string[]> {
  const { page } = desk
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1440, height: 900 })
  await desk.go(path)
  return await stands(desk, name, lang)
}

test.each(langs)('every page of the workspace can be read and used by everybody (%s)', async (lang) => {
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const wrong: string[] = []
  for (const path of places) wrong.push(...await seen(desk, `/app${path}`, { name: `page-${lang}${nameOf(path)}`, lang }))
  expect(wrong).toEqual([])
})

test.each(langs)('so can whatever opens over the calendar and beside a page being written (%s)', async (lang) => {
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const { page } = desk
  const t = speaking(lang).posts
  const wrong: string[] = []
  const fresh = async (path: string) => {
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize({ width: 1440, height: 900 })
    await desk.go(path)
    await settled(page)
  }
  const dialog = async (name: string) => { await page.getByRole('dialog').last().waitFor(); wrong.push(...await stands(desk, `over-${lang}-${name}`, lang)) }
  for (const tool of ['slots.open', 'rules.open', 'feed.open', 'exchange.importOpen'] as const) {
    await fresh('/app/calendar')
    await page.getByRole('button', { name: t('calendar.tools'), exact: true }).click()
    await page.getByRole('menuitem', { name: t(tool) }).click()
    await dialog(tool.replace('.', '-'))
  }
  for (const act of ['acts.move', 'acts.copy', 'acts.repeat'] as const) {
    await fresh('/app/calendar?state=draft')
    await page.locator('[data-item]').first().click({ modifiers: ['Control'] })
    const bar = page.getByRole('toolbar', { name: t('acts.bar') })
    await bar.waitFor()
    if (act === 'acts.move') wrong.push(...await violations(page))
    if (act === 'acts.repeat') await bar.getByRole('button', { name: t('acts.more') }).click()
    await page.getByRole(act === 'acts.repeat' ? 'menuitem' : 'button', { name: t(act), exact: true }).click()
    await dialog(act.replace('.', '-'))
  }
  for (const tab of ['composer.preview', 'side.team'] as const) {
    await fresh(`/app/calendar?post=${draft}`)
    await page.getByRole('tab', { name: t(tab), exact: true }).click()
    await dialog(tab.replace('.', '-'))
  }
  for (const act of ['publish.atTime', 'publish.now'] as const) {
    await fresh(`/app/calendar?post=${draft}`)
    await page.getByRole('button', { name: t(act), exact: true }).click()
    await dialog(act.replace('.', '-'))
  }
  expect(wrong).toEqual([])
})

test('every page of the porch and every way in as well', async () => {
  const fresh = await openStoa()
  try {
    const desk = await sit(stoa.origin)
    const wrong: string[] = []
    for (const path of [...porch, '/app/sign-in', `${fresh.origin}/app/welcome?code=${fresh.setupCode}`]) wrong.push(...await seen(desk, path, { name: `porch${nameOf(path)}` }))
    expect(wrong).toEqual([])
  } finally { await fresh.stop() }
})

test.each(langs)('the whole house can be walked by the keyboard alone (%s)', async (lang) => {
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const { page } = desk
  const t = speaking(lang)
  const press = async (...keys: string[]) => { for (const key of keys) await page.keyboard.press(key) }
  await desk.go('/app')
  await page.getByRole('heading', { name: t.plan('today.waiting') }).waitFor()
  for (const [key, path] of [['i', '/app/inbox'], ['c', '/app/calendar'], ['p', '/app/people'], ['m', '/app/campaigns'], ['s', '/app/settings/site'], ['t', '/app']] as const) {
    await press('g', key)
    await page.waitForURL((url) => url.pathname.replace(/\/$/, '') === path)
    await settled(page)
  }
  await press('?')
  const help = page.getByRole('dialog', { name: t.ui('keys.title') })
  await help.getByText(t.shell('rail.inbox'), { exact: true }).waitFor()
  await desk.shot(`keys-${lang}-help`)
  await press('Escape')
  await help.waitFor({ state: 'detached' })

  // Today's first waiting conversation is opened by its key.
  await press('j', 'Enter')
  await page.waitForURL(/\/app\/inbox\?.*c=/)
  await press('g', 'i')
  await page.waitForURL((url) => url.pathname === '/app/inbox' && !url.searchParams.has('c'))
  await desk.go('/app/inbox?view=all')
  const rows = page.getByRole('list', { name: t.inbox('inbox.list') }).getByRole('listitem')
  await rows.first().waitFor()
  const standing = () => page.locator('[data-current]').getAttribute('aria-posinset')
  await press('j')
  await expect.poll(standing).toBe('1')
  await press('j')
  await expect.poll(standing).toBe('2')
  await press('k')
  await expect.poll(standing).toBe('1')
  await press('Enter')
  await page.waitForURL(/c=/)
  const box = page.getByRole('textbox', { name: t.inbox('answer.label'), exact: true })
  await box.waitFor()
  await press('r')
  await expect.poll(() => box.evaluate((element) => element === document.activeElement)).toBe(true)
  await press('Escape')
  const id = new URL(page.url()).searchParams.get('c')
  await press('e')
  await page.getByRole('button', { name: t.inbox('act.undo') }).first().waitFor()
  await expect.poll(async () => ((await eleni.ask('GET', `conversations/${id}`)).body as unknown as { conversation: { state: string } }).conversation.state).toBe('done')
  await desk.shot(`keys-${lang}-done`)
  await page.getByRole('button', { name: t.inbox('act.undo') }).first().focus()
  await press('Enter')
  await expect.poll(async () => ((await eleni.ask('GET', `conversations/${id}`)).body as unknown as { conversation: { state: string } }).conversation.state).toBe('open')

  await press('Control+k')
  await page.getByPlaceholder(t.shell('palette.ask')).fill(lang === 'en' ? 'calen' : 'ημερολογιο')
  await desk.shot(`keys-${lang}-palette`)
  await press('Enter')
  await page.waitForURL(/\/app\/calendar/)
})
