import { and, eq, inArray, sql } from 'drizzle-orm'
import { newId } from '#kit/id.ts'
import { Refusal } from '#kit/refusal.ts'
import { fold } from '#text/fold.ts'
import { EVERY, mine, type Db, type Tx } from '#db/database.ts'
import { conversations, messages } from '../conversations/tables.ts'
import { emit } from '../events/store.ts'
import type { House } from '../house.ts'
import { members } from '../members/tables.ts'
import { publications } from '../publications/tables.ts'
import { clearConversation, clearHanded, clearImports, clearTheirs, conversationsOf, type Counts, type Whose } from './erase-words.ts'
import './happenings.ts'
import { tablesOfPeople } from './merge.ts'
import { everBeen } from './merged.ts'
import { lockPeople } from './people.ts'
import { eraseOwn } from './personal.ts'
import { signReceipt, type Receipt } from './receipt.ts'
import { NOBODY, signsOf, type Traced } from './signs.ts'
import { contactById } from './store.ts'
import { remains, sweep } from './sweep.ts'
import { contactMerges, contacts, contactsApart, erasures, identities } from './tables.ts'

type Row = typeof erasures.$inferSelect
type Erasing = Pick<House, 'database' | 'dataDir' | 'hosts' | 'now' | 'origin'>

async function traced(db: Db, ids: readonly string[]): Promise<Traced & { readonly channels: readonly string[] }> {
  const people = await db.select().from(contacts).where(and(mine(db, contacts), inArray(contacts.id, [...ids])))
  const own = await db.select().from(identities).where(and(mine(db, identities), inArray(identities.contactId, [...ids])))
  const called = await db.selectDistinct({ name: messages.authorName }).from(messages).where(and(mine(db, messages), inArray(messages.contactId, [...ids])))
  const names = [...new Set([...people, ...called].map((one) => one.name).filter((name) => name !== NOBODY && name !== ''))]
  return { names, emails: people.map((one) => one.email), identities: own, channels: own.map((one) => one.channel) }
}

/** What of this others share, folded: it is not by this that somebody is known again. */
async function shared(db: Db, person: Traced, ids: readonly string[]): Promise<Set<string>> {
  const strings = [...person.names, ...person.emails.filter((email) => email !== null), ...person.identities.flatMap(({ handle, url, remoteId, picture }) => [handle, url ?? '', remoteId, picture ?? ''])].filter(Boolean)
  const all = sql`${sql.param(strings)}::text[]`
  const not = sql`not (${sql.identifier('contact_id')} = any(${sql.param(ids)}::uuid[]))`
  const { rows } = await db.execute<{ sign: string }>(sql`
    select name as sign from contacts where workspace_id = ${db.workspace} and name = any(${all}) and erased_at is null and not (id = any(${sql.param(ids)}::uuid[]))
    union select email from contacts where workspace_id = ${db.workspace} and email = any(${all}) and not (id = any(${sql.param(ids)}::uuid[]))
    union select handle from identities where workspace_id = ${db.workspace} and handle = any(${all}) and ${not}
    union select url from identities where workspace_id = ${db.workspace} and url = any(${all}) and ${not}
    union select picture from identities where workspace_id = ${db.workspace} and picture = any(${all}) and ${not}
    union select name from members where workspace_id = ${db.workspace} union select email from members where workspace_id = ${db.workspace} and email is not null
    union select handle from accounts where workspace_id = ${db.workspace} union select name from accounts where workspace_id = ${db.workspace}
    union select email from workspaces where id = ${db.workspace} and email is not null union select name from workspaces where id = ${db.workspace}`)
  return new Set(rows.map((row) => fold(row.sign)))
}

/** Nothing of theirs may be on its way: what was begun comes to its end first, and what was not is dropped. */
async function refuseUnderway(tx: Tx, ids: readonly string[]): Promise<void> {
  const answers = and(mine(tx, publications), inArray(publications.messageId, tx.select({ id: messages.id }).from(messages).innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(and(mine(tx, messages), eq(messages.direction, 'out'), inArray(conversations.contactId, [...ids])))))
  const [busy] = await tx.select({ id: publications.id }).from(publications).where(and(answers, inArray(publications.state, ['sending', 'unknown', 'retry-wait', 'claimed']))).limit(1)
  const { rows } = await tx.execute(sql`select 1 from imports i join conversations c on c.import_id = i.id where c.workspace_id = ${tx.workspace} and c.contact_id = any(${sql.param(ids)}::uuid[]) and i.state in ('waiting', 'running') limit 1`)
  if (busy || rows.length > 0) throw new Refusal('erasure_waits')
  await tx.update(publications).set({ state: 'cancelled', because: 'dropped', wakeAt: null, leaseOwner: null, leaseUntil: null, version: sql`${publications.version} + 1` as never })
    .where(and(answers, inArray(publications.state, ['scheduled', 'waiting', 'prepared', 'held', 'needs-person', 'auth-needed'])))
}

