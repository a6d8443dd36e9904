import { and, desc, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import { newId } from '#kit/id.ts'
import { mine, type Tx } from '#db/database.ts'
import { admit, open, windowOf, type Gate } from './gates.ts'
import type { Intent, Pace } from './ledger.ts'
import { deadlineOf, type State } from './states.ts'
import { lockPublication, type Publication } from './store.ts'
import { accountGates, attempts, pauses, publications } from './tables.ts'

export interface Wanting { readonly row: Publication; readonly pace: Pace | undefined }
/** `owner`: the worker that takes it up with this; without one it holds the lease already. */
export interface Lease { readonly now: Date; readonly until: Date; readonly owner?: string }
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

async function sorted(tx: Tx, wanting: readonly Wanting[], now: Date): Promise<{ go: Publication[]; later: Later[] }> {
  const [paused] = await tx.select({ id: pauses.id }).from(pauses).where(and(mine(tx, pauses), isNull(pauses.endedAt))).limit(1)
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

// As one value: a statement of ten thousand parameters takes longer to write than to run.
async function writeAttempts(tx: Tx, intents: readonly Intent[], now: Date): Promise<void> {
  const rows = intents.map(({ row, attemptId }) => ({ id: attemptId, publication_id: row.id, number: row.attempts, account_id: row.accountId, key: row.key, hash: row.wireHash, lease_no: row.leaseNo, approved_by: row.approvedBy }))
  await tx.execute(sql`insert into attempts (id, workspace_id, publication_id, number, started_at, account_id, key, hash, lease_no, approved_by)
    select id, ${tx.workspace}, publication_id, number, ${now.toISOString()}::timestamptz, account_id, key, hash, lease_no, approved_by
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, publication_id uuid, number int, account_id uuid, key uuid, hash text, lease_no int, approved_by uuid)`)
}

/** In one transaction for many: whoever may go is `sending` from here on, with its attempt written down. */
export async function intendIn(tx: Tx, wanting: readonly Wanting[], { now, until, owner }: Lease): Promise<Intent[]> {
  const { go, later } = await sorted(tx, wanting, now)
  if (later.length > 0) await putOff(tx, later, now)
  if (go.length === 0) return []
  const deadline = deadlineOf('sending', { now, dueAt: now })!
  const begun = await tx.update(publications).set({
    state: 'sending', because: null, attempts: sql`${publications.attempts} + 1` as never, version: sql`${publications.version} + 1` as never, deadline, alertedAt: null,
    firstTriedAt: sql`coalesce(${publications.firstTriedAt}, ${now.toISOString()}::timestamptz)` as never, wakeAt: until, leaseUntil: until,
    ...(owner === undefined ? {} : { leaseOwner: owner, leaseNo: sql`${publications.leaseNo} + 1` as never }),
  }).where(and(mine(tx, publications), sql`${publications.id} = any(${param(go.map((row) => row.id))}::uuid[])`, inArray(publications.state, ['scheduled', 'claimed', 'prepared', 'retry-wait', 'unknown', 'held']),
    sql`(${publications.id}, ${publications.version}) in (select * from unnest(${param(go.map((row) => row.id))}::uuid[], ${param(go.map((row) => row.version))}::int[]))`))
    .returning({ id: publications.id, attempts: publications.attempts, version: publications.version, firstTriedAt: publications.firstTriedAt, leaseNo: publications.leaseNo, leaseOwner: publications.leaseOwner })
  const known = new Map(go.map((row) => [row.id, row]))
  const intents = begun.map((one): Intent => ({
    attemptId: newId(now.getTime()), row: { ...known.get(one.id)!, ...one, state: 'sending', because: null, deadline, wakeAt: until, leaseUntil: until },
  }))
  if (intents.length > 0) await writeAttempts(tx, intents, now)
  return intents
}

/** The intent to send one, by its id: for stories of the past and for tests. Undefined: not ours to send now. */
export async function beginAttempt(tx: Tx, id: string, now: Date): Promise<Publication | undefined> {
  const row = await lockPublication(tx, id)
  return row && (await intendIn(tx, [{ row, pace: undefined }], { now, until: now }))[0]?.row
}
