import type { AnyEvent, ByRule } from '#kit/events.ts'
import type { Change } from '../conversations/act.ts'
import { priorityOf, rankOf, type Priority } from '../conversations/rules.ts'
import type { Act, Fact, When } from './grammar.ts'

/** How a conversation stands, as far as an act can change it. */
export interface Standing {
  readonly tags: readonly string[]; readonly priority: number; readonly assigneeId: string | null
  readonly state: 'open' | 'snoozed' | 'done'; readonly waitingSince: Date | null
}
/** Who does it; whom it could be given to; which openers there are. */
export interface Around { readonly by: string | null; readonly members: ReadonlyMap<string, string>; readonly openers: ReadonlySet<string> }

const mostTags = 20
/** An act as it is done by somebody; undefined: it would change nothing, or cannot be done. */
function doable(act: Act, now: Standing, { by, members, openers }: Around): Act | undefined {
  switch (act.do) {
    case 'assign': return members.has(act.memberId) && now.assigneeId !== act.memberId ? act : undefined
    case 'assign-me': return by !== null && members.has(by) && now.assigneeId !== by ? { do: 'assign', memberId: by } : undefined
    case 'route': return now.assigneeId === null && now.waitingSince !== null && now.state !== 'done' ? act : undefined
    case 'tag': return now.tags.includes(act.tag) || now.tags.length >= mostTags ? undefined : act
    case 'untag': return now.tags.includes(act.tag) ? act : undefined
    case 'priority': return now.priority === rankOf(act.to) ? undefined : act
    case 'done': return now.state === 'done' ? undefined : act
    case 'notify': return members.has(act.memberId) ? act : undefined
    case 'suggest': return openers.has(act.openerId) ? act : undefined
    case 'snooze': case 'note': return act
  }
}

function after(act: Act, now: Standing): Standing {
  switch (act.do) {
    case 'assign': return { ...now, assigneeId: act.memberId }
    case 'tag': return { ...now, tags: [...now.tags, act.tag] }
    case 'untag': return { ...now, tags: now.tags.filter((tag) => tag !== act.tag) }
    case 'priority': return { ...now, priority: rankOf(act.to) }
    case 'done': return { ...now, state: 'done', waitingSince: null }
    case 'snooze': return { ...now, state: 'snoozed' }
    case 'assign-me': case 'route': case 'note': case 'notify': case 'suggest': return now
  }
}

/** Those of the acts that do something to a conversation as it stands, one after the other. */
export function planned(acts: readonly Act[], standing: Standing, around: Around): readonly Act[] {
  let now = standing
  return acts.flatMap((act) => {
    const done = doable(act, now, around)
    if (done === undefined) return []
    now = after(done, now)
    return [done]
  })
}
export const standsAfter = (acts: readonly Act[], standing: Standing): Standing => acts.reduce((now, act) => after(act, now), standing)

const hourMs = 3_600_000
/** What such acts come to as one change of the conversation. */
export function changeOf(acts: readonly Act[], standing: Standing, now: Date): Change {
  const end = standsAfter(acts, standing)
  const did = new Set(acts.map((act) => act.do))
  const state = acts.findLast((act) => act.do === 'done' || act.do === 'snooze')
  return {
    ...(did.has('assign') ? { assigneeId: end.assigneeId } : {}), ...(did.has('tag') || did.has('untag') ? { tags: end.tags } : {}), ...(did.has('priority') ? { priority: priorityOf(end.priority) satisfies Priority } : {}),
    ...(state?.do === 'snooze' ? { state: 'snoozed' as const, snoozedUntil: new Date(now.getTime() + state.hours * hourMs) } : state ? { state: 'done' as const } : {}),
  }
}

/** What has happened, as rules see it: which whens it is, when it was, and the rule that did it, if one did. */
export interface Happened { readonly is: readonly Fact[]; readonly at: Date; readonly byRule?: ByRule | undefined }
/** A rule acts upon the world and upon what a rule did to it, and no further: so no set of rules goes round. */
export const deepest = 2
export const stepAfter = (happened: Happened): number => (happened.byRule?.step ?? 0) + 1

export interface Ready { readonly id: string; readonly when: When; readonly since: Date; readonly pausedAt: Date | null }
export function takesUp(rule: Ready, happened: Happened): boolean {
  const { on } = rule.when
  return rule.pausedAt === null && happened.is.some((fact) => fact === on) && happened.at.getTime() >= rule.since.getTime() && stepAfter(happened) <= deepest && happened.byRule?.id !== rule.id
}

/** What an act of a rule makes happen in its turn. */
export function factsAfter(acts: readonly Act[]): readonly Fact[] {
  const did = new Set(acts.map((act) => act.do))
  return [...(did.has('assign') || did.has('route') ? ['assigned' as const] : []), ...(acts.findLast((act) => act.do === 'done' || act.do === 'snooze')?.do === 'done' ? ['done' as const] : [])]
}

/** What an event is to rules; undefined: nothing. `isFirst`: with it a conversation began. */
export function happenedIn(event: AnyEvent, isFirst: boolean): Happened | undefined {
  const at = new Date(event.at)
  switch (event.name) {
    case 'message.received': return event.data.imported ? undefined : { is: isFirst ? ['received', 'opened'] : ['received'], at }
    case 'conversation.assigned': return event.data.to === null ? undefined : { is: ['assigned'], at, byRule: event.data.byRule }
    case 'answer.missed': return { is: ['missed'], at }
    case 'conversation.done': return { is: ['done'], at, byRule: event.data.byRule }
    default: return undefined
  }
}
/** What a rule acts upon once: a message, a wait, or this very event. */
export function subjectOf(event: AnyEvent): string {
  if (event.name === 'message.received') return `message ${event.data.messageId}`
  return event.name === 'answer.missed' ? waitOf(new Date(event.data.waitingSince)) : `event ${event.cursor}`
}
export const waitOf = (since: Date): string => `wait ${since.toISOString()}`

/** A rule that acts more often than this within a minute stands still until a person has looked at it. */
export const mostAMinute = 120
