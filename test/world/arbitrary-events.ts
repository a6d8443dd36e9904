import fc from 'fast-check'
import type { AnyEvent, EventName, Events } from '#kit/events.ts'

/** A year around the bakery's October. */
const from = Date.parse('2026-01-01T00:00:00Z')
const until = Date.parse('2026-12-31T00:00:00Z')
export const instant = (range: { from?: number; until?: number } = {}) => fc.integer({ min: range.from ?? from, max: range.until ?? until }).map((at) => new Date(at).toISOString())
// A handful of each, so that streams speak of the same things again.
const id = (kind: number) => fc.integer({ min: 1, max: 12 }).map((n) => `018f0000-0000-7000-8000-${kind}${String(n).padStart(11, '0')}`)
const part = fc.double({ min: 0, max: 1, noNaN: true })
const channel = fc.constantFrom('porch', 'fediverse')
const findings = fc.subarray(['evasion', 'non-apology', 'logo-speak', 'shouting', 'invites-nobody'])
const text = fc.constantFrom('', ' ', 'Ζυγίσαμε λάθος το αλάτι.', 'The flour was not local, as we had said.')

const data: { readonly [N in EventName]?: fc.Arbitrary<Events[N]> } = {
  'post.published': fc.record({
    publicationId: id(1), channel, intent: fc.constantFrom('give', 'ask', 'talk'), lang: fc.constantFrom('en', 'el'), title: text, similarity: part,
    similarTo: fc.constant(null), findings, format: fc.constantFrom('story', 'guide', 'contest', 'promotion', 'game', 'question'), invites: fc.boolean(),
  }),
  'post.edited': fc.record({ publicationId: id(1), channel, note: text }),
  'post.retracted': fc.record({ publicationId: id(1), channel, note: text }),
  'check.overruled': fc.record({ rule: fc.constantFrom('evasion', 'shouting'), pillar: fc.constantFrom('honesty', 'personality'), reason: text, weight: fc.constant('stop') }),
  'message.received': fc.record({
    messageId: id(2), channel, lang: fc.constantFrom('en', 'el'), opensWait: fc.boolean(), imported: fc.boolean(), isQuestion: fc.boolean(), asked: fc.boolean(),
  }),
  'answer.sent': fc.record({
    messageId: id(2), channel, waitingSince: fc.option(instant()), minutesWaited: fc.option(fc.integer({ min: 0, max: 100_000 })), named: fc.boolean(),
    similarity: part, turns: fc.integer({ min: 0, max: 9 }), findings, first: fc.boolean(),
  }),
  'reaction.given': fc.record({ kind: fc.constantFrom('like', 'share'), channel, taken: fc.boolean() }),
  'follower.changed': fc.record({ channel, change: fc.constantFrom(1, -1), handle: fc.constant('@kostas@example.social') }),
  'conversation.done': fc.record({ by: fc.constant(null) }),
  'member.joined': fc.record({ name: fc.constant('Μαρία'), role: fc.constant('responder') }),
}

const context = fc.record({ memberId: id(3), campaignId: id(4), postId: id(5), conversationId: id(6), contactId: id(7) }, { requiredKeys: [] })

/** Any fact that could be recorded, as it would be read back; answers never come before what they answer. */
export const anyEvent: fc.Arbitrary<AnyEvent> = fc.oneof(...Object.entries(data).map(([name, facts]) =>
  fc.tuple(context, instant(), facts as fc.Arbitrary<object>).map(([about, at, told]) => {
    const since = (told as { waitingSince?: string | null }).waitingSince
    return { ...about, at: since && since > at ? since : at, name, data: { ...told }, cursor: '1-1' } as AnyEvent
  })))
