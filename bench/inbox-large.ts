// The inbox with five million messages in a million conversations, while fifty members use it and twenty messages a second
// arrive: lists and pages at any depth in SQL and over HTTP, search for rare, medium, very common and two words, and beside it
// the way of others, ILIKE over a trigram index. What was filled may be kept for another run.
//   npm run bench:inbox-large [-- MESSAGES SECONDS DIRECTORY]
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { clusterUrls } from '#db/cluster.ts'
import { dice } from './airline.ts'
import { connect, fillInbox, fillRival, sentences } from './inbox-fill.ts'
import { arrivals, members, type Desk } from './inbox-members.ts'
import { statements } from './inbox-statements.ts'
import { names } from './lexicon.ts'
import { openStoa, signIn } from './open.ts'
import { report } from './run.mjs'
import { stopwatch } from './stopwatch.ts'

const [messages, seconds, kept] = [Number(process.argv[2] ?? 5_000_000), Number(process.argv[3] ?? 60), process.argv[4]]
const [team, perSecond, restMs] = [50, 20, 2_000]
const random = dice(23)
const { texts, vocabulary } = sentences(random)

if (kept) mkdirSync(kept, { recursive: true })
const stoa = await openStoa('own', {}, kept)
const adminUrl = clusterUrls(stoa.dataDir).adminUrl.replace('/postgres?', '/stoa?')

/** Forty-nine colleagues who sign in as the owner does, and three accounts. */
async function invite(): Promise<void> {
  const client = await connect(adminUrl)
  const user = "'member-' || n"
  for (const step of [
    `insert into auth_users (id, name, email) select ${user}, 'Member ' || n, ${user} || '@fournos.gr' from generate_series(2, ${team}) n`,
    `insert into auth_logins (id, account_id, provider_id, user_id, password) select ${user}, ${user}, 'credential', ${user}, (select password from auth_logins where provider_id = 'credential' limit 1) from generate_series(2, ${team}) n`,
    `insert into members (id, workspace_id, user_id, name, email, role, lang) select uuidv7(), '${stoa.workspaceId}', ${user}, 'Member ' || n, ${user} || '@fournos.gr', 'responder', 'el' from generate_series(2, ${team}) n`,
    `insert into accounts (id, workspace_id, channel, handle, name) select uuidv7(), '${stoa.workspaceId}', 'bench-' || n, 'bench', 'Bench' from generate_series(1, 3) n`,
  ]) await client.query(step)
  await client.end()
}

async function fill(): Promise<number | null> {
  const done = join(stoa.dataDir, 'filled')
  if (existsSync(done)) return null
  const began = performance.now()
  await invite()
  await fillInbox({ adminUrl, workspaceId: stoa.workspaceId, messages, texts, names: names() })
  const took = Math.round((performance.now() - began) / 1000)
  console.error(`filled in ${took} s`)
  await fillRival(adminUrl, stoa.dataDir)
  console.error(`the other way filled after ${Math.round((performance.now() - began) / 1000)} s`)
  writeFileSync(done, '')
  return took
}

const watch = stopwatch()
const rest = (ms: number) => new Promise((next) => setTimeout(next, ms))
/** So long everybody is at work; what the first seconds take does not count. */
async function during(work: (over: () => boolean) => Promise<unknown>, settle: number): Promise<void> {
  let over = false
  const all = work(() => over)
  await rest(settle * 1_000)
  watch.begin()
  await rest(seconds * 1_000)
  watch.end()
  over = true
  await all
}

try {
  const filled = await fill()
  const { rows } = await stoa.database.pool.query<{ email: string }>(`select email from auth_users where id like 'member-%' order by id`)
  const cookies = [stoa.cookie]
  for (const { email } of rows) cookies.push(await signIn(stoa.origin, email))
  const desk: Desk = { stoa, cookies, random, restMs, vocabulary, watch }
  const { member: me } = await stoa.ask<{ member: { id: string } }>('GET', 'session')
  const everybody = async (over: () => boolean) => await Promise.all([members(desk, over), arrivals(desk, { perSecond, texts }, over)])
  await during(everybody, 10)
  const here = statements(desk, { memberId: me.id, rivalUrl: adminUrl.replace('/stoa?', '/as_others_do?') })
  await during(async (over) => await Promise.all([everybody(over), here(over)]), 5)
  const figures = { messages, conversations: messages / 5, members: team, 'ms between acts of a member': restMs, 'messages arriving a second': perSecond, ...(filled === null ? {} : { 'filled in s': filled }), ...watch.figures() }
  const bands = ['rare', 'medium', 'common', 'two']
  report({
    name: 'inbox-large', figures: { ...figures, 'search of ILIKE, p95 over all': watch.ratio(bands.map((band) => `SQL search ${band}`), bands.map((band) => `ILIKE ${band}`)) },
    targets: {
      'SQL list p95 ms': { max: 3 }, 'SQL deep page p95 ms': { max: 3 }, 'API list p95 ms': { max: 30 }, 'API deep page p95 ms': { max: 30 }, 'API counts p95 ms': { max: 30 },
      ...Object.fromEntries(bands.map((band) => [`API search ${band} p95 ms`, { max: 60 }])), 'search of ILIKE, p95 over all': { max: 0.5 },
    },
  })
} catch (error) { console.error(error); process.exitCode = 1 } finally { await stoa.close() }
