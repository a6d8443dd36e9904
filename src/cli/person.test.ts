import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Lang } from '#kit/lang.ts'
import { hear } from '#core/conversations/hear.ts'
import type { Receipt } from '#core/contacts/receipt.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { openBakery, saying, type Bakery } from '../../test/world/inbox.ts'
import { personCommand } from './person.ts'

let database: Database
let bakery: Bakery
let dir: string
beforeAll(async () => { database = await testDatabase(process.env['STOA_TEST_DATABASE']!) })
afterAll(() => database.close())
let named = 0
let email = ''
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'stoa-person-'))
  bakery = await openBakery(database, { dataDir: dir })
  email = `giorgos${named++}@example.gr`
  await bakery.write((tx) => hear({ tx, account: bakery.account, now: bakery.clock }, [saying('Έχετε ζυμωτό;', { by: 'giorgos', email })]))
  return () => rmSync(dir, { recursive: true })
})

async function run(lang: Lang, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const heard = { out: '', err: '' }
  const listen = (stream: NodeJS.WriteStream, to: 'out' | 'err') => vi.spyOn(stream, 'write').mockImplementation((text) => { heard[to] += String(text); return true })
  const spies = [listen(process.stdout, 'out'), listen(process.stderr, 'err')]
  const house = { ...bakery.house, hosts: { secret: (purpose: string) => `secret ${purpose}` } as never }
  try { return { code: await personCommand(house, args, lang), ...heard } } finally { for (const spy of spies) spy.mockRestore() }
}
const idIn = (out: string): string => out.split('\t')[0]!

describe('stoa person', () => {
  test('finds somebody by their address and by their id', async () => {
    const { code, out } = await run('en', 'find', email.toUpperCase())
    expect([code, out]).toEqual([0, expect.stringContaining(`giorgos\t${email}`)])
    expect((await run('en', 'find', idIn(out))).out).toBe(out)
    expect(await run('el', 'find', 'nobody@example.gr')).toMatchObject({ code: 1, err: 'Κανείς δεν είναι γνωστός με αυτό.\n' })
  })
  test('hands over everything of theirs in one file', async () => {
    const path = join(dir, 'giorgos.zip')
    expect(await run('en', 'export', email, '--to', path)).toMatchObject({ code: 0, out: `${path}\n` })
    expect(existsSync(path)).toBe(true)
  })
  test('says first what would go, then erases, and knows its own receipt again', async () => {
    expect(await run('el', 'erase', email)).toMatchObject({ code: 1, out: expect.stringMatching(/messages\t1[^]*προσθέστε --yes/) as string })
    const { code, out } = await run('en', 'erase', email, '--yes')
    expect(code).toBe(0)
    expect(JSON.parse(out) as Receipt).toMatchObject({ receipt: { by: 'stoa person erase', counts: { messages: 1, identities: 1 }, left: [] } })
    expect((await run('en', 'find', email)).code).toBe(1)
    const path = join(dir, 'receipt.json')
    writeFileSync(path, out)
    expect((await run('en', 'check', path)).code).toBe(0)
    writeFileSync(path, out.replace('"messages": 1', '"messages": 9'))
    expect(await run('el', 'check', path)).toMatchObject({ code: 1, out: expect.stringContaining('άλλαξε') as string })
  })
  test.each([[[]], [['erase']], [['forget', 'a@b.gr']], [['export', 'x']]])('%j is answered with what can be done', async (args) => {
    expect(await run('en', ...args)).toMatchObject({ code: 1, err: expect.stringMatching(/stoa person|Nobody/) as string })
  })
})
