import { z } from 'zod'
import { said, line, storable, version } from '#kit/text.ts'
import { priorities } from '../conversations/grammar.ts'

/** What happens at a moment, and what only time brings. */
export const facts = ['received', 'opened', 'assigned', 'missed', 'done'] as const
export const passages = ['unanswered', 'due-soon'] as const
export type Fact = (typeof facts)[number]

export const When = z.discriminatedUnion('on', [
  z.strictObject({ on: z.enum(facts) }),
  z.strictObject({ on: z.enum(passages), minutes: z.int().min(1).max(30 * 24 * 60) }),
])
export type When = z.infer<typeof When>

/** One thing a rule or a macro does. Nothing here says a word to anybody outside. */
export const Act = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('assign'), memberId: z.uuid() }),
  z.strictObject({ do: z.literal('assign-me') }),
  z.strictObject({ do: z.literal('route') }),
  z.strictObject({ do: z.literal('tag'), tag: said(60) }),
  z.strictObject({ do: z.literal('untag'), tag: said(60) }),
  z.strictObject({ do: z.literal('priority'), to: z.enum(priorities) }),
  z.strictObject({ do: z.literal('done') }),
  z.strictObject({ do: z.literal('snooze'), hours: z.int().min(1).max(30 * 24) }),
  z.strictObject({ do: z.literal('note'), text: said(2_000) }),
  z.strictObject({ do: z.literal('notify'), memberId: z.uuid(), text: said(500) }),
  z.strictObject({ do: z.literal('suggest'), openerId: z.uuid() }),
])
export type Act = z.infer<typeof Act>

// So many, and no list grows beyond what can be read or gone through for each message.
export const [mostRules, mostMacros, mostActs] = [100, 200, 10] as const

const acts = z.array(Act).max(mostActs)
const asked = z.string().trim().max(300).refine(storable, 'invalid_text')
export const RuleBody = z.strictObject({ name: said(80), when: When, line: asked, acts: acts.min(1) })
export type RuleBody = z.infer<typeof RuleBody>
export const RuleChange = z.strictObject({ ...RuleBody.shape, version })
export const MacroBody = z.strictObject({ name: said(80), shared: z.boolean(), acts, text: line(4_000) })
export type MacroBody = z.infer<typeof MacroBody>
