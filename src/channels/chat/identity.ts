import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { storable } from '#kit/text.ts'

const minutes = 5
const text = (max: number) => z.string().min(1).max(max).refine(storable)
const Header = z.looseObject({ alg: z.literal('HS256'), crit: z.undefined().optional() })
const Claims = z.looseObject({
  sub: text(200), aud: z.union([z.string(), z.array(z.string()).max(10)]), iat: z.number(), jti: text(200), exp: z.number().optional(), nbf: z.number().optional(),
  name: text(200).optional(), email: text(254).optional(),
})

export interface Proven { readonly sub: string; readonly name: string | undefined; readonly email: string | undefined; readonly jti: string; /** After this the same can no longer be shown. */ readonly until: Date }
export interface Asked { readonly secret: string; readonly audience: string; readonly now: Date }

function json(part: string): unknown {
  try { return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(part, 'base64url'))) } catch { return undefined }
}

/** Who the site's own server says this is: signed with the chat's secret, for this chat, minutes ago at most. Undefined: nobody is proven. */
export function readIdentity({ secret, audience, now }: Asked, jwt: string): Proven | undefined {
  const [header = '', payload = '', signature = '', ...rest] = jwt.split('.')
  if (rest.length > 0 || !Header.safeParse(json(header)).success) return undefined
  const [ours, theirs] = [createHmac('sha256', secret).update(`${header}.${payload}`).digest(), Buffer.from(signature, 'base64url')]
  if (ours.length !== theirs.length || !timingSafeEqual(ours, theirs)) return undefined
  const read = Claims.safeParse(json(payload))
  if (!read.success) return undefined
  const { sub, aud, iat, exp, nbf, jti, name, email } = read.data
  const at = now.getTime() / 1_000
  const isForUs = (typeof aud === 'string' ? [aud] : aud).includes(audience)
  const isFresh = iat <= at + 60 && at - iat <= minutes * 60 && (exp === undefined || exp > at) && (nbf === undefined || nbf <= at + 60)
  return isForUs && isFresh ? { sub, name, email, jti, until: new Date((iat + minutes * 60 + 60) * 1_000) } : undefined
}
