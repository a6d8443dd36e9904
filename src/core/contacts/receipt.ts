import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { z } from 'zod'

/** What was erased: figures, never words. Signed by the house that did it. */
const Said = z.object({
  stoa: z.literal('erasure'), version: z.literal(1),
  id: z.string(), workspace: z.string(), contact: z.string(), askedAt: z.string(), endedAt: z.string(), by: z.string(),
  counts: z.record(z.string(), z.number()),
  /** Places where a sign of them was still found when everything was searched afterwards. */
  left: z.array(z.string()),
  /** Answers of ours on other networks that spoke of them; to be changed or taken down there. */
  elsewhere: z.array(z.string()),
})
const Signed = z.object({ receipt: Said, key: z.string(), signature: z.string() })
export type Erasure = z.infer<typeof Said>
export type Receipt = z.infer<typeof Signed>

// An Ed25519 private key is any 32 bytes behind this header (RFC 8410).
const header = Buffer.from('302e020100300506032b657004220420', 'hex')
const keyOf = (secret: string): KeyObject => createPrivateKey({ key: Buffer.concat([header, createHash('sha256').update(secret).digest()]), format: 'der', type: 'pkcs8' })
const bytesOf = (receipt: Erasure): Buffer => Buffer.from(JSON.stringify(Said.parse(receipt)))
const publicOf = (key: KeyObject): string => createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64url')

export function signReceipt(secret: string, receipt: Erasure): Receipt {
  const key = keyOf(secret)
  return { receipt, key: publicOf(key), signature: sign(null, bytesOf(receipt), key).toString('base64url') }
}

/** Whether a receipt is one that the house with this secret gave, unchanged. */
export function isOurReceipt(secret: string, given: unknown): given is Receipt {
  const read = Signed.safeParse(given)
  if (!read.success) return false
  const key = createPublicKey(keyOf(secret))
  return read.data.key === publicOf(keyOf(secret)) && verify(null, bytesOf(read.data.receipt), key, Buffer.from(read.data.signature, 'base64url'))
}
