import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { faultpoint } from '#kit/faultpoint.ts'

/** An intent to send, kept outside the database: what a lost tail or an old copy of the database cannot take back. */
export interface Entry { readonly attemptId: string; readonly publicationId: string; readonly key: string; readonly hash: string; readonly at: string }
const Line = z.object({ attemptId: z.string(), publicationId: z.string(), key: z.string(), hash: z.string(), at: z.string() })

export interface Journal {
  /** Resolves once the entries are on the disk; rejects when they are not, and then they never were. */
  append(entries: readonly Entry[]): Promise<void>
  close(): Promise<void>
}

const most = 8 * 1024 * 1024
const kept = 16
const folderOf = (dataDir: string): string => join(dataDir, 'journal')
const current = 'sends.log'
const older = /^sends-(\d+)\.log$/
const olderIn = (folder: string): string[] => readdirSync(folder).filter((name) => older.test(name)).toSorted((a, b) => Number(older.exec(a)![1]) - Number(older.exec(b)![1]))

/** What an append needs of a file; tests give one that is full. */
export interface Disk { write(bytes: Buffer, at: number): Promise<void>; sync(): Promise<void>; cut(to: number): Promise<void>; close(): Promise<void>; readonly size: number }
async function diskAt(path: string): Promise<Disk> {
  const file: FileHandle = await open(path, 'a+', 0o600)
  // A new file is safe once its folder knows it.
  const folder = await open(dirname(path), 'r')
  await folder.sync().finally(() => folder.close())
  const { size } = await file.stat()
  return {
    size, sync: () => file.datasync(), cut: (to) => file.truncate(to), close: () => file.close(),
    write: async (bytes) => { for (let done = 0; done < bytes.length;) done += (await file.write(bytes, done)).bytesWritten },
  }
}

interface Waiting { readonly text: string; readonly done: () => void; readonly failed: (error: unknown) => void }

/** Opens the journal of a data directory. Whatever waits while the disk is busy shares the next flush. */
export async function openJournal(dataDir: string, { limit = most, disk: openDisk = diskAt }: { readonly limit?: number; readonly disk?: (path: string) => Promise<Disk> } = {}): Promise<Journal> {
  const folder = folderOf(dataDir)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, current)
  let disk = await openDisk(path)
  let size = disk.size
  let waiting: Waiting[] = []
  let flushing: Promise<void> | undefined

  const turn = async (): Promise<void> => {
    await disk.close()
    const last = Number(older.exec(olderIn(folder).at(-1) ?? '')?.[1] ?? 0)
    renameSync(path, join(folder, `sends-${last + 1}.log`))
    for (const name of olderIn(folder).slice(0, -kept)) rmSync(join(folder, name))
    disk = await openDisk(path)
    size = 0
  }
  const flush = async (batch: readonly Waiting[]): Promise<void> => {
    // The line before may have been cut off by a crash: it must not swallow the first of these.
    const bytes = Buffer.from(`\n${batch.map((one) => one.text).join('')}`)
    try {
      if (size > limit) await turn()
      faultpoint('journal.before')
      await disk.write(bytes, size)
      await disk.sync()
      faultpoint('journal.after')
      size += bytes.length
      for (const one of batch) one.done()
    } catch (error) {
      // Nothing of a batch that failed may be taken for an intent later.
      await disk.cut(size).catch(() => undefined)
      for (const one of batch) one.failed(error)
    }
  }
  const run = async (): Promise<void> => {
    while (waiting.length > 0) { const batch = waiting; waiting = []; await flush(batch) }
    flushing = undefined
  }
  return {
    append: (entries) => (entries.length === 0 ? Promise.resolve() : new Promise((done, failed) => {
      waiting.push({ text: entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''), done, failed })
      flushing ??= run()
    })),
    close: async () => { await flushing; await disk.close() },
  }
}

/** The entries of a data directory, oldest first; a line that was cut off in the middle was never an intent. */
export function readJournal(dataDir: string): Entry[] {
  const folder = folderOf(dataDir)
  const names = (() => { try { return [...olderIn(folder), ...readdirSync(folder).filter((name) => name === current)] } catch { return [] } })()
  return names.flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n')).flatMap((line) => {
    try { return [Line.parse(JSON.parse(line))] } catch { return [] }
  })
}
