import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { groundHere, placeOf, soon, start, type Program } from '../here.ts'
import { openLane, type Lane } from '../lane.ts'
import { cacheFolder, kept, sh } from '../machine.ts'
import type { Peer } from '../peer.ts'

const root = () => `${cacheFolder()}/snac-sid`
export const hosts = { stoa: 'fournos.gr', snac: 'plateia.social' } as const

export const peer: Peer = {
  name: 'snac', says: 'snac2, a small ActivityPub server in C that also speaks the client API of Mastodon',
  hosts: [hosts.stoa, hosts.snac], packages: ['debootstrap', 'mount'], quick: true,
  install: () => {
    kept('snac-sid', (folder) => {
      console.log('Fetching snac2 into a small Debian of its own …')
      sh('debootstrap', ['--variant=minbase', '--include=ca-certificates,snac2', 'sid', folder, mirror()])
    })
  },
}

/** Where this machine's own packages come from. */
const mirror = (): string => sh('apt-get', ['indextargets', '--format', '$(SITE)', 'Created-By: Packages', 'Origin: Debian']).split('\n').find((line) => /\/debian\/?$/.test(line)) ?? ''

// The mounts live in a namespace of this one program: nothing is left of them when it ends.
const enter = `set -e
root=$1; data=$2; bundle=$3; shift 3
touch "$root/etc/hosts" "$root/etc/resolv.conf"
mount --bind /dev "$root/dev"
mount -t proc proc "$root/proc"
mount --bind "$data" "$root/srv"
mount --bind "$bundle" "$root/etc/ssl/certs/ca-certificates.crt"
mount --bind /etc/hosts "$root/etc/hosts"
mount --bind /etc/resolv.conf "$root/etc/resolv.conf"
exec chroot "$root" "$@"`
const within = (data: string, ...command: string[]) => ['unshare', '--mount', 'sh', '-c', enter, 'enter', root(), data, groundHere().bundle, ...command] as const

export interface Snac {
  readonly origin: string
  /** Passwords by user. */
  readonly passwords: Readonly<Record<string, string>>
  /** On which answers on their way back to Stoa can be lost. */
  readonly lane: Lane
  /** A command of snac's own, on its data. */
  run(...args: string[]): string
  /** snac asks its own files what it holds of an object, by the object's address. */
  holds(uri: string): unknown
  /** Every token it gave out. */
  tokens(): readonly string[]
  stop(): Promise<void>
}

/** A fresh snac at its public name, with these people. */
export async function startSnac(users: readonly string[]): Promise<Snac> {
  const { folder } = groundHere()
  const { port } = placeOf(hosts.snac)
  const behind = port + 100
  const data = join(folder, 'snac')
  mkdirSync(data)
  const [program, ...before] = within(data, 'snac')
  const run = (...args: string[]) => execFileSync(program, [...before, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  const [init, ...rest] = within(data, 'snac', 'init', '/srv/site')
  execFileSync(init, rest, { input: `127.0.0.1\n${behind}\n${hosts.snac}\n\nadmin@${hosts.snac}\n`, stdio: ['pipe', 'ignore', 'pipe'] })
  const passwords = Object.fromEntries(users.map((user) => [user, /password is (\S+)/.exec(run('adduser', '/srv/site', user))?.[1] ?? '']))
  settings(join(data, 'site', 'server.json'))
  const [command, ...args] = within(data, 'snac', 'httpd', '/srv/site')
  const httpd: Program = start('snac', [command, ...args], { env: { DEBUG: '1' } })
  const lane = await openLane(port, behind)
  const origin = `https://${hosts.snac}`
  await soon('snac is up', async () => ((await fetch(`${origin}/.well-known/nodeinfo`)).ok ? true : undefined))
  return {
    origin, passwords, lane,
    run: (name, ...given) => run(name!, '/srv/site', ...given),
    tokens: () => readdirSync(join(data, 'site', 'token')).map((name) => name.replace(/\.json$/, '')),
    holds: (uri) => objectAt(join(data, 'site'), uri),
    stop: async () => { await httpd.stop(); await lane.close() },
  }
}

function settings(path: string): void {
  const given = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
  writeFileSync(path, JSON.stringify({ ...given, dbglevel: 1 }))
}

/** snac keeps each object in a file named by the MD5 of its address. */
function objectAt(site: string, uri: string): unknown {
  const name = sh('md5sum', [], { input: uri }).slice(0, 32)
  try { return JSON.parse(readFileSync(join(site, 'object', name.slice(0, 2), `${name}.json`), 'utf8')) } catch { return undefined }
}
