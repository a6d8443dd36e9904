import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openJournal, readJournal, type Disk, type Entry } from './journal.ts'

let dataDir: string
beforeEach(() => { dataDir = mkdtempSync(join(tmpdir(), 'stoa-journal-')) })
afterEach(() => { rmSync(dataDir, { recursive: true }) })
const entry = (n: number): Entry => ({ attemptId: `a${n}`, publicationId: `p${n}`, key: `k${n}`, hash: 'h', at: '2026-10-20T09:00:00.000Z' })
const attemptsIn = () => readJournal(dataDir).map((one) => one.attemptId)

test('what was appended is read again, in order, by another start as well', async () => {
  const first = await openJournal(dataDir)
  await first.append([entry(1), entry(2)])
  await first.close()
  const second = await openJournal(dataDir)
  await second.append([entry(3)])
  expect(readJournal(dataDir)).toEqual([entry(1), entry(2), entry(3)])
  await second.close()
})
test('a thousand at once share a few flushes', async () => {
  let flushes = 0
  const disk = async (): Promise<Disk> => ({ size: 0, write: () => Promise.resolve(), sync: async () => { flushes++; await new Promise((done) => { setTimeout(done, 5) }) }, cut: () => Promise.resolve(), close: () => Promise.resolve() })
  const journal = await openJournal(dataDir, { disk })
  await Promise.all(Array.from({ length: 1000 }, (_, n) => journal.append([entry(n)])))
  expect(flushes).toBe(2)
})
test('a line cut off by a crash is no intent, and swallows none', async () => {
  const before = await openJournal(dataDir)
  await before.append([entry(1)])
  await before.close()
  appendFileSync(join(dataDir, 'journal', 'sends.log'), '{"attemptId":"a2","publicat')
  const after = await openJournal(dataDir)
  await after.append([entry(3)])
  await after.close()
  expect(attemptsIn()).toEqual(['a1', 'a3'])
})
test('a disk that is full refuses the whole batch, keeps what stood there, and takes more once there is room', async () => {
  let full = false
  const held: Buffer[] = []
  let size = 0
  const disk = async (): Promise<Disk> => ({
    size: 0, close: () => Promise.resolve(), sync: () => Promise.resolve(),
    write: async (bytes) => { held.push(full ? bytes.subarray(0, 10) : bytes); size += held.at(-1)!.length; if (full) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }) },
    cut: async (to) => { while (size > to) size -= held.pop()!.length },
  })
  const journal = await openJournal(dataDir, { disk })
  await journal.append([entry(1)])
  full = true
  await expect(Promise.all([journal.append([entry(2)]), journal.append([entry(3)])])).rejects.toThrow('no space')
  full = false
  await journal.append([entry(4)])
  expect(Buffer.concat(held).toString().match(/a\d/g)).toEqual(['a1', 'a4'])
})
test('it turns the page when it is full and keeps the last pages', async () => {
  const journal = await openJournal(dataDir, { limit: 200 })
  for (let n = 0; n < 60; n++) await journal.append([entry(n)])
  await journal.close()
  expect(readdirSync(join(dataDir, 'journal')).length).toBe(17)
  const attempts = attemptsIn()
  expect(attempts.at(-1)).toBe('a59')
  expect(attempts).toEqual(attempts.toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1))))
})
test('a data directory that has sent nothing has an empty journal', () => { expect(readJournal(dataDir)).toEqual([]) })
