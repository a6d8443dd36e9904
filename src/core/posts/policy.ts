import { eq } from 'drizzle-orm'
import { mine, type Db, type Tx } from '#db/database.ts'
import type { ApprovalMode } from './approval/rules.ts'
import type { Late } from './rules.ts'
import { publishingPolicies } from './tables.ts'

/** How a workspace lets things out. `late: null`: it asks once it is more than a quarter of an hour late. */
export interface PublishingPolicy {
  readonly approval: ApprovalMode; readonly linksCount: boolean; readonly altText: 'required' | 'asked'; readonly late: Late | null; readonly duplicateDays: number
}
export const firstPolicy: PublishingPolicy = { approval: 'none', linksCount: false, altText: 'required', late: null, duplicateDays: 30 }

export async function policyOf(db: Db): Promise<PublishingPolicy> {
  const [row] = await db.select().from(publishingPolicies).where(mine(db, publishingPolicies)).limit(1)
  if (!row) return firstPolicy
  const { approval, linksCount, altText, late, duplicateDays } = row
  return { approval, linksCount, altText, late, duplicateDays }
}
export async function setPolicy(tx: Tx, policy: PublishingPolicy): Promise<PublishingPolicy> {
  await tx.insert(publishingPolicies).values({ ...policy }).onConflictDoUpdate({ target: [publishingPolicies.workspaceId], set: { ...policy }, setWhere: eq(publishingPolicies.workspaceId, tx.workspace) })
  return policy
}
