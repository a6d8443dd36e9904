import type { Label } from '#kit/channel.ts'
import type { Intent } from '#kit/events.ts'
import type { Lang } from '#kit/lang.ts'
import { fold } from '#text/fold.ts'
import type { Format } from './tables.ts'

export interface PostMedia { readonly mediaId: string; readonly alt: string }
/** One part of a thread. */
export interface Part { readonly text: string; readonly media: readonly PostMedia[] }
/** What stands on one account, from the first part to the comment under it. */
export interface Face {
  readonly title: string; readonly text: string; readonly media: readonly PostMedia[]
  /** The parts after the first. */
  readonly thread: readonly Part[]
  readonly firstComment: string
  /** What is read first, the rest being folded behind it. */
  readonly warning?: string | undefined
}
/** An account's own words, detached from those all others share. Without a title or a warning the shared one stands. */
export interface Variant extends Omit<Face, 'title'> { readonly accountId: string; readonly title?: string | undefined }
/** What happens to a post that could not leave in time. */
export type Late = { readonly do: 'publish' } | { readonly do: 'publish-within'; readonly minutes: number } | { readonly do: 'ask' }

/** All that a writer types and chooses. */
export interface PostWords extends Face {
  readonly lang: Lang; readonly intent: Intent; readonly format: Format; readonly tags: readonly string[]
  readonly campaignId: string | null; readonly accountIds: readonly string[]
  readonly variants: readonly Variant[]; readonly labels: readonly Label[]; readonly card: { readonly url: string } | null
  readonly late: Late | null
}

const face = ({ title, text, media, thread, firstComment, warning }: Face): Face => ({ title, text, media, thread, firstComment, ...(warning ? { warning } : {}) })
const mediaOf = (media: readonly PostMedia[]): PostMedia[] => media.map(({ mediaId, alt }) => ({ mediaId, alt }))
const threadOf = (thread: readonly Part[]): Part[] => thread.map((part) => ({ text: part.text, media: mediaOf(part.media) }))

/** The words alone, in one fixed order: two posts say the same when these are the same JSON. */
export function wordsOf(post: PostWords): PostWords {
  return {
    title: post.title, text: post.text, media: mediaOf(post.media), thread: threadOf(post.thread), firstComment: post.firstComment, warning: post.warning ?? '',
    lang: post.lang, intent: post.intent, format: post.format, tags: [...post.tags], campaignId: post.campaignId, accountIds: [...post.accountIds],
    variants: post.variants.map((one) => ({
      accountId: one.accountId, ...(one.title === undefined ? {} : { title: one.title }), text: one.text, thread: threadOf(one.thread), firstComment: one.firstComment, media: mediaOf(one.media),
      ...(one.warning === undefined ? {} : { warning: one.warning }),
    })),
    labels: [...post.labels], card: post.card && { url: post.card.url }, late: lateOf(post.late),
  }
}
function lateOf(late: Late | null): Late | null {
  if (late === null) return null
  return late.do === 'publish-within' ? { do: late.do, minutes: late.minutes } : { do: late.do }
}
export const sameWords = (one: PostWords, other: PostWords): boolean => JSON.stringify(wordsOf(one)) === JSON.stringify(wordsOf(other))

/** What goes out into the world of a post. What stays with the team (campaign, intent, format, lateness) is left out. */
function said(post: PostWords): unknown {
  const { campaignId: _, intent: __, format: ___, late: ____, variants, ...rest } = wordsOf(post)
  const chosen = new Set(post.accountIds)
  return { ...rest, accountIds: [...chosen].sort(), variants: variants.filter((one) => chosen.has(one.accountId)).sort((a, b) => (a.accountId < b.accountId ? -1 : 1)) }
}
/** Whether readers would see the same: then what was approved still is. */
export const saysTheSame = (one: PostWords, other: PostWords): boolean => JSON.stringify(said(one)) === JSON.stringify(said(other))

/** What one account says: its own words when it is detached, else those all share. */
export function faceOn(post: Face & Pick<PostWords, 'variants'>, accountId: string): Face {
  const own = post.variants.find((one) => one.accountId === accountId)
  return own ? face({ ...own, title: own.title ?? post.title, warning: own.warning ?? post.warning }) : face(post)
}

