import { queryOptions } from '@tanstack/react-query'
import type { InferResponseType } from 'hono/client'
import type { MacroApi, RuleApi } from '#core/rules/routes.ts'
import { client, take } from '#ui/api.ts'
import type { Chosen } from './calls.ts'
import { viewOf } from './place.ts'

const { conversations } = client<RuleApi>()
const { inbox } = client<MacroApi>()

export type Macro = InferResponseType<typeof inbox.macros.$get, 200>['items'][number]
export type Act = Macro['acts'][number]

export const macrosQuery = queryOptions({ queryKey: ['inbox-macros'], queryFn: () => take(inbox.macros.$get()) })
export const ruledQuery = (id: string) => queryOptions({ queryKey: ['conversations', id, 'ruled'], queryFn: () => take(conversations[':id'].ruled.$get({ param: { id } })) })

const asked = (which: Chosen) => {
  if ('ids' in which) return { ids: [...which.ids] }
  const { campaign, post, ...rest } = which.filter
  return { filter: { ...rest, view: viewOf(which.filter), ...(campaign ? { campaignId: campaign } : {}), ...(post ? { postId: post } : {}) } }
}
export const applyMacro = (id: string, which: Chosen) => take(inbox.macros[':id'].use.$post({ param: { id }, json: asked(which) }))
