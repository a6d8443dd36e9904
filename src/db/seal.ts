import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Json } from '#kit/json.ts'
import type { Tx } from './database.ts'

/** A value as the database holds it: encrypted, bound to the place it stands in, with the name of its key. */
export interface Sealed { readonly sealed: string }
/** Where a sealed value stands: opened anywhere else it does not open. */
export interface Place { readonly workspaceId: string; readonly id: string; readonly field: string }
export interface SealKey { readonly id: string; readonly bytes: Buffer }
/** Where keys come from: a file that another process may add to, or one that never changes. The last key seals. */
export interface KeySource { keys(): readonly SealKey[] }
export interface Keyring {
  /** Seals with the newest key. Takes part in the transaction that stores it, so that no key goes while it is used. */
  seal(tx: Tx, value: Json, place: Place): Promise<Sealed>
  /** The value, or undefined when it was sealed by a key that is not here, or for another place. */
  open(sealed: Sealed, place: Place): Json | undefined
  readonly newest: () => string
}

const shape = /^s1\.([\w-]{11})\.([\w-]{16})\.([\w-]{22,})$/
export const isSealed = (value: unknown): value is Sealed =>
  typeof value === 'object' && value !== null && 'sealed' in value && Object.keys(value).length === 1 && typeof value.sealed === 'string' && shape.test(value.sealed)
/** The name of the key a value was sealed with. */
export const keyOf = ({ sealed }: Sealed): string => shape.exec(sealed)?.[1] ?? ''

export const sealKey = (bytes: Buffer): SealKey => ({ id: createHash('sha256').update('stoa key').update(bytes).digest('base64url').slice(0, 11), bytes })

const bound = ({ workspaceId, id, field }: Place): Buffer => Buffer.from(JSON.stringify([workspaceId, id, field]))

export function sealWith({ id, bytes }: SealKey, value: Json, place: Place): Sealed {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', bytes, iv).setAAD(bound(place))
  const hidden = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final(), cipher.getAuthTag()])
  return { sealed: `s1.${id}.${iv.toString('base64url')}.${hidden.toString('base64url')}` }
}
function openWith({ bytes }: SealKey, { sealed }: Sealed, place: Place): Json | undefined {
  const [, , iv = '', hidden = ''] = shape.exec(sealed) ?? []
  const whole = Buffer.from(hidden, 'base64url')
  try {
    const decipher = createDecipheriv('aes-256-gcm', bytes, Buffer.from(iv, 'base64url')).setAAD(bound(place)).setAuthTag(whole.subarray(-16))
    return JSON.parse(Buffer.concat([decipher.update(whole.subarray(0, -16)), decipher.final()]).toString('utf8')) as Json
  } catch { return undefined }
}

// A key's name is made of the key itself, so that rows can be opened by whoever holds them without being told which Stoa they are of.
const sources = new Set<KeySource>()
const known = new Map<string, SealKey>()
function find(id: string): SealKey | undefined {
  if (!known.has(id)) for (const source of sources) for (const key of source.keys()) known.set(key.id, key)
  return known.get(id)
}
/** Opens a value wherever its key is held in this process. */
export function openSealed(value: Sealed, place: Place): Json | undefined {
  const key = find(keyOf(value))
  return key && openWith(key, value, place)
}

/** Sealing shares this lock until its transaction ends; whoever adds a key takes it alone, and so knows that all who seal have seen the new key. */
export const SEALING = 7_370_463

export function keyring(source: KeySource): Keyring {
  sources.add(source)
  const newest = (): SealKey => {
    const key = source.keys().at(-1)
    if (!key) throw new Error('There is no key to seal secrets with.')
    return key
  }
  return {
    seal: async (tx, value, place) => {
      await tx.execute(sql`select pg_advisory_xact_lock_shared(${SEALING})`)
      return sealWith(newest(), value, place)
    },
    open: openSealed,
    newest: () => newest().id,
  }
}
