import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { House } from '#core/house.ts'
import { EVERY } from '#db/database.ts'
import { isChanging, keepKeys, keysIn, lockedKeys, unlockedKeys } from '#db/key-file.ts'
import type { SealKey } from '#db/seal.ts'
import { keysInUse, rotateKeys, type SealedColumn } from '#db/rotate.ts'
import { say, sayWrong } from './say.ts'
import { firstLine } from './user.ts'
import type { wordsFor } from './words.ts'

/** Every column of the database that holds secrets. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'accounts', id: 'id', column: 'settings', whole: false },
  { table: 'account_logins', id: 'id', column: 'keep', whole: true },
  { table: 'bell_keys', id: 'id', column: 'private_key', whole: true },
  { table: 'bell_devices', id: 'id', column: 'subscription', whole: true },
  { table: 'fediverse_keys', id: 'account_id', column: 'private_jwk', whole: true },
]

type Words = ReturnType<typeof wordsFor>
async function passphrase(words: Words): Promise<string | undefined> {
  const given = await firstLine()
  if (given.length >= 12) return given
  sayWrong(words.shortPassphrase)
  return undefined
}

async function lock(dataDir: string, target: string, words: Words): Promise<number> {
  const phrase = await passphrase(words)
  if (phrase === undefined) return 1
  writeFileSync(target, lockedKeys(keysIn(dataDir), phrase), { mode: 0o600 })
  say(target)
  return 0
}

/** Keys that are brought back stand before those that are here: they open, and the newest of this Stoa seals. How many are new here. */
export function bringKeys(dataDir: string, brought: readonly SealKey[]): number {
  const here = keysIn(dataDir)
  const fresh = brought.filter(({ id }) => !here.some((key) => key.id === id))
  keepKeys(dataDir, [...fresh, ...here], isChanging(dataDir))
  return fresh.length
}

async function unlock(dataDir: string, source: string, words: Words): Promise<number> {
  if (!existsSync(source)) { sayWrong(words.noSuchFile); return 1 }
  const phrase = await passphrase(words)
  if (phrase === undefined) return 1
  const brought = unlockedKeys(readFileSync(source, 'utf8'), phrase)
  if (!brought) { sayWrong(words.wrongPassphrase); return 1 }
  say(`${bringKeys(dataDir, brought)}`)
  return 0
}

export async function secretsCommand({ database, dataDir }: House, args: readonly string[], words: Words): Promise<number> {
  const [what, file] = args
  if (what === 'rotate') {
    const { resealed, lost, dropped } = await rotateKeys(database, dataDir, sealedColumns)
    say(`${resealed}\t${dropped}`)
    if (lost > 0) sayWrong(`${lost}`)
    return lost === 0 ? 0 : 1
  }
  if (what === 'lock' && file) return await lock(dataDir, file, words)
  if (what === 'unlock' && file) return await unlock(dataDir, file, words)
  say(words.usage)
  return 1
}

/** For the doctor: whether every secret is sealed, with a key that is here, and no change of keys was left half done. */
export async function secretsInOrder(house: House, dataDir: string): Promise<{ ok: boolean; says: string }> {
  const inUse = await keysInUse(house.database, sealedColumns)
  const here = new Set(keysIn(dataDir).map(({ id }) => id))
  const all = [...inUse.values()].reduce((sum, n) => sum + n, 0)
  const lost = [...inUse].filter(([id]) => !here.has(id)).reduce((sum, [, n]) => sum + n, 0)
  const names = house.channels.map(({ id, sealed }) => ({ id, sealed: [...sealed ?? []] })).filter(({ sealed }) => sealed.length > 0)
  const open = await house.database.read(EVERY, async (db) => {
    const { rows } = await db.client.query<{ n: number }>(`select (select count(*) from accounts a join jsonb_to_recordset($1::jsonb) as c(id text, sealed jsonb) on c.id = a.channel
      cross join jsonb_array_elements_text(c.sealed) as name where jsonb_typeof(a.settings -> name) = 'string' and a.settings ->> name <> '')::int
      + (select count(*) from fediverse_keys where private_jwk ? 'kty')::int as n`, [JSON.stringify(names)])
    return rows[0]!.n
  })
  if (lost > 0) return { ok: false, says: `${lost} of ${all} secrets were sealed with a key this Stoa does not have: bring the keys back with “stoa secrets unlock FILE”, or connect those accounts again.` }
  if (open > 0) return { ok: false, says: `${open} secrets lie open in the database: start this Stoa once, and they are sealed.` }
  if (isChanging(dataDir)) return { ok: false, says: 'A change of keys was left half done: run “stoa secrets rotate” again.' }
  return { ok: true, says: here.size > 1 ? `${all} secrets, all sealed, with ${here.size} keys; “stoa secrets rotate” makes them one` : `${all} secrets, all sealed` }
}
