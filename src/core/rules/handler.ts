import { and, asc, count, eq, gt, isNull, sql } from 'drizzle-orm'
import type { AnyEvent } from '#kit/events.ts'
import { mine, type Tx } from '#db/database.ts'
import { parseLine } from '../conversations/line.ts'
import { conversations, messages } from '../conversations/tables.ts'
import type { Handler } from '../events/dispatch.ts'
import { emit } from '../events/store.ts'
import { lockRouting } from '../routing/due.ts'
import { saysWords, termsHold, wordsSaid } from './match.ts'
import { aroundOf, perform } from './perform.ts'
import { happenedIn, mostAMinute, planned, stepAfter, subjectOf, takesUp, type Around, type Happened } from './rules.ts'
import { inboxRules, ruleRuns } from './tables.ts'

declare module '#kit/events.ts' {
  interface Events {
    /** It acted more often than any team could want, and stands still until a person has looked. */
    'rule.paused': { ruleId: string; name: string; because: string }
  }
}

export type Rule = typeof inboxRules.$inferSelect
/** The rules that act now, in their order. Whoever changes one waits until what is underway is done, and what comes after goes by the new one. */
export async function readyRules(tx: Tx): Promise<readonly Rule[]> {
  return await tx.select().from(inboxRules).where(and(mine(tx, inboxRules), isNull(inboxRules.pausedAt))).orderBy(asc(inboxRules.place), asc(inboxRules.id)).for('share')
}

export interface Case {
  readonly conversationId: string; readonly subject: string; readonly happened: Happened
  /** The message it is about, where it is about one. */
  readonly messageId?: string | undefined
  /** Whom it was given to; given on since, it is another case. */
  readonly to?: string | undefined
}
interface Doing { readonly tx: Tx; readonly now: Date; readonly around: Around }

/** One rule looks at one thing that happened, and acts once. */
export async function actOn({ tx, now, around }: Doing, rule: Rule, one: Case): Promise<'acted' | 'nothing' | 'stopped'> {
  const read = parseLine(rule.line)
  if (!read.ok) return 'nothing'
  const { terms, words } = read.asked
  const said = words === '' ? undefined : one.messageId === undefined ? wordsSaid(tx, words)
    : sql`exists (select 1 from ${messages} where ${and(mine(tx, messages), eq(messages.id, one.messageId), saysWords(words))})`
  const [conversation] = await tx.select().from(conversations).where(and(eq(conversations.id, one.conversationId), termsHold(tx, { terms, words }, now), said)).for('update').limit(1)
  if (!conversation || (one.to !== undefined && conversation.assigneeId !== one.to)) return 'nothing'
  const acts = planned(rule.acts, conversation, around)
  if (acts.length === 0) return 'nothing'
  if (await runsLately(tx, rule.id, now) >= mostAMinute) { await stop(tx, rule, now); return 'stopped' }
  const [run] = await tx.insert(ruleRuns).values({ ruleId: rule.id, ruleName: rule.name, conversationId: conversation.id, subject: one.subject, did: acts, at: now }).onConflictDoNothing().returning({ id: ruleRuns.id })
  if (!run) return 'nothing'
  const did = await perform({ tx, now, byRule: { id: rule.id, name: rule.name, step: stepAfter(one.happened) } }, conversation, { acts, around })
  if (did.length < acts.length) await tx.update(ruleRuns).set({ did }).where(and(mine(tx, ruleRuns), eq(ruleRuns.id, run.id)))
  return 'acted'
}

async function runsLately(tx: Tx, ruleId: string, now: Date): Promise<number> {
  const [row] = await tx.select({ n: count() }).from(ruleRuns).where(and(mine(tx, ruleRuns), eq(ruleRuns.ruleId, ruleId), gt(ruleRuns.at, new Date(now.getTime() - 60_000))))
  return row?.n ?? 0
}
async function stop(tx: Tx, { id, name }: Rule, now: Date): Promise<void> {
  await tx.update(inboxRules).set({ pausedAt: now, pausedBecause: 'runaway' }).where(and(mine(tx, inboxRules), eq(inboxRules.id, id)))
  await emit(tx, 'rule.paused', { at: now, data: { ruleId: id, name, because: 'runaway' } })
}

/** Whether a conversation began with this message. */
async function beganWith(tx: Tx, messageId: string): Promise<boolean> {
  const [row] = await tx.select({ id: messages.id }).from(messages).innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(and(mine(tx, messages), eq(messages.id, messageId), eq(messages.remoteId, conversations.rootRef))).limit(1)
  return row !== undefined
}

async function happenedTo(tx: Tx, event: AnyEvent, rules: readonly Rule[]): Promise<Happened | undefined> {
  const begins = event.name === 'message.received' && !event.data.imported && rules.some((rule) => rule.when.on === 'opened' && rule.since.getTime() <= Date.parse(event.at))
  return happenedIn(event, begins && await beganWith(tx, event.data.messageId))
}

const caseOf = (event: AnyEvent, happened: Happened): Case => ({
  conversationId: event.conversationId!, subject: subjectOf(event), happened,
  messageId: event.name === 'message.received' ? event.data.messageId : undefined, to: event.name === 'conversation.assigned' ? event.data.to ?? undefined : undefined,
})

/** The team's rules: each acts once on a message or a fact, in the order of the events and of the rules. */
export const ruleHandler: Handler = {
  id: 'rules.act', names: ['message.received', 'conversation.assigned', 'answer.missed', 'conversation.done'],
  take: async (events, tx, house) => {
    let rules = await readyRules(tx)
    if (rules.length === 0) return
    const doing = { tx, now: house.now(), around: await aroundOf(tx, null) }
    let locked = false
    for (const event of events) {
      const happened = await happenedTo(tx, event, rules)
      const called = happened && event.conversationId ? rules.filter((rule) => takesUp(rule, happened)) : []
      if (called.length > 0 && !locked) { await lockRouting(tx); locked = true }
      for (const rule of called) {
        const became = await actOn(doing, rule, caseOf(event, happened!))
        if (became === 'stopped') rules = rules.filter((one) => one !== rule)
      }
    }
  },
}
