import { problems } from '#kit/problems.ts'
import { Refusal } from '#kit/refusal.ts'
import type { PorchContext } from '../../porch/answer.ts'
import { topicPath } from '../convert.ts'
import { draftAt, dropDraft, keepDraft } from '../drafts.ts'
import { body, isUuid, oneLine, readForm } from '../fields.ts'
import { flag } from '../moderate.ts'
import { plainPage } from '../pages/shell.ts'
import { askPage, editPage, flagPage } from '../pages/write.ts'
import { acceptAnswer, thank } from '../react.ts'
import { squareOf, type Room, type View } from '../room.ts'
import { limits, mayEdit, tagsIn } from '../rules.ts'
import { addAnswer, editPost, openTopic, withdrawPost } from '../say.ts'
import { allCategories, postById, topicById } from '../topics.ts'
import { formFor, paced, signedIn, spendForm } from './form.ts'
import { answer, showTopic, similarTo, topicAt } from './read.ts'

const seeOther = (path: string): Response => new Response(null, { status: 303, headers: { location: path, 'cache-control': 'no-store' } })
/** What may be said to whoever typed is said above their form; the rest is everybody's. */
const excused = (error: unknown): Refusal => { if (error instanceof Refusal && error.code !== 'not_found') return error; throw error }
const statusOf = (refusal: Refusal): number => problems[refusal.code].status

const askFields = ['title', 'text', 'category', 'tags', 'website', 'form', 'do'] as const
export const askForm: View = async (c, room) => {
  const { workspaceId } = room.porch.host
  const [categories, draft] = await room.database.read(workspaceId, async (db) => [await allCategories(db), room.me ? await draftAt(db, room.me.id, 'new') : undefined] as const)
  if (categories.length === 0) throw new Refusal('not_found')
  const typed = { title: c.req.query('title')?.slice(0, limits.title) ?? draft?.['title'] ?? '', text: draft?.['text'] ?? '', tags: draft?.['tags'] ?? '', category: c.req.query('category') ?? '' }
  return answer(c, room, askPage(room, { categories, token: formFor(room, 'new'), typed, similar: await similarTo(room, typed.title) }))
}

export const ask: View = async (c, room) => {
  await paced(c, room)
  const typed = await readForm(c.req.raw, askFields)
  const { workspaceId } = room.porch.host
  const again = async (refusal?: Refusal): Promise<Response> => {
    const categories = await room.database.read(workspaceId, allCategories)
    return answer(c, room, askPage(room, { categories, token: formFor(room, 'new'), typed, refusal, preview: refusal ? undefined : typed.text, similar: await similarTo(room, typed.title) }), refusal ? statusOf(refusal) : 200)
  }
  if (typed.do === 'preview') return again()
  try {
    const me = signedIn(room)
    const title = oneLine(typed.title, { field: 'title', max: limits.title })
    const text = body(typed.text)
    if (!isUuid(typed.category)) throw new Refusal('forum_category', { field: 'category' })
    await spendForm(room, 'new', typed.form)
    const { topic } = await openTopic(squareOf(room), me, { title, text, categoryId: typed.category, tags: tagsIn(typed.tags), trapped: typed.website !== '' })
    await room.database.write(workspaceId, (tx) => dropDraft(tx, me.id, 'new'))
    return seeOther(topicPath(topic))
  } catch (error) { return again(excused(error)) }
}

export const answerTopic: View = async (c, room) => {
  await paced(c, room)
  const topic = await topicAt(c, room)
  if (topic instanceof Response) return topic
  const typed = await readForm(c.req.raw, ['text', 'website', 'form', 'do'])
  if (typed.do === 'preview') return showTopic(c, room, topic, { preview: typed.text, text: typed.text })
  try {
    const me = signedIn(room)
    const text = body(typed.text)
    await spendForm(room, topic.id, typed.form)
    const { post } = await addAnswer(squareOf(room), me, { topicId: topic.id, text, trapped: typed.website !== '' })
    await room.database.write(room.porch.host.workspaceId, (tx) => dropDraft(tx, me.id, topic.id))
    return seeOther(`/forum/p/${post.id}`)
  } catch (error) {
    const refusal = excused(error)
    return showTopic(c, room, topic, { refusal, text: typed.text, status: statusOf(refusal) })
  }
}

