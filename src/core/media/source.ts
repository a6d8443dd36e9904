import { open, type FileHandle } from 'node:fs/promises'

/** A file read at places, so that none is ever held whole. Short at the end. */
export interface Source { readonly size: number; read(at: number, length: number): Promise<Uint8Array> }

/** What is to be written over in a file of the same length: some bytes, or that many zeros. */
export type Patch = { readonly at: number; readonly bytes: Uint8Array } | { readonly at: number; readonly zeros: number }

export const inMemory = (bytes: Uint8Array): Source => ({ size: bytes.byteLength, read: async (at, length) => bytes.subarray(at, at + length) })

const windowSize = 64 * 1024
export async function fromFile(file: FileHandle): Promise<Source> {
  const { size } = await file.stat()
  let kept = { at: 0, bytes: new Uint8Array() }
  const fetch = async (at: number, length: number): Promise<Uint8Array> => {
    const { bytesRead, buffer } = await file.read(new Uint8Array(Math.max(0, Math.min(length, size - at))), 0, undefined, at)
    return buffer.subarray(0, bytesRead)
  }
  return {
    size,
    read: async (at, length) => {
      if (length > windowSize) return await fetch(at, length)
      if (at < kept.at || at + length > kept.at + kept.bytes.length) kept = { at, bytes: new Uint8Array(await fetch(at, windowSize)) }
      return kept.bytes.subarray(at - kept.at, at - kept.at + length)
    },
  }
}

const zeros = new Uint8Array(windowSize)
/** Writes over what is named and makes it last. Done twice it is the same. */
export async function patchFile(path: string, patches: readonly Patch[]): Promise<void> {
  const file = await open(path, 'r+')
  try {
    for (const patch of patches) {
      if ('bytes' in patch) await file.write(patch.bytes, 0, patch.bytes.length, patch.at)
      else for (let at = patch.at, left = patch.zeros; left > 0;) { const many = Math.min(left, zeros.length); await file.write(zeros, 0, many, at); at += many; left -= many }
    }
    await file.sync()
  } finally { await file.close() }
}
