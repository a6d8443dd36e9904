import { Hono } from 'hono'
import { z } from 'zod'
import { allow, body, memberOf, params, tells, type HouseEnv, type Member } from '#kit/http.ts'
import { mayDo } from '#kit/rights.ts'
import { Refusal } from '#kit/refusal.ts'
import { idParam, line, said } from '#kit/text.ts'
import type { Tx } from '#db/database.ts'
import type { House } from '../house.ts'
import { dropFilter, dropOpener, openersOf, savedOf, saveFilter, saveOpener } from './saved.ts'

const named = { name: said(80), shared: z.boolean() }
const shared = (member: Member, isShared: boolean): void => { if (isShared && !mayDo(member.role, 'moderate')) throw new Refusal('not_allowed') }

/** What a member keeps at their desk: filters and openers under names. */
export const savedRoutes = (house: House) => {
  const write = <T>(member: Member, work: (doing: { tx: Tx; member: Member; now: Date }) => Promise<T>) =>
    house.database.write(member.workspaceId, (tx) => work({ tx, member, now: house.now() }))
  return new Hono<HouseEnv>()
    .get('/inbox/filters', allow('read'), tells('Saved filters: the team’s and one’s own'), async (c) => {
      const member = memberOf(c)
      return c.json({ items: await house.database.read(member.workspaceId, (db) => savedOf(db, member.id)) })
    })
    .post('/inbox/filters', allow('read'), tells('Keep a line of search under a name'), body(z.strictObject({ ...named, line: said(300) })), async (c) => {
      const given = c.req.valid('json')
      shared(memberOf(c), given.shared)
      return c.json(await write(memberOf(c), ({ tx, member, now }) => saveFilter(tx, { member, at: now }, given)), 201)
    })
    .delete('/inbox/filters/:id', allow('read'), tells('Throw a saved filter away'), params(idParam), async (c) => {
      await write(memberOf(c), ({ tx, member }) => dropFilter(tx, { member }, c.req.valid('param').id))
      return c.json({ gone: true })
    })
    .get('/inbox/openers', allow('read'), tells('Saved beginnings of an answer'), async (c) => {
      const member = memberOf(c)
      return c.json({ items: await house.database.read(member.workspaceId, (db) => openersOf(db, member.id)) })
    })
    .post('/inbox/openers', allow('answer'), tells('Keep a beginning of an answer'), body(z.strictObject({ ...named, text: line(4000).pipe(z.string().min(1)), lang: z.enum(['en', 'el']) })), async (c) => {
      const given = c.req.valid('json')
      shared(memberOf(c), given.shared)
      return c.json(await write(memberOf(c), ({ tx, member, now }) => saveOpener(tx, { member, at: now }, given)), 201)
    })
    .delete('/inbox/openers/:id', allow('answer'), tells('Throw an opener away'), params(idParam), async (c) => {
      await write(memberOf(c), ({ tx, member }) => dropOpener(tx, { member }, c.req.valid('param').id))
      return c.json({ gone: true })
    })
}

export type SavedApi = ReturnType<typeof savedRoutes>
