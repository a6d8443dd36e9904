import { createChallenge, randomInt, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import type { Challenge, Payload } from 'altcha-lib/types'
import { z } from 'zod'
import { commentLimits } from './limits.ts'

/** What a proof of work is good for: one endpoint and one form. */
export interface ProofFor { readonly secret: string; readonly endpoint: string; readonly form: string; readonly now: Date }
export type ReadProof = { readonly state: 'good'; readonly id: string; readonly until: Date } | { readonly state: 'invalid' | 'expired' }

const algorithm = 'PBKDF2/SHA-256'
const work = { cost: 2_000, from: 150, to: 450 } as const

const Sent = z.strictObject({
  challenge: z.strictObject({
    parameters: z.strictObject({
      algorithm: z.literal(algorithm), nonce: z.string().max(64), salt: z.string().max(64), cost: z.literal(work.cost), keyLength: z.literal(32),
      keyPrefix: z.string().max(64), keySignature: z.string().max(128), expiresAt: z.number(),
      data: z.strictObject({ endpoint: z.string().max(300), form: z.string().max(100) }),
    }),
    signature: z.string().max(128),
  }),
  solution: z.strictObject({ counter: z.number(), derivedKey: z.string().max(128), time: z.number().optional() }),
})

const secretsOf = (secret: string) => ({ hmacSignatureSecret: secret, hmacKeySignatureSecret: `${secret}/key` })

/** A puzzle a browser solves in about a second, and nobody but us could have made. */
export const challengeFor = (given: ProofFor): Promise<Challenge> => createChallenge({
  algorithm, cost: work.cost, counter: randomInt(work.to, work.from), deriveKey,
  data: { endpoint: given.endpoint, form: given.form },
  expiresAt: new Date(given.now.getTime() + commentLimits.proofUntil), ...secretsOf(given.secret),
})

/** Reads the base64 of {challenge, solution}. Whether it was used before is the house's to say. */
export async function readProof(given: ProofFor, sent: string): Promise<ReadProof> {
  const read = Sent.safeParse(decoded(sent))
  if (!read.success) return { state: 'invalid' }
  const { challenge, solution } = read.data satisfies Payload
  const { data, expiresAt, nonce } = challenge.parameters
  if (data.endpoint !== given.endpoint || data.form !== given.form) return { state: 'invalid' }
  if (expiresAt * 1_000 < given.now.getTime()) return { state: 'expired' }
  const result = await verifySolution({ challenge, solution, deriveKey, ...secretsOf(given.secret) })
  if (result.expired) return { state: 'expired' }
  return result.verified ? { state: 'good', id: nonce, until: new Date(expiresAt * 1_000) } : { state: 'invalid' }
}

function decoded(sent: string): unknown {
  try { return JSON.parse(Buffer.from(sent, 'base64').toString('utf8')) } catch { return undefined }
}
