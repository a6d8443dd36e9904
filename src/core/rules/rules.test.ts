import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AnyEvent } from '#kit/events.ts'
import { facts, type Act, type Fact } from './grammar.ts'
import { changeOf, deepest, factsAfter, happenedIn, planned, standsAfter, stepAfter, takesUp, type Around, type Happened, type Ready, type Standing } from './rules.ts'

const [eleni, maria, gone] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000003'] as const
const opener = '00000000-0000-7000-8000-000000000009'
const around: Around = { by: null, members: new Map([[eleni, 'Ελένη'], [maria, 'Μαρία']]), openers: new Set([opener]) }
const at = new Date('2026-05-04T09:00:00Z')
const open: Standing = { tags: [], priority: 0, assigneeId: null, state: 'open', waitingSince: at }

describe('the acts of a rule', () => {
  test.each<[string, readonly Act[], Partial<Standing>, readonly Act['do'][]]>([
    ['give it to a member', [{ do: 'assign', memberId: maria }], {}, ['assign']],
    ['leave what is theirs already', [{ do: 'assign', memberId: maria }], { assigneeId: maria }, []],
    ['give nothing to a member who has left', [{ do: 'assign', memberId: gone }, { do: 'notify', memberId: gone, text: 'δες' }], {}, []],
    ['find a member only for what is nobody’s', [{ do: 'route' }], { assigneeId: maria }, []],
    ['do not find a member for what they have just given', [{ do: 'assign', memberId: maria }, { do: 'route' }], {}, ['assign']],
    ['put a tag once', [{ do: 'tag', tag: 'ψωμί' }, { do: 'tag', tag: 'ψωμί' }], {}, ['tag']],
    ['take a tag that is there', [{ do: 'untag', tag: 'ψωμί' }, { do: 'untag', tag: 'τούρτα' }], { tags: ['ψωμί'] }, ['untag']],
    ['put no twenty-first tag', [{ do: 'tag', tag: 'ένα ακόμη' }], { tags: Array.from({ length: 20 }, (_, n) => String(n)) }, []],
    ['raise what is not as urgent', [{ do: 'priority', to: 'urgent' }, { do: 'priority', to: 'urgent' }], {}, ['priority']],
    ['finish what is open', [{ do: 'done' }], { state: 'done', waitingSince: null }, []],
    ['suggest an opener that is there', [{ do: 'suggest', openerId: opener }, { do: 'suggest', openerId: gone }], {}, ['suggest']],
    ['have no “me” without a member', [{ do: 'assign-me' }], {}, []],
  ])('%s', (_, acts, standing, did) => { expect(planned(acts, { ...open, ...standing }, around).map((act) => act.do)).toEqual(did) })

  test('come to one change, in which the last word on a thing counts', () => {
    const acts = planned([{ do: 'tag', tag: 'ψωμί' }, { do: 'assign', memberId: maria }, { do: 'priority', to: 'high' }, { do: 'untag', tag: 'ψωμί' }, { do: 'tag', tag: 'τούρτα' }, { do: 'assign', memberId: eleni }, { do: 'snooze', hours: 2 }], open, around)
    expect(changeOf(acts, open, at)).toEqual({ tags: ['τούρτα'], assigneeId: eleni, priority: 'high', state: 'snoozed', snoozedUntil: new Date('2026-05-04T11:00:00Z') })
    expect(changeOf(planned([{ do: 'note', text: 'Δείτε το' }], open, around), open, at)).toEqual({})
  })
})

