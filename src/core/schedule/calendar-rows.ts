import { sql, type SQL } from 'drizzle-orm'
import type { Intent } from '#kit/events.ts'
import type { Both } from '#kit/lang.ts'
import { problems, type ProblemCode } from '#kit/problems.ts'
import type { Db } from '#db/database.ts'
import { whyOf } from '../publications/words.ts'
import { wallOf } from '../posts/wall-time.ts'
import { allSeries, occurrencesOf, timesOf, type Series } from './series.ts'

export const rowStates = ['draft', 'paused', 'scheduled', 'published', 'withdrawn'] as const
export interface Filter {
  readonly from: Date; readonly to: Date
  readonly accountId?: readonly string[] | undefined; readonly channel?: readonly string[] | undefined; /** 'none': of no campaign. */
  readonly campaignId?: string | undefined
  readonly intent?: readonly Intent[] | undefined; readonly state?: readonly (typeof rowStates)[number][] | undefined; readonly authorId?: string | undefined
  readonly problem?: boolean | undefined; readonly series?: boolean | undefined
}
export interface RowProblem { readonly code: string; readonly says: Both; readonly next: Both }
/** One thing in the calendar: light enough that a month of a thousand is one answer. */
export interface Row {
  readonly id: string; readonly kind: 'post' | 'series'; readonly title: string; readonly excerpt: string; readonly lang: 'en' | 'el'; readonly intent: Intent; readonly format: string
  readonly campaignId: string | null; readonly authorId: string; readonly authorName: string; readonly accountIds: readonly string[]; readonly channels: readonly string[]
  readonly state: (typeof rowStates)[number] | 'sending' | 'ahead'
  readonly at: string | null; readonly wallTime: string | null; readonly zone: string | null; readonly dueAt: string | null; readonly publishedAt: string | null
  readonly seriesId: string | null; readonly occurrence: string | null; readonly changed: boolean
  readonly problem: RowProblem | null; readonly media: number; readonly version: number
}

interface Copy { readonly state: string; readonly because: string | null }
interface Raw {
  readonly id: string; readonly title: string; readonly excerpt: string; readonly lang: 'en' | 'el'; readonly intent: Intent; readonly format: string; readonly campaign_id: string | null
  readonly author_id: string; readonly author_name: string | null; readonly account_ids: readonly string[]; readonly state: Row['state']; readonly wall_time: string | null; readonly zone: string | null
  readonly due_at: string | null; readonly published_at: string | null; readonly version: number; readonly media: number; readonly paused: boolean
  readonly series_id: string | null; readonly occurrence: string | null; readonly made_version: number | null; readonly because: string | null; readonly copies: readonly Copy[] | null
}
export interface Around { readonly channels: ReadonlyMap<string, string>; readonly zone: string; readonly now: Date }

const underway = new Set(['claimed', 'prepared', 'sending', 'retry-wait', 'unknown', 'waiting'])
const stuck = new Set(['needs-person', 'auth-needed', 'refused', 'held', 'unknown'])

function ofCode(code: string): RowProblem {
  const known = Object.hasOwn(problems, code) ? problems[code as ProblemCode] : problems.wrong_state
  // A gap in the sentence is filled where the thing itself is opened.
  const plain = (both: Both): Both => ({ en: both.en.replace(/\{\w+\}/g, '…'), el: both.el.replace(/\{\w+\}/g, '…') })
  return { code, says: plain(known.title), next: plain(known.detail) }
}
/** What of a thing needs a person, in the words it is shown with. */
export function problemOf(raw: Pick<Raw, 'copies' | 'because' | 'state' | 'due_at'>, now: Date): RowProblem | null {
  const copy = (raw.copies ?? []).find((one) => stuck.has(one.state))
  if (copy) {
    const code = copy.because ?? copy.state
    const why = whyOf(code)
    return why ? { code, says: why.says, next: why.next } : ofCode(code)
  }
  if (raw.because && raw.state === 'draft') return ofCode(raw.because)
  if ((raw.state === 'draft' || raw.state === 'paused') && raw.due_at && new Date(raw.due_at) <= now) return ofCode('time_in_past')
  return null
}

