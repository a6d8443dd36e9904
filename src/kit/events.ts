import type { Json } from './json.ts'

export type Intent = 'give' | 'ask' | 'talk'

/** Who did it and what it belongs to: every event may carry these beside its own facts. */
export interface Context {
  readonly memberId?: string
  readonly campaignId?: string
  readonly postId?: string
  readonly conversationId?: string
  readonly contactId?: string
}

/** The rule of the team that did it. `step`: 1 upon a fact of the world, 2 upon what a rule had done; nothing follows from that. */
export interface ByRule { readonly id: string; readonly name: string; readonly step: number }

/**
 * Facts in the past tense. A pillar or channel adds its own by declaration merging:
 * `declare module '#kit/events.ts' { interface Events { 'gift.given': { … } } }`
 */
export interface Events {
  /** Once per post, with the first account it stands on. `similarity` 0…1 to the nearest post of the last 90 days; `findings` are the rules still open when it was sent. */
  'post.published': {
    publicationId: string; channel: string; intent: Intent; lang: string; title: string
    similarity: number; similarTo: string | null; findings: readonly string[]; format: string; invites: boolean
  }
  /** Each account's copy, once it stands there; post.published tells of the first alone. */
  'publication.confirmed': { publicationId: string; channel: string; kind: string }
  'post.scheduled': { dueAt: string; channels: readonly string[] }
  'post.edited': { publicationId: string; channel: string; note: string }
  'post.retracted': { publicationId: string; channel: string; note: string }
  'check.overruled': { rule: string; pillar: string; reason: string; weight: string }
  'publication.refused': { publicationId: string; channel: string; because: string }
  /** A person's word on what nobody else could know. */
  'publication.settled': { publicationId: string; channel: string; answer: 'there' | 'send' | 'drop'; because: string | null; url: string | null }
  /** It stands beyond the deadline of its state. */
  'publication.overdue': { publicationId: string; channel: string; state: string; because: string | null }
  /** The network said yes, and twice it was not to be seen there. */
  'publication.not-seen': { publicationId: string; channel: string }
  /** A person gave up an edit or a removal that did not get through. */
  'publication.change-dropped': { publicationId: string; channel: string; change: 'revise' | 'retract'; because: string | null }
  'publishing.held-answered': { answer: 'look' | 'send' | 'drop'; answered: number; left: number }
  'publishing.paused': { reason: string }
  'publishing.resumed': { since: string; waited: number }
  /** A message from outside. `opensWait` says that from now on somebody waits for an answer. */
  'message.received': { messageId: string; channel: string; lang: string; opensWait: boolean; imported: boolean; isQuestion: boolean; asked: boolean }
  /** `waitingSince` is when the oldest unanswered message of the conversation arrived. `turns` counts changes of speaker so far. */
  'answer.sent': {
    messageId: string; channel: string; waitingSince: string | null; minutesWaited: number | null
    named: boolean; similarity: number; turns: number; findings: readonly string[]; first: boolean
    /** The part of the wait in which somebody was on duty; unknown where it was not counted. */
    dutyMinutes?: number | null
    /** It answers what was not put to us. */
    unasked?: boolean
  }
  'message.moderated': { messageId: string; to: string; reason: string }
  'message.withdrawn': { messageId: string; channel: string }
  'conversation.assigned': { to: string | null; byRule?: ByRule }
  'conversation.claimed': { by: string }
  'conversation.done': { by: string | null; byRule?: ByRule }
  'conversation.merged': { into: string }
  'conversations.imported': { importId: string; rows: number; conversations: number }
  'import.moved': { importId: string; state: string; done: number; total: number }
  'reaction.given': { kind: 'like' | 'share'; channel: string; taken: boolean }
  'follower.changed': { channel: string; change: 1 | -1; handle: string }
  'campaign.changed': { change: string }
  'campaign.opened': { name: string }
  'member.joined': { name: string; role: string }
  'site.changed': { change: string }
}
export type EventName = keyof Events

/** One recorded fact. `cursor` orders events of a workspace and is what a reader comes back with. */
export interface StoaEvent<N extends EventName = EventName> extends Context {
  readonly cursor: string
  readonly name: N
  readonly at: string
  readonly data: Events[N]
}
export type AnyEvent = { [N in EventName]: StoaEvent<N> }[EventName]
export type EventData = { readonly [key: string]: Json | undefined }
