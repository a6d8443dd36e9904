import type { z } from 'zod'
import type { Account, Ctx, Incoming, Listen, Ref } from '#kit/channel.ts'
import { momentIn } from '#kit/moment.ts'
import { isBlank } from '#kit/text.ts'
import { ask } from './ask.ts'
import { channelId, idOf } from './convert.ts'
import { plainOf } from './markup.ts'
import { personId, urlOf, type Settings } from './settings.ts'
import { above, firstOf, saidIn, unsignedIn, type Said } from './talk.ts'
import { Pages, Watched } from './wire.ts'

/** Up to when the watchlist was read, and the changes of its last minutes: times there have no fractions, and servers lag. */
export type Cursor = { readonly at: string; readonly seen: readonly number[] }

export const listen: Listen<Settings, Cursor> = { hears: ['replies', 'messages'], everySeconds: 30, open }

const overlap = 120_000
const firstTime = 7 * 86_400_000
const mostPages = 20
type Change = NonNullable<NonNullable<z.infer<typeof Watched>['query']>['watchlist']>[number]

/** What changed on the talk pages the account watches: those of its own pages, its own, and those a person added. */
async function* open(account: Account<Settings>, cursor: Cursor | undefined, ctx: Ctx) {
  const { settings } = account
  const since = cursor ? new Date(cursor.at).getTime() - overlap : ctx.now().getTime() - firstTime
  const seen = new Map<number, number>((cursor?.seen ?? []).map((revid) => [revid, since + overlap]))
  let at = cursor?.at ?? new Date(since).toISOString()
  let go: string | undefined
  for (let n = 0; n < mostPages; n++) {
    const { query, continue: next } = await ask(settings, {
      action: 'query', list: 'watchlist', wlallrev: 1, wltype: 'edit|new', wlprop: 'ids|title|user|userid|timestamp', wldir: 'newer', wllimit: 50,
      wlstart: new Date(since).toISOString(), ...(go === undefined ? {} : { wlcontinue: go }),
    }, { ctx, answer: Watched })
    const fresh = (query?.watchlist ?? []).filter(({ revid }) => revid > 0 && !seen.has(revid))
    for (const change of fresh) {
      const when = momentIn(change.timestamp) ?? ctx.now()
      seen.set(change.revid, when.getTime())
      if (when.toISOString() > at) at = when.toISOString()
      const items = concerns(change, settings) ? await heardIn(change, settings, ctx) : []
      const from = new Date(at).getTime() - overlap
      yield { items, cursor: { at, seen: Array.from(seen).filter(([, time]) => time >= from).map(([revid]) => revid) } }
    }
    if (!next) return
    go = next.wlcontinue
  }
}

const concerns = ({ ns, title, user }: Change, settings: Settings): boolean => user !== settings.userName && (ns % 2 === 1 || title === settings.page)

/** What one change says: new comments, other words in the place of one's own, words taken back. */
async function heardIn(change: Change, settings: Settings, ctx: Ctx): Promise<readonly Incoming[]> {
  const { query } = await ask(settings, { action: 'query', prop: 'revisions|info', inprop: 'subjectid', rvprop: 'ids|content', rvslots: 'main', revids: [change.revid, change.old_revid].filter((id) => id > 0).join('|') }, { ctx, answer: Pages })
  const page = query?.pages?.[0]
  const textOf = (revid: number) => page?.revisions?.find((one) => one.revid === revid)?.slots?.main?.content
  const now = textOf(change.revid)
  // Deleted or hidden meanwhile: there is nothing to read.
  if (page?.pageid === undefined || now === undefined) return []
  const text = textOf(change.old_revid) ?? ''
  const [before, after] = [saidIn(text), saidIn(now)]
  const known = new Map(before.map((one) => [one.id, one]))
  const there = new Set(after.map(({ id }) => id))
  const author = { id: personId(settings, change.user), name: change.user, ...link(urlOf(settings, `User:${change.user}`)) }
  const event = (id: string) => ({ ref: { channel: channelId, id: idOf(page.pageid!, id), ...link(urlOf(settings, change.title)) }, at: (momentIn(change.timestamp) ?? ctx.now()).toISOString(), author })
  const root = page.subjectid ? idOf(page.subjectid) : undefined
  const items: Incoming[] = []
  for (const one of after.filter(({ mark }) => mark === undefined)) {
    const old = known.get(one.id)
    const words = wordsOf(one)
    if (isBlank(words) || old?.text === one.text) continue
    if (!old) items.push({ ...event(one.id), does: 'says', text: words, visibility: 'public', ...under(after, one, { page: page.pageid, root }), ...(one.by === change.user ? {} : { hold: `It is signed “${one.by}”, but “${change.user}” wrote it.` }) })
    else if (one.by === change.user) items.push({ ...event(one.id), does: 'edits', text: words })
  }
  for (const one of before) if (one.mark === undefined && one.by === change.user && !there.has(one.id)) items.push({ ...event(one.id), does: 'withdraws' })
  const bare = items.length > 0 || after.length > before.length ? [] : unsignedIn(text, now)
  if (!isBlank(plainOf(bare.join('\n')))) items.push({ ...event(`r${change.revid}`), does: 'says', text: plainOf(bare.join('\n')), visibility: 'public', ...(root ? { inReplyTo: { channel: channelId, id: root } } : {}) })
  return items
}

const link = (url: string | undefined) => (url === undefined ? {} : { url })
const wordsOf = (one: Said): string => [...(one.headed === undefined ? [] : [plainOf(one.heading)]), plainOf(one.text)].filter((part) => part !== '').join('\n\n').slice(0, 40_000)

function under(all: readonly Said[], one: Said, { page, root }: { readonly page: number; readonly root: string | undefined }): { readonly inReplyTo?: Ref } {
  const first = firstOf(all, one)
  const to = above(all, one) ?? (first === one ? undefined : first)
  const id = to ? idOf(page, to.id) : root
  return id === undefined ? {} : { inReplyTo: { channel: channelId, id } }
}
