import { rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { lexicon, sizeOfLexicon } from './lexicon.ts'

export interface Vocabulary { readonly rare: readonly string[]; readonly medium: readonly string[]; readonly common: readonly string[] }

/** Fifty thousand half messages whose words come as Zipf says: the n-th most frequent one n times more rarely than the first. */
export function sentences(random: () => number): { texts: string[]; vocabulary: Vocabulary } {
  const all = lexicon()
  const word = (): string => all[Math.floor(Math.exp(random() * Math.log(sizeOfLexicon))) - 1]!
  const texts = Array.from({ length: 50_000 }, () => Array.from({ length: 4 + Math.floor(random() * 8) }, word).join(' '))
  const used = new Set(texts.flatMap((text) => text.split(' ')))
  const among = (from: number, to: number): string[] => all.slice(from, to).filter((one) => used.has(one))
  return { texts, vocabulary: { common: among(0, 10), medium: among(150, 400), rare: among(12_000, 20_000) } }
}

interface Filling { readonly adminUrl: string; readonly workspaceId: string; readonly messages: number; readonly texts: readonly string[]; readonly names: readonly string[] }
const perTalk = 5
const chunk = 20_000

// Newest talks are mostly open, older ones mostly done; seven of ten are somebody's; two of three who wait are open ones.
const isOpen = (talks: number): string => `(t.n > ${talks} * 0.95 and t.n % 5 < 3 or t.n % 50 = 0)`
const saidIn = (n: string, k: string): string => `(select a.text || ' ' || b.text from fill.halves a, fill.halves b where a.n = 1 + abs(hashint8(${n} * ${perTalk} + ${k})::bigint) % 50000 and b.n = 1 + abs(hashint8(${n} * 31 + ${k} * 17)::bigint) % 50000)`

const beginnings = (talks: number, workspace: string): string[] => {
  const people = Math.ceil(talks / 4)
  return [
    `create unlogged table fill.talks as select n, uuidv7((n - ${talks}) * interval '20 seconds') as id, date_trunc('milliseconds', now() - (${talks} - n) * interval '20 seconds') as at, 1 + abs(hashint8(n * 7)::bigint) % ${people} as who from generate_series(1, ${talks}) n`,
    `create unlogged table fill.people as select n, uuidv7((n - ${people}) * interval '80 seconds') as id from generate_series(1, ${people}) n`,
    'create unique index on fill.talks (n)', 'create unique index on fill.people (n)', 'analyze fill.talks', 'analyze fill.people',
    `insert into contacts (id, workspace_id, name, lang, first_seen, last_seen) select p.id, '${workspace}', h.text, case when p.n % 2 = 0 then 'el' else 'en' end, now() - interval '1 year', now() - p.n * interval '1 minute'
      from fill.people p join fill.names h on h.n = 1 + abs(hashint8(p.n)::bigint) % (select count(*) from fill.names)`,
    `insert into identities (id, workspace_id, contact_id, channel, remote_id, handle) select uuidv7(), '${workspace}', id, 'bench', 'p' || n, '@person' || n from fill.people`,
  ]
}
const talksBetween = (talks: number, workspace: string): string => `insert into conversations (id, workspace_id, channel, account_id, contact_id, campaign_id, root_ref, lang, state, snoozed_until, assignee_id, waiting_since, last_message_at, last_text, last_from, message_count, turns, held, tags, priority)
  select t.id, '${workspace}', a.channel, a.id, p.id, case when t.n % 4 = 0 then (select id from fill.campaigns c where c.n = 1 + t.n / 4 % 5) end, 't' || t.n, case when t.n % 2 = 0 then 'el' else 'en' end,
    case when ${isOpen(talks)} then 'open' when t.n % 200 = 1 then 'snoozed' else 'done' end, case when not ${isOpen(talks)} and t.n % 200 = 1 then now() + (t.n % 400 - 20) * interval '1 hour' end,
    case when t.n % 10 < 7 then m.id end, case when ${isOpen(talks)} and t.n % 3 < 2 then t.at end, t.at, left(${saidIn('t.n', String(perTalk))}, 200), case when t.n % 3 < 2 then 'contact' else 'team' end, ${perTalk}, 2,
    case when t.n % 500 = 0 then 1 else 0 end, case when t.n % 2000 = 0 then '["σπάνιο"]' when t.n % 100 = 0 then '["παράπονο"]' when t.n % 3 = 0 then '["ψωμί"]' else '[]' end::jsonb, case when t.n % 100 = 7 then 1 else 0 end
  from fill.talks t join fill.people p on p.n = t.who join fill.accounts a on a.n = 1 + t.n % 3 join fill.members m on m.n = 1 + t.n % (select count(*) from fill.members) where t.n > $1 and t.n <= $2`
const messagesBetween = (talks: number, workspace: string): string => `insert into messages (id, workspace_id, conversation_id, direction, contact_id, author_name, text, lang, said_at, heard_at, channel, account_id, remote_id, visibility)
  select uuidv7((k.k - ${perTalk}) * interval '1 minute' + (t.n - ${talks}) * interval '20 seconds'), '${workspace}', t.id, case when k.k % 2 = 1 then 'in' else 'out' end, case when k.k % 2 = 1 then p.id end, 'Άννα', a.text || ' ' || b.text, null,
    t.at - (${perTalk} - k.k) * interval '1 minute', t.at - (${perTalk} - k.k) * interval '1 minute', c.channel, c.id, 'm' || t.n || '-' || k.k, 'public'
  from fill.talks t join fill.people p on p.n = t.who join fill.accounts c on c.n = 1 + t.n % 3 cross join generate_series(1, ${perTalk}) k
    join fill.halves a on a.n = 1 + abs(hashint8(t.n * ${perTalk} + k.k)::bigint) % 50000 join fill.halves b on b.n = 1 + abs(hashint8(t.n * 31 + k.k * 17)::bigint) % 50000 where t.n > $1 and t.n <= $2`
const counted = (workspace: string): string[] => [
  `insert into conversation_reads (id, workspace_id, member_id, conversation_id, seen_at) select uuidv7(), '${workspace}', m.id, c.id, c.last_message_at from conversations c, fill.members m where c.workspace_id = '${workspace}' and c.state = 'open' and m.n <= 5 and abs(hashint8(m.n + extract(epoch from c.last_message_at)::bigint)::bigint) % 10 < 8`,
  // What the trigger would have laid down row by row.
  'insert into conversation_tallies (workspace_id, view, steps) select c.workspace_id, v, count(*) from conversations c, stoa_views_of(c) v group by 1, 2',
]

export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  for (const setting of ["maintenance_work_mem = '768MB'", "work_mem = '256MB'", 'synchronous_commit = off', 'statement_timeout = 0', 'max_parallel_maintenance_workers = 1', 'session_replication_role = replica']) await client.query(`set ${setting}`)
  return client
}
async function keep(client: pg.Client, name: string, texts: readonly string[]): Promise<void> {
  await client.query(`create unlogged table fill.${name} (n int primary key, text text)`)
  await client.query(`insert into fill.${name} select * from unnest($1::int[], $2::text[])`, [texts.map((_, n) => n + 1), texts])
  await client.query(`analyze fill.${name}`)
}
/** Two connections go through a heap of work, each taking the next piece. */
async function together(url: string, work: readonly (readonly [string, readonly unknown[]])[]): Promise<void> {
  const left = [...work]
  await Promise.all([1, 2].map(async () => {
    const client = await connect(url)
    try { for (let next = left.shift(); next; next = left.shift()) await client.query(next[0], [...next[1]]) } finally { await client.end() }
  }))
}

