import type { Check, Finding, Weight } from '#kit/pillar.ts'
import { langs } from '#kit/lang.ts'
import { sayer } from '#text/say.ts'
import { absoluteClaims, emptySeriousness, evasions, nonApologies } from './rules.ts'
import type { Spot } from './rules.ts'
import { el } from './words/el.ts'
import { en } from './words/en.ts'

const say = sayer(en, el)

interface Rule { readonly rule: string; readonly words: 'evasion' | 'serious' | 'apology' | 'claim'; readonly weight: Weight; readonly spots: (text: string) => readonly Spot[] }

const rules: readonly Rule[] = [
  { rule: 'evasion', words: 'evasion', weight: 'stop', spots: evasions },
  { rule: 'empty-seriousness', words: 'serious', weight: 'warn', spots: emptySeriousness },
  { rule: 'non-apology', words: 'apology', weight: 'warn', spots: nonApologies },
  { rule: 'absolute-claim', words: 'claim', weight: 'note', spots: absoluteClaims },
]

export const checks: readonly Check[] = rules.map(({ rule, words, weight, spots }) => ({
  id: rule, about: say(`${words}About`), langs,
  look: ({ text }) => onePerPlace(spots(text)).map((spot): Finding => ({
    pillar: 'honesty', rule, weight, at: spot.at,
    says: say(`${words}Says`, { words: spot.words }), because: say(`${words}Because`), instead: say(`${words}Instead`)[spot.lang],
  })),
}))

const onePerPlace = (spots: readonly Spot[]): readonly Spot[] =>
  spots.filter((spot, place) => spots.findIndex(({ at }) => at[0] === spot.at[0]) === place).toSorted((a, b) => a.at[0] - b.at[0])
