import { createHmac, timingSafeEqual } from 'node:crypto'
import { newToken } from './passphrase.ts'

interface Signing { readonly secret: string; readonly purpose: string }
const macOf = ({ secret, purpose }: Signing, body: string): Buffer => createHmac('sha256', secret).update(`${purpose} ${body}`).digest()

/** Words only we could have written, good until a moment, for one purpose. */
export function sign(signing: Signing, says: string, until: Date): string {
  const body = `${until.getTime().toString(36)}.${newToken().slice(0, 16)}.${Buffer.from(says).toString('base64url')}`
  return `${body}.${macOf(signing, body).toString('base64url')}`
}
export interface Signed { readonly says: string; readonly nonce: string; readonly until: Date }
export function readSigned(signing: Signing, token: string, now: Date): Signed | undefined {
  if (token.length > 2_000) return undefined
  const [until = '', nonce = '', says = '', mac = ''] = token.split('.')
  const [wanted, given] = [macOf(signing, `${until}.${nonce}.${says}`), Buffer.from(mac, 'base64url')]
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined
  const ends = new Date(Number.parseInt(until, 36))
  return ends > now ? { says: Buffer.from(says, 'base64url').toString('utf8'), nonce, until: ends } : undefined
}
