import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asc, eq } from 'drizzle-orm'
import { Refusal } from '#kit/refusal.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { contacts } from '../contacts/tables.ts'
import { conversations, messages } from '../conversations/tables.ts'
import { events } from '../events/tables.ts'
import { openBakery, type Bakery } from '../../../test/world/inbox.ts'
import { mappingJson, runImport, tryFile } from './run.ts'
import type { Mapping } from './rules.ts'
import { changeImport, errorsOf, importById, makeImport, unfinishedImports } from './store.ts'

let database: Database
let bakery: Bakery
let dir: string
beforeAll(async () => { database = await testDatabase(process.env['STOA_TEST_DATABASE']!) })
afterAll(() => database.close())
beforeEach(async () => { bakery = await openBakery(database); dir = mkdtempSync(join(tmpdir(), 'stoa-import-')); return () => rmSync(dir, { recursive: true }) })

const mapping = (columns: Mapping['columns'], more: Partial<Mapping> = {}): Mapping => ({ columns, zone: 'Europe/Athens', ...more })
function file(name: string, content: string | Buffer): string {
  const path = join(dir, name)
  writeFileSync(path, content)
  return path
}
async function begin(path: string, given: Mapping, dryRun = false): Promise<string> {
  const row = await bakery.write((tx) => makeImport(tx, { fileName: path.split('/').at(-1)!, path, sha256: '', format: 'csv', mapping: mappingJson(given), totalBytes: statSync(path).size, dryRun, startedBy: bakery.eleni.id }))
  return row.id
}
const take = async (path: string, given: Mapping) => await runImport(bakery.house, { workspaceId: bakery.workspaceId, importId: await begin(path, given) })
const said = () => bakery.write((tx) => tx.select().from(messages).orderBy(asc(messages.saidAt), asc(messages.text)))
const talks = () => bakery.write((tx) => tx.select().from(conversations).orderBy(asc(conversations.lastMessageAt)))
const wrong = async (id: string) => (await bakery.write((tx) => errorsOf(tx, id, { after: 0, limit: 100 }))).map((one) => [one.line, one.code])

