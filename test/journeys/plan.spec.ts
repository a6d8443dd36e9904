import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Lang } from '#kit/lang.ts'
import { browsing, langs, speaking } from '../world/browser.ts'
import { openStoa, type Caller, type OpenStoa } from '../world/stoa.ts'

const sit = browsing()
let stoa: OpenStoa
let eleni: Caller
beforeAll(async () => { stoa = await openStoa(); eleni = await stoa.found(); await eleni.ask('POST', 'setup/door', { door: 'own' }) })
afterAll(async () => { await stoa?.stop() })

const parts = ['product', 'audience', 'competition', 'environment', 'measures', 'mixProduct', 'mixPlace', 'mixPrice', 'mixPromotion', 'mixPr'] as const
type Part = (typeof parts)[number]
const brief: Readonly<Record<Lang, Readonly<Record<Part, string>>>> = {
  en: {
    product: 'Sourdough of old Greek wheat, baked at four.', audience: 'Neighbours who walk past at seven, and those who left Patras and miss it.',
    competition: 'The supermarket, and not eating bread at all.', environment: 'Flour is dear; people ask where it comes from.', measures: 'They ask, and they come back.',
    mixProduct: 'A loaf of a kilo that keeps five days.', mixPlace: 'The shop, the porch, the market on Saturdays.', mixPrice: 'Four euros, because the flour costs two.',
    mixPromotion: 'A piece of starter to whoever asks.', mixPr: 'The miller tells his own story.',
  },
  el: {
    product: 'Προζυμένιο ψωμί από παλιό ελληνικό σιτάρι, ψημένο στις τέσσερις.', audience: 'Η γειτονιά που περνά στις επτά, κι όσοι έφυγαν από την Πάτρα και τους λείπει.',
    competition: 'Το σουπερμάρκετ, και το καθόλου ψωμί.', environment: 'Το αλεύρι ακρίβυνε· ο κόσμος ρωτά από πού έρχεται.', measures: 'Ρωτούν, και ξανάρχονται.',
    mixProduct: 'Ένα καρβέλι του κιλού που κρατά πέντε μέρες.', mixPlace: 'Το μαγαζί, η στοά, η λαϊκή του Σαββάτου.', mixPrice: 'Τέσσερα ευρώ, γιατί το αλεύρι κοστίζει δύο.',
    mixPromotion: 'Λίγο προζύμι σε όποιον το ζητήσει.', mixPr: 'Ο μυλωνάς λέει μόνος του την ιστορία του.',
  },
}
const names: Readonly<Record<Lang, string>> = { en: 'The old wheat', el: 'Το παλιό σιτάρι' }

