import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

let checkout: string

const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(checkout, path)), { recursive: true })
  writeFileSync(join(checkout, path), text)
}
const script = (path: string, text: string): void => { put(path, `#!/bin/sh\n${text}\n`); chmodSync(join(checkout, path), 0o755) }
const lockOf = (version: string): string =>
  JSON.stringify({ packages: { '': {}, 'node_modules/vite': { integrity: `sha512-${version}` }, 'node_modules/other-cpu': { integrity: 'sha512-x', optional: true } } })

// A checkout with a space in its path, an npm that notes that it was called, and a bundler that does too.
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'stoa prepare '))
  mkdirSync(join(checkout, 'bin'))
  copyFileSync(join(import.meta.dirname, 'prepare.mjs'), join(checkout, 'bin', 'prepare.mjs'))
  put('package-lock.json', lockOf('1'))
  put('src/web/index.html', '<!doctype html>')
  put('src/kit/lang.ts', 'export const lang = 1')
  script('fake/npm', 'echo "$@" >> calls; mkdir -p node_modules; sed "s/,.node_modules.other-cpu.*}/}}/" package-lock.json > node_modules/.package-lock.json')
  script('bin/node', 'echo build >> calls; mkdir -p dist/web; echo built > dist/web/index.html')
})
afterEach(() => { rmSync(checkout, { recursive: true, force: true }) })

function prepare(...args: string[]): { status: number | null; said: string; calls: string[] } {
  const before = calls().length
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(checkout, 'bin', 'prepare.mjs'), ...args],
    { cwd: tmpdir(), encoding: 'utf8', env: { PATH: `${join(checkout, 'fake')}:${process.env['PATH']}` } })
  return { status, said: stdout + stderr, calls: calls().slice(before) }
}
const calls = (): string[] => (existsSync(join(checkout, 'calls')) ? readFileSync(join(checkout, 'calls'), 'utf8').trim().split('\n') : [])

test('a fresh checkout is installed and built, and the second time nothing is left to do', () => {
  const first = prepare()
  expect(first).toMatchObject({ status: 0, calls: ['ci --include=dev --no-audit --no-fund', 'build'] })
  expect(first.said).toMatch(/Packages installed in [\d.]+ s[^]*Workspace built in [\d.]+ s/)
  expect(prepare()).toEqual({ status: 0, said: '', calls: [] })
})

test('an installation that was cut off is done again', () => {
  prepare()
  rmSync(join(checkout, 'node_modules', '.package-lock.json'))
  expect(prepare().calls).toEqual([expect.stringContaining('ci')])
})

test('another version of a package is installed and the workspace built with it', () => {
  prepare()
  put('package-lock.json', lockOf('2'))
  expect(prepare().calls).toEqual([expect.stringContaining('ci'), 'build'])
})

test('the workspace is built again when what it is made of changes, and not for a test', () => {
  prepare()
  put('src/kit/lang.test.ts', 'a test')
  expect(prepare().calls).toEqual([])
  put('src/kit/lang.ts', 'export const lang = 2')
  expect(prepare().calls).toEqual(['build'])
})

test('only the installation is asked for: nothing is built', () => {
  expect(prepare('--install-only').calls).toEqual([expect.stringContaining('ci')])
})

test('a build that fails is said, ends with an error and is tried again next time', () => {
  script('bin/node', 'echo broken >&2; exit 3')
  expect(prepare()).toMatchObject({ status: 1, said: expect.stringContaining('Building the workspace did not work') })
  script('bin/node', 'echo build >> calls; mkdir -p dist/web; echo built > dist/web/index.html')
  expect(prepare()).toMatchObject({ status: 0, calls: ['build'] })
})

test('a lock whose process is gone is taken over', () => {
  const gone = spawnSync(process.execPath, ['-e', '']).pid
  put('.cache/prepare.lock', String(gone))
  expect(prepare().status).toBe(0)
  expect(existsSync(join(checkout, '.cache', 'prepare.lock'))).toBe(false)
})

test('of two at once the second waits and finds everything done', async () => {
  script('fake/npm', 'echo "$@" >> calls; sleep 1; mkdir -p node_modules; cp package-lock.json node_modules/.package-lock.json')
  const first = spawn(process.execPath, [join(checkout, 'bin', 'prepare.mjs')], { stdio: 'ignore', env: { PATH: `${join(checkout, 'fake')}:${process.env['PATH']}` } })
  const ended = new Promise((done) => first.once('exit', done))
  while (!existsSync(join(checkout, 'calls'))) await new Promise((next) => setTimeout(next, 20))
  const second = prepare()
  expect(await ended).toBe(0)
  expect(second.said).toContain('waiting for it')
  expect(calls().filter((call) => call.startsWith('ci'))).toHaveLength(1)
})
