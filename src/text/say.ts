import type { Both } from '#kit/lang.ts'

type Sentences = Readonly<Record<string, string>>
export type Params = Readonly<Record<string, string | number | Both>>

/** A sentence of a pillar's words in every language, its {names} filled in. */
export const sayer = <W extends Sentences>(en: W, el: { readonly [K in keyof W]: string }) =>
  (key: keyof W, params: Params = {}): Both => ({ en: fill(en[key]!, 'en', params), el: fill(el[key]!, 'el', params) })

const fill = (sentence: string, lang: keyof Both, params: Params): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name]
    return value === undefined ? whole : typeof value === 'object' ? value[lang] : String(value)
  })
