import { sql } from 'drizzle-orm'
import type { Tx } from '#db/database.ts'
import { ringDue, type Publication } from './store.ts'

// For so long the answers of one talk leave in the order in which they were written; after that nobody is kept waiting for the one before.
const patience = '5 minutes'
const lookAgainMs = 1_000
const notGone = sql.raw(['scheduled', 'waiting', 'claimed', 'prepared', 'retry-wait', 'sending', 'unknown'].map((state) => `'${state}'`).join(', '))
const unsaid: readonly Publication['state'][] = ['scheduled', 'claimed', 'prepared', 'retry-wait']
const param = (values: readonly unknown[]) => sql.param(values)

/**
 * Which of those that are due have to wait for an answer said before them in the same talk. They are woken once it is out; what
 * failed, or waits for a person, holds nobody up.
 */
export async function behindOthers(tx: Tx, due: readonly Publication[], now: Date): Promise<ReadonlySet<string>> {
  const answers = due.filter((row) => row.messageId !== null && row.unsureSince === null && unsaid.includes(row.state))
  if (answers.length === 0) return new Set()
  const { rows } = await tx.execute<{ id: string }>(sql`update publications p set wake_at = ${new Date(now.getTime() + lookAgainMs).toISOString()}::timestamptz
    from messages m where p.id = any(${param(answers.map((row) => row.id))}::uuid[]) and m.id = p.message_id and exists (
      select 1 from messages e join publications q on q.id = e.publication_id
      where e.conversation_id = m.conversation_id and e.heard_at < m.heard_at and e.heard_at > ${now.toISOString()}::timestamptz - ${patience}::interval and q.state in (${notGone}))
    returning p.id`)
  return new Set(rows.map((row) => row.id))
}

/** Something of these talks is out: what waited behind it may go. */
export async function letNextGo(tx: Tx, conversationIds: readonly string[], now: Date): Promise<void> {
  if (conversationIds.length === 0) return
  const { rows } = await tx.execute(sql`update publications p set wake_at = ${now.toISOString()}::timestamptz
    from messages m where m.workspace_id = ${tx.workspace} and m.conversation_id = any(${param([...conversationIds])}::uuid[]) and m.heard_at > ${now.toISOString()}::timestamptz - ${patience}::interval
      and p.workspace_id = ${tx.workspace} and p.id = m.publication_id and p.state = 'scheduled' and p.because is null and p.lease_owner is null and p.wake_at is not null returning p.id`)
  if (rows.length > 0) await ringDue(tx)
}
