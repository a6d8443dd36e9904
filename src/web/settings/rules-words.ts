import { inBoth } from '#ui/words.ts'
import { el } from './words/rules-el.ts'
import { en } from './words/rules-en.ts'

export const rulesWords = inBoth(en, el)