describe('bringing a file in', () => {
  test('makes conversations of its threads, people of its authors, and one event a batch', async () => {
    const path = file('log.csv', ['id,who,body,when,thread,inbound', '1,Γιώργος,Έχετε τσουρέκι;,2026-03-01 10:00,a,True', '2,Μαρία,"Ναι, από τις 8.",2026-03-01 10:05,a,False',
      '3,Γιώργος,Ευχαριστώ!,2026-03-01 10:06,a,True', '4,Anna,"Do you open on Sunday?",2026-03-02 09:00,b,True'].join('\r\n'))
    const result = await take(path, mapping({ id: 'id', author: 'who', text: 'body', at: 'when', thread: 'thread', direction: 'inbound' }))
    expect(result).toMatchObject({ state: 'done', rows: 4, made: 4, known: 0, wrong: 0 })
    const [first, second] = await talks()
    expect(first).toMatchObject({ messageCount: 3, turns: 2, lastText: 'Ευχαριστώ!', lastFrom: 'contact', lang: 'el', state: 'open', waitingSince: null, channel: 'import' })
    expect(second).toMatchObject({ messageCount: 1, lang: 'en' })
    expect((await said())[0]).toMatchObject({ saidAt: new Date('2026-03-01T08:00:00Z'), direction: 'in', text: 'Έχετε τσουρέκι;' })
    expect((await bakery.write((tx) => tx.select().from(contacts))).map((one) => one.name).sort()).toEqual(['Anna', 'Γιώργος'])
    const told = await bakery.write((tx) => tx.select().from(events))
    expect(told.filter((one) => one.name === 'message.received')).toEqual([])
    expect(told.filter((one) => one.name === 'conversations.imported').map((one) => one.data)).toEqual([{ importId: expect.any(String), rows: 4, conversations: 2 }])
  })
  test('a second time makes nothing new, with or without ids in the file', async () => {
    const rows = Array.from({ length: 1_200 }, (_, place) => `Γραμμή ${place},Άννα`)
    const path = file('plain.csv', ['text,author', ...rows].join('\n'))
    expect(await take(path, mapping({ text: 'text', author: 'author' }))).toMatchObject({ made: 1_200, known: 0 })
    const before = await said()
    expect(await take(path, mapping({ text: 'text', author: 'author' }))).toMatchObject({ made: 0, known: 1_200, wrong: 0 })
    expect(await said()).toEqual(before)
    expect(await bakery.write((tx) => tx.select().from(contacts))).toHaveLength(1)
  })
  test('reports each broken row by its line and takes the rest', async () => {
    const broken = Buffer.concat([Buffer.from('\ufefftext,author,when\nκαλή,Άννα,2026-03-01\n'), Buffer.from([0x63, 0xff, 0x64]), Buffer.from(',Άννα,2026-03-01\nλίγα\nπολλά,α,2026-03-01,δ\n,Άννα,2026-03-01\n"δύο\nγραμμές",Άννα,2026-03-01\n'
      + 'χθες,Άννα,yesterday\n=1+1,Άννα,2026-03-02\n\n"ανοιχτό,Άννα,2026-03-03\nτελευταία,Άννα,2026-03-04\n')])
    const path = file('broken.csv', broken)
    const id = await begin(path, mapping({ text: 'text', author: 'author', at: 'when' }))
    expect(await runImport(bakery.house, { workspaceId: bakery.workspaceId, importId: id })).toMatchObject({ state: 'done', made: 4, wrong: 6 })
    expect(await wrong(id)).toEqual([[3, 'bad-utf8'], [4, 'fields'], [5, 'fields'], [6, 'no-text'], [9, 'bad-time'], [12, 'open-quote']])
    expect((await said()).map((one) => one.text)).toEqual(['δύο\nγραμμές', 'καλή', '=1+1', 'τελευταία'])
  })
  test('reads JSON Lines, keeps long numbers whole and reports what is no JSON', async () => {
    const path = file('log.jsonl', '{"id":570300817074462722,"user":{"name":"Άννα"},"text":"Α"}\nόχι json\n{"id":570300817074462723,"user":{"name":"Άννα"},"text":"Β"}\n[1]\n')
    const id = await begin(path, mapping({ id: 'id', text: 'text', author: 'user.name' }))
    expect(await runImport(bakery.house, { workspaceId: bakery.workspaceId, importId: id })).toMatchObject({ made: 2, wrong: 2 })
    expect((await said()).map((one) => one.remoteId)).toEqual(['570300817074462722', '570300817074462723'])
    expect(await wrong(id)).toEqual([[2, 'bad-json'], [4, 'bad-json']])
  })
  test('knows the rows again when the same file comes under another name', async () => {
    const content = 'id,text,author\n1,Έχετε τσουρέκι;,Γιώργος\n2,Πότε ανοίγετε;,Άννα\n'
    const given = mapping({ id: 'id', text: 'text', author: 'author' })
    expect(await take(file('log.csv', content), given)).toMatchObject({ made: 2, known: 0 })
    expect(await take(file('log (1).csv', `${content}3,Και την Κυριακή;,Άννα\n`), given)).toMatchObject({ made: 1, known: 2 })
  })
  test('names the column that is missing, and keeps the import as failed', async () => {
    const id = await begin(file('log.csv', 'text,author\nα,β\n'), mapping({ text: 'body' }))
    await expect(runImport(bakery.house, { workspaceId: bakery.workspaceId, importId: id })).rejects.toThrow(Refusal)
    expect(await bakery.write((tx) => importById(tx, id))).toMatchObject({ state: 'failed', because: 'import_columns' })
  })
  test('a look ahead tells the same figures and writes nothing at all', async () => {
    const path = file('log.csv', 'text,author\nα,β\nα,β\n,γ\nδ,ε\n')
    const given = mapping({ text: 'text', author: 'author' })
    const tried = await tryFile(bakery.house, { workspaceId: bakery.workspaceId, path, fileName: 'log.csv', mapping: given, totalBytes: statSync(path).size })
    expect(tried).toMatchObject({ rows: 4, made: 2, known: 1, wrong: 1 })
    expect([await said(), await talks(), await bakery.write((tx) => tx.select().from(events))].flat()).toEqual([])
    expect(await take(path, given)).toMatchObject({ rows: 4, made: 2, known: 1, wrong: 1 })
  })
  test('a thread that begins with our own words finds its contact when they show, even batches later', async () => {
    const filler = Array.from({ length: 600 }, (_, place) => `f${place},in,x${place},Άλλος,f${place}`)
    const path = file('log.csv', ['id,side,thread,who,text', '1,out,a,Μαρία,Καλημέρα από τον φούρνο', ...filler, '2,in,a,Γιώργος,Καλημέρα!'].join('\n'))
    await take(path, mapping({ id: 'id', direction: 'side', thread: 'thread', author: 'who', text: 'text' }))
    const [contact] = await bakery.write((tx) => tx.select().from(contacts).where(eq(contacts.name, 'Γιώργος')))
    const talk = (await talks()).find((one) => one.rootRef === 'thread:a')
    expect(talk).toMatchObject({ contactId: contact?.id, messageCount: 2, turns: 1, lastFrom: 'contact' })
    expect(await bakery.write((tx) => tx.select().from(contacts).where(eq(contacts.name, 'Χωρίς όνομα')))).toEqual([])
  })
  test('stops when asked, and goes on from there', async () => {
    const path = file('long.csv', ['text', ...Array.from({ length: 3_000 }, (_, place) => `γραμμή ${place}`)].join('\n'))
    const id = await begin(path, mapping({ text: 'text' }))
    let asked: Promise<void> | undefined
    const stopped = await runImport(bakery.house, { workspaceId: bakery.workspaceId, importId: id }, { onProgress: () => { asked ??= bakery.write((tx) => changeImport(tx, id, { state: 'stopped' })) } })
    await asked
    expect(stopped.state).toBe('stopped')
    expect(stopped.made).toBeLessThan(3_000)
    await bakery.write((tx) => changeImport(tx, id, { state: 'waiting' }))
    expect(await runImport(bakery.house, { workspaceId: bakery.workspaceId, importId: id })).toMatchObject({ state: 'done', rows: 3_000, made: 3_000, known: 0 })
    expect(await said()).toHaveLength(3_000)
  })
})

