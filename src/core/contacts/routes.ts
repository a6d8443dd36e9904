import { Hono } from 'hono'
import { z } from 'zod'
import { allow, body, memberOf, params, query, tells, type HouseEnv } from '#kit/http.ts'
import { idParam, line, said, storable } from '#kit/text.ts'
import { Refusal } from '#kit/refusal.ts'
import type { House } from '../house.ts'
import { readEmail } from './rules.ts'
import { cardOf, changeContact, listContacts, reactionsOf } from './store.ts'

const List = z.strictObject({ q: z.string().max(200).refine(storable, 'invalid_text').optional(), cursor: z.string().max(100).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) })
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

export const contactRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/contacts', allow('read'), tells('People outside, those heard last first'), query(List), async (c) =>
    c.json(await house.database.read(memberOf(c).workspaceId, (db) => listContacts(db, c.req.valid('query')))))
  .get('/contacts/:id', allow('read'), tells('One person: what we know, what passed between us'), params(idParam), async (c) =>
    c.json(await house.database.read(memberOf(c).workspaceId, async (db) => {
      const { id } = c.req.valid('param')
      return { ...await cardOf(db, id), reactions: await reactionsOf(db, id) }
    })))
  .patch('/contacts/:id', allow('answer'), tells('Put right what we know of a person'), params(idParam), body(Change), async (c) => {
    const member = memberOf(c)
    const { id } = c.req.valid('param')
    const { email, ...rest } = c.req.valid('json')
    return c.json(await house.database.write(member.workspaceId, async (tx) => {
      await changeContact(tx, { ...rest, email: emailFrom(email) }, { contactId: id, memberId: member.id, at: house.now() })
      return await cardOf(tx, id)
    }))
  })

export type ContactApi = ReturnType<typeof contactRoutes>