const ready = (rule: Partial<Ready> & Pick<Ready, 'id' | 'when'>): Ready => ({ since: at, pausedAt: null, ...rule })
describe('a rule takes up', () => {
  const rule = ready({ id: 'a', when: { on: 'assigned' } })
  const assigned = (more: Partial<Happened> = {}): Happened => ({ is: ['assigned'], at, ...more })
  test.each<[string, Ready, Happened, boolean]>([
    ['what it is for', rule, assigned(), true],
    ['nothing else', rule, assigned({ is: ['done'] }), false],
    ['nothing of before it was made', rule, assigned({ at: new Date(at.getTime() - 1) }), false],
    ['nothing while it stands still', ready({ ...rule, pausedAt: at }), assigned(), false],
    ['what another rule did', rule, assigned({ byRule: { id: 'b', name: 'Β', step: 1 } }), true],
    ['nothing of what it did itself', rule, assigned({ byRule: { id: 'a', name: 'Α', step: 1 } }), false],
    ['nothing two steps from the world', rule, assigned({ byRule: { id: 'b', name: 'Β', step: 2 } }), false],
  ])('%s', (_, one, happened, taken) => { expect(takesUp(one, happened)).toBe(taken) })
  test('no imported message, and nobody’s being given nothing', () => {
    const event = (name: string, data: object) => ({ name, cursor: '1-1', at: at.toISOString(), data, conversationId: 'c' }) as unknown as AnyEvent
    expect(happenedIn(event('message.received', { imported: true }), true)).toBeUndefined()
    expect(happenedIn(event('message.received', { imported: false }), true)?.is).toEqual(['received', 'opened'])
    expect(happenedIn(event('conversation.assigned', { to: null }), false)).toBeUndefined()
    expect(happenedIn(event('post.published', {}), false)).toBeUndefined()
  })
})

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.constantFrom<Act>({ do: 'assign', memberId: eleni }, { do: 'assign', memberId: maria }, { do: 'route' }, { do: 'done' }, { do: 'snooze', hours: 1 }, { do: 'note', text: 'α' }, { do: 'suggest', openerId: opener }),
  fc.record({ do: fc.constantFrom('tag' as const, 'untag' as const), tag: fc.constantFrom('ψωμί', 'τούρτα', 'ώρες') }), fc.record({ do: fc.constant('priority' as const), to: fc.constantFrom('low' as const, 'urgent' as const) }),
)
const standing = fc.record({ tags: fc.uniqueArray(fc.constantFrom('ψωμί', 'τούρτα')), priority: fc.constantFrom(-1, 0, 2), assigneeId: fc.constantFrom(null, eleni), state: fc.constantFrom('open' as const, 'done' as const), waitingSince: fc.constantFrom(null, at) })

test('whatever rules there are, what one fact sets off comes to an end: no rule acts more than once upon each fact, nor beyond two steps', () => {
  const rules = fc.array(fc.record({ on: fc.constantFrom(...facts), acts: fc.array(act, { minLength: 1, maxLength: 4 }) }), { minLength: 1, maxLength: 12 })
  fc.assert(fc.property(rules, standing, fc.constantFrom<Fact>(...facts), (set, begins, first) => {
    let stands: Standing = begins
    let acted = 0
    const told: Happened[] = [{ is: [first], at }]
    for (let happened = told.shift(); happened; happened = told.shift()) {
      for (const [place, { on, acts }] of set.entries()) {
        const rule = ready({ id: String(place), when: { on } })
        if (!takesUp(rule, happened)) continue
        const done = planned(acts, stands, around)
        if (done.length === 0) continue
        acted += 1
        stands = standsAfter(done, stands)
        const step = stepAfter(happened)
        expect(step).toBeLessThanOrEqual(deepest)
        told.push(...factsAfter(done).map((fact): Happened => ({ is: [fact], at, byRule: { id: rule.id, name: 'Κανόνας', step } })))
      }
    }
    // Each act tells of two facts at most, and every rule may take each of those up once.
    expect(acted).toBeLessThanOrEqual(set.length + 2 * set.length * set.length)
  }), { numRuns: 500 })
})

test('what is planned does something each, and planning it again finds nothing left but words', () => {
  fc.assert(fc.property(fc.array(act, { maxLength: 8 }), standing, (acts, stands) => {
    const done = planned(acts, stands, around)
    expect(done.length).toBeLessThanOrEqual(acts.length)
    const single = acts.slice(0, 1)
    const again = planned(single, standsAfter(planned(single, stands, around), stands), around)
    expect(again.every(({ do: what }) => what === 'note' || what === 'suggest' || what === 'snooze' || what === 'route')).toBe(true)
  }))
})
