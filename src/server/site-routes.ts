import { Hono } from 'hono'
import { z } from 'zod'
import { allow, body, memberOf, tells, type HouseEnv } from '#kit/http.ts'
import { line, said } from '#kit/text.ts'
import { EVERY } from '#db/database.ts'
import { accountViews, channelView } from '#core/accounts/view.ts'
import { emit } from '#core/events/store.ts'
import type { House } from '#core/house.ts'
import { changeWorkspace, workspaceById } from '#core/workspaces/store.ts'
import { email, zone } from './session-routes.ts'

const Site = z.strictObject({ name: said(80), tagline: line(160), about: line(4000), email: email.nullable(), zone, lang: z.enum(['en', 'el']) }).partial()
const duty = z.strictObject({ day: z.number().int().min(1).max(7), from: z.number().int().min(0).max(1440), to: z.number().int().min(0).max(1440) }).refine(({ from, to }) => from < to, 'from < to')
const Strictness = z.strictObject({
  asksInRow: z.number().int().min(1).max(20), givePerAsk: z.number().min(0).max(20), similarity: z.number().min(0.2).max(1),
  holds: z.array(z.string().max(60)).max(100), off: z.array(z.string().max(60)).max(100), duty: z.array(duty).max(50),
})

export const siteRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/workspace', allow('read'), tells('The brand’s public face'), async (c) => {
    const { secret: _, settings: __, ...site } = (await house.database.read(EVERY, (db) => workspaceById(db, memberOf(c).workspaceId)))!
    return c.json({ ...site, origin: house.origin })
  })
  .patch('/workspace', allow('manage'), tells('Change the brand’s public face'), body(Site), async (c) => {
    const member = memberOf(c)
    const change = Object.fromEntries(Object.entries(c.req.valid('json')).filter(([, value]) => value !== undefined))
    await house.database.write(member.workspaceId, async (tx) => {
      if (Object.keys(change).length > 0) await changeWorkspace(tx, change)
      await emit(tx, 'site.changed', { at: house.now(), memberId: member.id, data: { change: Object.keys(change).join(', ') } })
    })
    return c.json({ saved: true })
  })
  .get('/pillars', allow('read'), tells('The pillars, their rules, and how strictly they are applied'), async (c) => {
    const site = await house.database.read(EVERY, (db) => workspaceById(db, memberOf(c).workspaceId))
    return c.json({
      pillars: house.pillars.map(({ id, name, promise, checks }) => ({ id, name, promise, rules: checks.map((check) => ({ id: check.id, about: check.about })) })),
      settings: site!.settings,
    })
  })
  .patch('/pillars', allow('manage'), tells('Set how strictly the pillars are applied'), body(Strictness), async (c) => {
    const member = memberOf(c)
    await house.database.write(member.workspaceId, async (tx) => {
      await changeWorkspace(tx, { settings: c.req.valid('json') })
      await emit(tx, 'site.changed', { at: house.now(), memberId: member.id, data: { change: 'pillars' } })
    })
    return c.json({ saved: true })
  })
  .get('/channels', allow('read'), tells('The kinds of places Stoa can speak and listen'), (c) =>
    c.json({ items: house.channels.map((one) => channelView(house, one)) }))
  .get('/accounts', allow('read'), tells('Connected accounts, how they are, and what they can do'), async (c) =>
    c.json({ items: await accountViews(house, memberOf(c).workspaceId) }))

export type SiteApi = ReturnType<typeof siteRoutes>
