import { queryOptions } from '@tanstack/react-query'
import type { InferRequestType, InferResponseType } from 'hono/client'
import type { BellApi } from '#core/bells/routes.ts'
import type { ContactApi } from '#core/contacts/routes.ts'
import type { DeskApi } from '#core/conversations/desk-routes.ts'
import type { ConversationApi } from '#core/conversations/routes.ts'
import type { SavedApi } from '#core/conversations/saved-routes.ts'
import type { PostApi } from '#core/posts/routes.ts'
import type { StrategyApi } from '#strategy/routes.ts'
import { client, take } from '#ui/api.ts'
import type { SiteApi } from '../../../server/site-routes.ts'
import type { TeamApi } from '../../../server/team-routes.ts'
import type { Page } from './pages.ts'
import { viewOf, type Filter } from './place.ts'

const { conversations, messages } = client<ConversationApi>()
const desk = client<DeskApi>()
const { inbox } = client<SavedApi>()
const { inbox: bells } = client<BellApi>()
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
/** What goes along with an answer. */
export type Along = NonNullable<Message['attachments']>[number]
export type Takes = NonNullable<Thread['canAnswer']['files']>
export const chosen = (files: readonly Along[]) => files.map(({ id, alt }) => ({ id, alt: alt ?? '' }))
export const keepDraft = (id: string, text: string, files?: readonly Along[]) => take(talk.draft.$put({ param: { id }, json: { text, ...(files ? { files: chosen(files) } : {}) } }))
export const answer = (id: string, json: Answer) => take(talk.answer.$post({ param: { id }, json }))
export const note = (id: string, text: string) => take(talk.note.$post({ param: { id }, json: { text } }))
export const change = (id: string, json: Change) => take(talk.$patch({ param: { id }, json }))
export const moderate = (id: string, json: Ruling) => take(messages[':id'].moderate.$post({ param: { id }, json }))

export const person = (id: string) => take(contact.$get({ param: { id } }))
export const changePerson = (id: string, json: PersonChange) => take(contact.$patch({ param: { id }, json }))

export const membersQuery = queryOptions({ queryKey: ['members'], queryFn: () => take(members.$get()) })
export const accountsQuery = queryOptions({ queryKey: ['accounts', 'list'], queryFn: () => take(accounts.$get()) })
export const campaignsQuery = queryOptions({ queryKey: ['campaigns', 'list'], queryFn: () => take(campaigns.$get()) })
export const groundQuery = queryOptions({ queryKey: ['writing'], queryFn: () => take(writing.$get()) })

type BulkBody = InferRequestType<typeof desk.conversations.bulk.$post>['json']
export type BulkChange = BulkBody['change']
/** Conversations chosen one by one, or all that a filter holds. */
export type Chosen = { readonly ids: readonly string[] } | { readonly filter: Filter }
export const bulk = (which: Chosen, to: BulkChange) => take(desk.conversations.bulk.$post({
  json: 'ids' in which ? { ids: [...which.ids], change: to } : { filter: filterBody(which.filter), change: to },
}))
function filterBody(filter: Filter) {
  const { cursor: _, limit: __, q, ...rest } = askedOf(filter, null)
  return { ...rest, ...(q ? { q } : {}) }
}
export const undoBulk = (id: string) => take(desk.conversations.bulk[':id'].undo.$post({ param: { id } }))
const at = desk.conversations[':id']
export const markRead = (id: string, seen: string) => take(at.read.$put({ param: { id }, json: { seen } }))
export const markUnread = (id: string) => take(at.read.$delete({ param: { id } }))
export const merge = (id: string, into: string) => take(at.merge.$post({ param: { id }, json: { into } }))
export const split = (id: string, from: string) => take(at.split.$post({ param: { id }, json: { at: from } }))
export const undoMove = (id: string) => take(desk['conversation-moves'][':id'].undo.$post({ param: { id } }))
const said = desk.messages[':id']
export const resend = (id: string, answer: 'send' | 'there' | 'drop') => take(said.resend.$post({ param: { id }, json: { answer } }))
export const posted = (id: string, url: string | null) => take(said.posted.$post({ param: { id }, json: { url } }))
export const notPosted = (id: string) => take(said.posted.$delete({ param: { id } }))

export type SavedFilter = InferResponseType<typeof inbox.filters.$get, 200>['items'][number]
export type Opener = InferResponseType<typeof inbox.openers.$get, 200>['items'][number]
export const saveFilter = (json: InferRequestType<typeof inbox.filters.$post>['json']) => take(inbox.filters.$post({ json }))
export const dropFilter = (id: string) => take(inbox.filters[':id'].$delete({ param: { id } }))
export const saveOpener = (json: InferRequestType<typeof inbox.openers.$post>['json']) => take(inbox.openers.$post({ json }))
export const dropOpener = (id: string) => take(inbox.openers[':id'].$delete({ param: { id } }))
export const seenCalls = () => take(bells.calls.seen.$post())
export const filtersQuery = queryOptions({ queryKey: ['inbox-filters'], queryFn: () => take(inbox.filters.$get()) })
export const openersQuery = queryOptions({ queryKey: ['inbox-openers'], queryFn: () => take(inbox.openers.$get()) })
export const callsQuery = queryOptions({ queryKey: ['inbox-calls'], queryFn: () => take(bells.calls.$get()) })
