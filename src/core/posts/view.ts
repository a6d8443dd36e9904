import type { Member } from '#kit/http.ts'
import type { Db, Tx } from '#db/database.ts'
import type { House } from '../house.ts'
import { memberById } from '../members/store.ts'
import { publicationsOf } from '../publications/store.ts'
import { shown } from '../publications/view.ts'
import { approvalOf } from './approval/store.ts'
import { openThreads } from './comments.ts'
import { stayingOn } from './revise.ts'
import type { Post } from './store.ts'
import { warningsOf } from './warnings.ts'

const bare = <P extends Post>({ reviewed: _, workspaceId: __, ...post }: P) => post
/** A post as one line of a list. */
export function light<P extends Post>(post: P) {
  const { variants: _, thread: __, firstComment: ___, warning: ____, proposal, ...rest } = bare(post)
  return { ...rest, isThread: post.thread.length > 0, proposed: proposal !== null }
}

/** A post with all that is known of it. */
export async function whole(db: Db, house: Pick<House, 'channels' | 'now'>, post: Post) {
  const author = await memberById(db, post.authorId)
  return {
    ...bare(post), author: { id: post.authorId, name: author?.name ?? '' }, publications: (await publicationsOf(db, [post.id])).map(shown), approval: await approvalOf(db, post),
    warnings: await warningsOf(db, house, { post, at: null, now: house.now() }), openThreads: await openThreads(db, post.id),
    staying: post.state === 'published' ? await stayingOn(db, house, post.id) : [],
  }
}

/** Does something to a post in one transaction and answers with all that is known of it then. */
export const view = (house: House) => async (member: Member, work: (tx: Tx) => Promise<Post>) =>
  await house.database.write(member.workspaceId, async (tx) => await whole(tx, house, await work(tx)))
