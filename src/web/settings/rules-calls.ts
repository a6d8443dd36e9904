import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { InferRequestType, InferResponseType } from 'hono/client'
import type { MacroApi, RuleApi } from '#core/rules/routes.ts'
import { client, take } from '#ui/api.ts'

const { inbox } = client<RuleApi>()
const own = client<MacroApi>().inbox.macros
const { rules } = inbox

export type Rule = InferResponseType<typeof rules.$get, 200>['items'][number]
export type RuleBody = InferRequestType<typeof rules.$post>['json']
export type Act = RuleBody['acts'][number]
export type When = RuleBody['when']
export type DryRun = InferResponseType<(typeof rules)['dry-run']['$post'], 200>
export type MacroBody = InferRequestType<typeof own.$post>['json']

export const rulesQuery = queryOptions({ queryKey: ['inbox-rules'], queryFn: () => take(rules.$get()) })
export const saveRule = ({ id, version, ...json }: RuleBody & { readonly id?: string; readonly version?: number }): Promise<unknown> =>
  (id === undefined || version === undefined ? take(rules.$post({ json })) : take(rules[':id'].$put({ param: { id }, json: { ...json, version } })))
export const tryRule = ({ when, line, acts }: RuleBody) => take(rules['dry-run'].$post({ json: { when, line, acts } }))
export const pauseRule = ({ id, paused }: { readonly id: string; readonly paused: boolean }) => take(rules[':id'].paused.$put({ param: { id }, json: { paused } }))
export const orderRules = (ids: readonly string[]) => take(rules.order.$put({ json: { ids: [...ids] } }))
export const dropRule = (id: string) => take(rules[':id'].$delete({ param: { id } }))
export const saveMacro = (json: MacroBody) => take(own.$post({ json }))
export const dropMacro = (id: string) => take(own[':id'].$delete({ param: { id } }))

/** An act on the rules or macros; the screens read anew whatever came of it. */
export function useRuleAct<T, R>(act: (given: T) => Promise<R>) {
  const queries = useQueryClient()
  return useMutation({ mutationFn: act, onSettled: () => Promise.all([['inbox-rules'], ['inbox-macros']].map((queryKey) => queries.invalidateQueries({ queryKey }))) })
}
