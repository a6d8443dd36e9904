import type { z } from 'zod'
import { refusalOf } from '#kit/http.ts'
import type { Issue } from '#kit/issue-words.ts'
import { Refusal } from '#kit/refusal.ts'
import { chatLimits } from './wire.ts'

/** The bytes of a body, no more than the limit; counted as they come, whatever was announced. */
export async function readBytes(request: Request, { max, said }: { readonly max: number; readonly said: string }): Promise<Uint8Array> {
  const tooLarge = new Refusal('body_too_large', { params: { limit: said } })
  if (Number(request.headers.get('content-length') ?? 0) > max) throw tooLarge
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > max) throw tooLarge
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const typeOf = (request: Request): string | undefined => request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
export function wantType(request: Request, expected: string): void {
  if (typeOf(request) !== expected) throw new Refusal('unsupported_type', { params: { expected } })
}

/** A small JSON body of exactly this shape. */
export async function readJson<S extends z.ZodType>(request: Request, schema: S): Promise<z.output<S>> {
  wantType(request, 'application/json')
  const bytes = await readBytes(request, { max: chatLimits.bodyBytes, said: '64 KB' })
  let text: string
  try { text = new TextDecoder('utf-8', { fatal: true }).decode(bytes) } catch (cause) { throw new Refusal('invalid_text', { cause }) }
  let given: unknown
  try { given = JSON.parse(text) } catch (cause) { throw new Refusal('invalid_json', { cause }) }
  const read = schema.safeParse(given)
  if (!read.success) throw refusalOf(read.error.issues as readonly Issue[])
  return read.data
}
