import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { crc32, inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#kit/id.ts'
import { testDatabase } from '#db/testing.ts'
import type { Database } from '#db/database.ts'
import { openBakery, saying } from '../../../test/world/inbox.ts'
import { hear } from '../conversations/hear.ts'
import { filePath } from '../files/store.ts'
import { files } from '../files/tables.ts'
import { exportPerson } from './export.ts'
import { listContacts } from './store.ts'
import { zip } from './zip.ts'

let database: Database
beforeAll(async () => { database = await testDatabase(process.env['STOA_TEST_DATABASE']!) })
afterAll(() => database.close())

/** Reads an archive by its directory, as any program does. */
function unzip(archive: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>()
  const end = archive.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  let place = archive.readUInt32LE(end + 16)
  for (let n = 0; n < archive.readUInt16LE(end + 10); n++) {
    const [method, crc, size, nameLength, local] = [archive.readUInt16LE(place + 10), archive.readUInt32LE(place + 16), archive.readUInt32LE(place + 20), archive.readUInt16LE(place + 28), archive.readUInt32LE(place + 42)]
    const start = local + 30 + archive.readUInt16LE(local + 26)
    const packed = archive.subarray(start, start + size)
    const data = method === 8 ? inflateRawSync(packed) : packed
    expect(crc32(data)).toBe(crc)
    found.set(archive.subarray(place + 46, place + 46 + nameLength).toString('utf8'), data)
    place += 46 + nameLength
  }
  return found
}

test('an archive gives back what was put in', () => {
  fc.assert(fc.property(fc.array(fc.record({ name: fc.stringMatching(/^[a-zα-ω]{1,12}$/), data: fc.uint8Array({ maxLength: 300 }) }), { maxLength: 6 }), (given) => {
    const entries = [...new Map(given.map((one) => [one.name, one])).values()]
    const read = unzip(zip(entries.map((one) => ({ ...one, at: new Date('2026-05-04T09:00:00Z') }))))
    expect([...read].map(([name, data]) => [name, [...data]])).toEqual(entries.map((one) => [one.name, [...one.data]]))
  }))
})

test('a person is given everything of theirs, readable, with the files, and nothing of others', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'stoa-export-'))
  try {
    const bakery = await openBakery(database, { dataDir })
    const fileId = newId()
    const mine = saying('Έχετε ζυμωτό;', { by: 'giorgos', files: [{ id: fileId, name: 'λίστα.txt', type: 'text/plain', bytes: 4, url: '/files/x' }] } as never)
    await bakery.write((tx) => hear({ tx, account: bakery.account, now: bakery.clock }, [mine, saying('Κι εγώ ρωτώ', { by: 'anna', inReplyTo: mine.ref })]))
    const path = filePath(dataDir, { workspaceId: bakery.workspaceId, id: fileId })
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, 'ψωμί')
    await bakery.write((tx) => tx.insert(files).values({ id: fileId, name: 'λίστα.txt', type: 'text/plain', bytes: 8, sha256: 's', by: 'giorgos', at: bakery.clock }))
    const { items } = await bakery.write((tx) => listContacts(tx, { q: 'giorgos', limit: 5 }))
    const { data } = await exportPerson(bakery.house, bakery.workspaceId, items[0]!.id)
    const read = unzip(data)
    expect([...read.keys()]).toEqual(['person.json', 'conversations.md', `files/${fileId}-λίστα.txt`])
    expect(JSON.parse(read.get('person.json')!.toString())).toMatchObject({ card: { name: 'giorgos' }, identities: [{ handle: '@giorgos' }], conversations: [{ messages: [{ text: 'Έχετε ζυμωτό;' }] }], events: [{ name: 'message.received' }] })
    expect(read.get('conversations.md')!.toString()).toContain('**giorgos**')
    expect(read.get(`files/${fileId}-λίστα.txt`)!.toString()).toBe('ψωμί')
    expect([...read.values()].join('')).not.toContain('Κι εγώ ρωτώ')
    writeFileSync(join(dataDir, 'p.zip'), data)
    const python = spawnSync('python3', ['-c', 'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); print(z.testzip(), len(z.namelist()))', join(dataDir, 'p.zip')], { encoding: 'utf8' })
    if (!python.error) expect(python.stdout.trim()).toBe('None 3')
  } finally { rmSync(dataDir, { recursive: true, force: true }) }
})
