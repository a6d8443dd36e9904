import type { Config } from '#config.ts'
import type { House } from '#core/house.ts'
import { makeHosts } from '#core/hosts.ts'
import { clusterUrls } from '#db/cluster.ts'
import { openDatabase } from '#db/database.ts'
import { keyFile } from '#db/key-file.ts'
import { whoHas } from '#db/lock.ts'
import { createNet } from '#net/guarded-fetch.ts'
import { installationSecret, openGround, type Ground } from '#server/start.ts'
import { channels, pillars } from '../stoa.ts'

/** The database for one command: beside a running Stoa of the same data, or on its own. */
export async function groundFor(config: Config, log: House['log']): Promise<Ground> {
  if (whoHas(config.dataDir) === undefined) return await openGround(config, log)
  const url = config.databaseUrl ?? clusterUrls(config.dataDir).url
  const database = openDatabase(url, { connections: 4 })
  return { database, url, close: () => database.close() }
}

/** A house for one command: it can read and write everything, and leaves the sending to the server. */
export function houseFor(config: Config, { database }: Ground, log: House['log']): House {
  const origin = config.origin ?? `http://${config.host}:${config.port}`
  const net = createNet({ allowPrivate: config.allowPrivateNetwork })
  const now = () => new Date()
  const hosts = makeHosts({ database, origin, secret: installationSecret(config.dataDir), keys: keyFile(config.dataDir), fetch: net.fetch, dataDir: config.dataDir, now })
  // What is due is found by the server's own sweep; no job is needed for it to notice.
  return { database, channels, pillars, jobs: { send: () => Promise.resolve() }, origin, dataDir: config.dataDir, hosts, now, log }
}
