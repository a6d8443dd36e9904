import pg from 'pg'

// The first half of the key of an advisory lock; the second is the worker's own number.
const WORKERS = 7_370_463

export interface Alive {
  /** The workers whose process stands. */
  owners(): Promise<string[]>
  stop(): Promise<void>
}

/**
 * Says that this worker lives, by a lock that ends with its connection: when the process is killed, the others know at once
 * and need not wait until its leases lapse. `lost` is called when the connection broke, since the others then take this one for dead.
 */
export async function sayAlive(url: string, owner: string, lost: () => void): Promise<Alive> {
  let client: pg.Client | undefined
  let stopped = false
  const connect = async (): Promise<void> => {
    const fresh = new pg.Client({ connectionString: url, application_name: 'stoa worker', keepAlive: true })
    fresh.on('error', () => { client = undefined; if (!stopped) lost(); void renew() })
    await fresh.connect()
    await fresh.query('select pg_advisory_lock($1, $2)', [WORKERS, Number(owner)])
    client = fresh
  }
  const renew = async (): Promise<void> => {
    while (!stopped && !client) {
      await connect().catch(() => undefined)
      if (!client) await new Promise((next) => { setTimeout(next, 500) })
    }
  }
  await connect()
  return {
    owners: async () => {
      if (!client) throw new Error('This worker does not know who else lives: its connection broke.')
      const { rows } = await client.query<{ owner: string }>(`select objid::text as owner from pg_locks where locktype = 'advisory' and classid = $1 and database = (select oid from pg_database where datname = current_database()) and granted`, [WORKERS])
      return rows.map((row) => row.owner)
    },
    stop: async () => { stopped = true; await client?.end().catch(() => undefined) },
  }
}
