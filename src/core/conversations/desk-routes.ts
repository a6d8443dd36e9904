import { Hono } from 'hono'
import { z } from 'zod'
import { allow, body, memberOf, params, tells, type HouseEnv, type Member } from '#kit/http.ts'
import { moment } from '#kit/moment.ts'
import { idParam, said } from '#kit/text.ts'
import type { Tx } from '#db/database.ts'
import type { House } from '../house.ts'
import { postedByHand, resend, takeBackByHand } from './after-sending.ts'
import { arrangeMany, bulkCap, undoMany } from './bulk.ts'
import { priorities } from './grammar.ts'
import { merge, split, undoMove } from './moves.ts'
import { markRead, markUnread } from './reads.ts'
import { AskedFilter, filterOf } from './routes.ts'

const BulkChange = z.strictObject({
  state: z.enum(['open', 'done', 'snoozed']).optional(), snoozedUntil: moment.optional(), assigneeId: z.uuid().nullable().optional(), priority: z.enum(priorities).optional(),
  tag: said(60).optional(), untag: said(60).optional(),
})
const Bulk = z.union([
  z.strictObject({ ids: z.array(z.uuid()).min(1).max(bulkCap), change: BulkChange }),
  z.strictObject({ filter: AskedFilter, change: BulkChange }),
])

/** What makes the inbox a desk: marks of what was read, things done to many, two made one and one made two. */
export const deskRoutes = (house: House) => {
  const write = <T>(member: Member, work: (doing: { tx: Tx; member: Member; now: Date }) => Promise<T>) =>
    house.database.write(member.workspaceId, (tx) => work({ tx, member, now: house.now() }))
  return new Hono<HouseEnv>()
    .post('/conversations/bulk', allow('answer'), tells('The same to many conversations, or to all of a filter; taken back in one go'), body(Bulk), async (c) => {
      const given = c.req.valid('json')
      const which = 'ids' in given ? { ids: given.ids } : { filter: filterOf(given.filter) }
      return c.json(await write(memberOf(c), (doing) => arrangeMany(doing, which, given.change)))
    })
    .post('/conversations/bulk/:id/undo', allow('answer'), tells('Take back what was done to many, but for what changed since'), params(idParam), async (c) =>
      c.json(await write(memberOf(c), (doing) => undoMany(doing, c.req.valid('param').id))))
    .put('/conversations/:id/read', allow('read'), tells('How far this member has read'), params(idParam), body(z.strictObject({ seen: z.uuid() })), async (c) => {
      await write(memberOf(c), ({ tx, member, now }) => markRead(tx, { memberId: member.id, conversationId: c.req.valid('param').id, seen: c.req.valid('json').seen, now }))
      return c.json({ read: true })
    })
    .delete('/conversations/:id/read', allow('read'), tells('As if this member had not read it'), params(idParam), async (c) => {
      await write(memberOf(c), ({ tx, member }) => markUnread(tx, { memberId: member.id, conversationId: c.req.valid('param').id }))
      return c.json({ read: false })
    })
    .post('/conversations/:id/merge', allow('answer'), tells('Make this conversation one with another'), params(idParam), body(z.strictObject({ into: z.uuid() })), async (c) =>
      c.json({ id: (await write(memberOf(c), (doing) => merge(doing, c.req.valid('param').id, c.req.valid('json').into))).id }))
    .post('/conversations/:id/split', allow('answer'), tells('Let a talk of its own begin at a message'), params(idParam), body(z.strictObject({ at: z.uuid() })), async (c) => {
      const { id, intoId } = await write(memberOf(c), (doing) => split(doing, c.req.valid('param').id, c.req.valid('json').at))
      return c.json({ id, into: intoId })
    })
    .post('/conversation-moves/:id/undo', allow('answer'), tells('Take a merge or a split back'), params(idParam), async (c) => {
      await write(memberOf(c), (doing) => undoMove(doing, c.req.valid('param').id))
      return c.json({ undone: true })
    })
    .post('/messages/:id/resend', allow('answer'), tells('An answer that did not go out: send it again, say that it is there, or drop it'), params(idParam), body(z.strictObject({ answer: z.enum(['send', 'there', 'drop']) })), async (c) => {
      await write(memberOf(c), (doing) => resend(doing, c.req.valid('param').id, c.req.valid('json').answer))
      return c.json({ answer: c.req.valid('json').answer })
    })
    .post('/messages/:id/posted', allow('answer'), tells('An answer handed over has been posted on the network'), params(idParam), body(z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(2000).nullable() })), async (c) => {
      await write(memberOf(c), (doing) => postedByHand(doing, c.req.valid('param').id, c.req.valid('json').url))
      return c.json({ posted: true })
    })
    .delete('/messages/:id/posted', allow('answer'), tells('An answer handed over that nobody will post'), params(idParam), async (c) =>
      c.json({ text: await write(memberOf(c), (doing) => takeBackByHand(doing, c.req.valid('param').id)) }))
}

export type DeskApi = ReturnType<typeof deskRoutes>
