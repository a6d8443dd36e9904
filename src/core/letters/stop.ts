import { createHmac, timingSafeEqual } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { isId } from '#kit/id.ts'
import type { Lang } from '#kit/lang.ts'
import { Refusal } from '#kit/refusal.ts'
import { EVERY } from '#db/database.ts'
import { workspaceById } from '../workspaces/store.ts'
import type { House } from '../house.ts'
import { stopLetters } from './store.ts'
import { letters } from './tables.ts'

type Signing = Pick<House, 'hosts' | 'origin'>
const signature = ({ hosts }: Signing, id: string): string => createHmac('sha256', hosts.secret('letter stop')).update(id).digest('base64url').slice(0, 32)
/** Where a reader says: no more of these. */
export const stopLink = (house: Signing, id: string): string => `${house.origin}/letters/stop/${id}.${signature(house, id)}`

export interface Stopping { readonly workspaceId: string; readonly to: string; readonly about: { readonly kind: string; readonly id: string }; readonly lang: Lang; readonly subject: string; readonly site: string }
/** What a link is about. A wrong signature and a letter that is no longer kept are told apart by nobody. */
export async function openStop(house: House, token: string): Promise<Stopping> {
  const [id = '', signed = ''] = token.split('.')
  const [given, right] = [Buffer.from(signed), Buffer.from(signature(house, id))]
  if (!isId(id) || given.length !== right.length || !timingSafeEqual(given, right)) throw new Refusal('not_found')
  const [row] = await house.database.read(EVERY, (db) => db.select().from(letters).where(eq(letters.id, id)))
  const site = row && await house.database.read(EVERY, (db) => workspaceById(db, row.workspaceId))
  if (!row || !site) throw new Refusal('not_found')
  return { workspaceId: row.workspaceId, to: row.to, about: { kind: row.aboutKind, id: row.aboutId }, lang: row.lang, subject: row.subject, site: site.name }
}
export async function stop(house: House, token: string): Promise<Stopping> {
  const found = await openStop(house, token)
  await house.database.write(found.workspaceId, (tx) => stopLetters(tx, found.to, found.about))
  return found
}
