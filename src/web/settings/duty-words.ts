import { inBoth } from '#ui/words.ts'
import { el } from './words/duty-el.ts'
import { en } from './words/duty-en.ts'

export const dutyWords = inBoth(en, el)
