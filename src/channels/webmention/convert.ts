import type { Incoming, Person, Ref } from '#kit/channel.ts'
import { momentIn } from '#kit/moment.ts'
import { plainText } from '#text/html/sanitize.ts'
import { entryIn, titleOf, type Entry } from './microformats.ts'

/** `id`: one page about one post is one thing, however often it is told. */
export interface Mention { readonly id: string; readonly source: string; readonly target: string }
export interface Page extends Mention { readonly html: string; readonly url: string; readonly about: Ref; readonly now: Date }

const same = (one: string, other: string): boolean => one.replace(/#.*$/, '') === other.replace(/#.*$/, '')
const longest = 5_000

function authorOf(entry: Entry | undefined, source: string): Person {
  const { author } = entry ?? {}
  const host = new URL(source).host
  const name = plainText(author?.name ?? '').slice(0, 200) || host
  return { id: author?.url ?? new URL(source).origin, name, handle: host, url: author?.url ?? source, ...(author?.photo ? { picture: author.photo } : {}) }
}

/** What their page does to our post. */
export function heard(page: Page): Incoming & { readonly does: 'says' | 'likes' | 'shares' } {
  const { id, source, target, html, url, about, now } = page
  const entry = entryIn(html, url)
  const at = entry?.published === undefined ? undefined : momentIn(entry.published)
  const here = { ref: { channel: about.channel, id, url: source }, at: (at && at < now ? at : now).toISOString(), author: authorOf(entry, source) }
  if (entry?.likeOf.some((one) => same(one, target))) return { ...here, does: 'likes', about }
  if (entry?.repostOf.some((one) => same(one, target))) return { ...here, does: 'shares', about }
  const text = (entry?.content?.text || entry?.summary || entry?.name || plainText(titleOf(html)) || source).slice(0, longest)
  const whole = entry?.content && entry.content.text.length <= longest ? { html: entry.content.html } : {}
  // What a stranger's page says is for a person to look at before it stands under our post.
  return { ...here, does: 'says', text, ...whole, visibility: 'public', inReplyTo: about, hold: 'webmention' }
}

/** The same, once it stands: new words in the place of the old. */
export function again(page: Page, author: Person): Incoming | undefined {
  const said = heard(page)
  if (said.does !== 'says') return undefined
  return { does: 'edits', ref: said.ref, at: page.now.toISOString(), author, text: said.text, ...(said.html === undefined ? {} : { html: said.html }) }
}
/** It is gone, or speaks of us no more. */
export function taken({ id, source }: Omit<Mention, 'target'>, given: { readonly does: 'says' | 'likes' | 'shares'; readonly author: Person; readonly about: Ref; readonly now: Date }): Incoming {
  const { does, author, about, now } = given
  const here = { ref: { channel: about.channel, id, url: source }, at: now.toISOString(), author }
  if (does === 'says') return { ...here, does: 'withdraws' }
  return { ...here, does: does === 'likes' ? 'unlikes' : 'unshares', about }
}
