import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const own = (file: string): Buffer => readFileSync(new URL(`./assets/${file}`, import.meta.url))
let known: { readonly path: string; readonly body: Uint8Array<ArrayBuffer> } | undefined
/** The small script of the forum, at an address of its own for each wording. */
export function script(): { readonly path: string; readonly body: Uint8Array<ArrayBuffer> } {
  if (!known) {
    const body = Uint8Array.from(own('forum.js'))
    known = { body, path: `/forum/forum.${createHash('sha256').update(body).digest('base64url').slice(0, 10)}.js` }
  }
  return known
}
export const scriptPath = (): string => script().path
export const forumStyle = (): string => own('forum.css').toString('utf8')
