import { createHash } from 'node:crypto'
import type { Account, Incoming } from '#kit/channel.ts'
import type { Host } from '#kit/host.ts'
import type { Lang } from '#kit/lang.ts'
import { Refusal } from '#kit/refusal.ts'
import { isBlank } from '#kit/text.ts'
import { guessLang } from '#text/lang.ts'
import type { Tx } from '#db/database.ts'
import { addLine, changeVisitor, ensureVisitor, isAnswered, lineByKey, lockVisitor, type Line, type Visitor } from './store.ts'
import { chatLimits, refOf } from './wire.ts'
import { usual } from './words.ts'

/** Where somebody sits and speaks. */
export interface Seat { readonly host: Host; readonly account: Account; readonly visitorId: string; readonly lang: Lang; readonly now: Date }
interface Saying { readonly clientId: string; readonly text: string; readonly files: readonly string[]; readonly page?: string | undefined }

const short = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 4)
/** By what a visitor is known on the channel: as a guest, or as who they proved to be. */
export const authorOf = (visitor: Pick<Visitor, 'id' | 'accountId' | 'sub' | 'name'>, lang: Lang) =>
  ({ id: visitor.sub === null ? `v:${visitor.id}` : `u:${visitor.accountId}:${visitor.sub}`, name: visitor.name ?? (visitor.sub === null ? `${usual.guest[lang]} ${short(visitor.id)}` : visitor.sub) })

const handedBy = (visitorId: string): string => `chat ${visitorId}`
export const keepHanded = ({ host, visitorId }: Pick<Seat, 'host' | 'visitorId'>, file: { readonly bytes: Uint8Array; readonly name: string }) => host.keepFile({ ...file, by: handedBy(visitorId) })

function refuseUnsayable({ text, files }: Saying): void {
  if (isBlank(text) && files.length === 0) throw new Refusal('empty_message', { field: 'text' })
  const actual = [...text].length
  if (actual > chatLimits.text) throw new Refusal('message_too_long', { params: { limit: chatLimits.text, actual }, field: 'text' })
}

/** Takes in what a visitor says: into the inbox and into their own window, or into neither. The same clientId again makes nothing new. */
export async function say(seat: Seat, saying: Saying): Promise<{ readonly line: Line; readonly isNew: boolean }> {
  refuseUnsayable(saying)
  const { host, account, visitorId, lang, now } = seat
  const files = await host.filesOf(handedBy(visitorId), saying.files)
  if (files.length !== saying.files.length) throw new Refusal('file_unknown', { field: 'files' })
  const site = await host.site()
  return await host.within(account, async (within) => {
    const tx = within.tx as Tx
    const visitor = await ensureVisitor(tx, { id: visitorId, accountId: account.id, lang, at: now })
    const known = await lineByKey(tx, visitor.id, saying.clientId)
    if (known) return { line: known, isNew: false }
    const ref = { channel: 'chat', id: refOf(visitor.id, saying.clientId), ...(saying.page ? { url: saying.page } : {}) }
    const spoken = guessLang(saying.text)
    const item: Incoming = {
      does: 'says', visibility: 'private', at: now.toISOString(), ref, author: authorOf(visitor, site.lang), text: saying.text, lang: spoken ?? lang, ...(files.length > 0 ? { files } : {}),
      ...(visitor.root ? { inReplyTo: { channel: 'chat', id: visitor.root } } : {}), ...(visitor.email && visitor.sub === null ? { email: visitor.email } : {}),
    }
    const [heard] = await within.hear([item])
    if (heard?.state !== 'new' && heard?.state !== 'known') throw new Error(`A message of the chat was ${heard?.state ?? 'not heard'}.`)
    const root = visitor.root ?? ref.id
    if (visitor.root === null || visitor.mailRef !== null) await changeVisitor(tx, visitor.id, { mailRef: null, ...(visitor.root === null ? { root, rated: null } : {}) })
    return await addLine(tx, visitor, { key: saying.clientId, from: 'visitor', root, text: saying.text, html: null, lang: spoken ?? lang, authorName: null, authorPicture: null, files, at: now })
  })
}

/** How the talk was, once it had an answer; the next message begins another. */
export async function rate({ host, account, visitorId, lang, now }: Seat, { score, text }: { readonly score: number; readonly text: string }): Promise<void> {
  await host.within(account, async (within) => {
    const tx = within.tx as Tx
    const visitor = await lockVisitor(tx, visitorId)
    if (visitor?.rated) throw new Refusal('already_rated')
    if (!visitor?.root || !await isAnswered(tx, visitor)) throw new Refusal('nothing_to_rate')
    const ref = { channel: 'chat', id: `${visitor.root} rated` }
    await within.hear([{ does: 'rates', at: now.toISOString(), ref, about: { channel: 'chat', id: visitor.root }, author: authorOf(visitor, lang), score, text }])
    await changeVisitor(tx, visitor.id, { root: null, rated: score })
  })
}