test.each(langs)('a campaign goes live once its brief has no gaps, and not before (%s)', async (lang) => {
  const desk = await sit(stoa.origin, { lang, who: eleni })
  const { page } = desk
  const t = speaking(lang).plan
  await desk.go('/app/campaigns')
  await page.getByRole('button', { name: t('campaigns.start') }).click()
  await page.getByLabel(t('campaigns.name')).fill(names[lang])
  await page.getByRole('button', { name: t('campaigns.make') }).click()
  await page.getByRole('heading', { name: t('brief.title') }).waitFor()
  const live = page.getByRole('button', { name: t('campaign.live') })

  await page.locator('#brief-product').fill(brief[lang].product)
  await page.getByText(speaking(lang).ui('saved', { time: '' }).trim()).waitFor()
  await live.click()
  const refusal = page.getByRole('dialog').getByRole('alert')
  await refusal.waitFor()
  await desk.shot(`plan-${lang}-refused`)
  const lacks = await refusal.innerText()
  const { gaps } = await (await page.request.get(`/api/v1/campaigns/${page.url().split('/').at(-1)}`)).json() as { gaps: { id: string; says: Record<Lang, string> }[] }
  expect(gaps.map((gap) => gap.id)).toEqual([...parts.slice(1), 'startsOn', 'endsOn', 'objectives'])
  for (const gap of gaps) expect(lacks).toContain(gap.says[lang])
  await page.getByRole('dialog').getByRole('button', { name: speaking(lang).ui('close') }).click()

  for (const part of parts) await page.locator(`#brief-${part}`).fill(brief[lang][part])
  await page.locator('#plan-startsOn').fill('2027-03-01')
  await page.locator('#plan-endsOn').fill('2027-05-31')
  const aims = page.locator('#plan-objectives')
  await aims.click()
  await page.getByLabel(t('aims.says')).fill(lang === 'en' ? 'Nine in ten get an answer' : 'Εννιά στους δέκα να παίρνουν απάντηση')
  await page.getByRole('combobox', { name: t('aims.signal') }).click()
  await page.getByRole('option').first().click()
  await page.getByRole('textbox', { name: t('aims.baseline') }).fill('40')
  await page.getByRole('textbox', { name: t('aims.target') }).fill('90')
  await desk.shot(`plan-${lang}-objective`)
  await page.getByRole('button', { name: t('aims.save') }).click()
  await page.getByText(t('campaign.ready')).waitFor()
  await desk.shot(`plan-${lang}-ready`, true)

  await live.click()
  await page.getByText(t('states.live'), { exact: true }).waitFor()
  await page.getByRole('alert').waitFor()
  await desk.shot(`plan-${lang}-live`)
  await page.reload()
  for (const part of parts) expect(await page.locator(`#brief-${part}`).inputValue()).toBe(brief[lang][part])
  expect(await page.getByLabel(t('campaign.name')).inputValue()).toBe(names[lang])
  const tab = page.locator('main nav [aria-current=page]')
  expect(await tab.allInnerTexts()).toEqual([t('campaign.plan')])
  await page.getByRole('link', { name: t('campaign.scorecard') }).click()
  await page.getByText(t('scorecard.none')).first().waitFor()
  expect(await tab.allInnerTexts()).toEqual([t('campaign.scorecard')])
  await desk.shot(`plan-${lang}-scorecard`)
})

test('a brief is kept as it is typed, over a reload and between two members', async () => {
  const nikos = await stoa.invite(eleni, 'editor', 'Νίκος Αγγελής')
  const { body } = await eleni.ask('POST', 'campaigns', { name: 'Κουλούρια' }) as unknown as { body: { id: string } }
  const [hers, his] = [await sit(stoa.origin, { who: eleni }), await sit(stoa.origin, { who: nikos, lang: 'el' })]
  const [en, el] = [speaking('en'), speaking('el')]
  await hers.go(`/app/campaigns/${body.id}`)
  await his.go(`/app/campaigns/${body.id}`)
  await his.page.locator('#brief-product').waitFor()
  await hers.page.locator('#brief-product').pressSequentially('Sesame rings', { delay: 15 })
  await hers.page.getByText(en.ui('saved', { time: '' }).trim()).waitFor()
  await hers.page.reload()
  expect(await hers.page.locator('#brief-product').inputValue()).toBe('Sesame rings')
  // Nikos had the page open all the while: what she wrote reaches him, or his own words are asked about.
  await his.page.locator('#brief-audience').fill('Όσοι βιάζονται το πρωί')
  await his.page.getByText(el.ui('saved', { time: '' }).trim()).or(his.page.getByText(el.plan('campaign.conflict'))).first().waitFor()
  if (await his.page.getByText(el.plan('campaign.conflict')).isVisible()) {
    await his.shot('plan-el-conflict')
    await his.page.getByRole('button', { name: el.plan('campaign.keepMine') }).click()
    await his.page.getByText(el.ui('saved', { time: '' }).trim()).waitFor()
  }
  await his.page.reload()
  expect(await his.page.locator('#brief-audience').inputValue()).toBe('Όσοι βιάζονται το πρωί')
})
