import { and, desc, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import { newId } from '#kit/id.ts'
import { mine, type Tx } from '#db/database.ts'
import { admit, open, windowOf, type Gate } from './gates.ts'
import type { Intent, Pace } from './ledger.ts'
import { deadlineOf, type State } from './states.ts'
import { lockPublication, type Publication } from './store.ts'
import { accountGates, attempts, pauses } from './tables.ts'

export interface Wanting { readonly row: Publication; readonly pace: Pace | undefined }
/** `owner`: the worker that takes it up with this; without one it holds the lease already. */
export interface Lease { readonly now: Date; readonly until: Date; readonly owner?: string; /** It has just been seen that the workspace is not paused. */ readonly unpaused?: true }
interface Later { readonly row: Publication; readonly to: State; readonly because: string; readonly until: Date | null }

/** The accounts' gates, locked: of several workers one at a time lets somebody through. */
async function lockGates(tx: Tx, wanting: readonly Wanting[]): Promise<Map<string, Gate>> {
  const paced = [...new Set(wanting.filter((one) => one.pace).map((one) => one.row.accountId))].toSorted()
  if (paced.length > 0) await tx.insert(accountGates).values(paced.map((accountId) => ({ accountId }))).onConflictDoNothing()
  const ids = [...new Set(wanting.map((one) => one.row.accountId))]
  const rows = await tx.select().from(accountGates).where(and(mine(tx, accountGates), inArray(accountGates.accountId, ids))).orderBy(accountGates.accountId).for('update')
  return new Map(rows.map((row) => [row.accountId, row]))
}
async function lately(tx: Tx, accountId: string, { pace, now }: { readonly pace: Pace; readonly now: Date }): Promise<Date[]> {
  const since = new Date(now.getTime() - windowOf(pace))
  const rows = await tx.select({ at: attempts.startedAt }).from(attempts).where(and(mine(tx, attempts), eq(attempts.accountId, accountId), gt(attempts.startedAt, since))).orderBy(desc(attempts.startedAt)).limit(pace.sends)
  return rows.map((row) => row.at)
}

const waitsAs = (row: Publication): State => (row.unsureSince === null ? 'scheduled' : row.state === 'held' ? 'held' : 'unknown')
const isSpoken = (row: Pick<Publication, 'messageId'>): boolean => row.messageId !== null

async function sorted(tx: Tx, wanting: readonly Wanting[], { now, unpaused }: Lease): Promise<{ go: Publication[]; later: Later[] }> {
  const [paused] = unpaused ? [] : await tx.select({ id: pauses.id }).from(pauses).where(and(mine(tx, pauses), isNull(pauses.endedAt))).limit(1)
  const later: Later[] = []
  const go: Publication[] = []
  const gates = await lockGates(tx, wanting)
  const may = wanting.filter(({ row }) => {
    if (paused && !isSpoken(row) && row.unsureSince === null) { later.push({ row, to: 'scheduled', because: 'paused', until: null }); return false }
    return true
  })
  for (const [accountId, own] of Map.groupBy(may, (one) => one.row.accountId)) {
    const gate = gates.get(accountId) ?? open
    const pace = own[0]!.pace
    const let_ = admit({ gate, pace, recent: pace ? await lately(tx, accountId, { pace, now }) : [], wanted: own.length, now })
    if (let_.gate !== gate) await tx.update(accountGates).set(let_.gate).where(and(mine(tx, accountGates), eq(accountGates.accountId, accountId)))
    own.forEach(({ row }, n) => { if (n < let_.now) go.push(row); else later.push({ row, to: waitsAs(row), because: let_.because, until: let_.later(n - let_.now) }) })
  }
  return { go, later }
}

const param = (values: readonly unknown[]) => sql.param(values)
async function putOff(tx: Tx, later: readonly Later[], now: Date): Promise<void> {
  for (const [to, rows] of Map.groupBy(later, (one) => one.to)) {
    const patience = deadlineOf(to, { now, dueAt: now })!.getTime() - now.getTime()
    await tx.execute(sql`update publications p set state = ${to}, because = l.because, wake_at = l.until, version = p.version + 1, lease_owner = null, lease_until = null, alerted_at = null,
        deadline = coalesce(l.until, ${now.toISOString()}::timestamptz) + ${`${patience} milliseconds`}::interval
      from unnest(${param(rows.map((one) => one.row.id))}::uuid[], ${param(rows.map((one) => one.row.version))}::int[], ${param(rows.map((one) => one.because))}::text[], ${param(rows.map((one) => one.until?.toISOString() ?? null))}::timestamptz[]) as l(id, version, because, until)
      where p.workspace_id = ${tx.workspace} and p.id = any(${param(rows.map((one) => one.row.id))}::uuid[]) and p.id = l.id and p.version = l.version`)
  }
}

/**
 * `sending`, and its attempt beside it, in one statement. As one value: a statement of ten thousand parameters takes longer
 * to write than to run. Whoever changed meanwhile is left out.
 */
async function begin(tx: Tx, intents: readonly Intent[], { now, until, owner, deadline }: Lease & { readonly deadline: Date }): Promise<Set<string>> {
  const leased = owner === undefined ? sql`` : sql`, lease_owner = ${owner}`
  const { rows } = await tx.execute<{ id: string }>(sql`with begun as (
      update publications p set state = 'sending', because = null, attempts = p.attempts + 1, version = p.version + 1, deadline = ${deadline.toISOString()}::timestamptz, alerted_at = null,
        first_tried_at = coalesce(p.first_tried_at, ${now.toISOString()}::timestamptz), wake_at = ${until.toISOString()}::timestamptz, lease_until = ${until.toISOString()}::timestamptz, lease_no = w.lease_no${leased}
      from unnest(${param(intents.map(({ row }) => row.id))}::uuid[], ${param(intents.map(({ row }) => row.version))}::int[], ${param(intents.map(({ row }) => row.leaseNo))}::int[], ${param(intents.map(({ attemptId }) => attemptId))}::uuid[]) as w(id, version, lease_no, attempt_id)
      where p.workspace_id = ${tx.workspace} and p.id = any(${param(intents.map(({ row }) => row.id))}::uuid[]) and p.id = w.id and p.version = w.version - 1
        and p.state in ('scheduled', 'claimed', 'prepared', 'retry-wait', 'unknown', 'held')
      returning w.attempt_id, p.id, p.attempts, p.account_id, p.key, p.wire_hash, p.lease_no, p.approved_by),
    written as (insert into attempts (id, workspace_id, publication_id, number, started_at, account_id, key, hash, lease_no, approved_by)
      select attempt_id, ${tx.workspace}, id, attempts, ${now.toISOString()}::timestamptz, account_id, key, wire_hash, lease_no, approved_by from begun)
    select id from begun`)
  return new Set(rows.map((row) => row.id))
}

/** In one transaction for many: whoever may go is `sending` from here on, with its attempt written down. */
export async function intendIn(tx: Tx, wanting: readonly Wanting[], lease: Lease): Promise<Intent[]> {
  const { now, until, owner } = lease
  const { go, later } = await sorted(tx, wanting, lease)
  if (later.length > 0) await putOff(tx, later, now)
  if (go.length === 0) return []
  const deadline = deadlineOf('sending', { now, dueAt: now })!
  const taken = owner === undefined ? {} : { leaseOwner: owner }
  const intents = go.map((row): Intent => ({
    attemptId: newId(now.getTime()),
    row: {
      ...row, ...taken, state: 'sending', because: null, attempts: row.attempts + 1, version: row.version + 1, leaseNo: owner === undefined ? row.leaseNo : row.leaseNo + 1,
      deadline, alertedAt: null, firstTriedAt: row.firstTriedAt ?? now, wakeAt: until, leaseUntil: until,
    },
  }))
  const begun = await begin(tx, intents, { ...lease, deadline })
  return intents.filter(({ row }) => begun.has(row.id))
}

/** The intent to send one, by its id: for stories of the past and for tests. Undefined: not ours to send now. */
export async function beginAttempt(tx: Tx, id: string, now: Date): Promise<Publication | undefined> {
  const row = await lockPublication(tx, id)
  return row && (await intendIn(tx, [{ row, pace: undefined }], { now, until: now }))[0]?.row
}
