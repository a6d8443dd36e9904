import { createHash } from 'node:crypto'
import { ChannelError, type Account, type Ctx, type Incoming, type Listen } from '#kit/channel.ts'
import { heard, idOf, wordsOf } from './convert.ts'
import { fetchDocument } from './fetch.ts'
import { feedIn } from './parse.ts'
import type { Cursor, Entry, Settings } from './wire.ts'

/** Of a feed that is new to us only the newest are told; the rest is known from then on. */
export const firstTold = 20
// A feed that turns over more than this between two pulls is told again by none: a message is known by its id.
const mostKnown = 5_000
const mostAtOnce = 50

export const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 16)

interface News { readonly entry: Entry; readonly mark: string; readonly again: boolean }
/** What was not told before, or was told in other words; oldest first. */
export function newsIn(entries: readonly Entry[], known: Readonly<Record<string, string>>): News[] {
  const seen = new Set<string>()
  return entries.flatMap((entry) => {
    const mark = digest(idOf(entry, digest))
    if (seen.has(mark)) return []
    seen.add(mark)
    return known[mark] === digest(wordsOf(entry)) ? [] : [{ entry, mark, again: known[mark] !== undefined }]
  }).toReversed()
}

function remember(known: Readonly<Record<string, string>>, news: readonly News[]): Record<string, string> {
  const all = { ...known, ...Object.fromEntries(news.map(({ entry, mark }) => [mark, digest(wordsOf(entry))])) }
  const marks = Object.keys(all)
  return marks.length <= mostKnown ? all : Object.fromEntries(marks.slice(-mostKnown).map((mark) => [mark, all[mark]!]))
}

async function* open(account: Account<Settings>, cursor: Cursor | undefined, ctx: Ctx): AsyncIterable<{ items: readonly Incoming[]; cursor: Cursor }> {
  const { settings } = account
  const found = await fetchDocument(settings.url, ctx, cursor)
  if (!found) return
  const feed = feedIn(found.text)
  if (!feed) throw new ChannelError({ kind: 'refused', because: 'What stands at this address is no feed any more.' })
  const around = { feed, settings, base: found.url, now: ctx.now(), digest }
  const news = newsIn(feed.entries, cursor?.known ?? {})
  const told = cursor ? news : news.slice(-firstTold)
  const silent = cursor ? [] : news.slice(0, -firstTold)
  // The server's own marks are kept with the last of what they stand for.
  const marks = { ...(found.etag === undefined ? {} : { etag: found.etag }), ...(found.modified === undefined ? {} : { modified: found.modified }) }
  let known = remember(cursor?.known ?? {}, silent)
  for (let from = 0; from < told.length || from === 0; from += mostAtOnce) {
    const batch = told.slice(from, from + mostAtOnce)
    known = remember(known, batch)
    const last = from + mostAtOnce >= told.length
    yield { items: batch.map(({ entry, again }) => heard(entry, around, again)), cursor: { ...(last ? marks : {}), known } }
  }
}

export const listen: Listen<Settings, Cursor> = { everySeconds: 900, hears: ['everything'], open }
