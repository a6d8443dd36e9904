import { Hono } from 'hono'
import { z } from 'zod'
import { allow, body, memberOf, params, tells, type HouseEnv } from '#kit/http.ts'
import { idParam, said } from '#kit/text.ts'
import { Refusal } from '#kit/refusal.ts'
import type { House } from '../house.ts'
import { giveConsent, withdrawConsent } from './consents.ts'
import { beginErasure, runErasure } from './erase.ts'
import { exportPerson } from './export.ts'
import { keepApart, mergeContacts, undoMerge } from './merge.ts'
import { contactById } from './store.ts'

const Other = z.strictObject({ otherId: z.uuid() })
const Agreed = z.strictObject({ purpose: said(60), words: said(2_000), lang: z.enum(['en', 'el']), source: said(300) })

/** What can be done with a person's card: made one with another, and what is theirs by right. */
export const personRoutes = (house: House) => new Hono<HouseEnv>()
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
