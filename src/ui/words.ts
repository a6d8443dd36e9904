import { createTranslator } from 'use-intl/core'
import type { Lang } from '#kit/lang.ts'
import { useLang } from './lang.tsx'

interface Sentences { readonly [key: string]: string | Sentences }
/** The same tree with any wording: what a second language must fill in, key by key. */
export type SameKeys<W> = { readonly [K in keyof W]: W[K] extends string ? string : SameKeys<W[K]> }
export interface Words<W extends Sentences> { readonly en: W; readonly el: SameKeys<W> }

/** The words of one room. `en` is written `as const`, so that keys and ICU arguments are typed by it. */
export const inBoth = <const W extends Sentences>(en: W, el: SameKeys<W>): Words<W> => ({ en, el })

const translatorOf = <W extends Sentences>(words: Words<W>, lang: Lang, zone: string) =>
  createTranslator<W>({ messages: words[lang] as W, locale: lang, timeZone: zone })
export type Say<W extends Sentences> = ReturnType<typeof translatorOf<W>>

const made = new WeakMap<object, Map<string, unknown>>()

/** The sentences of a room in the reader's language: `const t = useWords(words); t('list.empty', { count })`. */
export function useWords<W extends Sentences>(words: Words<W>): Say<W> {
  const { lang, zone } = useLang()
  const ofWords = made.get(words) ?? new Map<string, unknown>()
  made.set(words, ofWords)
  const key = `${lang} ${zone}`
  const known = ofWords.get(key) ?? translatorOf(words, lang, zone)
  ofWords.set(key, known)
  return known as Say<W>
}
