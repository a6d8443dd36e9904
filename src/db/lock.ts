import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface Holder { readonly pid: number; readonly started: string; readonly boot: string }

export class DataInUse extends Error {
  override readonly name = 'DataInUse'
  readonly pid: number
  constructor(dir: string, pid: number) {
    super(`Another Stoa (process ${pid}) is using ${dir}. Stop it first, or give this one a directory of its own with STOA_DATA.`)
    this.pid = pid
  }
}

const read = (path: string): string => { try { return readFileSync(path, 'utf8') } catch { return '' } }
/** Ticks since boot at which a process began: tells a process from a later one with the same number. Empty off Linux. */
const startOf = (pid: number): string => read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')[19] ?? ''
const boot = (): string => read('/proc/sys/kernel/random/boot_id').trim()

function alive({ pid, started, boot: bootedAs }: Holder): boolean {
  if (bootedAs !== boot()) return false
  try { process.kill(pid, 0) } catch (error) { if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false }
  return startOf(pid) === started
}

function holderIn(path: string): Holder | undefined {
  try { return JSON.parse(readFileSync(path, 'utf8')) as Holder } catch { return undefined }
}

/**
 * Takes the data directory for this process; the result gives it back. Throws DataInUse when a live process has it.
 * A lock left behind by a killed process is taken over.
 */
export function lockData(dir: string): () => void {
  mkdirSync(dir, { recursive: true, mode: 0o711 })
  const path = join(dir, 'stoa.lock')
  const mine = `${path}.${process.pid}`
  writeFileSync(mine, JSON.stringify({ pid: process.pid, started: startOf(process.pid), boot: boot() } satisfies Holder))
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        linkSync(mine, path)   // link fails if the name exists: of two at once exactly one gets it
        return () => { if (holderIn(path)?.pid === process.pid) rmSync(path, { force: true }) }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const holder = holderIn(path)
      if (holder && alive(holder)) throw new DataInUse(dir, holder.pid)
      rmSync(path, { force: true })
    }
    throw new DataInUse(dir, holderIn(path)?.pid ?? 0)
  } finally { rmSync(mine, { force: true }) }
}

/** The live process that has the directory, if any. */
export function whoHas(dir: string): number | undefined {
  const holder = holderIn(join(dir, 'stoa.lock'))
  return holder && alive(holder) ? holder.pid : undefined
}
