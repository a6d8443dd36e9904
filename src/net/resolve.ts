import dns from 'node:dns/promises'
import { isIP } from 'node:net'
import { isPublicAddress, objectionTo, type Reach } from './addresses.ts'
import { NetError } from './net-error.ts'

/** The addresses a name may be connected to, for what speaks no HTTP; the checked address is the one to connect to. */
export type Resolve = (host: string) => Promise<readonly string[]>

type Lookup = (host: string) => Promise<readonly { readonly address: string }[]>
const systems: Lookup = (host) => dns.lookup(host, { all: true })

/** The rule of the guarded fetch for other protocols: one answer that is not of the open internet, and none is taken. */
export function makeResolve({ allowPrivate, lookup = systems }: Reach & { readonly lookup?: Lookup }): Resolve {
  return async (host) => {
    const bare = host.replace(/^\[|\]$/g, '').replace(/\.$/, '').toLowerCase()
    const url = isIP(bare) === 6 ? `https://[${bare}]/` : `https://${bare}/`
    const objection = URL.canParse(url) ? objectionTo(new URL(url), { allowPrivate }) : `${bare} is no name of a server`
    if (objection) throw new NetError('blocked', objection, { left: false })
    const found = isIP(bare) ? [{ address: bare }] : await lookup(bare).catch((error: unknown) => { throw new NetError('unreached', `${bare} is not known`, { left: false, cause: error }) })
    const bad = allowPrivate ? undefined : found.find(({ address }) => !isPublicAddress(address))
    if (bad || found.length === 0) throw new NetError('blocked', `${bare} resolves to ${bad?.address ?? 'nothing'}`, { left: false })
    return found.map(({ address }) => address)
  }
}
