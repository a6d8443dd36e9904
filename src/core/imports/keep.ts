import { createHash } from 'node:crypto'
import { newId } from '#kit/id.ts'
import { fold } from '#text/fold.ts'
import type { Db, Tx } from '#db/database.ts'
import { erasedOf } from '../contacts/erased.ts'
import { lockPeople } from '../contacts/people.ts'
import { identityOf, readEmail } from '../contacts/rules.ts'
import { after, glimpse, type Tally } from '../conversations/rules.ts'
import type { Row } from './rules.ts'

export interface Target {
  readonly importId: string; readonly accountId: string
  /** When a row says nothing of its time. */
  readonly at: Date
  /** What somebody without a name is called, and what we are called. */
  readonly nobody: string; readonly us: string
}
export interface Kept { readonly made: number; readonly known: number; readonly conversations: number }

export interface Placed extends Row { readonly remoteId: string; readonly root: string; readonly label: string; readonly person: string; readonly when: Date }

const channelOf = (row: Row): string => row.channel || 'import'
/** The same row has the same id each time, whether its file gives it one or not. */
export function remoteIdOf(row: Row): string {
  if (row.id !== undefined) return row.id
  const told = [row.text, row.author, row.authorId, row.email, row.at?.toISOString() ?? '', row.thread, row.direction, row.channel]
  return `row:${createHash('sha256').update(JSON.stringify(told)).digest('base64url').slice(0, 32)}`
}

function placed(row: Row, target: Target): Placed {
  const remoteId = remoteIdOf(row)
  const root = row.thread ? `thread:${row.thread}` : remoteId
  const name = row.author ? `name:${fold(row.author)}` : ''
  // Who writes as us is no contact; the thread waits for the other side to show.
  const person = row.direction === 'out' ? `once:${root}` : identityOf({ id: row.authorId || (readEmail(row.email) ? '' : name), email: row.email, said: root })
  return { ...row, remoteId, root, label: channelOf(row), person, when: row.at ?? target.at }
}

/** Rows as JSON are sent once and unfolded by the database: a batch is one statement per table. */
export async function insert(tx: Tx, statement: string, rows: readonly object[]): Promise<void> {
  if (rows.length > 0) await tx.client.query(statement, [JSON.stringify(rows)])
}

/** Keeps a batch of rows; those that are there already stay as they are. */
export async function keepRows(tx: Tx, target: Target, rows: readonly Row[]): Promise<Kept> {
  const all = rows.map((row) => placed(row, target))
  await lockPeople(tx, all.map((row) => row.label))
  const known = await knownIds(tx, target.accountId, all)
  const fresh: Placed[] = []
  for (const row of all) if (!known.has(row.remoteId)) { known.add(row.remoteId); fresh.push(row) }
  if (fresh.length > 0) {
    const groups = Map.groupBy(fresh, (row) => row.root)
    const before = await standings(tx, target.accountId, [...groups.keys()])
    const people = await keepPeople(tx, target, speakers(groups, before))
    const talks = await keepConversations(tx, target, { groups, people, before })
    await keepMessages(tx, target, { fresh, people, talks: talks.ids })
    return { made: fresh.length, known: rows.length - fresh.length, conversations: talks.made }
  }
  return { made: 0, known: rows.length, conversations: 0 }
}

async function knownIds(tx: Db, accountId: string, rows: readonly Placed[]): Promise<Set<string>> {
  const found = await tx.client.query<{ remote_id: string }>('select remote_id from messages where workspace_id = $1 and account_id = $2 and remote_id = any($3)', [tx.workspace, accountId, rows.map((row) => row.remoteId)])
  return new Set([...found.rows.map((row) => row.remote_id), ...await erasedOf(tx, accountId, rows.map((row) => row.remoteId))])
}
/** How many of these rows are there already: for a look before anything is written. */
export async function countKnown(tx: Db, accountId: string, rows: readonly Row[]): Promise<Set<string>> {
  return await knownIds(tx, accountId, rows.map((row) => placed(row, { importId: '', accountId, at: new Date(0), nobody: '', us: '' })))
}

