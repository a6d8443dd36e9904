import { z } from 'zod'
import type { Json } from '#kit/json.ts'
import { saidIn } from './ask.ts'
import { cidOf } from './dag.ts'
import type { Home } from './session.ts'
import { collection, Found } from './wire.ts'

/** A record as a repository has it. */
export interface Standing { readonly cid: string; readonly value: Readonly<Record<string, Json>> }

const parts = /^at:\/\/([^/]+)\/([a-zA-Z0-9.-]+)\/([\w.~:-]+)$/
export interface Place { readonly repo: string; readonly collection: string; readonly rkey: string }
/** The parts of an address `at://…/…/…`. */
export function placeOf(uri: string): Place | undefined {
  const [, repo, named, rkey] = parts.exec(uri) ?? []
  return repo && named && rkey ? { repo, collection: named, rkey } : undefined
}

/** A record from the account's own server: of its own repository, what stands there; of another's, what the network knows of it. */
export async function recordAt(home: Home, place: Place): Promise<Standing | undefined> {
  try {
    const { cid, value } = await home.ask({ method: 'com.atproto.repo.getRecord', query: { ...place } }, Found)
    return { cid: cid ?? cidOf(value), value }
  } catch (error) {
    const said = saidIn(error)
    const gone = said !== undefined && said.status < 500 && (said.error === 'RecordNotFound' || /could not (?:locate|find) (?:record|repo)|not found/i.test(said.message))
    if (gone) return undefined
    throw error
  }
}
export const ownAt = (home: Home, rkey: string): Promise<Standing | undefined> => recordAt(home, { repo: home.did, collection, rkey })

const Replying = z.object({ reply: z.object({ root: z.object({ uri: z.string(), cid: z.string() }) }) })
/** What an answer to a record stands in: the thread of that record, or one it begins. */
export const rootIn = ({ value }: Standing): { uri: string; cid: string } | undefined => {
  const read = Replying.safeParse(value)
  return read.success ? { uri: read.data.reply.root.uri, cid: read.data.reply.root.cid } : undefined
}
