import { sql } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Incoming } from '#kit/channel.ts'
import type { Lang } from '#kit/lang.ts'
import { accountOf } from '#core/accounts/store.ts'
import { accounts } from '#core/accounts/tables.ts'
import { hear } from '#core/conversations/hear.ts'
import { en as bellEn } from '#web/settings/words/bell-en.ts'
import { el as bellEl } from '#web/settings/words/bell-el.ts'
import { browsing, langs, speaking, violationsInBoth } from '../world/browser.ts'
import { openStoa, type Caller, type OpenStoa } from '../world/stoa.ts'

const sit = browsing()
let stoa: OpenStoa
let eleni: Caller
let maria: Caller
let workspaceId: string
beforeAll(async () => {
  stoa = await openStoa()
  eleni = await stoa.found()
  await eleni.ask('POST', 'setup/door', { door: 'own' })
  maria = await stoa.invite(eleni, 'responder', 'Μαρία Κωστοπούλου')
  workspaceId = ((await eleni.ask('GET', 'session')).body as unknown as { workspace: { id: string } }).workspace.id
  for (const [place, text] of ['Έχετε τσουρέκι χωρίς γλουτένη;', 'Do you bake on Sundays?', 'Πόσο κάνει η τούρτα για δέκα;', 'Is the rye vegan?', 'Ψάχνετε βοηθό;'].entries()) await heard(text, { by: ['Άννα', 'John', 'Κώστας', 'Ruth', 'Άννα'][place]!, minutesAgo: 600 - place * 60 })
})
afterAll(async () => { await stoa?.stop() })

let told = 0
type Says = Extract<Incoming, { does: 'says' }>
async function heard(text: string, { by, minutesAgo = 0, under }: { readonly by: string; readonly minutesAgo?: number; readonly under?: Says['ref'] }): Promise<Says['ref']> {
  const at = new Date(Date.now() - minutesAgo * 60_000)
  const ref = { channel: 'porch', id: `journey-${++told}` }
  await stoa.house.database.write(workspaceId, async (tx) => {
    const [row] = await tx.select().from(accounts).where(sql`workspace_id = ${workspaceId} and channel = 'porch'`)
    await hear({ tx, account: accountOf(row!), now: at }, [{ does: 'says', ref, at: at.toISOString(), author: { id: by, name: by }, text, visibility: 'public', ...(under ? { inReplyTo: under } : {}) }])
  })
  return ref
}
const rows = (page: Page, lang: Lang) => page.getByRole('list', { name: speaking(lang).inbox('inbox.list') }).getByRole('listitem')
const idOf = async (text: string) => ((await eleni.ask('GET', 'conversations?view=all&limit=100')).body as unknown as { items: { id: string; lastText: string }[] }).items.find((one) => one.lastText === text)!.id
const answerBox = (page: Page, lang: Lang) => page.getByRole('textbox', { name: speaking(lang).inbox('answer.label'), exact: true })

test.each(langs)('a line of search narrows the list, names what it does not know, and is kept under a name (%s)', async (lang) => {
  const t = speaking(lang).inbox
  const { page, go, shot } = await sit(stoa.origin, { lang, who: eleni })
  await go('/app/inbox?view=all')
  await rows(page, lang).nth(4).waitFor()
  const box = page.getByRole('searchbox', { name: t('inbox.search') })
  await box.fill('lang:el waiting:>7h')
  await expect.poll(() => rows(page, lang).count()).toBe(2)
  await box.fill('colour:brown')
  await page.getByRole('alert').getByText('colour:brown').waitFor()
  await shot(`inbox-${lang}-line-unread`)
  await box.fill(lang === 'en' ? 'lang:en' : 'γλώσσα:en')
  await expect.poll(() => rows(page, lang).count()).toBe(2)
  const name = lang === 'en' ? 'In English' : 'Στα αγγλικά'
  await page.getByRole('button', { name: t('saved.keep') }).click()
  await page.getByLabel(t('saved.name'), { exact: true }).fill(name)
  await page.getByLabel(t('saved.forTeam')).check()
  await page.getByRole('button', { name: t('saved.save'), exact: true }).click()
  await page.getByRole('link', { name }).waitFor()
  await go('/app/inbox?view=all')
  await page.getByRole('link', { name }).click()
  await expect.poll(() => rows(page, lang).count()).toBe(2)
  await page.getByRole('button', { name: t('line.help') }).click()
  await page.getByText(t('line.hint')).waitFor()
  await shot(`inbox-${lang}-line-help`)
  expect(await violationsInBoth(page)).toEqual([])
})

