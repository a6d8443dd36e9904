import { ChannelError, type Account, type Ctx, type Incoming, type Listen } from '#kit/channel.ts'
import { ask } from './ask.ts'
import { authorOf, markOf, readingOf, refTo, saysIn } from './convert.ts'
import { personId, type Settings } from './settings.ts'
import { Comment, List } from './wire.ts'

/** A comment that was taken in: its number, a mark of its words, and whose it is. */
type Known = { readonly id: number; readonly mark: string; readonly by: string }
/** `floor`: whatever has a lower number was there before we listened. */
export type Cursor = { readonly floor: number; readonly known: readonly Known[] }

export const listen: Listen<Settings, Cursor> = { hears: ['replies'], everySeconds: 30, open }

const pageSize = 100
const overlap = 10
const mostPages = 20
const batchSize = 50
// So many of the newest are watched for new wordings and for being taken away.
const watched = 200

/** The newest comments, compared with those we know: new ones, also those let in late, other words, and what is gone. */
async function* open(account: Account<Settings>, cursor: Cursor | undefined, ctx: Ctx) {
  const { settings } = account
  const known = new Map((cursor?.known ?? []).map((one) => [one.id, one]))
  const { comments, whole } = await newest(settings, cursor, ctx)
  const low = whole ? 0 : Math.min(...comments.map(({ id }) => id))
  const floor = cursor?.floor ?? (whole ? 0 : low - 1)
  const there = new Set(comments.map(({ id }) => id))
  const own = settings.userId === undefined ? '' : personId(settings, settings.userId)
  const now = ctx.now()
  const changes: { readonly id: number; readonly item: Incoming | undefined; readonly keep: Known | undefined }[] = []
  for (const comment of comments.toSorted((a, b) => a.id - b.id)) {
    const before = known.get(comment.id)
    const author = authorOf(comment, settings)
    const keep = { id: comment.id, mark: markOf(comment), by: before?.by ?? author.id }
    if (comment.id <= floor || before?.mark === keep.mark) continue
    const item: Incoming = before
      ? { does: 'edits', ref: refTo('comments', comment.id), at: now.toISOString(), author: { ...author, id: before.by }, ...readingOf(comment) }
      : saysIn(comment, { settings, now })
    changes.push({ id: comment.id, keep, item: author.id === own ? undefined : item })
  }
  for (const { id, by } of known.values()) {
    if (id >= low && !there.has(id)) changes.push({ id, keep: undefined, item: by === own ? undefined : { does: 'withdraws', ref: refTo('comments', id), at: now.toISOString(), author: { id: by, name: by } } })
  }
  for (let n = 0; n < changes.length; n += batchSize) {
    const batch = changes.slice(n, n + batchSize)
    for (const { id, keep } of batch) { if (keep) known.set(id, keep); else known.delete(id) }
    yield { items: batch.flatMap(({ item }) => item ?? []), cursor: cursorOf(floor, [...known.values()]) }
  }
}

/** What is no longer watched is not taken for new. */
function cursorOf(floor: number, known: Known[]): Cursor {
  const all = known.sort((a, b) => a.id - b.id)
  return { floor: Math.max(floor, all.at(-watched - 1)?.id ?? 0), known: all.slice(-watched) }
}

/** Newest first, down to what is known or watched; the first time one page. Pages overlap, so that what is deleted meanwhile hides nothing. */
async function newest(settings: Settings, cursor: Cursor | undefined, ctx: Ctx): Promise<{ readonly comments: readonly Comment[]; readonly whole: boolean }> {
  const found = new Map<number, Comment>()
  const oldest = cursor?.known[0]?.id ?? cursor?.floor ?? Infinity
  for (let page = 0; page < mostPages; page++) {
    const got = await pageAt(settings, page * (pageSize - overlap), ctx)
    if (page > 0 && got.length > 0 && !got.some(({ id }) => found.has(id))) throw new ChannelError({ kind: 'unknown' })
    for (const comment of got) found.set(comment.id, comment)
    if (got.length < pageSize) return { comments: [...found.values()], whole: true }
    if (got.some(({ id }) => id <= oldest)) break
  }
  return { comments: [...found.values()], whole: false }
}

async function pageAt(settings: Settings, offset: number, ctx: Ctx): Promise<readonly Comment[]> {
  const seeing: Readonly<Record<string, string>> = settings.moderates ? { status: 'all', context: 'edit' } : {}
  const list = await ask(settings, { path: '/wp/v2/comments', query: { per_page: pageSize, offset, orderby: 'id', order: 'desc', ...seeing } }, { ctx, answer: List })
  const read = list.flatMap((each) => { const one = Comment.safeParse(each); return one.success ? [one.data] : [] })
  if (read.length < list.length) ctx.log('a comment could not be read', { how: list.length - read.length })
  return read
}
