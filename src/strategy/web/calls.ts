import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { InferResponseType } from 'hono/client'
import { client, take } from '#ui/api.ts'
import type { StrategyApi } from '../routes.ts'

export const strategy = client<StrategyApi>()

export const campaignsQuery = queryOptions({ queryKey: ['campaigns', 'list'], queryFn: () => take(strategy.campaigns.$get()) })
export const campaignQuery = (id: string) => queryOptions({ queryKey: ['campaigns', id], queryFn: () => take(strategy.campaigns[':id'].$get({ param: { id } })) })
export const scorecardQuery = (campaignId?: string) =>
  queryOptions({ queryKey: ['scorecard', campaignId ?? 'all'], queryFn: () => take(strategy.scorecard.$get({ query: campaignId ? { campaignId } : {} })) })
export const todayQuery = queryOptions({ queryKey: ['today'], queryFn: () => take(strategy.today.$get()) })

export const readingsQuery = (id: string, campaignId?: string) => infiniteQueryOptions({
  queryKey: ['signals', id, campaignId ?? 'all'],
  queryFn: ({ pageParam }) => take(strategy.signals[':id'].readings.$get({ param: { id }, query: { ...(campaignId ? { campaignId } : {}), ...(pageParam ? { cursor: pageParam } : {}) } })),
  initialPageParam: '', getNextPageParam: (page) => page.next ?? undefined,
})

export type Campaign = InferResponseType<(typeof strategy.campaigns)[':id']['$get'], 200>
export type CampaignLine = InferResponseType<typeof strategy.campaigns.$get, 200>['items'][number]
export type Aim = Campaign['objectives'][number]
export type PillarLine = InferResponseType<typeof strategy.scorecard.$get, 200>['pillars'][number]
export type SignalLine = PillarLine['signals'][number]
export type TodayFacts = InferResponseType<typeof strategy.today.$get, 200>
