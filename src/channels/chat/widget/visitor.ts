import type { Keep } from './keep.ts'
import { Refused, type Server } from './server.ts'

export interface Lent {
  readonly key: string; readonly server: Server; readonly keep: Keep
  /** A short-lived proof of who the visitor is, made by the page's own server; null for a guest. */
  identity(): Promise<string | null>
}
interface Holder { token(): string | null; take(token: string): void; forget(): void }
/** Who the server takes us for: nobody is kept there before they write, and what it forgot is begun anew. */
export function visitorOf({ key, server, keep, identity }: Lent, holder: Holder) {
  // Somebody the page vouches for is vouched for anew each time: what was theirs must not stay behind on a shared computer.
  let isVerified = false
  const remember = (token: string): void => keep.keepToken(isVerified ? null : token)
  const introduced = async (proof: string | null, old: string | null): Promise<string> => {
    const { token, verified } = await server.visitor({ token: old, identity: proof }).catch((error: unknown) => {
      if (proof && error instanceof Refused && error.code === 'identity_not_verified') return server.visitor({ token: old, identity: null })
      throw error
    })
    isVerified = verified
    if (old && keep.token() === old) remember(token)
    holder.take(token)
    return token
  }
  // Two tabs in which somebody writes for the first time are still one visitor.
  const alone = <T>(work: () => Promise<T>): Promise<T> => (navigator.locks ? navigator.locks.request(`stoa.chat.${key}.visitor`, work) as Promise<T> : work())
  const kept = (): Promise<string> => alone(async () => {
    const token = holder.token() ?? keep.token() ?? await introduced(await identity(), null)
    remember(token)
    return token
  })
  const renew = async (refused: string): Promise<void> => {
    if (keep.token() === refused) keep.keepToken(null)
    holder.forget()
    holder.take(await kept())
  }
  const trying = async <T>(token: string, work: (token: string) => Promise<T>): Promise<T> => await work(token).catch(async (error: unknown) => {
    if (!(error instanceof Refused) || error.code !== 'visitor_token_invalid') throw error
    if (holder.token() === token) await renew(token)
    return await work(holder.token()!)
  })
  return {
    renew: () => { const token = holder.token(); return token ? renew(token).catch(() => undefined) : Promise.resolve() },
    /** Only whom the page vouches for is told to the server before they write. */
    introduce: async () => {
      const proof = await identity()
      if (proof) await introduced(proof, holder.token())
    },
    /** Reads as whoever we are; there is nothing to read for nobody. */
    as: async <T>(work: (token: string) => Promise<T>): Promise<T> => await trying(holder.token()!, work),
    /** Writes: from here on the browser remembers who it was. */
    write: async <T>(work: (token: string) => Promise<T>): Promise<T> => await trying(await kept(), work),
  }
}
export type As = ReturnType<typeof visitorOf>['as']
