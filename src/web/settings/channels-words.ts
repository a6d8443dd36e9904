import { inBoth } from '#ui/words.ts'
import { el } from './words/channels-el.ts'
import { en } from './words/channels-en.ts'

export const channelWords = inBoth(en, el)
