import { Hono } from 'hono'
import { z } from 'zod'
import { allow, body, memberOf, params, query, tells, type HouseEnv } from '#kit/http.ts'
import { idParam, line, said, storable } from '#kit/text.ts'
import { Refusal } from '#kit/refusal.ts'
import type { House } from '../house.ts'
import { readEmail } from './rules.ts'
import { consents } from './consents.ts'
import { erasureOf } from './erase.ts'
import { mergesOf } from './merge.ts'
import { personRoutes } from './person-routes.ts'
import { cardOf, changeContact, contactById, listContacts, reactionsOf, waysToFilter } from './store.ts'
import { suggestionsFor } from './suggestions.ts'
import { exchangeOf, timelineOf } from './timeline.ts'

const List = z.strictObject({
  q: z.string().max(200).refine(storable, 'invalid_text').optional(), channel: said(60).optional(), tag: said(60).optional(), lang: z.string().regex(/^[a-z]{2,3}$/).optional(),
  cursor: z.string().max(100).optional(), limit: z.coerce.number().int().min(1).max(100).default(50),
})
const Pages = z.strictObject({ cursor: z.string().max(100).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) })
const Change = z.strictObject({
  name: said(200).optional(), email: z.string().trim().max(254).nullable().optional(), note: line(10_000).optional(), tags: z.array(said(60)).max(20).optional(),
  lang: z.string().regex(/^[a-z]{2,3}$/).nullable().optional(),
})

/** An empty address takes it away; one that is none is refused. */
function emailFrom(given: string | null | undefined): string | null | undefined {
  if (given === undefined) return undefined
  if (given === null || given === '') return null
  const read = readEmail(given)
  if (read === undefined) throw new Refusal('invalid_email', { field: 'email' })
  return read
}

const knownRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/contacts', allow('read'), tells('People outside, those heard last first'), query(List), async (c) =>
    c.json(await house.database.read(memberOf(c).workspaceId, (db) => listContacts(db, c.req.valid('query')))))
  .get('/contacts/filters', allow('read'), tells('By what people can be narrowed down'), async (c) =>
    c.json(await house.database.read(memberOf(c).workspaceId, waysToFilter)))
  .get('/contacts/:id', allow('read'), tells('One person: what we know, what passed between us'), params(idParam), async (c) =>
    c.json(await house.database.read(memberOf(c).workspaceId, async (db) => {
      const card = await cardOf(db, c.req.valid('param').id)
      return { ...card, reactions: await reactionsOf(db, card.id), exchange: await exchangeOf(db, card.id), consents: await consents.of(db, card.id), merges: await mergesOf(db, card.id), erasure: await erasureOf(db, card.id) }
    })))
  .get('/contacts/:id/timeline', allow('read'), tells('Everything that passed between us, over all channels, newest first'), params(idParam), query(Pages), async (c) =>
    c.json(await house.database.read(memberOf(c).workspaceId, async (db) => await timelineOf(db, (await contactById(db, c.req.valid('param').id)).id, c.req.valid('query')))))
  .get('/contacts/:id/suggestions', allow('read'), tells('Who may be the same person, and why'), params(idParam), async (c) =>
    c.json({ items: await house.database.read(memberOf(c).workspaceId, async (db) => await suggestionsFor(db, (await contactById(db, c.req.valid('param').id)).id)) }))
  .patch('/contacts/:id', allow('answer'), tells('Put right what we know of a person'), params(idParam), body(Change), async (c) => {
    const member = memberOf(c)
    const { id } = c.req.valid('param')
    const { email, ...rest } = c.req.valid('json')
    return c.json(await house.database.write(member.workspaceId, async (tx) => {
      await changeContact(tx, { ...rest, email: emailFrom(email) }, { contactId: id, memberId: member.id, at: house.now() })
      return await cardOf(tx, id)
    }))
  })

/** People outside: what we know of them, and what can be done. */
export const contactRoutes = (house: House) => new Hono<HouseEnv>().route('/', knownRoutes(house)).route('/', personRoutes(house))

export type ContactApi = ReturnType<typeof contactRoutes>
