import { z } from 'zod'
import { ChannelError, type Ctx } from '#kit/channel.ts'
import { channelErrorOf } from '#net/net-error.ts'
import { DidDoc } from './wire.ts'

/** The directory in which the network's identities stand. */
const directory = 'https://plc.directory'

const Document = DidDoc.extend({ id: z.string() })

function addressOf(did: string): string | undefined {
  if (/^did:plc:[a-z2-7]{24}$/.test(did)) return `${directory}/${did}`
  const host = /^did:web:([a-z0-9.-]+\.[a-z]{2,}(?:%3A\d+)?)$/i.exec(did)?.[1]
  return host && `https://${decodeURIComponent(host)}/.well-known/did.json`
}

/** The document of an identity, from where such identities are kept; nothing where there is none. */
export async function documentOf(did: string, ctx: Ctx): Promise<DidDoc | undefined> {
  const address = addressOf(did)
  if (address === undefined) return undefined
  const response = await ctx.fetch(address, { headers: { accept: 'application/did+ld+json, application/json' }, signal: ctx.signal }).catch((error: unknown) => { throw channelErrorOf(error) })
  if (response.status >= 500 || response.status === 429) throw new ChannelError({ kind: 'unreached' })
  const read = Document.safeParse(await response.json().catch(() => undefined))
  return response.ok && read.success && read.data.id === did ? read.data : undefined
}
