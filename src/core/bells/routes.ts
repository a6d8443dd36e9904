import { and, desc, eq } from 'drizzle-orm'
import { Hono } from 'hono'
import { z } from 'zod'
import { allow, body, memberOf, params, tells, type HouseEnv, type Member } from '#kit/http.ts'
import type { Lang } from '#kit/lang.ts'
import { Refusal } from '#kit/refusal.ts'
import { idParam, said } from '#kit/text.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { keysOf } from '../accounts/seal.ts'
import type { House } from '../house.ts'
import { memberById } from '../members/store.ts'
import { addDevice, devicesOf, dropDevice, senderKeys } from './devices.ts'
import { mailState, resumeMail } from './digest.ts'
import { seen, type Call } from './ring.ts'
import { Bell, bellOf, listenersOf, setBell } from './settings.ts'
import { shown } from './show.ts'
import { bellCalls } from './tables.ts'

const coded = (max: number) => z.string().max(max).regex(/^[\w-]+=*$/)
const Subscribing = z.strictObject({ endpoint: z.url({ protocol: /^https?$/ }).max(2000), keys: z.strictObject({ p256dh: coded(200), auth: coded(100) }), name: said(80) })
const lately = 20

async function around(db: Db, { id }: Member) {
  const row = await memberById(db, id)
  const [listener] = await listenersOf(db, [id])
  return { mail: await mailState(db, { id, email: row?.email ?? null }), email: row?.email ?? null, zone: listener?.zone ?? 'UTC', devices: await devicesOf(db, id) }
}
async function callsOf(db: Db, house: House, { member, lang, callId }: { readonly member: Member; readonly lang: Lang; readonly callId?: string }) {
  const c = bellCalls
  const rows = await db.select().from(c).where(and(mine(db, c), eq(c.memberId, member.id), callId === undefined ? undefined : eq(c.id, callId))).orderBy(desc(c.at), desc(c.id)).limit(lately)
  // In the workspace itself whoever reads is signed in: there it is told who wrote.
  const tell = async (call: Call) => ({ ...await shown(db, call, { lang, withWords: true, channels: house.channels }), moment: call.moment, ways: call.ways, at: call.at, isSeen: call.seenAt !== null })
  const items: Awaited<ReturnType<typeof tell>>[] = []
  for (const row of rows) items.push(await tell(row))
  return items
}

/** What calls a member: their wishes and quiet hours, their devices, and what called them lately. */
export const bellRoutes = (house: House) => {
  const read = <T>(member: Member, work: (db: Db) => Promise<T>) => house.database.read(member.workspaceId, work)
  const write = <T>(member: Member, work: (tx: Tx) => Promise<T>) => house.database.write(member.workspaceId, work)
  return new Hono<HouseEnv>()
    .get('/inbox/bell', allow('read'), tells('What this member is called for, how, and their quiet hours'), async (c) => {
      const member = memberOf(c)
      return c.json(await read(member, async (db) => ({ ...await bellOf(db, member.id), ...await around(db, member) })))
    })
    .put('/inbox/bell', allow('read'), tells('Set what this member is called for, how, and their quiet hours'), body(Bell), async (c) => {
      const member = memberOf(c)
      await write(member, (tx) => setBell(tx, member.id, c.req.valid('json')))
      return c.json(c.req.valid('json'))
    })
    .post('/inbox/bell/mail', allow('read'), tells('Letters that were stopped come again'), async (c) => {
      const member = memberOf(c)
      await write(member, async (tx) => resumeMail(tx, { id: member.id, email: (await memberById(tx, member.id))?.email ?? null }))
      return c.json({ resumed: true })
    })
    .post('/inbox/bell/key', allow('read'), tells('The key by which push services know this workspace'), async (c) =>
      c.json({ key: (await write(memberOf(c), (tx) => senderKeys(tx, { keys: keysOf(house), now: house.now() }))).publicKey }))
    .post('/inbox/bell/devices', allow('read'), tells('This browser takes push messages'), body(Subscribing), async (c) => {
      const { name, ...subscription } = c.req.valid('json')
      return c.json({ id: await write(memberOf(c), (tx) => addDevice(tx, { memberId: memberOf(c).id, subscription, name, now: house.now(), keys: keysOf(house) })) }, 201)
    })
    .delete('/inbox/bell/devices/:id', allow('read'), tells('A browser takes no more push messages'), params(idParam), async (c) => {
      await write(memberOf(c), (tx) => dropDevice(tx, memberOf(c).id, c.req.valid('param').id))
      return c.json({ gone: true })
    })
    .get('/inbox/calls', allow('read'), tells('What called this member lately'), async (c) =>
      c.json({ items: await read(memberOf(c), (db) => callsOf(db, house, { member: memberOf(c), lang: c.get('lang') })) }))
    .get('/inbox/calls/:id', allow('read'), tells('One call'), params(idParam), async (c) => {
      const [call] = await read(memberOf(c), (db) => callsOf(db, house, { member: memberOf(c), lang: c.get('lang'), callId: c.req.valid('param').id }))
      if (!call) throw new Refusal('not_found')
      return c.json(call)
    })
    .post('/inbox/calls/seen', allow('read'), tells('Everything that called this member is seen'), async (c) => {
      await write(memberOf(c), (tx) => seen(tx, { memberId: memberOf(c).id, now: house.now() }))
      return c.json({ seen: true })
    })
}

export type BellApi = ReturnType<typeof bellRoutes>
