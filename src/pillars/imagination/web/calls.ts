import { queryOptions } from '@tanstack/react-query'
import type { InferRequestType, InferResponseType } from 'hono/client'
import { wordsOf } from '#core/posts/rules.ts'
import type { PostApi } from '#core/posts/routes.ts'
import type { PublishingApi } from '#core/publications/routes.ts'
import type { StrategyApi } from '#strategy/routes.ts'
import { client, take } from '#ui/api.ts'
import type { MediaApi } from '../../../server/media-routes.ts'
import type { SiteApi } from '../../../server/site-routes.ts'
import type { Words } from './composer/writing.ts'

const api = client<PostApi>()
const one = api.posts[':id']
const { campaigns } = client<StrategyApi>()
const { accounts } = client<SiteApi>()
const { media } = client<MediaApi>()
const { publications, publishing } = client<PublishingApi>()

/** What the posts' routes answer, as their screens read it. */
export type Post = InferResponseType<typeof one.$get, 200>
export type Publication = Post['publications'][number]
export type Account = InferResponseType<typeof accounts.$get, 200>['items'][number]
export type StoredMedia = InferResponseType<typeof media.$get, 200>['items'][number]
/** What they take. */
type Publishing = InferRequestType<typeof one.publish.$post>['json']
export type At = NonNullable<Publishing['at']>
export type Reasons = Readonly<NonNullable<Publishing['reasons']>>
type Edit = InferRequestType<typeof one.edit.$post>['json']
export type Settling = InferRequestType<(typeof publications)[':id']['settle']['$post']>['json']['answer']

// The routes take lists that may be written to; the page's own may not.
type Loose<T> = T extends readonly (infer One)[] ? Loose<One>[] : T extends object ? { -readonly [K in keyof T]: Loose<T[K]> } : T
export const loose = <T>(given: T): Loose<T> => given as Loose<T>
const sent = (words: Words) => loose(wordsOf(words))

export const post = (id: string) => take(one.$get({ param: { id } }))
export const create = (words: Words, id?: string) => take(api.posts.$post({ json: { ...sent(words), ...(id ? { id } : {}) } }))
export const save = (id: string, words: Words, version: number) => take(one.$put({ param: { id }, json: { ...sent(words), version } }))
export const remove = (id: string) => take(one.$delete({ param: { id } }))
export const publish = (id: string, json: Publishing) => take(one.publish.$post({ param: { id }, json }))
export const unschedule = (id: string) => take(one.unschedule.$post({ param: { id } }))
export const edit = (id: string, given: Edit) => take(one.edit.$post({ param: { id }, json: given }))
export const again = (id: string) => take(one.again.$post({ param: { id } }))
export const dropProposal = (id: string) => take(one.proposal.$delete({ param: { id } }))
export const retract = (id: string, note: string) => take(one.retract.$post({ param: { id }, json: { note } }))
export const settle = (id: string, answer: Settling, url = '') => take(publications[':id'].settle.$post({ param: { id }, json: { answer, ...(url ? { url } : {}) } }))

/** An edit or removal that does not get through: once more, or not at all. */
export const answerChange = (id: string, what: 'retry' | 'drop') => take(publications[':id'].change.$post({ param: { id }, json: { do: what } }))
export type HeldAnswer = InferRequestType<typeof publishing.held.$post>['json']['answer']
/** One word for all that is held, or for some of it. */
export const answerHeld = (answer: HeldAnswer, ids?: readonly string[]) => take(publishing.held.$post({ json: { answer, ...(ids ? { ids: [...ids] } : {}) } }))
export type Unsettled = InferResponseType<typeof publishing.$get, 200>['unsettled'][number]

export const accountsQuery = queryOptions({ queryKey: ['accounts', 'list'], queryFn: () => take(accounts.$get()) })
export const campaignsQuery = queryOptions({ queryKey: ['campaigns', 'list'], queryFn: () => take(campaigns.$get()) })
export const groundQuery = queryOptions({ queryKey: ['writing'], queryFn: () => take(api.writing.$get()) })
export const picturesQuery = queryOptions({ queryKey: ['media'], queryFn: () => take(media.$get()) })
