import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { InferRequestType, InferResponseType } from 'hono/client'
import type { DutyApi } from '#core/duty/routes.ts'
import type { RoutingApi } from '#core/routing/routes.ts'
import { client, take } from '#ui/api.ts'
import { wrong } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import type { CoverageApi } from '#pillars/connectivity/coverage.ts'
import { dutyWords } from './duty-words.ts'

export const { duty } = client<DutyApi>()
export const { routing } = client<RoutingApi>()
export const { coverage } = client<CoverageApi>()

export type Plan = InferResponseType<typeof duty.$get, 200>
export type DayOff = Plan['daysOff'][number]
export type Target = InferRequestType<(typeof routing.targets)['$put']>['json']['targets'][number]
export type Routing = InferRequestType<(typeof routing)['$put']>['json']

export const dutyQuery = queryOptions({ queryKey: ['duty'], queryFn: () => take(duty.$get()), refetchInterval: 60_000 })
export const routingQuery = queryOptions({ queryKey: ['routing'], queryFn: () => take(routing.$get()) })
export const coverageQuery = queryOptions({ queryKey: ['coverage'], queryFn: () => take(coverage.$get()), refetchInterval: 60_000 })

/** An act on the hours; the screen shows what the house then knows, or why not. */
export function useDutyAct<T>(act: (given: T) => Promise<unknown>) {
  const t = useWords(dutyWords)
  const queries = useQueryClient()
  return useMutation({
    mutationFn: act, onError: (error) => wrong(error, t('failed')),
    onSettled: () => Promise.all([['duty'], ['routing'], ['coverage']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  })
}
