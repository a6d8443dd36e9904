import type { FileKind } from '../media/sniff.ts'

export const maxFileBytes = 10 * 1024 * 1024
/** The same as a file chooser reads it. */
export const takenTypes = 'image/jpeg,image/png,image/webp,image/gif,image/avif,application/pdf,text/plain'
export const takenFiles = 'JPEG, PNG, WebP, GIF, AVIF, PDF, TXT'

const pictures: readonly FileKind[] = ['jpeg', 'png', 'webp', 'gif', 'avif']
export const isPicture = (kind: FileKind | undefined): boolean => kind !== undefined && pictures.includes(kind)

const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/
/** What a document is by its bytes; undefined: nothing we pass on. Markup is none of them, whatever it calls itself. */
export function documentType(bytes: Uint8Array): 'application/pdf' | 'text/plain' | undefined {
  if (String.fromCharCode(...bytes.subarray(0, 5)) === '%PDF-') return 'application/pdf'
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.trim() !== '' && !controls.test(text) && !text.trimStart().startsWith('<') ? 'text/plain' : undefined
  } catch { return undefined }
}

/** A file's name as it can be shown and saved anywhere: no path, no line break, nothing that turns the direction of reading. */
export function fileName(given: string): string {
  const bare = given.toWellFormed().split(/[\\/]/).at(-1)!.replace(/[\p{Cc}\p{Cf}\u2028\u2029"<>|?*:]/gu, '').trim().replace(/^\.+/, '')
  return bare.slice(-120).toWellFormed() || 'file'
}
