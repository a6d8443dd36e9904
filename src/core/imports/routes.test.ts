import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { asking } from '../../../test/world/asking.ts'
import { openBakery, type Bakery } from '../../../test/world/inbox.ts'
import { importRoutes } from './routes.ts'
import { runImport } from './run.ts'

let database: Database
let bakery: Bakery
let dataDir: string
beforeAll(async () => { database = await testDatabase(process.env['STOA_TEST_DATABASE']!) })
afterAll(() => database.close())
beforeEach(async () => { dataDir = mkdtempSync(join(tmpdir(), 'stoa-upload-')); bakery = await openBakery(database, { dataDir }); return () => rmSync(dataDir, { recursive: true }) })
const ask = () => asking(importRoutes(bakery.house), bakery.eleni)
const form = (name: string, text: string): FormData => { const made = new FormData(); made.set('file', new File([text], name)); return made }
const csv = 'Όνομα,Μήνυμα,Ημερομηνία\nΆννα,Έχετε τσουρέκι;,24/2/2026 10:00\nΆννα,,24/2/2026 10:00\n'

test('a file is looked at, tried, taken in, and found known the second time', async () => {
  const taken = await ask()('POST', '/imports', form('log.csv', csv))
  expect(taken).toMatchObject({ status: 201, body: { fileName: 'log.csv', format: 'csv', columns: ['Όνομα', 'Μήνυμα', 'Ημερομηνία'], suggested: { author: 'Όνομα', text: 'Μήνυμα', at: 'Ημερομηνία' }, dateOrder: 'dmy', state: 'waiting' } })
  const id = taken.body['id'] as string
  const columns = { author: 'Όνομα', text: 'Μήνυμα', at: 'Ημερομηνία' }
  const run = async (dryRun: boolean) => {
    expect((await ask()('POST', `/imports/${id}/start`, { mapping: { columns }, dryRun })).body).toMatchObject({ state: 'waiting', dryRun })
    await runImport(bakery.house, { workspaceId: bakery.workspaceId, importId: bakery.sent.at(-1)!.id })
    return (await ask()('GET', `/imports/${id}`)).body
  }
  const wrong = { wrong: 1, errors: [{ line: 3, code: 'no-text', says: { el: 'Δεν υπάρχει κείμενο.' } }] }
  expect(await run(true)).toMatchObject({ state: 'done', made: 1, ...wrong })
  expect(await run(false)).toMatchObject({ state: 'done', rows: 2, made: 1, known: 0, ...wrong })
  expect((await ask()('POST', `/imports/${id}/start`, { mapping: { columns }, dryRun: false })).body['code']).toBe('wrong_state')
  const again = await ask()('POST', '/imports?name=log.csv', csv, { 'content-type': 'text/csv' })
  await ask()('POST', `/imports/${again.body['id'] as string}/start`, { mapping: { columns }, dryRun: false })
  expect(await runImport(bakery.house, { workspaceId: bakery.workspaceId, importId: again.body['id'] as string })).toMatchObject({ made: 0, known: 1 })
  expect((await ask()('GET', '/imports')).body['items']).toHaveLength(2)
})

test.each([
  ['log.csv', '', 422, 'file_broken'], ['log.json', '[{"text":"α"}]', 415, 'file_type_not_allowed'],
])('%s with %j leaves nothing behind when it is refused', async (name, text, status, code) => {
  const result = await ask()('POST', '/imports', form(name, text))
  expect(result.status).toBe(status)
  expect([result.body['code'], readdirSync(join(dataDir, 'imports', bakery.workspaceId))]).toEqual([code, []])
})

test('a mapping to a column that is not there names it and those that are', async () => {
  const { body } = await ask()('POST', '/imports', form('log.csv', csv))
  expect(await ask()('POST', `/imports/${body['id'] as string}/start`, { mapping: { columns: { text: 'Κείμενο' } } })).toMatchObject({ status: 422, body: { code: 'import_columns', detail: expect.stringContaining('Όνομα, Μήνυμα') as string } })
  expect((await ask()('POST', `/imports/${body['id'] as string}/start`, { mapping: { columns: { author: 'Όνομα' } } })).status).toBe(400)
  expect((await ask()('POST', `/imports/${body['id'] as string}/start`, { mapping: { columns: { text: 'Μήνυμα' }, zone: 'Mars/Olympus' } })).body['code']).toBe('zone_unknown')
})

test('only who manages the workspace brings files in', async () => {
  expect((await asking(importRoutes(bakery.house), bakery.maria)('GET', '/imports')).status).toBe(403)
})
