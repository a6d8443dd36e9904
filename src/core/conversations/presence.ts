import { sql } from 'drizzle-orm'
import { Hono } from 'hono'
import { allow, memberOf, params, tells, type HouseEnv, type Member } from '#kit/http.ts'
import { PRESENCE, type Presence } from '#kit/presence.ts'
import { idParam } from '#kit/text.ts'
import { Refusal } from '#kit/refusal.ts'
import type { Db } from '#db/database.ts'
import type { House } from '../house.ts'
import { look } from '../bells/ring.ts'
import { personOf } from '../members/store.ts'
import { conversationById } from './places.ts'

interface Doing { readonly member: Member; readonly id: string; readonly does: Presence['does'] }
/** Calls out that a member writes or has read; nothing is kept of it. */
async function callOut(db: Db, { member, id, does }: Doing, now: Date): Promise<void> {
  const conversation = await conversationById(db, id)
  if (!conversation) throw new Refusal('conversation_not_found')
  const voice = await personOf(db, member.id)
  const presence: Presence = {
    workspaceId: conversation.workspaceId, accountId: conversation.accountId, root: conversation.rootRef, from: 'team', does, name: voice?.name ?? '', ...(voice?.picture ? { picture: voice.picture } : {}), at: now.toISOString(), by: { id: member.id, name: member.name },
  }
  await db.execute(sql`select pg_notify(${PRESENCE}, ${JSON.stringify(presence)})`)
}
// A window that shows a conversation says so every twenty seconds.
const lookMs = 25_000

/** What is true only now: a member writes, or has read all there is. Channels with a window on the other side show it there. */
export const presenceRoutes = (house: House) => {
  const call = (given: Doing) => house.database.write(given.member.workspaceId, (tx) => callOut(tx, given, house.now()))
  return new Hono<HouseEnv>()
    .post('/conversations/:id/typing', allow('answer'), tells('Somebody is writing an answer'), params(idParam), async (c) => {
      await call({ member: memberOf(c), id: c.req.valid('param').id, does: 'typing' })
      return c.body(null, 204)
    })
    .post('/conversations/:id/seen', allow('read'), tells('A member has read all of it'), params(idParam), async (c) => {
      const [member, { id }, now] = [memberOf(c), c.req.valid('param'), house.now()]
      await call({ member, id, does: 'read' })
      await house.database.write(member.workspaceId, (tx) => look(tx, { memberId: member.id, conversationId: id, until: new Date(now.getTime() + lookMs), now }))
      return c.body(null, 204)
    })
}
