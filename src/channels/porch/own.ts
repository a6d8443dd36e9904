import { createHmac, timingSafeEqual } from 'node:crypto'
import { isId } from '#kit/id.ts'
import { commentLimits } from './limits.ts'

/** Whose comment a link is about. `id` is the comment's own id. */
export interface OwnFor { readonly secret: string; readonly accountId: string; readonly now: Date }
export interface Own { readonly token: string; readonly id: string; /** Until when it may be changed; past: it may only be looked at. */ readonly until: Date; readonly open: boolean }

const macOf = (given: OwnFor, body: string): Buffer => createHmac('sha256', given.secret).update(JSON.stringify([given.accountId, body])).digest()

/** A link for whoever wrote a comment, and for nobody else: they hold no account here and get no cookie. */
export function issueOwn(given: OwnFor, id: string): string {
  const body = `${id}.${given.now.getTime().toString(36)}`
  return `${body}.${macOf(given, body).toString('base64url')}`
}

export function readOwn(given: OwnFor, token: string): Own | undefined {
  if (token.length > 200) return undefined
  const [id = '', issued = '', mac = ''] = token.split('.')
  const [wanted, shown] = [macOf(given, `${id}.${issued}`), Buffer.from(mac, 'base64url')]
  if (shown.length !== wanted.length || !timingSafeEqual(shown, wanted)) return undefined
  const [at, now] = [Number.parseInt(issued, 36), given.now.getTime()]
  if (now - at > commentLimits.ownUntil) return undefined
  return { token, id, until: new Date(at + commentLimits.editUntil), open: now < at + commentLimits.editUntil }
}

const followMac = (secret: string, workspaceId: string, id: string): Buffer => createHmac('sha256', secret).update(JSON.stringify(['follow', workspaceId, id])).digest()
/** What only the mailbox that got the letter knows. */
export const issueFollow = (secret: string, workspaceId: string, id: string): string => `${id}.${followMac(secret, workspaceId, id).toString('base64url')}`
/** The follow a link confirms; undefined when it was made by somebody else. */
export function readFollow(secret: string, workspaceId: string, token: string): string | undefined {
  if (token.length > 200) return undefined
  const [id = '', mac = ''] = token.split('.')
  const [wanted, shown] = [followMac(secret, workspaceId, id), Buffer.from(mac, 'base64url')]
  return isId(id) && shown.length === wanted.length && timingSafeEqual(shown, wanted) ? id : undefined
}
