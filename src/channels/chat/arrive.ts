import { sql } from 'drizzle-orm'
import type { Account } from '#kit/channel.ts'
import type { Host, Within } from '#kit/host.ts'
import { newId } from '#kit/id.ts'
import type { Lang } from '#kit/lang.ts'
import { Refusal } from '#kit/refusal.ts'
import type { Database, Tx } from '#db/database.ts'
import { readIdentity, type Proven } from './identity.ts'
import { authorOf } from './say.ts'
import { changeVisitor, ensureVisitor, joinVisitors, lockVisitor, visitorById, visitorBySub, type Visitor } from './store.ts'
import type { ChatSettings } from './wire.ts'

export interface Arriving {
  readonly host: Host; readonly account: Account<ChatSettings>; readonly lang: Lang; readonly now: Date
  /** Whose token the browser still has. */
  readonly before: string | undefined
}
interface Arrived { readonly visitorId: string; readonly verified: boolean; readonly name: string | null }

/** Who sits down: whoever they were before, or somebody new, of whom nothing is kept until they speak. */
export async function arriveAsGuest({ host, before }: Arriving): Promise<Arrived> {
  const known = before && await (host.lend('database') as Database).readAgain(host.workspaceId, (db) => visitorById(db, before))
  // A guest who proved who they are is no longer a guest: their old token opens nothing.
  if (known && known.into !== null) return { visitorId: newId(), verified: false, name: null }
  return { visitorId: before ?? newId(), verified: known ? known.sub !== null : false, name: known ? known.name : null }
}

/** Somebody the site vouches for. They get a place of their own, whatever token they came with: nobody who planted one sits beside them. */
export async function arriveProven(arriving: Arriving, jwt: string): Promise<Arrived> {
  const { host, account, now } = arriving
  const secret = account.settings.identitySecret
  const proven = secret === undefined ? undefined : readIdentity({ secret, audience: account.id, now }, jwt)
  if (!proven || !await host.useOnce(`chat-identity ${account.id} ${proven.jti}`, proven.until)) throw new Refusal('identity_not_verified', { field: 'identity' })
  const visitor = await host.within(account, (within) => seat(arriving, proven, within))
  return { visitorId: visitor.id, verified: true, name: visitor.name }
}

async function seat({ account, before, lang, now }: Arriving, proven: Proven, within: Within): Promise<Visitor> {
  const tx = within.tx as Tx
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`chat ${account.id} ${proven.sub}`}, 0))`)
  const guest = before === undefined ? undefined : await lockVisitor(tx, before)
  const known = await visitorBySub(tx, account.id, proven.sub)
  const found = known ? (await lockVisitor(tx, known.id))! : await ensureVisitor(tx, { id: newId(now.getTime()), accountId: account.id, lang, at: now })
  const facts = { sub: proven.sub, name: proven.name ?? found.name, email: proven.email ?? found.email }
  await changeVisitor(tx, found.id, facts)
  const visitor = { ...found, ...facts }
  const comes = guest !== undefined && guest.sub === null && guest.id !== visitor.id
  if (comes) await joinVisitors(tx, guest, visitor)
  await within.isSame(comes ? authorOf(guest, lang).id : '', { ...authorOf(visitor, lang), ...(proven.email ? { email: proven.email } : {}) })
  return visitor
}
