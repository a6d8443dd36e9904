import { sql } from 'drizzle-orm'
import { Refusal } from '#kit/refusal.ts'
import type { Db } from '#db/database.ts'

/** Refuses what belongs to a campaign that is not there, before anything of it is kept. */
export async function refuseUnknownCampaign(db: Db, campaignId: string | null | undefined, field = 'campaignId'): Promise<void> {
  if (!campaignId) return
  const { rows } = await db.execute(sql`select 1 from campaigns where workspace_id = ${db.workspace} and id = ${campaignId}`)
  if (rows.length === 0) throw new Refusal('campaign_not_found', { field })
}
