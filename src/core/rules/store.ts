import { and, asc, count, desc, eq, gt, inArray, max, sql } from 'drizzle-orm'
import type { Both } from '#kit/lang.ts'
import type { Member } from '#kit/http.ts'
import { newId } from '#kit/id.ts'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { askedOf } from '../conversations/asked.ts'
import type { Asked } from '../conversations/grammar.ts'
import { conversations, openers } from '../conversations/tables.ts'
import { emit } from '../events/store.ts'
import { mostRules, type Act, type RuleBody } from './grammar.ts'
import { isPersonal } from './match.ts'
import { aroundOf } from './perform.ts'
import type { Around } from './rules.ts'
import { inboxRules, ruleRuns } from './tables.ts'

const unfit = (reason: Both, field: string): Refusal => new Refusal('rule_unfit', { params: { reason }, field })
const says = {
  member: { en: 'It names a member who has left or may not answer. Choose another.', el: 'Αναφέρει μέλος που έφυγε ή δεν απαντά σε συνομιλίες. Διαλέξτε άλλο.' },
  opener: { en: 'It names an opener that is not the team’s, or not any more. Choose another.', el: 'Αναφέρει έτοιμη αρχή που δεν είναι της ομάδας ή δεν υπάρχει πια. Διαλέξτε άλλη.' },
  me: { en: 'A rule has no “me”. Name a member.', el: 'Ένας κανόνας δεν έχει «εγώ». Ορίστε ένα μέλος.' },
  personal: { en: 'A rule is the whole team’s: assignee:me, has:unread and has:draft mean one member only. Take them out of the line.', el: 'Ο κανόνας είναι όλης της ομάδας: τα υπεύθυνος:εγώ, έχει:αδιάβαστα και έχει:πρόχειρο αφορούν ένα μόνο μέλος. Βγάλτε τα από τη γραμμή.' },
  suggest: { en: 'A macro brings its own text; it suggests no opener.', el: 'Η μακροεντολή έχει δικό της κείμενο· δεν προτείνει έτοιμη αρχή.' },
} as const satisfies Record<string, Both>

/** What is wrong with an act, as the team stands now. */
export function wrongWith(act: Act, around: Around): 'member' | 'opener' | undefined {
  if ((act.do === 'assign' || act.do === 'notify') && !around.members.has(act.memberId)) return 'member'
  return act.do === 'suggest' && !around.openers.has(act.openerId) ? 'opener' : undefined
}
function refuseUnfit(acts: readonly Act[], around: Around): void {
  acts.forEach((act, place) => { const wrong = wrongWith(act, around); if (wrong) throw unfit(says[wrong], `acts.${place}`) })
}
/** What a rule asks of conversations, refusing what only one member could mean. */
export function ruleAsks(line: string): Asked {
  const asked = askedOf(line)
  if (asked.terms.some(isPersonal)) throw unfit(says.personal, 'line')
  return asked
}
export async function refuseUnfitRule(db: Db, { line, acts }: Pick<RuleBody, 'line' | 'acts'>): Promise<void> {
  ruleAsks(line)
  if (acts.some((act) => act.do === 'assign-me')) throw unfit(says.me, 'acts')
  refuseUnfit(acts, await aroundOf(db, null))
}
export async function refuseUnfitMacro(db: Db, acts: readonly Act[]): Promise<void> {
  if (acts.some((act) => act.do === 'suggest')) throw unfit(says.suggest, 'acts')
  refuseUnfit(acts, await aroundOf(db, null))
}

const monthMs = 30 * 24 * 3_600_000
/** The rules in their order, each with how often it acted within a month, and what of it cannot be done any more. */
export async function rulesOf(db: Db, now: Date) {
  const rows = await db.select().from(inboxRules).where(mine(db, inboxRules)).orderBy(asc(inboxRules.place), asc(inboxRules.id)).limit(mostRules)
  const ran = await db.select({ ruleId: ruleRuns.ruleId, times: count(), last: max(ruleRuns.at) }).from(ruleRuns)
    .where(and(mine(db, ruleRuns), gt(ruleRuns.at, new Date(now.getTime() - monthMs)), sql`${ruleRuns.did} <> '[]'::jsonb`)).groupBy(ruleRuns.ruleId)
  const around = await aroundOf(db, null)
  return rows.map(({ id, name, when, line, acts, pausedAt, pausedBecause, version }) => {
    const known = ran.find((one) => one.ruleId === id)
    return { id, name, when, line, acts, pausedAt, pausedBecause, version, times: known?.times ?? 0, lastAt: known?.last ?? null, broken: [...new Set(acts.flatMap((act) => wrongWith(act, around) ?? []))] }
  })
}

