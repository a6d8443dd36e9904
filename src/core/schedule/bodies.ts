import { z } from 'zod'
import { moment, day } from '#kit/moment.ts'
import { line, said, version } from '#kit/text.ts'
import { formats } from '../posts/tables.ts'
import { isZone, wallMs } from '../posts/wall-time.ts'
import { csvFields } from './csv-in.ts'
import { rowStates } from './calendar-rows.ts'

export const intents = ['give', 'ask', 'talk'] as const
export const zone = z.string().max(60).refine(isZone, 'zone_unknown')
export const wall = z.string().max(16).refine((text) => wallMs(text) !== undefined, '2026-12-01T09:30')
const listOf = <T extends string>(known?: readonly T[]) => z.string().max(4_000).transform((text) => text.split(',').filter(Boolean) as T[]).refine((all) => all.length <= 100 && (!known || all.every((one) => known.includes(one))), known?.join(', ') ?? '')
const yesNo = z.enum(['yes', 'no']).transform((word) => word === 'yes')

const longest = 400 * 86_400_000
export const Range = z.strictObject({
  from: moment, to: moment, accountId: listOf().refine((ids) => ids.every((id) => z.uuid().safeParse(id).success), 'id').optional(), channel: listOf().optional(), campaignId: z.union([z.literal('none'), z.uuid()]).optional(),
  intent: listOf(intents).optional(), state: listOf(rowStates).optional(), authorId: z.uuid().optional(), problem: yesNo.optional(), series: yesNo.optional(),
}).refine(({ from, to }) => to > from, { path: ['to'], message: 'dates_reversed' }).refine(({ from, to }) => to.getTime() - from.getTime() <= longest, { path: ['to'], message: '400 days' })

const items = z.array(z.strictObject({ id: z.uuid(), version })).min(1).max(200)
const reasons = z.record(z.string().max(60), said(500)).optional()
const by = z.strictObject({ days: z.number().int().min(-4_000).max(4_000).optional(), minutes: z.number().int().min(-100_000).max(100_000).optional() }).refine(({ days, minutes }) => days !== undefined || minutes !== undefined, 'days, minutes')
const to = z.union([z.strictObject({ wall, zone: zone.optional() }), z.strictObject({ day })])
const which = z.enum(['first', 'second']).optional()
export const Items = z.strictObject({ items })
export const MoveBody = z.union([z.strictObject({ items, by, which, reasons }), z.strictObject({ items, to, which, reasons })])
export const CopyBody = z.union([z.strictObject({ items, by, which }), z.strictObject({ items, to, which }), z.strictObject({ items })])
export const SlotBody = z.strictObject({ items, accountId: z.uuid().optional(), reasons })
export const Token = z.strictObject({ token: z.string().max(60) })
export const Shelf = z.strictObject({ ids: z.array(z.uuid()).max(500) })
export const OfCampaign = z.strictObject({ campaignId: z.uuid().optional() })

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '09:30')
export const SlotInput = z.strictObject({
  accountId: z.uuid(), weekday: z.number().int().min(1).max(7), time, zone: zone.optional(), intent: z.enum(intents).nullable().default(null), campaignId: z.uuid().nullable().default(null),
})
export const Next = z.strictObject({ accountId: z.uuid(), intent: z.enum(intents).optional(), campaignId: z.uuid().optional(), count: z.coerce.number().int().min(1).max(20).default(1) })

const media = z.array(z.strictObject({ mediaId: z.uuid(), alt: line(1500) })).max(10)
const Template = z.strictObject({
  title: line(200), text: line(60_000), lang: z.enum(['en', 'el']), intent: z.enum(intents), format: z.enum(formats), tags: z.array(said(60)).max(20), media: media.default([]),
  campaignId: z.uuid().nullable(), accountIds: z.array(z.uuid()).min(1, 'no_account_chosen').max(50),
})
const walls = z.array(wall).max(1_000)
const rule = z.string().min(1).max(1_000)
// What comes again is counted from its beginning: no further back than any calendar of posts goes.
const begins = wall.refine((text) => text >= '1970', '1970-01-01T00:00')
export const Rhythm = z.strictObject({ rule, startWall: begins, zone: zone.optional(), exdates: walls.default([]), rdates: walls.default([]) })
export const SeriesInput = Rhythm.extend({ template: Template.optional(), fromPostId: z.uuid().optional(), reasons: z.record(z.string().max(60), said(500)).default({}) })
  .refine((given) => (given.template === undefined) !== (given.fromPostId === undefined), { path: ['template'], message: 'template, fromPostId' })
export const SeriesChange = z.strictObject({
  version, rule: rule.optional(), startWall: begins.optional(), zone: zone.optional(), exdates: walls.optional(), rdates: walls.optional(), template: Template.optional(),
  reasons: z.record(z.string().max(60), said(500)).optional(), from: wall.optional(),
})
export const OneTimeBody = z.strictObject({ occurrence: wall, do: z.enum(['skip', 'restore', 'make']) })
export const EndBody = z.strictObject({ from: wall.optional() })

const shared = { dryRun: z.boolean(), zone: zone.optional(), accountIds: z.array(z.uuid()).max(50).default([]), campaignId: z.uuid().nullable().default(null), lang: z.enum(['en', 'el']).optional() }
const file = z.string().min(1).max(900_000)
export const ImportBody = z.union([
  z.strictObject({ ics: file, ...shared }),
  z.strictObject({ csv: file, mapping: z.partialRecord(z.enum(csvFields), z.string().min(1).max(300)).optional(), dateOrder: z.enum(['dmy', 'mdy']).optional(), ...shared }),
])

export const FeedRuleBody = z.strictObject({
  feedAccountId: z.uuid(), does: z.enum(['draft', 'slot']), accountIds: z.array(z.uuid()).max(50), template: said(5_000), lang: z.enum(['en', 'el']), intent: z.enum(intents).default('give'),
  campaignId: z.uuid().nullable().default(null), on: z.boolean().default(true),
})