test.each(langs)('by the keyboard: choose two, finish them together, and take it back (%s)', async (lang) => {
  const t = speaking(lang).inbox
  const { page, go, shot } = await sit(stoa.origin, { lang, who: eleni })
  await go('/app/inbox?view=all')
  await rows(page, lang).nth(4).waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  const bar = page.getByRole('toolbar', { name: t('bulk.label') })
  await bar.getByText(t('bulk.chosen', { count: 2 })).waitFor()
  await shot(`inbox-${lang}-chosen`)
  expect(await violationsInBoth(page)).toEqual([])
  await bar.getByRole('button', { name: t('act.done') }).click()
  await expect.poll(() => rows(page, lang).count()).toBe(3)
  await page.getByRole('button', { name: t('act.undo') }).click()
  await expect.poll(() => rows(page, lang).count()).toBe(5)
  await page.keyboard.press('?')
  await page.getByText(t('keys.choose')).waitFor()
  await shot(`inbox-${lang}-keys`)
})

test.each(langs)('a note calls Eleni by name, and both see who else is there (%s)', async (lang) => {
  const t = speaking(lang).inbox
  const id = await idOf('Πόσο κάνει η τούρτα για δέκα;')
  const [hers, other] = [await sit(stoa.origin, { lang, who: maria }), await sit(stoa.origin, { lang, who: eleni })]
  await other.go('/app/inbox?view=mentioned')
  await hers.go(`/app/inbox?view=all&c=${id}`)
  await hers.page.getByText(t('answer.tabNote'), { exact: true }).click()
  const note = hers.page.getByRole('textbox', { name: t('answer.tabNote') })
  const said = `${lang === 'en' ? 'How much' : 'Πόσο'}, @`
  await note.fill(said)
  await hers.page.getByRole('button', { name: '@Ελένη Παπαδάτου' }).click()
  await hers.shot(`inbox-${lang}-mention`)
  await hers.page.getByRole('button', { name: t('answer.sendNote') }).click()
  await rows(other.page, lang).first().waitFor()
  await rows(other.page, lang).first().getByRole('link').click()
  await other.page.locator('[data-message]').filter({ hasText: said }).first().waitFor()
  await hers.page.getByText(t('presence.looks', { names: 'Ελένη Παπαδάτου', count: 1 })).waitFor()
  await answerBox(other.page, lang).pressSequentially('Γεια')
  await hers.page.getByText(t('presence.writes', { names: 'Ελένη Παπαδάτου', count: 1 })).waitFor()
  await hers.shot(`inbox-${lang}-presence`)
  await answerBox(other.page, lang).fill('')
  await expect.poll(async () => ((await eleni.ask('GET', 'conversations/counts')).body as unknown as { mentioned: number }).mentioned, { timeout: 6_000 }).toBe(0)
})

test.each(langs)('an opener is kept, held while it is unchanged, and goes out once it is one’s own (%s)', async (lang) => {
  const t = speaking(lang).inbox
  const id = await idOf(lang === 'en' ? 'Is the rye vegan?' : 'Έχετε τσουρέκι χωρίς γλουτένη;')
  const { page, go, shot } = await sit(stoa.origin, { lang, who: maria })
  await go(`/app/inbox?view=all&c=${id}`)
  const opener = lang === 'en' ? 'Hello {name}, how kind of you to ask about our bread.' : 'Γεια σας {όνομα}, χαιρόμαστε που ρωτάτε για το ψωμί μας.'
  await answerBox(page, lang).fill(opener)
  await page.getByRole('button', { name: t('openers.label') }).click()
  await page.getByLabel(t('openers.keep')).fill(lang === 'en' ? 'Bread' : 'Ψωμί')
  await page.getByRole('button', { name: t('saved.save') }).click()
  await page.getByRole('button', { name: t('openers.drop', { name: lang === 'en' ? 'Bread' : 'Ψωμί' }) }).waitFor()
  await shot(`inbox-${lang}-openers`)
  await page.keyboard.press('Escape')
  await answerBox(page, lang).fill('')
  await page.getByRole('button', { name: t('openers.label') }).click()
  await page.getByRole('button', { name: opener }).click()
  const begun = await answerBox(page, lang).inputValue()
  expect(begun).toContain(lang === 'en' ? 'Hello Ruth,' : 'Γεια σας Άννα,')
  await page.getByRole('button', { name: t('answer.send'), exact: true }).click()
  await page.getByText(t('answer.held')).waitFor()
  await shot(`inbox-${lang}-opener-held`)
  await page.mouse.move(0, 0)
  expect(await violationsInBoth(page)).toEqual([])
  await answerBox(page, lang).fill(`${begun} ${lang === 'en' ? 'The rye holds only flour, water and salt.' : 'Το τσουρέκι μας έχει σιτάρι, το ψωμί από ρύζι όμως όχι.'}`)
  await page.getByRole('button', { name: t('answer.send'), exact: true }).click()
  await page.locator('[data-message]').filter({ hasText: begun.slice(0, 30) }).getByText(t('sending.confirmed')).waitFor()
})

