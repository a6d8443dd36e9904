import { ChannelError, type Account, type Ctx } from '#kit/channel.ts'
import { saidIn } from './ask.ts'
import { linked, quoting, tooLongBy } from './convert.ts'
import { facetsOf, mentionsOf } from './facets.ts'
import { placeOf, recordAt, rootIn } from './records.ts'
import { homeOf, type Home } from './session.ts'
import type { Settings } from './settings.ts'
import { Resolved, type Post, type StrongRef, type Wire } from './wire.ts'

const mostNames = 30
const refuse = (because: string): never => { throw new ChannelError({ kind: 'refused', because }) }

/** Finds out what the records are to name: who is mentioned, what is quoted, and what this answers. Nothing is written. */
export async function stage(wire: Wire, account: Account<Settings>, ctx: Ctx): Promise<Wire> {
  checkWhole(wire)
  const home = homeOf(account, ctx)
  const told = await named(wire, home)
  const reply = wire.answers === null ? undefined : await answering(home, wire.answers)
  return { ...told, records: linked(told.records, { did: wire.did, tid: wire.tid, ...(reply ? { reply } : {}) }) }
}

export function checkWhole({ mixed, records }: Wire): void {
  if (mixed) refuse('Bluesky shows either pictures or one video, not both. Publish them as two posts.')
  const over = records.map(tooLongBy).find((signs) => signs > 0)
  if (over) refuse(`With the mark for paid or machine-made posts this is ${over} signs too long for Bluesky. Shorten it and publish it as a new post.`)
}

/** The same records with the accounts they name and the posts they quote. */
export async function named(wire: Wire, home: Home): Promise<Wire> {
  const dids = await didsIn(wire.records, home)
  const records = wire.records.map((record): Post => {
    const { facets: _, ...rest } = record
    const facets = facetsOf(record.text, dids)
    return facets.length > 0 ? { ...rest, facets } : rest
  })
  const quotes: Wire['quotes'] = []
  for (const quote of wire.quotes) {
    const found = await quotedAt(home, quote.link)
    if (found) records[quote.part] = quoting(records[quote.part]!, found, { link: quote.link, dids })
    else quotes.push(quote)
  }
  return { ...wire, records, quotes }
}

/** Who stands behind each handle; one that nobody has stays plain text. */
async function didsIn(records: readonly Post[], home: Home): Promise<ReadonlyMap<string, string>> {
  const handles = [...new Set(records.flatMap(({ text }) => mentionsOf(text).map(({ handle }) => handle)))].slice(0, mostNames)
  const found = await Promise.all(handles.map(async (handle) => [handle, await didBehind(home, handle)] as const))
  return new Map(found.flatMap(([handle, did]) => (did === undefined ? [] : [[handle, did] as const])))
}

async function didBehind(home: Home, handle: string): Promise<string | undefined> {
  try { return (await home.ask({ method: 'com.atproto.identity.resolveHandle', query: { handle } }, Resolved)).did } catch (error) {
    const said = saidIn(error)
    if (said && said.status >= 400 && said.status < 500 && said.status !== 429 && said.status !== 401) return undefined
    throw error
  }
}

async function quotedAt(home: Home, link: string): Promise<StrongRef | undefined> {
  const [, , , , who = '', , rkey = ''] = link.split('/')
  const did = who.startsWith('did:') ? who : await didBehind(home, who)
  const uri = `at://${did}/app.bsky.feed.post/${rkey}`
  const place = did === undefined ? undefined : placeOf(uri)
  const found = place && await recordAt(home, place)
  return found && { uri, cid: found.cid }
}

/** What is answered must still be there; its thread is the answer's thread. */
async function answering(home: Home, uri: string): Promise<NonNullable<Post['reply']>> {
  const place = placeOf(uri)
  const found = place && await recordAt(home, place)
  if (!found) return refuse('What this answers is no longer there.')
  const parent = { uri, cid: found.cid }
  return { root: rootIn(found) ?? parent, parent }
}
