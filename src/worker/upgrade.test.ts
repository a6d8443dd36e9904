import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#kit/id.ts'
import { mayCancel } from '#core/publications/rules.ts'
import { EVERY, openDatabase, type Database } from '#db/database.ts'
import { bringUpToDate } from '#db/migrate.ts'
import { raiseWalls } from '#db/walls.ts'
import { stage, type Stage } from './test-stage.ts'

const name = `t_before_${process.pid}`
const clusterUrl = process.env['STOA_TEST_DATABASE']!
const url = clusterUrl.replace('/stoa?', `/${name}?`)
let database: Database
const inTemplate = async (statement: string) => {
  const client = new pg.Client({ connectionString: clusterUrl.replace('/stoa?', '/template1?') })
  await client.connect()
  try { await client.query(statement) } finally { await client.end() }
}

/** The migrations of the release before, and no later one. */
async function bringToBefore(client: pg.Client): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-before-'))
  cpSync(resolve(import.meta.dirname, '../../db/migrations'), folder, { recursive: true })
  const path = join(folder, 'meta/_journal.json')
  const journal = JSON.parse(readFileSync(path, 'utf8')) as { entries: { idx: number }[] }
  writeFileSync(path, JSON.stringify({ ...journal, entries: journal.entries.filter((one) => one.idx < 3) }))
  await migrate(drizzle({ client }), { migrationsFolder: folder })
  await raiseWalls(client)
  rmSync(folder, { recursive: true })
}

const began = new Date('2026-11-23T08:30:00Z')
const dueSoon = new Date('2026-11-23T09:30:00Z')
interface Left { readonly state: string; readonly attempts: number; readonly because?: string; readonly pending?: string; /** It had arrived there. */ readonly there?: true }
const left = {
  scheduled: { state: 'scheduled', attempts: 0 }, 'retry-wait': { state: 'retry-wait', attempts: 1 },
  sending: { state: 'sending', attempts: 1 }, 'sending there': { state: 'sending', attempts: 1, there: true },
  unknown: { state: 'unknown', attempts: 1 }, 'unknown there': { state: 'unknown', attempts: 1, there: true },
  asked: { state: 'needs-person', attempts: 1, because: 'outcome-unknown', there: true }, refused: { state: 'refused', attempts: 1, because: 'no' },
  out: { state: 'confirmed', attempts: 1, there: true }, changing: { state: 'confirmed', attempts: 1, pending: 'revise', there: true },
} as const satisfies Record<string, Left>
type Name = keyof typeof left
const textOf = (one: string) => `Ψωμί: ${one}.`

