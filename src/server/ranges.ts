/** The one stretch of a file that a Range header asks for, both ends included; undefined for the whole file, 'absurd' for none that is there. */
export function rangeOf(header: string | undefined, size: number): readonly [from: number, to: number] | 'absurd' | undefined {
  const asked = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '')
  if (!asked) return undefined
  const [from, to] = [asked[1]!, asked[2]!]
  if (from === '' && to === '') return undefined
  if (from === '') return Number(to) === 0 ? 'absurd' : [Math.max(0, size - Number(to)), size - 1]
  if (Number(from) >= size || (to !== '' && Number(to) < Number(from))) return 'absurd'
  return [Number(from), to === '' ? size - 1 : Math.min(Number(to), size - 1)]
}
