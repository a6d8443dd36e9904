import { Hono } from 'hono'
import { z } from 'zod'
import { allow, body, memberOf, params, tells, type HouseEnv } from '#kit/http.ts'
import { Refusal } from '#kit/refusal.ts'
import { idParam } from '#kit/text.ts'
import { mine } from '#db/database.ts'
import { priorities } from '../conversations/grammar.ts'
import { conversationById } from '../conversations/places.ts'
import { emit } from '../events/store.ts'
import type { House } from '../house.ts'
import { routingOf, whyAssigned } from './assign.ts'
import { dueAnew, targetsOf } from './due.ts'
import { ways } from './rules.ts'
import { answerTargets, routings } from './tables.ts'

const minutes = z.int().min(1).max(30 * 24 * 60)
const Target = z.strictObject({ channel: z.string().max(60), priority: z.enum(['', ...priorities]), first: minutes, next: minutes })
const Targets = z.strictObject({ targets: z.array(Target).max(100).refine((list) => new Set(list.map((one) => `${one.priority} ${one.channel}`)).size === list.length, 'target twice') })
const Routing = z.strictObject({ ways: z.array(z.enum(ways)).max(ways.length).refine((list) => new Set(list).size === list.length, 'way twice'), onDutyOnly: z.boolean() })

export const routingRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/routing', allow('read'), tells('How conversations find a member, and by when they should be answered'), async (c) =>
    c.json(await house.database.read(memberOf(c).workspaceId, async (db) => ({ routing: await routingOf(db), targets: await targetsOf(db) }))))
  .put('/routing', allow('manage'), tells('Set the ways by which conversations find a member'), body(Routing), async (c) => {
    const [member, given] = [memberOf(c), c.req.valid('json')]
    await house.database.write(member.workspaceId, async (tx) => {
      await tx.insert(routings).values(given).onConflictDoUpdate({ target: routings.workspaceId, set: given })
      await emit(tx, 'site.changed', { at: house.now(), memberId: member.id, data: { change: 'routing' } })
    })
    return c.json(given)
  })
  .put('/routing/targets', allow('manage'), tells('Set within how much duty time answers are due'), body(Targets), async (c) => {
    const [member, { targets }] = [memberOf(c), c.req.valid('json')]
    await house.database.write(member.workspaceId, async (tx) => {
      await tx.delete(answerTargets).where(mine(tx, answerTargets))
      if (targets.length > 0) await tx.insert(answerTargets).values(targets).onConflictDoNothing()
      await dueAnew(tx, house.now())
      await emit(tx, 'site.changed', { at: house.now(), memberId: member.id, data: { change: 'targets' } })
    })
    return c.json({ targets })
  })
  .get('/conversations/:id/standing', allow('read'), tells('Why it is whose it is, and when an answer is due'), params(idParam), async (c) =>
    c.json(await house.database.read(memberOf(c).workspaceId, async (db) => {
      const row = await conversationById(db, c.req.valid('param').id)
      if (!row) throw new Refusal('conversation_not_found')
      const due = row.waitingSince !== null && row.dueFor?.getTime() === row.waitingSince.getTime() ? row.dueAt : null
      return { assignedBecause: await whyAssigned(db, row), dueAt: due }
    })))

export type RoutingApi = ReturnType<typeof routingRoutes>
