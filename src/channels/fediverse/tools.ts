import type { Account } from '#kit/channel.ts'
import type { Host } from '#kit/host.ts'
import type { Database } from '#db/database.ts'
import type { Keyring } from '#db/seal.ts'

/** What the house lends this channel: its database, its guarded way out, and its keys. */
export interface Tools { readonly database: Database; readonly fetch: typeof globalThis.fetch; readonly keys: Keyring }

export function toolsOf(lender: { lend(name: 'database' | 'fetch' | 'keys'): unknown }): Tools {
  return { database: lender.lend('database') as Database, fetch: lender.lend('fetch') as typeof globalThis.fetch, keys: lender.lend('keys') as Keyring }
}

/** Of which workspace a request is. */
export interface Here { readonly host: Host; readonly account: Account }
