import { createCipheriv, createECDH, createHash, createPrivateKey, createPublicKey, hkdfSync, randomBytes, sign, type KeyObject } from 'node:crypto'

/** What a browser gives to whoever may send to it: its public point and a secret it shares with us, both base64url. */
export interface PushKeys { readonly p256dh: string; readonly auth: string }

const bytes = (text: string): Buffer => Buffer.from(text, 'base64url')
const recordSize = 4096
/** The longest message: one record with its header, its delimiter and its tag. */
export const longestPush = recordSize - 16 - 1 - 86

/** True for a point and a secret that can be used; a browser's own always are. */
export function canEncryptFor({ p256dh, auth }: PushKeys): boolean {
  const [point, secret] = [bytes(p256dh), bytes(auth)]
  if (point.length !== 65 || point[0] !== 4 || secret.length !== 16) return false
  try { createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') }, format: 'jwk' }); return true } catch { return false }
}

interface Given { readonly privateKey?: Buffer; readonly salt?: Buffer }
/** A message only this browser can read: RFC 8291 over aes128gcm (RFC 8188), in one record. Key and salt are new for each message; only a test names its own. */
export function encryptFor(keys: PushKeys, message: string, given: Given = {}): Buffer {
  const ours = createECDH('prime256v1')
  if (given.privateKey) ours.setPrivateKey(given.privateKey)
  else ours.generateKeys()
  const salt = given.salt ?? randomBytes(16)
  const [theirs, own] = [bytes(keys.p256dh), ours.getPublicKey()]
  const about = Buffer.concat([Buffer.from('WebPush: info\0'), theirs, own])
  const shared = Buffer.from(hkdfSync('sha256', ours.computeSecret(theirs), bytes(keys.auth), about, 32))
  const derived = (what: string, length: number): Buffer => Buffer.from(hkdfSync('sha256', shared, salt, `Content-Encoding: ${what}\0`, length))
  const cipher = createCipheriv('aes-128-gcm', derived('aes128gcm', 16), derived('nonce', 12))
  // The delimiter of the last record.
  const hidden = Buffer.concat([cipher.update(message, 'utf8'), cipher.update(Buffer.from([2])), cipher.final(), cipher.getAuthTag()])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(recordSize)
  return Buffer.concat([salt, size, Buffer.from([own.length]), own, hidden])
}

const jwkOf = (publicKey: string) => { const point = bytes(publicKey); return { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') } }
const keyOf = (publicKey: string, privateKey: string): KeyObject => createPrivateKey({ key: { ...jwkOf(publicKey), d: privateKey }, format: 'jwk' })

export interface SenderKeys { readonly publicKey: string; readonly privateKey: string }
/** A new pair by which push services know who sends. */
export function newSenderKeys(): SenderKeys {
  const pair = createECDH('prime256v1')
  pair.generateKeys()
  return { publicKey: pair.getPublicKey('base64url'), privateKey: pair.getPrivateKey().toString('base64url').padStart(43, 'A') }
}

const twelveHours = 12 * 3600
const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
/** Says to a push service who sends (VAPID, RFC 8292); `contact` is where its operator may turn to. */
export function senderHeader(endpoint: string, keys: SenderKeys, { contact, now }: { readonly contact: string | undefined; readonly now: Date }): string {
  const claims = { aud: new URL(endpoint).origin, exp: Math.floor(now.getTime() / 1000) + twelveHours, ...(contact ? { sub: contact } : {}) }
  const said = `${encoded({ typ: 'JWT', alg: 'ES256' })}.${encoded(claims)}`
  const signature = sign('sha256', Buffer.from(said), { key: keyOf(keys.publicKey, keys.privateKey), dsaEncoding: 'ieee-p1363' }).toString('base64url')
  return `vapid t=${said}.${signature}, k=${keys.publicKey}`
}

/** A name under which a push service replaces the older of two messages that wait. */
export const topicOf = (about: string): string => createHash('sha256').update(about).digest('base64url').slice(0, 32)