/** Writes down that somebody is to be erased. Asked again it is the same erasure. */
export async function beginErasure(tx: Tx, { contactId, memberId, at }: { readonly contactId: string; readonly memberId: string | null; readonly at: Date }): Promise<Row> {
  const contact = await contactById(tx, contactId)
  await tx.select({ id: contacts.id }).from(contacts).where(and(mine(tx, contacts), eq(contacts.id, contact.id))).for('update')
  const [known] = await tx.select().from(erasures).where(and(mine(tx, erasures), eq(erasures.contactId, contact.id)))
  if (known) return known
  const ids = await everBeen(tx, contact.id)
  await refuseUnderway(tx, ids)
  const person = await traced(tx, ids)
  const [made] = await tx.insert(erasures).values({ id: newId(at.getTime()), contactId: contact.id, signs: signsOf(person, await shared(tx, person, ids)), memberId, askedAt: at }).returning()
  return made!
}

const added = (counts: Readonly<Counts>, more: Readonly<Counts>): Counts => {
  const sum: Counts = { ...counts }
  for (const [name, count] of Object.entries(more)) if (count > 0) sum[name] = (sum[name] ?? 0) + count
  return sum
}

interface Run { readonly house: Erasing; readonly workspaceId: string; readonly erasureId: string }
/** One step in one transaction, with its figures: killed at any moment, the next run goes on from the last whole step. */
async function step<T>({ house, workspaceId, erasureId }: Run, work: (tx: Tx, row: Row) => Promise<{ readonly counts?: Counts; readonly elsewhere?: readonly string[]; readonly result: T }>): Promise<T> {
  return await house.database.write(workspaceId, async (tx) => {
    await tx.execute(sql`select set_config('statement_timeout', '0', true), set_config('stoa.erasing', 'on', true)`)
    const [row] = await tx.select().from(erasures).where(and(mine(tx, erasures), eq(erasures.id, erasureId))).for('update')
    if (!row) throw new Refusal('not_found')
    const { counts = {}, elsewhere = [], result } = await work(tx, row)
    if (Object.keys(counts).length > 0 || elsewhere.length > 0) {
      await tx.update(erasures).set({ counts: added(row.counts, counts), elsewhere: [...new Set([...row.elsewhere, ...elsewhere])] }).where(and(mine(tx, erasures), eq(erasures.id, erasureId)))
    }
    return result
  })
}

/** Where answers of ours that spoke of them stand in public, out of our reach. */
async function standingElsewhere(tx: Tx, changed: readonly string[]): Promise<string[]> {
  if (changed.length === 0) return []
  const rows = await tx.select({ url: publications.remoteUrl }).from(publications).where(and(mine(tx, publications), inArray(publications.id, [...changed]), eq(publications.state, 'confirmed'), eq(publications.kind, 'reply')))
  return rows.flatMap(({ url }) => url ?? [])
}

async function clearWords(run: Run, whose: Whose): Promise<void> {
  for (const id of await step(run, async (tx) => ({ result: await conversationsOf(tx, whose) }))) {
    await step(run, async (tx) => {
      const { counts, changed } = await clearConversation(tx, id, whose)
      return { counts, elsewhere: await standingElsewhere(tx, changed), result: undefined }
    })
  }
  await step(run, async (tx) => ({ counts: { imports: await clearImports(tx, whose) }, result: undefined }))
  for (;;) if (!await step(run, async (tx) => { const { counts, more } = await clearTheirs(tx, whose); return { counts, result: more } })) break
}

/** What other rooms keep of them by their addresses and ids: before these are gone from the card. */
async function clearElsewhere(tx: Tx, whose: Whose): Promise<Counts> {
  const { emails, identities: own } = await traced(tx, whose.ids)
  const names = own.flatMap((one) => [one.remoteId, one.url ?? one.remoteId])
  const mailed = own.flatMap((one) => (one.remoteId.startsWith('mailto:') ? [one.remoteId.slice(7)] : []))
  const handed = await clearHanded(tx, names.flatMap((name) => [name, `chat ${name.replace(/^v:/, '')}`]), whose)
  return added({ files: handed }, await eraseOwn(tx, { emails: [...emails.filter((email) => email !== null), ...mailed], ids: names }))
}

