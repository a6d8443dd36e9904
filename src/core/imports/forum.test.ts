import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testForum, type TestForum } from '../../channels/forum/test-forum.ts'
import { forum } from '../../channels/forum/index.ts'
import { letters } from '../letters/tables.ts'
import { conversations, messages } from '../conversations/tables.ts'
import { layOut } from './forum-unpack.ts'
import { inspect } from './inspect.ts'
import { mappingJson, runImport, tryFile, type ImportHouse } from './run.ts'
import { changeImport, errorsOf, makeImport } from './store.ts'

const sample = (name: string): string => new URL(`./samples/${name}`, import.meta.url).pathname
let room: TestForum
let house: ImportHouse
let dir: string
beforeAll(async () => {
  room = await testForum()
  house = { database: room.database, now: () => new Date(), channels: [forum as never], hosts: room.hosts }
})
afterAll(() => room.close())
beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'stoa-forum-')); return () => rmSync(dir, { recursive: true }) })

async function begin(path: string): Promise<string> {
  const to = join(dir, 'laid-out')
  expect(await layOut(path, to)).toBe(true)
  const seen = await inspect(to)
  const mapping = mappingJson({ columns: seen.suggested, zone: 'Europe/Athens' })
  return (await room.database.write(room.world.workspaceId, (tx) => makeImport(tx, { fileName: 'forum', path: to, sha256: '', format: seen.format, mapping, totalBytes: statSync(to).size, startedBy: room.world.eleni.id }))).id
}
const go = (importId: string, signal?: AbortSignal) => runImport(house, { workspaceId: room.world.workspaceId, importId }, signal ? { signal } : {})
const read = <T>(work: Parameters<typeof room.database.read<T>>[1]): Promise<T> => room.database.read(room.world.workspaceId, work)
const wrong = async (id: string) => (await read((db) => errorsOf(db, id, { after: 0, limit: 100 }))).map(({ code, value }) => [code, value])

/** A ZIP as any program writes it. */
function zip(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = []
  const list: Buffer[] = []
  for (const [name, text] of Object.entries(files)) {
    const [bytes, packed, called] = [Buffer.from(text), deflateRawSync(text), Buffer.from(name)]
    const place = parts.reduce((sum, one) => sum + one.length, 0)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0); common.writeUInt16LE(8, 4); common.writeUInt32LE(crc32(bytes), 10); common.writeUInt32LE(packed.length, 14); common.writeUInt32LE(bytes.length, 18); common.writeUInt16LE(called.length, 22)
    parts.push(Buffer.from([0x50, 0x4b, 3, 4]), common, called, packed)
    const where = Buffer.alloc(14)
    where.writeUInt32LE(place, 10)
    list.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), common, where, called)
  }
  const [before, listed] = [Buffer.concat(parts), Buffer.concat(list)]
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0); end.writeUInt16LE(list.length / 4, 8); end.writeUInt16LE(list.length / 4, 10); end.writeUInt32LE(listed.length, 12); end.writeUInt32LE(before.length, 16)
  return Buffer.concat([before, listed, end])
}

