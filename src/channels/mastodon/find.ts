import type { Account, Ctx, Receipt } from '#kit/channel.ts'
import { momentIn } from '#kit/moment.ts'
import { plainText } from '#text/html/sanitize.ts'
import { ask } from './ask.ts'
import type { Settings } from './settings.ts'
import { List, Status, type Wire } from './wire.ts'

const slack = 5 * 60_000
const mostPages = 5

/** Reads our own statuses back to shortly before the first try, and looks for this very one among them. */
export async function find(wire: Wire, account: Account<Settings>, ctx: Ctx): Promise<Receipt | 'absent' | 'unsure'> {
  const since = (ctx.firstTriedAt ?? new Date(wire.writtenAt)).getTime() - slack
  const found: Status[] = []
  let before: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const { statuses, whole } = await ownPage(account.settings, before, ctx)
    found.push(...statuses.filter((status) => timeOf(status) >= since && isSame(status, wire, account.settings)))
    const last = statuses.at(-1)
    if (!whole) return 'unsure'
    if (!last || statuses.some((status) => timeOf(status) < since)) return settled(found, wire)
    before = last.id
  }
  return found.length > 0 ? settled(found, wire) : 'unsure'
}

function settled(found: readonly Status[], wire: Wire): Receipt | 'absent' | 'unsure' {
  const [one, ...others] = found
  // Not every server lists what was said to one person alone.
  if (!one) return wire.visibility === 'direct' ? 'unsure' : 'absent'
  if (others.some(({ id }) => id !== one.id)) return 'unsure'
  const url = one.url ?? one.uri
  return { id: one.id, ...(url ? { url } : {}) }
}

async function ownPage(settings: Settings, before: string | undefined, ctx: Ctx): Promise<{ readonly statuses: readonly Status[]; readonly whole: boolean }> {
  const path = `/api/v1/accounts/${encodeURIComponent(settings.accountId ?? '')}/statuses`
  const { body } = await ask(settings, { path, query: { limit: '40', exclude_reblogs: 'true', ...(before === undefined ? {} : { max_id: before }) } }, { ctx, answer: List })
  const statuses = body.flatMap((each) => { const read = Status.safeParse(each); return read.success ? [read.data] : [] })
  return { statuses, whole: statuses.length === body.length }
}

const timeOf = (status: Status): number => momentIn(status.created_at)?.getTime() ?? Infinity

/** The same words, under the same warning, to the same one, with as many pictures, and by us. */
export function isSame(status: Status, wire: Wire, { app }: Pick<Settings, 'app'>): boolean {
  if (status.reblog || (app !== undefined && status.application?.name !== undefined && status.application.name !== app)) return false
  if ((status.in_reply_to_id ?? null) !== wire.inReplyTo || status.media_attachments.length !== wire.media.length) return false
  if (status.spoiler_text.trim() !== wire.spoiler) return false
  return typeof status.text === 'string' ? lined(status.text) === lined(wire.status) : bare(plainText(status.content)) === bare(wire.status)
}

const lined = (text: string): string => text.normalize('NFC').replace(/\r\n?/g, '\n').trim()
/** What is left of a text on every server: they break lines, shorten handles and set links in their own way. */
const bare = (text: string): string => text.normalize('NFC').replace(/@([\w.-]+)@[\p{L}\p{N}.:-]+/gu, '@$1').replace(/\s|\p{Cf}/gu, '')
