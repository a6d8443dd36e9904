import { and, asc, eq, isNotNull, isNull, lte, sql, type SQL } from 'drizzle-orm'
import { mine, type Db, type Tx } from '#db/database.ts'
import { parseLine } from '../conversations/line.ts'
import { isActive } from '../conversations/compile.ts'
import { conversations } from '../conversations/tables.ts'
import type { House } from '../house.ts'
import { lockRouting } from '../routing/due.ts'
import { actOn, readyRules, type Rule } from './handler.ts'
import { termsHold, wordsSaid } from './match.ts'
import { aroundOf } from './perform.ts'
import { waitOf } from './rules.ts'
import { inboxRules, ruleRuns } from './tables.ts'

const c = conversations
// So many in one round; the rest in the next, a minute later.
const most = 200

/** Conversations whose moment has come by a rule of time, and when it came. */
export function momentOf({ when }: Pick<Rule, 'when'>): { readonly at: SQL; readonly stands: SQL | undefined } | undefined {
  if (when.on === 'unanswered') return { at: sql`(${c.waitingSince} + ${when.minutes} * interval '1 minute')`, stands: isNotNull(c.waitingSince) }
  // A wait shorter than the notice begins with its moment.
  if (when.on === 'due-soon') return { at: sql`greatest(${c.dueAt} - ${when.minutes} * interval '1 minute', ${c.waitingSince})`, stands: and(isNotNull(c.waitingSince), isNotNull(c.dueAt), eq(c.dueFor, c.waitingSince)) }
  return undefined
}

const subject = sql`'wait ' || to_char(${c.waitingSince} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

async function come(db: Db, rule: Rule, now: Date): Promise<readonly { id: string; since: Date }[]> {
  const [moment, read] = [momentOf(rule), parseLine(rule.line)]
  if (!moment || !read.ok) return []
  const rows = await db.select({ id: c.id, since: c.waitingSince }).from(c).where(and(
    termsHold(db, read.asked, now), read.asked.words === '' ? undefined : wordsSaid(db, read.asked.words), isActive(now), moment.stands,
    sql`${moment.at} <= ${now.toISOString()}::timestamptz`, sql`${moment.at} >= ${rule.since.toISOString()}::timestamptz`,
    sql`not exists (select 1 from ${ruleRuns} where ${mine(db, ruleRuns)} and ${ruleRuns.ruleId} = ${rule.id} and ${ruleRuns.conversationId} = ${c.id} and ${ruleRuns.subject} = ${subject})`,
  )).orderBy(asc(c.waitingSince), asc(c.id)).limit(most)
  return rows.flatMap(({ id, since }) => (since ? [{ id, since }] : []))
}

interface Waiting { readonly rule: Rule; readonly id: string; readonly since: Date }
/** Acts if rule and wait are as they were when they were looked for. False: this rule acts no more. */
async function actThen(tx: Tx, house: House, { rule, id, since }: Waiting): Promise<boolean> {
  await lockRouting(tx)
  const now = house.now()
  const same = (await readyRules(tx)).find((one) => one.id === rule.id && one.version === rule.version)
  const [still] = await tx.select({ id: c.id }).from(c).where(and(mine(tx, c), eq(c.id, id), eq(c.waitingSince, since))).limit(1)
  if (!same || !still) return same !== undefined
  const became = await actOn({ tx, now, around: await aroundOf(tx, null) }, same, { conversationId: id, subject: waitOf(since), happened: { is: [], at: now } })
  // Where nothing was left to do, it is not looked for again.
  if (became === 'nothing') await tx.insert(ruleRuns).values({ ruleId: rule.id, ruleName: rule.name, conversationId: id, subject: waitOf(since), did: [], at: now }).onConflictDoNothing()
  return became !== 'stopped'
}

/** What only time brings: each minute, every rule looks for whom its moment has come, once for each wait. */
export async function actOnTime(house: House, workspaceId: string): Promise<void> {
  const now = house.now()
  const rules = await house.database.read(workspaceId, (db) => db.select().from(inboxRules)
    .where(and(mine(db, inboxRules), isNull(inboxRules.pausedAt), lte(inboxRules.since, now), sql`${inboxRules.when}->>'on' in ('unanswered', 'due-soon')`)).orderBy(asc(inboxRules.place), asc(inboxRules.id)))
  for (const rule of rules) {
    for (const one of await house.database.read(workspaceId, (db) => come(db, rule, now))) {
      if (!await house.database.write(workspaceId, (tx) => actThen(tx, house, { rule, ...one }))) break
    }
  }
}
