import { isStopWord, stem } from '../stem.ts'
import { readable } from './weigh.ts'

/** How often people decided each way about messages with a word in them. */
export interface Count { readonly spam: number; readonly fine: number }
export interface Leaning { readonly leaning: number; readonly words: readonly string[] }

const fewest = 10
const telling = 12
const most = 120

/** The words of a message by which it is remembered: stems of letters only, each once. No numbers and no addresses, so nobody can be read out of the counts. */
export function tokensOf(text: string): string[] {
  const words = readable(text).replace(/\S*[@/]\S*/g, ' ').match(/[\p{L}']{3,24}/gu) ?? []
  return [...new Set(words.filter((word) => !isStopWord(word)).map(stem))].filter((one) => one.length >= 3).slice(0, most)
}

/** What decisions so far say of a message, from -1 to 1: nothing before there were ten of each kind. */
export function leaningOf(tokens: readonly string[], counts: ReadonlyMap<string, Count>, all: Count): Leaning | undefined {
  if (all.spam < fewest || all.fine < fewest) return undefined
  const odds = tokens.flatMap((token) => {
    const { spam, fine } = counts.get(token) ?? { spam: 0, fine: 0 }
    // One decision is no rule.
    if (spam + fine < 3) return []
    return [{ token, odds: Math.log(((spam + 0.5) / (all.spam + 1)) / ((fine + 0.5) / (all.fine + 1))) }]
  }).toSorted((a, b) => Math.abs(b.odds) - Math.abs(a.odds)).slice(0, telling)
  const sum = odds.reduce((total, one) => total + one.odds, 0)
  const leaning = Math.round(Math.tanh(sum / 4) * 100) / 100
  return { leaning, words: odds.filter((one) => Math.sign(one.odds) === Math.sign(sum)).slice(0, 5).map((one) => one.token) }
}
