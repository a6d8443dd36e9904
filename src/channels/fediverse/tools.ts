import type { Account } from '#kit/channel.ts'
import type { Host } from '#kit/host.ts'
import type { Database } from '#db/database.ts'

/** What the house lends this channel: its database and its guarded way out. */
export interface Tools { readonly database: Database; readonly fetch: typeof globalThis.fetch }

export function toolsOf(lender: { lend(name: 'database' | 'fetch'): unknown }): Tools {
  return { database: lender.lend('database') as Database, fetch: lender.lend('fetch') as typeof globalThis.fetch }
}

/** Of which workspace a request is. */
export interface Here { readonly host: Host; readonly account: Account }
