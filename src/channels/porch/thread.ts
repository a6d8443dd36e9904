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

export const shownCount = (utterances: readonly Utterance[]): number => utterances.filter((said) => !said.withdrawn).length
