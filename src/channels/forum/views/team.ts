import type { Member } from '#kit/http.ts'
import { problems } from '#kit/problems.ts'
import { Refusal } from '#kit/refusal.ts'
import { mayDo } from '#kit/rights.ts'
import type { PorchContext } from '../../porch/answer.ts'
import { codeIn, topicPath } from '../convert.ts'
import { isUuid, oneLine, readForm } from '../fields.ts'
import { followOn } from '../follows.ts'
import { keepCategory, lockTopic, mergeTopics, moveTopic, pinTopic, renameTopic } from '../manage.ts'
import { appealsOf, leaveStanding, queueOf, rulingById, upholdRuling } from '../moderate.ts'
import { deskPage, rulePage } from '../pages/tools.ts'
import type { Room, View } from '../room.ts'
import { limits } from '../rules.ts'
import { allCategories, categoryById, postById, topicByCode, topicById } from '../topics.ts'
import { answer } from './read.ts'

const going = (location: string): Response => new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
const workspaceOf = (room: Room): string => room.porch.host.workspaceId
function memberOf({ member }: Room): Member {
  if (!member) throw new Refusal('not_found')
  return member
}
const idIn = (c: PorchContext): string => {
  const id = c.req.param('id')
  if (!isUuid(id)) throw new Refusal('not_found')
  return id
}

async function showDesk(c: PorchContext, room: Room, refusal?: Refusal): Promise<Response> {
  const member = memberOf(room)
  const [queue, appeals, categories] = await room.database.read(workspaceOf(room), async (db) => [await queueOf(db), await appealsOf(db), await allCategories(db)] as const)
  return answer(c, room, deskPage(room, { queue, appeals, categories, mayManage: mayDo(member.role, 'manage'), refusal }), refusal ? problems[refusal.code].status : 200)
}
export const desk: View = (c, room) => showDesk(c, room)
const orDesk = async (c: PorchContext, room: Room, work: () => Promise<Response>): Promise<Response> => {
  try { return await work() } catch (error) {
    if (error instanceof Refusal && error.code !== 'not_found') return await showDesk(c, room, error)
    throw error
  }
}

export const keepCategoryView: View = (c, room) => orDesk(c, room, async () => {
  if (!mayDo(memberOf(room).role, 'manage')) throw new Refusal('not_allowed')
  const id = c.req.param('id') === 'new' ? undefined : idIn(c)
  const typed = await readForm(c.req.raw, ['nameEn', 'nameEl', 'aboutEn', 'aboutEl', 'slug', 'place'])
  const line = (field: 'nameEn' | 'nameEl'): string => oneLine(typed[field], { field, max: 80 })
  const about = (field: 'aboutEn' | 'aboutEl'): string => (typed[field].trim() === '' ? '' : oneLine(typed[field], { field, max: 200 }))
  const given = { nameEn: line('nameEn'), nameEl: line('nameEl'), aboutEn: about('aboutEn'), aboutEl: about('aboutEl'), slug: typed.slug.trim(), place: Math.trunc(Number(typed.place)) || 0 }
  await room.database.write(workspaceOf(room), (tx) => keepCategory(tx, id, given))
  return going('/forum/manage')
})

export const ruleForm: View = async (c, room) => {
  memberOf(room)
  const found = await room.database.read(workspaceOf(room), async (db) => {
    const post = await postById(db, idIn(c))
    const topic = post && await topicById(db, post.topicId)
    return post && (post.personId ?? post.outside) && topic && { post, topic }
  })
  if (!found) throw new Refusal('not_found')
  return answer(c, room, rulePage(room, found))
}
const words = ['shown', 'hidden', 'spam'] as const
export const rule: View = (c, room) => orDesk(c, room, async () => {
  const member = memberOf(room)
  const id = idIn(c)
  const typed = await readForm(c.req.raw, ['to', 'reason'])
  if (typed.reason.length > 500) throw new Refusal('invalid_input', { params: { reason: 'reason' }, field: 'reason' })
  if (typed.to === 'leave') {
    await room.database.write(workspaceOf(room), (tx) => leaveStanding(tx, id, room.now))
    return going('/forum/manage')
  }
  const to = words.find((one) => one === typed.to)
  if (!to) throw new Refusal('invalid_input', { params: { reason: 'to' }, field: 'to' })
  if (!await room.porch.host.rule(room.account, id, { to, reason: typed.reason.trim(), by: member })) throw new Refusal('not_found')
  return going('/forum/manage')
})

export const judge: View = (c, room) => orDesk(c, room, async () => {
  const member = memberOf(room)
  const id = idIn(c)
  const typed = await readForm(c.req.raw, ['do', 'reason'])
  const reason = typed.reason.trim().slice(0, 500)
  if (typed.do === 'reverse') {
    const ruling = await room.database.read(workspaceOf(room), (db) => rulingById(db, id))
    if (!ruling?.appealedAt || ruling.answeredAt) throw new Refusal('not_found')
    await room.porch.host.rule(room.account, ruling.postId, { to: 'shown', reason, by: member })
  } else await room.database.write(workspaceOf(room), (tx) => upholdRuling(tx, { id, by: member, reason, now: room.now }))
  return going('/forum/manage')
})

export const arrange: View = (c, room) => orDesk(c, room, async () => {
  memberOf(room)
  const id = idIn(c)
  const typed = await readForm(c.req.raw, ['do', 'title', 'category', 'into'])
  const path = await room.database.write(workspaceOf(room), async (tx) => {
    const topic = await topicById(tx, id)
    if (!topic) throw new Refusal('not_found')
    switch (typed.do) {
      case 'lock': await lockTopic(tx, id, room.now); break
      case 'unlock': await lockTopic(tx, id, null); break
      case 'pin': await pinTopic(tx, id, room.now); break
      case 'unpin': await pinTopic(tx, id, null); break
      case 'rename': await renameTopic(tx, topic, oneLine(typed.title, { field: 'title', max: limits.title })); break
      case 'move': {
        const to = isUuid(typed.category) ? await categoryById(tx, typed.category) : undefined
        if (!to) throw new Refusal('forum_category', { field: 'category' })
        await moveTopic(tx, topic, to)
        break
      }
      case 'merge': {
        const code = codeIn(typed.into.trim().split(/[?#]/)[0] ?? '')
        const into = code === undefined ? undefined : await topicByCode(tx, code)
        if (!into) throw new Refusal('forum_merge', { field: 'into' })
        await followOn(tx, topic.id, into.id)
        return topicPath(await mergeTopics(tx, topic, into.id))
      }
      default: throw new Refusal('invalid_input', { params: { reason: 'do' }, field: 'do' })
    }
    return topicPath((await topicById(tx, id))!)
  })
  return going(path)
})
