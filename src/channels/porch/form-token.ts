import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { commentLimits } from './limits.ts'

/** What a form is signed for: one post of one workspace. */
export interface FormFor { readonly secret: string; readonly workspaceId: string; readonly postKey: string; readonly now: Date }
export type ReadForm = { readonly state: 'good'; readonly nonce: string } | { readonly state: 'early' | 'old' | 'forged' }

const macOf = (given: FormFor, body: string): Buffer =>
  createHmac('sha256', given.secret).update(JSON.stringify([given.workspaceId, given.postKey, body])).digest()

/** A token that says which post a form is for and when it was handed out. */
export function issueForm(given: FormFor): string {
  const body = `${given.now.getTime().toString(36)}.${randomBytes(12).toString('base64url')}`
  return `${body}.${macOf(given, body).toString('base64url')}`
}

export function readForm(given: FormFor, token: string): ReadForm {
  const [issued = '', nonce = '', mac = ''] = token.split('.')
  const wanted = macOf(given, `${issued}.${nonce}`)
  const shown = Buffer.from(mac, 'base64url')
  if (shown.length !== wanted.length || !timingSafeEqual(shown, wanted)) return { state: 'forged' }
  const age = given.now.getTime() - Number.parseInt(issued, 36)
  if (age > commentLimits.formUntil) return { state: 'old' }
  return age < commentLimits.formFrom ? { state: 'early' } : { state: 'good', nonce }
}
