import { and, eq } from 'drizzle-orm'
import type { Incoming } from '#kit/channel.ts'
import type { HeardResult } from '#kit/host.ts'
import { mine } from '#db/database.ts'
import { emit } from '../events/store.ts'
import { letterBounced } from '../letters/store.ts'
import { move } from '../publications/store.ts'
import { publications } from '../publications/tables.ts'
import type { Hearing } from './hear.ts'

/** What went out came back: it is refused after all, in the words of whoever could not deliver it. */
export async function bounced({ tx, account, now }: Hearing, { about, because }: Extract<Incoming, { does: 'bounces' }>): Promise<HeardResult> {
  const [row] = await tx.select().from(publications).where(and(mine(tx, publications), eq(publications.accountId, account.id), eq(publications.remoteId, about.id))).for('update')
  if (!row) return { state: await letterBounced(tx, about.id, { because, at: now }) ? 'new' : 'ignored' }
  if (row.state !== 'confirmed') return { state: 'known' }
  const told = `not-delivered: ${because.slice(0, 300)}`
  await move(tx, row, { to: 'refused', at: now, set: { because: told, readBackDue: null } })
  await emit(tx, 'publication.refused', { at: now, ...(row.postId ? { postId: row.postId } : {}), data: { publicationId: row.id, channel: row.channel, because: told } })
  return row.messageId ? { state: 'new', messageId: row.messageId } : { state: 'new' }
}
