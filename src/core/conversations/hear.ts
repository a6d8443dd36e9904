import type { Account, Channel, Incoming } from '#kit/channel.ts'
import type { HeardResult } from '#kit/host.ts'
import type { Tx } from '#db/database.ts'
import { lockPeople } from '../contacts/people.ts'
import { bounced } from './hear-bounces.ts'
import { placeAll } from './hear-answers.ts'
import { edited, withdrawn } from './hear-changes.ts'
import { reacted } from './hear-reactions.ts'
import { rated } from './hear-rates.ts'
import { said } from './hear-says.ts'

export interface Hearing { readonly tx: Tx; readonly account: Pick<Account, 'id' | 'channel'>; readonly now: Date; /** Those that may go on with what was answered by mail. */ readonly channels?: readonly Pick<Channel, 'id' | 'letters' | 'letterAnswered'>[] }

/** Takes in what a network tells, in the caller's transaction. Hearing the same again changes nothing. */
export async function hear(hearing: Hearing, items: readonly Incoming[]): Promise<HeardResult[]> {
  if (items.length === 0) return []
  const placed = await placeAll(hearing, items)
  await lockPeople(hearing.tx, placed.map(({ account }) => account.channel))
  const results: HeardResult[] = []
  for (const { account, item } of placed) results.push(await hearOne({ ...hearing, account }, item))
  return results
}

async function hearOne(hearing: Hearing, item: Incoming): Promise<HeardResult> {
  switch (item.does) {
    case 'says': return await said(hearing, item)
    case 'edits': return await edited(hearing, item)
    case 'withdraws': return await withdrawn(hearing, item)
    case 'bounces': return await bounced(hearing, item)
    case 'rates': return await rated(hearing, item)
    case 'likes': return await reacted(hearing, item, { kind: 'like', taken: false })
    case 'unlikes': return await reacted(hearing, item, { kind: 'like', taken: true })
    case 'shares': return await reacted(hearing, item, { kind: 'share', taken: false })
    case 'unshares': return await reacted(hearing, item, { kind: 'share', taken: true })
    case 'follows': return await reacted(hearing, item, { kind: 'follow', taken: false })
    case 'unfollows': return await reacted(hearing, item, { kind: 'follow', taken: true })
  }
}
