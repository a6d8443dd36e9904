import { eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Member } from '#kit/http.ts'
import { newId } from '#kit/id.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { asking } from '../../../test/world/asking.ts'
import { openBakery, saying, settled, type Bakery } from '../../../test/world/inbox.ts'
import { answer } from '../conversations/answer.ts'
import { arrange } from '../conversations/act.ts'
import { hear } from '../conversations/hear.ts'
import { conversationRoutes } from '../conversations/routes.ts'
import { deskRoutes } from '../conversations/desk-routes.ts'
import { conversations, messages, notices, openers } from '../conversations/tables.ts'
import { catchUp } from '../events/dispatch.ts'
import { events, handlerCursors } from '../events/tables.ts'
import { changeMember, setVoice } from '../members/store.ts'
import { dueAnew, tellMissed } from '../routing/due.ts'
import { answerTargets } from '../routing/tables.ts'
import type { Act, RuleBody, When } from './grammar.ts'
import { ruleHandler } from './handler.ts'
import { actOnTime } from './on-time.ts'
import { macroRoutes, ruleRoutes } from './routes.ts'
import { inboxRules, ruleRuns } from './tables.ts'

// Each settling waits for whatever other tests have open in the same cluster.
vi.setConfig({ testTimeout: 60_000 })

let database: Database
let bakery: Bakery
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
beforeEach(async () => { bakery = await openBakery(database) })

const later = (minutes: number) => { bakery.clock = new Date(bakery.clock.getTime() + minutes * 60_000) }
const rules = (member: Member = bakery.eleni) => asking(ruleRoutes(bakery.house), member)
const macros = (member: Member = bakery.maria) => asking(macroRoutes(bakery.house), member)
const inbox = (member: Member = bakery.maria) => asking(conversationRoutes(bakery.house), member)
const body = (name: string, more: { when?: When; line?: string; acts?: readonly Act[] } = {}) => ({ name, when: { on: 'received' }, line: '', acts: [{ do: 'tag', tag: 'νέο' }], ...more } as RuleBody)
const add = async (name: string, more: Parameters<typeof body>[1] = {}) => {
  const { status, body: made } = await rules()('POST', '/inbox/rules', body(name, more))
  if (status !== 201) throw new Error(JSON.stringify(made))
  return String(made['id'])
}
const heard = async (text: string, by = 'anna', more: Parameters<typeof saying>[1] = {}) => {
  later(1)
  const [one] = await bakery.write((tx) => hear({ tx, account: bakery.account, now: bakery.clock }, [saying(text, { by, ...more })]))
  const [message] = await bakery.write((tx) => tx.select({ id: messages.conversationId }).from(messages).where(eq(messages.id, one!.messageId!)))
  return message!.id
}
const told = () => settled(database, bakery.workspaceId)
const settle = async () => { await told(); return await catchUp(bakery.house, bakery.workspaceId, ruleHandler) }
const of = async (id: string) => (await bakery.write((tx) => tx.select().from(conversations).where(eq(conversations.id, id))))[0]!
const runs = () => bakery.write((tx) => tx.select().from(ruleRuns).where(eq(ruleRuns.workspaceId, bakery.workspaceId)))
const ran = async () => (await runs()).map(({ ruleName }) => ruleName).toSorted()
const opener = async (text: string, shared = true) => {
  const id = newId()
  await bakery.write((tx) => tx.insert(openers).values({ id, memberId: shared ? null : bakery.eleni.id, name: 'Τούρτες', text, lang: 'el', madeBy: bakery.eleni.id }))
  return id
}

