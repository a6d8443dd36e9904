import type { Attachment, Draft } from '#kit/channel.ts'
import { faultpoint } from '#kit/faultpoint.ts'
import type { Json } from '#kit/json.ts'
import { filesOf, hashOf, withNames } from '#core/publications/plan.ts'
import type { Publication } from '#core/publications/store.ts'
import { large, timeFor } from '#net/uploads.ts'
import { leaseMs, sendTimeout, type Errand } from './errand.ts'

/** Somebody else has moved it meanwhile: it is not ours to go on with. */
export class Moved extends Error { override readonly name = 'Moved' }
const ours = (row: Publication | undefined): Publication => { if (!row) throw new Moved(); return row }

/** A part stands under the one before it, by the network's own id of that. */
export function under(draft: Draft, parent: Publication | undefined): Draft {
  if (!parent?.remoteId) return draft
  const ref = { channel: parent.channel, id: parent.remoteId, ...(parent.remoteUrl ? { url: parent.remoteUrl } : {}) }
  const above = parent.draft?.inReplyTo
  const root = above ? above.root ?? { channel: above.channel, id: above.id, ...(above.url ? { url: above.url } : {}) } : ref
  return { ...draft, inReplyTo: { ...ref, author: draft.author, root } }
}

/** Hands over one file, and says what the network calls it. A large one has the time its bytes need, and keeps the row that long. */
async function handOver({ desk, channel, account }: Errand, given: Publication, { draft, attachment, kept }: { readonly draft: Draft; readonly attachment: Attachment; readonly kept: (row: Publication) => void }): Promise<{ row: Publication; name: Json }> {
  const file = await desk.fit(given, attachment, channel.limits(account).media)
  const longer = file.bytes.length < large ? 0 : timeFor(file.bytes.length)
  const row = longer === 0 ? given : ours(await desk.ledger.keepDraft(given, draft, new Date(desk.house.now().getTime() + leaseMs + longer)))
  kept(row)
  faultpoint('upload.before')
  const name = await channel.publish.upload!({ ...file, key: `${row.key}-${attachment.id}` }, account, desk.ctx(row, sendTimeout + longer))
  faultpoint('upload.after')
  return { row, name }
}

/** Files first, each kept as soon as the network has named it, which moves the row (`kept`); then the invisible draft; then the bytes are final. */
export async function prepare(errand: Errand, kept: (row: Publication) => void = () => undefined): Promise<Publication> {
  const { desk, channel: { publish }, account, around } = errand
  let { row } = errand
  if (row.draft === null) return ours(await desk.ledger.freeze(row, { draft: null, wire: row.wire, hash: hashOf(row.wire) }, desk.house.now()))
  let draft = under(row.draft, around.parent)
  const unnamed = publish.upload ? new Map(filesOf(draft).filter((one) => one.uploaded === undefined).map((one) => [one.id, one])) : []
  for (const [id, attachment] of unnamed) {
    const over = await handOver(errand, row, { draft, attachment, kept })
    draft = withNames(draft, new Map([[id, over.name]]))
    row = ours(await desk.ledger.keepDraft(over.row, draft))
    kept(row)
  }
  faultpoint('render.before')
  let wire: Json = publish.prepare(draft, account)
  faultpoint('render.after')
  if (publish.stage) {
    faultpoint('stage.before')
    wire = await publish.stage(wire, account, desk.ctx(row))
    faultpoint('stage.after')
  }
  return ours(await desk.ledger.freeze(row, { draft, wire, hash: hashOf(wire) }, desk.house.now()))
}
