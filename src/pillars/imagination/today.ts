import { and, eq, gte, inArray, lte, sql } from 'drizzle-orm'
import type { Nudge } from '#kit/pillar.ts'
import type { House } from '#core/house.ts'
import { waitingForApproval } from '#core/posts/approval/store.ts'
import { posts } from '#core/posts/tables.ts'
import { inTrouble } from '#core/publications/changes.ts'
import { publications } from '#core/publications/tables.ts'
import { mine } from '#db/database.ts'

const DAY = 86_400_000
const nothingPlanned: Nudge = {
  says: { en: 'Nothing is planned for the next seven days.', el: 'Δεν έχει σχεδιαστεί τίποτα για τις επόμενες επτά ημέρες.' }, to: '/calendar', urgent: false,
}
const noPlay: Nudge = {
  says: { en: 'No contest, promotion or game this quarter. What could people play with you?', el: 'Κανένας διαγωνισμός, προσφορά ή παιχνίδι αυτό το τρίμηνο. Τι θα έπαιζε ο κόσμος μαζί σας;' },
  to: '/calendar?post=new', urgent: false,
}

const toPost = (id: string | null | undefined): string => (id ? `/calendar?post=${id}` : '/calendar')
const wantYes = (of: readonly { readonly post: { readonly id: string } }[]): Nudge[] => of.length === 0 ? [] : [{
  says: of.length === 1 ? { en: 'One post waits for a yes.', el: 'Μία ανάρτηση περιμένει έγκριση.' } : { en: `${of.length} posts wait for a yes.`, el: `${of.length} αναρτήσεις περιμένουν έγκριση.` },
  to: toPost(of[0]!.post.id), urgent: false,
}]
interface Out { readonly postId: string | null; readonly because: string | null }
/** What is out, but not as the team thinks it is. */
function amiss(rows: readonly Out[]): Nudge[] {
  const [unseen, unchanged] = [rows.filter((row) => row.because === 'not-seen'), rows.filter((row) => row.because !== 'not-seen')]
  return [
    ...unseen.slice(0, 1).map((row): Nudge => ({
      says: unseen.length === 1 ? { en: 'The network said yes to a post, but we cannot see it there.', el: 'Το δίκτυο είπε ναι σε μια ανάρτηση, αλλά δεν τη βλέπουμε εκεί.' }
        : { en: `Networks said yes to ${unseen.length} posts, but we cannot see them there.`, el: `Τα δίκτυα είπαν ναι σε ${unseen.length} αναρτήσεις, αλλά δεν τις βλέπουμε εκεί.` },
      to: toPost(row.postId), urgent: true,
    })),
    ...unchanged.slice(0, 1).map((row): Nudge => ({
      says: unchanged.length === 1 ? { en: 'An edit or removal does not get through to its network.', el: 'Μια διόρθωση ή απόσυρση δεν φτάνει στο δίκτυό της.' }
        : { en: `${unchanged.length} edits or removals do not get through to their networks.`, el: `${unchanged.length} διορθώσεις ή αποσύρσεις δεν φτάνουν στα δίκτυά τους.` },
      to: toPost(row.postId), urgent: true,
    })),
  ]
}

/** What waits for a yes, what is out but not as it should be, an empty week ahead, and a quarter without a play. */
export async function today(house: House, workspaceId: string): Promise<readonly Nudge[]> {
  const now = house.now()
  const { planned, plays, asked, out } = await house.database.read(workspaceId, async (db) => ({
    planned: await db.$count(posts, and(mine(db, posts), eq(posts.state, 'scheduled'), gte(posts.dueAt, now), lte(posts.dueAt, new Date(now.getTime() + 7 * DAY)))),
    plays: await db.$count(posts, and(mine(db, posts), inArray(posts.state, ['published', 'scheduled']), inArray(posts.format, ['contest', 'promotion', 'game']),
      sql`coalesce(${posts.publishedAt}, ${posts.dueAt}) >= ${new Date(now.getTime() - 90 * DAY).toISOString()}::timestamptz`)),
    asked: await waitingForApproval(db),
    out: await db.select({ postId: publications.postId, because: publications.because }).from(publications).where(and(mine(db, publications), inTrouble)).limit(100),
  }))
  return [...amiss(out), ...wantYes(asked), ...(planned === 0 ? [nothingPlanned] : []), ...(plays === 0 ? [noPlay] : [])]
}
