import { existsSync, chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { makeCertificates } from './certificates.ts'
import { startFront } from './front.ts'
import { cacheFolder, sh } from './machine.ts'

/** One public name: the address it has, and the port on loopback that answers for it behind the front. */
export interface Place { readonly host: string; readonly address: string; readonly port: number }
/** A network of its own, with no way out: names, addresses, an authority everybody there trusts, and a front that writes down every request. */
export interface Ground {
  readonly namespace: string; readonly folder: string; readonly cache: string
  readonly places: readonly Place[]
  /** The authority's certificate, and all that the system trusts with it. */
  readonly ca: string; readonly bundle: string
  readonly accessLog: string; readonly figures: string
}

const prefix = 'stoa-peers-'
const firstPort = 8101

/** Makes the ground; needs root. The caller closes it, and the next run clears what a killed one left. */
export async function makeGround(hosts: readonly string[]): Promise<Ground> {
  clearAbandoned()
  const namespace = `${prefix}${process.pid}`
  const folder = join(tmpdir(), namespace)
  mkdirSync(folder, { recursive: true })
  // Programs that give up root must be able to pass through.
  chmodSync(folder, 0o755)
  const places = hosts.map((host, n) => ({ host, address: `45.45.45.${10 + n}`, port: firstPort + n }))
  const ground: Ground = {
    namespace, folder, cache: cacheFolder(), places, ca: join(folder, 'ca', 'ca.pem'), bundle: join(folder, 'ca', 'bundle.pem'),
    accessLog: join(folder, 'access.log'), figures: join(folder, 'figures.log'),
  }
  mkdirSync(ground.cache, { recursive: true })
  try {
    lay(ground)
    makeCertificates(join(folder, 'ca'), hosts)
    writeFileSync(join(folder, 'ground.json'), JSON.stringify(ground))
    await startFront(ground)
    return ground
  } catch (error) {
    clear(namespace)
    throw error
  }
}

function lay({ namespace, places }: Ground): void {
  sh('ip', ['netns', 'add', namespace])
  const within = (...args: string[]) => sh('ip', ['-n', namespace, ...args])
  within('link', 'set', 'lo', 'up')
  for (const { address } of places) within('addr', 'add', `${address}/32`, 'dev', 'lo')
  const etc = `/etc/netns/${namespace}`
  mkdirSync(etc, { recursive: true })
  writeFileSync(join(etc, 'hosts'), ['127.0.0.1 localhost', ...places.map(({ address, host }) => `${address} ${host}`), ''].join('\n'))
  writeFileSync(join(etc, 'resolv.conf'), 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n')
}

/** Ends whatever still runs there and takes everything away. */
export async function closeGround({ namespace }: Ground): Promise<void> {
  for (let tries = 0; tries < 20 && pidsIn(namespace).length > 0; tries++) {
    signal(namespace, 'SIGTERM')
    await pause(100)
  }
  clear(namespace)
}

const namespaces = (): readonly string[] => (existsSync('/run/netns') ? readdirSync('/run/netns') : []).filter((name) => name.startsWith(prefix))
const pidsIn = (namespace: string): readonly number[] =>
  existsSync(`/run/netns/${namespace}`) ? sh('ip', ['netns', 'pids', namespace]).split('\n').filter(Boolean).map(Number) : []

function signal(namespace: string, name: NodeJS.Signals): void {
  for (const pid of pidsIn(namespace)) try { process.kill(pid, name) } catch { /* It has ended meanwhile. */ }
}

function clear(namespace: string): void {
  signal(namespace, 'SIGKILL')
  if (namespaces().includes(namespace)) sh('ip', ['netns', 'del', namespace])
  rmSync(`/etc/netns/${namespace}`, { recursive: true, force: true })
  rmSync(join(tmpdir(), namespace), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
}

/** A run that was killed leaves its ground behind; one whose run still lives is left alone. */
export function clearAbandoned(): void {
  for (const namespace of namespaces()) if (!lives(Number(namespace.slice(prefix.length)))) clear(namespace)
}

function lives(pid: number): boolean {
  if (pid === process.pid) return false
  try { return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('peers') } catch { return false }
}

/** The command that runs another inside the ground. */
export const inside = ({ namespace }: Pick<Ground, 'namespace'>, ...command: readonly string[]): readonly [string, ...string[]] => ['ip', 'netns', 'exec', namespace, ...command]
