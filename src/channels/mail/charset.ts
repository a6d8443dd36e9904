import { isUtf8 } from 'node:buffer'

const declared = /charset\s*=\s*"?([\w.:-]{2,40})/gi
const honest = /^(?:utf-?8|us-ascii|ascii|unknown(?:-8bit)?|x-unknown|default|binary)$/i

/** Bytes that say they are UTF-8, or say nothing, and are not: old Greek programs send windows-1253 so. */
export function mended(source: Buffer): Buffer {
  if (isUtf8(source)) return source
  const text = source.toString('latin1')
  const names = [...text.matchAll(declared)].map((found) => found[1]!)
  if (names.some((name) => !honest.test(name) && known(name))) return source
  // UTF-8 with a broken letter here and there stays what it is.
  const read = source.toString('utf8')
  const broken = count(read, /\uFFFD/g)
  if (broken * 5 < count(read, /[\u0370-\u03ff\u1f00-\u1fff]/g)) return source
  const greek = new TextDecoder('windows-1253').decode(source)
  return Buffer.from(greek.replace(declared, 'charset="utf-8"'), 'utf8')
}
const known = (name: string): boolean => { try { return new TextDecoder(name).encoding !== '' } catch { return false } }
const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0
