// How fast the inbox answers over HTTP with 7,320 and with 200,000 more conversations: lists, filters, counts, pages further down, and search in both languages.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeImport } from '#core/imports/store.ts'
import { mappingJson, runImport } from '#core/imports/run.ts'
import { dice, writeAirlineFile } from './airline.ts'
import { openStoa } from './open.ts'
import { percentile } from './percentile.ts'
import { report } from './run.mjs'

const rounds = Number(process.argv[2] ?? 300)
const many = Number(process.argv[3] ?? 200_000)
const dir = mkdtempSync(join(tmpdir(), 'stoa-bench-inbox-'))
const stoa = await openStoa('own')

async function fill(name: string, rows: number): Promise<void> {
  const path = join(dir, name)
  await writeAirlineFile(path, rows)
  const mapping = mappingJson({ columns: { id: 'tweet_id', text: 'text', author: 'airline', at: 'tweet_created' }, zone: 'UTC' })
  const row = await stoa.database.write(stoa.workspaceId, (tx) => makeImport(tx, { fileName: name, path, sha256: '', format: 'csv', mapping, totalBytes: statSync(path).size }))
  await runImport({ database: stoa.database, now: () => new Date() }, { workspaceId: stoa.workspaceId, importId: row.id })
}

const words = ['βαλίτσα', 'βαλιτσες', 'ΠΤΗΣΗ', 'χρηματα', 'πλήρωμα', 'Κέρκυρα', 'luggage', 'bag', 'refund', 'rebook', 'Athens', 'seat 12A', '"flight late"', 'vegetarian -Athens', 'ref 4242', 'βαλ', 're', 'Meltemi']
interface Page { readonly items: readonly { readonly lang: string | null }[]; readonly next: string | null }

async function measure(kind: string, path: () => string, times = rounds): Promise<Record<string, number>> {
  const took: number[] = []
  for (let round = 0; round < times; round++) {
    const start = performance.now()
    await stoa.ask<Page>('GET', path())
    took.push(performance.now() - start)
  }
  took.sort((a, b) => a - b)
  const short = (value: number): number => Math.round(value * 10) / 10
  return { [`${kind} median ms`]: short(percentile(took, 0.5)), [`${kind} p95 ms`]: short(percentile(took, 0.95)), [`${kind} worst ms`]: short(took.at(-1) ?? Number.NaN) }
}

async function measureAll(size: string): Promise<Record<string, number>> {
  const random = dice(11)
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)]!
  let cursor: string | null = null
  for (let page = 0; page < 20; page++) cursor = (await stoa.ask<Page>('GET', `conversations?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)).next
  return {
    ...await measure(`${size} list`, () => `conversations?view=${pick(['all', 'unassigned', 'waiting', 'mine', 'done', 'held'])}`),
    ...await measure(`${size} filter`, () => `conversations?lang=${pick(['en', 'el'])}&channel=import&view=${pick(['all', 'unassigned'])}`),
    ...await measure(`${size} further`, () => `conversations?cursor=${encodeURIComponent(cursor ?? '')}`),
    ...await measure(`${size} counts`, () => 'conversations/counts'),
    ...await measure(`${size} search`, () => `conversations?q=${encodeURIComponent(pick(words))}`),
    ...await measure(`${size} searchFiltered`, () => `conversations?lang=el&q=${encodeURIComponent(pick(words))}`),
  }
}

try {
  await fill('tweets.csv', 7_320)
  const small = await measureAll('7k')
  await fill('many.csv', many)
  await stoa.database.write(stoa.workspaceId, (tx) => tx.execute('analyze'))
  const figures = { ...small, ...await measureAll(`${Math.round((many + 7_320) / 1000)}k`) }
  report({ name: 'inbox', figures, targets: Object.fromEntries(Object.keys(figures).filter((key) => key.endsWith('p95 ms')).map((key) => [key, { max: 100 }])) })
} finally {
  await stoa.close()
  rmSync(dir, { recursive: true, force: true })
}
