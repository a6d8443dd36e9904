import { z } from 'zod'
import { isLang, type Lang } from '#kit/lang.ts'
import { storable } from '#kit/text.ts'

const words = z.string().trim().max(300).refine(storable, 'invalid_text').optional()

/** The sites of a chat: exact origins, with a space between them. */
export function originsOf(text: string): string[] | undefined {
  const given = text.split(/[\s,;]+/).filter((one) => one !== '')
  const origins = given.map((one) => {
    const url = URL.canParse(one) ? new URL(one) : undefined
    return url && /^https?:$/.test(url.protocol) && url.username === '' && url.pathname === '/' && url.search === '' && url.hash === '' ? url.origin : undefined
  })
  return origins.length === 0 || origins.length > 20 || origins.includes(undefined) ? undefined : [...new Set(origins as string[])]
}

const sites = z.string().max(4_000).transform((text, context) => {
  const origins = originsOf(text)
  if (origins) return origins.join(' ')
  context.issues.push({ code: 'custom', input: text, message: 'sites', params: { says: {
    en: 'wants whole addresses of sites without a path, such as https://fournos.gr, with a space between them',
    el: 'θέλει ολόκληρες διευθύνσεις ιστότοπων χωρίς διαδρομή, όπως https://fournos.gr, με κενό ανάμεσα',
  } } })
  return z.NEVER
})
const seconds = z.string().regex(/^\d{1,4}$/).optional()

/** What a team sets for its chat. Everything is a line of the form; what is empty is left to the usual words. */
export const ChatSettings = z.strictObject({
  name: z.string().trim().min(1).max(80).refine(storable, 'invalid_text'), sites,
  lang: z.enum(['el', 'en', 'reader']).optional(),
  welcomeEl: words, welcomeEn: words, awayEl: words, awayEn: words,
  greetingEl: words, greetingEn: words, greetAfter: seconds, greetOn: words,
  identitySecret: z.string().min(32).max(200).optional(),
})
export type ChatSettings = z.infer<typeof ChatSettings>

/** A line of ours, frozen before it first stands in the visitor's window. */
export const ChatWire = z.object({
  key: z.string(), visitorId: z.string(), text: z.string(), html: z.string(), lang: z.string(), writtenAt: z.string(),
  author: z.object({ name: z.string(), picture: z.string().optional() }),
  files: z.array(z.object({ id: z.string(), name: z.string(), type: z.string(), bytes: z.number(), url: z.string(), width: z.number().optional(), height: z.number().optional() })),
})
export type ChatWire = z.infer<typeof ChatWire>

export const chatLimits = { text: 4_000, files: 6, fileBytes: 10 * 1024 * 1024, bodyBytes: 64 * 1024, words: 1_000, streams: 8, streamsOfNetwork: 600 } as const

/** What a visitor may hand over, as a file chooser reads it. */
export const takenTypes = 'image/jpeg,image/png,image/webp,image/gif,image/avif,application/pdf,text/plain'

/** The network's id of what a visitor said: whose it is, and their own id of it. */
export const refOf = (visitorId: string, clientId: string): string => `${visitorId}/${clientId}`
export const visitorIn = (ref: string): string => ref.split('/')[0]!

const address = /^[^\s@<>()[\],;:"\\]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?\.[\p{L}\p{N}-]{2,}$/u
/** An e-mail address as somebody typed it; undefined when it is none. */
export function addressIn(text: string): string | undefined {
  const typed = text.trim()
  return typed.length <= 254 && storable(typed) && address.test(typed) && !typed.includes('..') ? typed : undefined
}

const said = z.string().max(200_000).refine(storable, 'invalid_text')
const lang = z.enum(['el', 'en']).optional()
export const Message = z.strictObject({ clientId: z.uuid(), text: said, files: z.array(z.uuid()).max(chatLimits.files).default([]), page: z.string().max(2_000).optional(), lang })
export const Arriving = z.strictObject({ identity: z.string().max(8_000).optional(), lang })
export const Read = z.strictObject({ seq: z.int().min(0).max(2_147_483_646) })
export const Address = z.strictObject({ email: z.string().max(400) })
export const Rating = z.strictObject({ score: z.int().min(1).max(5), text: z.string().trim().max(chatLimits.words).refine(storable, 'invalid_text').default('') })
export const Nothing = z.strictObject({})
export const cursorOf = (text: string | undefined): number | undefined => (text === undefined ? 0 : /^\d{1,9}$/.test(text) ? Number(text) : undefined)

/** The language a reader is answered in: theirs where the chat follows the reader. */
export const spokenIn = (settings: Pick<ChatSettings, 'lang'>, { asked, site }: { readonly asked: string | undefined; readonly site: Lang }): Lang =>
  settings.lang === 'el' || settings.lang === 'en' ? settings.lang : isLang(asked) ? asked : site