describe('a rule', () => {
  test('tags, raises and gives what says its words, and the conversation says which rule did', async () => {
    await add('Τούρτες', { line: 'lang:el τούρτα', acts: [{ do: 'tag', tag: 'τούρτες' }, { do: 'priority', to: 'high' }, { do: 'assign', memberId: bakery.maria.id }, { do: 'note', text: 'Θέλει δύο μέρες.' }] })
    const [cake, bread] = [await heard('Κάνετε τούρτες για δέκα;'), await heard('Πότε ανοίγετε;', 'kostas')]
    await settle()
    expect(await of(cake)).toMatchObject({ tags: ['τούρτες'], priority: 1, assigneeId: bakery.maria.id })
    expect(await of(bread)).toMatchObject({ tags: [], priority: 0, assigneeId: null })
    const { body: ruled } = await rules()('GET', `/conversations/${cake}/ruled`)
    expect(ruled).toMatchObject({ runs: [{ name: 'Τούρτες', did: [{ do: 'tag' }, { do: 'priority' }, { do: 'assign' }, { do: 'note' }] }], suggestion: null })
    const facts = await bakery.write((tx) => tx.select().from(events).where(eq(events.conversationId, cake)))
    expect(facts.filter(({ data }) => (data as { byRule?: { name: string } }).byRule?.name === 'Τούρτες').map(({ name, memberId }) => [name, memberId])).toEqual([['conversation.assigned', null], ['conversation.changed', null], ['note.written', null]])
    expect((await inbox()('GET', `/conversations/${cake}`)).body['messages']).toMatchObject([{ direction: 'in' }, { direction: 'note', author: { name: 'Τούρτες', memberId: null }, text: 'Θέλει δύο μέρες.' }])
  })
  test('acts once on each message, however often the fact is told', async () => {
    await add('Σημείωμα', { acts: [{ do: 'note', text: 'Δείτε το.' }] })
    const id = await heard('Καλημέρα')
    await settle()
    await bakery.write((tx) => tx.delete(handlerCursors).where(eq(handlerCursors.workspaceId, bakery.workspaceId)))
    await settle()
    expect(await runs()).toHaveLength(1)
    expect(await bakery.write((tx) => tx.$count(messages, eq(messages.conversationId, id)))).toBe(2)
  })
  test('leaves nothing half done where it is broken off, and does it all the next time', async () => {
    await add('Ετικέτα', { acts: [{ do: 'tag', tag: 'νέο' }, { do: 'note', text: 'Δείτε το.' }] })
    const id = await heard('Καλημέρα')
    await told()
    const broken = { ...ruleHandler, take: async (...given: Parameters<typeof ruleHandler.take>) => { await ruleHandler.take(...given); throw new Error('the power went out') } }
    expect(await catchUp(bakery.house, bakery.workspaceId, broken)).toBe(false)
    expect([await of(id), await runs()]).toMatchObject([{ tags: [], messageCount: 1 }, []])
    await settle()
    expect([(await of(id)).tags, (await runs()).length]).toEqual([['νέο'], 1])
  })
  test('acts on nothing of before it was made or changed, and on nothing while it stands still', async () => {
    const early = await heard('Πριν από τον κανόνα')
    later(1)
    const id = await add('Όλα')
    const first = await heard('Μετά τον κανόνα', 'b')
    later(1)
    expect((await rules()('PUT', `/inbox/rules/${id}`, { ...body('Όλα', { acts: [{ do: 'tag', tag: 'άλλο' }] }), version: 1 })).status).toBe(200)
    const second = await heard('Μετά την αλλαγή', 'c')
    await settle()
    await rules()('PUT', `/inbox/rules/${id}/paused`, { paused: true })
    const paused = await heard('Όσο σταματά', 'd')
    await settle()
    later(1)
    await rules()('PUT', `/inbox/rules/${id}/paused`, { paused: false })
    const last = await heard('Ξεκίνησε πάλι', 'e')
    await settle()
    expect(await Promise.all([early, first, second, paused, last].map(async (one) => (await of(one)).tags))).toEqual([[], [], ['άλλο'], [], ['άλλο']])
    expect((await rules()('PUT', `/inbox/rules/${id}`, { ...body('Όλα'), version: 1 })).body).toMatchObject({ code: 'changed_meanwhile' })
  })
  test('stands after the one before it: what that one did, it sees', async () => {
    await add('Πρώτος', { acts: [{ do: 'tag', tag: 'α' }] })
    const second = await add('Δεύτερος', { line: 'tag:α', acts: [{ do: 'tag', tag: 'β' }] })
    const id = await heard('Καλημέρα')
    await settle()
    expect((await of(id)).tags).toEqual(['α', 'β'])
    const items = (await rules()('GET', '/inbox/rules')).body['items'] as { id: string; name: string; times: number }[]
    expect(items.map(({ name, times }) => [name, times])).toEqual([['Πρώτος', 1], ['Δεύτερος', 1]])
    await rules()('PUT', '/inbox/rules/order', { ids: [second, items[0]!.id] })
    const other = await heard('Καλησπέρα', 'b')
    await settle()
    expect((await of(other)).tags).toEqual(['α'])
    expect((await rules()('PUT', '/inbox/rules/order', { ids: [second] })).status).toBe(409)
  })
  test('follows upon what a rule did one step, and no further', async () => {
    await add('Στη Μαρία', { line: 'assignee:nobody', acts: [{ do: 'assign', memberId: bakery.maria.id }] })
    await add('Μετά στον Νίκο', { when: { on: 'assigned' }, line: 'assignee:Μαρία', acts: [{ do: 'assign', memberId: bakery.nikos.id }] })
    await add('Και πίσω στη Μαρία', { when: { on: 'assigned' }, line: 'assignee:Νίκος', acts: [{ do: 'assign', memberId: bakery.maria.id }] })
    const id = await heard('Καλημέρα')
    await settle()
    await settle()
    expect([(await of(id)).assigneeId, await ran()]).toEqual([bakery.nikos.id, ['Μετά στον Νίκο', 'Στη Μαρία']])
    await bakery.write((tx) => arrange({ tx, member: bakery.eleni, now: bakery.clock }, id, { assigneeId: bakery.maria.id }))
    await settle()
    await settle()
    expect((await of(id)).assigneeId).toBe(bakery.maria.id)
  })
  test('knows the first message of a conversation, a finished one, and an answer that was missed', async () => {
    await add('Αρχή', { when: { on: 'opened' }, acts: [{ do: 'tag', tag: 'πρώτο' }] })
    await add('Τέλος', { when: { on: 'done' }, acts: [{ do: 'tag', tag: 'έκλεισε' }] })
    await add('Χάθηκε', { when: { on: 'missed' }, acts: [{ do: 'notify', memberId: bakery.eleni.id, text: 'άργησε η απάντηση.' }] })
    await bakery.write(async (tx) => { await tx.insert(answerTargets).values({ channel: '', priority: '', first: 30, next: 30 }) })
    const first = saying('Καλημέρα')
    const id = await heard('Καλημέρα', 'anna', first)
    await settle()
    expect((await of(id)).tags).toEqual(['πρώτο'])
    await bakery.write((tx) => tx.update(conversations).set({ tags: [] }).where(eq(conversations.id, id)))
    await heard('Είστε εκεί;', 'anna', { inReplyTo: first.ref })
    await settle()
    expect((await of(id)).tags).toEqual([])
    await bakery.write((tx) => dueAnew(tx, bakery.clock))
    later(60)
    await bakery.write((tx) => tellMissed(tx, bakery.clock))
    await settle()
    expect(await bakery.write((tx) => tx.select({ to: notices.memberId }).from(notices).where(eq(notices.conversationId, id)))).toEqual([{ to: bakery.eleni.id }])
    await bakery.write((tx) => arrange({ tx, member: bakery.eleni, now: bakery.clock }, id, { state: 'done' }))
    await settle()
    expect((await of(id)).tags).toEqual(['έκλεισε'])
  })
  test('suggests an opener only while an answer is awaited, and not once it was thrown away', async () => {
    const openerId = await opener('Οι τούρτες μας θέλουν δύο μέρες.')
    await add('Τούρτες', { line: 'τούρτα', acts: [{ do: 'suggest', openerId }] })
    const id = await heard('Κάνετε τούρτα;')
    await settle()
    const suggested = async () => (await rules()('GET', `/conversations/${id}/ruled`)).body['suggestion']
    expect(await suggested()).toEqual({ by: 'Τούρτες', name: 'Τούρτες', text: 'Οι τούρτες μας θέλουν δύο μέρες.' })
    await bakery.write((tx) => tx.delete(openers).where(eq(openers.id, openerId)))
    expect(await suggested()).toBeNull()
    expect((await rules()('GET', '/inbox/rules')).body).toMatchObject({ items: [{ broken: ['opener'] }] })
  })
  test('goes on with the rest when a member it names has left', async () => {
    await add('Στον Νίκο', { acts: [{ do: 'assign', memberId: bakery.nikos.id }, { do: 'tag', tag: 'νέο' }] })
    await bakery.write((tx) => changeMember(tx, bakery.nikos.id, { leftAt: bakery.clock }))
    const id = await heard('Καλημέρα')
    await settle()
    expect(await of(id)).toMatchObject({ assigneeId: null, tags: ['νέο'] })
    expect((await rules()('GET', '/inbox/rules')).body).toMatchObject({ items: [{ broken: ['member'] }] })
  })
  test('that acts too often stands still by itself, and says so', async () => {
    await add('Όλα')
    for (let n = 0; n < 6; n++) await bakery.write((tx) => hear({ tx, account: bakery.account, now: bakery.clock }, Array.from({ length: 25 }, (_, k) => saying(`Γεια ${n} ${k}`, { by: `p${n}-${k}` }))))
    await settle()
    expect(await runs()).toHaveLength(120)
    expect((await rules()('GET', '/inbox/rules')).body).toMatchObject({ items: [{ pausedBecause: 'runaway', times: 120 }] })
    expect(await bakery.write((tx) => tx.$count(events, sql`name = 'rule.paused' and workspace_id = ${bakery.workspaceId}`))).toBe(1)
  })
})

