import { createHash, randomBytes } from 'node:crypto'
import { and, eq, gt, lt } from 'drizzle-orm'
import { backTo, type Channel } from '#kit/channel.ts'
import { newId } from '#kit/id.ts'
import type { Json } from '#kit/json.ts'
import { Refusal } from '#kit/refusal.ts'
import { mine } from '#db/database.ts'
import type { Sealed } from '#db/seal.ts'
import type { House } from '../house.ts'
import { askingCtx, connect, connectable, inWords, reconnect, type Asking } from './connect.ts'
import { keysOf } from './seal.ts'
import type { AccountRow } from './store.ts'
import { accountLogins } from './tables.ts'

const minutes = 10
const secret = (): string => randomBytes(32).toString('base64url')
const hash = (text: string): string => createHash('sha256').update(text).digest('base64url')

export const hasSecureAddress = (house: Pick<House, 'origin'>): boolean => house.origin.startsWith('https:')

function loginOf(house: House, channel: Channel): NonNullable<Channel['login']> {
  if (!channel.login) throw new Refusal('not_found')
  if (!hasSecureAddress(house)) throw new Refusal('login_needs_https')
  return channel.login
}

export interface Beginning { readonly channel: string; readonly settings: Readonly<Record<string, string>>; readonly accountId?: string | undefined }
/** Sends somebody to the network's own page. `browser` goes with their browser alone. */
export async function beginLogin(house: House, { channel: id, settings, accountId }: Beginning, asking: Asking): Promise<{ to: string; browser: string; seconds: number }> {
  const channel = connectable(house, id)
  const login = loginOf(house, channel)
  const [state, browser] = [secret(), secret()]
  const { to, keep } = await inWords(asking.lang, () => login.begin({ settings, back: backTo(house.origin, id), state }, askingCtx(house, asking)))
  const row = { id: newId(), stateHash: hash(state), browserHash: hash(browser), memberId: asking.memberId, channel: id, accountId: accountId ?? null, until: new Date(house.now().getTime() + minutes * 60_000) }
  await house.database.write(asking.workspaceId, async (tx) => {
    await tx.delete(accountLogins).where(and(mine(tx, accountLogins), lt(accountLogins.until, house.now())))
    await tx.insert(accountLogins).values({ ...row, keep: await keysOf(house).seal(tx, keep, { workspaceId: asking.workspaceId, id: row.id, field: 'keep' }) as unknown as Json })
  })
  return { to, browser, seconds: minutes * 60 }
}

/** Takes the sign-in that belongs to this state, member, browser and channel; whoever comes second finds it gone. */
async function takeLogin(house: House, given: { readonly state: string; readonly browser: string; readonly channel: string }, asking: Asking) {
  const [row] = await house.database.write(asking.workspaceId, async (tx) => await tx.delete(accountLogins).where(and(
    mine(tx, accountLogins), eq(accountLogins.stateHash, hash(given.state)), eq(accountLogins.browserHash, hash(given.browser)),
    eq(accountLogins.memberId, asking.memberId), eq(accountLogins.channel, given.channel), gt(accountLogins.until, house.now()),
  )).returning())
  const keep = row && keysOf(house).open(row.keep as unknown as Sealed, { workspaceId: asking.workspaceId, id: row.id, field: 'keep' })
  if (!row || keep === undefined) throw new Refusal('login_stale')
  return { accountId: row.accountId, keep }
}

export interface Finishing { readonly channel: string; readonly answer: string; readonly browser: string | undefined }
/** They are back: the answer is exchanged, checked, and kept. */
export async function finishLogin(house: House, given: Finishing, asking: Asking): Promise<AccountRow> {
  const channel = connectable(house, given.channel)
  const login = loginOf(house, channel)
  const answer = new URLSearchParams(given.answer)
  const { accountId, keep } = await takeLogin(house, { state: answer.get('state') ?? '', browser: given.browser ?? '', channel: channel.id }, asking)
  const settings = await inWords(asking.lang, () => login.finish({ keep, answer, back: backTo(house.origin, channel.id) }, askingCtx(house, asking))) as Json
  if (accountId === null) return await connect(house, { channel, settings, byLogin: true }, asking)
  return await reconnect(house, { id: accountId, settings, byLogin: true }, asking)
}
