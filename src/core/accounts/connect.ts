import { ConnectError, type Channel, type Ctx, type Verified } from '#kit/channel.ts'
import { refusalOf } from '#kit/http.ts'
import { newId } from '#kit/id.ts'
import type { Json } from '#kit/json.ts'
import type { Lang } from '#kit/lang.ts'
import { Refusal } from '#kit/refusal.ts'
import { emit } from '../events/store.ts'
import { ctxFor } from '../ctx.ts'
import { channelOf, type House } from '../house.ts'
import { reconnected } from '../publications/settle.ts'
import { keysOf, openSettings, sealSettings } from './seal.ts'
import { accountByHandle, accountById, keepAccount, lockHandle, type AccountRow } from './store.ts'
import type { Tx } from '#db/database.ts'

// How long a network may take to say whether we may in.
const patience = 30_000

export interface Asking { readonly workspaceId: string; readonly memberId: string; readonly lang: Lang }
type Plain = Record<string, Json | undefined>
const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === ''

/** What is new over what is there: nothing given as empty wipes what was stored. */
export function over(stored: Json, given: Json): Plain {
  const filled = Object.entries(given as Plain).filter(([, value]) => !isEmpty(value))
  return { ...(stored as Plain), ...Object.fromEntries(filled) }
}

/** What was emptied in the form goes, where its line says so; else it stays. */
function without(stored: Json, given: Json, { fields = [] }: Pick<Channel, 'fields'>): Json {
  const emptied = fields.filter(({ name, clears }) => clears === true && (given as Plain)[name] === '').map(({ name }) => name)
  return Object.fromEntries(Object.entries(stored as Plain).filter(([name]) => !emptied.includes(name)))
}

/** A channel whose accounts are connected by hand. */
export function connectable(house: House, id: string): Channel {
  const channel = house.channels.find((one) => one.id === id)
  if (!channel || (!channel.fields && !channel.login)) throw new Refusal('not_found')
  return channel
}

export const askingCtx = (house: House, { workspaceId }: Pick<Asking, 'workspaceId'>): Ctx =>
  ctxFor(house, { workspaceId, fetch: house.hosts.lend('fetch') as typeof globalThis.fetch, signal: AbortSignal.timeout(patience) })

/** A channel's own words for what is wrong, as a problem in the reader's language. */
export async function inWords<T>(lang: Lang, work: () => Promise<T>): Promise<T> {
  try { return await work() } catch (error) {
    if (error instanceof Refusal) throw error
    if (error instanceof ConnectError) throw new Refusal('connect_failed', { params: { reason: error.says[lang] }, ...(error.field ? { field: error.field } : {}), extra: { says: error.says }, cause: error })
    throw new Refusal('connect_unreached', { cause: error })
  }
}

/** `byLogin`: they come from the network's own page, not from the form. */
export interface Filled { readonly channel: Channel; readonly settings: Json; readonly byLogin?: boolean }
export interface Checked { readonly verified: Verified<unknown>; readonly settings: Json }
/** Whether a channel takes these settings, and who we are there. */
export async function check(house: House, { channel, settings, byLogin }: Filled, asking: Asking): Promise<Checked> {
  const empty = byLogin ? undefined : channel.fields?.find((field) => field.optional !== true && isEmpty((settings as Plain)[field.name]))
  if (empty) throw new Refusal('field_needed', { field: empty.name, params: { name: empty.label[asking.lang] } })
  const read = channel.settings.safeParse(Object.fromEntries(Object.entries(settings as Plain).filter(([, value]) => !isEmpty(value))))
  if (!read.success) throw refusalOf(read.error.issues)
  const verified = await inWords(asking.lang, () => channel.verify(read.data, askingCtx(house, asking)))
  return { verified, settings: over(read.data as Json, (verified.settings ?? {}) as Json) as Json }
}

const endOf = ({ endsAt }: Verified<unknown>): Date | null => (endsAt === undefined ? null : new Date(endsAt))

async function store(tx: Tx, house: House, given: Checked & { readonly channel: Channel; readonly id: string }): Promise<AccountRow> {
  const { channel, id, verified, settings } = given
  const stored = await sealSettings(tx, settings, { keys: keysOf(house), account: { id, workspaceId: tx.workspace }, names: channel.sealed ?? [] })
  return await keepAccount(tx, {
    id, channel: channel.id, handle: verified.handle, name: verified.name ?? verified.handle, settings: stored, remoteId: verified.id, endsAt: endOf(verified), at: house.now(),
  })
}

/** Connects an account that is new here, or one that was here before. */
export async function connect(house: House, given: Filled, asking: Asking): Promise<AccountRow> {
  const checked = await check(house, given, asking)
  return await house.database.write(asking.workspaceId, async (tx) => {
    await lockHandle(tx, given.channel.id, checked.verified.handle)
    const before = await accountByHandle(tx, given.channel.id, checked.verified.handle)
    const row = await store(tx, house, { ...checked, channel: given.channel, id: before?.id ?? newId(house.now().getTime()), settings: before ? over(openSettings(before.settings, before), checked.settings) as Json : checked.settings })
    if (before) await reconnected(tx, row.id, house.now())
    await emit(tx, 'account.connected', { at: house.now(), memberId: asking.memberId, data: { accountId: row.id, channel: row.channel, handle: row.handle, again: before !== undefined } })
    return row
  })
}

/** Connects an account again; what the form left empty stays as it was. Only the same identity may take its place. */
export async function reconnect(house: House, given: { readonly id: string; readonly settings: Json; readonly byLogin?: boolean }, asking: Asking): Promise<AccountRow> {
  const before = await house.database.read(asking.workspaceId, (db) => accountById(db, given.id))
  if (!before || before.state === 'removed') throw new Refusal('not_found')
  const channel = connectable(house, before.channel)
  const checked = await check(house, { channel, settings: over(without(openSettings(before.settings, before), given.settings, channel), given.settings) as Json, byLogin: given.byLogin === true }, asking)
  const same = before.remoteId === null ? before.handle === checked.verified.handle : before.remoteId === checked.verified.id
  if (!same) throw new Refusal('other_account', { params: { handle: checked.verified.handle, expected: before.handle } })
  return await house.database.write(asking.workspaceId, async (tx) => {
    const row = await store(tx, house, { ...checked, channel, id: before.id })
    await reconnected(tx, row.id, house.now())
    await emit(tx, 'account.connected', { at: house.now(), memberId: asking.memberId, data: { accountId: row.id, channel: row.channel, handle: row.handle, again: true } })
    return row
  })
}

/** The stored settings of an account, opened: what a second sign-in begins from. */
export async function settingsOf(house: House, workspaceId: string, id: string): Promise<{ row: AccountRow; settings: Json }> {
  const row = await house.database.read(workspaceId, (db) => accountById(db, id))
  if (!row || row.state === 'removed') throw new Refusal('not_found')
  channelOf(house, row.channel)
  return { row, settings: openSettings(row.settings, row) }
}
