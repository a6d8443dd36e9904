import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { ensureAccount } from '../accounts/store.ts'
import { contacts } from '../contacts/tables.ts'
import { commentedPages, conversations, messages } from '../conversations/tables.ts'
import { talkAt } from '../conversations/thread.ts'
import { openBakery, type Bakery } from '../../../test/world/inbox.ts'
import { wordsOf } from './comments-read.ts'
import { inspect } from './inspect.ts'
import { mappingJson, runImport, tryFile } from './run.ts'
import { changeImport, errorsOf, makeImport } from './store.ts'

let database: Database
let bakery: Bakery
let dir: string
let account: string
beforeAll(async () => { database = await testDatabase(process.env['STOA_TEST_DATABASE']!) })
afterAll(() => database.close())
beforeEach(async () => {
  bakery = await openBakery(database)
  dir = mkdtempSync(join(tmpdir(), 'stoa-comments-'))
  account = (await bakery.write((tx) => ensureAccount(tx, { channel: 'comments', handle: 'blog.fournos.example', name: 'Blog', settings: { sites: 'https://blog.fournos.example', first: 'nobody' } }))).id
  return () => rmSync(dir, { recursive: true })
})

const sampleText = (name: string): string => readFileSync(new URL(`./samples/${name}.xml`, import.meta.url), 'utf8')
function sample(name: 'disqus' | 'wordpress'): string {
  const path = join(dir, `${name}.xml`)
  copyFileSync(new URL(`./samples/${name}.xml`, import.meta.url), path)
  return path
}
function file(text: string): string {
  const path = join(dir, 'export.xml')
  writeFileSync(path, text)
  return path
}
async function begin(path: string): Promise<string> {
  const seen = await inspect(path)
  const mapping = mappingJson({ columns: seen.suggested, zone: 'Europe/Athens' })
  return (await bakery.write((tx) => makeImport(tx, { fileName: path.split('/').at(-1)!, path, sha256: '', format: seen.format, mapping, totalBytes: statSync(path).size, startedBy: bakery.eleni.id }))).id
}
const go = async (importId: string, signal?: AbortSignal) => runImport(bakery.house, { workspaceId: bakery.workspaceId, importId }, signal ? { signal } : {})
const take = async (path: string) => await go(await begin(path))
const said = () => bakery.write((tx) => tx.select().from(messages).where(eq(messages.accountId, account)).orderBy(asc(messages.saidAt)))
const talks = () => bakery.write((tx) => tx.select().from(conversations).where(eq(conversations.accountId, account)).orderBy(asc(conversations.lastMessageAt)))
const wrong = async (id: string) => (await bakery.write((tx) => errorsOf(tx, id, { after: 0, limit: 100 }))).map((one) => [one.line, one.code])

describe('an export of Disqus', () => {
  test('brings its comments under their pages, with who answered whom', async () => {
    const id = await begin(sample('disqus'))
    expect(await go(id)).toMatchObject({ state: 'done', rows: 3, made: 2, known: 0, wrong: 1 })
    expect(await wrong(id)).toEqual([[73, 'no-page']])
    const [first, second] = await said()
    expect(first).toMatchObject({ authorName: 'Γιώργος', text: 'Τι ώρα βγαίνει το ψωμί ζέας;\n\nΚαι πόσο κρατά; x', moderation: 'shown', saidAt: new Date('2021-03-04T09:15:00Z') })
    expect(first!.html).not.toContain('javascript')
    expect(second).toMatchObject({ authorName: 'Άννα', parentId: first!.id, conversationId: first!.conversationId })
    expect(await talks()).toMatchObject([{ channel: 'comments', subject: 'Ψωμί ζέας & προζύμι', messageCount: 2, waitingSince: null, held: 0 }])
    const talk = await bakery.write((tx) => talkAt(tx, account, 'https://blog.fournos.example/psomi-zeas/'))
    expect(talk.map((one) => [one.author.name, one.parentId])).toEqual([['Γιώργος', null], ['Άννα', talk[0]!.id]])
    expect(await bakery.write((tx) => tx.select().from(contacts).where(eq(contacts.email, 'giorgos@example.gr')))).toHaveLength(1)
  })
  test('makes nothing new the second time', async () => {
    await take(sample('disqus'))
    expect(await take(sample('disqus'))).toMatchObject({ made: 0, known: 2, wrong: 1 })
    expect(await said()).toHaveLength(2)
    expect(await bakery.write((tx) => tx.select().from(commentedPages))).toHaveLength(1)
  })
  test('is only looked at when that was asked', async () => {
    const path = sample('disqus')
    const tried = await tryFile(bakery.house, { workspaceId: bakery.workspaceId, path, fileName: 'disqus.xml', mapping: { columns: (await inspect(path)).suggested, zone: 'UTC' }, totalBytes: 1 })
    expect(tried).toMatchObject({ rows: 3, made: 2, wrong: 1 })
    expect(await said()).toEqual([])
  })
})

