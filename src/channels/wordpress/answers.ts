import { ChannelError, type Account, type Ctx, type Receipt } from '#kit/channel.ts'
import { ask, isGone, saysIn } from './ask.ts'
import { refTo } from './convert.ts'
import { stageMark } from './mark.ts'
import type { Settings } from './settings.ts'
import { Comment, List, type AnswerWire } from './wire.ts'

type At = Account<Settings>
const comments = '/wp/v2/comments'
const receiptOf = ({ id, link }: Comment): Receipt => { const { id: name, url } = refTo('comments', id, link); return { id: name, ...(url ? { url } : {}) } }
const isOut = ({ status }: Comment): boolean => status === 'approved' || status === 'approve'

/** Looks at what is answered. A user who moderates leaves the answer there, held back from everybody. */
export async function stage(wire: AnswerWire, { settings }: At, ctx: Ctx): Promise<AnswerWire> {
  const parent = wire.parent === 0 ? undefined : await ask(settings, { path: `${comments}/${wire.parent}` }, { ctx, answer: Comment }).catch((error: unknown) => {
    throw isGone(error) ? new ChannelError({ kind: 'refused', because: 'answered-gone' }, error) : error
  })
  const post = parent?.post ?? wire.post
  if (post === null) throw new ChannelError({ kind: 'refused', because: 'answered-gone' })
  const placed = { ...wire, post }
  return settings.moderates ? { ...placed, staged: (await held(placed, settings, ctx)).id } : placed
}

async function held(wire: AnswerWire, settings: Settings, ctx: Ctx): Promise<Comment> {
  const json = { ...bodyOf(wire), status: 'hold' }
  return await ask(settings, { method: 'POST', path: comments, json }, { ctx, answer: Comment }).catch(async (error: unknown) => {
    if (saysIn(error)?.code !== 'comment_duplicate') throw error
    // The site knows these words already: from an earlier readying of ours, or as another answer.
    const before = await mine(wire, settings, ctx)
    if (!before) throw new ChannelError({ kind: 'refused', because: 'same-words-there' }, error)
    return before
  })
}

const bodyOf = ({ key, post, parent, html }: AnswerWire) => ({ post, parent, content: html, author_user_agent: stageMark(key) })

/** Ours by the mark in the field for the program that wrote it. */
async function mine(wire: AnswerWire, settings: Settings, ctx: Ctx): Promise<Comment | undefined> {
  const query = { post: wire.post ?? 0, parent: wire.parent, per_page: 100, order: 'desc', status: 'all', context: 'edit' }
  return (await listed(settings, query, ctx)).find((one) => one.author_user_agent === stageMark(wire.key))
}

async function listed(settings: Settings, query: Readonly<Record<string, string | number>>, ctx: Ctx): Promise<readonly Comment[]> {
  const list = await ask(settings, { path: comments, query }, { ctx, answer: List })
  return list.flatMap((each) => { const read = Comment.safeParse(each); return read.success ? [read.data] : [] })
}

export async function send(wire: AnswerWire, { settings }: At, ctx: Ctx): Promise<Receipt> {
  if (wire.staged === null) return await sayAtOnce(wire, settings, ctx)
  const path = `${comments}/${wire.staged}`
  return receiptOf(await ask(settings, { method: 'POST', path, json: { status: 'approved', author_user_agent: stageMark(wire.key) } }, { ctx, answer: Comment }).catch(async (error: unknown) => {
    if (isGone(error)) throw new ChannelError({ kind: 'stale' }, error)
    // It may call it a mistake of its own to let out what is out.
    if (saysIn(error)?.code !== 'rest_comment_failed_edit') throw error
    const now = await ask(settings, { path, query: { context: 'edit' } }, { ctx, answer: Comment })
    if (!isOut(now)) throw error
    return now
  }))
}

/** For users who do not moderate: WordPress itself refuses the same words under the same comment. */
async function sayAtOnce(wire: AnswerWire, settings: Settings, ctx: Ctx): Promise<Receipt> {
  return receiptOf(await ask(settings, { method: 'POST', path: comments, json: bodyOf(wire) }, { ctx, answer: Comment }).catch(async (error: unknown) => {
    const before = saysIn(error)?.code === 'comment_duplicate' ? await same(wire, settings, ctx) : undefined
    if (!before) throw error
    return before
  }))
}

const bare = (html: string): string => html.replace(/<[^>]*>|&#?\w+;|[\s\p{P}\p{S}]/gu, '').normalize('NFC')
async function same(wire: AnswerWire, settings: Settings, ctx: Ctx): Promise<Comment | undefined> {
  const all = await listed(settings, { post: wire.post ?? 0, parent: wire.parent, author: settings.userId ?? 0, per_page: 100, order: 'desc' }, ctx)
  return all.find((one) => bare(one.content.rendered) === bare(wire.html))
}

export async function find(wire: AnswerWire, { settings }: At, ctx: Ctx): Promise<Receipt | 'absent' | 'unsure'> {
  if (wire.staged === null) {
    const stands = await same(wire, settings, ctx)
    // It may wait for the site's moderators, where this user does not see it.
    return stands ? receiptOf(stands) : 'unsure'
  }
  const now = await ask(settings, { path: `${comments}/${wire.staged}`, query: { context: 'edit' } }, { ctx, answer: Comment }).catch((error: unknown) => {
    if (isGone(error)) return undefined
    throw error
  })
  if (!now || (now.status !== 'hold' && !isOut(now))) return 'unsure'
  return isOut(now) ? receiptOf(now) : 'absent'
}
