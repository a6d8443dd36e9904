import { stems } from '#text/stem.ts'

/** A member who may answer, as routing sees them. */
export interface Answerer { readonly memberId: string; readonly langs: readonly string[]; readonly topics: readonly string[] }
export interface Heard { readonly text: string; readonly lang: string | null; /** Who of us answered this person last. */ readonly before: string | null }
export interface Choice { readonly memberId: string; readonly because: 'known' | 'topic' | 'language' }

/** How many of somebody's topics a text speaks of. */
function topicsIn(said: ReadonlySet<string>, topics: readonly string[]): number {
  return topics.filter((topic) => { const words = stems(topic); return words.length > 0 && words.every((word) => said.has(word)) }).length
}

/**
 * Whose message this is, if it is anybody's more than another's: who knows the person, whose subject it is, or who alone
 * speaks the language. Else nobody's: it stays with the whole team.
 */
export function chooseMember(team: readonly Answerer[], heard: Heard): Choice | undefined {
  const known = team.find((one) => one.memberId === heard.before)
  if (known) return { memberId: known.memberId, because: 'known' }
  const speakers = team.filter((one) => heard.lang === null || one.langs.length === 0 || one.langs.includes(heard.lang))
  const said = new Set(stems(heard.text))
  const scored = speakers.map((one) => ({ memberId: one.memberId, hits: topicsIn(said, one.topics) }))
  const most = Math.max(0, ...scored.map((one) => one.hits))
  const best = scored.filter((one) => one.hits === most)
  if (most > 0 && best.length === 1) return { memberId: best[0]!.memberId, because: 'topic' }
  return speakers.length === 1 && team.length > 1 ? { memberId: speakers[0]!.memberId, because: 'language' } : undefined
}
