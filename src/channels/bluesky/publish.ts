import { z } from 'zod'
import { ChannelError, type Account, type Ctx, type Publish, type Receipt, type Upload } from '#kit/channel.ts'
import type { Json } from '#kit/json.ts'
import { NetError } from '#net/net-error.ts'
import { saidIn } from './ask.ts'
import { lacksFile, refOf, uriOf, wireOf } from './convert.ts'
import { ownAt, placeOf, recordAt, type Standing } from './records.ts'
import { revise, rkeyIn } from './revise.ts'
import { homeOf, type Home } from './session.ts'
import { web, type Settings } from './settings.ts'
import { stage } from './stage.ts'
import { isTid, tidAfter } from './tid.ts'
import { collection, Uploaded, Written, WrittenAll, type Wire } from './wire.ts'

export const publish: Publish<Settings, Wire> = {
  idempotency: 'keyed', kinds: ['post', 'reply'], threads: 'whole',
  prepare: wireOf, stage, upload, send, revise,
  stands: async ({ id }, account, ctx) => { const place = placeOf(id); return place && await recordAt(homeOf(account, ctx), place) ? 'there' : 'absent' },
  retract: async (ref, wire, account, ctx) => {
    const home = homeOf(account, ctx)
    const first = rkeyIn(ref, wire)
    // The last part first, so that nothing hangs in the air; what is not there is as good as taken down.
    const rkeys = isTid(first) ? wire.records.map((_, place) => tidAfter(first, place)).toReversed() : [first]
    for (const rkey of rkeys) await home.ask({ method: 'com.atproto.repo.deleteRecord', json: { repo: home.did, collection, rkey } }, z.unknown())
  },
}

async function upload({ attachment, bytes }: Upload, account: Account<Settings>, ctx: Ctx): Promise<Json> {
  const asking = homeOf(account, ctx).ask({ method: 'com.atproto.repo.uploadBlob', bytes: { type: attachment.type, bytes } }, Uploaded)
  const { blob: { ref, mimeType, size } } = await asking.catch((error: unknown) => { throw bytes.length > large && isTooSlow(error) ? new ChannelError({ kind: 'refused', because: tooSlow }, error) : error })
  return { $type: 'blob', ref, mimeType, size }
}

// The same again would take as long again.
const large = 5_000_000
const tooSlow = 'The file is too large for the way from here to the server: it did not get there in time. Make it smaller and publish again.'
const isTooSlow = (error: unknown): boolean => error instanceof ChannelError && error.cause instanceof NetError && error.cause.failure === 'timeout'

const addressOf = (did: string, rkey: string): string => `${web}/profile/${did}/post/${rkey}`
function receiptOf({ did, tid, records }: Wire): Receipt {
  const [first, ...more] = records.map((_, place): Receipt => ({ id: uriOf(did, tidAfter(tid, place)), url: addressOf(did, tidAfter(tid, place)) }))
  return { ...first!, ...(more.length > 0 ? { more } : {}) }
}

/** Repeating it is a no-op: the names are ours, and what stands under them already is never written over. */
async function send(wire: Wire, account: Account<Settings>, ctx: Ctx): Promise<Receipt> {
  checkFiles(wire)
  const home = homeOf(account, ctx)
  if (home.did !== wire.did) throw new ChannelError({ kind: 'refused', because: 'It was made ready for another account of the network. Publish it as a new post.' })
  await (wire.records.length === 1 ? sendOne(wire, home) : sendThread(wire, home, ctx))
  return receiptOf(wire)
}

function checkFiles({ answers, records }: Wire): void {
  if (records.some(lacksFile)) throw new ChannelError({ kind: 'refused', because: 'A picture was not handed over to the server.' })
  if (answers !== null && !records[0]!.reply) throw new Error('An answer is staged before it is sent.')
}

/** `swapRecord: null` writes only where nothing stands; the same again is answered as the first time. */
async function sendOne({ did, tid, records: [record] }: Wire, home: Home): Promise<void> {
  try {
    await home.ask({ method: 'com.atproto.repo.putRecord', json: { repo: did, collection, rkey: tid, record, swapRecord: null } }, Written)
  } catch (error) {
    if (saidIn(error)?.error !== 'InvalidSwap') throw error
    if ((await ownAt(home, tid))?.cid !== refOf(record!, { did, tid }).cid) throw new ChannelError({ kind: 'refused', because: 'Something else stands in its place.' }, error)
  }
}

/** All parts in one write. The network answers a repeat of it with a mistake of its own, so what stands is read first. */
async function sendThread(wire: Wire, home: Home, ctx: Ctx): Promise<void> {
  if (await stands(wire, home)) return
  const writes = wire.records.map((value, place) => ({ $type: 'com.atproto.repo.applyWrites#create', collection, rkey: tidAfter(wire.tid, place), value }))
  try {
    const { results = [] } = await home.ask({ method: 'com.atproto.repo.applyWrites', json: { repo: wire.did, writes } }, WrittenAll)
    const other = results.findIndex(({ cid }, place) => cid !== undefined && cid !== refOf(wire.records[place]!, wire).cid)
    if (other >= 0) ctx.log('a part of a thread was given another CID than ours', { part: other })
  } catch (error) {
    const status = saidIn(error)?.status ?? 0
    if (status < 500 || !await stands(wire, home).catch(() => false)) throw error
  }
}

/** Whether the thread is there, read from the repository itself. A part of one is none of our doing, and is left to a person. */
async function stands(wire: Wire, home: Home): Promise<boolean> {
  const found: (Standing | undefined)[] = []
  for (const place of wire.records.keys()) found.push(await ownAt(home, tidAfter(wire.tid, place)))
  const same = found.filter((one, place) => one?.cid === refOf(wire.records[place]!, wire).cid).length
  if (same === found.length) return true
  if (found.every((one) => one === undefined)) return false
  throw new ChannelError({ kind: 'unknown' })
}