test.each(langs)('two talks of one person become one and two again; tags and priority stand in the list (%s)', async (lang) => {
  const t = speaking(lang).inbox
  const first = await heard(`Πρώτη ερώτηση ${lang}`, { by: `Λένα ${lang}`, minutesAgo: 5 })
  await heard(`Δεύτερη ερώτηση ${lang}`, { by: `Λένα ${lang}`, minutesAgo: 4 })
  await heard(`Και κάτι ακόμη ${lang}`, { by: `Λένα ${lang}`, minutesAgo: 3, under: first })
  const id = await idOf(`Δεύτερη ερώτηση ${lang}`)
  const { page, go, shot } = await sit(stoa.origin, { lang, who: eleni })
  await go(`/app/inbox?view=all&c=${id}`)
  await page.getByRole('button', { name: t('more.label') }).click()
  await page.getByText(t('priority.urgent'), { exact: true }).click()
  await page.getByRole('textbox', { name: t('tags.label') }).or(page.getByRole('combobox', { name: t('tags.label') })).first().fill('ψωμί')
  await page.keyboard.press('Enter')
  await rows(page, lang).filter({ hasText: `Δεύτερη ερώτηση ${lang}` }).getByText('ψωμί', { exact: true }).waitFor()
  await shot(`inbox-${lang}-more`)
  await page.getByRole('button', { name: `Και κάτι ακόμη ${lang}` }).click()
  await expect.poll(() => page.locator('[data-message]').count()).toBe(3)
  await shot(`inbox-${lang}-merged`)
  await page.getByRole('button', { name: t('act.undo') }).first().click()
  await expect.poll(() => page.locator('[data-message]').count()).toBe(2)
})

test.each([['light', 'en'], ['dark', 'el']] as const)('on a phone, in the %s, everything stays within reach (%s)', async (look, lang) => {
  const { page, go, shot } = await sit(stoa.origin, { lang, look, who: eleni, width: 390 })
  await go('/app/inbox?view=all')
  await rows(page, lang).nth(3).waitFor()
  await shot(`inbox-${lang}-phone-${look}`)
  await rows(page, lang).first().getByRole('link').click()
  await answerBox(page, lang).waitFor()
  await shot(`inbox-${lang}-phone-thread-${look}`)
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  expect(await violationsInBoth(page)).toEqual([])
})