describe('an export of Discourse', () => {
  test('brings topics with their authors, times, categories, tags and what helped; what only some may read stays behind', async () => {
    const id = await begin(sample('discourse'))
    const path = join(dir, 'laid-out')
    const trying = { workspaceId: room.world.workspaceId, path, fileName: 'forum', mapping: { columns: { text: 'text' }, zone: 'UTC' }, totalBytes: statSync(path).size }
    expect(await tryFile(house, trying)).toMatchObject({ rows: 6, made: 4, known: 0, wrong: 2 })
    expect(await go(id)).toMatchObject({ state: 'done', rows: 6, made: 4, known: 0, wrong: 2 })
    expect(await wrong(id)).toEqual([['bad-json', 'zz-broken.json'], ['bad-post', 'poso-nero.41-posts.json #2: created_at']])
    expect(await tryFile(house, trying)).toMatchObject({ made: 0, known: 4 })

    const visitor = room.visitor()
    const led = await visitor.get('/t/poso-nero/41')
    expect([led.status, led.location]).toEqual([301, expect.stringMatching(/^\/forum\/t\/poso-nero-.*-[0-9a-z]{8}$/)])
    const { html } = await visitor.get(led.location)
    for (const words of ['Πόσο νερό θέλει το αλεύρι σίκαλης;', 'Γιώργος', 'AnnaMylou', '<strong>500 γρ.</strong>', '<strong>giorgos:</strong>', '🙂', 'href="/t/alati/42"', 'Κι εγώ 380', 'rel="tag"', 'σίκαλη', '/forum/c/sourdough', '3 ευχαριστώ', 'class="solution"', 'Το θέμα έκλεισε']) expect(html, words).toContain(words)
    for (const words of ['alert(1)', 'Buy gold', 'Μισθοί', 'spammer']) expect(html, words).not.toContain(words)
    expect((await visitor.get('/t/poso-nero/41/2')).location).toMatch(/^\/forum\/p\//)
    expect((await visitor.get('/c/prozymi/5')).location).toBe('/forum/c/sourdough')
    for (const path of ['/t/x/50', '/t/x/51', '/t/x/999', '/c/omada/9', '/t/x/notanumber']) expect((await visitor.get(path)).status, path).toBe(404)
    expect((await visitor.get('/forum/c/sourdough')).html).toContain('3 απαντήσεις')
  })

  test('nobody is told of it and nobody waits; the inbox knows it, and a member may still decide about it', async () => {
    const talks = await read((db) => db.select().from(conversations).where(eq(conversations.channel, 'forum')))
    expect(talks).toMatchObject([{ state: 'done', waitingSince: null, messageCount: 4, subject: 'Πόσο νερό θέλει το αλεύρι σίκαλης;' }])
    const said = await read((db) => db.select().from(messages).where(eq(messages.conversationId, talks[0]!.id)))
    expect(said.map((one) => one.moderation)).toEqual(['shown', 'shown', 'shown', 'shown'])
    expect(await read((db) => db.$count(letters))).toBe(0)
    const nikos = said.find((one) => one.authorName === 'Νίκος')!
    const seat = room.visitor({ ...room.world.eleni, role: 'owner', workspaceId: room.world.workspaceId } as never)
    expect((await seat.post(`/forum/manage/p/${nikos.remoteId}`, { to: 'hidden', reason: 'Δεν αφορά το θέμα.' })).status).toBe(303)
    const { location } = await room.visitor().get('/t/poso-nero/41')
    expect((await room.visitor().get(location)).html).not.toContain('Κι εγώ 380')
  })

  test('is safe to repeat, also from a ZIP, and a topic of another forum is told apart', async () => {
    const files = Object.fromEntries(['site.json', 'poso-nero.41.json'].map((name) => [`export/${name}`, readFileSync(sample(`discourse/${name}`), 'utf8')]))
    const path = join(dir, 'export.zip')
    writeFileSync(path, zip(files))
    expect(await go(await begin(path))).toMatchObject({ rows: 3, made: 0, known: 3, wrong: 0 })
    writeFileSync(path, zip({ 'x.json': files['export/poso-nero.41.json']!.replaceAll('2021-03-04T09:15', '2019-01-01T09:15') }))
    const id = await begin(path)
    expect(await go(id)).toMatchObject({ made: 0, known: 0, wrong: 3 })
    expect((await wrong(id)).map(([code]) => code)).toEqual(['other-forum', 'other-forum', 'other-forum'])
    writeFileSync(path, zip(files).subarray(0, 400))
    await expect(layOut(path, join(dir, 'x'))).rejects.toMatchObject({ code: 'file_broken' })
  })

  test('a name that is taken stays whose it is', async () => {
    const seat = room.visitor()
    expect((await seat.post('/forum/sign-in', { do: 'join', name: 'Γιωργος', passphrase: 'ψωμί-ελιές-λάδι', to: '/forum' })).status).toBe(409)
  })
})

describe('an export of NodeBB', () => {
  test('brings its topics, one a line, and old addresses lead to them', async () => {
    const id = await begin(sample('nodebb.jsonl'))
    expect(await go(id)).toMatchObject({ rows: 4, made: 3, known: 0, wrong: 1 })
    expect(await wrong(id)).toEqual([['bad-post', 'line 3']])
    const visitor = room.visitor()
    const { location } = await visitor.get('/topic/3/bread-salt')
    const { html } = await visitor.get(location)
    for (const words of ['Bread &amp; salt', 'Tom of Leeds', 'How much <em>salt</em>?', 'maria', 'class="solution"', '4 ευχαριστώ', 'Crumb &amp; crust']) expect(html, words).toContain(words)
    expect(html).not.toContain('vanished')
    expect((await visitor.get('/post/8')).location).toMatch(/^\/forum\/p\//)
    expect((await visitor.get('/topic/3/bread-salt/2')).location).toBe((await visitor.get('/post/8')).location)
    expect((await visitor.get('/category/2/crumb')).location).toBe('/forum/c/crumb-crust')
    expect((await visitor.get('/topic/99')).status).toBe(404)
  })
})

describe('a large export', () => {
  test('killed between two batches, goes on without making anything twice', async () => {
    const topic = (n: number) => JSON.stringify({ tid: 1000 + n, title: `Topic ${n}`, mainPid: 5000 + 2 * n, timestamp: 1614849300000 + n, posts: [0, 1].map((m) => ({ pid: 5000 + 2 * n + m, uid: m + 70, content: `<p>Word ${m}</p>`, timestamp: 1614849300000 + n + m, user: { uid: m + 70, username: `neighbour ${m}` } })), category: { name: 'Old', description: '' }, cid: 77 })
    const path = join(dir, 'large.jsonl')
    writeFileSync(path, Array.from({ length: 400 }, (_, n) => topic(n)).join('\n'))
    const id = await begin(path)
    const leaving = new AbortController()
    let batches = 0
    await expect(runImport(house, { workspaceId: room.world.workspaceId, importId: id }, { signal: leaving.signal, onProgress: () => { if (++batches === 1) leaving.abort() } })).rejects.toThrow()
    await room.database.write(room.world.workspaceId, (tx) => changeImport(tx, id, { state: 'running' }))
    expect(await go(id)).toMatchObject({ state: 'done', rows: 800, made: 800, known: 0, wrong: 0 })
    expect((await room.visitor().get('/forum/c/old')).html).toContain('Topic 399')
  }, 20_000)
  test('what is no forum is left to the other readers', async () => {
    cpSync(sample('disqus.xml'), join(dir, 'a.xml'))
    writeFileSync(join(dir, 'b.csv'), 'id,text\n1,γεια\n')
    writeFileSync(join(dir, 'c.jsonl'), '{"id":1,"text":"γεια"}\n{"id":2,"text":"x"}\n')
    for (const name of ['a.xml', 'b.csv', 'c.jsonl']) expect(await layOut(join(dir, name), join(dir, 'out')), name).toBe(false)
  })
})
