import type { Wire } from '#ui/wire.ts'
import type { Card, ContactLine, Reaction } from '#core/contacts/store.ts'
import type { Detail, Speech } from '#core/conversations/detail.ts'
import type { Counts as Counted, Line } from '#core/conversations/store.ts'

export const views = ['mine', 'unassigned', 'waiting', 'all', 'held', 'done'] as const
export type View = (typeof views)[number]

/** What the inbox's routes answer, as its screens read it. */
export type Row = Wire<Line>
export type Counts = Wire<Counted>
export type Thread = Wire<Detail>
export type Message = Wire<Speech>
export type Moderation = Message['moderation']
export type Publication = NonNullable<Message['publication']>
export type Contact = Wire<Card>
export type PersonRow = Wire<ContactLine>
export type PersonReaction = Wire<Reaction>
export interface Listed<T> { readonly items: readonly T[]; readonly next: string | null }
