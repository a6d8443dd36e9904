import { newId } from '#kit/id.ts'
import { fold } from '#text/fold.ts'
import { sanitize } from '#text/html/sanitize.ts'
import { canonical } from '#text/page-address.ts'
import type { Db, Tx } from '#db/database.ts'
import { accountOn, accountsOf } from '../accounts/store.ts'
import { lockPeople } from '../contacts/people.ts'
import { identityOf, readEmail } from '../contacts/rules.ts'
import { pageFor } from '../conversations/pages.ts'
import { glimpse } from '../conversations/rules.ts'
import { standingAt } from '../publications/standing.ts'
import { insert, keepPeople, personKey, type Kept, type Placed, type Target } from './keep.ts'
import type { Row, RowError } from './rules.ts'

/** Where a comment belongs: under a post of ours, or under a page of a site whose comments are connected. */
interface Ground { readonly accountId: string; readonly channel: string; readonly url: string; readonly postId: string | null; /** It stands under no page of another site; `url` is its own. */ readonly pageless?: true }
export interface PlacedComment { readonly row: Row; readonly ground: Ground }

function slugIn(address: string): string | undefined {
  const [, slug] = /^https?:\/\/[^/]+\/p\/([^/?#]+)/.exec(address) ?? []
  try { return slug && decodeURIComponent(slug) } catch { return undefined }
}

/** The ground of each page, asked once for each. */
function grounds(db: Db) {
  const known = new Map<string, Promise<Ground | undefined>>()
  const find = async (address: string): Promise<Ground | undefined> => {
    const url = canonical(address)
    if (!url) return undefined
    const sites = (await accountsOf(db)).find((one) => one.channel === 'comments' && one.state === 'connected' && String((one.settings as { sites?: string }).sites ?? '').split(' ').includes(url.origin))
    if (sites) return { accountId: sites.id, channel: 'comments', url: url.href, postId: null }
    const [slug, porch] = [slugIn(url.href), await accountOn(db, 'porch')]
    const standing = slug && porch ? await standingAt(db, porch.id, slug) : undefined
    return standing?.postId && porch ? { accountId: porch.id, channel: 'porch', url: url.href, postId: standing.postId } : undefined
  }
  return (address: string): Promise<Ground | undefined> => {
    const found = known.get(address) ?? find(address)
    known.set(address, found)
    return found
  }
}

/** Finds the ground of every comment; rows that are no comments go by as they are. */
export async function placeComments(db: Db, rows: readonly Row[]): Promise<{ rows: Row[]; comments: PlacedComment[]; errors: RowError[] }> {
  const groundOf = grounds(db)
  const result: { rows: Row[]; comments: PlacedComment[]; errors: RowError[] } = { rows: [], comments: [], errors: [] }
  for (const row of rows) {
    if (!row.comment) { result.rows.push(row); continue }
    const ground = await groundOf(row.thread)
    if (ground) result.comments.push({ row, ground }); else result.errors.push({ line: row.line, code: 'no-page', value: row.thread.slice(0, 80) })
  }
  return result
}

interface Known { readonly id: string; readonly talk: string }
const keyOf = (accountId: string, remote: string): string => `${accountId}\n${remote}`
async function standing(db: Db, wanted: readonly { readonly accountId: string; readonly remote: string }[]): Promise<Map<string, Known>> {
  const { rows } = await db.client.query<{ id: string; talk: string; account_id: string; remote_id: string }>(
    `select m.id, m.conversation_id as talk, m.account_id, m.remote_id from messages m join jsonb_to_recordset($2::jsonb) as x("accountId" uuid, remote text) on x."accountId" = m.account_id and x.remote = m.remote_id where m.workspace_id = $1`,
    [db.workspace, JSON.stringify(wanted)])
  return new Map(rows.map((row) => [keyOf(row.account_id, row.remote_id), { id: row.id, talk: row.talk }]))
}
/** The ids among these comments that are here already. */
export async function knownComments(db: Db, comments: readonly PlacedComment[]): Promise<Set<string>> {
  if (comments.length === 0) return new Set()
  const known = await standing(db, comments.map(({ row, ground }) => ({ accountId: ground.accountId, remote: row.id! })))
  return new Set(comments.filter(({ row, ground }) => known.has(keyOf(ground.accountId, row.id!))).map(({ row }) => row.id!))
}

interface Fresh extends PlacedComment { readonly id: string; readonly when: Date; readonly person: Placed }
function freshOf({ row, ground }: PlacedComment, at: Date): Fresh {
  const when = row.at ?? at
  const name = row.author ? `name:${fold(row.author)}` : ''
  const person = identityOf({ id: row.authorId || (readEmail(row.email) ? '' : name), email: row.email, said: row.id! })
  return { row, ground, id: newId(Math.max(0, when.getTime())), when, person: { ...row, authorId: '', remoteId: row.id!, root: row.id!, label: ground.channel, person, when } }
}

/** Keeps a batch of comments where they belong, with what they answer; those that are there already stay as they are. */
export async function keepComments(tx: Tx, target: Target, all: readonly PlacedComment[]): Promise<Kept> {
  await lockPeople(tx, all.map(({ ground }) => ground.channel))
  const here = await standing(tx, all.flatMap(({ row, ground }) => [row.id!, row.comment!.parent].filter(Boolean).map((remote) => ({ accountId: ground.accountId, remote }))))
  const fresh: Fresh[] = []
  const added = new Set<string>()
  for (const one of all) {
    const key = keyOf(one.ground.accountId, one.row.id!)
    if (!here.has(key) && !added.has(key)) { added.add(key); fresh.push(freshOf(one, target.at)) }
  }
  if (fresh.length === 0) return { made: 0, known: all.length, conversations: 0 }
  const people = await keepPeople(tx, target, fresh.map(({ person }) => person))
  const pages = await pagesOf(tx, fresh)
  const begun = await keepTalks(tx, target, { fresh, people, pages, here })
  await keepWords(tx, target, { fresh, people, here })
  await recountTalks(tx, fresh, here)
  return { made: fresh.length, known: all.length - fresh.length, conversations: begun }
}

async function pagesOf(tx: Tx, fresh: readonly Fresh[]): Promise<Map<string, string>> {
  const pages = new Map<string, string>()
  for (const { ground, row, when } of fresh) {
    if (ground.postId !== null || ground.pageless || pages.has(ground.url)) continue
    pages.set(ground.url, (await pageFor(tx, ground.accountId, { url: ground.url, title: row.subject, at: when })).id)
  }
  return pages
}

interface Keeping { readonly fresh: readonly Fresh[]; readonly people: ReadonlyMap<string, string>; readonly here: Map<string, Known> }
/** A first word begins a talk; what answers one joins it. What answers something that is not here begins one of its own. */
async function keepTalks(tx: Tx, target: Target, { fresh, people, pages, here }: Keeping & { readonly pages: ReadonlyMap<string, string> }): Promise<number> {
  const begun: object[] = []
  for (const { row, ground, id, when, person } of fresh) {
    const parent = row.comment!.parent ? here.get(keyOf(ground.accountId, row.comment!.parent)) : undefined
    const talk = parent?.talk ?? newId(Math.max(0, when.getTime()))
    here.set(keyOf(ground.accountId, row.id!), { id, talk })
    if (!parent) begun.push({ id: talk, channel: ground.channel, account: ground.accountId, contact: people.get(personKey(person)), post: ground.postId, page: pages.get(ground.url) ?? null, state: ground.pageless ? 'done' : 'open', root: row.id, subject: row.subject, lang: row.lang, last: when, text: glimpse(row.text) })
  }
  await insert(tx, `insert into conversations (id, channel, account_id, contact_id, post_id, page_id, state, root_ref, subject, lang, last_message_at, last_text, import_id)
    select id, channel, account, contact, post, page, state, root, subject, lang, last, text, '${target.importId}'::uuid
    from jsonb_to_recordset($1::jsonb) as x(id uuid, channel text, account uuid, contact uuid, post uuid, page uuid, state text, root text, subject text, lang text, last timestamptz, text text)`, begun)
  return begun.length
}

async function keepWords(tx: Tx, target: Target, { fresh, people, here }: Keeping): Promise<void> {
  await insert(tx, `insert into messages (id, conversation_id, direction, contact_id, author_name, text, html, lang, said_at, heard_at, channel, account_id, remote_id, remote_url, parent_id, post_id, visibility, moderation, held_because)
    select id, talk, 'in', contact, author, text, html, lang, "when", "when", channel, account, remote, url, parent, post, 'public', case when held then 'held' else 'shown' end, case when held then 'first' end
    from jsonb_to_recordset($1::jsonb) as x(id uuid, talk uuid, contact uuid, author text, text text, html text, lang text, "when" timestamptz, channel text, account uuid, remote text, url text, parent uuid, post uuid, held boolean)
    on conflict (workspace_id, account_id, remote_id) do nothing`,
  fresh.map(({ row, ground, id, when, person }) => ({
    id, talk: here.get(keyOf(ground.accountId, row.id!))!.talk, contact: people.get(personKey(person)), author: row.author || target.nobody, text: row.text, html: row.comment!.html ? sanitize(row.comment!.html, 'message') : null,
    lang: row.lang, when, channel: ground.channel, account: ground.accountId, remote: row.id, url: ground.pageless ? ground.url : `${ground.url}#${ground.postId === null ? 'stoa' : 'c'}-${row.id}`,
    parent: row.comment!.parent ? here.get(keyOf(ground.accountId, row.comment!.parent))?.id ?? null : null, post: ground.postId, held: row.comment!.held,
  })))
}

/** What the talks say of themselves, told anew of those that were touched. Nobody waits in what is history. */
async function recountTalks(tx: Tx, fresh: readonly Fresh[], here: ReadonlyMap<string, Known>): Promise<void> {
  const touched = [...new Set(fresh.map(({ row, ground }) => here.get(keyOf(ground.accountId, row.id!))!.talk))]
  await tx.client.query(`update conversations c set message_count = x.shown, held = x.held, last_message_at = x.at, last_text = left(x.text, 200), last_message_id = x.id
    from (select conversation_id, count(*) filter (where moderation = 'shown') as shown, count(*) filter (where moderation = 'held') as held, max(heard_at) as at,
      (array_agg(regexp_replace(text, '\\s+', ' ', 'g') order by heard_at desc, id desc))[1] as text, (array_agg(id order by heard_at desc, id desc))[1] as id
      from messages where conversation_id = any($2) and workspace_id = $1 and direction <> 'note' group by conversation_id) x
    where c.id = x.conversation_id and c.workspace_id = $1`, [tx.workspace, touched])
}
