import type { Publish } from '#kit/channel.ts'
import { isBlank } from '#kit/text.ts'
import { markdownToHtml } from '#text/html/markdown.ts'
import type { CommentsSettings, CommentsWire } from './wire.ts'

const under = (url: string | undefined): string => (url ?? '').replace(/#.*$/, '')
const at = (page: string, key: string): string => `${page}#stoa-${key}`

/** The house keeps what stands under a page, as it does on the porch: sending changes nothing of ours, and twice is once. */
export const publish: Publish<CommentsSettings, CommentsWire> = {
  idempotency: 'keyed', kinds: ['reply'],
  prepare: (draft) => {
    if (isBlank(draft.author.name)) throw new Error('An answer under a page needs the name of a person.')
    return { key: draft.key, html: markdownToHtml(draft.text, { lang: draft.lang }), text: draft.text, author: { id: draft.author.id, name: draft.author.name }, page: under(draft.inReplyTo?.url) }
  },
  address: (draft) => at(under(draft.inReplyTo?.url), draft.key),
  send: async (wire) => ({ id: wire.key, url: at(wire.page, wire.key) }),
  revise: async () => {},
  retract: async () => {},
}
