import { inBoth } from '#ui/words.ts'
import { el as sharedEl } from '../../words/el.ts'
import { en as sharedEn } from '../../words/en.ts'
import { el } from './el.ts'
import { en } from './en.ts'

/** The calendar's own sentences, with those all screens of posts share. */
export const words = inBoth({ ...sharedEn, ...en }, { ...sharedEl, ...el })