/** A publication as the release before wrote it. */
async function insertBefore(client: pg.Client, one: Name, given: { readonly workspaceId: string; readonly accountId: string }): Promise<string> {
  const [id, key] = [newId(), newId()]
  const { state, attempts, because, pending }: Left = left[one]
  const wire = JSON.stringify({ text: textOf(one), key, by: 'fournos', inReplyTo: null })
  const waits = state === 'scheduled' || state === 'retry-wait'
  await client.query(`insert into publications (id, workspace_id, post_id, account_id, channel, kind, state, key, written_at, wire, wire_hash, lang, due_at, deadline, attempts, first_tried_at, because, pending, next_wire, note, remote_id, confirmed_at)
    values ($1, $2, null, $3, 'memory', 'post', $4, $5, $6, $7, $8, 'el', $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
  [id, given.workspaceId, given.accountId, state, key, began, wire, createHash('sha256').update(wire).digest('hex'), waits ? dueSoon : began, new Date(began.getTime() + 172_800_000), attempts, attempts > 0 ? began : null, because ?? null, pending ?? null,
    pending ? JSON.stringify({ ...JSON.parse(wire) as object, text: 'Ψωμί: διορθωμένο.' }) : null, pending ? 'Λάθος.' : null, state === 'confirmed' ? `old ${one}` : null, state === 'confirmed' ? began : null])
  const outcome = ({ 'retry-wait': 'unreached', unknown: 'unknown', 'needs-person': 'unknown', refused: 'refused', confirmed: 'confirmed' } as Record<string, string>)[state] ?? null
  if (attempts > 0) await client.query('insert into attempts (id, workspace_id, publication_id, number, started_at, ended_at, outcome) values ($1, $2, $3, 1, $4, $5, $6)', [newId(), given.workspaceId, id, began, outcome ? began : null, outcome])
  return id
}

const ids = {} as Record<Name, string>
let set: Stage
beforeAll(async () => {
  await inTemplate(`create database ${name} template template0`)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const before = { workspaceId: newId(), accountId: newId() }
  try {
    await bringToBefore(client)
    await client.query(`select set_config('stoa.workspace', '*', false)`)
    for (const one of Object.keys(left) as Name[]) ids[one] = await insertBefore(client, one, before)
  } finally { await client.end() }
  await bringUpToDate(url)
  database = openDatabase(url, { connections: 6 })
  const woken = await database.write(EVERY, async (tx) => (await tx.client.query<{ id: string; wake_at: Date | null }>('select id, wake_at from publications')).rows)
  set = await stage(database, { idempotency: 'read-back' })
  // The bakery of these tests takes over what was left, at its own time of day.
  await database.write(EVERY, async (tx) => {
    await tx.client.query('update publications set workspace_id = $1, account_id = $2', [set.world.workspaceId, set.world.accounts.memory])
    await tx.client.query('update attempts set workspace_id = $1, account_id = $2', [set.world.workspaceId, set.world.accounts.memory])
    for (const row of woken) await tx.client.query('update publications set wake_at = case when $2::timestamptz is null or due_at > $3 then $2::timestamptz else least($2::timestamptz, $3) end where id = $1', [row.id, row.wake_at, set.network.now()])
  })
  for (const one of Object.keys(left) as Name[]) if ('there' in left[one]) {
    const thing = set.network.speak(textOf(one), { by: 'fournos' })
    if (left[one].state === 'confirmed') await database.write(EVERY, (tx) => tx.client.query('update publications set remote_id = $2 where id = $1', [ids[one], thing.id]))
  }
})
afterAll(async () => { await set.close(); await database.close(); await inTemplate(`drop database if exists ${name} with (force)`) })

test('what the release before left in the middle comes to its end: nothing is lost, nothing goes out twice', async () => {
  expect(mayCancel(await set.row(ids.asked))).toBe(false)
  const worker = set.worker()
  await set.pass(29, worker)
  const early = Object.fromEntries(await Promise.all((['scheduled', 'retry-wait'] as const).map(async (one) => [one, (await set.row(ids[one])).state])))
  expect(early).toEqual({ scheduled: 'scheduled', 'retry-wait': 'retry-wait' })
  await set.pass(10, worker)
  const states = Object.fromEntries(await Promise.all((Object.keys(left) as Name[]).map(async (one) => [one, (await set.row(ids[one])).state])))
  expect(states).toEqual({
    scheduled: 'confirmed', 'retry-wait': 'confirmed', sending: 'needs-person', 'sending there': 'confirmed', unknown: 'needs-person', 'unknown there': 'confirmed',
    asked: 'needs-person', refused: 'refused', out: 'confirmed', changing: 'confirmed',
  } satisfies Record<Name, string>)
  const there = set.network.things().map((thing) => thing.text)
  expect(there.length).toBe(new Set(there).size)
  expect(there.toSorted()).toEqual([...(['scheduled', 'retry-wait', 'sending there', 'unknown there', 'asked', 'out'] as const).map(textOf), 'Ψωμί: διορθωμένο.'].toSorted())
  expect((await set.row(ids.changing)).pending).toBeNull()
  expect((await set.promises()).filter((one) => one.broken > 0)).toEqual([])
})
test('and a person can still send what nobody could know', async () => {
  await set.settle(ids.unknown, 'send')
  await set.pass(1, set.worker())
  expect((await set.row(ids.unknown)).state).toBe('confirmed')
  expect(set.network.things().filter((thing) => thing.text === textOf('unknown'))).toHaveLength(1)
})
