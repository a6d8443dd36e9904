import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Refusal } from '#kit/refusal.ts'
import { readMp4, type VideoFacts } from './mp4.ts'
import type { FileKind } from './sniff.ts'
import { fromFile, patchFile } from './source.ts'
import { readWebm } from './webm.ts'

export type VideoKind = Extract<FileKind, 'mp4' | 'mov' | 'webm'>
export const videoTypes: Readonly<Record<VideoKind, string>> = { mp4: 'video/mp4', mov: 'video/quicktime', webm: 'video/webm' }
export interface CleanVideo extends Omit<VideoFacts, 'patches'> { readonly bytes: number; readonly sha256: string }

/**
 * Writes over, in the file itself, where and with what it was filmed and whatever else stands beside the film. Picture and sound
 * stay as they were: a video is not encoded anew. Safe to repeat.
 */
export async function cleanVideo(path: string, kind: VideoKind): Promise<CleanVideo> {
  const file = await open(path, 'r')
  let facts: VideoFacts | undefined
  let bytes: number
  try {
    const source = await fromFile(file)
    bytes = source.size
    facts = await (kind === 'webm' ? readWebm : readMp4)(source)
  } finally { await file.close() }
  if (!facts) throw new Refusal('file_broken', { field: 'file' })
  const { patches, ...told } = facts
  await patchFile(path, patches)
  return { ...told, bytes, sha256: await sha256Of(path) }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
