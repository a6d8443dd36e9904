import type { Lang } from '#kit/lang.ts'
import { stemmer as english } from '@orama/stemmers/english'
import { stemmer as greek } from '@orama/stemmers/greek'
import { fold } from './fold.ts'
import { blankMarkup } from './markup.ts'
import { remembered } from './memo.ts'
import { stopWords } from './stop-words.ts'
import { words } from './words.ts'

const greekSign = /\p{Script=Greek}/u
// Plural and singular of some endings keep one letter apart: παραγγελία, παραγγελίες.
const joined = (stem: string): string => (stem.length > 4 ? stem.replace(/ι$/, '') : stem)

const stemFolded = remembered(20_000, (word) => {
  if (!greekSign.test(word)) return english(word.replace(/['’]s?$/, ''))
  return word.length < 4 ? word : joined(greek(word))
})

/** The stem of one word, folded; the script of the word decides the language. */
export const stem = (word: string): string => stemFolded(fold(word))

export const isStopWord = (word: string, lang?: Lang): boolean => {
  const folded = fold(word).replaceAll('’', "'")
  return lang === undefined ? stopWords.en.has(folded) || stopWords.el.has(folded) : stopWords[lang].has(folded)
}

/** The stems of the words of a text that carry a subject, in their order. */
export const stems: (text: string) => readonly string[] = remembered(1_000, (text) =>
  words(fold(blankMarkup(text))).map((word) => word.text.replaceAll('’', "'"))
    .filter((word) => !stopWords.en.has(word) && !stopWords.el.has(word))
    .map(stemFolded))
