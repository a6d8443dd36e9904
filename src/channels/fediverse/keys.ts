import { CryptographicKey } from '@fedify/vocab'
import { importJwk, type KeyCache } from '@fedify/fedify'
import { eq } from 'drizzle-orm'
import { isSealed } from '#db/seal.ts'
import type { Json } from '#kit/json.ts'
import type { PgCache } from './cache.ts'
import type { Loaders } from './loaders.ts'
import { placeOf, type Owner, type Purse } from './sealed-keys.ts'
import { fediverseKeys } from './tables.ts'

const day = 24 * 3600

/** Our actor's pair of keys, made at first need; of two that are made at once, one is kept. The private one is stored sealed. */
export async function keysOf({ database, keys }: Purse, account: Owner): Promise<CryptoKeyPair> {
  const find = () => database.read(account.workspaceId, async (db) =>
    (await db.select().from(fediverseKeys).where(eq(fediverseKeys.accountId, account.id)))[0])
  const row = await find() ?? await (async () => {
    const made = await crypto.subtle.generateKey({ name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }, true, ['sign', 'verify'])
    const [privateJwk, publicJwk] = await Promise.all([crypto.subtle.exportKey('jwk', made.privateKey), crypto.subtle.exportKey('jwk', made.publicKey)])
    await database.write(account.workspaceId, async (tx) => {
      await tx.insert(fediverseKeys).values({ accountId: account.id, privateJwk: await keys.seal(tx, privateJwk as Json, placeOf(account)), publicJwk }).onConflictDoNothing()
    })
    return find()
  })()
  if (!row) throw new Error('The keys of an account were not kept.')
  const privateJwk = isSealed(row.privateJwk) ? keys.open(row.privateJwk, placeOf(account)) : row.privateJwk
  if (privateJwk === undefined) throw new Error('The private key of our actor is sealed with a key that this Stoa does not have: bring the keys back with `stoa secrets unlock`.')
  return { privateKey: await importJwk(privateJwk as JsonWebKey, 'private'), publicKey: await importJwk(row.publicJwk, 'public') }
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
