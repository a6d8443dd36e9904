import type { Incoming } from '#kit/channel.ts'
import { momentIn } from '#kit/moment.ts'
import { plainText, sanitize } from '#text/html/sanitize.ts'
import type { Entry, Feed, Settings } from './wire.ts'

const longestId = 500
const longestTitle = 300
const longestText = 20_000

const addressIn = (address: string | undefined, base: string): string | undefined =>
  (address !== undefined && URL.canParse(address, base) && /^https?:$/.test(new URL(address, base).protocol) ? new URL(address, base).href : undefined)

/** By what an item is known again: its own id, else where it stands, else its words. */
export const idOf = (entry: Entry, digest: (text: string) => string): string => {
  const id = entry.id || entry.url || `words ${digest(`${entry.title}\n${entry.html}`)}`
  return id.length > longestId ? `digest ${digest(id)}` : id
}
/** A mark of its words: when it changes, the item was edited. */
export const wordsOf = (entry: Entry): string => `${entry.title}\n${entry.html}`

interface Around { readonly feed: Feed; readonly settings: Settings; readonly base: string; readonly now: Date; readonly digest: (text: string) => string }

const textOf = (entry: Entry): string => {
  const [title, body] = [plainText(entry.title).slice(0, longestTitle), plainText(entry.html).slice(0, longestText)]
  return body === '' || body.startsWith(title) ? body || title : title === '' ? body : `${title}\n\n${body}`
}
const htmlOf = (entry: Entry, base: string): string => {
  const absolute = entry.html.replace(/(<a\b[^>]{0,500}?\bhref\s*=\s*)(["'])([^"'<>]{1,2000})\2/gi, (whole, before: string, quote: string, href: string) => {
    const found = addressIn(href.replaceAll('&amp;', '&'), base)
    return found === undefined ? whole : `${before}${quote}${found.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')}${quote}`
  })
  return sanitize(absolute)
}

/** What an item of a feed tells, in our words. `again`: it was told before, in others. */
export function heard(entry: Entry, { feed, settings, base, now, digest }: Around, again = false): Incoming {
  const url = addressIn(entry.url, base)
  const name = plainText(entry.author ?? '').slice(0, 200) || feed.title || new URL(base).host
  const at = entry.at === undefined ? undefined : momentIn(entry.at)
  const about = {
    ref: { channel: 'feeds', id: idOf(entry, digest), ...(url === undefined ? {} : { url }) }, at: (at && at < now ? at : now).toISOString(),
    author: { id: `${settings.url}#${name}`.slice(0, longestId), name, ...(feed.home && addressIn(feed.home, base) ? { url: addressIn(feed.home, base)! } : {}) },
  }
  const [text, html] = [textOf(entry), htmlOf(entry, base)]
  if (again) return { ...about, does: 'edits', text, html }
  return { ...about, does: 'says', text, html, visibility: 'public', overheard: true, ...(entry.lang === undefined ? {} : { lang: entry.lang.slice(0, 35) }) }
}
