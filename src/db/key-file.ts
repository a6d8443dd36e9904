import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { sealKey, type KeySource, type SealKey } from './seal.ts'

/** The keys that secrets are sealed with: beside the database, never in it. The newest stands last. */
export const keyPath = (dataDir: string): string => join(dataDir, 'keys')

const head = '# The keys that secrets in the database are sealed with. Without them every account must be connected again.\n'
export function keysIn(dataDir: string): readonly SealKey[] {
  if (!existsSync(keyPath(dataDir))) return []
  return readFileSync(keyPath(dataDir), 'utf8').split('\n').filter((line) => /^[\w-]{43}$/.test(line)).map((line) => sealKey(Buffer.from(line, 'base64url')))
}

const changing = '# A change of keys is under way.\n'
/** Whether a change of keys has begun that has not come to its end. More than one key alone does not say so: a backup brings its own. */
export const isChanging = (dataDir: string): boolean => existsSync(keyPath(dataDir)) && readFileSync(keyPath(dataDir), 'utf8').includes(changing)

/** On the disk, whole, or as it was before. */
export function keepKeys(dataDir: string, keys: readonly SealKey[], underWay = false): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  const beside = `${keyPath(dataDir)}.new`
  const file = openSync(beside, 'w', 0o600)
  writeSync(file, head + (underWay ? changing : '') + keys.map((key) => `${key.bytes.toString('base64url')}\n`).join(''))
  fsyncSync(file)
  closeSync(file)
  renameSync(beside, keyPath(dataDir))
  const folder = openSync(dataDir, 'r')
  fsyncSync(folder)
  closeSync(folder)
}
export const newKey = (): SealKey => sealKey(randomBytes(32))

/** The keys of this installation, the first made at first need; read again whenever the file has changed. */
export function keyFile(dataDir: string): KeySource {
  if (keysIn(dataDir).length === 0) keepKeys(dataDir, [newKey()])
  let read = { at: -1, keys: [] as readonly SealKey[] }
  return {
    keys: () => {
      const at = statSync(keyPath(dataDir), { throwIfNoEntry: false })?.mtimeMs ?? -1
      if (at !== read.at) read = { at, keys: keysIn(dataDir) }
      return read.keys
    },
  }
}

const lock = (passphrase: string, salt: Buffer): Buffer => scryptSync(passphrase, salt, 32, { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 })

/** The keys as text that may lie beside a backup: of no use without the passphrase. */
export function lockedKeys(keys: readonly SealKey[], passphrase: string): string {
  const [salt, iv] = [randomBytes(16), randomBytes(12)]
  const cipher = createCipheriv('aes-256-gcm', lock(passphrase, salt), iv)
  const hidden = Buffer.concat([cipher.update(JSON.stringify(keys.map((key) => key.bytes.toString('base64url')))), cipher.final(), cipher.getAuthTag()])
  return `stoa-keys-1.${[salt, iv, hidden].map((part) => part.toString('base64url')).join('.')}\n`
}
/** Undefined when the passphrase is another, or the text is no keys of ours. */
export function unlockedKeys(text: string, passphrase: string): readonly SealKey[] | undefined {
  const [, salt = '', iv = '', hidden = ''] = /^stoa-keys-1\.([\w-]+)\.([\w-]+)\.([\w-]+)\s*$/.exec(text) ?? []
  const whole = Buffer.from(hidden, 'base64url')
  try {
    const decipher = createDecipheriv('aes-256-gcm', lock(passphrase, Buffer.from(salt, 'base64url')), Buffer.from(iv, 'base64url')).setAuthTag(whole.subarray(-16))
    const keys = JSON.parse(Buffer.concat([decipher.update(whole.subarray(0, -16)), decipher.final()]).toString('utf8')) as string[]
    return keys.map((key) => sealKey(Buffer.from(key, 'base64url')))
  } catch { return undefined }
}
