import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import type { Receipt } from '#kit/channel.ts'
import { faultpoint } from '#kit/faultpoint.ts'
import { mine, type Tx } from '#db/database.ts'
import { needsLogin } from '../accounts/store.ts'
import { emit, emitAll } from '../events/store.ts'
import { posts } from '../posts/tables.ts'
import { gateAfter, open } from './gates.ts'
import { letNextGo } from './in-turn.ts'
import type { Confirmed, Ending } from './ledger.ts'
import { lockPublication, move, ringDue, type Publication } from './store.ts'
import { accountGates, publications } from './tables.ts'

const param = (values: readonly unknown[]) => sql.param(values)

/** Each post is out with the first of its copies, and says so once. */
async function postsAreOut(tx: Tx, rows: readonly Publication[], now: Date): Promise<void> {
  const first = new Map(rows.filter((row) => row.postId !== null && row.kind === 'post').map((row) => [row.postId!, row]))
  if (first.size === 0) return
  const out = await tx.update(posts).set({ state: 'published', publishedAt: now, updatedAt: now })
    .where(and(mine(tx, posts), sql`${posts.id} = any(${param([...first.keys()])}::uuid[])`, ne(posts.state, 'published'), isNull(posts.publishedAt))).returning()
  await emitAll(tx, out.map((post) => ({
    name: 'post.published' as const, at: now, postId: post.id, memberId: post.authorId, ...(post.campaignId ? { campaignId: post.campaignId } : {}),
    data: {
      publicationId: first.get(post.id)!.id, channel: first.get(post.id)!.channel, intent: post.intent, lang: post.lang, title: post.title, format: post.format,
      ...(post.reviewed ?? { findings: [], similarity: 0, similarTo: null, invites: false }),
    },
  })))
}

/** The messages that are answers of ours, now with the network's name for them; the conversation of each by its publication. */
async function nameMessages(tx: Tx, done: readonly Confirmed[]): Promise<Map<string, string>> {
  const answers = done.filter(({ row }) => row.messageId !== null)
  if (answers.length === 0) return new Map()
  const { rows } = await tx.execute<{ id: string; conversation: string }>(sql`update messages m set remote_id = g.remote_id, remote_url = g.remote_url
    from unnest(${param(answers.map(({ row }) => row.messageId))}::uuid[], ${param(answers.map(({ receipt }) => receipt.id))}::text[], ${param(answers.map(({ receipt }) => receipt.url ?? null))}::text[]) as g(id, remote_id, remote_url)
    where m.workspace_id = ${tx.workspace} and m.id = g.id returning m.id, m.conversation_id as conversation`)
  const conversations = new Map(rows.map((row) => [row.id, row.conversation]))
  return new Map(answers.flatMap(({ row }) => { const conversation = conversations.get(row.messageId!); return conversation ? [[row.id, conversation] as const] : [] }))
}

async function closeAttempts(tx: Tx, rows: readonly Publication[], { outcome, detail, at }: { readonly outcome: string; readonly detail?: string | undefined; readonly at: Date }): Promise<void> {
  // By a list of ids, as above: a join alone is planned as if the table were all but empty, and then compares each with each.
  await tx.execute(sql`update attempts a set ended_at = ${at.toISOString()}::timestamptz, outcome = ${outcome}, detail = ${detail?.slice(0, 500) ?? null}
    where a.workspace_id = ${tx.workspace} and a.publication_id = any(${param(rows.map((row) => row.id))}::uuid[]) and a.ended_at is null
      and a.number = (select p.attempts from publications p where p.id = a.publication_id)`)
}

/** The parts that stand under these may go now: they know what they stand under. */
async function letFollow(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
  // One that is held may stand there already: it is asked after, not sent.
  const freed = await tx.update(publications).set({ state: sql`case when ${publications.state} = 'held' then 'held' else 'scheduled' end` as never, wakeAt: sql`greatest(${publications.dueAt}, ${now.toISOString()}::timestamptz)` as never, version: sql`${publications.version} + 1` as never })
    .where(and(mine(tx, publications), sql`${publications.parentId} = any(${param([...ids])}::uuid[])`, inArray(publications.state, ['waiting', 'held']))).returning({ id: publications.id })
  if (freed.length > 0) await ringDue(tx)
}

/** Its network has answered: whoever was waiting for that may try. */
async function openGates(tx: Tx, accountIds: readonly string[], now: Date): Promise<void> {
  const opened = await tx.update(accountGates).set(open)
    .where(and(mine(tx, accountGates), inArray(accountGates.accountId, [...accountIds]), sql`(${accountGates.failures} > 0 or ${accountGates.closedUntil} is not null)`))
    .returning({ id: accountGates.accountId })
  if (opened.length === 0) return
  // What a worker has taken up meanwhile is on its way: it is neither waited for nor taken from it.
  await tx.execute(sql`update publications set wake_at = ${now.toISOString()}::timestamptz where id in (select id from publications
    where workspace_id = ${tx.workspace} and account_id = any(${param(opened.map((one) => one.id))}::uuid[]) and because in ('paced', 'breaker') and lease_owner is null
      and wake_at > ${now.toISOString()}::timestamptz for update skip locked)`)
  await ringDue(tx)
}

