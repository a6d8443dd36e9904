import { inBoth } from '#ui/words.ts'
import { el } from './words/bell-el.ts'
import { en } from './words/bell-en.ts'

export const bellWords = inBoth(en, el)
