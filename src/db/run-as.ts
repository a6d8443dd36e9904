import { execFileSync, spawnSync } from 'node:child_process'
import { userInfo } from 'node:os'

/** How to start PostgreSQL, which refuses to run as root: `before` goes in front of the command. */
export interface RunAs { readonly before: readonly string[]; readonly uid?: number; readonly gid?: number }

const idOf = (name: string): { uid: number; gid: number } | undefined => {
  const ask = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }).toString())
  try { return { uid: ask('-u'), gid: ask('-g') } } catch { return undefined }
}

/**
 * As an ordinary user: as oneself. As root: as the system's postgres or nobody user where that user can reach the
 * binaries and the data; else inside a user namespace (a clone under /root is closed to everybody else).
 * Throws with what to do when neither is possible.
 */
export function runAs(binary: string, dir: string): RunAs {
  if (userInfo().uid !== 0) return { before: [] }
  const user = idOf('postgres') ?? idOf('nobody')
  if (user && spawnSync(binary, ['--version'], user).status === 0 && spawnSync('test', ['-x', dir], user).status === 0) return { before: [], ...user }
  const before = ['unshare', '--user', `--map-user=${user?.uid ?? 65534}`, `--map-group=${user?.gid ?? 65534}`]
  if (spawnSync(before[0]!, [...before.slice(1), binary, '--version']).status === 0) return { before }
  throw new Error(`PostgreSQL will not run as root, and no other user can read ${dir}. Put Stoa somewhere others may enter (for example /opt/stoa), run it as an ordinary user, or set DATABASE_URL.`)
}
