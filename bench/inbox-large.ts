// The inbox with five million messages in a million conversations, while fifty members use it: lists and pages at any depth in SQL
// and over HTTP, search for rare, medium, very common and two words, and beside it the way of others, ILIKE over a trigram index.
//   npm run bench:inbox-large [-- MESSAGES SECONDS]
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { listConversations } from '#core/conversations/store.ts'
import { dice } from './airline.ts'
import { fillInbox, sentences, type Vocabulary } from './inbox-fill.ts'
import { openStoa } from './open.ts'
import { percentile } from './percentile.ts'
import { report } from './run.mjs'

const messages = Number(process.argv[2] ?? 5_000_000)
const seconds = Number(process.argv[3] ?? 60)
const members = 50
const random = dice(23)
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!

const took = new Map<string, number[]>()
async function timed<T>(kind: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now()
  const result = await work()
  const all = took.get(kind) ?? []
  all.push(performance.now() - start)
  took.set(kind, all)
  return result
}

const { texts, vocabulary } = sentences(random)
const stoa = await openStoa('own')
console.error(`filling ${messages.toLocaleString('en')} messages …`)
const began = performance.now()
await fillInbox(stoa, { messages, texts })
console.error(`filled in ${Math.round((performance.now() - began) / 1000)} s`)

const wordsOf = (kind: keyof Vocabulary | 'two'): string => (kind === 'two' ? `${pick(vocabulary.medium)} ${pick(vocabulary.common)}` : pick(vocabulary[kind]))
const kinds = ['rare', 'medium', 'common', 'two'] as const
const views = ['all', 'unassigned', 'waiting', 'mine', 'done', 'held'] as const
interface Listed { readonly items: readonly { readonly id: string }[]; readonly next: string | null }

/** Cursors of pages all the way down, to go on from. */
async function depths(): Promise<string[]> {
  const { rows } = await stoa.database.read(stoa.workspaceId, (db) => db.execute<{ cursor: string }>(sql`select to_char(last_message_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '_' || id as cursor
    from conversations tablesample system (1) where workspace_id = ${stoa.workspaceId} limit 500`))
  return rows.map((row) => row.cursor)
}
const cursors = await depths()

/** One act of a member at their screen; which, by how often they come. */
async function act(): Promise<void> {
  const chance = random()
  if (chance < 0.45) {
    const page = await timed('API list', () => stoa.ask<Listed>('GET', `conversations?limit=30&view=${pick(views)}`))
    const one = page.items.length > 0 ? pick(page.items) : undefined
    if (one) await timed('API open', () => stoa.ask('GET', `conversations/${one.id}`))
    return
  }
  if (chance < 0.6) { await timed('API deep page', () => stoa.ask<Listed>('GET', `conversations?limit=30&view=${pick(['all', 'done'])}&cursor=${encodeURIComponent(pick(cursors))}`)); return }
  if (chance < 0.7) { await timed('API counts', () => stoa.ask('GET', 'conversations/counts')); return }
  const kind = pick(kinds)
  await timed(`API search ${kind}`, () => stoa.ask<Listed>('GET', `conversations?limit=30&q=${encodeURIComponent(wordsOf(kind))}`))
}

const rest = (ms: number) => new Promise((next) => setTimeout(next, ms))
let over = false
/** A member looks, reads for a while, and looks again: about one act a second. */
async function member(): Promise<void> {
  await rest(random() * 1_000)
  while (!over) { await act(); await rest(500 + random() * 1_000) }
}

/** The bare statements, one at a time, while the members are at it. */
async function statements(memberId: string): Promise<void> {
  const plain = new pg.Client({ connectionString: stoa.database.url })
  await plain.connect()
  const listSql = `select id, last_message_at from conversations where workspace_id = $1 and message_count > 0 and state <> 'done' order by last_message_at desc, id desc limit 31`
  const deepSql = `select id, last_message_at from conversations where workspace_id = $1 and message_count > 0 and (last_message_at, id) < ($2::timestamptz, $3::uuid) order by last_message_at desc, id desc limit 31`
  await plain.query(`select set_config('stoa.workspace', '${stoa.workspaceId}', false)`)
  const looking = { memberId, now: new Date(), limit: 30 }
  while (!over) {
    await timed('SQL list', () => plain.query(listSql, [stoa.workspaceId]))
    const [at, id] = pick(cursors).split('_')
    await timed('SQL deep page', () => plain.query(deepSql, [stoa.workspaceId, at, id]))
    for (const kind of kinds) {
      const q = wordsOf(kind)
      await timed(`search ${kind}`, () => stoa.database.read(stoa.workspaceId, (db) => listConversations(db, { view: 'all', q }, looking)))
      const like = q.split(' ').map((_, n) => `text ilike $${n + 1}`).join(' and ')
      await timed(`ILIKE ${kind}`, () => plain.query(`select id, conversation_id from as_others_do.messages where ${like} order by heard_at desc limit 30`, q.split(' ').map((word) => `%${word}%`)))
    }
    await rest(50)
  }
  await plain.end()
}

function figures(): Record<string, number> {
  const all: Record<string, number> = {}
  const short = (value: number): number => Math.round(value * 10) / 10
  for (const [kind, times] of [...took].toSorted(([a], [b]) => a.localeCompare(b))) {
    const sorted = times.toSorted((a, b) => a - b)
    all[`${kind} median ms`] = short(percentile(sorted, 0.5))
    all[`${kind} p95 ms`] = short(percentile(sorted, 0.95))
  }
  const mixed = (name: string): number => percentile(kinds.flatMap((kind) => took.get(`${name} ${kind}`) ?? []).toSorted((a, b) => a - b), 0.95)
  return { messages, members, requests: [...took].filter(([kind]) => kind.startsWith('API')).reduce((sum, [, times]) => sum + times.length, 0), ...all, 'search of ILIKE, p95 over all': Math.round(mixed('search') / mixed('ILIKE') * 100) / 100 }
}

try {
  const { member: me } = await stoa.ask<{ member: { id: string } }>('GET', 'session')
  const work = Promise.all([...Array.from({ length: members }, member), statements(me.id)])
  // Caches and plans settle before anything counts.
  await rest(5_000)
  took.clear()
  await rest(seconds * 1_000)
  const said = figures()
  over = true
  await work
  report({
    name: 'inbox-large', figures: said,
    targets: {
      'SQL list p95 ms': { max: 3 }, 'SQL deep page p95 ms': { max: 3 }, 'API list p95 ms': { max: 30 }, 'API deep page p95 ms': { max: 30 },
      ...Object.fromEntries(kinds.map((kind) => [`API search ${kind} p95 ms`, { max: 60 }])), 'search of ILIKE, p95 over all': { max: 0.5 },
    },
  })
} finally { over = true; await stoa.close() }
