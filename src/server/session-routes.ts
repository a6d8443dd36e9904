import { createHash, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { z } from 'zod'
import { allow, body, memberOf, tells, type HouseEnv } from '#kit/http.ts'
import { line, said } from '#kit/text.ts'
import { Refusal } from '#kit/refusal.ts'
import { EVERY } from '#db/database.ts'
import { emit } from '#core/events/store.ts'
import type { House } from '#core/house.ts'
import { changeMember, join, memberById, personOf } from '#core/members/store.ts'
import { isZone } from '#core/posts/wall-time.ts'
import { allWorkspaces, foundWorkspace, newWorkspaceId, takeDoor, workspaceById } from '#core/workspaces/store.ts'
import type { Auth } from './auth.ts'

export const email = z.string().trim().toLowerCase().max(254).pipe(z.email('invalid_email'))
export const password = z.string().min(10).max(200)
export const zone = z.string().max(60).refine(isZone, 'Europe/Athens')
const Setup = z.strictObject({ code: z.string().max(100), name: said(80), email, password, siteName: said(80), zone, lang: z.enum(['en', 'el']) })

/** The code printed at the first start; gone once an owner is made. */
export interface SetupCode { current(): string | undefined; spend(): void; restore(): void }
/** Tells the story and goes through its door in one transaction: all of it is there, once, or none. */
export interface Story { seed(house: House, told: { readonly workspaceId: string; readonly ownerId: string; readonly now: Date }): Promise<void> }

const same = (a: string, b: string): boolean => timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())

// Ten tries in ten minutes for one address and login: enough for a forgotten password, too few to guess one.
const tries = new RateLimiterMemory({ points: 10, duration: 600 })
export async function slow(key: string): Promise<void> {
  await tries.consume(key).catch((spent: { msBeforeNext?: number }) => { throw new Refusal('rate_limited', { params: { seconds: Math.ceil((spent.msBeforeNext ?? 60_000) / 1000) } }) })
}

interface Newcomer { readonly given: z.infer<typeof Setup>; readonly headers: Headers }
async function makeOwner(house: House, auth: Auth, { given, headers }: Newcomer): Promise<string[]> {
  const { userId, cookies } = await auth.signUp(given, headers)
  const workspaceId = newWorkspaceId()
  const now = house.now()
  await house.database.write(workspaceId, async (tx) => {
    await foundWorkspace(tx, { name: given.siteName, lang: given.lang, zone: given.zone, at: now }, house)
    const owner = await join(tx, { userId, name: given.name, email: given.email, role: 'owner', lang: given.lang, at: now })
    await emit(tx, 'member.joined', { at: now, memberId: owner.id, data: { name: owner.name, role: owner.role } })
  }).catch(async (error: unknown) => { await auth.forget(userId); throw error })
  return cookies
}

export const sessionRoutes = (house: House, { auth, code, story }: { readonly auth: Auth; readonly code: SetupCode; readonly story: Story }) => new Hono<HouseEnv>()
  .get('/session', allow('anyone'), tells('Who is signed in, and whether this Stoa is new'), async (c) => {
    const member = c.get('member')
    const workspaces = await house.database.read(EVERY, allWorkspaces)
    if (!member) return c.json({ state: workspaces.length === 0 ? 'new' as const : 'signed-out' as const, needsCode: workspaces.length === 0, member: null, workspace: null })
    const { row, voice } = await house.database.read(member.workspaceId, async (db) => ({ row: await memberById(db, member.id), voice: await personOf(db, member.id) }))
    const workspace = workspaces.find((one) => one.id === member.workspaceId)!
    return c.json({
      state: 'signed-in' as const, needsCode: false,
      member: { id: member.id, name: member.name, role: member.role, email: row?.email ?? null, lang: row?.lang ?? workspace.lang, zone: row?.zone ?? workspace.zone, voice: voice ?? null },
      workspace: { id: workspace.id, name: workspace.name, lang: workspace.lang, zone: workspace.zone, door: workspace.door, tagline: workspace.tagline, origin: house.origin },
    })
  })
  .post('/setup', allow('anyone'), tells('Make the owner of a fresh Stoa'), body(Setup), async (c) => {
    await slow(`setup ${c.get('ip')}`)
    const given = c.req.valid('json')
    if ((await house.database.read(EVERY, allWorkspaces)).length > 0) throw new Refusal('setup_done')
    const expected = code.current()
    if (expected === undefined || !same(expected, given.code)) throw new Refusal('setup_code_wrong', { field: 'code' })
    code.spend()   // before anything is made: of two at once, one finds it gone
    const cookies = await makeOwner(house, auth, { given, headers: c.req.raw.headers }).catch((error: unknown) => { code.restore(); throw error })
    for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
    return c.json({ state: 'signed-in' as const }, 201)
  })
  .post('/setup/door', allow('own'), tells('Begin with the bakery’s story, or with a campaign of one’s own'), body(z.strictObject({ door: z.enum(['story', 'own']) })), async (c) => {
    const member = memberOf(c)
    const { door } = c.req.valid('json')
    const workspace = await house.database.read(EVERY, (db) => workspaceById(db, member.workspaceId))
    if (workspace!.door !== null) throw new Refusal('wrong_state', { params: { state: workspace!.door } })
    if (door === 'story') await story.seed(house, { workspaceId: member.workspaceId, ownerId: member.id, now: house.now() })
    else await house.database.write(member.workspaceId, (tx) => takeDoor(tx, door))
    return c.json({ door })
  })
  .post('/session', allow('anyone'), tells('Sign in'), body(z.strictObject({ email, password: z.string().max(200) })), async (c) => {
    const given = c.req.valid('json')
    await slow(`sign-in ${c.get('ip')} ${given.email}`)
    const { cookies } = await auth.signIn(given, c.req.raw.headers)
    for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
    return c.json({ state: 'signed-in' as const })
  })
  .delete('/session', allow('anyone'), tells('Sign out'), async (c) => {
    for (const cookie of await auth.signOut(c.req.raw.headers)) c.header('set-cookie', cookie, { append: true })
    return c.json({ state: 'signed-out' as const })
  })
  .patch('/me', allow('read'), tells('Change one’s own name, language or zone'), body(z.strictObject({ name: said(80).optional(), lang: z.enum(['en', 'el']).optional(), zone: zone.nullable().optional() })), async (c) => {
    const member = memberOf(c)
    const { name, lang, zone: ownZone } = c.req.valid('json')
    await house.database.write(member.workspaceId, (tx) => changeMember(tx, member.id, { ...(name === undefined ? {} : { name }), ...(lang === undefined ? {} : { lang }), ...(ownZone === undefined ? {} : { zone: ownZone }) }))
    return c.json({ saved: true })
  })
  .post('/me/password', allow('read'), tells('Change one’s own password; other sessions end'), body(z.strictObject({ current: line(200), next: password })), async (c) => {
    await slow(`password ${memberOf(c).id}`)
    await auth.changePassword(c.req.valid('json'), c.req.raw.headers)
    return c.json({ saved: true })
  })

export type SessionApi = ReturnType<typeof sessionRoutes>
