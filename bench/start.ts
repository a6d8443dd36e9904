// From `git clone` to the welcome page, with nothing installed and an empty npm cache; then the second start.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { report } from './run.mjs'
import { firstPage, freePort, run, until, type Running } from './stoa-process.ts'

const home = resolve(import.meta.dirname, '..')
const place = mkdtempSync(join(tmpdir(), 'stoa start '))   // with a space: paths have them
const clone = join(place, 'stoa')
const env = { npm_config_cache: join(place, 'npm cache'), STOA_DATA: join(place, 'data'), STOA_PORT: String(await freePort()) }

const seconds = (since: number): number => Math.round((performance.now() - since) / 100) / 10
const told = (stoa: Running, what: RegExp): number => Number(what.exec(stoa.printed())?.[1] ?? 0)

async function start(): Promise<{ stoa: Running; took: number }> {
  const since = performance.now()
  const stoa = run(['npm', 'start'], { cwd: clone, env })
  try { await until(stoa, 300, () => firstPage(stoa)) } catch (error) { await stoa.stop(); throw error }
  return { stoa, took: seconds(since) }
}

try {
  const since = performance.now()
  execFileSync('git', ['clone', '--quiet', home, clone])
  const cloned = seconds(since)
  const first = await start()
  const fromClone = seconds(since)
  const installed = told(first.stoa, /Packages installed in ([\d.]+) s/)
  const built = told(first.stoa, /Workspace built in ([\d.]+) s/)
  await first.stoa.stop()
  const second = await start()
  const exitCode = await second.stoa.stop()
  report({
    name: 'start',
    figures: { cloneSeconds: cloned, installSeconds: installed, buildSeconds: built, firstBootSeconds: Math.round((first.took - installed - built) * 10) / 10,
      cloneToWelcomeSeconds: fromClone, secondStartSeconds: second.took, exitCode: exitCode ?? -1 },
    targets: { cloneToWelcomeSeconds: { max: 150 }, secondStartSeconds: { max: 8 }, installSeconds: { min: 0.1 }, buildSeconds: { min: 0.1 } },
  })
} finally {
  rmSync(place, { recursive: true, force: true })
}
