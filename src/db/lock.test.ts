import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DataInUse, lockData, whoHas } from './lock.ts'

let dir: string
beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'stoa-lock-')) })
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const lockModule = join(import.meta.dirname, 'lock.ts')
const take = (then: string): string => `import(${JSON.stringify(lockModule)}).then(({ lockData }) => { lockData(${JSON.stringify(dir)}); ${then} })`

test('one process has the data directory and a second is refused by a sentence that says who and what to do', () => {
  const release = lockData(dir)
  expect(() => lockData(dir)).toThrow(DataInUse)
  expect(() => lockData(dir)).toThrow(`process ${process.pid}`)
  expect(whoHas(dir)).toBe(process.pid)
  release()
  lockData(dir)()
})

test('another process is refused as well', () => {
  const release = lockData(dir)
  const other = spawnSync(process.execPath, ['-e', take('')], { encoding: 'utf8' })
  expect(other.status).not.toBe(0)
  expect(other.stderr).toContain('Another Stoa')
  release()
})

test('a lock left by a killed process is taken over', async () => {
  const child = spawn(process.execPath, ['-e', take("console.log('mine'); setInterval(() => {}, 1000)")], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((done) => child.stdout.once('data', done))
  expect(() => lockData(dir)).toThrow(DataInUse)
  const gone = new Promise((done) => child.once('exit', done))
  child.kill('SIGKILL')
  await gone
  lockData(dir)()
})

test('a lock of another boot, or one that cannot be read, holds nobody up', () => {
  writeFileSync(join(dir, 'stoa.lock'), JSON.stringify({ pid: process.pid, started: '1', boot: 'long ago' }))
  lockData(dir)()
  writeFileSync(join(dir, 'stoa.lock'), 'half a li')
  lockData(dir)()
  expect(readdirSync(dir)).toEqual([])
})
