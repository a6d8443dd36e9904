import { Hono } from 'hono'
import { z } from 'zod'
import { allow, body, memberOf, params, tells, type HouseEnv } from '#kit/http.ts'
import { readerLang } from '#kit/lang.ts'
import { idParam, line, said } from '#kit/text.ts'
import { Refusal } from '#kit/refusal.ts'
import { mayDo, roles } from '#kit/rights.ts'
import { EVERY } from '#db/database.ts'
import { emit } from '#core/events/store.ts'
import type { House } from '#core/house.ts'
import { attachments } from '#core/media/store.ts'
import { accept, invitationBehind, invite, openInvitations, withdrawInvitation } from '#core/members/invitations.ts'
import { changeMember, join, memberById, membersOf, setVoice, voicesOf } from '#core/members/store.ts'
import { workspaceById } from '#core/workspaces/store.ts'
import type { Auth } from './auth.ts'
import { email, password, slow } from './session-routes.ts'

const role = z.enum(roles)
const VoiceBody = z.strictObject({
  name: said(80), about: line(600), signOff: line(60), langs: z.array(z.string().max(10)).max(10), topics: z.array(said(60)).max(30), pictureId: z.uuid().nullable(), public: z.boolean(),
})
const Accept = z.strictObject({ token: z.string().max(100), name: said(80), email, password })
const token = z.strictObject({ token: z.string().max(100) })

async function keepAnOwner(tx: Parameters<typeof membersOf>[0], without: string): Promise<void> {
  const left = (await membersOf(tx)).filter((one) => one.role === 'owner' && one.leftAt === null && one.userId !== null && one.id !== without)
  if (left.length === 0) throw new Refusal('last_owner')
}

const memberRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/members', allow('read'), tells('The team'), async (c) =>
    c.json({ items: (await house.database.read(memberOf(c).workspaceId, membersOf)).map(({ id, name, email: mail, role: has, joinedAt, leftAt, userId }) => ({ id, name, email: mail, role: has, joinedAt, leftAt, signsIn: userId !== null })) }))
  .patch('/members/:id', allow('manage'), tells('Change a member’s role, or let them leave'), params(idParam), body(z.strictObject({ role: role.optional(), left: z.literal(true).optional() })), async (c) => {
    const me = memberOf(c)
    const { id } = c.req.valid('param')
    const change = c.req.valid('json')
    return c.json(await house.database.write(me.workspaceId, async (tx) => {
      const row = await memberById(tx, id)
      if (!row) throw new Refusal('not_found')
      if ((row.role === 'owner' || change.role === 'owner') && !mayDo(me.role, 'own')) throw new Refusal('not_allowed')
      if (row.role === 'owner' && (change.left || (change.role && change.role !== 'owner'))) await keepAnOwner(tx, id)
      await changeMember(tx, id, { ...(change.role ? { role: change.role } : {}), ...(change.left ? { leftAt: house.now() } : {}) })
      return { saved: true }
    }))
  })
  .get('/voices', allow('read'), tells('The team’s public people'), async (c) =>
    c.json({ items: await house.database.read(memberOf(c).workspaceId, async (db) => {
      const voices = await voicesOf(db)
      const pictures = await attachments(db, voices.flatMap((voice) => (voice.pictureId ? [{ mediaId: voice.pictureId, alt: voice.name }] : [])))
      return voices.map(({ workspaceId: _, ...voice }) => ({ ...voice, picture: pictures.find((one) => one.id === voice.pictureId)?.url ?? null }))
    }) }))
  .put('/voices/:id', allow('answer'), tells('Set a member’s voice: one’s own, or anybody’s with the right to manage'), params(idParam), body(VoiceBody), async (c) => {
    const me = memberOf(c)
    const { id } = c.req.valid('param')
    if (id !== me.id && !mayDo(me.role, 'manage')) throw new Refusal('not_allowed')
    return c.json(await house.database.write(me.workspaceId, async (tx) => {
      if (!await memberById(tx, id)) throw new Refusal('not_found')
      const { workspaceId: _, ...voice } = await setVoice(tx, id, c.req.valid('json'))
      return voice
    }))
  })

const invitationRoutes = (house: House, auth: Auth) => new Hono<HouseEnv>()
  .get('/invitations', allow('manage'), tells('Invitations not yet taken'), async (c) =>
    c.json({ items: (await house.database.read(memberOf(c).workspaceId, openInvitations)).map(({ tokenHash: _, workspaceId: __, ...one }) => one) }))
  .post('/invitations', allow('manage'), tells('Invite somebody by a link'), body(z.strictObject({ role, name: line(80) })), async (c) => {
    const me = memberOf(c)
    const given = c.req.valid('json')
    if (given.role === 'owner' && !mayDo(me.role, 'own')) throw new Refusal('not_allowed')
    const { invitation, token: secret } = await house.database.write(me.workspaceId, (tx) => invite(tx, { ...given, invitedBy: me.id, at: house.now() }))
    return c.json({ id: invitation.id, role: invitation.role, expiresAt: invitation.expiresAt, link: `${house.origin}/app/invitation?token=${secret}` }, 201)
  })
  .delete('/invitations/:id', allow('manage'), tells('Withdraw an invitation'), params(idParam), async (c) => {
    await house.database.write(memberOf(c).workspaceId, (tx) => withdrawInvitation(tx, c.req.valid('param').id))
    return c.json({ withdrawn: true })
  })
  .get('/invitations/by-token/:token', allow('anyone'), tells('What a link invites to'), params(token), async (c) => {
    await slow(`invitation ${c.get('ip')}`)
    return c.json(await house.database.read(EVERY, async (db) => {
      const row = await invitationBehind(db, c.req.valid('param').token, house.now())
      return { role: row.role, name: row.name, workspace: (await workspaceById(db, row.workspaceId))!.name, expiresAt: row.expiresAt }
    }))
  })
  .post('/invitations/accept', allow('anyone'), tells('Join by a link'), body(Accept), async (c) => {
    await slow(`accept ${c.get('ip')}`)
    const given = c.req.valid('json')
    const now = house.now()
    const row = await house.database.read(EVERY, (db) => invitationBehind(db, given.token, now))
    const { userId, cookies } = await auth.signUp(given, c.req.raw.headers)
    await house.database.write(row.workspaceId, async (tx) => {
      const site = await workspaceById(tx, row.workspaceId)
      const member = await join(tx, { userId, name: given.name, email: given.email, role: row.role, lang: readerLang(c.req.header('accept-language'), site!.lang), at: now })
      await accept(tx, row.id, { memberId: member.id, at: now })
      await emit(tx, 'member.joined', { at: now, memberId: member.id, data: { name: member.name, role: member.role } })
    }).catch(async (error: unknown) => { await auth.forget(userId); throw error })
    for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
    return c.json({ state: 'signed-in' as const }, 201)
  })

export const teamRoutes = (house: House, auth: Auth) => new Hono<HouseEnv>().route('/', memberRoutes(house)).route('/', invitationRoutes(house, auth))

export type TeamApi = ReturnType<typeof teamRoutes>
