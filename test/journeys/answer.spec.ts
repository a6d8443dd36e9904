import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Lang } from '#kit/lang.ts'
import { browsing, langs, speaking } from '../world/browser.ts'
import { openStoa, type Caller, type OpenStoa } from '../world/stoa.ts'

const sit = browsing()
let stoa: OpenStoa
let eleni: Caller
let maria: Caller
const porch = speaking('el').porch
beforeAll(async () => {
  stoa = await openStoa()
  eleni = await stoa.found()
  await eleni.ask('POST', 'setup/door', { door: 'own' })
})
afterAll(async () => { await stoa?.stop() })

const talk: Readonly<Record<Lang, { readonly who: string; readonly asks: string; readonly says: string; readonly also: string }>> = {
  en: { who: 'Anna from Leeds', asks: 'Do you bake the dark rye on Mondays as well?', says: 'Yes Anna, on Mondays from seven. Shall I keep one for you?', also: 'On Mondays and on Fridays, Anna.' },
  el: { who: 'Γιώργος από τα Ψηλαλώνια', asks: 'Ψήνετε τη μαύρη σίκαλη και τη Δευτέρα;', says: 'Ναι Γιώργο, κάθε Δευτέρα από τις επτά. Να σας κρατήσω μία;', also: 'Και Δευτέρα και Παρασκευή, Γιώργο.' },
}
async function published(lang: Lang): Promise<string> {
  const accountIds = ((await eleni.ask('GET', 'accounts')).body as unknown as { items: { id: string }[] }).items.map((one) => one.id)
  const title = lang === 'en' ? 'Dark rye' : 'Μαύρη σίκαλη'
  const { body: post } = await eleni.ask('POST', 'posts', { title, text: lang === 'en' ? 'What do you eat it with?' : 'Με τι την τρώτε;', lang, intent: 'talk', format: 'question', tags: [], media: [], campaignId: null, accountIds }) as unknown as { body: { id: string; version: number } }
  await eleni.ask('POST', `posts/${post.id}/publish`, { version: post.version, reasons: {} })
  let url: string | undefined
  await expect.poll(async () => {
    const { body } = await eleni.ask('GET', `posts/${post.id}`) as unknown as { body: { publications: { channel: string; state: string; url: string | null }[] } }
    url = body.publications.find((one) => one.channel === 'porch' && one.state === 'confirmed')?.url ?? undefined
    return url
  }, { timeout: 8_000 }).toBeDefined()
  return url!
}
/** Writes under a post as a visitor does; who sends sooner than two seconds after opening the page is a machine. */
async function comment(page: Page, url: string, said: { readonly name: string; readonly text: string }): Promise<void> {
  const opened = Date.now()
  await page.goto(url)
  await page.getByLabel(porch.name).fill(said.name)
  await page.getByLabel(porch.text).pressSequentially(said.text, { delay: 10 })
  await expect.poll(() => Date.now() - opened, { timeout: 4_000 }).toBeGreaterThan(2_100)
  await page.getByRole('button', { name: porch.send }).click()
}
const answerBox = (page: Page, lang: Lang) => page.getByRole('textbox', { name: speaking(lang).inbox('answer.label'), exact: true })

