import type { Channel, Incoming } from '#kit/channel.ts'
import { letterOf } from '../letters/store.ts'
import type { Hearing } from './hear.ts'

/** Something heard, and where. */
export interface Placed { readonly account: Hearing['account']; readonly item: Incoming }

/** An answer to a letter of ours goes on with what the letter was about, where that is a talk of another channel. */
async function placed({ tx, account, now, channels = [] }: Hearing, item: Incoming): Promise<Placed> {
  const asHeard: Placed = { account, item }
  if (item.does !== 'says' || item.automatic || !item.email) return asHeard
  const refs = [...(item.inReplyTo ? [item.inReplyTo.id] : []), ...item.references ?? []].slice(0, 30)
  const letter = await letterOf(tx, refs, item.email)
  const channel: Pick<Channel, 'id' | 'letterAnswered'> | undefined = letter && channels.find((one) => one.id === letter.aboutKind)
  const answer = letter && await channel?.letterAnswered?.(tx, { about: letter.aboutId, said: item, now })
  return answer ? { account: { id: answer.accountId, channel: channel!.id }, item: answer.item } : asHeard
}

export async function placeAll(hearing: Hearing, items: readonly Incoming[]): Promise<Placed[]> {
  const all: Placed[] = []
  const writes = hearing.channels?.some((one) => one.id === hearing.account.channel && one.letters) ?? false
  for (const item of items) all.push(writes ? await placed(hearing, item) : { account: hearing.account, item })
  return all
}
