import type { Lang } from '#kit/lang.ts'
import { el } from './el.ts'
import { en, type Words } from './en.ts'

export type { Words }
const all: Readonly<Record<Lang, Words>> = { en, el }
export const wordsIn = (lang: Lang): Words => all[lang]
