import { and, asc, eq, sql } from 'drizzle-orm'
import { oldId, type OldSystem } from '#kit/old-words.ts'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db } from '#db/database.ts'
import type { PorchContext } from '../../porch/answer.ts'
import { oldCategory, oldTopic, oldWord } from '../bring.ts'
import { topicPath } from '../convert.ts'
import type { Room, View } from '../room.ts'
import { forumPosts as posts } from '../tables.ts'
import { categoryNamed, postById, topicById, type Topic } from '../topics.ts'

const lost = (): never => { throw new Refusal('not_found') }
const number = (text: string | undefined): string => (/^\d{1,12}$/.test(text ?? '') ? String(Number(text)) : lost())
const ask = <T>(room: Room, work: (db: Db) => Promise<T>): Promise<T> => room.database.readAgain(room.porch.host.workspaceId, work)
const goes = (c: PorchContext, path: string | undefined): Response => (path === undefined ? lost() : c.redirect(path, 301))

/** Where a topic of an old forum is now; what it was merged into stands for it. */
async function topicAt(db: Db, system: OldSystem, id: string): Promise<Topic | undefined> {
  const topic = await topicById(db, oldId(db.workspace, system, oldTopic(id)))
  return topic?.mergedInto ? await topicById(db, topic.mergedInto) : topic
}
const pathOf = (topic: Topic | undefined): string | undefined => (topic?.state === 'shown' ? topicPath(topic) : undefined)
async function wordPath(db: Db, system: OldSystem, id: string): Promise<string | undefined> {
  const post = await postById(db, oldId(db.workspace, system, oldWord(id)))
  return post && `/forum/p/${post.id}`
}

/** `/t/words/ID` and `/t/words/ID/NUMBER` of Discourse. */
export const discourseTopic: View = async (c, room) => {
  const [id, place] = [number(c.req.param('id')), c.req.param('place')]
  return goes(c, await ask(room, async (db) => (place === undefined || place === '1' ? undefined : await wordPath(db, 'discourse', `${id}#${number(place)}`)) ?? pathOf(await topicAt(db, 'discourse', id))))
}
/** `/topic/ID/words` and `/topic/ID/words/PLACE` of NodeBB, the place counted from 1. */
export const nodebbTopic: View = async (c, room) => {
  const [id, place] = [number(c.req.param('id')), Number(c.req.param('place') ?? 1)]
  return goes(c, await ask(room, async (db) => {
    const topic = await topicAt(db, 'nodebb', id)
    const path = pathOf(topic)
    if (!topic || !path || !(place > 1 && place < 100_000)) return path
    const [post] = await db.select({ id: posts.id }).from(posts).where(and(mine(db, posts), eq(posts.topicId, topic.id), sql`${posts.state} = 'shown'`)).orderBy(asc(posts.at), asc(posts.id)).limit(1).offset(Math.trunc(place) - 1)
    return post ? `/forum/p/${post.id}` : path
  }))
}
/** `/post/ID` of NodeBB. */
export const nodebbPost: View = async (c, room) => { const id = number(c.req.param('id')); return goes(c, await ask(room, (db) => wordPath(db, 'nodebb', id))) }

const category = (system: OldSystem): View => async (c, room) => {
  const id = number(c.req.param('id'))
  const found = await ask(room, (db) => categoryNamed(db, oldCategory(system, id)))
  return goes(c, found && `/forum/c/${found.slug}`)
}
export const [discourseCategory, nodebbCategory] = [category('discourse'), category('nodebb')]
