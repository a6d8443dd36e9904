import { foldMap } from '#text/fold.ts'

export interface Named { readonly id: string; readonly name: string }
export interface Mention { readonly memberId: string; readonly start: number; readonly end: number }

const firstOf = (name: string): string => name.trim().split(/\s+/)[0] ?? ''

/** Who a note calls: "@" and a member's whole name, or a first name only one member has. With or without accents, the longest name wins. */
export function mentionsIn(text: string, members: readonly Named[]): readonly Mention[] {
  const { folded, origin } = foldMap(text)
  const names = members.flatMap((one) => {
    const first = foldMap(firstOf(one.name)).folded
    const isOnly = members.filter((other) => foldMap(firstOf(other.name)).folded === first).length === 1
    return [{ id: one.id, name: foldMap(one.name.trim()).folded }, ...(isOnly && first !== '' ? [{ id: one.id, name: first }] : [])]
  }).filter((one) => one.name !== '').toSorted((a, b) => b.name.length - a.name.length)
  const found: Mention[] = []
  for (let at = folded.indexOf('@'); at !== -1; at = folded.indexOf('@', at + 1)) {
    if (/[\p{L}\p{N}]$/u.test(folded.slice(0, at))) continue
    const hit = names.find(({ name }) => folded.startsWith(name, at + 1) && !/^[\p{L}\p{N}]/u.test(folded.slice(at + 1 + name.length)))
    if (hit) found.push({ memberId: hit.id, start: origin[at]!, end: origin[at + 1 + hit.name.length]! })
  }
  return found
}
