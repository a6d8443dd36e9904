import type { Account, Draft, Incoming, Label, Person as Somebody, Ref } from '#kit/channel.ts'
import type { Lang } from '#kit/lang.ts'
import { isBlank } from '#kit/text.ts'
import { momentIn } from '#kit/moment.ts'
import { fits } from '#text/count.ts'
import { escapeHtml } from '#text/html/escape.ts'
import { plainText, sanitize } from '#text/html/sanitize.ts'
import { plainOf } from '#text/plain.ts'
import { limitsFor } from './server.ts'
import type { Settings } from './settings.ts'
import type { Notification, Person, Status, Wire } from './wire.ts'

export const channelId = 'mastodon'
const marks: Readonly<Record<Label, Readonly<Record<Lang, string>>>> = {
  sponsored: { en: '#ad · Paid partnership', el: '#διαφήμιση · Χορηγούμενο' },
  'ai-made': { en: 'Made with AI', el: 'Φτιαγμένο με τεχνητή νοημοσύνη' },
}
const warning = /^[^\S\n]*(?:CW|Content warning|ΠΠ|Προειδοποίηση)[^\S\n]*:[^\S\n]*(\S[^\n]{0,300})\n+/iu

/** Everything a reader will see, fixed once: the same draft gives the same wire. */
export function wireOf(draft: Draft, account: Account<Settings>): Wire {
  if (isBlank(draft.author.name)) throw new Error('A public text needs a named human.')
  // Where no warning was given apart, one may be written over the text.
  const given = draft.warning?.trim() ?? ''
  const spoiler = given || (warning.exec(draft.text)?.[1]?.trim() ?? '')
  const answered = draft.inReplyTo?.channel === account.channel ? draft.inReplyTo : undefined
  return {
    key: draft.key, status: statusOf({ ...draft, text: given ? draft.text : draft.text.replace(warning, '') }, { account, spoiler }), spoiler, language: draft.lang,
    visibility: draft.kind === 'message' ? 'direct' : draft.kind === 'reply' ? 'public' : account.settings.audience ?? 'public',
    inReplyTo: answered?.id ?? null, writtenAt: draft.writtenAt,
    media: draft.media.map(({ uploaded, alt, focus }) => ({ id: fileIn(uploaded), alt, focus: focus ? focusOf(focus) : null })),
  }
}

function fileIn(uploaded: Draft['media'][number]['uploaded']): string | null {
  return typeof uploaded === 'object' && uploaded !== null && 'id' in uploaded && typeof uploaded['id'] === 'string' ? uploaded['id'] : null
}

/** From the top left, 0 to 1, to the middle, -1 to 1 and upward. */
export const focusOf = ({ x, y }: { readonly x: number; readonly y: number }): string => `${(x * 2 - 1).toFixed(3)},${(1 - y * 2).toFixed(3)}`

/** A tag as networks write it: no spaces, no marks, Greek kept. */
const tagName = (tag: string): string => tag.normalize('NFC').replace(/[^\p{L}\p{N}_]/gu, '')

const order = ['labels', 'title', 'body', 'link', 'tags', 'signed'] as const
type Part = (typeof order)[number]

/** The words themselves always go out whole; what stands around them does where there is room, the name of the speaker first. */
function statusOf(draft: Draft, { account, spoiler }: { readonly account: Account<Settings>; readonly spoiler: string }): string {
  const limit = limitsFor(account.settings).text
  const whole = (parts: Partial<Record<Part, string>>) => order.map((part) => parts[part] ?? '').filter((each) => each !== '').join('\n\n')
  const body = withMention(plainOf(draft.text), draft, account)
  const wanted: Partial<Record<Part, string>> = aroundOf(draft, body)
  let parts: Partial<Record<Part, string>> = { body, ...(draft.labels?.length ? { labels: draft.labels.map((label) => marks[label][draft.lang]).join('\n') } : {}) }
  for (const part of ['signed', 'link', 'title', 'tags'] as const) {
    const tried = wanted[part] ? { ...parts, [part]: wanted[part] } : parts
    if (fits(`${spoiler}${whole(tried)}`, limit)) parts = tried
  }
  return whole(parts)
}

