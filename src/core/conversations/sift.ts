import { and, desc, eq, gt, inArray, isNull, ne, sql } from 'drizzle-orm'
import { leaningOf, tokensOf, type Count } from '#text/spam/learn.ts'
import { weigh, type Verdict } from '#text/spam/weigh.ts'
import { mine, type Tx } from '#db/database.ts'
import { messages, spamWords } from './tables.ts'

const lately = 10 * 60_000
const remembered = 24 * 3_600_000
const compared = 500
const worthComparing = 20

/** The reasons for which a message is held without a word to its author: what only a machine does. */
const silent = new Set(['honeypot', 'repeated', 'spam'])
export const isSilent = (because: string | null): boolean => because !== null && silent.has(because)

interface Sifting { readonly text: string; readonly contactId: string; readonly accountId: string; readonly now: Date; /** The message itself, when it is looked at again. */ readonly messageId?: string }

async function authorOf(tx: Tx, { contactId, now }: Sifting): Promise<{ standing: number; lately: number }> {
  const [row] = await tx.select({
    standing: sql<number>`(count(*) filter (where ${messages.moderation} = 'shown' and ${messages.withdrawnAt} is null))::int`,
    lately: sql<number>`(count(*) filter (where ${messages.heardAt} > ${new Date(now.getTime() - lately).toISOString()}::timestamptz))::int + 1`,
  }).from(messages).where(and(mine(tx, messages), eq(messages.contactId, contactId), eq(messages.direction, 'in'), eq(messages.visibility, 'public')))
  return row ?? { standing: 0, lately: 1 }
}

/** Whether the same words were said elsewhere lately, by anybody. */
async function isRepeated(tx: Tx, { text, now, messageId }: Sifting): Promise<boolean> {
  if (text.length < worthComparing) return false
  // Bounded, however much is said: whoever repeats does so within what was said last.
  const newest = tx.select({ id: messages.id, text: messages.text, direction: messages.direction, visibility: messages.visibility, withdrawnAt: messages.withdrawnAt }).from(messages)
    .where(and(mine(tx, messages), gt(messages.heardAt, new Date(now.getTime() - remembered)))).orderBy(desc(messages.heardAt)).limit(compared).as('newest')
  const [row] = await tx.select({ id: newest.id }).from(newest).where(and(
    eq(newest.direction, 'in'), eq(newest.visibility, 'public'), isNull(newest.withdrawnAt), eq(newest.text, text), messageId === undefined ? undefined : ne(newest.id, messageId),
  )).limit(1)
  return row !== undefined
}

const ALL = ''
async function countsOf(tx: Tx, tokens: readonly string[]): Promise<Map<string, Count>> {
  const rows = await tx.select().from(spamWords).where(and(mine(tx, spamWords), inArray(spamWords.word, [ALL, ...tokens])))
  return new Map(rows.map(({ word, spam, fine }) => [word, { spam, fine }]))
}

/** Reads what somebody said in public: whether a person should look at it first, and why. */
export async function sift(tx: Tx, sifting: Sifting): Promise<Verdict> {
  const tokens = tokensOf(sifting.text)
  const counts = await countsOf(tx, tokens)
  const learned = leaningOf(tokens, counts, counts.get(ALL) ?? { spam: 0, fine: 0 })
  return weigh(sifting.text, { ...await authorOf(tx, sifting), repeated: await isRepeated(tx, sifting), learned })
}
/** Under which name it is held; undefined: it is not. */
export const heldFor = ({ is }: Verdict): 'spam' | 'filter' | undefined => (is === 'certain' ? 'spam' : is === 'doubtful' ? 'filter' : undefined)

type Lesson = 'spam' | 'fine'
async function count(tx: Tx, tokens: readonly string[], { lesson, by }: { readonly lesson: Lesson; readonly by: 1 | -1 }): Promise<void> {
  const column = spamWords[lesson]
  await tx.insert(spamWords).values([ALL, ...tokens].toSorted().map((word) => ({ word, [lesson]: Math.max(0, by) })))
    .onConflictDoUpdate({ target: [spamWords.workspaceId, spamWords.word], set: { [lesson]: sql`greatest(0, ${column} + ${by})` } })
}

/** A person has decided: the filter remembers it, and forgets what it was taught by the same message before. */
export async function teach(tx: Tx, message: { readonly id: string; readonly text: string; readonly taughtAs: Lesson | null }, lesson: Lesson | null): Promise<void> {
  if (message.taughtAs === lesson) return
  const tokens = tokensOf(message.text)
  if (message.taughtAs) await count(tx, tokens, { lesson: message.taughtAs, by: -1 })
  if (lesson) await count(tx, tokens, { lesson, by: 1 })
  await tx.update(messages).set({ taughtAs: lesson }).where(and(mine(tx, messages), eq(messages.id, message.id)))
}