describe('an export of WordPress', () => {
  test('brings its comments, holds what nobody had read yet, and leaves pingbacks', async () => {
    const id = await begin(sample('wordpress'))
    expect(await go(id)).toMatchObject({ state: 'done', rows: 4, made: 3, wrong: 1 })
    expect(await wrong(id)).toEqual([[70, 'no-text']])
    const all = await said()
    expect(all.map((one) => [one.authorName, one.moderation])).toEqual([['Νίκος Α.', 'shown'], ['eleni', 'shown'], ['Περιμένει', 'held']])
    expect(all[0]).toMatchObject({ text: 'Βάζετε & μέλι;\n\nΉ μόνο ζάχαρη;', saidAt: new Date('2023-11-10T08:00:00Z'), remoteUrl: expect.stringContaining('https://blog.fournos.example/2023/11/koulouria/#stoa-wp:') })
    expect(all[1]!.parentId).toBe(all[0]!.id)
    expect((await talks()).map((one) => [one.messageCount, one.held])).toEqual([[2, 0], [0, 1]])
  })
})

describe('a long export', () => {
  const posts = 1_300
  const long = (): string => {
    const one = (n: number): string => `<post dsq:id="${n}"><message><![CDATA[<p>Σχόλιο ${n}</p>]]></message><createdAt>2021-03-04T09:15:00Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Α${n % 50}</name></author><thread dsq:id="1" />${n % 3 === 0 ? `<parent dsq:id="${n - 1}" />` : ''}</post>\n`
    return `<disqus xmlns:dsq="x">\n<thread dsq:id="1"><link>https://blog.fournos.example/long</link><title>Long</title></thread>\n${Array.from({ length: posts }, (_, n) => one(n + 1)).join('')}</disqus>\n`
  }
  test('goes on after the last whole batch when it was cut short, and doubles nothing', async () => {
    const id = await begin(file(long()))
    const leaving = new AbortController()
    await expect(runImport(bakery.house, { workspaceId: bakery.workspaceId, importId: id }, { signal: leaving.signal, onProgress: () => leaving.abort() })).rejects.toThrow()
    const before = (await said()).length
    expect(before).toBeGreaterThan(0)
    expect(before).toBeLessThan(posts)
    expect(await go(id)).toMatchObject({ state: 'done', rows: posts, made: posts, known: 0, wrong: 0 })
    const all = await said()
    expect(all).toHaveLength(posts)
    expect(all.filter((one) => one.parentId !== null)).toHaveLength(Math.floor(posts / 3))
  })
  test('taken up again by hand after it was stopped names the right lines', async () => {
    const broken = long().replace('Σχόλιο 1200</p>', ' </p>')
    const id = await begin(file(broken))
    await bakery.write((tx) => changeImport(tx, id, { state: 'running', doneBytes: Buffer.byteLength(broken.slice(0, broken.indexOf('<post dsq:id="1001"'))), doneLines: 1_002 }))
    expect(await go(id)).toMatchObject({ state: 'done', made: posts - 1_001, wrong: 1 })
    expect(await wrong(id)).toEqual([[1_202, 'no-text']])
  })
})

describe('a file that is none', () => {
  test.each([
    ['a document type', '<?xml version="1.0"?><!DOCTYPE disqus [<!ENTITY x SYSTEM "file:///etc/passwd">]><disqus></disqus>', 'xml_doctype'], ['other XML', '<html><body/></html>', 'file_type_not_allowed'],
    ['another encoding', '<?xml version="1.0" encoding="ISO-8859-7"?><disqus></disqus>', 'file_type_not_allowed'], ['tags that do not close', '<disqus><post></thread></disqus>', 'file_broken'],
  ])('is refused: %s', async (_what, text, code) => { await expect(inspect(file(text))).rejects.toMatchObject({ code }) })
  test('keeps what came before its end was cut off', async () => {
    const text = sampleText('disqus')
    const id = await begin(file(text.slice(0, text.indexOf('<post dsq:id="5000000003"') + 40)))
    expect(await go(id)).toMatchObject({ state: 'done', made: 2, wrong: 1 })
    expect(await wrong(id)).toEqual([[expect.any(Number), 'cut-short']])
  })
})

test.each([['<p>α</p><p>β</p>', 'α\n\nβ'], ['α<br>β', 'α\nβ'], ['1 < 2 &amp;&amp; 3 &gt; 2', '1 < 2 && 3 > 2'], ['<script>alert(1)</script>γ', 'γ'], ['&amp;lt;b&amp;gt;', '&lt;b&gt;']])('%s reads %j', (html, words) => { expect(wordsOf(html)).toBe(words) })
