import type { DutyHours, Finding, Recent, Watch, Writing } from '#kit/pillar.ts'
import type { Lang } from '#kit/lang.ts'

/** What GET /writing answers: all that the checks need and the writer does not type. */
export interface WritingGround {
  readonly recent: readonly Recent[]
  readonly duty: readonly DutyHours[]
  readonly watch: Watch
  readonly settings: Writing['settings'] & { readonly holds: readonly string[]; readonly off: readonly string[] }
  readonly siteName: string
  readonly zone: string
  readonly voices: readonly { readonly memberId: string; readonly name: string; readonly signOff: string }[]
}
/** What the writer types and chooses. */
export interface Written {
  readonly kind: Writing['kind']; readonly lang: Lang; readonly title: string; readonly text: string
  readonly intent: Writing['intent']; readonly format: string
  readonly goesOutAt: string
  readonly answering?: Writing['answering']
  readonly openers?: Writing['openers']
  /** Left out of what was said lately: a post is not too like itself. */
  readonly postId?: string
}

export function writingOf(written: Written, ground: WritingGround, memberId: string): Writing {
  const voice = ground.voices.find((one) => one.memberId === memberId)
  const { postId, answering, openers, ...rest } = written
  return {
    ...rest, ...(answering ? { answering } : {}), ...(openers ? { openers } : {}),
    author: voice && { name: voice.name, signOff: voice.signOff },
    siteName: ground.siteName, zone: ground.zone, duty: ground.duty, watch: ground.watch, settings: ground.settings,
    recent: ground.recent.filter((post) => post.id !== postId),
  }
}

/** Rules that hold and were given no reason yet. */
export const unreasoned = (findings: readonly Finding[], reasons: Readonly<Record<string, string>>): readonly string[] =>
  [...new Set(findings.filter((finding) => finding.weight === 'stop' && !reasons[finding.rule]?.trim()).map((finding) => finding.rule))]
