import { and, eq, sql } from 'drizzle-orm'
import { EVERY } from '#db/database.ts'
import type { Place } from '#db/seal.ts'
import type { Json } from '#kit/json.ts'
import { fediverseKeys } from './tables.ts'
import type { Tools } from './tools.ts'

export interface Owner { readonly id: string; readonly workspaceId: string }
export type Purse = Pick<Tools, 'database' | 'keys'>
/** Where a private key stands: it opens for this account alone. */
export const placeOf = ({ id, workspaceId }: Owner): Place => ({ id, workspaceId, field: 'private_jwk' })

/** Seals the private keys that an older Stoa stored as they were. */
export async function sealOldKeys({ database, keys }: Purse): Promise<void> {
  const plain = await database.read(EVERY, (db) => db.select().from(fediverseKeys).where(sql`${fediverseKeys.privateJwk} ? 'kty'`))
  for (const row of plain) {
    await database.write(row.workspaceId, async (tx) => {
      const privateJwk = await keys.seal(tx, row.privateJwk as Json, placeOf({ id: row.accountId, workspaceId: row.workspaceId }))
      await tx.update(fediverseKeys).set({ privateJwk }).where(and(eq(fediverseKeys.accountId, row.accountId), sql`${fediverseKeys.privateJwk} ? 'kty'`))
    })
  }
}
