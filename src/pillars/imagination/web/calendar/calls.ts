import { queryOptions } from '@tanstack/react-query'
import type { InferRequestType, InferResponseType } from 'hono/client'
import type { PostApi } from '#core/posts/routes.ts'
import type { ScheduleApi } from '#core/schedule/routes.ts'
import { base, client, take } from '#ui/api.ts'
import type { Item } from './item.ts'
import type { By, Lane } from './moves.ts'

const { calendar, slots, series, 'feed-rules': feedRules } = client<ScheduleApi>()
const post = client<PostApi>().posts[':id']

// The routes take lists that may be written to; the page's own may not.
type Loose<T> = T extends readonly (infer One)[] ? Loose<One>[] : T extends object ? { -readonly [K in keyof T]: Loose<T[K]> } : T
const loose = <T>(given: T): Loose<T> => given as Loose<T>

export interface Range { readonly from: string; readonly to: string }
export type Month = Omit<InferResponseType<typeof calendar.$get, 200>, 'items'> & { readonly items: readonly Item[] }
export type Account = Month['lanes']['accounts'][number]
export interface Ref { readonly id: string; readonly version: number }
export interface At { readonly wall: string; readonly zone: string; readonly which?: 'first' | 'second' }
export type Done = InferResponseType<typeof calendar.move.$post, 200>
export type Goal = ({ readonly by: By } | { readonly to: At } | { readonly to: { readonly day: string } }) & { readonly lane?: Lane | undefined }

export const calendarKey = ['posts', 'calendar'] as const
export const shelfKey = ['posts', 'shelf'] as const
export const calendarQuery = (range: Range) => queryOptions({ queryKey: [...calendarKey, range.from, range.to], queryFn: async (): Promise<Month> => take(calendar.$get({ query: range })), staleTime: 30_000 })
export const shelfQuery = queryOptions({ queryKey: [...shelfKey], queryFn: async (): Promise<{ readonly items: readonly Item[] }> => take(calendar.shelf.$get()) })

type Moving = InferRequestType<typeof calendar.move.$post>['json']
const goalOf = (goal: Goal): object => {
  if (!('to' in goal) || 'day' in goal.to) return goal
  const { which, ...to } = goal.to
  return { to, ...(which ? { which } : {}), ...(goal.lane ? { lane: goal.lane } : {}) }
}
const moving = (items: readonly Ref[], goal: Goal) => ({ items: loose(items), ...goalOf(goal) }) as Moving
export const move = (items: readonly Ref[], goal: Goal) => take(calendar.move.$post({ json: moving(items, goal) }))
export const copy = (items: readonly Ref[], goal: Goal) => take(calendar.copy.$post({ json: moving(items, goal) }))
export type Act = 'pause' | 'resume' | 'delete' | 'unschedule' | 'slot'
export const act = (name: Act, items: readonly Ref[]): Promise<Done> => take(calendar[name].$post({ json: { items: loose(items) } }))
export const undo = (token: string) => take(calendar.undo.$post({ json: { token } }))

export const recordDate = ({ id, version }: Ref, at: At, note: string) => take(post['record-date'].$post({ param: { id }, json: { version, at, note } }))
export const again = (id: string) => take(post.again.$post({ param: { id } }))

export type SlotWords = Pick<InferRequestType<typeof slots.$post>['json'], 'accountId' | 'weekday' | 'time' | 'zone'>
export const slotsQuery = queryOptions({ queryKey: ['slots'], queryFn: () => take(slots.$get()), staleTime: 60_000 })
export const addSlot = (json: SlotWords) => take(slots.$post({ json }))
export const removeSlot = (id: string) => take(slots[':id'].$delete({ param: { id } }))
export const nextSlot = (accountId: string) => take(slots.next.$get({ query: { accountId, count: '1' } }))

const one = series[':id']
export type Series = InferResponseType<typeof one.$get, 200>
export interface RuleAt { readonly rule: string; readonly startWall: string; readonly zone: string }
export const seriesQuery = (id: string) => queryOptions({ queryKey: ['posts', 'series', id], queryFn: () => take(one.$get({ param: { id } })) })
export const previewRule = (json: RuleAt) => take(series.preview.$post({ json }))
export const beginSeries = (given: RuleAt & { readonly fromPostId: string; readonly exdates: readonly string[] }) => take(series.$post({ json: loose(given) }))
export const changeSeries = (id: string, json: Partial<RuleAt> & { readonly version: number; readonly from?: string }) => take(one.$put({ param: { id }, json }))
export const endSeries = (id: string, from?: string) => take(one.end.$post({ param: { id }, json: from ? { from } : {} }))
export const holdSeries = (id: string, does: 'pause' | 'resume') => take(one[does].$post({ param: { id } }))
export const occurrence = (id: string, wall: string, does: 'skip' | 'restore' | 'make') => take(one.occurrences.$post({ param: { id }, json: { occurrence: wall, do: does } }))

const link = calendar['ics-link']
export const linkQuery = queryOptions({ queryKey: ['ics-link'], queryFn: () => take(link.$get()) })
export const makeLink = () => take(link.$post())
export const revokeLink = () => take(link.$delete())
export type Import = InferRequestType<typeof calendar.import.$post>['json']
export type Imported = InferResponseType<typeof calendar.import.$post, 200>
export const importFile = (json: Import) => take(calendar.import.$post({ json }))
export const exportAddress = (range: Range): string => `${base}/calendar.csv?${new URLSearchParams({ from: range.from, to: range.to }).toString()}`

export type FeedRule = InferResponseType<typeof feedRules.$get, 200>['items'][number]
type Ruling = Required<InferRequestType<typeof feedRules.$post>['json']>
/** A rule for a feed, as it is written. */
export type RuleWords = Omit<Ruling, 'accountIds'> & { readonly accountIds: readonly string[] }
export const ruleWords = ({ feedAccountId, does, accountIds, template, lang, intent, campaignId, on }: FeedRule): RuleWords => ({ feedAccountId, does, accountIds, template, lang, intent, campaignId, on })
export const feedRulesQuery = queryOptions({ queryKey: ['feed-rules', 'list'], queryFn: () => take(feedRules.$get()) })
export const newestOfFeed = (feedAccountId: string) => take(feedRules.newest.$get({ query: { feedAccountId } }))
export const keepFeedRule = (id: string | undefined, words: RuleWords) =>
  (id === undefined ? take(feedRules.$post({ json: { ...words, accountIds: [...words.accountIds] } })) : take(feedRules[':id'].$put({ param: { id }, json: { ...words, accountIds: [...words.accountIds] } })))
export const removeFeedRule = (id: string) => take(feedRules[':id'].$delete({ param: { id } }))
