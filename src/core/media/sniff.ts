/** What a file is by its first bytes; never by its name or by what its sender says. Undefined: nothing we take. */
export type FileKind = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'mp4' | 'mov' | 'webm'

/** As much of the beginning as tells. */
export const headBytes = 4096
const latin = (head: Uint8Array, from: number, to: number): string => String.fromCharCode(...head.subarray(from, to))
const starts = (head: Uint8Array, bytes: readonly number[]): boolean => bytes.every((byte, place) => head[place] === byte)

export function kindOf(head: Uint8Array): FileKind | undefined {
  if (starts(head, [0xff, 0xd8, 0xff])) return 'jpeg'
  if (starts(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png'
  if (/^GIF8[79]a/.test(latin(head, 0, 6))) return 'gif'
  if (latin(head, 0, 4) === 'RIFF' && latin(head, 8, 12) === 'WEBP') return 'webp'
  // Of Matroska only what its own header calls webm: that is what networks and browsers play.
  if (starts(head, [0x1a, 0x45, 0xdf, 0xa3])) return latin(head, 0, 64).includes('B\x82\x84webm') ? 'webm' : undefined
  return boxed(head)
}

const mp4Brands = /^(isom|iso[2-9]|mp4[12]|avc1|M4V |M4VH|M4VP|dash|cmf[2cs]|f4v |F4V |MSNV|ndsc|ndsh|mmp4|3gp[4-9]|3g2[abc]|hvc1|XAVC)$/
function boxed(head: Uint8Array): FileKind | undefined {
  const type = latin(head, 4, 8)
  if (type !== 'ftyp') return /^(moov|mdat|wide|pnot)$/.test(type) ? 'mov' : undefined
  const size = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(0)
  const brands: string[] = []
  for (let at = 8; at + 4 <= Math.min(size, head.length, 1024); at += 4) if (at !== 12) brands.push(latin(head, at, at + 4))
  if (brands.includes('avif') || brands.includes('avis')) return 'avif'
  // HEIC pictures come in boxes as well; we have no right to their decoder.
  if (/^(heic|heix|hevc|heim|heis|mif1|msf1)$/.test(brands[0] ?? '')) return undefined
  if (brands[0] === 'qt  ') return 'mov'
  return brands.some((brand) => mp4Brands.test(brand)) ? 'mp4' : undefined
}
