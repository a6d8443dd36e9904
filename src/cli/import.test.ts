import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { messages } from '#core/conversations/tables.ts'
import { imports } from '#core/imports/tables.ts'
import { openBakery, type Bakery } from '../../test/world/inbox.ts'
import { importCommand } from './import.ts'

let database: Database
let bakery: Bakery
let dir: string
beforeAll(async () => { database = await testDatabase(process.env['STOA_TEST_DATABASE']!); bakery = await openBakery(database) })
afterAll(() => database.close())
beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'stoa-cli-')); return () => rmSync(dir, { recursive: true }) })

async function run(lang: 'en' | 'el', ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const code = await importCommand({ house: bakery.house, args, lang, out: { write: (text) => { out += text } }, err: { write: (text) => { err += text } } })
  return { code, out, err }
}
function file(name: string, text: string): string {
  writeFileSync(join(dir, name), text)
  return join(dir, name)
}
const kept = () => bakery.write((tx) => tx.$count(messages))

describe('stoa import conversations', () => {
  test('tries first without writing, then takes the file in, then finds it known', async () => {
    const path = file('talk.csv', 'airline,text,tweet_created\nAegean,Πού είναι η βαλίτσα μου;,2/24/2015 11:14\nAegean,,2/24/2015 11:15\n')
    const args = ['conversations', path, '--map', 'text=text,author=airline,at=tweet_created']
    expect(await run('en', ...args, '--dry-run')).toMatchObject({ code: 0, out: 'Dry run, nothing was written. 2 rows: 1 would be new, 0 are known, 1 are wrong.\n', err: expect.stringContaining('line 3: There is no text. "text"') as string })
    expect([await kept(), await bakery.write((tx) => tx.$count(imports))]).toEqual([0, 0])
    expect((await run('el', ...args)).out).toMatch(/^2 γραμμές σε [\d.]+ δ\.: 1 νέες, 0 γνωστές, 1 λάθος\.\n$/)
    expect((await run('en', ...args)).out).toContain('0 new, 1 known, 1 wrong')
    expect(await kept()).toBe(1)
  })
  test('guesses the columns by their names and says so', async () => {
    expect(await run('en', 'conversations', file('guess.csv', 'id,name,message\n1,Άννα,Γεια\n'), '--dry-run')).toMatchObject({ code: 0, err: expect.stringContaining('id=id,text=message,author=name') as string })
  })
  test.each([
    [['conversations', 'nowhere.csv'], 'no such file'], [['conversations', 'FILE', '--map', 'text=nothing'], 'no column called nothing'], [['conversations', 'FILE', '--map', 'wording=a'], 'cannot be read|field=column'],
    [['conversations', 'FILE', '--map', 'text=a', '--zone', 'Mars/Olympus'], 'no time zone'], [['conversations', 'FILE', '--map', 'text=a', '--date-order', 'ymd'], 'dmy or mdy'],
    [['conversations', 'FILE', '--workspace', 'Other'], 'no such workspace'], [['conversations', 'FILE', '--unknown'], 'unknown'], [['conversations', 'FILE'], 'Which column holds the text'],
  ])('%j is refused with a sentence', async (args, sentence) => {
    const path = file('plain.csv', 'a,b\n1,2\n')
    const result = await run('en', ...args.map((one) => (one === 'FILE' ? path : one)))
    expect(result.code).toBe(1)
    expect(result.err).toMatch(new RegExp(sentence))
  })
  test('tells how it is used', async () => {
    expect(await run('el', '--help')).toMatchObject({ code: 0, out: expect.stringContaining('--dry-run') as string })
    expect((await run('en', 'posts')).code).toBe(1)
  })
})
