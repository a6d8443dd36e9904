import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startCluster } from '../../../src/db/cluster.ts'
import { groundHere, Over, placeOf, soon, start } from '../here.ts'
import { openLane, type Lane } from '../lane.ts'
import type { Peer } from '../peer.ts'

export const hosts = { stoa: 'fournos.gr', pds: 'ouranos.social', directory: 'plc.directory' } as const
export const peer: Peer = {
  name: 'bluesky', says: 'the servers of Bluesky itself: PDS, PLC directory and AppView, as its makers test them',
  hosts: [hosts.stoa, hosts.pds, hosts.directory], packages: ['redis-server', 'chromium'], quick: false,
}

export interface Bluesky {
  readonly origin: string
  /** On which answers on their way back to Stoa can be lost. */
  readonly lane: Lane
  /** How often the stream of the network tells that a record was written; its path is `collection/rkey`. */
  writes(path: string): number
  /** Ends every access and renewal there is; names and passwords stay. */
  endSessions(): Promise<void>
  /** How long what is granted on its own page from now on lasts before it must be renewed. */
  grantsLast(seconds: number): Promise<void>
  /** Takes back all that was granted there. */
  revokeGrants(): Promise<void>
  /** As the moderators of its server do, and take back. */
  takeDown(did: string, applied: boolean): Promise<void>
  stop(): Promise<void>
}

const redisPort = 8391

/** A fresh network, at its public name. */
export async function startBluesky(): Promise<Bluesky> {
  const { folder } = groundHere()
  const { port } = placeOf(hosts.pds)
  const [behind, control] = [port + 100, port + 200]
  const data = join(folder, 'bluesky')
  mkdirSync(data, { mode: 0o711 })
  const cluster = await startCluster(join(folder, 'bluesky-pg'), () => undefined)
  const redis = start('redis', ['redis-server', '--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', data])
  const network = start('bluesky', [process.execPath, join(import.meta.dirname, 'network.mjs')], {
    env: {
      BLUESKY_HOST: hosts.pds, BLUESKY_PORT: String(behind), BLUESKY_CONTROL: String(control), BLUESKY_DATA: data,
      BLUESKY_PLC: String(placeOf(hosts.directory).port), BLUESKY_POSTGRES: cluster.adminUrl, BLUESKY_REDIS: `127.0.0.1:${redisPort}`,
    },
  })
  const lane = await openLane(port, behind)
  const origin = `https://${hosts.pds}`
  await soon('the servers of Bluesky are up', () => {
    if (network.child.exitCode !== null) throw new Over(network.printed().slice(-3_000))
    return /^up$/m.test(network.printed()) || undefined
  }, 90)
  const stream = await follow(behind)
  return {
    origin, lane, writes: stream.writes,
    endSessions: async () => { await fetch(`http://127.0.0.1:${control}/`) },
    grantsLast: async (seconds) => { await fetch(`http://127.0.0.1:${control}/grants/${seconds}`) },
    revokeGrants: async () => { await fetch(`http://127.0.0.1:${control}/revoked`) },
    takeDown: async (did, applied) => {
      const answer = await fetch(`http://127.0.0.1:${behind}/xrpc/com.atproto.admin.updateSubjectStatus`, {
        method: 'POST', headers: { 'content-type': 'application/json', authorization: `Basic ${btoa('admin:admin-pass')}` },
        body: JSON.stringify({ subject: { $type: 'com.atproto.admin.defs#repoRef', did }, takedown: { applied } }),
      })
      if (!answer.ok) throw new Error(await answer.text())
    },
    stop: async () => { stream.close(); await network.stop(); await redis.stop(); await lane.close(); await cluster.stop() },
  }
}

/** Listens to the stream of the repositories, from its beginning. Each commit names what it wrote in plain letters. */
async function follow(port: number): Promise<{ writes(path: string): number; close(): void }> {
  const frames: string[] = []
  const socket = new WebSocket(`ws://127.0.0.1:${port}/xrpc/com.atproto.sync.subscribeRepos?cursor=0`)
  socket.binaryType = 'arraybuffer'
  socket.addEventListener('message', ({ data }) => { frames.push(Buffer.from(data as ArrayBuffer).toString('latin1')) })
  await new Promise<void>((done, fail) => { socket.addEventListener('open', () => done()); socket.addEventListener('error', () => fail(new Error('The stream cannot be heard.'))) })
  // In CBOR a text of 32 letters stands behind its length; elsewhere in a frame a path stands without.
  const wrote = (path: string) => `dpathx${String.fromCharCode(path.length)}${path}`
  return { writes: (path) => frames.filter((frame) => frame.includes('#commit') && frame.includes(wrote(path))).length, close: () => socket.close() }
}
