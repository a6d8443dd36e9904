import { Refusal } from '#kit/refusal.ts'
import { isBlank, storable } from '#kit/text.ts'
import { readBody } from '../porch/read-body.ts'
import { limits } from './rules.ts'

export type Typed<F extends string> = Readonly<Record<F, string>>

/** A form read strictly: no unknown or repeated field, no broken UTF-8, nothing a database cannot hold. Fields that did not come are empty. */
export async function readForm<F extends string>(request: Request, fields: readonly F[]): Promise<Typed<F>> {
  const typed = Object.fromEntries(fields.map((field) => [field, ''])) as Record<F, string>
  const seen = new Set<string>()
  for (const pair of (await readBody(request, limits.bodyBytes)).split('&').filter((part) => part !== '')) {
    const cut = pair.includes('=') ? pair.indexOf('=') : pair.length
    const [name, value] = [decoded(pair.slice(0, cut)), decoded(pair.slice(cut + 1))]
    const field = fields.find((one) => one === name)
    if (field === undefined) throw new Refusal('unknown_field', { params: { name: name.slice(0, 60) } })
    if (seen.has(field)) throw new Refusal('invalid_input', { params: { reason: `${field}: 2 ×` }, field })
    if (!storable(value)) throw new Refusal('invalid_text', { field })
    seen.add(field)
    typed[field] = value.replace(/\r\n?/g, '\n')
  }
  return typed
}

function decoded(part: string): string {
  try { return decodeURIComponent(part.replaceAll('+', ' ')) } catch (cause) { throw new Refusal('invalid_text', { cause }) }
}

const control = /[\p{Cc}\u2028\u2029]/u
export interface Line { readonly field: string; readonly max: number }
/** One line that shows something. */
export function oneLine(typed: string, { field, max }: Line): string {
  const line = typed.trim()
  if (control.test(line) || isBlank(line) || line.length > max) throw new Refusal('invalid_name', { params: { limit: max }, field })
  return line
}
export function body(typed: string, max: number = limits.text): string {
  const text = typed.trim()
  if (isBlank(text)) throw new Refusal('empty_message', { field: 'text' })
  if (text.length > max) throw new Refusal('message_too_long', { params: { limit: max, actual: text.length }, field: 'text' })
  return text
}

// One @, something on both sides, a dot in the domain; whether it exists only a letter can tell.
const address = /^[^\s@<>()[\],;:"\\]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?\.[\p{L}\p{N}-]{2,}$/u
export function emailOf(typed: string): string {
  const email = typed.trim().toLowerCase()
  if (email.length > 254 || !address.test(email) || email.includes('..')) throw new Refusal('invalid_email', { field: 'email' })
  return email
}
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
export const isUuid = (text: string | undefined): text is string => uuid.test(text ?? '')
