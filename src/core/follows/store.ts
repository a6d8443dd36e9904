import { and, eq, isNotNull } from 'drizzle-orm'
import { newId } from '#kit/id.ts'
import type { Lang } from '#kit/lang.ts'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Tx } from '#db/database.ts'
import { readEmail } from '../contacts/rules.ts'
import { messageByRef, type Message } from '../conversations/places.ts'
import { canWriteLetters, resumeLetters, writeLetter } from '../letters/store.ts'
import { answerFollows } from './tables.ts'
import { wordsOf } from './words.ts'

/** `confirm` makes the address that a follow is confirmed at. */
export interface AskedFollow { readonly accountId: string; readonly refId: string; readonly email: string; readonly lang: Lang; readonly place: string; readonly site: string; readonly at: Date; confirm(id: string): string }

// Nobody has strangers written to: one comment asks for so many addresses.
const mostAddresses = 3
const about = (messageId: string) => ({ kind: 'comment', id: messageId })

/** Somebody asks for letters about answers to what they said. One letter asks them back whether it was they. */
export async function askToFollow(tx: Tx, asked: AskedFollow): Promise<void> {
  const email = readEmail(asked.email)
  if (!email) throw new Refusal('invalid_email', { field: 'email' })
  const message = await messageByRef(tx, asked.accountId, asked.refId)
  if (!message || message.direction !== 'in' || message.withdrawnAt || !await canWriteLetters(tx)) throw new Refusal('link_expired')
  const there = await tx.select().from(answerFollows).where(and(mine(tx, answerFollows), eq(answerFollows.messageId, message.id)))
  const known = there.find((one) => one.email === email)
  if (known?.confirmedAt) { await resumeLetters(tx, email, about(message.id)); return }
  if (!known && there.length >= mostAddresses) throw new Refusal('rate_limited', { params: { seconds: 86_400 }, extra: { retryAfter: 86_400 } })
  const id = known?.id ?? newId(asked.at.getTime())
  await tx.insert(answerFollows).values({ id, messageId: message.id, contactId: message.contactId, email, lang: asked.lang, place: asked.place, askedAt: asked.at }).onConflictDoNothing()
  const words = wordsOf[asked.lang]
  await writeLetter(tx, { to: email, lang: asked.lang, subject: words.confirmSubject(asked.site), text: words.confirm(asked.place, asked.confirm(id)), about: about(message.id), stoppable: false, once: `follow ${id}`, at: asked.at })
}

/** The mailbox's owner says yes. False when there is nothing to say yes to any more. */
export async function confirmFollow(tx: Tx, id: string, at: Date): Promise<boolean> {
  const [row] = await tx.select().from(answerFollows).where(and(mine(tx, answerFollows), eq(answerFollows.id, id))).limit(1)
  if (!row) return false
  if (!row.confirmedAt) await tx.update(answerFollows).set({ confirmedAt: at }).where(and(mine(tx, answerFollows), eq(answerFollows.id, id)))
  await resumeLetters(tx, row.email, about(row.messageId))
  return true
}

/** Writes to everybody who follows what this answers, once; nobody hears of their own words. */
export async function tellFollowers(tx: Tx, answer: Message, { site, at }: { readonly site: string; readonly at: Date }): Promise<void> {
  if (!answer.parentId || answer.withdrawnAt || answer.moderation !== 'shown' || answer.visibility !== 'public') return
  const follows = await tx.select().from(answerFollows).where(and(mine(tx, answerFollows), eq(answerFollows.messageId, answer.parentId), isNotNull(answerFollows.confirmedAt)))
  for (const { id, email, lang, place, messageId, contactId } of follows) {
    if (answer.contactId !== null && answer.contactId === contactId) continue
    const words = wordsOf[lang]
    await writeLetter(tx, { to: email, lang, subject: words.subject(answer.authorName, site), text: words.answered(answer.authorName, answer.text, place), about: about(messageId), once: `answer ${id} ${answer.id}`, at })
  }
}
