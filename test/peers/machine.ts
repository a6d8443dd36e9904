import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'

/** What is downloaded stays here from run to run, outside the working tree. */
export const cacheFolder = (): string => process.env['STOA_PEERS_CACHE'] || '/var/cache/stoa-peers'

/** Runs a program to its end; what it printed, or an Error with what it complained of. */
export function sh(program: string, args: readonly string[], options: { readonly cwd?: string; readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {}): string {
  try {
    return execFileSync(program, args, {
      ...(options.cwd ? { cwd: options.cwd } : {}), ...(options.input === undefined ? {} : { input: options.input }),
      env: { ...process.env, ...options.env }, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'], maxBuffer: 64 * 2 ** 20,
    })
  } catch (error) {
    const { stderr = '', stdout = '' } = error as { stderr?: string; stdout?: string }
    throw new Error(`${program} ${args.join(' ')}: ${(stderr || stdout || String(error)).trim().split('\n').slice(-8).join('\n')}`, { cause: error })
  }
}

export const has = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0

/** Why no ground can be made on this machine, or nothing when it can. */
export function objection(): string | undefined {
  if (process.platform !== 'linux') return 'The real servers need Linux: they live in a network namespace.'
  if (process.getuid?.() !== 0) return 'The real servers need root: they live in a network namespace of their own. Run it as root, for example in a container.'
  if (spawnSync('unshare', ['--net', '--mount', 'true'], { stdio: 'ignore' }).status !== 0) return 'This machine lets nobody make a network namespace. In a container, it takes the right CAP_SYS_ADMIN.'
  if (!has('apt-get')) return 'The real servers come from Debian: this machine has no apt-get.'
  return undefined
}

const isInstalled = (name: string): boolean => { try { return /^Status: .* installed$/m.test(sh('dpkg', ['-s', name])) } catch { return false } }

/** Brings the Debian packages that are missing; says what it installs. */
export function ensurePackages(names: readonly string[]): void {
  const missing = [...new Set(names)].filter((name) => !isInstalled(name))
  if (missing.length === 0) return
  console.log(`Installing ${missing.join(', ')} …`)
  // A server that is installed must not be started by its package on the machine itself.
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  sh('apt-get', ['update', '-qq'], { env })
  sh('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { env })
}

/** Makes a folder of the cache once: `make` works in a folder beside, which takes its place when all went well. */
export function kept(name: string, make: (folder: string) => void): string {
  const folder = `${cacheFolder()}/${name}`
  if (existsSync(folder)) return folder
  const fresh = `${folder}.new-${process.pid}`
  mkdirSync(fresh, { recursive: true })
  try {
    make(fresh)
    sh('mv', ['-T', fresh, folder])
  } catch (error) {
    sh('rm', ['-rf', '--one-file-system', fresh])
    throw error
  }
  return folder
}
