import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { newId } from '#kit/id.ts'
import { openSettings, sealSettings } from '#core/accounts/seal.ts'
import { accounts } from '#core/accounts/tables.ts'
import type { Database } from './database.ts'
import { keyFile, keysIn } from './key-file.ts'
import { keysInUse, rotateKeys, type SealedColumn } from './rotate.ts'
import { keyring, type Keyring } from './seal.ts'
import { testDatabase } from './testing.ts'

const columns: readonly SealedColumn[] = [{ table: 'accounts', id: 'id', column: 'settings', whole: false }]
let database: Database
let dataDir: string
let keys: Keyring
let workspaceId: string
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
beforeEach(async () => {
  await database.write('*', async (tx) => { await tx.client.query('delete from accounts') })
  dataDir = mkdtempSync(join(tmpdir(), 'stoa-rotate-'))
  keys = keyring(keyFile(dataDir))
  workspaceId = newId()
})
const add = (n: number, broken?: number) => database.write(workspaceId, async (tx) => {
  for (let one = 0; one < n; one++) {
    const account = { id: newId(), workspaceId }
    const settings = await sealSettings(tx, { origin: 'https://fournos.gr', password: `canary-${one}` }, { keys, account, names: ['password'] })
    await tx.insert(accounts).values({ id: account.id, channel: 'square', handle: newId(), name: 'x', settings })
    if (one === broken) throw new Error('cut off')
  }
})
const opened = async () => (await database.read(workspaceId, (db) => db.select().from(accounts).where(eq(accounts.workspaceId, workspaceId)))).map((row) => (openSettings(row.settings, row) as { password?: string }).password).sort()

describe('a change of keys', () => {
  test('seals everything anew and drops the old key when nothing needs it', async () => {
    await add(450)
    const before = await opened()
    const [old] = keysIn(dataDir)
    expect(await rotateKeys(database, dataDir, columns)).toEqual({ resealed: 450, lost: 0, dropped: 1 })
    expect(keysIn(dataDir)).toHaveLength(1)
    expect(keysIn(dataDir)[0]!.id).not.toBe(old!.id)
    expect(await opened()).toEqual(before)
    expect([...(await keysInUse(database, columns)).keys()]).toEqual([keysIn(dataDir)[0]!.id])
  })
  test('that was cut off goes on where it stopped, with the old key still there', async () => {
    await add(10)
    const broken = { ...database, write: (() => { let n = 0; return (...args: Parameters<Database['write']>) => { if (++n > 5) throw new Error('power cut'); return database.write(...args) } })() } as Database
    await expect(rotateKeys(broken, dataDir, columns)).rejects.toThrow('power cut')
    expect(keysIn(dataDir)).toHaveLength(2)
    expect(await opened()).toHaveLength(10)
    expect((await keysInUse(database, columns)).size).toBe(2)
    expect(await rotateKeys(database, dataDir, columns)).toEqual({ resealed: 6, lost: 0, dropped: 1 })
    expect(await opened()).toEqual(Array.from({ length: 10 }, (_, n) => `canary-${n}`))
  })
  test('loses nothing that is sealed meanwhile', async () => {
    await add(300)
    const meanwhile = (async () => { for (let time = 0; time < 20; time++) await add(5) })()
    await rotateKeys(database, dataDir, columns)
    await meanwhile
    expect(await opened()).toHaveLength(400)
    expect((await opened()).every((password) => password?.startsWith('canary-'))).toBe(true)
    const here = new Set(keysIn(dataDir).map(({ id }) => id))
    for (const id of (await keysInUse(database, columns)).keys()) expect(here.has(id)).toBe(true)
  })
  test('keeps a value it cannot open, and says how many there are', async () => {
    await add(3)
    const elsewhere = mkdtempSync(join(tmpdir(), 'stoa-rotate-'))
    keyFile(elsewhere)
    await database.write(workspaceId, async (tx) => { await tx.client.query(`update accounts set settings = jsonb_set(settings, '{password,sealed}', '"s1.AAAAAAAAAAA.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAA"') where id = (select min(id::text)::uuid from accounts)`) })
    expect(await rotateKeys(database, dataDir, columns)).toMatchObject({ resealed: 2, lost: 1 })
    expect((await opened()).filter(Boolean)).toHaveLength(2)
  })
})
