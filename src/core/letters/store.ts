import { and, eq, inArray, ne } from 'drizzle-orm'
import { newId } from '#kit/id.ts'
import type { Lang } from '#kit/lang.ts'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { accounts } from '../accounts/tables.ts'
import { oneLine, readEmail } from '../contacts/rules.ts'
import { letters, letterStops } from './tables.ts'

export interface About { readonly kind: string; readonly id: string }
export interface NewLetter {
  readonly to: string; readonly name?: string; readonly lang: Lang; readonly subject: string
  /** Plain words; a simple HTML is made of them. */
  readonly text: string
  readonly about: About
  readonly replyTo?: string
  /** The Message-ID of what it answers. */
  readonly inReplyTo?: string
  /** Not said: its reader may stop further ones about the same with one click. A letter somebody asked for just now says false. */
  readonly stoppable?: boolean
  /** Two letters with the same word are one. */
  readonly once?: string
  readonly at?: Date
}

// The channels whose accounts can write letters.
const writers = ['mail']

/** Whether the workspace has an e-mail account that works: letters are offered only then. */
export async function canWriteLetters(db: Db): Promise<boolean> {
  return (await letterAccount(db)) !== undefined
}
/** The account letters leave by: the one connected first. */
export async function letterAccount(db: Db) {
  const [row] = await db.select().from(accounts).where(and(mine(db, accounts), inArray(accounts.channel, writers), eq(accounts.state, 'connected'))).orderBy(accounts.connectedAt).limit(1)
  return row
}

const longestText = 100_000

/** Puts a letter into the post in the caller's transaction. Undefined: its reader wants none about this, or it lies there already. */
export async function writeLetter(tx: Tx, letter: NewLetter): Promise<{ readonly id: string } | undefined> {
  const to = readEmail(letter.to)
  if (!to) throw new Refusal('invalid_email', { field: 'to' })
  if (letter.stoppable !== false && await hasStopped(tx, to, letter.about)) return undefined
  const at = letter.at ?? new Date()
  const [row] = await tx.insert(letters).values({
    id: newId(at.getTime()), to, name: oneLine(letter.name ?? '', 200), lang: letter.lang, subject: oneLine(letter.subject, 300), text: letter.text.slice(0, longestText).replaceAll('\0', '').toWellFormed(),
    aboutKind: letter.about.kind, aboutId: letter.about.id, replyTo: readEmail(letter.replyTo) ?? null, inReplyTo: letter.inReplyTo ?? null,
    stoppable: letter.stoppable ?? true, once: letter.once ?? null, writtenAt: at, wakeAt: at,
  }).onConflictDoNothing({ target: [letters.workspaceId, letters.once] }).returning({ id: letters.id })
  return row
}

/** Whether somebody asked for no more letters about this. */
export async function hasStopped(db: Db, email: string, about: About): Promise<boolean> {
  return await db.$count(letterStops, and(mine(db, letterStops), eq(letterStops.to, readEmail(email) ?? email), eq(letterStops.aboutKind, about.kind), eq(letterStops.aboutId, about.id))) > 0
}
/** No more letters about this to them; those that wait are dropped. */
export async function stopLetters(tx: Tx, email: string, about: About): Promise<void> {
  const to = readEmail(email) ?? email
  await tx.insert(letterStops).values({ to, aboutKind: about.kind, aboutId: about.id }).onConflictDoNothing()
  await tx.update(letters).set({ state: 'dropped', because: 'stopped', wakeAt: null })
    .where(and(mine(tx, letters), eq(letters.to, to), eq(letters.aboutKind, about.kind), eq(letters.aboutId, about.id), eq(letters.state, 'waiting')))
}
/** They follow again. */
export async function resumeLetters(tx: Tx, email: string, about: About): Promise<void> {
  await tx.delete(letterStops).where(and(mine(tx, letterStops), eq(letterStops.to, readEmail(email) ?? email), eq(letterStops.aboutKind, about.kind), eq(letterStops.aboutId, about.id)))
}

/** The mail system says that it could not be delivered. False: it is no letter of ours. */
export async function letterBounced(tx: Tx, remoteId: string, { because, at }: { readonly because: string; readonly at: Date }): Promise<boolean> {
  const done = await tx.update(letters).set({ state: 'failed', because: because.slice(0, 300), wakeAt: null, leaseUntil: null, endedAt: at })
    .where(and(mine(tx, letters), eq(letters.remoteId, remoteId), ne(letters.state, 'failed'))).returning({ id: letters.id })
  return done.length > 0
}

/** The letter of ours somebody answers: by what their mail stands under, and only whom it was written to. */
export async function letterOf(db: Db, refs: readonly string[], from: string): Promise<{ readonly aboutKind: string; readonly aboutId: string } | undefined> {
  const email = readEmail(from)
  if (refs.length === 0 || !email) return undefined
  const rows = await db.select({ aboutKind: letters.aboutKind, aboutId: letters.aboutId, remoteId: letters.remoteId }).from(letters)
    .where(and(mine(db, letters), inArray(letters.remoteId, [...refs]), eq(letters.to, email)))
  return refs.flatMap((ref) => rows.filter((row) => row.remoteId === ref))[0]
}
