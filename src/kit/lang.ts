/** The two first languages of Stoa. */
export type Lang = 'en' | 'el'
export const langs = ['en', 'el'] as const satisfies readonly Lang[]

/** A sentence in every first language; leaving one out does not compile. */
export type Both = Readonly<Record<Lang, string>>

export const isLang = (value: unknown): value is Lang => langs.some((lang) => lang === value)

/** The first language of an Accept-Language header that Stoa speaks, else the given one. */
export function readerLang(header: string | null | undefined, otherwise: Lang): Lang {
  const asked = (header ?? '').toLowerCase().split(',').map((part) => part.trim().slice(0, 2))
  return asked.find(isLang) ?? otherwise
}