describe('a rule of time', () => {
  const round = () => actOnTime(bakery.house, bakery.workspaceId)
  test('acts once for each wait, when so much time has passed with no answer', async () => {
    await bakery.write((tx) => setVoice(tx, bakery.maria.id, { name: 'Μαρία', signOff: '', tone: '', langs: ['el'], topics: [], pictureId: null } as never))
    await add('Δύο ώρες', { when: { on: 'unanswered', minutes: 120 }, acts: [{ do: 'note', text: 'Περιμένει δύο ώρες.' }] })
    const first = saying('Κάνετε τούρτες;')
    const id = await heard('Κάνετε τούρτες;', 'anna', first)
    later(119)
    await round()
    expect(await runs()).toHaveLength(0)
    later(2)
    await round()
    await round()
    expect(await runs()).toHaveLength(1)
    await answer(bakery.house, { member: bakery.maria, conversationId: id }, { text: 'Ναι, Άννα, με δύο μέρες προθεσμία.', seen: (await of(id)).lastMessageId, reasons: {} })
    later(200)
    await round()
    expect(await runs()).toHaveLength(1)
    await heard('Και για το Σάββατο;', 'anna', { inReplyTo: first.ref })
    later(121)
    await round()
    expect(await runs()).toHaveLength(2)
  })
  test('acts before an answer is missed, and on no wait whose moment came before the rule', async () => {
    await bakery.write(async (tx) => { await tx.insert(answerTargets).values({ channel: '', priority: '', first: 60, next: 60 }) })
    const old = await heard('Παλιά ερώτηση', 'old')
    await bakery.write((tx) => dueAnew(tx, bakery.clock))
    later(45)
    await add('Λήγει', { when: { on: 'due-soon', minutes: 20 }, acts: [{ do: 'priority', to: 'urgent' }] })
    const id = await heard('Νέα ερώτηση', 'new')
    await bakery.write((tx) => dueAnew(tx, bakery.clock))
    later(30)
    await round()
    expect((await of(id)).priority).toBe(0)
    later(11)
    await round()
    expect([(await of(id)).priority, (await of(old)).priority]).toEqual([2, 0])
  })
})

