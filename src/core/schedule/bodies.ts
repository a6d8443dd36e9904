import { z } from 'zod'
import { moment, day } from '#kit/moment.ts'
import { said, version } from '#kit/text.ts'
import { Words } from '../posts/bodies.ts'
import { isZone, wallMs } from '../posts/wall-time.ts'
import { csvFields } from './csv-in.ts'
import { rowStates } from './calendar-rows.ts'

export const intents = ['give', 'ask', 'talk'] as const
export const zone = z.string().max(60).refine(isZone, 'zone_unknown')
const says = (en: string, el: string) => ({ params: { says: { en, el } } })
// No further back than any calendar of posts goes.
export const wall = z.string().max(16).refine((text) => wallMs(text) !== undefined, says('must be a day and hour of the calendar, such as 2026-12-01T09:30', 'πρέπει να είναι μέρα και ώρα του ημερολογίου, όπως 2026-12-01T09:30'))
  .refine((text) => wallMs(text) === undefined || text >= '1970', 'time_too_old')
const listOf = <T extends string>(known?: readonly T[]) => z.string().max(4_000).transform((text) => text.split(',').filter(Boolean) as T[]).refine((all) => all.length <= 100, says('takes at most 100 items', 'δέχεται το πολύ 100 στοιχεία'))
  .refine((all) => !known || all.every((one) => known.includes(one)), says(`must be of: ${known?.join(', ') ?? ''}`, `πρέπει να είναι από: ${known?.join(', ') ?? ''}`))
const yesNo = z.enum(['yes', 'no']).transform((word) => word === 'yes')

const longest = 400 * 86_400_000
export const Range = z.strictObject({
  from: moment, to: moment, accountId: listOf().refine((ids) => ids.every((id) => z.uuid().safeParse(id).success), says('must be identifiers, with commas between them', 'πρέπει να είναι αναγνωριστικά, με κόμμα ανάμεσα')).optional(), channel: listOf().optional(), campaignId: z.union([z.literal('none'), z.uuid()]).optional(),
  intent: listOf(intents).optional(), state: listOf(rowStates).optional(), authorId: z.uuid().optional(), problem: yesNo.optional(), series: yesNo.optional(),
}).refine(({ from, to }) => to > from, { path: ['to'], message: 'dates_reversed' }).refine(({ from, to }) => to.getTime() - from.getTime() <= longest, { path: ['to'], ...says('must be at most 400 days after from', 'πρέπει να απέχει από το from το πολύ 400 μέρες') })

const items = z.array(z.strictObject({ id: z.uuid(), version })).min(1).max(200)
const reasons = z.record(z.string().max(60), said(500)).optional()
const by = z.strictObject({ days: z.number().int().min(-4_000).max(4_000).optional(), minutes: z.number().int().min(-100_000).max(100_000).optional() }).refine(({ days, minutes }) => days !== undefined || minutes !== undefined, says('needs days, minutes or both', 'θέλει days, minutes ή και τα δύο'))
const to = z.union([z.strictObject({ wall, zone: zone.optional() }), z.strictObject({ day })])
const which = z.enum(['first', 'second']).optional()
export const Items = z.strictObject({ items })
const lane = z.strictObject({ intent: z.enum(intents).optional(), campaignId: z.uuid().nullable().optional() }).optional()
export const MoveBody = z.union([z.strictObject({ items, by, which, reasons, lane }), z.strictObject({ items, to, which, reasons, lane })])
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

// A series says whatever a post says, and to somebody.
const Template = Words.extend({ media: Words.shape.media.default([]), accountIds: Words.shape.accountIds.min(1, 'no_account_chosen') })
const walls = z.array(wall).max(1_000)
const rule = z.string().min(1).max(1_000)
export const Rhythm = z.strictObject({ rule, startWall: wall, zone: zone.optional(), exdates: walls.default([]), rdates: walls.default([]) })
export const SeriesInput = Rhythm.extend({ template: Template.optional(), fromPostId: z.uuid().optional(), reasons: z.record(z.string().max(60), said(500)).default({}) })
  .refine((given) => (given.template === undefined) !== (given.fromPostId === undefined), { path: ['template'], ...says('or fromPostId must be given, and not both', 'ή fromPostId: δώστε ένα από τα δύο') })
export const SeriesChange = z.strictObject({
  version, rule: rule.optional(), startWall: wall.optional(), zone: zone.optional(), exdates: walls.optional(), rdates: walls.optional(), template: Template.optional(),
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
