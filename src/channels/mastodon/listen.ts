import type { Account, Ctx, Listen } from '#kit/channel.ts'
import { ask } from './ask.ts'
import { heardIn } from './convert.ts'
import type { Settings } from './settings.ts'
import { streamed } from './stream.ts'
import { List, Notification } from './wire.ts'

/** The newest notification taken in; and until when a server that streams only in name is not asked to. */
export type Cursor = { readonly last: string; readonly quietUntil?: string }

export const listen: Listen<Settings, Cursor> = { hears: ['mentions', 'replies', 'messages'], everySeconds: 15, open }

const pageSize = 40
const mostPages = 25
const day = 24 * 3_600_000

/** From where we were to now, a page at a time, oldest first, and then as it happens where the server streams. The first time, what the newest page holds. */
async function* open(account: Account<Settings>, cursor: Cursor | undefined, ctx: Ctx) {
  const batch = (page: readonly Notification[]) => ({
    items: page.flatMap((each) => heardIn(each, { settings: account.settings, now: ctx.now() }) ?? []), cursor: { ...cursor, last: page.at(-1)!.id },
  })
  if (cursor === undefined) {
    const page = await pageOf(account.settings, {}, ctx)
    if (page.length > 0) yield batch(page)
    return
  }
  let { last } = cursor
  for (let n = 0; n < mostPages; n++) {
    const page = await pageAfter(account.settings, last, ctx)
    if (page.length === 0) break
    yield batch(page)
    last = page.at(-1)!.id
  }
  const { streaming } = account.settings
  if (streaming === undefined || (cursor.quietUntil ?? '') > ctx.now().toISOString()) return
  for await (const each of streamed({ ...account.settings, streaming }, ctx)) {
    if (each === 'refused') yield { items: [], cursor: { last, quietUntil: new Date(ctx.now().getTime() + day).toISOString() } }
    else if (isAfter(each.id, last)) { yield batch([each]); last = each.id }
  }
}

/** The oldest that came after `last`. Some servers answer with the newest instead: then the way back is walked to the end before anything is taken in. */
async function pageAfter(settings: Settings, last: string, ctx: Ctx): Promise<readonly Notification[]> {
  const page = (await pageOf(settings, { min_id: last }, ctx)).filter(({ id }) => isAfter(id, last))
  const walked = [page]
  for (let n = 0; n < mostPages && walked[0]![0]; n++) {
    const older = (await pageOf(settings, { max_id: walked[0]![0].id }, ctx)).filter(({ id }) => isAfter(id, last) && isAfter(walked[0]![0]!.id, id))
    if (older.length === 0) break
    walked.unshift(older)
  }
  return walked.flat()
}

async function pageOf(settings: Settings, place: Readonly<Record<string, string>>, ctx: Ctx): Promise<readonly Notification[]> {
  const { body } = await ask(settings, { path: '/api/v1/notifications', query: { limit: String(pageSize), ...place } }, { ctx, answer: List })
  const read = body.flatMap((each) => { const one = Notification.safeParse(each); return one.success ? [one.data] : [] })
  if (read.length < body.length) ctx.log('a notification could not be read', { how: body.length - read.length })
  return read.toSorted((a, b) => (isAfter(a.id, b.id) ? 1 : -1))
}

/** Ids grow with time: as numbers, or, where they are words, as words of one length. */
export const isAfter = (id: string, other: string): boolean => (id.length === other.length ? id > other : id.length > other.length)
