import type { Both } from '#kit/lang.ts'
import { stems } from '#text/stem.ts'

/** Ways a conversation finds its member: who knows the person, whose subject it is, who alone speaks the language, who has the least to do, whose turn it is. */
export const ways = ['known', 'topic', 'language', 'load', 'turn'] as const
export type Way = (typeof ways)[number]
/** What a workspace begins with: no conversation is given to somebody for whom nothing speaks. */
export const firstWays: readonly Way[] = ['known', 'topic', 'language']

/** A member who may answer, as routing sees them. */
export interface Answerer {
  readonly memberId: string; readonly name: string; readonly langs: readonly string[]; readonly topics: readonly string[]
  /** Conversations of theirs in which somebody waits. */
  readonly load: number
  /** When they were last given one by the house; null: never. */
  readonly lastGiven: number | null
}
export interface Heard {
  readonly text: string; readonly lang: string | null; readonly tags: readonly string[]; readonly from: string
  /** Who of us answered this person last. */
  readonly before: string | null
}
export interface Choice { readonly memberId: string; readonly because: Way; readonly says: Both }

/** Those of somebody's topics a text speaks of, or that stand on it as a tag. */
function topicsIn(said: ReadonlySet<string>, topics: readonly string[]): readonly string[] {
  return topics.filter((topic) => { const words = stems(topic); return words.length > 0 && words.every((word) => said.has(word)) })
}

const inLanguage: Readonly<Record<string, Both>> = { el: { en: 'Greek', el: 'ελληνικά' }, en: { en: 'English', el: 'αγγλικά' } }
const language = (code: string): Both => inLanguage[code] ?? { en: code, el: code }

type Chooser = (speakers: readonly Answerer[], heard: Heard, team: readonly Answerer[]) => Choice | undefined
const choosers: Readonly<Record<Way, Chooser>> = {
  known: (_, heard, team) => {
    const one = team.find(({ memberId }) => memberId === heard.before)
    return one && { memberId: one.memberId, because: 'known', says: { en: `To ${one.name}: last answered ${heard.from} before.`, el: `Στο μέλος ${one.name}: έχει ξαναπαντήσει σε αυτό το πρόσωπο (${heard.from}).` } }
  },
  topic: (speakers, heard) => {
    const said = new Set([heard.text, ...heard.tags].flatMap((text) => stems(text)))
    const found = speakers.map((one) => ({ one, topics: topicsIn(said, one.topics) }))
    const most = Math.max(0, ...found.map(({ topics }) => topics.length))
    const best = found.filter(({ topics }) => topics.length === most)
    if (most === 0 || best.length !== 1) return undefined
    const { one, topics } = best[0]!
    return { memberId: one.memberId, because: 'topic', says: { en: `To ${one.name}: it is about “${topics[0]!}”.`, el: `Στο μέλος ${one.name}: αφορά «${topics[0]!}».` } }
  },
  language: (speakers, { lang }, team) => {
    if (speakers.length !== 1 || team.length < 2 || lang === null) return undefined
    const said = language(lang)
    return { memberId: speakers[0]!.memberId, because: 'language', says: { en: `To ${speakers[0]!.name}: of those here, the one who speaks ${said.en}.`, el: `Στο μέλος ${speakers[0]!.name}: από όσους είναι εδώ, μόνο αυτό μιλά ${said.el}.` } }
  },
  load: (speakers) => {
    const least = Math.min(...speakers.map(({ load }) => load))
    const free = speakers.filter(({ load }) => load === least)
    // Where all have as much to do, the next way decides.
    if (free.length !== 1 || speakers.length < 2) return undefined
    return { memberId: free[0]!.memberId, because: 'load', says: { en: `To ${free[0]!.name}: has the fewest people waiting (${least}).`, el: `Στο μέλος ${free[0]!.name}: έχει τις λιγότερες αναμονές (${least}).` } }
  },
  turn: (speakers) => {
    const next = speakers.toSorted((a, b) => (a.lastGiven ?? 0) - (b.lastGiven ?? 0) || (a.memberId < b.memberId ? -1 : 1))[0]
    return next && { memberId: next.memberId, because: 'turn', says: { en: `To ${next.name}: it was their turn.`, el: `Στο μέλος ${next.name}: ήταν η σειρά του.` } }
  },
}

/** Whose conversation this is, by the first way that says so. Nobody's where none does: it stays with the whole team. */
export function chooseMember(team: readonly Answerer[], heard: Heard, tried: readonly Way[]): Choice | undefined {
  const speakers = team.filter((one) => heard.lang === null || one.langs.length === 0 || one.langs.includes(heard.lang))
  for (const way of tried) {
    const choice = choosers[way](speakers, heard, team)
    if (choice) return choice
  }
  return undefined
}

/** One target of the team, in minutes of duty; an empty channel or priority means any. */
export interface Target { readonly channel: string; readonly priority: string; readonly first: number; readonly next: number }
/** The target for a conversation: the one that names most of what it is. */
export function targetFor(targets: readonly Target[], of: { readonly channel: string; readonly priority: string }): Target | undefined {
  const weight = (one: Target): number => (one.channel === '' ? 0 : 2) + (one.priority === '' ? 0 : 1)
  return targets.filter((one) => (one.channel === '' || one.channel === of.channel) && (one.priority === '' || one.priority === of.priority))
    .toSorted((a, b) => weight(b) - weight(a))[0]
}
