import { Hono, type Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import { allow, body, memberOf, params, tells, type HouseEnv } from '#kit/http.ts'
import { idParam, line } from '#kit/text.ts'
import { Refusal } from '#kit/refusal.ts'
import { emit } from '../events/store.ts'
import { channelOf, type House } from '../house.ts'
import { check, connect, connectable, over, reconnect, settingsOf, type Asking } from './connect.ts'
import { dueOf, stopDue } from './due.ts'
import { beginLogin, finishLogin, hasSecureAddress } from './login.ts'
import { accountById, dropAccount, lockAccount } from './store.ts'

const channel = z.string().min(1).max(40)
const settings = z.record(z.string().max(60), line(8000)).refine((given) => Object.keys(given).length <= 40)
const Given = z.strictObject({ channel, settings })
const Checking = z.strictObject({ channel, settings, accountId: z.uuid().optional() })
const Again = z.strictObject({ settings })
const Finish = z.strictObject({ channel, answer: z.string().max(8000) })

const cookie = 'stoa.connecting'
const askingOf = (c: Context<HouseEnv>): Asking => {
  const { id, workspaceId } = memberOf(c)
  return { memberId: id, workspaceId, lang: c.get('lang') }
}
/** The settings one tries: over those that are kept, when it is about an account that is here. */
async function tried(house: House, given: z.infer<typeof Checking>, workspaceId: string) {
  const found = connectable(house, given.channel)
  if (!given.accountId) return { channel: found, settings: given.settings }
  const { row, settings: before } = await settingsOf(house, workspaceId, given.accountId)
  if (row.channel !== found.id) throw new Refusal('not_found')
  return { channel: found, settings: over(before, given.settings) as typeof given.settings }
}

async function remove(house: House, id: string, asking: Asking): Promise<{ cancelled: number }> {
  return await house.database.write(asking.workspaceId, async (tx) => {
    const row = await lockAccount(tx, id)
    if (!row || row.state === 'removed') throw new Refusal('not_found')
    if (channelOf(house, row.channel).native) throw new Refusal('native_account')
    const { cancelled } = await stopDue(tx, id, house.now())
    await dropAccount(tx, row, house.now())
    await emit(tx, 'account.removed', { at: house.now(), memberId: asking.memberId, data: { accountId: id, channel: row.channel, handle: row.handle, cancelled } })
    return { cancelled }
  })
}

/** Connecting accounts, keeping them connected, and letting them go. */
export const accountRoutes = (house: House) => new Hono<HouseEnv>()
  .post('/accounts/check', allow('manage'), tells('Try settings without keeping them'), body(Checking), async (c) => {
    const given = await tried(house, c.req.valid('json'), memberOf(c).workspaceId)
    const { verified } = await check(house, given, askingOf(c))
    return c.json({ handle: verified.handle, name: verified.name ?? verified.handle, endsAt: verified.endsAt ?? null })
  })
  .post('/accounts', allow('manage'), tells('Connect an account'), body(Given), async (c) => {
    const given = c.req.valid('json')
    const row = await connect(house, { channel: connectable(house, given.channel), settings: given.settings }, askingOf(c))
    return c.json({ id: row.id }, 201)
  })
  .put('/accounts/:id', allow('manage'), tells('Connect an account again; what is left empty stays'), params(idParam), body(Again), async (c) => {
    const row = await reconnect(house, { id: c.req.valid('param').id, settings: c.req.valid('json').settings }, askingOf(c))
    return c.json({ id: row.id })
  })
  .get('/accounts/:id/due', allow('read'), tells('What is still to go out by an account'), params(idParam), async (c) =>
    c.json(await house.database.read(memberOf(c).workspaceId, async (db) => {
      if (!await accountById(db, c.req.valid('param').id)) throw new Refusal('not_found')
      return await dueOf(db, c.req.valid('param').id)
    })))
  .delete('/accounts/:id', allow('manage'), tells('Remove an account: what is due is cancelled, what stands stays'), params(idParam), async (c) =>
    c.json(await remove(house, c.req.valid('param').id, askingOf(c))))
  .post('/accounts/login/begin', allow('manage'), tells('Go to the network’s own page to sign in'), body(Checking), async (c) => {
    const given = c.req.valid('json')
    const { to, browser, seconds } = await beginLogin(house, given, askingOf(c))
    setCookie(c, cookie, browser, { httpOnly: true, sameSite: 'Lax', secure: hasSecureAddress(house), path: '/api/v1/accounts/login', maxAge: seconds })
    return c.json({ to })
  })
  .post('/accounts/login/finish', allow('manage'), tells('Come back from the network’s own page'), body(Finish), async (c) => {
    const row = await finishLogin(house, { ...c.req.valid('json'), browser: getCookie(c, cookie) }, askingOf(c))
    setCookie(c, cookie, '', { path: '/api/v1/accounts/login', maxAge: 0 })
    return c.json({ id: row.id, handle: row.handle })
  })

export type AccountApi = ReturnType<typeof accountRoutes>
