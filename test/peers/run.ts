import { spawn } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { report } from '../../bench/run.mjs'
import { closeGround, inside, makeGround, type Ground } from './ground.ts'
import { ensurePackages, objection, sh } from './machine.ts'
import type { Peer } from './peer.ts'

const home = resolve(import.meta.dirname, '../..')
const always = ['iproute2', 'nginx-light', 'openssl', 'procps']
/** What tells `bin/ci` that nothing was tried. */
const SKIPPED = 75

type Figures = Record<string, number>
type Targets = Record<string, { readonly max?: number; readonly min?: number }>
interface Vitest { readonly numPassedTests: number; readonly numFailedTests: number; readonly testResults: readonly unknown[] }

async function peers(): Promise<readonly Peer[]> {
  const names = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory() && existsSync(join(import.meta.dirname, entry.name, 'server.ts'))).map(({ name }) => name)
  return Promise.all(names.map(async (name) => ((await import(pathToFileURL(join(import.meta.dirname, name, 'server.ts')).href)) as { peer: Peer }).peer))
}

/** Brings what the server needs: Debian packages, packages of its own folder, and what it fetches itself. */
async function install(peer: Peer): Promise<void> {
  ensurePackages([...always, ...(peer.packages ?? [])])
  const folder = join(import.meta.dirname, peer.name)
  const lock = join(folder, 'node_modules', '.package-lock.json')
  if (existsSync(join(folder, 'package.json')) && !existsSync(lock)) {
    console.log(`Installing the packages of ${peer.name} …`)
    sh('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder })
  }
  await peer.install?.()
}

let open: Ground | undefined
const leave = async () => { const ground = open; open = undefined; if (ground) await closeGround(ground) }

async function run(peer: Peer): Promise<{ readonly figures: Figures; readonly targets: Targets; readonly result: Vitest | undefined }> {
  const ground = open = await makeGround(peer.hosts)
  const result = join(ground.folder, 'result.json')
  try {
    const since = performance.now()
    const vitest = [process.execPath, join(home, 'node_modules/vitest/vitest.mjs'), 'run', '--config', join(import.meta.dirname, 'vitest.config.ts'),
      '--reporter=verbose', '--reporter=json', `--outputFile.json=${result}`, '--allowOnly=false', `test/peers/${peer.name}/`] as const
    const [program, ...args] = inside(ground, ...vitest)
    const child = spawn(program, args, { cwd: home, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, STOA_PEERS_GROUND: ground.folder, NODE_EXTRA_CA_CERTS: ground.ca } })
    await new Promise<void>((done, fail) => { child.once('error', fail); child.once('exit', () => done()) })
    const read = existsSync(result) ? JSON.parse(readFileSync(result, 'utf8')) as Vitest : undefined
    const own = figuresOf(peer, ground)
    return {
      figures: { [`${peer.name}Passed`]: read?.numPassedTests ?? 0, [`${peer.name}Failed`]: read?.numFailedTests ?? 0, [`${peer.name}Seconds`]: Math.round((performance.now() - since) / 100) / 10, ...own.figures },
      targets: { [`${peer.name}Passed`]: { min: 1 }, [`${peer.name}Failed`]: { max: 0 }, ...own.targets }, result: read,
    }
  } finally {
    if (process.env['STOA_PEERS_KEEP']) console.log(`The ground of ${peer.name} is kept at ${ground.folder} until the next run.`)
    else await leave()
  }
}

function figuresOf(peer: Peer, ground: Ground): { readonly figures: Figures; readonly targets: Targets } {
  const figures: Figures = {}
  const targets: Targets = {}
  const lines = existsSync(ground.figures) ? readFileSync(ground.figures, 'utf8').split('\n').filter(Boolean) : []
  for (const line of lines) {
    const { name, value, target } = JSON.parse(line) as { name: string; value: number; target?: Targets[string] }
    const key = `${peer.name}${name[0]!.toUpperCase()}${name.slice(1)}`
    figures[key] = value
    if (target) targets[key] = target
  }
  return { figures, targets }
}

