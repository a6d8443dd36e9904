import type { Db } from '#db/database.ts'
import { accountsOf } from '../accounts/store.ts'
import type { House } from '../house.ts'
import { membersOf } from '../members/store.ts'
import { ghosts, rowsBetween, type Around, type Filter, type Row } from './calendar-rows.ts'

/** What rows are read with: the accounts' channels, the clock, the names. */
export async function aroundOf(db: Db, house: House, zone: string): Promise<Around & { readonly names: ReadonlyMap<string, string>; readonly accounts: Awaited<ReturnType<typeof accountsOf>> }> {
  const accounts = await accountsOf(db)
  return { channels: new Map(accounts.map((one) => [one.id, one.channel])), accounts, zone, now: house.now(), names: new Map((await membersOf(db)).map((one) => [one.id, one.name])) }
}
/** Everything in a span, with the days series will bring. */
export async function calendarOf(db: Db, house: House, { filter, zone }: { readonly filter: Filter; readonly zone: string }): Promise<{ items: Row[]; more: boolean; around: Awaited<ReturnType<typeof aroundOf>> }> {
  const around = await aroundOf(db, house, zone)
  const { items, more } = await rowsBetween(db, filter, around)
  const ahead = await ghosts(db, filter, around)
  const all = ahead.length === 0 ? items : [...items, ...ahead].toSorted((a, b) => (a.at! < b.at! ? -1 : a.at! > b.at! ? 1 : 0))
  return { items: all, more, around }
}