/** The parts of a face in the order they are read; the first comment is none of them. */
export const partsOf = (shown: Face): readonly Part[] => [{ text: shown.text, media: shown.media }, ...shown.thread]

const gap = '\n\n'
/** A thread as one text: for places that know no threads, and for whoever reads the whole. */
export function joined(shown: Face): Part {
  const parts = partsOf(shown)
  return { text: parts.map((part) => part.text).filter((text) => text !== '').join(gap), media: parts.flatMap((part) => part.media) }
}

export interface Saying { readonly accountIds: readonly string[]; readonly face: Face }
/** The different faces of a post and the accounts each stands on, in the order of the accounts; a post that goes nowhere yet has its shared one. */
export function faces(post: PostWords): readonly Saying[] {
  const found = new Map<string, { accountIds: string[]; face: Face }>()
  for (const accountId of post.accountIds) {
    const shown = faceOn(post, accountId)
    const key = JSON.stringify(shown)
    const known = found.get(key)
    if (known) known.accountIds.push(accountId)
    else found.set(key, { accountIds: [accountId], face: shown })
  }
  return found.size > 0 ? [...found.values()] : [{ accountIds: [], face: face(post) }]
}

/** What a channel can carry of a post. */
export interface Carries { readonly threads: boolean; readonly replies: boolean }
export interface Shape { readonly title: string; readonly parts: readonly Part[]; readonly firstComment: string; readonly warning: string }
/** A face as it stands on a place: one text where threads are unknown, and no first comment where nobody can answer themselves. */
export const shapeOn = (shown: Face, { threads, replies }: Carries): Shape => ({
  title: shown.title, parts: threads ? partsOf(shown) : [joined(shown)], firstComment: threads || replies ? shown.firstComment : '', warning: shown.warning ?? '',
})

interface Whole { readonly text: string; readonly starts: readonly number[] }
/** All that a face says, the first comment included, as one text, and where each part of it begins. */
export function wholeText(shown: Face): Whole {
  const texts = [...partsOf(shown).map((part) => part.text), ...(shown.firstComment === '' ? [] : [shown.firstComment])]
  const starts = texts.map((_, place) => texts.slice(0, place).reduce((sum, text) => sum + text.length + gap.length, 0))
  return { text: texts.join(gap), starts }
}
export interface Place { readonly part: number; readonly at: readonly [start: number, end: number] }
/** Where a place of the whole text lies: in which part, and where there. What is about the whole stays [0, 0] of the first. */
export function placeIn({ text, starts }: Whole, [start, end]: readonly [number, number]): Place {
  const part = Math.max(0, starts.findLastIndex((from) => from <= start))
  const from = starts[part] ?? 0
  const length = (starts[part + 1] ?? text.length + gap.length) - gap.length - from
  const clamp = (place: number): number => Math.max(0, Math.min(place - from, length))
  return { part, at: [clamp(start), clamp(end)] }
}

interface Named { readonly id: string; readonly name: string }
const letter = /[\p{L}\p{M}\p{N}_]/u
/** The members a text names: @ and their whole name, or the first of it where only one has it; marks and case do not matter. */
export function mentionsIn(text: string, team: readonly Named[]): string[] {
  const firsts = team.map((one) => fold(one.name.split(/\s+/)[0] ?? ''))
  const calls = team.flatMap((one, place) => {
    const first = firsts[place]!
    return [{ id: one.id, as: fold(one.name) }, ...(firsts.filter((other) => other === first).length === 1 ? [{ id: one.id, as: first }] : [])]
  }).filter((call) => call.as !== '').sort((a, b) => b.as.length - a.as.length)
  const found = new Set<string>()
  const folded = fold(text)
  for (const { index } of folded.matchAll(/(?<![\p{L}\p{M}\p{N}_])@/gu)) {
    const rest = folded.slice(index + 1)
    const call = calls.find(({ as }) => rest.startsWith(as) && !letter.test(rest.charAt(as.length)))
    if (call) found.add(call.id)
  }
  return [...found]
}
