import pg from 'pg'
import type { Opened } from './open.ts'

export interface Vocabulary { readonly rare: readonly string[]; readonly medium: readonly string[]; readonly common: readonly string[] }

const heads = ['ψωμί', 'bread', 'παραγγελία', 'order', 'φούρνος', 'delivery', 'τσουρέκι', 'ευχαριστώ', 'thanks', 'αύριο', 'tomorrow', 'προζύμι', 'sourdough', 'κατάστημα', 'shop', 'τιμή', 'price', 'Κυριακή', 'Sunday', 'αλεύρι']
const greek = ['κα', 'λο', 'ρι', 'μα', 'τη', 'σου', 'πε', 'να', 'θυ', 'βρο', 'γλυ', 'ζε', 'ξα', 'φι', 'χω', 'δρα', 'στι', 'πλα', 'μπου', 'ντε']
const latin = ['ba', 'ker', 'lo', 'min', 'sta', 'ro', 'vel', 'ti', 'qua', 'der', 'mon', 'pli', 'gra', 'sun', 'fo', 'ret', 'hal', 'cri', 'wen', 'dop']
const size = 20_000

/** Twenty thousand words, half Greek, half Latin, the first of them those of a bakery. */
function lexicon(): string[] {
  const made = new Set(heads)
  for (let n = 0; made.size < size; n++) {
    const from = n % 2 === 0 ? greek : latin
    const k = Math.floor(n / 2)
    made.add([from[k % 20], from[Math.floor(k / 20) % 20], from[Math.floor(k / 400) % 20], from[(k * 7) % 20], from[Math.floor(k / 8000) % 20]].join(''))
  }
  return [...made]
}

/** Fifty thousand half messages whose words come as Zipf says: the n-th most frequent one n times more rarely than the first. */
export function sentences(random: () => number): { texts: string[]; vocabulary: Vocabulary } {
  const all = lexicon()
  const word = (): string => all[Math.floor(Math.exp(random() * Math.log(size))) - 1]!
  const texts = Array.from({ length: 50_000 }, () => Array.from({ length: 4 + Math.floor(random() * 8) }, word).join(' '))
  const used = new Set(texts.flatMap((text) => text.split(' ')))
  const among = (from: number, to: number): string[] => all.slice(from, to).filter((one) => used.has(one))
  return { texts, vocabulary: { common: among(0, 10), medium: among(150, 400), rare: among(12_000, 20_000) } }
}

interface Filling { readonly messages: number; readonly texts: readonly string[] }
const perTalk = 5