test('the line of search asks by when an answer is due, and the view of those says how many are pressing', async () => {
  await bakery.write(async (tx) => { await tx.insert(answerTargets).values({ channel: '', priority: '', first: 90, next: 90 }) })
  const [first, second] = [await heard('Πρώτη', 'a'), await heard('Δεύτερη', 'b')]
  await bakery.write((tx) => tx.update(conversations).set({ waitingSince: new Date(bakery.clock.getTime() - 70 * 60_000) }).where(eq(conversations.id, first)))
  await bakery.write((tx) => dueAnew(tx, bakery.clock))
  const found = async (line: string) => ((await inbox()('GET', `/conversations?q=${encodeURIComponent(line)}`)).body['items'] as { id: string }[]).map(({ id }) => id)
  const pressing = async () => (await inbox()('GET', '/conversations/counts')).body['due']
  expect([await found('due:<30m'), await found('λήγει:>1ω'), await found('due:missed'), await pressing()]).toEqual([[first], [second], [], 1])
  later(25)
  expect([await found('λήγει:<30λ'), await found('due:missed'), await found('-due:missed'), await pressing()]).toEqual([[], [first], [second], 1])
  await bakery.write((tx) => arrange({ tx, member: bakery.maria, now: bakery.clock }, first, { state: 'done' }))
  later(10)
  expect([await found('due:missed'), await pressing()]).toEqual([[], 1])
})

