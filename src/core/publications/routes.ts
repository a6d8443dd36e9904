import { Hono } from 'hono'
import { z } from 'zod'
import { allow, body, memberOf, params, tells, type HouseEnv } from '#kit/http.ts'
import { Refusal } from '#kit/refusal.ts'
import { isId } from '#kit/id.ts'
import { idParam, line, said } from '#kit/text.ts'
import type { Db } from '#db/database.ts'
import type { House } from '../house.ts'
import { answerChange, troubled } from './changes.ts'
import { answerHeld } from './held.ts'
import { heldCount, isForPeople, pause, pausedNow, resume, unsettled } from './pause.ts'
import { settle } from './settle.ts'
import { publicationById, type Publication } from './store.ts'
import { shown } from './view.ts'

/** By what people know it: its title, or the first of its words. */
const beginning = ({ draft }: Publication): string => draft?.title?.trim() || (draft?.text ?? '').replace(/\s+/g, ' ').trim().slice(0, 120)

async function standing(db: Db, now: Date) {
  const open = await unsettled(db, now)
  const listed = (row: Publication) => ({ ...shown(row), postId: row.postId, messageId: row.messageId, lang: row.lang, begins: beginning(row) })
  return {
    paused: await pausedNow(db), held: await heldCount(db), oldestUnsettled: open.find((row) => row.dueAt < now)?.dueAt ?? null, forPeople: open.filter(isForPeople).length,
    unsettled: open.map(listed), troubled: (await troubled(db)).map(listed),
  }
}

const Settle = z.strictObject({ answer: z.enum(['there', 'send', 'drop']), url: line(2000).pipe(z.url({ protocol: /^https?$/ })).optional(), remoteId: said(500).optional() })
const Held = z.strictObject({ answer: z.enum(['look', 'send', 'drop']), ids: z.array(z.string().refine(isId)).min(1).max(500).optional() })

export const publishingRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/publishing', allow('read'), tells('How publishing stands: the pause, what is held, and what has yet to come to an end'), async (c) =>
    c.json(await house.database.read(memberOf(c).workspaceId, (db) => standing(db, house.now()))))
  .post('/publishing/pause', allow('publish'), tells('Hold everything scheduled'), body(z.strictObject({ reason: said(300) })), async (c) => {
    const member = memberOf(c)
    return c.json(await house.database.write(member.workspaceId, async (tx) => {
      await pause(tx, { by: member.id, reason: c.req.valid('json').reason, at: house.now() })
      return await standing(tx, house.now())
    }))
  })
  .post('/publishing/resume', allow('publish'), tells('Let everything scheduled go on'), async (c) => {
    const member = memberOf(c)
    return c.json(await house.database.write(member.workspaceId, async (tx) => {
      await resume(tx, { by: member.id, at: house.now() })
      return await standing(tx, house.now())
    }))
  })
  .post('/publishing/held', allow('publish'), tells('Say what becomes of all that is held, or of some of it: look for it, send it, or drop it'), body(Held), async (c) => {
    const member = memberOf(c)
    return c.json(await house.database.write(member.workspaceId, async (tx) => {
      const told = await answerHeld(tx, { ...c.req.valid('json'), by: member.id, at: house.now() }, (channel) => house.channels.find((one) => one.id === channel)?.publish?.idempotency)
      return { ...await standing(tx, house.now()), ...told }
    }))
  })
  .post('/publications/:id/change', allow('publish'), tells('Try an edit or removal that keeps failing now, or drop it'), params(idParam), body(z.strictObject({ do: z.enum(['retry', 'drop']) })), async (c) => {
    const member = memberOf(c)
    return c.json(await house.database.write(member.workspaceId, async (tx) => {
      if (!await publicationById(tx, c.req.valid('param').id)) throw new Refusal('not_found')
      const row = await answerChange(tx, c.req.valid('param').id, { do: c.req.valid('json').do, by: member.id, at: house.now() })
      if (!row) throw new Refusal('wrong_state', { params: { state: 'settled' } })
      return shown(row)
    }))
  })
  .post('/publications/:id/settle', allow('publish'), tells('Say what became of something whose outcome is unknown'), params(idParam), body(Settle), async (c) => {
    const member = memberOf(c)
    const { remoteId, ...given } = c.req.valid('json')
    return c.json(await house.database.write(member.workspaceId, async (tx) => {
      if (!await publicationById(tx, c.req.valid('param').id)) throw new Refusal('not_found')
      const row = await settle(tx, c.req.valid('param').id, { ...given, ...(remoteId ? { id: remoteId } : {}), by: member.id, at: house.now() })
      if (!row) throw new Refusal('wrong_state', { params: { state: 'settled' } })
      return shown(row)
    }))
  })

export type PublishingApi = ReturnType<typeof publishingRoutes>
