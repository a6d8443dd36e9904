const marks = /[\u0300-\u036f]/g
const plain = (piece: string): string => piece.toLowerCase().normalize('NFD').replace(marks, '').replaceAll('ς', 'σ').replaceAll('µ', 'μ')

/** Lower case without marks and with one sigma: «Άρτος», «ΑΡΤΟΣ» and «αρτος» are the same word. */
export const fold = (text: string): string => plain(text)

export interface FoldMap {
  readonly folded: string
  /** For each place in `folded`, and for its end, the place in the original where it begins. */
  readonly origin: Uint32Array
}

/** The folded text with the way back to the original, so that a finding can mark its place. */
export function foldMap(text: string): FoldMap {
  const origin: number[] = []
  let folded = ''
  let at = 0
  for (const sign of text) {
    const piece = sign < '\x80' ? sign.toLowerCase() : plain(sign)
    for (let unit = 0; unit < piece.length; unit++) origin.push(at)
    folded += piece
    at += sign.length
  }
  origin.push(at)
  return { folded, origin: Uint32Array.from(origin) }
}
