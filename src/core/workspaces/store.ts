import { randomBytes } from 'node:crypto'
import { and, asc, eq, or, isNull } from 'drizzle-orm'
import type { Lang } from '#kit/lang.ts'
import { newId } from '#kit/id.ts'
import { Refusal } from '#kit/refusal.ts'
import type { Channel } from '#kit/channel.ts'
import type { Db, Tx } from '#db/database.ts'
import { accountOn, ensureAccount, setAccountSettings } from '../accounts/store.ts'
import { workspaces, type PillarSettings } from './tables.ts'

export type Workspace = typeof workspaces.$inferSelect

const weekday = (day: number) => ({ day, from: 9 * 60, to: 17 * 60 })
/** Where a new workspace begins; every part is the team's to change. */
export const firstSettings: PillarSettings = {
  asksInRow: 2, givePerAsk: 3, similarity: 0.6, holds: ['evasion', 'non-apology'], off: [], duty: [1, 2, 3, 4, 5].map(weekday),
}

/** Workspaces carry no workspace of their own: these are found with the handle of all. */
export async function workspaceById(db: Db, id: string): Promise<Workspace | undefined> {
  const [row] = await db.select().from(workspaces).where(eq(workspaces.id, id)).limit(1)
  return row
}

/** The workspace whose porch answers at a host name: its own, else the first that names none. */
export async function workspaceAt(db: Db, host: string): Promise<Workspace | undefined> {
  const rows = await db.select().from(workspaces).where(or(eq(workspaces.host, host), isNull(workspaces.host))).orderBy(asc(workspaces.createdAt)).limit(20)
  return rows.find((row) => row.host === host) ?? rows[0]
}

export async function allWorkspaces(db: Db): Promise<Workspace[]> {
  return await db.select().from(workspaces).orderBy(asc(workspaces.createdAt))
}

interface Founding { readonly name: string; readonly lang: Lang; readonly zone: string; readonly at: Date; readonly id?: string }

/** A new workspace with the accounts that need no sign-up elsewhere. The transaction must be the workspace's own. */
export async function foundWorkspace(tx: Tx, founding: Founding, house: { readonly channels: readonly Channel[]; readonly origin: string }): Promise<Workspace> {
  const [row] = await tx.insert(workspaces).values({
    id: tx.workspace, name: founding.name, lang: founding.lang, zone: founding.zone, settings: firstSettings,
    secret: randomBytes(32).toString('base64url'), createdAt: founding.at,
  }).returning()
  await ensureNativeAccounts(tx, founding.name, house)
  return row!
}

/** Every place of the brand's own exists, and knows where this house is reached. Safe to repeat; run at each start. */
export async function ensureNativeAccounts(tx: Tx, name: string, house: { readonly channels: readonly Channel[]; readonly origin: string }): Promise<void> {
  for (const channel of house.channels) {
    if (!channel.native) continue
    const row = await accountOn(tx, channel.id) ?? await ensureAccount(tx, { channel: channel.id, handle: channel.native.handle(name), name })
    const settings = { ...(row.settings as object), origin: house.origin }
    if (channel.settings.safeParse(settings).success) await setAccountSettings(tx, row.id, settings)
  }
}
export const newWorkspaceId = (): string => newId()

export async function changeWorkspace(tx: Tx, change: Partial<Pick<Workspace, 'name' | 'tagline' | 'about' | 'email' | 'zone' | 'lang' | 'door' | 'settings'>>): Promise<Workspace> {
  const [row] = await tx.update(workspaces).set(change).where(eq(workspaces.id, tx.workspace)).returning()
  return row!
}

/** Goes through one of the two doors, once: of two who press at the same time, the later finds it taken. */
export async function takeDoor(tx: Tx, door: 'story' | 'own'): Promise<void> {
  const taken = await tx.update(workspaces).set({ door }).where(and(eq(workspaces.id, tx.workspace), isNull(workspaces.door))).returning({ id: workspaces.id })
  if (taken.length > 0) return
  const row = await workspaceById(tx, tx.workspace)
  throw new Refusal('wrong_state', { params: { state: row?.door ?? '' } })
}
