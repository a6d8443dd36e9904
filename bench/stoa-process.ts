import { spawn, type ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'

/** A Stoa started by a command, and what it has printed since. */
export interface Running {
  readonly child: ChildProcess
  readonly printed: () => string
  /** Sends SIGTERM and waits for the end; the exit code. */
  stop(): Promise<number | null>
}

export function run(command: readonly [string, ...string[]], options: { cwd: string; env: Record<string, string> }): Running {
  const [program, ...rest] = command
  const child = spawn(program, rest, { cwd: options.cwd, env: { ...process.env, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part: string) => { text += part })
  const ended = new Promise<number | null>((done) => child.once('exit', done))
  return { child, printed: () => text, stop: async () => { child.kill('SIGTERM'); return await ended } }
}

/** Waits until `look` gives something; fails with what was printed when the process ends or the time is over. */
export async function until<T>(running: Running, seconds: number, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const last = performance.now() + seconds * 1000
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (running.child.exitCode !== null || running.child.signalCode !== null) throw new Error(`It ended with ${running.child.exitCode}:\n${running.printed()}`)
    if (performance.now() > last) throw new Error(`Not there after ${seconds} s:\n${running.printed()}`)
    await new Promise((next) => setTimeout(next, 50))
  }
}

/** The page at the address Stoa printed, once it answers. */
export async function firstPage(running: Running): Promise<{ url: string; html: string } | undefined> {
  const url = /https?:\/\/127\.0\.0\.1:\d+\/\S*/.exec(running.printed())?.[0]
  if (!url) return undefined
  const answer = await fetch(url).catch(() => undefined)
  const html = answer?.ok ? await answer.text() : ''
  return html.includes('<html') ? { url, html } : undefined
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  if (address === null || typeof address === 'string') throw new Error('No port was given.')
  return address.port
}

/** A process and everything it started, found through /proc. */
export function treeOf(root: number): number[] {
  const parents = new Map(readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => [Number(name), parentOf(name)]))
  const tree = [root]
  for (const pid of tree) for (const [child, parent] of parents) if (parent === pid) tree.push(child)
  return tree
}

function parentOf(pid: string): number {
  try { return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]) } catch { return -1 }
}

/** What a process holds of memory for itself plus its share of what it shares (PSS), in MB; 0 if it is gone. */
export function pssOf(pid: number): number {
  try { return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024 } catch { return 0 }
}

export function commandOf(pid: number): string {
  try { return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() } catch { return '' }
}

/** Milliseconds of processor time of a process and its threads until now. */
export function cpuOf(pid: number): number {
  const nanoseconds = readdirSync(`/proc/${pid}/task`).reduce((sum, task) => sum + Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]), 0)
  return nanoseconds / 1e6
}