export const personKey = (row: Pick<Placed, 'label' | 'person'>): string => `${row.label}\n${row.person}`
export async function keepPeople(tx: Tx, target: Target, fresh: readonly Placed[]): Promise<Map<string, string>> {
  const wanted = Map.groupBy(fresh, personKey)
  const pairs = [...wanted.values()].map(([row]) => ({ channel: row!.label, remote: row!.person }))
  const found = await tx.client.query<{ contact_id: string; channel: string; remote_id: string }>(
    `select i.contact_id, i.channel, i.remote_id from identities i join jsonb_to_recordset($2::jsonb) as x(channel text, remote text) on x.channel = i.channel and x.remote = i.remote_id where i.workspace_id = $1`,
    [tx.workspace, JSON.stringify(pairs)])
  const people = new Map(found.rows.map((row) => [`${row.channel}\n${row.remote_id}`, row.contact_id]))
  const [fresher, older] = [[...wanted].filter(([key]) => !people.has(key)), [...wanted].filter(([key]) => people.has(key))]
  const made = fresher.map(([key, rows]) => ({ key, ...seenIn(rows), id: newId(Math.max(0, seenIn(rows).first.getTime())), row: rows[0]! }))
  for (const one of made) people.set(one.key, one.id)
  await insert(tx, `insert into contacts (id, name, email, lang, first_seen, last_seen) select id, name, email, lang, first, last
    from jsonb_to_recordset($1::jsonb) as x(id uuid, name text, email text, lang text, first timestamptz, last timestamptz)`,
  made.map(({ id, row, first, last }) => ({ id, name: row.direction === 'out' ? target.nobody : row.author || row.authorId || target.nobody, email: readEmail(row.email) ?? null, lang: row.lang, first, last })))
  await insert(tx, `insert into identities (id, contact_id, channel, remote_id, handle) select id, contact, channel, remote, handle
    from jsonb_to_recordset($1::jsonb) as x(id uuid, contact uuid, channel text, remote text, handle text)`,
  made.map(({ id, row }) => ({ id: newId(), contact: id, channel: row.label, remote: row.person, handle: row.direction === 'out' ? '' : row.authorId })))
  await insert(tx, `update contacts c set first_seen = least(c.first_seen, x.first), last_seen = greatest(c.last_seen, x.last)
    from jsonb_to_recordset($1::jsonb) as x(id uuid, first timestamptz, last timestamptz) where c.id = x.id and c.workspace_id = current_setting('stoa.workspace')::uuid`,
  older.map(([key, rows]) => ({ id: people.get(key), ...seenIn(rows) })))
  return people
}
function seenIn(rows: readonly Placed[]): { first: Date; last: Date } {
  let [first, last] = [rows[0]!.when, rows[0]!.when]
  for (const { when } of rows) { if (when < first) first = when; if (when > last) last = when }
  return { first, last }
}

interface Standing extends Tally { readonly id: string; readonly contact: string; readonly last: Date; readonly text: string; readonly heardTheirs: boolean }
interface Known { id: string; root_ref: string; contact_id: string; message_count: number; turns: number; last_from: 'contact' | 'team'; last_message_at: Date; last_text: string }
type Groups = ReadonlyMap<string, readonly Placed[]>
type Before = ReadonlyMap<string, Known>
async function standings(tx: Tx, accountId: string, roots: readonly string[]): Promise<Before> {
  const found = await tx.client.query<Known>(`select id, root_ref, contact_id, message_count, turns, last_from, last_message_at, last_text from conversations
    where workspace_id = $1 and account_id = $2 and root_ref = any($3) for update`, [tx.workspace, accountId, roots])
  return new Map(found.rows.map((row) => [row.root_ref, row]))
}
/** The rows that make somebody known: theirs, and ours where so far nobody else has said a word. */
function speakers(groups: Groups, before: Before): Placed[] {
  return [...groups].flatMap(([root, rows]) => {
    const theirs = rows.filter((row) => row.direction === 'in')
    return theirs.length > 0 || before.has(root) ? theirs : rows.slice(0, 1)
  })
}