describe('a dry run', () => {
  const dry = async (given: Parameters<typeof body>[1]) => { const { name: _, ...rest } = body('x', given); return (await rules()('POST', '/inbox/rules/dry-run', rest)).body as unknown as { touched: number; left: number; whole: boolean; asOfNow: boolean; examples: { conversationId: string; acts: Act[] }[] } }
  const state = () => bakery.write(async (tx) => (await tx.execute(sql`select (select json_agg(c order by id) from conversations c where workspace_id = ${bakery.workspaceId}) c, (select json_agg(m order by id) from messages m where workspace_id = ${bakery.workspaceId}) m, (select count(*) from events where workspace_id = ${bakery.workspaceId}) e, (select count(*) from rule_runs where workspace_id = ${bakery.workspaceId}) r`)).rows)
  const texts = ['Κάνετε τούρτες;', 'Do you bake on Sundays?', 'Πότε ανοίγετε;', 'Η τούρτα ήταν υπέροχη!', 'Έχετε ψωμί ζέας;']
  const act: fc.Arbitrary<Act> = fc.constantFrom<Act>({ do: 'tag', tag: 'α' }, { do: 'untag', tag: 'β' }, { do: 'priority', to: 'high' }, { do: 'snooze', hours: 3 }, { do: 'note', text: 'Δείτε' }, { do: 'done' })
  test('changes nothing, and tells the same as the rule then does to the same month', async () => {
    const lines = ['', 'lang:el', 'τούρτα', '-lang:el', 'priority:normal τούρτα', 'state:open -tag:α', 'waiting:>1m']
    await fc.assert(fc.asyncProperty(fc.constantFrom('received' as const, 'opened' as const), fc.constantFrom(...lines), fc.array(act, { minLength: 1, maxLength: 3 }), async (on, line, acts) => {
      bakery = await openBakery(database)
      for (const [n, text] of texts.entries()) await heard(text, `p${n}`)
      later(5)
      const before = await state()
      const told = await dry({ when: { on }, line, acts })
      expect(await state()).toEqual(before)
      const id = await add('Ο ίδιος', { when: { on }, line, acts })
      await bakery.write((tx) => tx.update(inboxRules).set({ since: new Date(0) }).where(eq(inboxRules.id, id)))
      await settle()
      const did = (await runs()).map(({ conversationId, did: done }) => ({ conversationId, acts: done }))
      const byId = (all: readonly { conversationId: string }[]) => all.toSorted((a, b) => (a.conversationId < b.conversationId ? -1 : 1))
      expect(told).toMatchObject({ touched: did.length, whole: true })
      expect(byId(told.examples.map(({ conversationId, acts: would }) => ({ conversationId, acts: would })))).toEqual(byId(did))
    }), { numRuns: 4 })
  })
  test('finds waits that lasted too long, also where they ended since', async () => {
    await bakery.write((tx) => setVoice(tx, bakery.maria.id, { name: 'Μαρία', signOff: '', tone: '', langs: ['el'], topics: [], pictureId: null } as never))
    const reply = async (id: string) => await answer(bakery.house, { member: bakery.maria, conversationId: id }, { text: `Ναι, ευχαρίστως, ελάτε από τον φούρνο μας ${id.slice(-4)}.`, seen: (await of(id)).lastMessageId, reasons: {} })
    const [slow, quick, closed, waiting] = [await heard('Αργά', 'a'), await heard('Γρήγορα', 'b'), await heard('Έκλεισε', 'c'), await heard('Περιμένει', 'd')]
    later(10)
    await reply(quick)
    await bakery.write((tx) => arrange({ tx, member: bakery.maria, now: bakery.clock }, closed, { state: 'done' }))
    later(120)
    await reply(slow)
    const told = await dry({ when: { on: 'unanswered', minutes: 60 } })
    expect(told.examples.map(({ conversationId }) => conversationId).toSorted()).toEqual([slow, waiting].toSorted())
  })
  test('looks only as far back as a month', async () => {
    await heard('Παλιό', 'a')
    later(31 * 24 * 60)
    await heard('Νέο', 'b')
    expect(await dry({})).toMatchObject({ touched: 1, left: 0, whole: true, asOfNow: false })
    expect(await dry({ line: 'state:open' })).toMatchObject({ touched: 1, asOfNow: true })
  })
})

