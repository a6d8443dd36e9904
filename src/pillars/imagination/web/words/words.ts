import { inBoth } from '#ui/words.ts'
import { el } from './el.ts'
import { en } from './en.ts'

export const words = inBoth(en, el)
