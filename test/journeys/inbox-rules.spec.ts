import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTranslator } from 'use-intl/core'
import { accountOf } from '#core/accounts/store.ts'
import { accounts } from '#core/accounts/tables.ts'
import { hear } from '#core/conversations/hear.ts'
import { el as inThread } from '#pillars/connectivity/web/words/rules-el.ts'
import { el as onPage } from '#web/settings/words/rules-el.ts'
import { browsing, speaking, violationsInBoth } from '../world/browser.ts'
import { openStoa, type Caller, type OpenStoa } from '../world/stoa.ts'

const sit = browsing()
const inbox = speaking('el').inbox
const page = createTranslator({ messages: onPage, locale: 'el' })
const thread = createTranslator({ messages: inThread, locale: 'el' })
let stoa: OpenStoa
let eleni: Caller
let workspaceId: string
beforeAll(async () => {
  stoa = await openStoa()
  eleni = await stoa.found()
  await eleni.ask('POST', 'setup/door', { door: 'own' })
  await stoa.invite(eleni, 'responder', 'Μαρία Κωστοπούλου')
  workspaceId = ((await eleni.ask('GET', 'session')).body as unknown as { workspace: { id: string } }).workspace.id
  for (const [text, by] of [['Κάνετε τούρτες για δέκα άτομα;', 'Άννα'], ['Πότε ανοίγετε την Κυριακή;', 'Κώστας']] as const) await heard(text, by)
})
afterAll(async () => { await stoa?.stop() })

let told = 0
async function heard(text: string, by: string): Promise<void> {
  const at = new Date()
  await stoa.house.database.write(workspaceId, async (tx) => {
    const [row] = await tx.select().from(accounts).where(sql`workspace_id = ${workspaceId} and channel = 'porch'`)
    await hear({ tx, account: accountOf(row!), now: at }, [{ does: 'says', ref: { channel: 'porch', id: `rules-${++told}` }, at: at.toISOString(), author: { id: by, name: by }, text, visibility: 'public' }])
  })
}

test('a rule is made, tried on the month before, and acts on the next message under its name; a macro does three things at one press', async () => {
  const { page: tab, go, shot } = await sit(stoa.origin, { lang: 'el', who: eleni })
  await go('/app/settings/rules')
  await tab.getByRole('button', { name: page('add') }).click()
  const form = tab.getByRole('form', { name: page('form.title') })
  const add = async (kind: keyof typeof onPage.acts, fill?: () => Promise<unknown>) => {
    await form.getByLabel(page('form.what')).selectOption(kind)
    await fill?.()
    await form.getByRole('button', { name: page('form.add') }).click()
  }
  await form.getByLabel(page('form.name')).fill('Τούρτες')
  await form.getByLabel(page('form.line')).fill('γλώσσα:ελληνικά τούρτα')
  await add('tag', () => form.getByLabel(page('fields.tag')).fill('τούρτες'))
  await add('assign', () => form.getByLabel(page('fields.member')).selectOption('Μαρία Κωστοπούλου'))
  await form.getByRole('button', { name: page('form.try') }).click()
  await form.getByText(page('dry.says', { touched: 1, days: '30' })).waitFor()
  await form.getByText('Κάνετε τούρτες για δέκα άτομα;').waitFor()
  await shot('rules-el-dry-run')
  expect(await violationsInBoth(tab)).toEqual([])
  await form.getByRole('button', { name: page('form.save') }).click()
  await tab.getByRole('switch', { name: page('active', { name: 'Τούρτες' }) }).waitFor()

  await tab.getByRole('button', { name: page('macros.add') }).click()
  const macro = tab.getByRole('form', { name: page('macros.add') })
  await macro.getByLabel(page('form.name')).fill('Το παίρνω')
  for (const kind of ['assign-me', 'priority'] as const) {
    await macro.getByLabel(page('form.what')).selectOption(kind)
    await macro.getByRole('button', { name: page('form.add') }).click()
  }
  await macro.getByLabel(page('macros.text')).fill('Γεια σας {όνομα}, χαιρόμαστε που ρωτάτε.')
  await macro.getByRole('button', { name: page('form.save') }).click()
  await tab.getByRole('button', { name: page('macros.drop', { name: 'Το παίρνω' }) }).waitFor()
  await shot('rules-el-page', true)

  await go('/app/inbox?view=all')
  await heard('Θέλω μια τούρτα για το Σάββατο', 'Λένα')
  const rows = tab.getByRole('list', { name: inbox('inbox.list') }).getByRole('listitem')
  const row = rows.filter({ hasText: 'Θέλω μια τούρτα' })
  await row.getByText('τούρτες', { exact: true }).waitFor()
  await row.getByText('Μαρία Κωστοπούλου').waitFor()
  await row.getByRole('link').click()
  await tab.getByRole('list', { name: thread('ruled.label') }).getByText('Κανόνας «Τούρτες»').waitFor()
  await shot('rules-el-ruled')
  await tab.getByRole('button', { name: thread('macros.label') }).click()
  await tab.getByRole('button', { name: /^Το παίρνω/ }).click()
  await tab.getByText(thread('macros.done', { name: 'Το παίρνω', count: 1 })).waitFor()
  await expect.poll(() => tab.getByRole('textbox', { name: inbox('answer.label'), exact: true }).inputValue()).toBe('Γεια σας Λένα, χαιρόμαστε που ρωτάτε.')
  await row.getByText('Ελένη Παπαδάτου').waitFor()
  await shot('rules-el-macro')
  expect(await violationsInBoth(tab)).toEqual([])
  await tab.getByRole('button', { name: inbox('act.undo') }).first().click()
  await row.getByText('Μαρία Κωστοπούλου').waitFor()
})

test.each([['light', 'en'], ['dark', 'el']] as const)('on a phone, in the %s, rules stay within reach (%s)', async (look, lang) => {
  const { page: tab, go, shot } = await sit(stoa.origin, { lang, look, who: eleni, width: 390 })
  await go('/app/settings/rules')
  await tab.getByText('Τούρτες', { exact: true }).waitFor()
  await shot(`rules-${lang}-phone-${look}`, true)
  expect(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  expect(await violationsInBoth(tab)).toEqual([])
})
