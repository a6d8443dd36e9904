import { z } from 'zod'

/** `wiki` is what a person typed; all that is optional but the choices is filled in by `verify`. */
export const Settings = z.strictObject({
  wiki: z.string().trim().min(1).max(500),
  user: z.string().trim().min(1).max(250),
  password: z.string().trim().min(1).max(250),
  /** What a post becomes: a page of its own, or a new section of `page`. */
  place: z.enum(['page', 'section']).optional(),
  page: z.string().trim().min(1).max(250).optional(),
  api: z.string().max(1_000).optional(),
  /** Where pages stand, `$1` for their title. */
  article: z.string().max(1_000).optional(),
  userId: z.number().int().positive().optional(), userName: z.string().optional(),
  mayDelete: z.boolean().optional(),
})
export type Settings = z.infer<typeof Settings>

export const placeOf = ({ api = 'https://wiki.invalid/' }: Pick<Settings, 'api'>): string => { const url = new URL(api); return `${url.host}${url.pathname.replace(/\/api\.php$/, '')}` }
export const personId = (settings: Pick<Settings, 'api'>, name: string): string => `${placeOf(settings)}/${name.replaceAll(' ', '_')}`
export const urlOf = ({ article }: Pick<Settings, 'article'>, title: string): string | undefined => {
  if (!article) return undefined
  const url = article.replace('$1', () => encodeURIComponent(title.replaceAll(' ', '_')).replaceAll('%2F', '/').replaceAll('%3A', ':'))
  return URL.canParse(url) ? url : undefined
}