describe('what would not work', () => {
  const refused = async (given: object, member?: Member) => { const said = await rules(member)('POST', '/inbox/rules', given); return [said.status, said.body['code'], said.body['field']] }
  test('is refused with the reason', async () => {
    expect(await refused(body('x', { acts: [{ do: 'assign', memberId: newId() }] }))).toEqual([422, 'rule_unfit', 'acts.0'])
    expect(await refused(body('x', { acts: [{ do: 'suggest', openerId: await opener('Δικό μου', false) }] }))).toEqual([422, 'rule_unfit', 'acts.0'])
    expect(await refused(body('x', { acts: [{ do: 'assign-me' }] }))).toEqual([422, 'rule_unfit', 'acts'])
    expect(await refused(body('x', { line: 'assignee:me' }))).toEqual([422, 'rule_unfit', 'line'])
    expect(await refused(body('x', { line: 'colour:brown' }))).toEqual([400, 'line_unread', 'q'])
    expect(await refused(body('ψ'.repeat(81)))).toEqual([400, 'invalid_input', 'name'])
    expect(await refused(body('x', { acts: [] }))).toEqual([400, 'invalid_input', 'acts'])
    expect(await refused({ ...body('x'), when: { on: 'unanswered' } })).toEqual([400, 'invalid_input', 'when.minutes'])
    expect(await refused({ ...body('x'), acts: [{ do: 'answer', text: 'Γεια' }] })).toEqual([400, 'invalid_input', 'acts.0.do'])
    expect(await refused(body('x'), bakery.maria)).toEqual([403, 'not_allowed', undefined])
    expect(await refused(body('x'), bakery.nikos)).toEqual([201, undefined, undefined])
    expect((await rules()('DELETE', `/inbox/rules/${newId()}`)).status).toBe(404)
  })
  test('is a hundred and first rule, also when two add the last at once', async () => {
    await bakery.write((tx) => tx.insert(inboxRules).values(Array.from({ length: 99 }, (_, place) => ({ ...body(`Κανόνας ${place}`), place, since: bakery.clock, madeBy: bakery.eleni.id }))))
    const both = await Promise.all(['α', 'β'].map((name) => refused(body(name))))
    expect(both.map(([status]) => status).toSorted()).toEqual([201, 422])
    expect(both).toContainEqual([422, 'too_many_kept', undefined])
  })
})

