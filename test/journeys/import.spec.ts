import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Lang } from '#kit/lang.ts'
import { browsing, langs, overflow, speaking, type Desk } from '../world/browser.ts'
import { openStoa, type Caller, type OpenStoa } from '../world/stoa.ts'

const sit = browsing()
let stoa: OpenStoa
let eleni: Caller
beforeAll(async () => { stoa = await openStoa(); eleni = await stoa.found(); await eleni.ask('POST', 'setup/door', { door: 'own' }) })
afterAll(async () => { await stoa?.stop() })

/** Of different length, so that the counts on a screen tell which file they are of. */
const filler: Readonly<Record<Lang, number>> = { en: 600, el: 580 }
/** What people wrote elsewhere: good rows, and five that no program could read; each language has numbers of its own. */
function fileOf(lang: Lang): { readonly csv: Buffer; readonly wrong: readonly number[]; readonly good: number } {
  const lines = ['id,written,who,what']
  const row = (id: string, at: string, who: string, what: string) => lines.push(`${lang}-${id},${at},${who},"${what}"`)
  const wrong: number[] = []
  const bad = (line: string) => { lines.push(line); wrong.push(lines.join('\n').split('\n').length) }
  row('1', '2026-10-02 09:15', 'Άννα Μ.', 'Έχετε τσουρέκι με μαστίχα και την άνοιξη;')
  row('2', '2026-10-02 10:40', 'Tom', 'Where can I buy your starter, please?')
  bad(`${lang}-3,2026-10-03 08:00,Πέτρος`)
  bad(`${lang}-4,not a time,Πέτρος,"Τι ώρα ανοίγετε;"`)
  bad(`${lang}-5,2026-10-03 08:05,Πέτρος,"   "`)
  row('6', '2026-10-03 11:00', 'Καφενείο «Η Συνάντηση»', 'Δέκα καρβέλια για το Σάββατο, γίνεται;\nΘα περάσω στις οκτώ.')
  row('7', '2026-10-03 12:00', '=SUM(A1)', '=HYPERLINK(""http://example.com"") how much is the loaf?')
  for (let at = 0; at < filler[lang]; at++) row(`f${at}`, '2026-10-04 07:30', `Γείτονας ${at}`, `Καλημέρα, κρατήστε μου ένα ψωμί (${at}).`)
  bad(`${lang}-8,2026-13-41 25:61,Πέτρος,"Ποια μέρα είναι αυτή;"`)
  const whole = Buffer.from(`${lines.join('\n')}\n`)
  wrong.push(whole.toString('utf8').split('\n').length)
  return { csv: Buffer.concat([whole, Buffer.from(`${lang}-9,2026-10-05 09:00,Petros,"broken `), Buffer.from([0xff, 0xfe]), Buffer.from('"\n')]), wrong, good: 4 + filler[lang] }
}

async function hand(desk: Desk, lang: Lang, name: string): Promise<void> {
  const t = speaking(lang).settings
  await desk.go('/app/settings/data')
  await desk.page.getByRole('heading', { name: t('data.title') }).waitFor()
  await desk.page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: fileOf(lang).csv })
  await desk.page.getByRole('heading', { name: t('data.mapping') }).waitFor()
}

async function map({ page }: Desk, lang: Lang): Promise<void> {
  const t = speaking(lang).settings
  for (const [field, column] of [['text', 'what'], ['at', 'written'], ['author', 'who'], ['id', 'id']] as const) {
    const choice = page.getByRole('combobox', { name: t(`data.fields.${field}`), exact: true })
    // What is guessed rightly is left as it is: chosen again it would be taken away.
    if (await choice.inputValue() !== column) { await choice.click(); await page.getByRole('option', { name: column, exact: true }).click() }
    expect(await choice.inputValue()).toBe(column)
  }
}

test.each(langs)('a file of conversations is tried out, brought in with its wrong rows named, and makes nothing new a second time (%s)', async (lang) => {
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const { page } = desk
  const t = speaking(lang).settings
  const { wrong, good } = fileOf(lang)
  const name = `${lang === 'en' ? 'messages' : 'μηνύματα'}.csv`
  await hand(desk, lang, name)
  await desk.shot(`import-${lang}-mapping`, true)
  await map(desk, lang)
  await page.getByRole('button', { name: t('data.tryOut') }).click()
  await page.getByText(t('data.triedCounts', { made: good, known: 0, wrong: wrong.length })).waitFor()
  expect(((await eleni.ask('GET', `conversations?view=all&channel=import&q=${encodeURIComponent('τσουρέκι')}`)).body as unknown as { items: unknown[] }).items.length).toBe(lang === 'en' ? 0 : 1)

  await page.getByRole('button', { name: t('data.start') }).first().click()
  await page.getByText(t('data.counts', { made: good, known: 0, wrong: wrong.length })).waitFor()
  // The counts are there while it still runs; its rows can be opened once it has ended, and then it stands first.
  const rows = page.locator('details').first()
  await expect.poll(async () => {
    if (await rows.getAttribute('open') === null) await rows.locator('summary').click()
    return (await rows.locator('tbody tr td:first-child').allInnerTexts()).map(Number).toSorted((one, other) => one - other)
  }, { timeout: 10_000 }).toEqual(wrong)
  await desk.shot(`import-${lang}-result`, true)
  expect(await overflow(page)).toBe(0)
  await page.reload()
  await page.getByText(name).first().waitFor()
  await desk.shot(`import-${lang}-list`)

  await hand(desk, lang, name)
  await map(desk, lang)
  await page.getByRole('button', { name: t('data.start') }).first().click()
  await page.getByText(t('data.counts', { made: 0, known: good, wrong: wrong.length })).waitFor()
})

test.each(langs)('the inbox finds a conversation by words without accents, and narrows it by channel and language (%s)', async (lang) => {
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const { page } = desk
  const t = speaking(lang).inbox
  await desk.go('/app/inbox?view=all')
  const search = page.getByRole('searchbox', { name: t('inbox.search') })
  const rows = page.getByRole('list', { name: t('inbox.list') }).getByRole('listitem')
  for (const typed of ['τσουρεκι μαστιχα', 'ΤΣΟΥΡΕΚΙ', 'τσουρέκια']) {
    await search.fill(typed)
    await rows.filter({ hasText: 'τσουρέκι με μαστίχα' }).first().waitFor()
    await rows.filter({ hasText: 'Γείτονας' }).first().waitFor({ state: 'detached' })
  }
  await page.locator('mark').first().waitFor()
  await desk.shot(`import-${lang}-search`)
  await search.fill('συναντησησ')
  await rows.filter({ hasText: 'Η Συνάντηση' }).first().waitFor()
  await search.fill('starter')
  await rows.filter({ hasText: 'Where can I buy your starter' }).first().waitFor()

  await search.fill('')
  await page.getByRole('combobox', { name: t('inbox.language'), exact: true }).click()
  await page.getByRole('option', { name: t('inbox.english') }).click()
  await page.waitForURL(/lang=en/)
  await rows.filter({ hasText: 'Where can I buy your starter' }).first().waitFor()
  await rows.filter({ hasText: 'Γείτονας' }).first().waitFor({ state: 'detached' })
  await search.fill('ποιος-δεν-υπάρχει')
  await page.getByText(t('empty.found')).waitFor()
  await desk.shot(`import-${lang}-nothing-found`)
  expect(await rows.count()).toBe(0)
})
