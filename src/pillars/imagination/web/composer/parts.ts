import type { Finding } from '#kit/pillar.ts'
import { placeIn, wholeText, type Face, type Part } from '#core/posts/rules.ts'
import type { TextLimit } from '#text/count.ts'
import { partsOf as fitting } from '#text/parts.ts'

/** Parts put back onto a face: the first is its text, the rest its thread. */
export function faceOfParts(parts: readonly Part[]): Pick<Face, 'text' | 'media' | 'thread'> {
  const [first = { text: '', media: [] }, ...thread] = parts
  return { text: first.text, media: first.media, thread }
}

const blank: Part = { text: '', media: [] }
export const mostParts = 25

export const addAfter = (parts: readonly Part[], place: number): readonly Part[] => parts.toSpliced(place + 1, 0, blank)
export const changeAt = (parts: readonly Part[], place: number, change: Partial<Part>): readonly Part[] => parts.map((one, at) => (at === place ? { ...one, ...change } : one))

/** Moves a part up or down; at the ends it stays. */
export function move(parts: readonly Part[], place: number, by: number): readonly Part[] {
  const [one, other] = [parts[place], parts[place + by]]
  return one && other ? parts.with(place, other).with(place + by, one) : parts
}

/** Joins a part to the one before it, pictures included. */
export function merge(parts: readonly Part[], place: number): readonly Part[] {
  const [before, one] = [parts[place - 1], parts[place]]
  if (!before || !one) return parts
  const text = [before.text.trimEnd(), one.text.trimStart()].filter(Boolean).join('\n\n')
  return parts.toSpliced(place - 1, 2, { text, media: [...before.media, ...one.media] })
}

/** Takes a part out; the last one that is left is only emptied. */
export const drop = (parts: readonly Part[], place: number): readonly Part[] => (parts.length > 1 ? parts.toSpliced(place, 1) : [blank])

/** Ends a part at the caret; what stood after it begins the next. */
export function splitAt(parts: readonly Part[], place: number, caret: number): readonly Part[] {
  const one = parts[place]
  if (!one) return parts
  const [before, after] = [one.text.slice(0, caret).trimEnd(), one.text.slice(caret).trimStart()]
  return parts.toSpliced(place, 1, { ...one, text: before }, { text: after, media: [] })
}

/** Cuts every part that is too long into parts that fit, at the ends of sentences where there are any. */
export const splitToFit = (parts: readonly Part[], limit: TextLimit): readonly Part[] =>
  parts.flatMap(({ text, media }) => fitting(text, limit).map((piece, place): Part => ({ text: piece, media: place === 0 ? media : [] })))

/** What was found in a whole face, as it lies in one of its parts; what is about the whole belongs to the last. */
export function foundIn(findings: readonly Finding[], face: Face, part: number): readonly Finding[] {
  const whole = wholeText(face)
  const last = face.thread.length
  return findings.flatMap((finding) => {
    if (finding.at[1] <= finding.at[0]) return part === last ? [{ ...finding, at: [0, 0] as const }] : []
    const place = placeIn(whole, finding.at)
    return place.part === part ? [{ ...finding, at: place.at }] : []
  })
}
