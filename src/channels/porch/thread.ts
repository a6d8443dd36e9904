import type { Utterance } from '#kit/host.ts'

export interface Answer { readonly said: Utterance; readonly to: Utterance | undefined }
/** One utterance under the post and everything said about it, in the order of time. */
export interface Strand { readonly said: Utterance; readonly answers: readonly Answer[] }

/** The talk under a post, nested one level: an answer to an answer stands beside it and says whom it answers. */
export function strandsOf(utterances: readonly Utterance[]): Strand[] {
  const byId = new Map(utterances.map((said) => [said.id, said]))
  const strands = new Map<string, { said: Utterance; answers: Answer[] }>()
  const later: Utterance[] = []
  for (const said of utterances) {
    if (parentOf(said, byId)) later.push(said)
    else strands.set(said.id, { said, answers: [] })
  }
  for (const said of later) {
    const root = rootOf(said, byId)
    const to = parentOf(said, byId)
    const strand = strands.get(root.id)
    if (strand) strand.answers.push({ said, to: to?.id === root.id ? undefined : to })
    else strands.set(said.id, { said, answers: [] })
  }
  return [...strands.values()].map(withoutEmpty).filter((strand) => strand !== undefined)
}

type ById = ReadonlyMap<string, Utterance>
const parentOf = (said: Utterance, byId: ById): Utterance | undefined =>
  said.parentId === null || said.parentId === said.id ? undefined : byId.get(said.parentId)

function rootOf(said: Utterance, byId: ById): Utterance {
  const seen = new Set<string>()
  let at = said
  for (let parent = parentOf(at, byId); parent && !seen.has(parent.id); parent = parentOf(at, byId)) {
    seen.add(at.id)
    at = parent
  }
  return at
}

/** What was taken back keeps its place only where somebody answered it. */
function withoutEmpty({ said, answers }: Strand): Strand | undefined {
  const left = answers.filter((answer) => !answer.said.withdrawn)
  return said.withdrawn && left.length === 0 ? undefined : { said, answers: left }
}

/** Roughly what one utterance takes on the page, in bytes of HTML: its frame and its words. */
export const weightOf = (said: Utterance): number => (said.withdrawn ? 160 : 760 + Buffer.byteLength(said.html ?? said.text))

const lastWord = ({ said, answers }: Strand): string => answers.reduce((latest, answer) => (answer.said.at > latest ? answer.said.at : latest), said.at)

/** A strand with its root and as many of its newest answers as there is room for. */
function shortened(strand: Strand, room: number): { readonly strand: Strand; readonly weight: number } {
  let weight = weightOf(strand.said)
  const answers: Answer[] = []
  for (const answer of strand.answers.toReversed()) {
    const more = weight + weightOf(answer.said)
    if (more > room && answers.length > 0) break
    weight = more
    answers.unshift(answer)
  }
  return { strand: { said: strand.said, answers }, weight }
}

/** The liveliest part of a long talk, as much as `room` bytes hold: whoever spoke last is always in it. Still in the order of time. */
export function liveliest(strands: readonly Strand[], room: number): Strand[] {
  const kept = new Map<string, Strand>()
  let left = room
  for (const one of strands.toSorted((a, b) => (lastWord(a) < lastWord(b) ? 1 : -1))) {
    const { strand, weight } = shortened(one, left)
    if (weight > left && kept.size > 0) break
    kept.set(one.said.id, strand)
    left -= weight
  }
  return strands.flatMap((strand) => kept.get(strand.said.id) ?? [])
}
export const spokenIn = (strands: readonly Strand[]): number =>
  strands.reduce((sum, { said, answers }) => sum + (said.withdrawn ? 0 : 1) + answers.filter((answer) => !answer.said.withdrawn).length, 0)

export const shownCount = (utterances: readonly Utterance[]): number => utterances.filter((said) => !said.withdrawn).length
