import { and, desc, eq, getTableColumns, sql } from 'drizzle-orm'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { members } from '../members/tables.ts'
import { sameWords, wordsOf, type PostWords } from './rules.ts'
import type { Post } from './store.ts'
import { postVersions, type versionReasons } from './tables.ts'

type Why = (typeof versionReasons)[number]
export interface VersionLine { readonly n: number; readonly at: Date; readonly by: { readonly id: string; readonly name: string } | null; readonly why: Why; readonly excerpt: string }
export interface Version extends VersionLine { readonly words: PostWords }

// Saves of one person within this time are one version.
const pause = 5 * 60_000

const newest = async (tx: Db, postId: string) =>
  (await tx.select().from(postVersions).where(and(mine(tx, postVersions), eq(postVersions.postId, postId))).orderBy(desc(postVersions.number)).limit(1))[0]

interface Keep { readonly postId: string; readonly words: PostWords; readonly why: Why; readonly byId: string | null; readonly at: Date }
/** Keeps the words as they are; the post must be locked. What only repeats the newest version is kept when something else happened to it. */
export async function keepVersion(tx: Tx, { postId, words, why, byId, at }: Keep): Promise<number> {
  const last = await newest(tx, postId)
  if (last && (why === 'saved' || why === last.why) && sameWords(last.words, words)) return last.number
  const number = (last?.number ?? 0) + 1
  await tx.insert(postVersions).values({ postId, number, at, byId, why, words: wordsOf(words) })
  return number
}

const isEmpty = (words: PostWords): boolean => words.title === '' && words.text === '' && words.thread.length === 0 && words.media.length === 0 && words.variants.length === 0

/** What stands is kept before somebody else writes over it, and every five minutes while one person writes. */
export async function keepBefore(tx: Tx, post: Post, { by, at }: { readonly by: string; readonly at: Date }): Promise<void> {
  if (isEmpty(post)) return
  const last = await newest(tx, post.id)
  const others = (post.wordsBy ?? post.authorId) !== by
  if (!others && at.getTime() - (last?.at ?? post.createdAt).getTime() < pause) return
  await keepVersion(tx, { postId: post.id, words: post, why: 'saved', byId: post.wordsBy ?? post.authorId, at: post.wordsAt ?? post.updatedAt })
}

const { words: wordsColumn, ...rest } = getTableColumns(postVersions)
// The whole words of hundreds of versions are much to carry for the beginning of each.
const columns = { ...rest, excerpt: sql<string>`left(${wordsColumn} ->> 'text', 140)`, name: members.name }
interface Row { readonly number: number; readonly at: Date; readonly byId: string | null; readonly why: Why; readonly excerpt: string; readonly name: string | null }
const line = ({ number, at, byId, why, excerpt, name }: Row): VersionLine => ({ n: number, at, by: byId === null ? null : { id: byId, name: name ?? '' }, why, excerpt })

/** Newest first. */
export async function versionsOf(db: Db, postId: string): Promise<VersionLine[]> {
  const rows = await db.select(columns).from(postVersions).leftJoin(members, eq(members.id, postVersions.byId)).where(and(mine(db, postVersions), eq(postVersions.postId, postId))).orderBy(desc(postVersions.number)).limit(500)
  return rows.map(line)
}
export async function versionAt(db: Db, postId: string, n: number): Promise<Version> {
  const [row] = await db.select({ ...columns, words: wordsColumn }).from(postVersions).leftJoin(members, eq(members.id, postVersions.byId)).where(and(mine(db, postVersions), eq(postVersions.postId, postId), eq(postVersions.number, n))).limit(1)
  if (!row) throw new Refusal('not_found')
  return { ...line(row), words: row.words }
}
