import { ask } from '#ui/api.ts'
import type { Contact, Counts, Listed, Moderation, PersonRow, Row, Thread } from './shapes.ts'
import { listPath, type Filter } from './place.ts'
import type { Page } from './pages.ts'

const one = (id: string): string => `/conversations/${encodeURIComponent(id)}`

export async function pageOf(filter: Filter, from: string | null): Promise<Page<Row>> {
  return { ...await ask<Listed<Row>>('GET', listPath(filter, from)), from }
}
export const counts = () => ask<Counts>('GET', '/conversations/counts')
export const thread = (id: string) => ask<Thread>('GET', one(id))
export const others = (contactId: string) => ask<Listed<Row>>('GET', `/conversations?contactId=${encodeURIComponent(contactId)}&limit=50`)

export const claim = (id: string) => ask<{ until: string }>('POST', `${one(id)}/claim`)
export const letGo = (id: string) => ask<unknown>('DELETE', `${one(id)}/claim`)
export const keepDraft = (id: string, text: string) => ask<unknown>('PUT', `${one(id)}/draft`, { text })

export interface Answer { readonly text: string; readonly seen: string; readonly reasons?: Readonly<Record<string, string>> }
export const answer = (id: string, given: Answer) => ask<unknown>('POST', `${one(id)}/answer`, given)
export const note = (id: string, text: string) => ask<unknown>('POST', `${one(id)}/note`, { text })

export interface Change { readonly state?: 'open' | 'done' | 'snoozed'; readonly snoozedUntil?: string; readonly assigneeId?: string | null }
export const change = (id: string, given: Change) => ask<unknown>('PATCH', one(id), given)
export const moderate = (messageId: string, to: Exclude<Moderation, 'held'>, reason: string) =>
  ask<unknown>('POST', `/messages/${encodeURIComponent(messageId)}/moderate`, { to, reason })

export function people(q: string, cursor: string | null) {
  const asked = new URLSearchParams({ ...(q ? { q } : {}), ...(cursor ? { cursor } : {}) })
  return ask<Listed<PersonRow>>('GET', `/contacts?${asked}`)
}
export const person = (id: string) => ask<Contact>('GET', `/contacts/${encodeURIComponent(id)}`)
export const changePerson = (id: string, given: { readonly name?: string; readonly note?: string }) => ask<Contact>('PATCH', `/contacts/${encodeURIComponent(id)}`, given)

export interface MemberRow { readonly id: string; readonly name: string; readonly role: string; readonly leftAt: string | null }
export const members = async () => (await ask<{ items: readonly MemberRow[] }>('GET', '/members')).items.filter((member) => member.leftAt === null)