const idOf = (c: PorchContext): string => {
  const id = c.req.param('id')
  if (!isUuid(id)) throw new Refusal('not_found')
  return id
}
export const editForm: View = async (c, room) => {
  const [me, id] = [signedIn(room), idOf(c)]
  const post = await room.database.read(room.porch.host.workspaceId, (db) => postById(db, id))
  if (post?.personId !== me.id) throw new Refusal('not_found')
  if (!mayEdit(post.state === 'spam' ? { ...post, state: 'shown' } : post, me.level, room.now)) throw new Refusal('forum_edit_late')
  return answer(c, room, editPage(room, { postId: id, text: post.markdown }))
}
export const edit: View = async (c, room) => {
  await paced(c, room)
  const [me, id] = [signedIn(room), idOf(c)]
  const typed = await readForm(c.req.raw, ['text'])
  try {
    await editPost(squareOf(room), me, { postId: id, text: body(typed.text) })
    return seeOther(`/forum/p/${id}`)
  } catch (error) {
    const refusal = excused(error)
    return answer(c, room, editPage(room, { postId: id, text: typed.text, refusal }), statusOf(refusal))
  }
}

/** Thanks, the answer that helped, taking one's own words back. */
export const act: View = async (c, room) => {
  await paced(c, room)
  const id = idOf(c)
  const { do: does } = await readForm(c.req.raw, ['do'])
  const square = squareOf(room)
  switch (does) {
    case 'thank': case 'unthank': await thank(square, signedIn(room), { postId: id, taken: does === 'unthank' }); break
    case 'accept': case 'unaccept': await acceptAnswer(square, await judgeOf(room, id), { postId: id, taken: does === 'unaccept' }); break
    case 'withdraw': {
      const { topic } = await withdrawPost(square, signedIn(room), id)
      return seeOther(topic.openerId === id && topic.answers === 0 ? '/forum' : topicPath(topic))
    }
    default: throw new Refusal('invalid_input', { params: { reason: 'do' }, field: 'do' })
  }
  return seeOther(`/forum/p/${id}`)
}
/** Whoever asked speaks for themselves, even if they are of the team. */
async function judgeOf(room: Room, postId: string) {
  const topic = await room.database.read(room.porch.host.workspaceId, async (db) => { const post = await postById(db, postId); return post && await topicById(db, post.topicId) })
  if (room.me && topic?.personId === room.me.id) return { me: room.me }
  return room.member ? { member: room.member } : { me: signedIn(room) }
}

export const flagForm: View = async (c, room) => {
  signedIn(room)
  return answer(c, room, flagPage(room, { postId: idOf(c) }))
}
const kinds = ['spam', 'abuse', 'illegal', 'off-topic'] as const
export const report: View = async (c, room) => {
  await paced(c, room)
  const [me, postId] = [signedIn(room), idOf(c)]
  const typed = await readForm(c.req.raw, ['kind', 'says'])
  const kind = kinds.find((one) => one === typed.kind)
  if (!kind || typed.says.length > limits.reason) throw new Refusal('invalid_input', { params: { reason: 'kind' }, field: 'kind' })
  await room.database.write(room.porch.host.workspaceId, (tx) => flag(tx, me, { postId, kind, says: typed.says.trim(), now: room.now }))
  return answer(c, room, plainPage(room, { title: room.words.flagDone, lead: room.words.flagDoneWhy, back: `/forum/p/${postId}` }))
}

export const draft: View = async (c, room) => {
  await room.paces.search(room.porch.host.workspaceId, c.get('ip'))
  const me = signedIn(room)
  const { place, ...typed } = await readForm(c.req.raw, ['place', 'title', 'tags', 'text'])
  if ((place !== 'new' && !isUuid(place)) || typed.text.length > limits.text || typed.title.length > limits.title || typed.tags.length > 240) throw new Refusal('invalid_input', { params: { reason: 'place' }, field: 'place' })
  await room.database.write(room.porch.host.workspaceId, (tx) => keepDraft(tx, me.id, { place, typed, at: room.now }))
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } })
}
