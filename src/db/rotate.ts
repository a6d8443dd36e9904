import type { Json } from '#kit/json.ts'
import { EVERY, type Database } from './database.ts'
import { isChanging, keepKeys, keysIn, newKey } from './key-file.ts'
import { isSealed, keyOf, openSealed, SEALING, sealWith, type Sealed, type SealKey } from './seal.ts'

/** A column that holds sealed values: as a whole, or as members of an object under their own names. */
export interface SealedColumn { readonly table: string; readonly id: string; readonly column: string; readonly whole: boolean }

interface Row { readonly id: string; readonly workspace: string; readonly value: Json }
const page = 200
const sealedIn = ({ column, whole }: SealedColumn, value: Json): [field: string, sealed: Sealed][] =>
  (whole ? [[column, value]] as const : Object.entries(value as Record<string, Json>)).flatMap(([field, each]) => (isSealed(each) ? [[field, each] as [string, Sealed]] : []))

async function* rowsOf(database: Database, { table, id, column }: SealedColumn): AsyncGenerator<Row> {
  for (let last = '00000000-0000-0000-0000-000000000000'; ;) {
    const rows = await database.read(EVERY, async (db) => (await db.client.query<Row>(`select "${id}"::text as id, workspace_id::text as workspace, "${column}" as value from "${table}" where "${id}" > $1 order by "${id}" limit ${page}`, [last])).rows)
    yield* rows
    if (rows.length < page) return
    last = rows.at(-1)!.id
  }
}

async function resealRow(database: Database, where: SealedColumn, { row, key }: { readonly row: Row; readonly key: SealKey }): Promise<'fresh' | 'resealed' | 'lost'> {
  if (sealedIn(where, row.value).every(([, sealed]) => keyOf(sealed) === key.id)) return 'fresh'
  return await database.write(row.workspace, async (tx) => {
    const found = (await tx.client.query<{ value: Json }>(`select "${where.column}" as value from "${where.table}" where "${where.id}" = $1 for update`, [row.id])).rows[0]
    const changed: Record<string, Sealed> = {}
    let lost = false
    for (const [field, sealed] of found ? sealedIn(where, found.value) : []) {
      const place = { workspaceId: row.workspace, id: row.id, field }
      const plain = openSealed(sealed, place)
      if (plain === undefined) lost = true
      else if (keyOf(sealed) !== key.id) changed[field] = sealWith(key, plain, place)
    }
    const value = where.whole ? changed[where.column] : { ...(found?.value as object), ...changed }
    if (found && value !== undefined && Object.keys(changed).length > 0) await tx.client.query(`update "${where.table}" set "${where.column}" = $2 where "${where.id}" = $1`, [row.id, JSON.stringify(value)])
    return lost ? 'lost' : 'resealed'
  })
}

export interface Rotated { readonly resealed: number; readonly lost: number; readonly dropped: number }
/**
 * Seals every secret anew with a new key, and drops the old keys once nothing needs them. Cut off at any point, the next call goes on:
 * the file of the keys says that a change is under way.
 */
export async function rotateKeys(database: Database, dataDir: string, columns: readonly SealedColumn[]): Promise<Rotated> {
  const keys = await database.write(EVERY, async (tx) => {
    // Whoever seals with the old key has committed before this lock is ours; whoever comes after reads the new one.
    await tx.client.query('select pg_advisory_xact_lock($1)', [SEALING])
    if (!isChanging(dataDir)) keepKeys(dataDir, [...keysIn(dataDir), newKey()], true)
    return keysIn(dataDir)
  })
  const key = keys.at(-1)!
  let [resealed, lost] = [0, 0]
  for (const column of columns) {
    for await (const row of rowsOf(database, column)) {
      const outcome = await resealRow(database, column, { row, key })
      if (outcome === 'resealed') resealed++
      if (outcome === 'lost') lost++
    }
  }
  const inUse = await keysInUse(database, columns)
  const kept = keys.filter(({ id }) => id === key.id || inUse.has(id))
  keepKeys(dataDir, kept)
  return { resealed, lost, dropped: keys.length - kept.length }
}

/** How many values each key holds, by the key's name. */
export async function keysInUse(database: Database, columns: readonly SealedColumn[]): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  for (const column of columns) for await (const row of rowsOf(database, column)) for (const [, sealed] of sealedIn(column, row.value)) counts.set(keyOf(sealed), (counts.get(keyOf(sealed)) ?? 0) + 1)
  return counts
}
