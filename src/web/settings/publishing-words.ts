import { inBoth } from '#ui/words.ts'
import { el } from './words/publishing-el.ts'
import { en } from './words/publishing-en.ts'

export const publishingWords = inBoth(en, el)
