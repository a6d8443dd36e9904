import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { mine, type Db, type Tx } from '#db/database.ts'
import { bells } from './tables.ts'

const minutes = z.int().min(0).max(1439).nullable()
/** What a member is called for while a window of Stoa is open, and between which minutes of the day they want quiet. */
export const Bell = z.strictObject({ calls: z.enum(['mine', 'all', 'none']), sound: z.boolean(), quietFrom: minutes, quietTo: minutes })
export type Bell = z.infer<typeof Bell>
const silent: Bell = { calls: 'none', sound: false, quietFrom: null, quietTo: null }

export async function bellOf(db: Db, memberId: string): Promise<Bell> {
  const [row] = await db.select({ calls: bells.calls, sound: bells.sound, quietFrom: bells.quietFrom, quietTo: bells.quietTo }).from(bells).where(and(mine(db, bells), eq(bells.memberId, memberId))).limit(1)
  return row ?? silent
}
export async function setBell(tx: Tx, memberId: string, bell: Bell): Promise<void> {
  await tx.insert(bells).values({ memberId, ...bell }).onConflictDoUpdate({ target: [bells.workspaceId, bells.memberId], set: bell })
}