test('Maria takes her invitation and gives herself a voice', async () => {
  const desk = await sit(stoa.origin, { who: eleni })
  const t = speaking('en').settings
  await desk.go('/app/settings/team')
  await desk.page.getByRole('button', { name: t('team.invite') }).click()
  const dialog = desk.page.getByRole('dialog')
  await dialog.getByLabel(t('team.name')).fill('Μαρία Κωστοπούλου')
  await dialog.getByRole('combobox', { name: t('team.role') }).click()
  await desk.page.getByRole('option', { name: t('team.roles.responder') }).click()
  await dialog.getByRole('button', { name: t('team.makeLink') }).click()
  await dialog.getByRole('button', { name: t('team.copy') }).waitFor()
  await desk.shot('answer-en-invitation')
  const link = await dialog.getByRole('textbox', { name: t('team.invite') }).inputValue()
  const hers = await sit(stoa.origin, { lang: 'el' })
  const [mine, say] = [speaking('el').shell, speaking('el').settings]
  await hers.go(link)
  expect(await hers.page.getByLabel(mine('form.name')).inputValue()).toBe('Μαρία Κωστοπούλου')
  await hers.page.getByRole('textbox', { name: mine('form.email') }).fill('maria@fournos.gr')
  await hers.page.locator('input[autocomplete=new-password]').fill('κουλούρια-το-πρωί')
  await hers.shot('answer-el-join')
  await hers.page.getByRole('button', { name: mine('join.submit') }).click()
  await hers.page.getByRole('navigation', { name: mine('rail.label') }).waitFor()
  await hers.go('/app/settings/voices')
  await hers.page.getByRole('heading', { name: say('places.voices') }).waitFor()
  await hers.shot('answer-el-voices')
  const cookie = (await hers.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  maria = { ...eleni, cookie, ask: (method, path, body, headers) => stoa.stranger.ask(method, path, body, { cookie, ...headers }) }
  const { body } = await maria.ask('GET', 'session') as unknown as { body: { member: { role: string; lang: string; voice: { name: string } | null } } }
  expect(body.member).toMatchObject({ role: 'responder', lang: 'el', voice: { name: 'Μαρία Κωστοπούλου' } })
})

test.each(langs)('a visitor’s comment is in the open inbox within a second, and Maria answers it as herself (%s)', async (lang) => {
  const { who, asks, says } = talk[lang]
  const t = speaking(lang).inbox
  const url = await published(lang)
  const inbox = await sit(stoa.origin, { lang, who: maria })
  const listening = inbox.page.waitForResponse((response) => response.url().includes('/api/v1/live'))
  await inbox.go('/app/inbox?view=all')
  await inbox.page.getByRole('heading', { level: 1, name: t('inbox.title') }).first().waitFor()
  await listening

  const visitor = await sit(stoa.origin, { lang })
  const row = inbox.page.getByRole('link').filter({ hasText: asks })
  const accepted = visitor.page.waitForResponse((response) => response.request().method() === 'POST' && response.status() === 303).then(() => performance.now())
  const shown = row.waitFor({ timeout: 20_000 }).then(() => performance.now())
  await comment(visitor.page, url, { name: who, text: asks })
  expect(await shown - await accepted).toBeLessThan(1_000)
  await visitor.page.locator('.comment').filter({ hasText: asks }).waitFor()
  await inbox.shot(`answer-${lang}-arrived`)

  await row.click()
  await answerBox(inbox.page, lang).fill(says)
  await inbox.page.getByText('Μαρία Κωστοπούλου').first().waitFor()
  await inbox.shot(`answer-${lang}-writing`)
  await inbox.page.getByRole('button', { name: t('answer.send'), exact: true }).click()
  await inbox.page.locator('[data-message]').filter({ hasText: says }).getByText(t('sending.confirmed')).waitFor()
  await inbox.shot(`answer-${lang}-answered`)

  await visitor.go(url)
  const stands = visitor.page.locator('.comment.team').filter({ hasText: says })
  await stands.getByText('Μαρία Κωστοπούλου').first().waitFor()
  await visitor.shot(`answer-${lang}-porch`, true)
})

test.each(langs)('without JavaScript a comment waits for a person, who shows it (%s)', async (lang) => {
  const { who } = talk[lang]
  const t = speaking(lang).inbox
  const text = lang === 'en' ? 'My browser is old. Is the shop open on Sunday?' : 'Έχω παλιό περιηγητή. Ανοίγετε την Κυριακή;'
  const url = await published(lang)
  const visitor = await sit(stoa.origin, { lang, javaScript: false, width: 390 })
  await comment(visitor.page, url, { name: who, text })
  await visitor.page.getByText(text).waitFor()
  await visitor.shot(`answer-${lang}-moment-phone`)
  await visitor.page.getByRole('button', { name: porch.byHand }).click()
  await visitor.page.getByRole('heading', { name: porch.held }).waitFor()
  await visitor.shot(`answer-${lang}-held-phone`)
  await visitor.go(url)
  expect(await visitor.page.locator('.comment').filter({ hasText: text }).count()).toBe(0)

  const desk = await sit(stoa.origin, { lang, who: maria })
  await desk.go('/app/inbox?view=held')
  await desk.page.getByRole('link').filter({ hasText: text }).click()
  await desk.page.getByText(t('thread.heldFor.no_proof')).waitFor()
  await desk.shot(`answer-${lang}-held-inbox`)
  await desk.page.getByRole('button', { name: t('thread.show'), exact: true }).click()
  await desk.page.getByLabel(t('thread.why')).fill(lang === 'en' ? 'A fair question' : 'Εύλογη ερώτηση')
  await desk.page.getByRole('dialog').getByRole('button', { name: t('thread.show'), exact: true }).click()
  await desk.page.getByText(t('thread.moderated.shown'), { exact: true }).waitFor()
  await expect.poll(async () => { await visitor.go(url); return await visitor.page.locator('.comment').filter({ hasText: text }).count() }, { timeout: 6_000 }).toBe(1)
})

test.each(langs)('of two members who answer at once one goes through; the other is told who, and keeps the text (%s)', async (lang) => {
  const { who, asks, says, also } = talk[lang]
  const t = speaking(lang).inbox
  const url = await published(lang)
  const visitor = await sit(stoa.origin, { lang })
  await comment(visitor.page, url, { name: who, text: `${asks} ;)` })
  await visitor.page.waitForURL(/#c-/)
  const { body } = await eleni.ask('GET', 'conversations?view=all') as unknown as { body: { items: { id: string; lastText: string }[] } }
  const id = body.items.find((one) => one.lastText === `${asks} ;)`)!.id

  const [hers, other] = [await sit(stoa.origin, { lang, who: maria }), await sit(stoa.origin, { lang, who: eleni })]
  for (const desk of [hers, other]) { await desk.go(`/app/inbox?view=all&c=${id}`); await answerBox(desk.page, lang).waitFor() }
  await answerBox(hers.page, lang).pressSequentially(says.slice(0, 12))
  await other.page.getByText(t('answer.claimedLong', { name: 'Μαρία Κωστοπούλου' })).waitFor()
  await answerBox(other.page, lang).fill(also)
  await other.page.getByRole('button', { name: t('answer.send'), exact: true }).click()
  const told = other.page.getByRole('region', { name: t('answer.label') }).getByRole('alert')
  await told.waitFor()
  expect(await told.innerText()).toContain('Μαρία Κωστοπούλου')
  expect(await answerBox(other.page, lang).inputValue()).toBe(also)
  await other.shot(`answer-${lang}-claim-held`)

  await answerBox(hers.page, lang).fill(says)
  await hers.page.getByRole('button', { name: t('answer.send'), exact: true }).click()
  await hers.page.locator('[data-message]').filter({ hasText: says }).getByText(t('sending.confirmed')).waitFor()
  await other.page.locator('[data-message]').filter({ hasText: says }).waitFor()
  expect(await answerBox(other.page, lang).inputValue()).toBe(also)
  const { body: thread } = await eleni.ask('GET', `conversations/${id}`) as unknown as { body: { messages: { direction: string; text: string }[] } }
  expect(thread.messages.filter((message) => message.direction === 'out').map((message) => message.text)).toEqual([says])
})