/** One file of results for all peers, in the form `bin/ci` counts. */
function writeResults(path: string | undefined, results: readonly Vitest[]): void {
  if (!path) return
  const sum = (key: 'numPassedTests' | 'numFailedTests') => results.reduce((total, each) => total + each[key], 0)
  writeFileSync(path, JSON.stringify({ numPassedTests: sum('numPassedTests'), numFailedTests: sum('numFailedTests'), testResults: results.flatMap((each) => each.testResults) }))
}

function skip(why: string): never {
  console.log(`Skipped, nothing was shown: ${why}`)
  process.exit(process.argv.includes('--ci') ? SKIPPED : 1)
}

/** One server in a process, and so on a ground, of its own; what it printed comes when it is done. */
async function apart(peer: Peer): Promise<{ readonly line: { readonly figures: Figures; readonly targets: Targets } | undefined; readonly result: Vitest | undefined }> {
  const path = join(tmpdir(), `stoa-peers-${process.pid}-${peer.name}.json`)
  const child = spawn(process.execPath, [join(import.meta.dirname, 'run.ts'), peer.name, '--ci', `--results=${path}`], { stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part: string) => { text += part })
  await new Promise<void>((done) => { child.once('exit', () => done()) })
  process.stdout.write(text)
  const last = text.trimEnd().split('\n').at(-1) ?? ''
  const result = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) as Vitest : undefined
  rmSync(path, { force: true })
  return { line: last.startsWith('{') ? JSON.parse(last) as { figures: Figures; targets: Targets } : undefined, result }
}

/** What `bin/ci` runs: those that start within a minute, two at a time, since their journeys mostly wait. */
async function quickOnes(known: readonly Peer[], results: string | undefined): Promise<void> {
  const [figures, targets, read]: [Figures, Targets, Vitest[]] = [{}, {}, []]
  const waiting: Peer[] = []
  for (const peer of known.filter((one) => one.quick)) {
    try { await install(peer); waiting.push(peer) } catch (error) { console.log(`Left out, nothing was shown: ${peer.name} could not be brought here. ${(error as Error).message}`) }
  }
  const lane = async () => {
    for (let peer = waiting.shift(); peer; peer = waiting.shift()) {
      const { line, result } = await apart(peer)
      Object.assign(figures, line?.figures)
      Object.assign(targets, line?.targets)
      if (result) read.push(result)
    }
  }
  await Promise.all([lane(), lane()])
  if (Object.keys(figures).length === 0) skip('none of them could be brought here.')
  writeResults(results, read)
  report({ name: 'peers', figures, targets })
}

async function main(args: readonly string[]): Promise<void> {
  const why = objection()
  if (why) skip(why)
  const known = await peers()
  const path = args.find((arg) => arg.startsWith('--results='))?.slice('--results='.length)
  if (args.includes('--ci') && args.every((arg) => arg.startsWith('--'))) return await quickOnes(known, path)
  const named = args.filter((arg) => !arg.startsWith('--'))
  const unknown = named.filter((name) => !known.some((peer) => peer.name === name))
  if (unknown.length > 0) throw new Error(`No such server: ${unknown.join(', ')}. There are: ${known.map(({ name }) => name).join(', ')}.`)
  const chosen = known.filter((peer) => named.length === 0 || named.includes(peer.name))
  const [figures, targets, results]: [Figures, Targets, Vitest[]] = [{}, {}, []]
  for (const peer of chosen) {
    console.log(`\n── ${peer.name}: ${peer.says}`)
    try { await install(peer) } catch (error) {
      if (!args.includes('--ci')) throw error
      console.log(`Left out, nothing was shown: ${peer.name} could not be brought here. ${(error as Error).message}`)
      continue
    }
    const done = await run(peer)
    Object.assign(figures, done.figures)
    Object.assign(targets, done.targets)
    if (done.result) results.push(done.result)
  }
  if (Object.keys(figures).length === 0) skip('none of them could be brought here.')
  writeResults(path, results)
  report({ name: 'peers', figures, targets })
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => { void leave().finally(() => process.exit(1)) })
try { await main(process.argv.slice(2)) } catch (error) {
  await leave()
  console.error((error as Error).message)
  process.exitCode = 1
}
