import { and, lt } from 'drizzle-orm'
import { mine, type Tx } from '#db/database.ts'
import { usedTokens } from './tables.ts'

/** True the first time; false ever after, until `until`. */
export async function useOnce(tx: Tx, token: string, until: Date): Promise<boolean> {
  const made = await tx.insert(usedTokens).values({ token, until }).onConflictDoNothing().returning({ token: usedTokens.token })
  return made.length > 0
}
export async function forgetTokens(tx: Tx, now: Date): Promise<void> {
  await tx.delete(usedTokens).where(and(mine(tx, usedTokens), lt(usedTokens.until, now)))
}
