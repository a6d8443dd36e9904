import type { InferRequestType, InferResponseType } from 'hono/client'
import type { ContactApi } from '#core/contacts/routes.ts'
import { client, take } from '#ui/api.ts'

const { contacts, merges, consents } = client<ContactApi>()
const one = contacts[':id']

export type Person = InferResponseType<typeof one.$get, 200>
export type Moment = InferResponseType<typeof one.timeline.$get, 200>['items'][number]
export type Suggestion = InferResponseType<typeof one.suggestions.$get, 200>['items'][number]
type Agreed = InferRequestType<typeof one.consents.$post>['json']
export interface PeopleFilter { readonly q?: string | undefined; readonly channel?: string | undefined; readonly tag?: string | undefined; readonly lang?: string | undefined }

export const people = (filter: PeopleFilter, cursor: string | null) => take(contacts.$get({ query: { ...filter, cursor: cursor ?? undefined } }))
export const filters = () => take(contacts.filters.$get())
export const timeline = (id: string, cursor: string | null) => take(one.timeline.$get({ param: { id }, query: { cursor: cursor ?? undefined, limit: '40' } }))
export const suggestions = (id: string) => take(one.suggestions.$get({ param: { id } }))
export const merge = (id: string, otherId: string) => take(one.merge.$post({ param: { id }, json: { otherId } }))
export const apart = (id: string, otherId: string) => take(one.apart.$post({ param: { id }, json: { otherId } }))
export const undoMerge = (id: string) => take(merges[':id'].undo.$post({ param: { id } }))
export const agree = (id: string, json: Agreed) => take(one.consents.$post({ param: { id }, json }))
export const withdraw = (id: string) => take(consents[':id'].withdraw.$post({ param: { id } }))
export const erase = (id: string, name: string) => take(one.erase.$post({ param: { id }, json: { name } }))
export const exportPath = (id: string): string => `/api/v1/contacts/${id}/export`
