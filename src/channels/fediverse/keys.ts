import { CryptographicKey } from '@fedify/vocab'
import { importJwk, type KeyCache } from '@fedify/fedify'
import { eq } from 'drizzle-orm'
import type { Database } from '#db/database.ts'
import type { Json } from '#kit/json.ts'
import type { PgCache } from './cache.ts'
import type { Loaders } from './loaders.ts'
import { fediverseKeys } from './tables.ts'

const day = 24 * 3600

/** Our actor's pair of keys, made at first need; of two that are made at once, one is kept. */
export async function keysOf(database: Database, account: { readonly id: string; readonly workspaceId: string }): Promise<CryptoKeyPair> {
  const find = () => database.read(account.workspaceId, async (db) =>
    (await db.select().from(fediverseKeys).where(eq(fediverseKeys.accountId, account.id)))[0])
  const row = await find() ?? await (async () => {
    const made = await crypto.subtle.generateKey({ name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }, true, ['sign', 'verify'])
    const [privateJwk, publicJwk] = await Promise.all([crypto.subtle.exportKey('jwk', made.privateKey), crypto.subtle.exportKey('jwk', made.publicKey)])
    await database.write(account.workspaceId, (tx) => tx.insert(fediverseKeys).values({ accountId: account.id, privateJwk, publicJwk }).onConflictDoNothing())
    return find()
  })()
  if (!row) throw new Error('The keys of an account were not kept.')
  return { privateKey: await importJwk(row.privateJwk, 'private'), publicKey: await importJwk(row.publicJwk, 'public') }
}

/** The public keys of others, kept for a day; what could not be fetched is not remembered. */
export function othersKeys(cache: PgCache, { documents, contexts }: Loaders): KeyCache {
  const place = (keyId: URL) => ['key', keyId.href] as const
  return {
    async get(keyId) {
      const kept = await cache.get<Json>(place(keyId))
      return kept === undefined ? undefined : CryptographicKey.fromJsonLd(kept, { documentLoader: documents, contextLoader: contexts })
    },
    async set(keyId, key) {
      if (key instanceof CryptographicKey) await cache.keep(place(keyId), await key.toJsonLd({ contextLoader: contexts }) as Json, day)
    },
  }
}

