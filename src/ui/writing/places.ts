import type { Finding, Weight } from '#kit/pillar.ts'

/** A stretch of text and the findings that lie on all of it. */
export interface Stretch { readonly text: string; readonly start: number; readonly findings: readonly Finding[] }

const order: Readonly<Record<Weight, number>> = { stop: 0, warn: 1, note: 2 }
const placed = (finding: Finding): boolean => finding.at[1] > finding.at[0]

/** The text cut wherever a finding begins or ends, and at other places that matter, so that each stretch can be drawn in one way. */
export function stretches(text: string, findings: readonly Finding[], alsoAt: readonly number[] = []): readonly Stretch[] {
  const there = findings.filter((finding) => placed(finding) && finding.at[1] <= text.length)
  const cuts = [...new Set([0, text.length, ...there.flatMap((finding) => finding.at), ...alsoAt.filter((place) => place > 0 && place < text.length)])].toSorted((a, b) => a - b)
  return cuts.slice(1).map((end, place) => {
    const start = cuts[place]!
    return { text: text.slice(start, end), start, findings: there.filter(({ at }) => at[0] <= start && end <= at[1]) }
  })
}

/** What holds comes first, then what should be looked at, then advice; each in the order of the text. */
export function ranked(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => order[a.weight] - order[b.weight] || a.at[0] - b.at[0])
}

/** The heaviest of some findings. */
export const heaviest = (findings: readonly Finding[]): Finding | undefined => ranked(findings)[0]

/** The text with `instead` in the finding's place, and where the caret then stands; added as a last paragraph when it is about the whole. */
export function takenUp(text: string, finding: Finding): { readonly text: string; readonly from: number; readonly to: number } {
  const instead = finding.instead ?? ''
  if (placed(finding)) {
    const [from, end] = finding.at
    return { text: text.slice(0, from) + instead + text.slice(end), from, to: from + instead.length }
  }
  const before = text.trimEnd()
  const from = before === '' ? 0 : before.length + 2
  return { text: before === '' ? instead : `${before}\n\n${instead}`, from, to: from + instead.length }
}

/** A name that stays with a finding while the text around it moves. */
export const nameOf = (finding: Finding, text: string): string =>
  `${finding.pillar}/${finding.rule}/${text.slice(...finding.at).slice(0, 80)}`
