import { Hono } from 'hono'
import { z } from 'zod'
import { allow, body, memberOf, params, query, tells, type HouseEnv } from '#kit/http.ts'
import { moment } from '#kit/moment.ts'
import { idParam, line, said, storable } from '#kit/text.ts'
import { Refusal } from '#kit/refusal.ts'
import type { Tx } from '#db/database.ts'
import type { House } from '../house.ts'
import { arrange, moderate, note } from './act.ts'
import { answer, filesBegun } from './answer.ts'
import { claim, release } from './claims.ts'
import { detailOf } from './detail.ts'
import { keepDraft } from './drafts.ts'
import { conversationById } from './places.ts'
import { countViews, listConversations } from './store.ts'
import { askedOf } from './asked.ts'
import { priorities } from './grammar.ts'
import { views, type Filter } from './views.ts'

const word = z.string().trim().min(1).max(100).refine(storable, 'invalid_text').optional()
const filterShape = {
  view: z.enum(views).default('all'), channel: word, lang: z.string().regex(/^[a-z]{2,3}$/).optional(),
  q: z.string().trim().max(300).refine(storable, 'invalid_text').optional().transform((text) => text || undefined),
  postId: z.uuid().optional(), contactId: z.uuid().optional(), campaignId: z.uuid().optional(), importId: z.uuid().optional(),
}
export const AskedFilter = z.strictObject(filterShape)
const List = z.strictObject({
  ...filterShape, cursor: z.string().max(100).optional(), limit: z.coerce.number().int().min(1).max(100).default(30),
})
const typed = z.string().max(20_000).refine(storable, 'invalid_text')
const reasons = z.record(z.string().max(60), said(500)).default({})
const files = z.array(z.strictObject({ id: z.uuid(), alt: line(1_500).default('') })).max(20)
const Answer = z.strictObject({ text: typed, seen: z.uuid().nullable(), reasons, files: files.default([]), copies: z.array(z.string().max(300).refine(storable, 'invalid_text')).max(100).optional() })
const Change = z.strictObject({
  state: z.enum(['open', 'done', 'snoozed']).optional(), snoozedUntil: moment.optional(), assigneeId: z.uuid().nullable().optional(), tags: z.array(said(60)).max(20).optional(), priority: z.enum(priorities).optional(),
})
/** A filter as it is asked over HTTP: its `q` is a line of search. */
export const filterOf = ({ q, ...rest }: Filter): Filter => {
  const { terms, words } = askedOf(q ?? '')
  return { ...rest, ...(words ? { q: words } : {}), ...(terms.length > 0 ? { terms } : {}) }
}
const Ruling = z.strictObject({ to: z.enum(['shown', 'hidden', 'spam']), reason: line(500) })

interface Begun { readonly id: string; readonly memberId: string; readonly text: string; readonly files?: z.infer<typeof files> | undefined; readonly at: Date }
async function begin(tx: Tx, house: House, { id, memberId, text, files: chosen, at }: Begun): Promise<void> {
  const conversation = await conversationById(tx, id)
  if (!conversation) throw new Refusal('conversation_not_found')
  await keepDraft(tx, { conversationId: id, memberId, text, files: chosen && await filesBegun(tx, { house, conversation }, chosen), at })
}

export const conversationRoutes = (house: House) => {
  const looking = (memberId: string) => ({ memberId, now: house.now() })
  return new Hono<HouseEnv>()
    .get('/conversations', allow('read'), tells('The inbox: conversations of a view, filtered and searched'), query(List), async (c) => {
      const { cursor, limit, ...given } = c.req.valid('query')
      const member = memberOf(c)
      return c.json(await house.database.read(member.workspaceId, (db) => listConversations(db, filterOf(given), { cursor, limit, ...looking(member.id) })))
    })
    .get('/conversations/counts', allow('read'), tells('How many conversations each view holds'), async (c) => {
      const member = memberOf(c)
      return c.json(await house.database.read(member.workspaceId, (db) => countViews(db, looking(member.id))))
    })
    .get('/conversations/:id', allow('read'), tells('One conversation, whole'), params(idParam), async (c) => {
      const member = memberOf(c)
      return c.json(await house.database.read(member.workspaceId, (db) => detailOf(db, c.req.valid('param').id, { house, ...looking(member.id) })))
    })
    .post('/conversations/:id/claim', allow('answer'), tells('Take a conversation to answer it, for two minutes at a time'), params(idParam), async (c) => {
      const member = memberOf(c)
      return c.json(await house.database.write(member.workspaceId, (tx) => claim({ tx, member, now: house.now() }, c.req.valid('param').id)))
    })
    .delete('/conversations/:id/claim', allow('answer'), tells('Let go of a conversation'), params(idParam), async (c) => {
      const member = memberOf(c)
      await house.database.write(member.workspaceId, (tx) => release({ tx, member, now: house.now() }, c.req.valid('param').id))
      return c.json({ released: true })
    })
    .put('/conversations/:id/draft', allow('answer'), tells('Keep what was begun'), params(idParam), body(z.strictObject({ text: typed, files: files.optional() })), async (c) => {
      const member = memberOf(c)
      const at = house.now()
      await house.database.write(member.workspaceId, (tx) => begin(tx, house, { ...c.req.valid('json'), id: c.req.valid('param').id, memberId: member.id, at }))
      return c.json({ savedAt: at })
    })
    .post('/conversations/:id/answer', allow('answer'), tells('Answer as a person'), params(idParam), body(Answer), async (c) => {
      const member = memberOf(c)
      const message = await answer(house, { member, conversationId: c.req.valid('param').id }, c.req.valid('json'))
      return c.json({ id: message.id, at: message.heardAt, text: message.text, html: message.html, lang: message.lang, authorName: message.authorName, publicationId: message.publicationId }, 201)
    })
    .post('/conversations/:id/note', allow('answer'), tells('A note the team keeps to itself'), params(idParam), body(z.strictObject({ text: said(20_000) })), async (c) => {
      const member = memberOf(c)
      const made = await house.database.write(member.workspaceId, (tx) => note({ tx, member, now: house.now() }, c.req.valid('param').id, c.req.valid('json').text))
      return c.json({ id: made.id, at: made.heardAt, text: made.text, authorName: made.authorName }, 201)
    })
    .patch('/conversations/:id', allow('answer'), tells('Done, put off, given to somebody, tagged'), params(idParam), body(Change), async (c) => {
      const member = memberOf(c)
      const { id } = c.req.valid('param')
      return c.json(await house.database.write(member.workspaceId, async (tx) => {
        await arrange({ tx, member, now: house.now() }, id, c.req.valid('json'))
        return await detailOf(tx, id, { house, ...looking(member.id) })
      }))
    })
    .post('/messages/:id/moderate', allow('moderate'), tells('Show, hide or drop what came from outside, with a reason'), params(idParam), body(Ruling), async (c) => {
      const member = memberOf(c)
      await house.database.write(member.workspaceId, (tx) => moderate({ tx, member, now: house.now(), channels: house.channels }, c.req.valid('param').id, c.req.valid('json')))
      return c.json({ moderated: c.req.valid('json').to })
    })
}

export type ConversationApi = ReturnType<typeof conversationRoutes>