const child = `
  import { openDatabase } from '#db/database.ts'
  import { runImport } from '#core/imports/run.ts'
  const [url, workspaceId, importId] = process.argv.slice(1)
  const database = openDatabase(url, { connections: 2 })
  await runImport({ database, now: () => new Date() }, { workspaceId, importId }, { onProgress: ({ rows }) => process.stdout.write(rows + '\\n') })
  await database.close()
  process.stdout.write('done\\n')`

/** Runs the import in a process of its own and kills it without warning after so many batches. */
function runKilled(id: string, batches: number): Promise<number> {
  return new Promise((done) => {
    const running = spawn(process.execPath, ['--input-type=module', '-e', child, database.url, bakery.workspaceId, id], { stdio: ['ignore', 'pipe', 'inherit'] })
    let seen = 0
    running.stdout.setEncoding('utf8').on('data', (text: string) => { seen += text.split('\n').length - 1; if (seen >= batches) running.kill('SIGKILL') })
    running.on('exit', () => done(seen))
  })
}

test('killed three times without warning, it ends with the very rows of one clean run', { timeout: 60_000 }, async () => {
  const lines = Array.from({ length: 12_000 }, (_, place) => (place % 97 === 0 ? 'μία,δύο,τρία,τέσσερα,πέντε' : `${place},τ${place % 700},πελάτης ${place % 300},"Μήνυμα, αριθμός ${place}"`))
  const content = ['id,thread,author,text', ...lines].join('\n')
  const given = mapping({ id: 'id', thread: 'thread', author: 'author', text: 'text' })
  const clean = await take(file('clean.csv', content), given)
  // Put aside under a name of its own, so that the same rows are new once more.
  await bakery.write((tx) => tx.execute("update accounts set handle = 'clean' where channel = 'import'"))
  const id = await begin(file('killed.csv', content), given)
  for (const batches of [2, 3, 4]) {
    await runKilled(id, batches)
    expect(await bakery.write((tx) => unfinishedImports(tx))).toMatchObject([{ id }])
  }
  const result = await runImport(bakery.house, { workspaceId: bakery.workspaceId, importId: id })
  expect(result).toEqual({ ...clean, totalBytes: result.totalBytes })
  const rowsOf = async (kind: 'clean' | 'killed') => {
    const all = await bakery.write((tx) => tx.execute<{ n: string; talks: string; turns: string; counted: string }>(`select count(*) n, count(distinct m.conversation_id) talks, (select sum(message_count) from conversations c where c.account_id = a.id) counted
      from messages m join accounts a on a.id = m.account_id where a.channel = 'import' and (a.handle = 'clean') = ${kind === 'clean'} group by a.id`))
    return all.rows[0]
  }
  expect(await rowsOf('killed')).toEqual(await rowsOf('clean'))
  expect(Number((await rowsOf('killed'))?.counted)).toBe(result.made)
  expect(result.wrong).toBe(124)
  expect(await bakery.write((tx) => errorsOf(tx, id, { after: 0, limit: 1_000 }))).toHaveLength(124)
})
