import { Hono } from 'hono'
import { z } from 'zod'
import { allow, body, memberOf, params, tells, type HouseEnv, type Member } from '#kit/http.ts'
import { Refusal } from '#kit/refusal.ts'
import { mayDo } from '#kit/rights.ts'
import { idParam } from '#kit/text.ts'
import type { Tx } from '#db/database.ts'
import { bulkCap } from '../conversations/bulk.ts'
import { conversationById } from '../conversations/places.ts'
import { AskedFilter, filterOf } from '../conversations/routes.ts'
import type { House } from '../house.ts'
import { dryRun } from './dry-run.ts'
import { MacroBody, mostRules, RuleBody, RuleChange } from './grammar.ts'
import { addMacro, dropMacro, macrosOf, useMacro } from './macros.ts'
import { addRule, changeRule, dropRule, orderRules, pauseRule, refuseUnfitRule, ruledIn, rulesOf } from './store.ts'

const Which = z.union([z.strictObject({ ids: z.array(z.uuid()).min(1).max(bulkCap) }), z.strictObject({ filter: AskedFilter })])
const Tried = RuleBody.omit({ name: true })

const writing = (house: House) => <T>(member: Member, work: (doing: { tx: Tx; member: Member; now: Date; at: Date }) => Promise<T>) =>
  house.database.write(member.workspaceId, (tx) => { const now = house.now(); return work({ tx, member, now, at: now }) })

/** What happens by itself when a conversation is so, tried on the month before it is let go. */
export const ruleRoutes = (house: House) => {
  const write = writing(house)
  return new Hono<HouseEnv>()
    .get('/inbox/rules', allow('read'), tells('What happens by itself in the inbox, in its order'), async (c) =>
      c.json({ items: await house.database.read(memberOf(c).workspaceId, (db) => rulesOf(db, house.now())), limit: mostRules }))
    .post('/inbox/rules', allow('plan'), tells('Add a rule'), body(RuleBody), async (c) =>
      c.json(await write(memberOf(c), ({ tx, ...by }) => addRule(tx, by, c.req.valid('json'))), 201))
    .post('/inbox/rules/dry-run', allow('plan'), tells('What a rule would have done to the conversations of the last 30 days; nothing is changed'), body(Tried), async (c) => {
      const given = c.req.valid('json')
      return c.json(await house.database.read(memberOf(c).workspaceId, async (db) => { await refuseUnfitRule(db, given); return await dryRun(db, given, house.now()) }))
    })
    .put('/inbox/rules/order', allow('plan'), tells('Put the rules in another order'), body(z.strictObject({ ids: z.array(z.uuid()).max(mostRules) })), async (c) => {
      await write(memberOf(c), ({ tx, ...by }) => orderRules(tx, by, c.req.valid('json').ids))
      return c.json({ ordered: true })
    })
    .put('/inbox/rules/:id', allow('plan'), tells('Change a rule; it acts on what comes from now on'), params(idParam), body(RuleChange), async (c) => {
      await write(memberOf(c), ({ tx, ...by }) => changeRule(tx, by, { ...c.req.valid('json'), id: c.req.valid('param').id }))
      return c.json({ changed: true })
    })
    .put('/inbox/rules/:id/paused', allow('plan'), tells('Let a rule stand still, or go on'), params(idParam), body(z.strictObject({ paused: z.boolean() })), async (c) => {
      await write(memberOf(c), ({ tx, ...by }) => pauseRule(tx, by, { id: c.req.valid('param').id, paused: c.req.valid('json').paused }))
      return c.json({ paused: c.req.valid('json').paused })
    })
    .delete('/inbox/rules/:id', allow('plan'), tells('Throw a rule away; what it did stays'), params(idParam), async (c) => {
      await write(memberOf(c), ({ tx, ...by }) => dropRule(tx, by, c.req.valid('param').id))
      return c.json({ gone: true })
    })
    .get('/conversations/:id/ruled', allow('read'), tells('What rules did in a conversation, and what one suggests for the answer'), params(idParam), async (c) =>
      c.json(await house.database.read(memberOf(c).workspaceId, async (db) => {
        if (!await conversationById(db, c.req.valid('param').id)) throw new Refusal('conversation_not_found')
        return await ruledIn(db, c.req.valid('param').id)
      })))
}

/** Acts under a name, done by a member at one press. */
export const macroRoutes = (house: House) => {
  const write = writing(house)
  return new Hono<HouseEnv>()
    .get('/inbox/macros', allow('read'), tells('Macros: the team’s and one’s own'), async (c) => {
      const member = memberOf(c)
      return c.json({ items: await house.database.read(member.workspaceId, (db) => macrosOf(db, member.id)) })
    })
    .post('/inbox/macros', allow('answer'), tells('Keep a macro'), body(MacroBody.refine((given) => given.acts.length > 0 || given.text !== '', { path: ['acts'], error: 'empty', params: { says: { en: 'must not be empty without a text', el: 'δεν μπορεί να μείνει κενό χωρίς κείμενο' } } })), async (c) => {
      const given = c.req.valid('json')
      if (given.shared && !mayDo(memberOf(c).role, 'moderate')) throw new Refusal('not_allowed')
      return c.json(await write(memberOf(c), ({ tx, ...by }) => addMacro(tx, by, given)), 201)
    })
    .delete('/inbox/macros/:id', allow('answer'), tells('Throw a macro away'), params(idParam), async (c) => {
      await write(memberOf(c), ({ tx, member }) => dropMacro(tx, { member }, c.req.valid('param').id))
      return c.json({ gone: true })
    })
    .post('/inbox/macros/:id/use', allow('answer'), tells('Do what a macro says to conversations; its text is for the writer'), params(idParam), body(Which), async (c) => {
      const given = c.req.valid('json')
      const which = 'ids' in given ? { ids: given.ids } : { filter: filterOf(given.filter) }
      return c.json(await write(memberOf(c), (doing) => useMacro(doing, c.req.valid('param').id, which)))
    })
}

export type RuleApi = ReturnType<typeof ruleRoutes>
export type MacroApi = ReturnType<typeof macroRoutes>
