export const shortest = 10
export type Strength = 'empty' | 'short' | 'weak' | 'fair' | 'good'

const common = /password|passw0rd|qwerty|letmein|welcome|iloveyou|abc123|12345|11111|κωδικ|stoa/iu
const fold = (text: string) => text.toLocaleLowerCase().normalize('NFD').replace(/\p{M}/gu, '')

/** How hard a password is to guess, in words: its length counts most; one's own name and well-known ones count for nothing. */
export function strengthOf(password: string, known: readonly string[]): Strength {
  const letters = Array.from(password)
  if (letters.length === 0) return 'empty'
  if (letters.length < shortest) return 'short'
  const parts = known.flatMap((text) => fold(text).split(/[\s@.]+/)).filter((part) => part.length >= 4)
  const folded = parts.reduce((text, part) => text.replaceAll(part, ''), fold(password)).replace(common, '')
  const different = new Set(folded).size
  const steps = letters.filter((letter, place) => place > 0 && Math.abs(letter.codePointAt(0)! - letters[place - 1]!.codePointAt(0)!) <= 1).length
  if (different < 6 || folded.length < 8 || steps > letters.length / 2) return 'weak'
  return folded.length >= 16 && different >= 9 ? 'good' : 'fair'
}
