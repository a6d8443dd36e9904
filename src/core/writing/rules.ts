import type { Finding, Pillar, Writing } from '#kit/pillar.ts'
import { Refusal } from '#kit/refusal.ts'

interface Strictness { readonly holds: readonly string[]; readonly off: readonly string[] }
type WithChecks = Pick<Pillar, 'id' | 'checks'>

/** Everything the pillars say about a text, as strictly as the team wants it. */
export function review(pillars: readonly WithChecks[], writing: Writing, { holds, off }: Strictness): Finding[] {
  return pillars.flatMap((pillar) => pillar.checks)
    .filter((check) => !off.includes(check.id) && check.langs.includes(writing.lang))
    .flatMap((check) => check.look(writing))
    .filter((finding) => !off.includes(finding.rule))
    .map((finding) => (holds.includes(finding.rule) ? { ...finding, weight: 'stop' as const } : finding))
}

export interface Overruled { readonly rule: string; readonly pillar: string; readonly reason: string; readonly weight: string }

/** Lets a text leave when every rule that holds it was given a reason; tells which were. */
export function mayLeave(findings: readonly Finding[], reasons: Readonly<Record<string, string>>): Overruled[] {
  const held = findings.filter((finding) => finding.weight === 'stop')
  const open = held.filter((finding) => !reasons[finding.rule]?.trim())
  if (open.length > 0) throw new Refusal('held_by_check', { params: { rules: [...new Set(open.map((one) => one.rule))].join(', ') }, extra: { findings: open } })
  const once = [...new Map(held.map((finding) => [finding.rule, finding])).values()]
  return once.map(({ rule, pillar, weight }) => ({ rule, pillar, weight, reason: reasons[rule]!.trim() }))
}

export const rulesOf = (findings: readonly Finding[]): string[] => [...new Set(findings.filter((one) => one.weight !== 'note').map((one) => one.rule))]
