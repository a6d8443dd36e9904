import { and, eq, inArray, ne, or, sql } from 'drizzle-orm'
import type { Both } from '#kit/lang.ts'
import { mine, type Db } from '#db/database.ts'
import { nearest } from '#text/similarity.ts'
import { accountOf } from '../accounts/store.ts'
import { accounts } from '../accounts/tables.ts'
import type { House } from '../house.ts'
import { policyOf } from './policy.ts'
import { faceOn, wholeText } from './rules.ts'
import { carries, nameOf } from './stands.ts'
import type { Post } from './store.ts'
import { posts } from './tables.ts'

interface Other { readonly postId: string; readonly title: string; readonly state: 'scheduled' | 'published'; readonly at: Date }
/** Worth a look before it goes out; it holds nothing. */
export type Warning =
  | { readonly kind: 'duplicate'; readonly accountId: string; readonly account: Both; readonly other: Other; readonly similarity: number; readonly says: Both }
  | { readonly kind: 'same-hour'; readonly accountId: string; readonly account: Both; readonly other: Other; readonly says: Both }
  | { readonly kind: 'no-first-comment' | 'no-warning'; readonly accountId: string; readonly account: Both; readonly says: Both }

const hour = 3_600_000
/** From here on two texts are nearly the same. */
const nearly = 0.8

const columns = { id: posts.id, title: posts.title, text: posts.text, media: posts.media, thread: posts.thread, firstComment: posts.firstComment, warning: posts.warning, variants: posts.variants, accountIds: posts.accountIds, state: posts.state }
type Spoken = Pick<Post, keyof typeof columns>
type Near = Spoken & { readonly at: Date }
// More than these, the nearest in time first, nobody compares.
const most = 500

interface Window { readonly middle: Date; readonly span: number }
/** What stands, or will, on any of these accounts around a time. */
async function around(db: Db, post: Post, { middle, span }: Window): Promise<Near[]> {
  const at = sql<Date>`coalesce(${posts.publishedAt}, ${posts.dueAt})`
  const [from, to] = [-span, span].map((away) => sql`${new Date(middle.getTime() + away).toISOString()}::timestamptz`)
  const onSome = or(...post.accountIds.map((id) => sql`${posts.accountIds} @> ${JSON.stringify([id])}::jsonb`))
  return await db.select({ ...columns, at: at.mapWith(posts.updatedAt) }).from(posts).where(and(
    mine(db, posts), ne(posts.id, post.id), onSome,
    or(and(eq(posts.state, 'published'), sql`${posts.publishedAt} between ${from} and ${to}`), and(eq(posts.state, 'scheduled'), sql`${posts.dueAt} between ${from} and ${to}`)),
  )).orderBy(sql`abs(extract(epoch from ${at} - ${middle.toISOString()}::timestamptz))`).limit(most)
}

const textOn = (post: Spoken, accountId: string): string => { const face = faceOn(post, accountId); return `${face.title}\n${wholeText(face).text}` }
const otherOf = (near: Near): Other => ({ postId: near.id, title: near.title, state: near.state as Other['state'], at: near.at })

interface On { readonly post: Post; readonly accountId: string; readonly account: Both; readonly nears: readonly Near[] }
function duplicateOn({ post, accountId, account, nears }: On): Warning[] {
  const found = nearest(textOn(post, accountId), nears.map((near) => ({ near, text: textOn(near, accountId) })))
  if (!found || found.similarity < nearly) return []
  const { near } = found.item
  const [en, el] = near.state === 'published' ? ['stands already', 'υπάρχει ήδη'] : ['is due already', 'έχει ήδη προγραμματιστεί']
  return [{ kind: 'duplicate', accountId, account, other: otherOf(near), similarity: found.similarity, says: { en: `Nearly the same text ${en} on ${account.en}.`, el: `Σχεδόν το ίδιο κείμενο ${el}: ${account.el}.` } }]
}
function sameHourOn({ accountId, account, nears }: On, at: Date): Warning[] {
  const close = nears.filter((near) => Math.abs(near.at.getTime() - at.getTime()) < hour).sort((a, b) => Math.abs(a.at.getTime() - at.getTime()) - Math.abs(b.at.getTime() - at.getTime()))[0]
  return close ? [{ kind: 'same-hour', accountId, account, other: otherOf(close), says: { en: `Another post goes out on ${account.en} within the hour.`, el: `Μέσα στην ίδια ώρα βγαίνει κι άλλη ανάρτηση: ${account.el}.` } }] : []
}

export interface Warned { readonly post: Post; readonly at: Date | null; readonly now: Date }
/** What deserves a second look: the same words twice, two posts in one hour, a comment some network cannot carry. */
export async function warningsOf(db: Db, house: Pick<House, 'channels'>, { post, at, now }: Warned): Promise<Warning[]> {
  if (post.accountIds.length === 0 || post.state === 'withdrawn') return []
  const { duplicateDays } = await policyOf(db)
  const when = at ?? post.publishedAt ?? post.dueAt
  const nears = await around(db, post, { middle: when ?? now, span: Math.max(duplicateDays * 24 * hour, hour) })
  const rows = await db.select().from(accounts).where(and(mine(db, accounts), inArray(accounts.id, [...post.accountIds])))
  return rows.flatMap((row): Warning[] => {
    const channel = house.channels.find((one) => one.id === row.channel)
    if (!channel) return []
    const account = nameOf(channel, row)
    const on: On = { post, accountId: row.id, account, nears: nears.filter((near) => near.accountIds.includes(row.id)) }
    const { threads, replies } = carries(channel)
    const { firstComment, warning = '' } = faceOn(post, row.id)
    const lost: Warning[] = firstComment !== '' && !threads && !replies
      ? [{ kind: 'no-first-comment', accountId: row.id, account, says: { en: `${account.en} cannot carry a first comment; it is left out there.`, el: `Χωρίς πρώτο σχόλιο, γιατί δεν το επιτρέπει: ${account.el}.` } }] : []
    const bare: Warning[] = warning !== '' && !channel.limits(accountOf(row)).warning
      ? [{ kind: 'no-warning', accountId: row.id, account, says: { en: `${account.en} folds nothing behind a warning: all of it stands open there.`, el: `Χωρίς προειδοποίηση μπροστά, γιατί δεν το επιτρέπει: ${account.el}. Εκεί φαίνονται όλα.` } }] : []
    return [...(duplicateDays > 0 ? duplicateOn(on) : []), ...(when ? sameHourOn(on, when) : []), ...lost, ...bare]
  })
}
