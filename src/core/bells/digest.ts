import { and, asc, eq, inArray, isNotNull, lte, ne, or, isNull } from 'drizzle-orm'
import { mine, type Db, type Tx } from '#db/database.ts'
import { conversations } from '../conversations/tables.ts'
import type { House } from '../house.ts'
import { canWriteLetters, hasStopped, resumeLetters, writeLetter } from '../letters/store.ts'
import { workspaceById } from '../workspaces/store.ts'
import { quietUntil } from './quiet.ts'
import type { Call } from './ring.ts'
import { listenersOf, type Listener } from './settings.ts'
import { shown } from './show.ts'
import { bellCalls } from './tables.ts'
import { bellWords } from './words.ts'

export const aboutCalls = (memberId: string) => ({ kind: 'bell', id: memberId })
const most = 20

/** Whether letters can tell a member of what waits, and if not why. */
export async function mailState(db: Db, { id, email }: { readonly id: string; readonly email: string | null }): Promise<'ready' | 'no-account' | 'no-address' | 'stopped'> {
  if (!await canWriteLetters(db)) return 'no-account'
  if (!email) return 'no-address'
  return await hasStopped(db, email, aboutCalls(id)) ? 'stopped' : 'ready'
}
/** They want letters again. */
export async function resumeMail(tx: Tx, { id, email }: { readonly id: string; readonly email: string | null }): Promise<void> {
  if (email) await resumeLetters(tx, email, aboutCalls(id))
}

/** Writes the letters that are due, one for each member, with all that waits for them unseen. */
export async function writeDigests(tx: Tx, house: House): Promise<void> {
  const now = house.now()
  const c = bellCalls
  const due = await tx.selectDistinct({ memberId: c.memberId }).from(c).where(and(mine(tx, c), lte(c.mailAt, now)))
  for (const listener of await listenersOf(tx, due.map((one) => one.memberId))) {
    const quiet = quietUntil(listener.bell.quiet, listener.zone, now)
    const theirs = and(mine(tx, c), eq(c.memberId, listener.member.id), isNotNull(c.mailAt))
    if (quiet) { await tx.update(c).set({ mailAt: quiet }).where(and(theirs, lte(c.mailAt, now))); continue }
    const taken = await tx.select().from(c).where(theirs).orderBy(asc(c.at), asc(c.id)).for('update')
    await tx.update(c).set({ mailAt: null }).where(theirs)
    const waiting = await stillWaiting(tx, taken)
    if (waiting.length > 0 && await mailState(tx, listener.member) === 'ready') await writeDigest(tx, house, { listener, waiting })
  }
}

/** Without what somebody has dealt with meanwhile. */
async function stillWaiting(db: Db, calls: readonly Call[]): Promise<readonly Call[]> {
  const ids = calls.map((one) => one.id)
  if (ids.length === 0) return []
  const c = bellCalls
  const rows = await db.select({ id: c.id }).from(c).leftJoin(conversations, eq(conversations.id, c.conversationId)).where(and(mine(db, c), inArray(c.id, ids), isNull(c.seenAt), or(isNull(conversations.state), ne(conversations.state, 'done'))))
  return calls.filter((one) => rows.some(({ id }) => id === one.id))
}

async function writeDigest(tx: Tx, house: House, { listener: { member, bell }, waiting }: { readonly listener: Listener; readonly waiting: readonly Call[] }): Promise<void> {
  const words = bellWords[member.lang]
  const home = await workspaceById(tx, tx.workspace)
  const lines: string[] = []
  for (const call of waiting.slice(0, most)) {
    const { title, text, path } = await shown(tx, call, { lang: member.lang, withWords: bell.withWords, channels: house.channels })
    lines.push(`• ${[title, text].filter(Boolean).join(' · ')}\n  ${house.origin}${path}`)
  }
  if (waiting.length > most) lines.push(`• … +${waiting.length - most}\n  ${house.origin}/app/inbox?view=mine`)
  await writeLetter(tx, {
    to: member.email!, name: member.name, lang: member.lang, subject: words.subject(waiting.length, home?.name ?? 'Stoa'), about: aboutCalls(member.id), at: house.now(), once: `bell ${waiting.at(-1)!.id}`,
    text: `${words.hello(member.name)}\n${words.waits(waiting.length)}\n\n${lines.join('\n\n')}\n\n${words.again(bell.mailAfter)}`,
  })
}
