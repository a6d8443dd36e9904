import { spawn, type ChildProcess } from 'node:child_process'
import { appendFileSync, createWriteStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Ground, Place } from './ground.ts'

/** The ground this process stands in; journeys and servers of a peer run inside it. */
export function groundHere(): Ground {
  const folder = process.env['STOA_PEERS_GROUND']
  if (!folder) throw new Error('The journeys with real servers are run by npm run peers.')
  return JSON.parse(readFileSync(join(folder, 'ground.json'), 'utf8')) as Ground
}

export function placeOf(host: string): Place {
  const place = groundHere().places.find((each) => each.host === host)
  if (!place) throw new Error(`${host} is not among the hosts of this peer.`)
  return place
}

export interface Program {
  readonly child: ChildProcess
  readonly printed: () => string
  /** Asks it to end and waits; after ten seconds it is killed. */
  stop(): Promise<void>
}
/** Starts a program on the ground; what it prints is kept in `<name>.log` of the ground's folder. */
export function start(name: string, command: readonly [string, ...string[]], given: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {}): Program {
  const [program, ...args] = command
  const child = spawn(program, args, { ...(given.cwd ? { cwd: given.cwd } : {}), env: { ...process.env, ...given.env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const log = createWriteStream(join(groundHere().folder, `${name}.log`), { flags: 'a' })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => { text = (text + part).slice(-100_000); log.write(part) })
  }
  const ended = new Promise<void>((done) => { child.once('exit', () => done()); child.once('error', () => done()) })
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    const late = new AbortController()
    const killed = pause(10_000, undefined, { signal: late.signal }).then(() => { child.kill('SIGKILL') }, () => undefined)
    await Promise.race([ended, killed])
    late.abort()
    log.end()
  }
  return { child, printed: () => text, stop }
}

/** Thrown by what is looked at by `soon`, when waiting longer will not help. */
export class Over extends Error { override readonly name = 'Over' }

/** Waits for what another program will bring: until `look` gives something. Throws with `what` when the time is over. */
export async function soon<T>(what: string, look: () => Promise<T | undefined> | T | undefined, seconds = 15): Promise<T> {
  const last = performance.now() + seconds * 1000
  let why: unknown
  for (;;) {
    try {
      const found = await look()
      if (found !== undefined) return found
    } catch (error) {
      if (error instanceof Over) throw error
      why = error
    }
    if (performance.now() > last) throw new Error(`Not within ${seconds} s: ${what}.`, { cause: why })
    await pause(100)
  }
}

/** A figure of a journey, with what it must come to; shown at the end of the run. */
export function figure(name: string, value: number, target?: { readonly max?: number; readonly min?: number }): void {
  appendFileSync(groundHere().figures, `${JSON.stringify({ name, value, target })}\n`)
}
