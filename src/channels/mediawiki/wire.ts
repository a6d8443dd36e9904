import { z } from 'zod'

const common = {
  key: z.string(), mark: z.string(), text: z.string(), summary: z.string(), lang: z.enum(['en', 'el']),
  /** The revision it is written on; 0: the page is to be new; null: not looked at yet. */
  base: z.number().nullable(),
  /** The whole new text of the page. */
  whole: z.string().nullable(),
}
export const PageWire = z.strictObject({ ...common, is: z.literal('page'), title: z.string() })
export const SectionWire = z.strictObject({ ...common, is: z.literal('section'), title: z.string(), heading: z.string() })
/** `inReplyTo`: the id of what is answered. `page`: the number of the page it stands on. */
export const AnswerWire = z.strictObject({ ...common, is: z.literal('answer'), inReplyTo: z.string(), page: z.number().nullable() })
export type PageWire = z.infer<typeof PageWire>
export type SectionWire = z.infer<typeof SectionWire>
export type AnswerWire = z.infer<typeof AnswerWire>
export type Wire = PageWire | SectionWire | AnswerWire

const words = z.string().catch('')
const number = z.number().catch(0)
export const Problem = z.object({ code: words, text: words.optional(), info: words.optional(), html: words.optional() })
export const Answer = z.object({ errors: z.array(Problem).optional().catch(undefined), error: Problem.optional().catch(undefined) })

export const LoginToken = z.object({ query: z.object({ tokens: z.object({ logintoken: z.string() }) }) })
export const LoggedIn = z.object({ login: z.object({ result: z.string(), reason: z.unknown().optional() }) })

export const Revision = z.object({
  revid: z.number(), parentid: number, user: words, userid: number, timestamp: words, comment: words,
  slots: z.object({ main: z.object({ content: z.string() }).partial() }).partial().optional(),
})
export type Revision = z.infer<typeof Revision>
export const Page = z.object({
  pageid: z.number().optional(), ns: number, title: words, missing: z.boolean().optional(), invalid: z.boolean().optional(), invalidreason: words.optional(),
  subjectid: z.number().optional(), talkid: z.number().optional(), canonicalurl: words.optional(), revisions: z.array(Revision).optional().catch(undefined),
})
export type Page = z.infer<typeof Page>
export const Pages = z.object({
  query: z.object({ pages: z.array(Page).catch([]), tokens: z.object({ csrftoken: z.string() }).partial().optional() }).partial().optional(),
})
export const Edited = z.object({ edit: z.object({ result: z.string(), pageid: z.number().optional(), title: words, newrevid: z.number().optional(), nochange: z.unknown().optional(), captcha: z.unknown().optional() }).loose() })
export const Done = z.record(z.string(), z.unknown())
export const Watched = z.object({
  query: z.object({ watchlist: z.array(z.object({ pageid: number, revid: number, old_revid: number, ns: number, title: words, user: words, userid: number, timestamp: words, type: words })).catch([]) }).partial().optional(),
  continue: z.object({ wlcontinue: z.string() }).optional().catch(undefined),
})
export const About = z.object({
  query: z.object({
    general: z.object({ sitename: words, server: words, articlepath: words, generator: words, lang: words }),
    userinfo: z.object({ id: number, name: words, rights: z.array(z.string()).catch([]), anon: z.unknown().optional(), blockreason: words.optional(), blockedby: words.optional() }),
  }),
})
