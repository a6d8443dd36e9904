import type { Incoming, Listen, Ref } from '#kit/channel.ts'
import { guessLang } from '#text/lang.ts'

/** Comments are handed over the moment they are accepted (`Host.hear`); there is nothing to poll. */
export const listen: Listen<unknown, null> = { hears: ['replies'] }

/** Why a person should look before a comment is shown. */
export type Hold = 'honeypot' | 'links' | 'no_proof' | 'first' | 'every'

export interface Comment {
  readonly id: string; readonly at: string; readonly url: string
  readonly author: { readonly id: string; readonly name: string }
  readonly text: string; readonly email: string | undefined
  readonly inReplyTo?: Ref; readonly page?: { readonly url: string; readonly title: string }; readonly hold: Hold | undefined
}

export function heard(channel: string, comment: Comment): Incoming {
  const lang = guessLang(comment.text)
  return {
    does: 'says', visibility: 'public', hosted: true, at: comment.at, author: comment.author, text: comment.text,
    ref: { channel, id: comment.id, url: comment.url }, ...(comment.inReplyTo ? { inReplyTo: comment.inReplyTo } : {}), ...(comment.page ? { page: comment.page } : {}),
    ...(lang ? { lang } : {}), ...(comment.email ? { email: comment.email } : {}), ...(comment.hold ? { hold: comment.hold } : {}),
  }
}
