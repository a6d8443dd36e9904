export type Later = 'in-three-hours' | 'this-evening' | 'tomorrow' | 'monday' | 'next-week'

/** The moments offered for "not now", in the reader's own time; those that have passed are left out. */
export function laters(now: Date): readonly { readonly name: Later; readonly at: Date }[] {
  const evening = at(now, 0, 18)
  const monday = (8 - now.getDay()) % 7 || 7
  return [
    { name: 'in-three-hours' as const, at: new Date(now.getTime() + 3 * 3_600_000) },
    ...(evening.getTime() - now.getTime() > 3_600_000 ? [{ name: 'this-evening' as const, at: evening }] : []),
    { name: 'tomorrow' as const, at: at(now, 1, 9) },
    ...(monday > 1 ? [{ name: 'monday' as const, at: at(now, monday, 9) }] : []),
    { name: 'next-week' as const, at: at(now, 7, 9) },
  ]
}

const at = (now: Date, days: number, hour: number): Date =>
  new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour)
