import { mkdtempSync, statSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kit/id.ts'
import type { Database } from '#db/database.ts'
import { keepKeys, keyFile, keyPath, keysIn, lockedKeys, newKey, unlockedKeys } from '#db/key-file.ts'
import { isSealed, keyOf, keyring, openSealed, sealWith, type Keyring } from '#db/seal.ts'
import { testDatabase } from '#db/testing.ts'
import { lostSecrets, openSettings, sealSettings, shownSettings } from './seal.ts'

let database: Database
let keys: Keyring
const dataDir = mkdtempSync(join(tmpdir(), 'stoa-keys-'))
beforeAll(async () => { database = await testDatabase(); keys = keyring(keyFile(dataDir)) })
afterAll(() => database.close())

const workspaceId = newId()
const account = { id: newId(), workspaceId }
const seal = (settings: Record<string, string>, names: string[]) => database.write(workspaceId, (tx) => sealSettings(tx, settings, { keys, account, names }))

describe('a secret', () => {
  test('is stored so that nobody reads it, and comes back whole', async () => {
    const stored = await seal({ origin: 'https://fournos.gr', password: 'ψωμί-και-αλάτι' }, ['password'])
    expect(JSON.stringify(stored)).not.toContain('ψωμί')
    expect(stored).toMatchObject({ origin: 'https://fournos.gr', password: { sealed: expect.stringMatching(/^s1\./) as string } })
    expect(openSettings(stored, account)).toEqual({ origin: 'https://fournos.gr', password: 'ψωμί-και-αλάτι' })
  })
  test('opens nowhere but in its own workspace, account and field', () => {
    const key = newKey()
    keyring({ keys: () => [key] })
    const place = { workspaceId, id: account.id, field: 'password' }
    const sealed = sealWith(key, 'canary', place)
    expect(openSealed(sealed, place)).toBe('canary')
    for (const wrong of [{ workspaceId: newId() }, { id: newId() }, { field: 'token' }]) expect(openSealed(sealed, { ...place, ...wrong })).toBeUndefined()
  })
  test('that was changed in one place does not open, whatever it says', () => {
    const key = newKey()
    keyring({ keys: () => [key] })
    const place = { workspaceId, id: account.id, field: 'session' }
    fc.assert(fc.property(fc.jsonValue(), fc.nat(), (value, at) => {
      const sealed = sealWith(key, value as never, place)
      expect(openSealed(sealed, place)).toEqual(JSON.parse(JSON.stringify(value)))
      const bytes = Buffer.from(sealed.sealed.split('.')[3]!, 'base64url')
      bytes[at % bytes.length]! ^= 1
      expect(openSealed({ sealed: [...sealed.sealed.split('.').slice(0, 3), bytes.toString('base64url')].join('.') }, place)).toBeUndefined()
    }), { numRuns: 200 })
  })
  test('whose key is gone is left out and counted as lost', async () => {
    const sealed = sealWith(newKey(), 'canary', { workspaceId, id: account.id, field: 'password' })
    expect(openSettings({ origin: 'https://fournos.gr', password: sealed as never }, account)).toEqual({ origin: 'https://fournos.gr' })
    expect(lostSecrets({ password: sealed as never }, account)).toEqual(['password'])
  })
  test('is never among what is shown, sealed or plain', async () => {
    const stored = await seal({ origin: 'https://fournos.gr', password: 'canary' }, ['password'])
    expect(shownSettings(stored, ['password'])).toEqual({ origin: 'https://fournos.gr' })
    expect(shownSettings({ password: 'canary' }, ['password'])).toEqual({})
  })
  test('is sealed once: what is sealed already stays as it is', async () => {
    const once = await seal({ password: 'canary' }, ['password'])
    expect(await database.write(workspaceId, (tx) => sealSettings(tx, once, { keys, account, names: ['password'] }))).toEqual(once)
  })
})

describe('the keys', () => {
  test('lie in a file that only its owner reads, the newest seals, and the older still open', async () => {
    expect(statSync(keyPath(dataDir)).mode & 0o077).toBe(0)
    const [first] = keysIn(dataDir)
    const old = await seal({ password: 'canary' }, ['password'])
    const second = newKey()
    keepKeys(dataDir, [first!, second])
    const fresh = await seal({ password: 'canary' }, ['password'])
    const field = (settings: unknown) => (settings as { password: { sealed: string } }).password
    expect([keyOf(field(old)), keyOf(field(fresh))]).toEqual([first!.id, second.id])
    expect(openSettings(old, account)).toEqual(openSettings(fresh, account))
  })
  test('travel beside a backup only under a passphrase', () => {
    const keysNow = keysIn(dataDir)
    const locked = lockedKeys(keysNow, 'καλημέρα φούρνε')
    for (const key of keysNow) expect(locked).not.toContain(key.bytes.toString('base64url'))
    expect(unlockedKeys(locked, 'καλημέρα φούρνε')?.map(({ id }) => id)).toEqual(keysNow.map(({ id }) => id))
    expect(unlockedKeys(locked, 'καλησπέρα')).toBeUndefined()
    expect(unlockedKeys(readFileSync(keyPath(dataDir), 'utf8'), 'καλημέρα φούρνε')).toBeUndefined()
  })
  test.each([[null], ['sealed:x'], [{ sealed: 'x' }], [{ sealed: 's1.a.b.c', more: 1 }]])('%j is no sealed value', (value) => { expect(isSealed(value)).toBe(false) })
})
