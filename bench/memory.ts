// What Stoa holds of memory when nobody does anything: all its processes, PostgreSQL and the npm that started it included.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { report } from './run.mjs'
import { commandOf, firstPage, freePort, pssOf, run, treeOf, until } from './stoa-process.ts'

const idleSeconds = Number(process.argv[2] ?? 60)
const home = resolve(import.meta.dirname, '..')
const data = mkdtempSync(join(tmpdir(), 'stoa-memory-'))

const kindOf = (command: string): 'npm' | 'postgres' | 'stoa' =>
  command.startsWith('npm') ? 'npm' : /postgres/.test(command) ? 'postgres' : 'stoa'
const rounded = (megabytes: number): number => Math.round(megabytes * 10) / 10

const stoa = run(['npm', 'start'], { cwd: home, env: { STOA_DATA: data, STOA_PORT: String(await freePort()) } })
try {
  await until(stoa, 180, () => firstPage(stoa))
  await new Promise((next) => setTimeout(next, idleSeconds * 1000))
  const processes = treeOf(stoa.child.pid!).map((pid) => ({ command: commandOf(pid).slice(0, 80), megabytes: rounded(pssOf(pid)) }))
  const of = (kind: string) => rounded(processes.filter(({ command }) => kindOf(command) === kind).reduce((sum, { megabytes }) => sum + megabytes, 0))
  for (const { command, megabytes } of processes) console.log(`${String(megabytes).padStart(8)} MB  ${command}`)
  const figures = { idleSeconds, processes: processes.length, npmMegabytes: of('npm'), stoaMegabytes: of('stoa'), postgresMegabytes: of('postgres'),
    totalMegabytes: rounded(of('npm') + of('stoa') + of('postgres')) }
  report({ name: 'memory', figures, targets: { totalMegabytes: { max: 300 }, postgresMegabytes: { min: 1 } } })
} finally {
  await stoa.stop()
  rmSync(data, { recursive: true, force: true })
}