describe('a macro', () => {
  const keep = async (acts: readonly Act[], more: object = {}, member?: Member) => await macros(member)('POST', '/inbox/macros', { name: 'Στη Μαρία', shared: false, text: '', acts, ...more })
  const put = async (made: { body: Record<string, unknown> }, ids: readonly string[], member?: Member) => (await macros(member)('POST', `/inbox/macros/${String(made.body['id'])}/use`, { ids })).body
  test('does its acts to one or many, hands its text to the writer, and is taken back', async () => {
    const ids = [await heard('Ένα', 'a'), await heard('Δύο', 'b')]
    const made = await keep([{ do: 'assign-me' }, { do: 'tag', tag: 'τούρτες' }, { do: 'priority', to: 'high' }], { text: 'Γεια σας {όνομα}, χαιρόμαστε που ρωτάτε.' })
    const done = await put(made, ids)
    expect(done).toMatchObject({ changed: 2, stayed: 0, text: 'Γεια σας {όνομα}, χαιρόμαστε που ρωτάτε.' })
    expect(await of(ids[1]!)).toMatchObject({ assigneeId: bakery.maria.id, tags: ['τούρτες'], priority: 1 })
    expect((await asking(deskRoutes(bakery.house), bakery.maria)('POST', `/conversations/bulk/${String(done['id'])}/undo`)).body).toEqual({ restored: 2, left: 0 })
    expect(await of(ids[0]!)).toMatchObject({ assigneeId: null, tags: [], priority: 0 })
  })
  test('writes notes as its member, which stay', async () => {
    const id = await heard('Ένα')
    expect(await put(await keep([{ do: 'note', text: 'Το κοιτάζω.' }, { do: 'done' }]), [id])).toMatchObject({ changed: 1, stayed: 1 })
    expect((await inbox()('GET', `/conversations/${id}`)).body['messages']).toMatchObject([{}, { direction: 'note', author: { name: 'Μαρία' } }])
  })
  test('of one’s own is nobody else’s, and the team’s is everybody’s', async () => {
    const [own, shared] = [await keep([{ do: 'done' }]), await keep([{ do: 'done' }], { shared: true, name: 'Της ομάδας' })]
    const names = async (member: Member) => ((await macros(member)('GET', '/inbox/macros')).body['items'] as { name: string }[]).map(({ name }) => name)
    expect([await names(bakery.maria), await names(bakery.nikos)]).toEqual([['Στη Μαρία', 'Της ομάδας'], ['Της ομάδας']])
    expect((await macros(bakery.nikos)('POST', `/inbox/macros/${String(own.body['id'])}/use`, { ids: [await heard('α')] })).status).toBe(404)
    expect((await macros({ ...bakery.nikos, role: 'viewer' })('DELETE', `/inbox/macros/${String(shared.body['id'])}`)).status).toBe(403)
    expect((await macros(bakery.nikos)('DELETE', `/inbox/macros/${String(own.body['id'])}`)).status).toBe(404)
    expect((await macros(bakery.nikos)('DELETE', `/inbox/macros/${String(shared.body['id'])}`)).status).toBe(200)
  })
  test('is refused where it does nothing, or names a member who is not there', async () => {
    expect([(await keep([])).status, (await keep([], { text: 'Γεια σας' })).status, (await keep([{ do: 'assign', memberId: newId() }])).body['code'], (await keep([{ do: 'suggest', openerId: newId() }])).body['code']]).toEqual([400, 201, 'rule_unfit', 'rule_unfit'])
  })
})
