import { Refusal } from '#kit/refusal.ts'
import { commentLimits as limits } from './limits.ts'

const form = 'application/x-www-form-urlencoded'

/** The body of a form, no larger than the limit and in UTF-8. */
export async function readBody(request: Request, most: number = limits.bodyBytes): Promise<string> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== form) throw new Refusal('unsupported_type', { params: { expected: form } })
  const tooLarge = new Refusal('body_too_large', { params: { limit: `${most / 1_024} KB` } })
  if (Number(request.headers.get('content-length') ?? 0) > most) throw tooLarge
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > most) throw tooLarge
    chunks.push(chunk)
  }
  try { return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)) } catch (cause) { throw new Refusal('invalid_text', { cause }) }
}
