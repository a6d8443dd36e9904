import { createHash } from 'node:crypto'
import type { Channel, Incoming } from '#kit/channel.ts'
import { isLang } from '#kit/lang.ts'
import type { Tx } from '#db/database.ts'
import { authorOf } from './say.ts'
import { addLine, changeVisitor, lockVisitor } from './store.ts'
import { refOf } from './wire.ts'

/** The same mail has the same id in the window, however often it is heard. */
function idOf(messageId: string): string {
  const hex = createHash('sha256').update(`mail ${messageId}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Who went on by mail stands in the same talk, and finds their words in the window when they come back. */
export const letterAnswered: NonNullable<Channel['letterAnswered']> = async (given, { about, said, now }) => {
  const tx = given as Tx
  const visitor = await lockVisitor(tx, about)
  if (!visitor) return undefined
  const lang = isLang(visitor.lang) ? visitor.lang : 'el'
  const key = idOf(said.ref.id)
  const ref = { channel: 'chat', id: refOf(visitor.id, key) }
  const root = visitor.root ?? ref.id
  const { isNew } = await addLine(tx, visitor, {
    key, from: 'visitor', root, text: said.text, html: null, lang: said.lang ?? lang, authorName: null, authorPicture: null, files: [...said.files ?? []], at: now,
  })
  // They have seen what was mailed to them, and no more.
  if (isNew) await changeVisitor(tx, visitor.id, { mailRef: said.ref.id, readSeq: Math.max(visitor.readSeq, visitor.mailedSeq), ...(visitor.root === null ? { root, rated: null } : {}) })
  const item: Incoming = {
    does: 'says', visibility: 'private', at: said.at, ref, author: authorOf(visitor, lang), text: said.text, ...(said.lang ? { lang: said.lang } : {}), ...(said.folded ? { folded: said.folded } : {}),
    ...(said.files ? { files: said.files } : {}), ...(visitor.root ? { inReplyTo: { channel: 'chat', id: visitor.root } } : {}), ...(visitor.sub === null && said.email ? { email: said.email } : {}),
  }
  return { accountId: visitor.accountId, item }
}