const tables = ['messages', 'conversations', 'contacts', 'identities']
/**
 * Fills the inbox as a restore does: rows first, past the triggers, then what the triggers would have counted, then the indexes.
 * The accounts and members it belongs to are there already.
 */
export async function fillInbox({ adminUrl, workspaceId, messages, texts, names }: Filling): Promise<void> {
  const client = await connect(adminUrl)
  const talks = Math.ceil(messages / perTalk)
  try {
    await client.query('create schema fill')
    await keep(client, 'halves', texts)
    await keep(client, 'names', names)
    for (const step of [
      `create table fill.accounts as select row_number() over (order by name) as n, id, channel from accounts where workspace_id = '${workspaceId}' and channel like 'bench%'`,
      `create table fill.members as select row_number() over (order by joined_at, id) as n, id from members where workspace_id = '${workspaceId}'`,
      'create table fill.campaigns as select n, uuidv7() as id from generate_series(1, 5) n',
    ]) await client.query(step)
    const later = await client.query<{ name: string; text: string }>(`select i.indexname as name, i.indexdef as text from pg_indexes i join pg_class c on c.relname = i.indexname and c.relnamespace = 'public'::regnamespace join pg_index x on x.indexrelid = c.oid
      where i.schemaname = 'public' and i.tablename = any($1) and not x.indisprimary`, [tables])
    for (const { name } of later.rows) await client.query(`drop index public.${name}`)
    for (const step of beginnings(talks, workspaceId)) await client.query(step)
    const pieces = Array.from({ length: Math.ceil(talks / chunk) }, (_, n) => [n * chunk, (n + 1) * chunk])
    await together(adminUrl, pieces.map((piece) => [talksBetween(talks, workspaceId), piece]))
    await together(adminUrl, pieces.map((piece) => [messagesBetween(talks, workspaceId), piece]))
    await together(adminUrl, [...later.rows.map(({ text }) => text), ...counted(workspaceId)].toSorted((a, b) => Number(b.includes('gin')) - Number(a.includes('gin'))).map((text) => [text, []]))
    await client.query('drop schema fill cascade')
    await together(adminUrl, [...tables, 'conversation_reads', 'conversation_tallies'].map((table) => [`vacuum (analyze, parallel 0) ${table}`, []]))
  } finally { await client.end() }
}

/**
 * The way of others, at its best: the messages' texts in a database of their own on the same server, whose letters are such that
 * the trigram index sees Greek ones too; found by ILIKE, newest first.
 */
export async function fillRival(adminUrl: string, dataDir: string): Promise<string> {
  const [from, to] = [await connect(adminUrl), adminUrl.replace('/stoa?', '/as_others_do?')]
  await from.query("create database as_others_do template template0 encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' lc_collate 'C' lc_ctype 'C.UTF-8'")
  const into = await connect(to)
  try {
    await into.query('create extension pg_trgm')
    await into.query('create table messages (id uuid, conversation_id uuid, heard_at timestamptz, text text)')
    const file = join(dataDir, 'pg', 'texts.bin')
    await from.query(`copy (select id, conversation_id, heard_at, text from messages order by heard_at) to '${file}' (format binary)`)
    await into.query(`copy messages from '${file}' (format binary)`)
    rmSync(file)
    await together(to, ['create index on messages using gin (text gin_trgm_ops)', 'create index on messages (heard_at)'].map((text) => [text, []]))
    await into.query('vacuum analyze messages')
  } finally { await from.end(); await into.end() }
  return to
}
