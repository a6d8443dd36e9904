import { inBoth } from '#ui/words.ts'
import { el } from './words/el.ts'
import { en } from './words/en.ts'

export const words = inBoth(en, el)
