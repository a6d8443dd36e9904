import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { approvalModes, deeds, may, mayGoOut, standing, type ApprovalMode, type Rules, type Step } from './rules.ts'

const member = (memberId: string) => ({ memberId, linkId: null })
const link = (linkId: string) => ({ memberId: null, linkId })
const who = fc.constantFrom(member('nikos'), member('eleni'), member('sofia'), link('anna'), link('petros'))
const step: fc.Arbitrary<Step> = fc.tuple(fc.constantFrom(...deeds), who).map(([deed, by]) => ({ deed, ...by }))
const rules: fc.Arbitrary<Rules> = fc.record({ mode: fc.constantFrom(...approvalModes), linksCount: fc.boolean(), writers: fc.constantFrom(['nikos'], ['nikos', 'sofia']) })
const strictly = (mode: ApprovalMode) => mode === 'required' || mode === 'two-step'

/** Steps as they can really happen: each is let in only where the rules allow it. */
const lived = (given: readonly Step[], by: Rules): Step[] =>
  given.reduce<Step[]>((steps, one) => (one.deed === 'change' || may(one.deed, one, { steps, rules: by }) === 'yes' ? [...steps, one] : steps), [])

/** The plain reading: of the steps after the last that began, ended or emptied a round, whose yes counts. */
function yeses(steps: readonly Step[], { mode, linksCount, writers }: Rules): number {
  const last = steps.findLastIndex((one) => one.deed !== 'approve')
  if (last === -1 || !(steps[last]!.deed === 'ask' || steps[last]!.deed === 'change')) return 0
  const after = steps.slice(last + 1)
  if (!strictly(mode)) return after.length
  const people = new Set(after.filter((one) => one.memberId !== null && !writers.includes(one.memberId)).map((one) => one.memberId))
  return people.size + (linksCount && after.some((one) => one.linkId !== null) ? 1 : 0)
}

describe('an approval', () => {
  test('is given only by as many different others as the workspace wants', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 25 }), rules, (given, by) => {
      const steps = lived(given, by)
      const { state } = standing(steps, by)
      const enough = yeses(steps, by) >= (by.mode === 'two-step' ? 2 : 1)
      if (state === 'approved') expect(enough).toBe(true)
      if (strictly(by.mode) && mayGoOut(by.mode, state)) expect(enough).toBe(true)
    }), { numRuns: 2_000 })
  })
  test('does not outlive a change of the words, a return or a question taken back', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 25 }), rules, fc.constantFrom('change', 'return', 'withdraw'), (given, by, deed) => {
      const steps = [...lived(given, by), { deed, ...member('eleni') } as Step]
      expect(standing(steps, by).state).not.toBe('approved')
      if (strictly(by.mode)) expect(mayGoOut(by.mode, standing(steps, by).state)).toBe(false)
    }), { numRuns: 1_000 })
  })
  test('is never a writer’s to give, nor anybody’s twice', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 25 }), rules, who, (given, by, someone) => {
      const steps = lived(given, by)
      const answer = may('approve', someone, { steps, rules: by })
      if (strictly(by.mode) && someone.memberId !== null && by.writers.includes(someone.memberId)) expect(answer).not.toBe('yes')
      if (answer === 'yes') expect(may('approve', someone, { steps: [...steps, { deed: 'approve', ...someone }], rules: by })).not.toBe('yes')
    }), { numRuns: 1_000 })
  })
  test('can always go on: something may be done in every state', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 25 }), rules, (given, by) => {
      const steps = lived(given, by)
      expect((['ask', 'approve', 'return', 'withdraw'] as const).some((deed) => may(deed, member('eleni'), { steps, rules: by }) === 'yes')).toBe(true)
    }), { numRuns: 1_000 })
  })
  test.each([
    ['none', [], 'none', true], ['optional', [], 'none', true], ['required', [], 'none', false], ['two-step', [], 'none', false],
    ['optional', ['ask'], 'asked', false], ['none', ['ask'], 'asked', true], ['optional', ['ask', 'withdraw'], 'none', true], ['optional', ['ask', 'return'], 'returned', false],
    ['required', ['ask', 'eleni'], 'approved', true], ['required', ['ask', 'nikos'], 'asked', false], ['required', ['ask', 'eleni', 'change'], 'asked', false],
    ['two-step', ['ask', 'eleni'], 'half', false], ['two-step', ['ask', 'eleni', 'eleni'], 'half', false], ['two-step', ['ask', 'eleni', 'sofia'], 'approved', true],
    ['two-step', ['ask', 'eleni', 'anna'], 'half', false], ['required', ['ask', 'anna'], 'asked', false],
  ] as const)('%s after %j is %s', (mode, told, state, out) => {
    const steps = told.map((one): Step => (deeds.some((deed) => deed === one) ? { deed: one as Step['deed'], ...member('eleni') } : { deed: 'approve', ...(one === 'anna' ? link(one) : member(one)) }))
    const found = standing(steps, { mode, linksCount: false, writers: ['nikos'] })
    expect([found.state, mayGoOut(mode, found.state)]).toEqual([state, out])
  })
  test('counts one outsider among the two where the policy says so, and never two', () => {
    const by = { mode: 'two-step', linksCount: true, writers: ['nikos'] } as const
    const yes = (one: ReturnType<typeof member> | ReturnType<typeof link>): Step => ({ deed: 'approve', ...one })
    const asked: Step = { deed: 'ask', ...member('nikos') }
    expect(standing([asked, yes(link('anna')), yes(member('eleni'))], by).state).toBe('approved')
    expect(standing([asked, yes(link('anna')), yes(link('petros'))], by).state).toBe('half')
  })
})
