import { sql } from 'drizzle-orm'
import { cursorAt, placeAt } from '#kit/moment.ts'
import type { Db } from '#db/database.ts'
import { everBeen } from './merged.ts'

/** One thing that passed between us, on whatever channel. */
export interface Moment {
  readonly id: string; readonly at: Date; readonly does: 'said' | 'answered' | 'noted' | 'like' | 'share' | 'follow' | 'agreed' | 'withdrew'
  readonly channel: string | null; readonly conversationId: string | null; readonly text: string; readonly lang: string | null; readonly who: string | null; readonly about: string | null
}
interface Asked { readonly cursor?: string | undefined; readonly limit: number }

/** Everything with a person as one story, newest first, a page at a time. */
export async function timelineOf(db: Db, contactId: string, { cursor, limit }: Asked): Promise<{ items: Moment[]; next: string | null }> {
  const place = placeAt(cursor)
  const before = (at: string, id: string) => (place ? sql`and (${sql.raw(at)}, ${sql.raw(id)}) < (${place.at}::timestamptz, ${place.id}::uuid)` : sql``)
  const page = (at: string, id: string) => sql`${before(at, id)} order by ${sql.raw(at)} desc, ${sql.raw(id)} desc limit ${limit + 1}`
  const said = sql`m.id, m.heard_at as at, case m.direction when 'in' then 'said' when 'out' then 'answered' else 'noted' end as does, m.channel, m.conversation_id as "conversationId",
    left(m.text, 400) as text, m.lang, m.author_name as who, nullif(c.subject, '') as about`
  const { rows } = await db.execute<Record<keyof Moment, never>>(sql`
    select * from (
      (select ${said} from conversations c join messages m on m.conversation_id = c.id
        where c.workspace_id = ${db.workspace} and c.contact_id = ${contactId} and m.withdrawn_at is null ${page('m.heard_at', 'm.id')})
      union all
      (select ${said} from messages m join conversations c on c.id = m.conversation_id
        where m.workspace_id = ${db.workspace} and m.contact_id = ${contactId} and c.contact_id <> ${contactId} and m.withdrawn_at is null ${page('m.heard_at', 'm.id')})
      union all
      (select r.id, r.at, r.kind, a.channel, r.conversation_id, '', null, null, p.title from reactions r left join accounts a on a.id = r.account_id left join posts p on p.id = r.post_id
        where r.workspace_id = ${db.workspace} and r.contact_id = ${contactId} ${page('r.at', 'r.id')})
      union all
      (select g.id, g.given_at, 'agreed', null, null, g.words, g.lang, null, g.purpose from consents g
        where g.workspace_id = ${db.workspace} and g.contact_id = ${contactId} ${page('g.given_at', 'g.id')})
      union all
      (select w.id, w.withdrawn_at, 'withdrew', null, null, w.words, w.lang, null, w.purpose from consents w
        where w.workspace_id = ${db.workspace} and w.contact_id = ${contactId} and w.withdrawn_at is not null ${page('w.withdrawn_at', 'w.id')})
    ) story order by at desc, id desc limit ${limit + 1}`)
  const items = rows.slice(0, limit).map((row) => ({ ...(row as unknown as Moment), at: new Date(row.at) }))
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? cursorAt(last.at, last.id) : null }
}

/** What was given and what came back, as the events tell it, under every name this person was known by. */
export interface Exchange { readonly answers: number; readonly words: number; readonly likes: number; readonly shares: number; readonly ratings: number; readonly rating: number | null }
export async function exchangeOf(db: Db, contactId: string): Promise<Exchange> {
  const been = await everBeen(db, contactId)
  const { rows } = await db.execute<Record<keyof Exchange, string | null>>(sql`select count(*) filter (where name = 'answer.sent') as answers, count(*) filter (where name = 'message.received') as words,
      coalesce(sum(case when (data->>'taken')::boolean then -1 else 1 end) filter (where name = 'reaction.given' and data->>'kind' = 'like'), 0) as likes,
      coalesce(sum(case when (data->>'taken')::boolean then -1 else 1 end) filter (where name = 'reaction.given' and data->>'kind' = 'share'), 0) as shares,
      count(*) filter (where name = 'conversation.rated') as ratings, avg((data->>'score')::numeric) filter (where name = 'conversation.rated') as rating
    from events where workspace_id = ${db.workspace} and contact_id = any(${sql.param(been)}::uuid[])`)
  const row = rows[0]!
  const figure = (value: string | null): number => Number(value ?? 0)
  return { answers: figure(row.answers), words: figure(row.words), likes: figure(row.likes), shares: figure(row.shares), ratings: figure(row.ratings), rating: row.rating === null ? null : Number(row.rating) }
}
