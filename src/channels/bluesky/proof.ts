import { webcrypto } from 'node:crypto'
import { customFetch, DPoP, generateKeyPair, isDPoPNonceError, protectedResourceRequest, WWWAuthenticateChallengeError, type DPoPHandle, type JWK } from 'oauth4webapi'
import type { Ctx } from '#kit/channel.ts'

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const

/** A key to bind an access to, as it is kept: a private JWK. */
export async function newKey(): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const { kty, crv, x, y, d } = await webcrypto.subtle.exportKey('jwk', privateKey)
  return JSON.stringify({ kty, crv, x, y, d })
}

// What a server said last to be repeated to it (its nonce) is known to the handle of a key.
const handles = new Map<string, Promise<DPoPHandle>>()
const most = 200
/** What proves with each request that the key is here. */
export async function handleOf(key: string): Promise<DPoPHandle> {
  const handle = handles.get(key) ?? made(key)
  handles.delete(key)
  handles.set(key, handle)
  if (handles.size > most) handles.delete(handles.keys().next().value!)
  return await handle
}
async function made(key: string): Promise<DPoPHandle> {
  const { d, ...known } = JSON.parse(key) as JWK & { d: string }
  const [privateKey, publicKey] = await Promise.all([
    webcrypto.subtle.importKey('jwk', { ...known, d } as JsonWebKey, curve, false, ['sign']),
    webcrypto.subtle.importKey('jwk', known as JsonWebKey, curve, true, ['verify']),
  ])
  return DPoP({}, { privateKey, publicKey } as CryptoKeyPair)
}

/** The way out, for the library: our own door, under our own name. */
export const by = (ctx: Ctx) => ({
  signal: ctx.signal,
  [customFetch]: async (url: string, { headers, ...options }: { readonly headers?: Record<string, string> }) => {
    const { 'user-agent': _, ...rest } = headers ?? {}
    return await ctx.fetch(url, { ...options as RequestInit, headers: rest, redirect: 'manual', signal: ctx.signal })
  },
})

/** Asks once more where the server only wanted its own word of the day in the proof: by then nothing has been done. */
export async function withNonce<T>(ask: () => Promise<T>): Promise<T> {
  try { return await ask() } catch (error) {
    if (!isDPoPNonceError(error)) throw error
  }
  return await ask()
}

export interface Proving { readonly token: string; readonly key: string }
interface Asked { readonly url: URL; readonly method: string; readonly headers: Readonly<Record<string, string>>; readonly body?: Uint8Array<ArrayBuffer> | string | null }
/** A request in the name of an access that is bound to a key. */
export async function askProving({ token, key }: Proving, { url, method, headers, body }: Asked, ctx: Ctx): Promise<Response> {
  const proof = await handleOf(key)
  try {
    return await withNonce(() => protectedResourceRequest(token, method, url, new Headers(headers), body ?? null, { DPoP: proof, ...by(ctx) }))
  } catch (error) {
    if (error instanceof WWWAuthenticateChallengeError) return error.response
    throw error
  }
}