test.each(langs)('a member says what calls them and when they want quiet, and is called for what is theirs (%s)', async (lang) => {
  const [t, say] = [speaking(lang).inbox, lang === 'en' ? bellEn : bellEl]
  const { page, context, go, shot } = await sit(stoa.origin, { lang, who: maria, width: lang === 'en' ? 1440 : 390, look: lang === 'en' ? 'light' : 'dark' })
  await go('/app/settings/you#notifications')
  await page.getByRole('checkbox', { name: `${say.moment.given}: ${say.way.mail}` }).click()
  await page.getByRole('switch', { name: say.quietOn }).click()
  await page.getByText(say.overnight).waitFor()
  await expect.poll(async () => (await maria.ask('GET', 'inbox/bell')).body).toMatchObject({ quiet: { from: 22 * 60, to: 7 * 60 }, wishes: { given: ['bell', 'mail'] } })
  await shot(`bell-${lang}-settings`)
  expect(await violationsInBoth(page)).toEqual([])
  if (lang === 'el') return
  await page.getByRole('switch', { name: say.quietOn }).click()
  await page.getByRole('checkbox', { name: `${say.moment.given}: ${say.way.mail}` }).click()
  await expect.poll(async () => (await maria.ask('GET', 'inbox/bell')).body).toMatchObject({ quiet: null, wishes: { given: ['bell'] } })
  const id = await idOf('Do you bake on Sundays?')
  await eleni.ask('PATCH', `conversations/${id}`, { assigneeId: ((await maria.ask('GET', 'session')).body as unknown as { member: { id: string } }).member.id })
  await expect.poll(async () => ((await maria.ask('GET', 'inbox/calls')).body as unknown as { items: { moment: string }[] }).items.map((one) => one.moment), { timeout: 6_000 }).toContain('given')
  await eleni.ask('PATCH', `conversations/${id}`, { assigneeId: null })
  // As a push service would hand it over, encrypted or not is the browser's.
  await context.grantPermissions(['notifications'], { origin: stoa.origin })
  const wire = await context.newCDPSession(page)
  const registered = new Promise<string>((done) => { wire.on('ServiceWorker.workerVersionUpdated', ({ versions }) => { for (const one of versions) if (one.status === 'activated') done(one.registrationId) }) })
  await wire.send('ServiceWorker.enable')
  await page.evaluate(async () => { await navigator.serviceWorker.register('/app/bell-worker.js', { scope: '/app/' }); await navigator.serviceWorker.ready })
  await wire.send('ServiceWorker.deliverPushMessage', { origin: stoa.origin, registrationId: await registered, data: JSON.stringify({ title: say.moment.given, text: 'Φόρουμ', path: `/app/inbox?view=all&c=${id}`, tag: id, silent: true }) })
  const shown = () => page.evaluate(async () => ((await (await navigator.serviceWorker.ready).getNotifications()) as Notification[]).map(({ title, body, data }) => ({ title, body, path: (data as { path: string }).path })))
  await expect.poll(shown).toEqual([{ title: say.moment.given, body: 'Φόρουμ', path: `/app/inbox?view=all&c=${id}` }])
  await go('/app/inbox?view=all')
  await page.getByRole('button', { name: new RegExp(t('bell.title')) }).click()
  await page.getByRole('dialog', { name: t('bell.title') }).getByRole('link', { name: /John/ }).first().waitFor()
  await shot(`bell-${lang}-list`)
  await page.getByRole('button', { name: t('bell.seen') }).click()
  await page.getByRole('button', { name: t('bell.seen') }).waitFor({ state: 'detached' })
})

test('ten thousand conversations scroll without a long pause, and only those in sight are drawn', async () => {
  await stoa.house.database.write(workspaceId, async (tx) => {
    await tx.execute(sql`insert into conversations (id, channel, account_id, contact_id, root_ref, last_message_at, last_text, message_count, waiting_since)
      select gen_random_uuid(), channel, account_id, contact_id, 'many-' || n, now() - n * interval '1 minute', 'Ερώτηση ' || n, 1, now() - n * interval '1 minute' from (select * from conversations where workspace_id = ${workspaceId} limit 1) c, generate_series(1, 10000) n`)
  })
  const { page, go } = await sit(stoa.origin, { lang: 'el', who: eleni })
  await go('/app/inbox?view=all')
  await rows(page, 'el').nth(10).waitFor()
  const list = page.getByRole('list', { name: speaking('el').inbox('inbox.list') })
  // Down to the end: each jump asks for the next page.
  await expect.poll(async () => { await list.evaluate((ul) => { ul.parentElement!.scrollTop = ul.parentElement!.scrollHeight }); return Math.round(await list.evaluate((ul) => ul.clientHeight) / 88) }, { timeout: 60_000, interval: 20 }).toBeGreaterThan(10_000)
  const seen = await list.evaluate(async (ul) => {
    const box = ul.parentElement!
    box.scrollTop = 0
    const pauses: number[] = []
    let last = performance.now()
    for (let step = 0; step < 180; step++) {
      await new Promise((next) => requestAnimationFrame(next))
      box.scrollTop += 900
      const now = performance.now()
      pauses.push(now - last)
      last = now
    }
    pauses.sort((a, b) => a - b)
    return { drawn: ul.children.length, median: pauses[90]!, worst: pauses[175]! }
  })
  expect(seen.drawn).toBeLessThan(40)
  process.stdout.write(`10,000 conversations: frame median ${seen.median.toFixed(1)} ms, 97th ${seen.worst.toFixed(1)} ms, rows drawn ${seen.drawn}\n`)
  expect(seen.median).toBeLessThan(50)
})
