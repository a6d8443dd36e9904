import { signRequest } from '@fedify/fedify'
import type { Account, Ctx } from '#kit/channel.ts'
import type { Host } from '#kit/host.ts'
import { placesOf, type Places } from './addresses.ts'
import { PgCache } from './cache.ts'
import { keysOf } from './keys.ts'
import { loadersOf, type Loaders } from './loaders.ts'
import { toolsOf, type Tools } from './tools.ts'

/** One account at work: where it stands, and how it reads what others publish. */
export interface Desk extends Tools {
  readonly account: Account; readonly host: Host; readonly places: Places; readonly cache: PgCache; readonly loaders: Loaders
}

export async function deskOf(host: Host, account: Account, tools: Tools): Promise<Desk> {
  return deskWith(host, account, { tools, places: placesOf((await host.site()).origin, account.id) })
}

/** The desk of an account that stands at places of its own. */
export function deskWith(host: Host, account: Account, { tools, places }: { readonly tools: Tools; readonly places: Places }): Desk {
  const cache = new PgCache(tools.database.pool)
  const sign = async (request: Request) =>
    signRequest(request, (await keysOf(tools, account)).privateKey, new URL(places.keyId), { spec: 'draft-cavage-http-signatures-12' })
  return { ...tools, account, host, places, cache, loaders: loadersOf({ fetch: tools.fetch, cache, sign }) }
}

/** The desk of a draft on its way out; the worker's own fetch is the guarded one. */
export const deskIn = (ctx: Ctx, account: Account): Promise<Desk> =>
  deskOf(ctx.host, account, { ...toolsOf(ctx.host), fetch: ctx.fetch })
