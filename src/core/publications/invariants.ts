import type { Db } from '#db/database.ts'
import { sql, type SQL } from 'drizzle-orm'
import type { Idempotency } from './rules.ts'
import { openStates } from './states.ts'

export interface Invariant { readonly name: 'I1' | 'I2' | 'I3' | 'I4' | 'I5'; readonly says: string; readonly checked: number; readonly broken: number; readonly ids: readonly string[] }

// What of an attempt's outcomes proves that nothing of it arrived.
const never = sql.raw(`('refused', 'expired', 'paced', 'unreached', 'stale', 'unsent')`)
const list = (all: readonly string[]): SQL => sql.join(all.map((one) => sql`${one}`), sql`, `)

/** What must be true of every publication at every moment, whatever failed; over all workspaces the handle sees. */
export async function invariants(db: Db, { now, classOf }: { readonly now: Date; readonly classOf: (channel: string) => Idempotency | undefined }): Promise<Invariant[]> {
  const channels = (await db.execute<{ channel: string }>(sql`select distinct channel from publications`)).rows.map((row) => row.channel)
  const unkeyed = channels.filter((channel) => ['content-refusal', 'read-back', 'blind'].includes(classOf(channel) ?? ''))
  const look = async (name: Invariant['name'], says: string, rows: SQL): Promise<Invariant> => {
    const found = await db.execute<{ id: string; broken: boolean }>(rows)
    const broken = found.rows.filter((row) => row.broken)
    return { name, says, checked: found.rows.length, broken: broken.length, ids: broken.slice(0, 10).map((row) => row.id) }
  }
  return [
    await look('I1', 'Where the network keeps no key of ours, nothing was tried again unasked once it may have arrived', sql`
      select p.id, count(*) > 1 + max(p.approvals) as broken from publications p join attempts a on a.publication_id = p.id
      where p.channel in (${unkeyed.length > 0 ? list(unkeyed) : sql`''`}) and (a.outcome is null or a.outcome not in ${never}) group by p.id`),
    await look('I2', 'What is confirmed has the network’s id, and was there when it was looked for', sql`select id, remote_id is null or confirmed_at is null or because is not distinct from 'not-seen' as broken from publications where state = 'confirmed'`),
    await look('I3', 'Nothing stands beyond the deadline of its state without somebody having been told', sql`
      select id, alerted_at is null and deadline < ${new Date(now.getTime() - 2 * 60_000).toISOString()}::timestamptz as broken from publications where state in (${list(openStates)})`),
    await look('I4', 'What was sent are the bytes that were frozen', sql`
      select p.id, bool_or(a.hash <> p.wire_hash) as broken from publications p join attempts a on a.publication_id = p.id and a.key = p.key
      where a.number = p.attempts and p.state in ('sending', 'unknown') and p.prepared_at is not null and a.hash is not null group by p.id`),
    await look('I5', 'Each thing on a network is one publication', sql`
      select min(id::text) as id, count(*) > 1 as broken from publications where remote_id is not null group by workspace_id, account_id, remote_id`),
  ]
}