const kept = ['conversations', 'messages', 'identities']
/** Everything that says who they were, at once; heard of again from here on, they are somebody new. */
async function clearPerson(tx: Tx, whose: Whose, row: Row): Promise<Counts> {
  const own = await tx.select().from(identities).where(and(mine(tx, identities), inArray(identities.contactId, [...whose.ids])))
  await lockPeople(tx, own.map((one) => one.channel))
  let counts: Counts = {}
  // What they said while this went on.
  for (let more = true; more;) { const late = await clearTheirs(tx, whose); counts = added(counts, late.counts); more = late.more }
  const ids = sql`${sql.param(whose.ids)}::uuid[]`
  for (const table of await tablesOfPeople(tx)) {
    if (kept.includes(table)) continue
    counts = added(counts, { [table]: (await tx.execute(sql`delete from ${sql.identifier(table)} where workspace_id = ${tx.workspace} and contact_id = any(${ids})`)).rowCount ?? 0 })
  }
  await tx.delete(contactMerges).where(and(mine(tx, contactMerges), inArray(contactMerges.intoId, [...whose.ids])))
  await tx.delete(contactsApart).where(and(mine(tx, contactsApart), sql`(${contactsApart.oneId} = any(${ids}) or ${contactsApart.otherId} = any(${ids}))`))
  const told = await tx.execute(sql`update events set data = data - 'reason' - 'words' - 'handle' || case when data ? 'reason' then '{"reason":""}' else '{}' end::jsonb || case when data ? 'words' then '{"words":""}' else '{}' end::jsonb
    || case when data ? 'handle' then '{"handle":""}' else '{}' end::jsonb where workspace_id = ${tx.workspace} and contact_id = any(${ids}) and data ?| array['reason', 'words', 'handle']`)
  await tx.delete(identities).where(and(mine(tx, identities), inArray(identities.contactId, [...whose.ids])))
  await tx.update(contacts).set({ name: NOBODY, email: null, lang: null, note: '', tags: [], erasedAt: whose.at }).where(and(mine(tx, contacts), inArray(contacts.id, [...whose.ids])))
  await emit(tx, 'contact.erased', { at: whose.at, contactId: row.contactId, ...(row.memberId ? { memberId: row.memberId } : {}), data: { erasureId: row.id } })
  return added(counts, { identities: own.length, events: told.rowCount ?? 0 })
}

async function seal({ house, erasureId }: Run, tx: Tx, row: Row): Promise<Receipt> {
  const [member] = row.memberId === null ? [] : await tx.select({ name: members.name }).from(members).where(and(mine(tx, members), eq(members.id, row.memberId)))
  const receipt = signReceipt(house.hosts.secret('erasures'), {
    stoa: 'erasure', version: 1, id: erasureId, workspace: row.workspaceId, contact: row.contactId, askedAt: row.askedAt.toISOString(), endedAt: house.now().toISOString(), by: member?.name ?? 'stoa person erase',
    counts: { ...row.counts }, left: await remains(tx, row.signs?.everywhere ?? []), elsewhere: row.elsewhere.filter((url) => !url.startsWith(house.origin)),
  })
  await tx.update(erasures).set({ state: 'done', signs: null, endedAt: house.now(), receipt: receipt as never }).where(and(mine(tx, erasures), eq(erasures.id, erasureId)))
  return receipt
}

/** Erases a person, from the beginning or from wherever it was broken off; the receipt, once nothing of them is left. */
export async function runErasure(house: Erasing, { workspaceId, erasureId }: Omit<Run, 'house'>): Promise<Receipt> {
  const run: Run = { house, workspaceId, erasureId }
  const { row, ids } = await step(run, async (tx, found) => ({ result: { row: found, ids: await everBeen(tx, found.contactId) } }))
  if (row.state === 'done') return row.receipt as unknown as Receipt
  const whose: Whose = { ids, signs: row.signs ?? { everywhere: [], near: [] }, at: house.now(), dataDir: house.dataDir }
  await clearWords(run, whose)
  await step(run, async (tx) => ({ counts: await clearElsewhere(tx, whose), result: undefined }))
  const swept = await sweep((work) => step(run, async (tx) => ({ result: await work(tx) })), whose.signs.everywhere)
  await step(run, async (tx, now) => {
    const [contact] = await tx.select({ erasedAt: contacts.erasedAt }).from(contacts).where(and(mine(tx, contacts), eq(contacts.id, now.contactId)))
    return { counts: added({ 'mentions elsewhere': swept }, contact?.erasedAt ? {} : await clearPerson(tx, whose, now)), result: undefined }
  })
  return await step(run, async (tx, now) => ({ result: now.state === 'done' ? now.receipt as unknown as Receipt : await seal(run, tx, now) }))
}

/** Those that a stop of the house broke off. */
export async function unfinishedErasures(house: Pick<House, 'database'>): Promise<{ workspaceId: string; erasureId: string }[]> {
  return await house.database.read(EVERY, (db) => db.select({ workspaceId: erasures.workspaceId, erasureId: erasures.id }).from(erasures).where(eq(erasures.state, 'running')))
}

export async function erasureOf(db: Db, contactId: string): Promise<{ state: Row['state']; receipt: Receipt | null } | null> {
  const [row] = await db.select({ state: erasures.state, receipt: erasures.receipt }).from(erasures).where(and(mine(db, erasures), eq(erasures.contactId, contactId)))
  return row ? { state: row.state, receipt: row.receipt as unknown as Receipt | null } : null
}
