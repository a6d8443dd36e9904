import { queryOptions } from '@tanstack/react-query'
import type { InferRequestType, InferResponseType } from 'hono/client'
import type { ContactApi } from '#core/contacts/routes.ts'
import type { ConversationApi } from '#core/conversations/routes.ts'
import type { PostApi } from '#core/posts/routes.ts'
import type { StrategyApi } from '#strategy/routes.ts'
import { client, take } from '#ui/api.ts'
import type { SiteApi } from '../../../server/site-routes.ts'
import type { TeamApi } from '../../../server/team-routes.ts'
import type { Page } from './pages.ts'
import { viewOf, type Filter } from './place.ts'

const { conversations, messages } = client<ConversationApi>()
const { contacts } = client<ContactApi>()
const { writing } = client<PostApi>()
const { campaigns } = client<StrategyApi>()
const { accounts } = client<SiteApi>()
const { members } = client<TeamApi>()
const talk = conversations[':id']
const contact = contacts[':id']

/** What the inbox's routes answer, as its screens read it. */
export type Row = InferResponseType<typeof conversations.$get, 200>['items'][number]
export type Counts = InferResponseType<typeof conversations.counts.$get, 200>
export type Thread = InferResponseType<typeof talk.$get, 200>
export type Message = Thread['messages'][number]
export type Publication = NonNullable<Message['publication']>
export type Contact = Thread['contact']
export type PersonRow = InferResponseType<typeof contacts.$get, 200>['items'][number]
/** What they take. */
type Asked = InferRequestType<typeof conversations.$get>['query']
type Answer = InferRequestType<typeof talk.answer.$post>['json']
export type Change = InferRequestType<typeof talk.$patch>['json']
type Ruling = InferRequestType<(typeof messages)[':id']['moderate']['$post']>['json']
export type Verdict = Ruling['to']
type PersonChange = InferRequestType<typeof contact.$patch>['json']

/** What a page of the list is asked with. */
const askedOf = (filter: Filter, cursor: string | null): Asked => ({
  view: viewOf(filter), q: filter.q, channel: filter.channel, lang: filter.lang, campaignId: filter.campaign, postId: filter.post, cursor: cursor ?? undefined, limit: '100',
})
export async function pageOf(filter: Filter, from: string | null): Promise<Page<Row>> {
  return { ...await take(conversations.$get({ query: askedOf(filter, from) })), from }
}
export const counts = () => take(conversations.counts.$get())
export const thread = (id: string) => take(talk.$get({ param: { id } }))
export const others = (contactId: string) => take(conversations.$get({ query: { contactId, limit: '50' } }))

export const claim = (id: string) => take(talk.claim.$post({ param: { id } }))
export const letGo = (id: string) => take(talk.claim.$delete({ param: { id } }))
export const keepDraft = (id: string, text: string) => take(talk.draft.$put({ param: { id }, json: { text } }))
export const answer = (id: string, json: Answer) => take(talk.answer.$post({ param: { id }, json }))
export const note = (id: string, text: string) => take(talk.note.$post({ param: { id }, json: { text } }))
export const change = (id: string, json: Change) => take(talk.$patch({ param: { id }, json }))
export const moderate = (id: string, json: Ruling) => take(messages[':id'].moderate.$post({ param: { id }, json }))

export const people = (q: string, cursor: string | null) => take(contacts.$get({ query: { q: q || undefined, cursor: cursor ?? undefined } }))
export const person = (id: string) => take(contact.$get({ param: { id } }))
export const changePerson = (id: string, json: PersonChange) => take(contact.$patch({ param: { id }, json }))

export const membersQuery = queryOptions({ queryKey: ['members'], queryFn: () => take(members.$get()) })
export const accountsQuery = queryOptions({ queryKey: ['accounts', 'list'], queryFn: () => take(accounts.$get()) })
export const campaignsQuery = queryOptions({ queryKey: ['campaigns', 'list'], queryFn: () => take(campaigns.$get()) })
export const groundQuery = queryOptions({ queryKey: ['writing'], queryFn: () => take(writing.$get()) })