interface By { readonly member: Pick<Member, 'id'>; readonly at: Date }
const told = (tx: Tx, { member, at }: By): Promise<void> => emit(tx, 'site.changed', { at, memberId: member.id, data: { change: 'rules' } })
// One change of the list at a time: places stay in order, and no two find the last room.
const lockRules = (tx: Tx) => tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('rules ' || ${tx.workspace}, 0))`)

export async function addRule(tx: Tx, by: By, given: RuleBody): Promise<{ id: string }> {
  await refuseUnfitRule(tx, given)
  await lockRules(tx)
  const [known] = await tx.select({ n: count(), last: max(inboxRules.place) }).from(inboxRules).where(mine(tx, inboxRules))
  if ((known?.n ?? 0) >= mostRules) throw new Refusal('too_many_kept', { params: { limit: mostRules } })
  const id = newId(by.at.getTime())
  await tx.insert(inboxRules).values({ ...given, id, place: (known?.last ?? -1) + 1, since: by.at, madeBy: by.member.id })
  await told(tx, by)
  return { id }
}

const one = (tx: Tx, id: string) => and(mine(tx, inboxRules), eq(inboxRules.id, id))
export async function changeRule(tx: Tx, by: By, { id, version, ...given }: RuleBody & { readonly id: string; readonly version: number }): Promise<void> {
  await refuseUnfitRule(tx, given)
  const [now] = await tx.select({ version: inboxRules.version }).from(inboxRules).where(one(tx, id)).for('update').limit(1)
  if (!now) throw new Refusal('not_found')
  if (now.version !== version) throw new Refusal('changed_meanwhile')
  await tx.update(inboxRules).set({ ...given, since: by.at, version: version + 1 }).where(one(tx, id))
  await told(tx, by)
}
/** A paused rule acts on nothing; set going again, on nothing that came meanwhile. */
export async function pauseRule(tx: Tx, by: By, { id, paused }: { readonly id: string; readonly paused: boolean }): Promise<void> {
  const set = paused ? { pausedAt: by.at, pausedBecause: 'member' as const } : { pausedAt: null, pausedBecause: null, since: by.at }
  const gone = await tx.update(inboxRules).set({ ...set, version: sql`${inboxRules.version} + 1` }).where(one(tx, id)).returning({ id: inboxRules.id })
  if (gone.length === 0) throw new Refusal('not_found')
  await told(tx, by)
}
export async function dropRule(tx: Tx, by: By, id: string): Promise<void> {
  const gone = await tx.delete(inboxRules).where(one(tx, id)).returning({ id: inboxRules.id })
  if (gone.length === 0) throw new Refusal('not_found')
  await told(tx, by)
}
/** The rules in a new order; it has to name them all. */
export async function orderRules(tx: Tx, by: By, ids: readonly string[]): Promise<void> {
  await lockRules(tx)
  const known = await tx.select({ id: inboxRules.id }).from(inboxRules).where(mine(tx, inboxRules))
  if (known.length !== ids.length || known.some(({ id }) => !ids.includes(id))) throw new Refusal('changed_meanwhile')
  for (const [place, id] of ids.entries()) await tx.update(inboxRules).set({ place }).where(one(tx, id))
  await told(tx, by)
}

/** What rules did in a conversation, oldest first; and the opener one of them suggests for the answer that is awaited. */
export async function ruledIn(db: Db, conversationId: string) {
  const rows = await db.select({ id: ruleRuns.id, ruleId: ruleRuns.ruleId, name: ruleRuns.ruleName, did: ruleRuns.did, at: ruleRuns.at }).from(ruleRuns)
    .where(and(mine(db, ruleRuns), eq(ruleRuns.conversationId, conversationId), sql`${ruleRuns.did} <> '[]'::jsonb`)).orderBy(desc(ruleRuns.at), desc(ruleRuns.id)).limit(20)
  const [talk] = await db.select({ waitingSince: conversations.waitingSince }).from(conversations).where(and(mine(db, conversations), eq(conversations.id, conversationId))).limit(1)
  const since = talk?.waitingSince
  const wanted = rows.flatMap(({ name, did, at }) => (since && at >= since ? did.flatMap((act) => (act.do === 'suggest' ? [{ name, openerId: act.openerId }] : [])) : []))
  const found = wanted.length === 0 ? [] : await db.select({ id: openers.id, text: openers.text, opener: openers.name }).from(openers).where(and(mine(db, openers), inArray(openers.id, wanted.map((each) => each.openerId))))
  const first = wanted.find((each) => found.some(({ id }) => id === each.openerId))
  const opener = found.find(({ id }) => id === first?.openerId)
  return { runs: rows.toReversed(), suggestion: first && opener ? { by: first.name, name: opener.opener, text: opener.text } : null }
}
