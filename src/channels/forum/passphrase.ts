import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

const cost = { N: 16_384, r: 8, p: 1 }
const derived = (passphrase: string, salt: Buffer): Promise<Buffer> => new Promise((done, fail) => {
  scrypt(passphrase.normalize('NFC'), salt, 32, cost, (error, key) => (error ? fail(error) : done(key)))
})

/** A passphrase as it is kept: salted and slow to try. */
export async function hashPassphrase(passphrase: string): Promise<string> {
  const salt = randomBytes(16)
  return `scrypt.${salt.toString('base64url')}.${(await derived(passphrase, salt)).toString('base64url')}`
}
// Somebody who is not here takes as long to refuse as somebody who is.
const nobody = `scrypt.${randomBytes(16).toString('base64url')}.${randomBytes(32).toString('base64url')}`
export async function isPassphrase(passphrase: string, kept: string | null | undefined): Promise<boolean> {
  const [, salt = '', key = ''] = (kept ?? nobody).split('.')
  return timingSafeEqual(await derived(passphrase, Buffer.from(salt, 'base64url')), Buffer.from(key, 'base64url')) && kept !== null && kept !== undefined
}

export const newToken = (): string => randomBytes(24).toString('base64url')
/** What is kept of a token: whoever reads the database cannot sign in with it. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url')
const letters = '0123456789abcdefghijklmnopqrstuvwxyz'
export const newCode = (): string => Array.from(randomBytes(8), (byte) => letters[byte % 36]).join('')
