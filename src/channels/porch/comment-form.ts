import { isBlank, storable } from '#kit/text.ts'
import { Refusal } from '#kit/refusal.ts'
import { commentLimits as limits } from './limits.ts'

/** What the form sends, by field. `form` is the signed token, `by=hand` asks to be read by a person instead of proving work. */
export const formFields = ['name', 'email', 'text', 'parent', 'website', 'form', 'proof', 'by'] as const
export type FormField = (typeof formFields)[number]
export type Typed = Readonly<Record<FormField, string>>

export const nothingTyped: Typed = { name: '', email: '', text: '', parent: '', website: '', form: '', proof: '', by: '' }

/** A urlencoded body read strictly: no unknown or repeated field, no broken UTF-8. What could be read is kept either way. */
export function readFields(body: string): { readonly typed: Typed; readonly refused: Refusal | undefined } {
  const { typed, refused } = readNamed(body, formFields)
  return { typed: { ...nothingTyped, ...typed }, refused }
}
export function readNamed<F extends string>(body: string, fields: readonly F[]): { readonly typed: Partial<Record<F, string>>; readonly refused: Refusal | undefined } {
  const isField = (name: string): name is F => fields.some((field) => field === name)
  const typed: Partial<Record<F, string>> = {}
  let refused: Refusal | undefined
  for (const pair of body.split('&').filter((part) => part !== '')) {
    const cut = pair.includes('=') ? pair.indexOf('=') : pair.length
    const name = decoded(pair.slice(0, cut))
    const value = decoded(pair.slice(cut + 1))
    if (name === undefined || value === undefined) refused ??= new Refusal('invalid_text', name && isField(name) ? { field: name } : {})
    else if (!isField(name)) refused ??= new Refusal('unknown_field', { params: { name: name.slice(0, 60) }, field: name.slice(0, 60) })
    else if (typed[name] !== undefined) refused ??= new Refusal('invalid_input', { params: { reason: `${name}: 2 ×` }, field: name })
    else typed[name] = value.replace(/\r\n?/g, '\n')
  }
  return { typed, refused }
}

function decoded(part: string): string | undefined {
  try { return decodeURIComponent(part.replaceAll('+', ' ')) } catch { return undefined }
}

export interface Said { readonly name: string; readonly email: string | undefined; readonly text: string }

/** The words of a visitor, checked; the first thing wrong is refused with the field it is in. */
export const readSaid = (typed: Typed): Said =>
  ({ name: readName(typed.name), email: readEmail(typed.email), text: readText(typed.text) })

const control = /[\p{Cc}\u2028\u2029]/u

function readName(typed: string): string {
  if (!storable(typed)) throw new Refusal('invalid_text', { field: 'name' })
  const name = typed.trim()
  if (control.test(typed) || isBlank(name) || name.length > limits.name)
    throw new Refusal('invalid_name', { params: { limit: limits.name }, field: 'name' })
  return name
}

// One @, something on both sides, a dot in the domain; whether it exists only a letter can tell.
const address = /^[^\s@<>()[\],;:"\\]+@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?\.[\p{L}\p{N}-]{2,}$/u

function readEmail(typed: string): string | undefined {
  const email = typed.trim()
  if (typed.trim() === '' && !control.test(typed)) return undefined
  if (!storable(typed) || control.test(typed) || email.length > limits.email || !address.test(email) || email.includes('..'))
    throw new Refusal('invalid_email', { field: 'email' })
  return email
}

export function readText(typed: string, limit: number = limits.text): string {
  if (!storable(typed)) throw new Refusal('invalid_text', { field: 'text' })
  const text = typed.trim()
  if (isBlank(text)) throw new Refusal('empty_message', { field: 'text' })
  if (text.length > limit) throw new Refusal('message_too_long', { params: { limit, actual: text.length }, field: 'text' })
  return text
}

export const linksIn = (text: string): number => text.match(/https?:\/\/|\bwww\.|\[url/gi)?.length ?? 0
