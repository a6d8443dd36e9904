import { z } from 'zod'
import { ChannelError, type Account, type Ctx, type Ref } from '#kit/channel.ts'
import { lacksFile, linked, refOf, uriOf } from './convert.ts'
import { ownAt, placeOf, type Standing } from './records.ts'
import { homeOf, type Home } from './session.ts'
import type { Settings } from './settings.ts'
import { checkWhole, named } from './stage.ts'
import { tidAfter } from './tid.ts'
import { collection, Post, type Wire } from './wire.ts'

const mostParts = 100

/** The name of the first record: that of the receipt, or the one it was made under when nobody knows another. */
export const rkeyIn = (ref: Ref, wire: Wire): string => placeOf(ref.id)?.rkey ?? wire.tid

/** Puts the new words in the place of the old, all parts in one write: those that differ, those that are new, and what is left over of a longer thread. */
export async function revise(ref: Ref, wire: Wire, account: Account<Settings>, ctx: Ctx): Promise<void> {
  checkWhole(wire)
  const home = homeOf(account, ctx)
  const tid = rkeyIn(ref, wire)
  const standing = await partsFrom(home, tid, wire.records.length)
  if (!standing[0]) throw new ChannelError({ kind: 'refused', because: 'It is no longer there.' })
  const told = await named(wire, home)
  const records = linked(told.records.map((record, place) => kept(record, standing[place])), { did: home.did, tid, ...replyIn(standing[0]) })
  if (records.some(lacksFile)) {
    throw new ChannelError({ kind: 'refused', because: 'A picture cannot be added to what stands there already. Take it down and publish it again.' })
  }
  const writes = [...records.flatMap((value, place) => {
    const rkey = tidAfter(tid, place)
    const before = standing[place]
    if (before?.cid === refOf(value, { did: home.did, tid: rkey }).cid) return []
    return [{ $type: `com.atproto.repo.applyWrites#${before ? 'update' : 'create'}`, collection, rkey, value }]
  }), ...standing.slice(records.length).map((_, n) => ({ $type: 'com.atproto.repo.applyWrites#delete', collection, rkey: tidAfter(tid, records.length + n) }))]
  if (writes.length > 0) await home.ask({ method: 'com.atproto.repo.applyWrites', json: { repo: home.did, writes } }, z.unknown())
}

/** What stands of a thread: at least so many places are looked at, and on until one is empty. */
async function partsFrom(home: Home, tid: string, least: number): Promise<(Standing | undefined)[]> {
  const found: (Standing | undefined)[] = []
  for (let place = 0; place < mostParts; place++) {
    const one = await ownAt(home, tidAfter(tid, place))
    if (place >= least && (!one || !isUnder(one, uriOf(home.did, tid)))) break
    found.push(one)
  }
  return found
}

const Under = z.object({ reply: z.object({ root: z.object({ uri: z.string() }) }) })
const isUnder = ({ value }: Standing, root: string): boolean => Under.safeParse(value).data?.reply.root.uri === root
const Old = z.object({ createdAt: z.string(), reply: Post.shape.reply.catch(undefined) })
const replyIn = ({ value }: Standing): { readonly reply?: NonNullable<Post['reply']> } => {
  const reply = Old.safeParse(value).data?.reply
  return reply ? { reply } : {}
}
/** The moment it was written stays, whatever is written anew. */
function kept(record: Post, before: Standing | undefined): Post {
  const createdAt = before && Old.safeParse(before.value).data?.createdAt
  return createdAt === undefined ? record : { ...record, createdAt }
}
