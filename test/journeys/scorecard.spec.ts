import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Both, Lang } from '#kit/lang.ts'
import { recompute } from '#strategy/fold.ts'
import { shown, type Unit } from '#strategy/web/figures.ts'
import { pillars } from '#stoa.ts'
import { browsing, langs, overflow, speaking } from '../world/browser.ts'
import { openStoa, type Caller, type OpenStoa } from '../world/stoa.ts'

const sit = browsing()
let stoa: OpenStoa
let eleni: Caller
beforeAll(async () => { stoa = await openStoa(); eleni = await stoa.found(); await eleni.ask('POST', 'setup/door', { door: 'story' }) })
afterAll(async () => { await stoa?.stop() })

interface Signal { readonly id: string; readonly name: Both; readonly definition: Both; readonly unit: Unit; readonly value: number | null; readonly count: number; readonly score: number | null }
interface Scorecard { readonly pillars: readonly { readonly id: string; readonly name: Both; readonly score: number | null; readonly before: number | null; readonly signals: readonly Signal[] }[] }
const scorecard = async (): Promise<Scorecard> => (await eleni.ask('GET', 'scorecard')).body as unknown as Scorecard
/** What is said of every figure; the instants at which a window ends move on by themselves. */
const figuresOf = ({ pillars: all }: Scorecard) => all.map(({ id, score, before, signals }) => ({ id, score, before, signals: signals.map(({ id: signal, value, count }) => ({ signal, value, count })) }))
const isRound = (lang: Lang, text: string): string => text.replaceAll(/\s/g, ' ').toLocaleLowerCase(lang)

test.each(langs)('five columns stand as high as the figures say, and each figure shows its definition and its events (%s)', async (lang) => {
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const { page } = desk
  const t = speaking(lang).plan
  const card = await scorecard()
  expect(card.pillars).toHaveLength(5)
  await desk.go('/app/campaigns/scorecard')
  await page.getByRole('heading', { name: t('scorecard.title') }).waitFor()
  await page.waitForLoadState('networkidle')
  await desk.shot(`scorecard-${lang}`, true)
  for (const pillar of card.pillars) {
    const section = page.getByRole('region', { name: pillar.name[lang], exact: true })
    await section.getByText(t('scorecard.of100', { score: Math.round(pillar.score ?? 0) })).waitFor()
    const said = isRound(lang, await section.innerText())
    for (const signal of pillar.signals) {
      expect(said).toContain(isRound(lang, signal.name[lang]))
      if (signal.value !== null) expect(said).toContain(isRound(lang, shown(signal.value, signal.unit, lang)))
    }
  }
  const signal = card.pillars.flatMap((pillar) => pillar.signals).find((one) => one.count > 2)!
  await page.getByRole('button', { name: t('scorecard.definitionOf', { name: signal.name[lang] }) }).click()
  await page.getByText(signal.definition[lang]).first().waitFor()
  await page.getByRole('heading', { name: signal.name[lang], exact: true }).locator('..').getByRole('button', { name: t('scorecard.behind', { count: signal.count }) }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText(t('scorecard.behindTitle', { name: signal.name[lang] })).waitFor()
  const { body } = await eleni.ask('GET', `signals/${signal.id}/readings`) as unknown as { body: { items: { because: Both }[] } }
  expect(body.items.length).toBeGreaterThan(0)
  for (const { because } of body.items.slice(0, 3)) await drawer.getByText(because[lang]).first().waitFor()
  await desk.shot(`scorecard-${lang}-events`)
  const way = drawer.getByRole('link', { name: t('scorecard.places.conversation') }).or(drawer.getByRole('link', { name: t('scorecard.places.post') })).first()
  await way.click()
  await page.waitForURL(/\/app\/(inbox|calendar)\?/)
  expect(await overflow(page)).toBe(0)
})

test('recomputed from all events, the figures are the same', async () => {
  const before = figuresOf(await scorecard())
  const { body } = await eleni.ask('GET', 'session') as unknown as { body: { workspace: { id: string } } }
  await stoa.house.database.write(body.workspace.id, (tx) => recompute(tx, pillars))
  expect(figuresOf(await scorecard())).toEqual(before)
  expect(before.every((pillar) => pillar.score !== null)).toBe(true)
})
