import { z } from 'zod'
import { moment } from '#kit/moment.ts'
import { line, said, version } from '#kit/text.ts'
import { approvalModes } from './approval/rules.ts'
import { formats } from './tables.ts'

const intents = ['give', 'ask', 'talk'] as const
const media = z.array(z.strictObject({ mediaId: z.uuid(), alt: line(5000) })).max(10)
const text = line(60_000)
const part = z.strictObject({ text, media })
const thread = z.array(part).max(50)
const firstComment = line(10_000)
const warning = line(300)
const variant = z.strictObject({ accountId: z.uuid(), title: line(200).optional(), text, thread: thread.default([]), firstComment: firstComment.default(''), media, warning: warning.optional() })
const once = (ids: readonly string[]): boolean => new Set(ids).size === ids.length
const variants = z.array(variant).max(50).refine((all) => once(all.map((one) => one.accountId)), 'one variant an account')
const labels = z.array(z.enum(['sponsored', 'ai-made'])).max(2).refine(once, 'each label once')
const card = z.strictObject({ url: line(2000).pipe(z.url({ protocol: /^https?$/ })) }).nullable()
export const late = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('publish') }), z.strictObject({ do: z.literal('ask') }), z.strictObject({ do: z.literal('publish-within'), minutes: z.number().int().min(1).max(10_080) }),
])
const more = z.strictObject({ thread, firstComment, warning, variants, labels, card, late: late.nullable() }).partial()

const words = { title: line(200), text, media }
/** What a writer types and chooses; what is left out of the second half stays as it is. */
export const Words = z.strictObject({
  ...words, lang: z.enum(['en', 'el']), intent: z.enum(intents), format: z.enum(formats), tags: z.array(said(60)).max(20),
  campaignId: z.uuid().nullable(), accountIds: z.array(z.uuid()).max(50), ...more.shape,
})
export const Begin = Words.extend({ id: z.uuid().optional() })
export const Save = Words.extend({ version })

const reasons = z.record(z.string().max(60), said(500)).default({})
export const At = z.strictObject({ wall: z.string().max(19), zone: z.string('zone_unknown').max(60), which: z.enum(['first', 'second']).optional() })
export const Out = z.strictObject({ version, at: At.optional(), reasons })
export const Changed = z.strictObject({ version, ...words, note: said(500), reasons, thread: thread.optional(), firstComment: firstComment.optional(), warning: warning.optional(), variants: variants.optional() })
export const Note = z.strictObject({ note: said(500) })
export const Seen = z.strictObject({ version })

const states = ['draft', 'scheduled', 'published', 'withdrawn'] as const
export const List = z.strictObject({
  state: z.string().max(60).optional().transform((given) => given?.split(',').filter((one) => states.some((state) => state === one)) as (typeof states)[number][] | undefined),
  from: moment.optional(), to: moment.optional(), campaignId: z.uuid().optional(), intent: z.enum(intents).optional(), cursor: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export const Policy = z.strictObject({
  approval: z.enum(approvalModes), linksCount: z.boolean(), altText: z.enum(['required', 'asked']), late: late.nullable(), duplicateDays: z.number().int().min(0).max(365),
})
export const Approve = z.strictObject({ do: z.enum(['ask', 'approve', 'return', 'withdraw']), note: line(1000).default(''), version })
export const NewLink = z.strictObject({ forWhom: line(120).default(''), days: z.number().int().min(1).max(60).default(7) })
export const Verdict = z.strictObject({ do: z.enum(['approve', 'return']), name: said(120), note: line(2000).default(''), version })
export const Comment = z.strictObject({ text: said(5000), quote: line(500).default(''), threadId: z.uuid().nullable().default(null) })
export const Resolve = z.strictObject({ resolved: z.boolean().default(true) })
export const linkParams = z.strictObject({ id: z.uuid(), lid: z.uuid() })
export const commentParams = z.strictObject({ id: z.uuid(), cid: z.uuid() })
export const versionParams = z.strictObject({ id: z.uuid(), n: z.coerce.number().int().min(1).max(2_147_483_646) })
export const tokenParam = z.strictObject({ token: z.string().min(20).max(200) })