function aroundOf(draft: Draft, body: string): Partial<Record<Part, string>> {
  const continued = draft.kind === 'post' && draft.inReplyTo !== undefined
  const link = draft.card?.url ?? (draft.title ? draft.link : undefined)
  const tags = draft.tags.map(tagName).filter((tag) => tag !== '' && !body.toLowerCase().includes(`#${tag.toLowerCase()}`)).map((tag) => `#${tag}`)
  return {
    // A part that follows in a thread is signed by the first.
    ...(continued ? {} : { signed: `— ${draft.author.signOff?.trim() || draft.author.name.trim()}` }),
    ...(link && /^https?:\/\//.test(link) && !body.includes(link) ? { link } : {}),
    ...(draft.title && draft.kind === 'post' ? { title: draft.title } : {}), ...(tags.length > 0 ? { tags: tags.join(' ') } : {}),
  }
}

const handled = /^@?([\w.-]+(?:@[\p{L}\p{N}.:-]+)?)$/u
/** The one who is answered is named at the start: without it nobody tells them. */
function withMention(text: string, draft: Draft, account: Account<Settings>): string {
  const to = draft.inReplyTo?.author
  const name = to && to.id !== account.settings.accountId && to.id !== draft.author.id ? handled.exec(to.handle ?? '')?.[1] : undefined
  return name === undefined || text.toLowerCase().includes(`@${name.toLowerCase()}`) ? text : `@${name} ${text}`
}

const refTo = (id: string, url?: string | null): Ref => ({ channel: channelId, id, ...(url && /^https?:\/\//.test(url) ? { url } : {}) })
const at = (text: string, now: Date): string => (momentIn(text) ?? now).toISOString()
const web = (url: string | null | undefined): url is string => url != null && /^https?:\/\//.test(url) && url.length < 2_000
/** One line that shows something, without signs that turn the direction of writing. */
const shown = (text: string, max: number): string => text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200e\u200f]/gu, '').toWellFormed().trim().slice(0, max)

export function personOf(person: Person, domain: string): Somebody {
  const acct = shown(person.acct, 300)
  const handle = `@${acct.includes('@') ? acct : `${acct}@${domain}`}`
  const name = shown(person.display_name, 200)
  return { id: person.id, name: isBlank(name) ? acct : name, handle, ...(web(person.url) ? { url: person.url } : {}), ...(web(person.avatar) ? { picture: person.avatar } : {}) }
}

/** Their words, made safe: a warning comes first, pictures stand as links with their descriptions. */
export function readingOf(status: Pick<Status, 'content' | 'spoiler_text' | 'media_attachments'>): { readonly text: string; readonly html: string } {
  const lead = status.spoiler_text.trim() ? `<p><strong>${escapeHtml(status.spoiler_text.trim().slice(0, 500))}</strong></p>` : ''
  const pictures = status.media_attachments.slice(0, 8).flatMap(({ url, description }) => (web(url) ? [`<p><a href="${escapeHtml(url)}">${escapeHtml((description ?? '').slice(0, 1_500) || url)}</a></p>`] : []))
  const html = sanitize([lead, status.content.slice(0, 100_000), ...pictures].filter((each) => each !== '').join('\n'), 'message')
  return { text: plainText(html).slice(0, 40_000).toWellFormed(), html }
}

/** What a notification tells, in our words; some tell nothing that concerns us. */
export function heardIn(notification: Notification, { settings, now }: { readonly settings: Settings; readonly now: Date }): Incoming | undefined {
  const { type, status, account } = notification
  const domain = settings.domain ?? new URL(settings.server).host
  const event = { ref: refTo(`notifications/${notification.id}`), at: at(notification.created_at, now), author: personOf(account, domain) }
  if (type === 'follow') return { ...event, does: 'follows' }
  if (!status) return undefined
  // Some servers show the share in the place of what was shared.
  const about = refTo(status.reblog?.id ?? status.id, status.reblog?.url ?? status.url)
  if (type === 'favourite') return { ...event, does: 'likes', about }
  if (type === 'reblog') return { ...event, does: 'shares', about }
  const said = { ref: refTo(status.id, status.url ?? status.uri), author: personOf(status.account, domain), ...readingOf(status) }
  if (isBlank(said.text)) return undefined
  if (type === 'update') return { ...said, does: 'edits', at: at(notification.created_at, now) }
  if (type !== 'mention' && type !== 'status' && type !== 'quote') return undefined
  // A post of somebody we follow is overheard, but some servers tell of an answer to us by that name.
  const toUs = type !== 'status' || status.in_reply_to_account_id === settings.accountId || status.mentions.some(({ id }) => id === settings.accountId)
  const lang = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.exec(status.language ?? '')?.[0]
  return {
    ...said, does: 'says', at: at(status.created_at, now), ...(lang ? { lang } : {}), visibility: status.visibility === 'private' || status.visibility === 'direct' ? 'private' : 'public',
    ...(status.in_reply_to_id ? { inReplyTo: refTo(status.in_reply_to_id) } : {}), ...(toUs ? {} : { overheard: true }),
  }
}