// The list of ids says twice what the join says: a join alone is planned as if the table were all but empty.
/** The network has them: the one transaction that says so. What was settled meanwhile is left as it is. */
export async function confirmIn(tx: Tx, all: readonly Confirmed[], now: Date): Promise<Publication[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`update publications p set state = 'confirmed', because = null, remote_id = g.remote_id, remote_url = g.remote_url, more = g.more, confirmed_at = ${now.toISOString()}::timestamptz,
      wake_at = null, lease_owner = null, lease_until = null, looks = 0, alerted_at = null, read_back_due = g.look_at, read_back_at = g.seen_at, read_backs = 0, version = p.version + 1
    from unnest(${param(all.map(({ row }) => row.id))}::uuid[], ${param(all.map(({ row }) => row.version))}::int[], ${param(all.map(({ receipt }) => receipt.id))}::text[],
      ${param(all.map(({ receipt }) => receipt.url ?? null))}::text[], ${param(all.map(({ receipt }) => (receipt.more ? JSON.stringify(receipt.more) : null)))}::jsonb[],
      ${param(all.map(({ lookAt }) => lookAt?.toISOString() ?? null))}::timestamptz[], ${param(all.map(({ seenAt }) => seenAt?.toISOString() ?? null))}::timestamptz[]) as g(id, version, remote_id, remote_url, more, look_at, seen_at)
    where p.workspace_id = ${tx.workspace} and p.id = any(${param(all.map(({ row }) => row.id))}::uuid[]) and p.id = g.id and p.version = g.version and p.state in ('sending', 'unknown', 'needs-person', 'auth-needed', 'held') returning p.id`)
  const settled = new Set(rows.map((row) => row.id))
  const done = all.filter(({ row }) => settled.has(row.id))
  if (done.length === 0) return []
  const done_ = done.map(({ row }) => row)
  await closeAttempts(tx, done_, { outcome: 'confirmed', at: now })
  const conversations = await nameMessages(tx, done)
  faultpoint('outbox.before')
  await emitAll(tx, done_.map((row) => ({
    name: 'publication.confirmed' as const, at: now, ...(row.postId ? { postId: row.postId } : {}), ...(conversations.has(row.id) ? { conversationId: conversations.get(row.id)! } : {}),
    data: { publicationId: row.id, channel: row.channel, kind: row.kind },
  })))
  await postsAreOut(tx, done_, now)
  faultpoint('outbox.after')
  await letFollow(tx, done_.map((row) => row.id), now)
  await letNextGo(tx, [...new Set(conversations.values())], now)
  await openGates(tx, [...new Set(done_.map((row) => row.accountId))], now)
  return done_
}

/** The same for one, by its id. Undefined when it was settled already. */
export async function confirm(tx: Tx, id: string, { receipt, at }: { readonly receipt: Receipt; readonly at: Date }): Promise<Publication | undefined> {
  const row = await lockPublication(tx, id)
  return row && (await confirmIn(tx, [{ row, receipt }], at))[0]
}

/** What a call told of how we stand towards its account. */
export async function noteCall(tx: Tx, row: Pick<Publication, 'accountId'>, { trouble, until, at }: { readonly trouble: NonNullable<Ending['trouble']>; readonly until: Date | null; readonly at: Date }): Promise<void> {
  const of = and(mine(tx, accountGates), eq(accountGates.accountId, row.accountId))
  // One row for all who meet the same wall at once: each is counted.
  if (['paced', 'unreached', 'unknown'].includes(trouble)) await tx.insert(accountGates).values({ accountId: row.accountId }).onConflictDoNothing()
  const [gate] = await tx.select().from(accountGates).where(of).for('update')
  if (gate) await tx.update(accountGates).set(gateAfter(gate, trouble, { now: at, until })).where(of)
}

const told = ['needs-person', 'auth-needed', 'refused', 'held']
/** A try that did not end in a receipt, or a wait that begins before any try. */
export async function restIn(tx: Tx, row: Publication, { rest, outcome, detail, trouble, doubt, at }: Ending & { readonly at: Date }): Promise<Publication | undefined> {
  const moved = await move(tx, row, { to: rest.to, at, set: {
    because: rest.because, wakeAt: rest.until, looks: outcome === 'looked' ? row.looks + 1 : doubt ? 0 : row.looks,
    ...(doubt && row.unsureSince === null ? { unsureSince: at } : {}), ...(rest.afresh ? { preparedAt: null } : {}),
  } })
  if (!moved) return undefined
  await closeAttempts(tx, [row], { outcome, detail, at })
  if (trouble) await noteCall(tx, row, { trouble, until: rest.until, at })
  if (rest.because === 'expired') await needsLogin(tx, row.accountId, { at, because: 'expired' })
  if (told.includes(rest.to) && row.state !== rest.to) {
    await emit(tx, 'publication.refused', { at, ...(row.postId ? { postId: row.postId } : {}), data: { publicationId: row.id, channel: row.channel, because: rest.because ?? rest.to } })
  }
  return moved
}

/** Keeps what was readied for it. */
export async function keepIn(tx: Tx, row: Publication, kept: Partial<typeof publications.$inferInsert>): Promise<Publication | undefined> {
  const [saved] = await tx.update(publications).set({ ...kept, version: row.version + 1 }).where(and(mine(tx, publications), eq(publications.id, row.id), eq(publications.version, row.version))).returning()
  return saved
}