function rowOf(raw: Raw, { channels, zone, now }: Around): Row {
  const state = raw.paused && raw.state === 'draft' ? 'paused' : raw.state === 'scheduled' && raw.copies?.some((one) => underway.has(one.state)) ? 'sending' : raw.state
  const instant = raw.published_at ?? raw.due_at
  const iso = (text: string | null): string | null => (text === null ? null : new Date(text).toISOString())
  const ownZone = raw.zone ?? zone
  const wall = raw.published_at || raw.wall_time === null ? instant && wallOf(new Date(instant), ownZone) : raw.wall_time
  return {
    id: raw.id, kind: 'post', title: raw.title, excerpt: raw.excerpt, lang: raw.lang, intent: raw.intent, format: raw.format, campaignId: raw.campaign_id, authorId: raw.author_id, authorName: raw.author_name ?? '',
    accountIds: raw.account_ids, channels: [...new Set(raw.account_ids.flatMap((id) => channels.get(id) ?? []))], state, at: iso(instant), wallTime: wall ? wall.slice(0, 16) : null, zone: instant ? ownZone : null,
    dueAt: iso(raw.due_at), publishedAt: iso(raw.published_at), seriesId: raw.series_id, occurrence: raw.occurrence, changed: raw.series_id !== null && raw.version !== raw.made_version,
    problem: problemOf({ ...raw, state }, now), media: raw.media, version: raw.version,
  }
}

export const mostRows = 5_000
const facts = sql`p.id, p.title, left(p.text, 160) as excerpt, p.lang, p.intent, p.format, p.campaign_id, p.author_id, m.name as author_name, p.account_ids, p.state, p.wall_time, p.zone, p.due_at, p.published_at, p.version,
  jsonb_array_length(p.media) as media, (u.due_at is not null and u.due_at = p.due_at) as paused, o.series_id, o.wall as occurrence, o.made_version, coalesce(o.because, t.because) as because`
const joins = sql`left join members m on m.workspace_id = p.workspace_id and m.id = p.author_id left join paused_posts u on u.workspace_id = p.workspace_id and u.post_id = p.id
  left join series_occurrences o on o.workspace_id = p.workspace_id and o.post_id = p.id left join taken_items t on t.workspace_id = p.workspace_id and t.post_id = p.id and t.because is not null`

function wanted({ accountId, channel, campaignId, intent, authorId }: Filter, channels: Around['channels']): SQL {
  const ids = channel ? [...channels].flatMap(([id, name]) => (channel.includes(name) && (!accountId || accountId.includes(id)) ? [id] : [])) : accountId
  const list = (values: readonly string[]): SQL => sql.join(values.map((value) => sql`${value}`), sql`, `)
  const parts = [
    ids && (ids.length > 0 ? sql`p.account_ids ?| array[${list(ids)}]` : sql`false`), campaignId && (campaignId === 'none' ? sql`p.campaign_id is null` : sql`p.campaign_id = ${campaignId}`),
    intent && intent.length > 0 && sql`p.intent in (${list(intent)})`, authorId && sql`p.author_id = ${authorId}`,
  ].filter((part): part is SQL => Boolean(part))
  return parts.length > 0 ? sql.join(parts, sql` and `) : sql`true`
}

const columns = sql`id, workspace_id, title, left(text, 160) as text, lang, intent, format, campaign_id, author_id, account_ids, state, wall_time, zone, due_at, published_at, version, media`