const steps = (talks: number, workspace: string): string[] => [
  `create temp table talks as select n, uuidv7((n - ${talks}) * interval '20 seconds') as id, now() - (${talks} - n) * interval '20 seconds' as at, 1 + floor(random() * ${Math.ceil(talks / 4)})::int as who from generate_series(1, ${talks}) n`,
  `create temp table people as select n, uuidv7((n - ${Math.ceil(talks / 4)}) * interval '80 seconds') as id from generate_series(1, ${Math.ceil(talks / 4)}) n`,
  'create unique index on talks (n)', 'create unique index on people (n)', 'analyze talks', 'analyze people',
  `insert into contacts (id, workspace_id, name, lang, first_seen, last_seen) select id, '${workspace}', (select text from halves where halves.n = 1 + people.n % 5000) , case when n % 2 = 0 then 'el' else 'en' end, now() - interval '1 year', now() - n * interval '1 minute' from people`,
  `insert into identities (id, workspace_id, contact_id, channel, remote_id, handle) select uuidv7(), '${workspace}', id, 'bench', 'p' || n, '@person' || n from people`,
  `insert into conversations (id, workspace_id, channel, account_id, contact_id, root_ref, lang, state, assignee_id, waiting_since, last_message_at, last_text, last_from, message_count, turns, held)
    select t.id, '${workspace}', 'bench', $1, p.id, 't' || t.n, case when t.n % 2 = 0 then 'el' else 'en' end, case when t.n % 10 = 0 then 'open' else 'done' end, case when t.n % 30 = 0 then $2::uuid end,
      case when t.n % 50 = 0 then t.at end, t.at, 'ψωμί', case when t.n % 2 = 0 then 'contact' else 'team' end, ${perTalk}, 2, case when t.n % 500 = 0 then 1 else 0 end
    from talks t join people p on p.n = t.who`,
  `insert into messages (id, workspace_id, conversation_id, direction, contact_id, author_name, text, lang, said_at, heard_at, channel, account_id, remote_id, visibility)
    select uuidv7((k.k - ${perTalk}) * interval '1 minute' + (t.n - ${talks}) * interval '20 seconds'), '${workspace}', t.id, case when k.k % 2 = 1 then 'in' else 'out' end, case when k.k % 2 = 1 then p.id end, 'Άννα', a.text || ' ' || b.text, null,
      t.at - (${perTalk} - k.k) * interval '1 minute', t.at - (${perTalk} - k.k) * interval '1 minute', 'bench', $1, 'm' || t.n || '-' || k.k, 'public'
    from talks t join people p on p.n = t.who cross join generate_series(1, ${perTalk}) k join halves a on a.n = 1 + abs(hashint8(t.n * ${perTalk} + k.k)::bigint) % 50000 join halves b on b.n = 1 + abs(hashint8(t.n * 31 + k.k * 17)::bigint) % 50000`,
]

/** Fills the inbox in a few statements; the indexes that only reading needs are made again afterwards, as after any restore. */
export async function fillInbox(stoa: Opened, { messages, texts }: Filling): Promise<void> {
  const client = new pg.Client({ connectionString: stoa.database.url })
  await client.connect()
  const run = async (text: string, values: readonly unknown[] = []): Promise<void> => { await client.query(text, text.includes('$2') ? [...values] : text.includes('$1') ? [values[0]] : []) }
  try {
    await run(`select set_config('stoa.workspace', '${stoa.workspaceId}', false)`)
    for (const setting of ["maintenance_work_mem = '512MB'", "work_mem = '128MB'", 'synchronous_commit = off', 'statement_timeout = 0']) await run(`set ${setting}`)
    const made = await client.query<{ id: string }>("insert into accounts (id, workspace_id, channel, handle, name) values (uuidv7(), $1, 'bench', 'bench', 'Bench') returning id", [stoa.workspaceId])
    const member = await client.query<{ id: string }>('select id from members where workspace_id = $1 limit 1', [stoa.workspaceId])
    const accountId = made.rows[0]!.id
    await run('create temp table halves (n int primary key, text text)')
    await client.query('insert into halves select * from unnest($1::int[], $2::text[])', [texts.map((_, n) => n + 1), texts])
    await run('analyze halves')
    const later = await client.query<{ name: string; text: string }>(`select i.indexname as name, i.indexdef as text from pg_indexes i join pg_class c on c.relname = i.indexname join pg_index x on x.indexrelid = c.oid
      where i.schemaname = 'public' and i.tablename in ('messages', 'conversations', 'contacts', 'identities') and not x.indisunique`)
    for (const { name } of later.rows) await run(`drop index ${name}`)
    for (const step of steps(Math.ceil(messages / perTalk), stoa.workspaceId)) await run(step, [accountId, member.rows[0]!.id])
    for (const { text } of later.rows) await run(text)
    // The way of others: the text in a table of its own rights, found by three letters at a time.
    for (const step of ['create extension if not exists pg_trgm', 'create schema as_others_do', 'create table as_others_do.messages as select id, conversation_id, heard_at, text from messages', 'create index on as_others_do.messages using gin (text public.gin_trgm_ops)', 'create index on as_others_do.messages (heard_at)']) await run(step)
    for (const table of ['messages', 'conversations', 'contacts', 'identities', 'as_others_do.messages']) await run(`vacuum analyze ${table}`)
  } finally { await client.end() }
}
