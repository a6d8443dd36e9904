import { Hono } from 'hono'
import { z } from 'zod'
import { allow, body, memberOf, params, tells, type HouseEnv } from '#kit/http.ts'
import { idParam, line, version } from '#kit/text.ts'
import type { House } from '../house.ts'
import { recordDate, sayAgain } from './again.ts'
import { At, Changed, Note, Out } from './bodies.ts'
import { readCard } from './card.ts'
import { dropProposal, edit } from './proposals.ts'
import { publishPost, unschedule } from './publish.ts'
import { retractPost } from './revise.ts'
import { view } from './view.ts'
import { dueAt } from './wall-time.ts'

const Recorded = z.strictObject({ version, at: At, note: line(500).default('') })

/** Out into the world, and what can still be done afterwards. */
export const outRoutes = (house: House) => {
  const answer = view(house)
  return new Hono<HouseEnv>()
    .post('/posts/:id/publish', allow('publish'), tells('Publish now, or at a wall time in a zone'), params(idParam), body(Out), async (c) => {
      const { version: seen, at, reasons } = c.req.valid('json')
      const member = memberOf(c)
      const due = at ? dueAt(at, house.now()) : house.now()
      await readCard(house, member.workspaceId, c.req.valid('param').id)
      return c.json(await answer(member, (tx) => publishPost(tx, house, { member, id: c.req.valid('param').id, version: seen, dueAt: due, reasons, ...(at ? { wall: at } : {}) })))
    })
    .post('/posts/:id/unschedule', allow('publish'), tells('Back to the drafts'), params(idParam), async (c) =>
      c.json(await answer(memberOf(c), (tx) => unschedule(tx, house, c.req.valid('param').id))))
    .post('/posts/:id/edit', allow('publish'), tells('New words for a published post, with a public note; where approval is needed they wait for it'), params(idParam), body(Changed), async (c) => {
      const { version: seen, note, reasons, ...words } = c.req.valid('json')
      const member = memberOf(c)
      return c.json(await answer(member, (tx) => edit(tx, house, { member, id: c.req.valid('param').id, version: seen, words, note, reasons })))
    })
    .delete('/posts/:id/proposal', allow('publish'), tells('Let new words go that wait for approval'), params(idParam), async (c) => {
      const member = memberOf(c)
      return c.json(await answer(member, (tx) => dropProposal(tx, { id: c.req.valid('param').id, member, at: house.now() })))
    })
    .post('/posts/:id/retract', allow('publish'), tells('Take a published post down'), params(idParam), body(Note), async (c) =>
      c.json(await answer(memberOf(c), (tx) => retractPost(tx, house, { id: c.req.valid('param').id, note: c.req.valid('json').note }))))
    .post('/posts/:id/again', allow('write'), tells('The same words as a new draft'), params(idParam), async (c) => {
      const member = memberOf(c)
      return c.json(await answer(member, (tx) => sayAgain(tx, { id: c.req.valid('param').id, member, at: house.now() })), 201)
    })
    .post('/posts/:id/record-date', allow('publish'), tells('Move where a published post stands in the record'), params(idParam), body(Recorded), async (c) => {
      const { version: seen, at, note } = c.req.valid('json')
      const member = memberOf(c)
      return c.json(await answer(member, (tx) => recordDate(tx, { id: c.req.valid('param').id, member, version: seen, at, note, now: house.now() })))
    })
}