/** Everything that stands in a span of time: what went out, what is to go, drafts with a time. One query, by index. */
export async function rowsBetween(db: Db, filter: Filter, around: Around): Promise<{ items: Row[]; more: boolean }> {
  const [from, to] = [filter.from.toISOString(), filter.to.toISOString()]
  const fits = wanted(filter, around.channels)
  const found = await db.execute<Raw & Record<string, unknown>>(sql`
    with p as (
      select ${columns} from posts where workspace_id = ${db.workspace} and published_at >= ${from} and published_at < ${to}
      union all select ${columns} from posts where workspace_id = ${db.workspace} and due_at >= ${from} and due_at < ${to} and published_at is null
    ), shown as (select * from p where ${fits} order by coalesce(p.published_at, p.due_at), p.id limit ${mostRows + 1}),
    c as (select post_id, jsonb_agg(jsonb_build_object('state', state, 'because', because)) as copies from publications
      where post_id in (select id from shown where state in ('scheduled', 'published')) and state not in ('confirmed', 'scheduled') and kind = 'post' group by post_id)
    select ${facts}, c.copies from shown p ${joins} left join c on c.post_id = p.id order by coalesce(p.published_at, p.due_at), p.id`)
  const items = found.rows.slice(0, mostRows).map((raw) => rowOf(raw, around))
  const kept = items.filter((row) => (!filter.state || filter.state.some((state) => state === row.state || (state === 'scheduled' && row.state === 'sending'))) && (!filter.problem || row.problem !== null))
  return { items: kept, more: found.rows.length > mostRows }
}

/** Drafts without a time, in the order somebody gave them; what came since stands on top. */
export async function shelf(db: Db, around: Around): Promise<Row[]> {
  const found = await db.execute<Raw & Record<string, unknown>>(sql`select ${facts}, null as copies from posts p ${joins} left join shelf_places s on s.workspace_id = p.workspace_id and s.post_id = p.id
    where p.workspace_id = ${db.workspace} and p.state = 'draft' and p.due_at is null order by s.place nulls first, p.created_at desc, p.id limit 500`)
  return found.rows.map((raw) => rowOf(raw, around))
}

/** What series will bring beyond the posts that are made already: their rule, shown as days to come. */
export async function ghosts(db: Db, filter: Filter, around: Around & { readonly names: ReadonlyMap<string, string> }): Promise<Row[]> {
  if (filter.series === false || filter.problem || (filter.state && !filter.state.includes('scheduled')) || filter.to <= around.now) return []
  const all = (await allSeries(db)).filter((row) => row.state === 'on' && suits(row, filter, around.channels))
  const known = new Set((await occurrencesOf(db, all.map(({ id }) => id))).map((one) => `${one.seriesId}@${one.wall}`))
  const after = filter.from > around.now ? new Date(filter.from.getTime() - 1) : around.now
  return all.flatMap((row) => timesOf(row, { after, until: new Date(filter.to.getTime() - 1), limit: 400 }).filter(({ occurrence }) => !known.has(`${row.id}@${occurrence}`)).map((ahead): Row => {
    const { template } = row
    return {
      id: `${row.id}@${ahead.occurrence}`, kind: 'series', title: template.title, excerpt: template.text.slice(0, 160), lang: template.lang, intent: template.intent, format: template.format, campaignId: template.campaignId,
      authorId: row.authorId, authorName: around.names.get(row.authorId) ?? '', accountIds: template.accountIds, channels: [...new Set(template.accountIds.flatMap((id) => around.channels.get(id) ?? []))], state: 'ahead',
      at: ahead.at.toISOString(), wallTime: ahead.wallTime, zone: row.zone, dueAt: ahead.at.toISOString(), publishedAt: null, seriesId: row.id, occurrence: ahead.occurrence, changed: false, problem: null, media: template.media.length, version: 0,
    }
  }))
}
function suits({ template, authorId }: Series, filter: Filter, channels: Around['channels']): boolean {
  const onAccount = !filter.accountId || template.accountIds.some((id) => filter.accountId!.includes(id))
  const onChannel = !filter.channel || template.accountIds.some((id) => filter.channel!.includes(channels.get(id) ?? ''))
  const inCampaign = filter.campaignId === undefined || (filter.campaignId === 'none' ? template.campaignId === null : template.campaignId === filter.campaignId)
  return onAccount && onChannel && inCampaign && (!filter.intent || filter.intent.includes(template.intent)) && (!filter.authorId || filter.authorId === authorId)
}
