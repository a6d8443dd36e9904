import { ChannelError, type Account, type Ctx, type Draft, type Publish } from '#kit/channel.ts'
import { isBlank } from '#kit/text.ts'
import { markdownToHtml } from '#text/html/markdown.ts'
import type { Database } from '#db/database.ts'
import { addLine, lockVisitor } from './store.ts'
import { visitorIn, type ChatSettings, type ChatWire } from './wire.ts'

function wireOf(draft: Draft): ChatWire {
  if (isBlank(draft.author.name)) throw new Error('An answer needs a person who speaks.')
  return {
    key: draft.key, visitorId: draft.inReplyTo ? visitorIn(draft.inReplyTo.id) : '', text: draft.text, html: markdownToHtml(draft.text, { lang: draft.lang }), lang: draft.lang, writtenAt: draft.writtenAt,
    author: { name: draft.author.name, ...(draft.author.picture ? { picture: draft.author.picture } : {}) },
    files: draft.media.map(({ id, name, alt, type, bytes, url, width, height }) => ({ id, name: name ?? alt, type, bytes: bytes ?? 0, url, ...(width && height ? { width, height } : {}) })),
  }
}

async function send(wire: ChatWire, account: Account<ChatSettings>, ctx: Ctx): Promise<{ id: string }> {
  const database = ctx.host.lend('database') as Database
  return await database.write(account.workspaceId, async (tx) => {
    const visitor = wire.visitorId === '' ? undefined : await lockVisitor(tx, wire.visitorId)
    if (!visitor) throw new ChannelError({ kind: 'refused', because: 'The visitor’s chat is no longer here.' })
    await addLine(tx, visitor, {
      key: wire.key, from: 'team', root: visitor.root ?? '', text: wire.text, html: wire.html, lang: wire.lang, authorName: wire.author.name, authorPicture: wire.author.picture ?? null, files: wire.files, at: ctx.now(),
    })
    return { id: wire.key }
  }).catch((error: unknown) => { throw error instanceof ChannelError ? error : new ChannelError({ kind: 'unknown' }, error) })
}

/** An answer is a line in the visitor's window under its own key: sending it again finds it there. */
export const publish: Publish<ChatSettings, ChatWire> = { idempotency: 'keyed', kinds: ['message'], prepare: (draft) => wireOf(draft), send }
