import { Hono } from 'hono'
import { z } from 'zod'
import { allow, body, memberOf, params, query, tells, type HouseEnv } from '#kit/http.ts'
import { idParam, line, said, storable } from '#kit/text.ts'
import { Refusal } from '#kit/refusal.ts'
import type { House } from '../house.ts'
import { readEmail } from './rules.ts'
import { consents, giveConsent, withdrawConsent } from './consents.ts'
import { beginErasure, erasureOf, runErasure } from './erase.ts'
import { exportPerson } from './export.ts'
import { keepApart, mergeContacts, mergesOf, undoMerge } from './merge.ts'
import { cardOf, changeContact, contactById, listContacts, reactionsOf, waysToFilter } from './store.ts'
import { suggestionsFor } from './suggestions.ts'
import { exchangeOf, timelineOf } from './timeline.ts'

const List = z.strictObject({
  q: z.string().max(200).refine(storable, 'invalid_text').optional(), channel: said(60).optional(), tag: said(60).optional(), lang: z.string().regex(/^[a-z]{2,3}$/).optional(),
  cursor: z.string().max(100).optional(), limit: z.coerce.number().int().min(1).max(100).default(50),
})
const Pages = z.strictObject({ cursor: z.string().max(100).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) })
const Other = z.strictObject({ otherId: z.uuid() })
const Agreed = z.strictObject({ purpose: said(60), words: said(2_000), lang: z.enum(['en', 'el']), source: said(300) })
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
  .get('/contacts/:id/export', allow('manage'), tells('Everything of a person, as an archive'), params(idParam), async (c) => {
    const { name, data } = await exportPerson(house, memberOf(c).workspaceId, c.req.valid('param').id)
    return c.body(new Uint8Array(data), 200, { 'content-type': 'application/zip', 'content-disposition': `attachment; filename="${name}"`, 'x-content-type-options': 'nosniff' })
  })
  .post('/contacts/:id/erase', allow('manage'), tells('Erase a person for good; the receipt stands on their card once nothing is left'), params(idParam), body(z.strictObject({ name: z.string().max(200) })), async (c) => {
    const { id: memberId, workspaceId } = memberOf(c)
    const begun = await house.database.write(workspaceId, async (tx) => {
      const contact = await contactById(tx, c.req.valid('param').id)
      // Their name, written out, says that it is this person who is meant.
      if (contact.erasedAt === null && c.req.valid('json').name.trim() !== contact.name.trim()) throw new Refusal('erasure_name', { params: { name: contact.name }, field: 'name' })
      return await beginErasure(tx, { contactId: contact.id, memberId, at: house.now() })
    })
    // It goes on by itself; broken off, the next start of the house goes on with it.
    void runErasure(house, { workspaceId, erasureId: begun.id }).catch((error: unknown) => house.log('an erasure was broken off', { erasure: begun.id, error: String(error) }))
    return c.json({ state: begun.state }, 202)
  })
  .post('/contacts/:id/merge', allow('answer'), tells('Make one person of two; can be taken back'), params(idParam), body(Other), async (c) => {
    const { id: memberId, workspaceId } = memberOf(c)
    const [intoId, fromId] = [c.req.valid('param').id, c.req.valid('json').otherId]
    return c.json(await house.database.write(workspaceId, (tx) => mergeContacts(tx, { intoId, fromId, memberId, at: house.now() })))
  })
  .post('/contacts/:id/apart', allow('answer'), tells('They are not the same person: do not ask again'), params(idParam), body(Other), async (c) => {
    const { id: memberId, workspaceId } = memberOf(c)
    const [oneId, otherId] = [c.req.valid('param').id, c.req.valid('json').otherId]
    await house.database.write(workspaceId, async (tx) => {
      for (const id of [oneId, otherId]) await contactById(tx, id)
      await keepApart(tx, { oneId, otherId, memberId, at: house.now() })
    })
    return c.json({ apart: true })
  })
  .post('/merges/:id/undo', allow('answer'), tells('Make two persons of one again'), params(idParam), async (c) => {
    const { id: memberId, workspaceId } = memberOf(c)
    return c.json(await house.database.write(workspaceId, (tx) => undoMerge(tx, c.req.valid('param').id, { memberId, at: house.now() })))
  })
  .post('/contacts/:id/consents', allow('answer'), tells('Write down what a person agreed to'), params(idParam), body(Agreed), async (c) => {
    const { id: memberId, workspaceId } = memberOf(c)
    return c.json(await house.database.write(workspaceId, async (tx) => {
      const { id: contactId } = await contactById(tx, c.req.valid('param').id)
      return { id: await giveConsent(tx, { ...c.req.valid('json'), contactId, memberId, at: house.now() }) }
    }), 201)
  })
  .post('/consents/:id/withdraw', allow('answer'), tells('A person takes their consent back'), params(idParam), async (c) => {
    const { id: memberId, workspaceId } = memberOf(c)
    await house.database.write(workspaceId, (tx) => withdrawConsent(tx, { id: c.req.valid('param').id, by: 'member', memberId, at: house.now() }))
    return c.json({ withdrawn: true })
  })
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
