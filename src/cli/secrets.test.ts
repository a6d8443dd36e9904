import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Channel } from '#kit/channel.ts'
import { newId } from '#kit/id.ts'
import { sealSettings } from '#core/accounts/seal.ts'
import { square } from '#core/accounts/test-square.ts'
import { accounts } from '#core/accounts/tables.ts'
import type { House } from '#core/house.ts'
import type { Database } from '#db/database.ts'
import { isChanging, keyFile, keysIn, lockedKeys, unlockedKeys } from '#db/key-file.ts'
import { rotateKeys } from '#db/rotate.ts'
import { keyring } from '#db/seal.ts'
import { testDatabase } from '#db/testing.ts'
import { bringKeys, sealedColumns, secretsInOrder } from './secrets.ts'

let database: Database
let house: House
beforeAll(async () => {
  database = await testDatabase()
  house = { database, channels: [square().channel as unknown as Channel] } as unknown as House
})
beforeEach(async () => { await database.write('*', async (tx) => { await tx.client.query('delete from accounts') }) })
afterAll(() => database.close())

const folder = (): string => { const dataDir = mkdtempSync(join(tmpdir(), 'stoa-secrets-')); keyFile(dataDir); return dataDir }
const connect = async (dataDir: string): Promise<void> => {
  const account = { id: newId(), workspaceId: newId() }
  await database.write(account.workspaceId, async (tx) => {
    const settings = await sealSettings(tx, { password: 'ψωμί' }, { keys: keyring(keyFile(dataDir)), account, names: ['password'] })
    await tx.insert(accounts).values({ id: account.id, channel: 'square', handle: newId(), name: 'Φούρνος', settings })
  })
}

test('after a restore, keys that were brought back leave nothing half done, and one change of keys makes them one', async () => {
  const before = folder()
  await connect(before)
  const locked = lockedKeys(keysIn(before), 'ζυμωμένο με το χέρι')
  // The fresh Stoa has made a key of its own, and holds the rows of the backup.
  const after = folder()
  expect(await secretsInOrder(house, after)).toMatchObject({ ok: false, says: expect.stringContaining('stoa secrets unlock') })
  expect(bringKeys(after, unlockedKeys(locked, 'ζυμωμένο με το χέρι')!)).toBe(1)
  expect(await secretsInOrder(house, after)).toEqual({ ok: true, says: '1 secrets, all sealed, with 2 keys; “stoa secrets rotate” makes them one' })
  await connect(after)
  expect(await rotateKeys(database, after, sealedColumns)).toMatchObject({ resealed: 2, lost: 0 })
  expect(keysIn(after)).toHaveLength(1)
  expect(await secretsInOrder(house, after)).toEqual({ ok: true, says: '2 secrets, all sealed' })
})

test('a change of keys that was cut off is told until it is done, also when keys are brought back meanwhile', async () => {
  const dataDir = folder()
  await connect(dataDir)
  let calls = 0
  const torn = { ...database, write: (...args: Parameters<Database['write']>) => { if (++calls > 1) throw new Error('power cut'); return database.write(...args) } } as Database
  await expect(rotateKeys(torn, dataDir, sealedColumns)).rejects.toThrow('power cut')
  bringKeys(dataDir, keysIn(folder()))
  expect([isChanging(dataDir), await secretsInOrder(house, dataDir)]).toEqual([true, { ok: false, says: expect.stringContaining('half done') }])
  await rotateKeys(database, dataDir, sealedColumns)
  expect([keysIn(dataDir).length, isChanging(dataDir), (await secretsInOrder(house, dataDir)).ok]).toEqual([1, false, true])
})
