import { createHmac, timingSafeEqual } from 'node:crypto'
import { isId } from '#kit/id.ts'

const days = 180
const macOf = (secret: string, parts: readonly string[]): string => createHmac('sha256', secret).update(parts.join('.')).digest('base64url').slice(0, 32)

/** What a token is good for: one chat of one workspace. */
export interface Gate { readonly secret: string; readonly accountId: string; readonly now: Date }

/** What a visitor's browser keeps: who they are here, until when, and that we said so. */
export function tokenFor({ secret, accountId, now }: Gate, visitorId: string): string {
  const until = Math.floor(now.getTime() / 1_000 + days * 86_400).toString(36)
  return `v1.${visitorId}.${until}.${macOf(secret, [accountId, visitorId, until])}`
}

/** The visitor of a token of ours for this chat; undefined when it is none, or grew old. */
export function readToken({ secret, accountId, now }: Gate, token: string): string | undefined {
  if (token.length > 200) return undefined
  const [version, visitorId = '', until = '', mac = '', ...rest] = token.split('.')
  if (version !== 'v1' || rest.length > 0 || !isId(visitorId)) return undefined
  const [ours, theirs] = [Buffer.from(macOf(secret, [accountId, visitorId, until])), Buffer.from(mac)]
  if (ours.length !== theirs.length || !timingSafeEqual(ours, theirs)) return undefined
  return Number.parseInt(until, 36) * 1_000 > now.getTime() ? visitorId : undefined
}