interface Talking { readonly groups: Groups; readonly people: ReadonlyMap<string, string>; readonly before: Before }
async function keepConversations(tx: Tx, target: Target, { groups, people, before }: Talking): Promise<{ ids: Map<string, string>; made: number }> {
  const ids = new Map<string, string>()
  const [begun, grown, strangers]: [object[], object[], string[]] = [[], [], []]
  for (const [root, rows] of groups) {
    const known = before.get(root)
    const standing = grow(known && standingOf(known), { rows, people })
    ids.set(root, standing.id)
    const facts = { ...standing, root, channel: rows[0]!.label, subject: rows[0]!.subject, lang: rows.find((row) => row.lang)?.lang ?? null, tags: [...new Set(rows.flatMap((row) => row.tags))] }
    if (known) grown.push(facts); else begun.push(facts)
    if (known && known.contact_id !== standing.contact) strangers.push(known.contact_id)
  }
  await insert(tx, `insert into conversations (id, channel, account_id, contact_id, root_ref, subject, lang, tags, last_message_at, last_text, last_from, message_count, turns, import_id)
    select id, channel, '${target.accountId}'::uuid, contact, root, subject, lang, tags, last, text, "lastFrom", "messageCount", turns, '${target.importId}'::uuid
    from jsonb_to_recordset($1::jsonb) as x(id uuid, channel text, contact uuid, root text, subject text, lang text, tags jsonb, last timestamptz, text text, "lastFrom" text, "messageCount" int, turns int)`, begun)
  await insert(tx, `update conversations c set contact_id = x.contact, last_message_at = x.last, last_text = x.text, last_from = x."lastFrom", message_count = x."messageCount", turns = x.turns
    from jsonb_to_recordset($1::jsonb) as x(id uuid, contact uuid, last timestamptz, text text, "lastFrom" text, "messageCount" int, turns int) where c.id = x.id and c.workspace_id = current_setting('stoa.workspace')::uuid`, grown)
  if (strangers.length > 0) await tx.client.query('delete from contacts where workspace_id = $1 and id = any($2)', [tx.workspace, strangers])
  return { ids, made: begun.length }
}

const standingOf = (row: Known): Standing => ({
  id: row.id, contact: row.contact_id, messageCount: row.message_count, turns: row.turns, lastFrom: row.last_from, waitingSince: null,
  last: row.last_message_at, text: row.last_text, heardTheirs: row.turns > 0 || row.last_from === 'contact',
})
/** A conversation with more rows in it. Nobody waits in what is history. */
function grow(before: Standing | undefined, { rows, people }: { readonly rows: readonly Placed[]; readonly people: ReadonlyMap<string, string> }): Standing {
  const first = rows.find((row) => row.direction === 'in') ?? rows[0]!
  const start: Standing = before ?? { id: newId(Math.max(0, rows[0]!.when.getTime())), contact: people.get(personKey(first))!, messageCount: 0, turns: 0, lastFrom: 'contact', waitingSince: null, last: new Date(-8.64e15), text: '', heardTheirs: first.direction === 'in' }
  const found = !start.heardTheirs && first.direction === 'in' ? { ...start, contact: people.get(personKey(first))!, heardTheirs: true } : start
  return rows.reduce<Standing>((now, row) => {
    const next = { ...now, ...after(now, { from: row.direction === 'in' ? 'contact' : 'team', at: row.when, asks: false }) }
    return row.when >= now.last ? { ...next, last: row.when, text: glimpse(row.text) } : next
  }, found)
}

interface Keeping { readonly fresh: readonly Placed[]; readonly people: ReadonlyMap<string, string>; readonly talks: ReadonlyMap<string, string> }
async function keepMessages(tx: Tx, target: Target, { fresh, people, talks }: Keeping): Promise<void> {
  await insert(tx, `insert into messages (id, conversation_id, direction, contact_id, author_name, text, lang, said_at, heard_at, channel, account_id, remote_id, visibility)
    select id, talk, direction, contact, author, text, lang, "when", "when", channel, '${target.accountId}'::uuid, remote, 'public'
    from jsonb_to_recordset($1::jsonb) as x(id uuid, talk uuid, direction text, contact uuid, author text, text text, lang text, "when" timestamptz, channel text, remote text)
    on conflict (workspace_id, account_id, remote_id) do nothing`,
  fresh.map((row) => ({
    id: newId(Math.max(0, row.when.getTime())), talk: talks.get(row.root), direction: row.direction, contact: row.direction === 'in' ? people.get(personKey(row)) : null,
    author: row.author || row.authorId || (row.direction === 'out' ? target.us : target.nobody), text: row.text, lang: row.lang, when: row.when, channel: row.label, remote: row.remoteId,
  })))
}
