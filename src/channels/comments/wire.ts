import { z } from 'zod'

const said = (en: string, el: string) => ({ error: 'sites', params: { says: { en, el } } })
const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/

/** The origin a line of the form names; undefined when it names none. */
export function originIn(typed: string): string | undefined {
  const address = /^[a-z][a-z0-9+.-]*:/i.test(typed) && !/^[^/]+:\d+/.test(typed) ? typed : `https://${typed}`
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  const named = (url.hostname.includes('.') || loopback.test(url.hostname)) && !url.hostname.includes('*')
  return (url.protocol === 'https:' || url.protocol === 'http:') && named && url.username === '' ? url.origin : undefined
}
export const originsIn = (typed: string): (string | undefined)[] => typed.split(/[\s,;]+/).filter(Boolean).map(originIn)

/** What the form asks. All of it is text, as it is typed and kept. */
export const CommentsSettings = z.strictObject({
  sites: z.string().max(4_000)
    .refine((typed) => originsIn(typed).length > 0 && !originsIn(typed).includes(undefined), said('Give addresses of sites such as https://blog.example, with spaces between them.', 'Γράψτε διευθύνσεις ιστότοπων, όπως https://blog.example, με κενά ανάμεσα.'))
    .transform((typed) => [...new Set(originsIn(typed))].join(' ')),
  first: z.enum(['strangers', 'everybody', 'nobody']).default('strangers'),
  closeAfterDays: z.string().trim().regex(/^[1-9]\d{0,3}$/, said('Write a number of days from 1 to 9999.', 'Γράψτε αριθμό ημερών από 1 έως 9999.')).optional(),
  lang: z.enum(['en', 'el']).optional(),
})
export type CommentsSettings = z.infer<typeof CommentsSettings>

/** The sites that may show these comments, as exact origins. */
export const sitesOf = (settings: CommentsSettings): string[] => settings.sites.split(' ')

/** An answer of the team as it stands under a page: frozen before it is first shown. */
export const CommentsWire = z.object({ key: z.string(), html: z.string(), text: z.string(), author: z.object({ id: z.string(), name: z.string() }), page: z.string() })
export type CommentsWire = z.infer<typeof CommentsWire>
