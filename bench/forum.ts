// The forum under load: 1,000,000 posts in 50,000 topics, one of them with 20,000 answers; 100 requests a second for topics
// drawn at random, at their beginning and deep inside; then for lists (home, categories, tags, what waits, at any depth), and
// searches one after another. Another number of posts may be given: node bench/forum.ts 100000
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import type { Database, Tx } from '#db/database.ts'
import { openStoa } from './open.ts'
import { percentile } from './percentile.ts'
import { report } from './run.mjs'

const [postCount, perSecond, seconds] = [Number(process.argv[2] ?? 1_000_000), 100, 20]
const [perTopic, long, chunk] = [20, Math.min(20_000, Math.floor(postCount / 10)), 100_000]
const topicCount = Math.floor((postCount - long) / perTopic)
const words = 'το ψωμί σίκαλης θέλει χρόνο και υπομονή ο φούρνος ανάβει στις τρεις η γειτονιά ξυπνά με τη μυρωδιά του προζύμι νερό αλάτι αλεύρι ζέα πόσο πότε γιατί oven flour water salt dough rise knead bake crumb crust'.split(' ')
const spoken = (length: number, row: string) => `(select string_agg((array[${words.map((word) => `'${word}'`).join(',')}])[1 + floor(random() * ${words.length} + 0 * w)::int], ' ') from generate_series(1, ${length} + 0 * ${row}) w)`

async function fill(database: Database, workspaceId: string): Promise<void> {
  const run = (statements: readonly string[]) => database.write(workspaceId, async (tx: Tx) => { for (const one of ['set local statement_timeout = 0', "set local maintenance_work_mem = '256MB'", ...statements]) await tx.execute(sql.raw(one)) })
  await run(['drop index forum_posts_search', 'drop index forum_topics_search'])
  await run([
    `insert into forum_categories (id, slug, name_en, name_el, topics) select gen_random_uuid(), 'c' || g, 'Bread ' || g, 'Ψωμί ' || g, ${Math.floor(topicCount / 10)} from generate_series(1, 10) g`,
    `insert into forum_people (id, name, known, joined_at) select gen_random_uuid(), 'Γείτονας ' || g, 'γειτονασ' || g, now() - interval '1 year' from generate_series(1, 2000) g`,
    `create table fill_topics as select g, gen_random_uuid() as id, gen_random_uuid() as opener from generate_series(0, ${topicCount}) g`,
    `create table fill_people as select row_number() over () - 1 as g, id, name from forum_people`, 'create unique index on fill_topics (g)', 'create unique index on fill_people (g)',
    `insert into forum_topics (id, category_id, code, slug, title, lang, person_id, author_name, tags, opened_at, moved_at, opener_id, answers)
     select t.id, (select id from forum_categories c where c.slug = 'c' || (1 + t.g % 10)), lpad(t.g::text, 8, '0'), 'poso-nero', ${spoken(7, 't.g')}, 'el', p.id, p.name, case when t.g % 1000 = 0 then array['ψωμί', 'σπάνιο'] when t.g % 50 = 0 then array['ψωμί', 'ζέα'] else array['ψωμί'] end, now() - t.g * interval '5 minutes', now() - t.g * interval '4 minutes', t.opener, case when t.g = 0 then ${long} else ${perTopic - 1} end
     from fill_topics t join fill_people p on p.g = t.g % 2000`,
  ])
  const insert = (from: string): string => `insert into forum_posts (id, topic_id, person_id, author_name, markdown, html, lang, at) select s.id, s.topic_id, p.id, p.name, s.text, '<p>' || s.text || '</p>', 'el', s.at from (${from}) s join fill_people p on p.g = s.n % 2000`
  for (let first = 0; first < topicCount * perTopic; first += chunk) {
    await run([insert(`select case when n % ${perTopic} = 0 then t.opener else gen_random_uuid() end as id, t.id as topic_id, n, now() - t.g * interval '5 minutes' + (n % ${perTopic}) * interval '3 seconds' as at, ${spoken(40, 'n')} as text
      from generate_series(${first}, ${Math.min(first + chunk, topicCount * perTopic) - 1}) n join fill_topics t on t.g = 1 + n / ${perTopic}`)])
  }
  await run([insert(`select case when n = 0 then t.opener else gen_random_uuid() end as id, t.id as topic_id, n, now() - interval '90 days' + n * interval '1 minute' as at, ${spoken(40, 'n')} as text from generate_series(0, ${long - 1}) n join fill_topics t on t.g = 0`)])
  await run(['create index forum_posts_search on forum_posts using gin (search) with (fastupdate = false)', 'create index forum_topics_search on forum_topics using gin (search) with (fastupdate = false)', 'drop table fill_people', 'drop table fill_topics'])
  await database.pool.query('vacuum (analyze) forum_posts')
  await database.pool.query('vacuum (analyze) forum_topics')
}

interface Load { readonly requests: number; readonly failed: number; readonly first: string | null; readonly p50: number; readonly p90: number; readonly p99: number; readonly max: number }
const stoa = await openStoa('own')
try {
  await stoa.ask('POST', 'accounts', { channel: 'forum', settings: { firstPosts: 'shown' } })
  console.log(`Filling: ${postCount} posts …`)
  const began = performance.now()
  await fill(stoa.database, stoa.workspaceId)
  const filled = Math.round((performance.now() - began) / 1000)
  const rows = async <T extends Record<string, unknown>>(statement: ReturnType<typeof sql>): Promise<readonly T[]> => await stoa.database.read(stoa.workspaceId, async (db) => (await db.execute<T>(statement)).rows as T[])
  const topics = await rows<{ code: string }>(sql`select code from forum_topics order by random() limit 2000`)
  const deep = await rows<{ id: string; ms: string }>(sql`select p.id, (extract(epoch from p.at) * 1000)::bigint::text as ms from forum_posts p join forum_topics t on t.id = p.topic_id where t.code = '00000000' order by random() limit 400`)
  const places = await rows<{ slug: string; id: string; ms: string }>(sql`select c.slug, t.id, (extract(epoch from t.moved_at) * 1000)::bigint::text as ms from forum_topics t join forum_categories c on c.id = t.category_id order by random() limit 400`)
  const beyond = ({ id, ms }: { readonly id: string; readonly ms: string }): string => `?after=${Number(ms).toString(36)}.${id}`
  const topicPages = [...topics.map(({ code }) => `/forum/t/poso-nero-${code}`), ...deep.map((one) => `/forum/t/poso-nero-00000000${beyond(one)}`)]
  const lists = ['', '/c/c1', '/c/c2', '/unanswered', '/tag/ψωμί', '/tag/ζέα', '/tag/σπάνιο'].flatMap((path) => Array.from({ length: 60 }, () => encodeURI(`/forum${path}`)))
  const deepLists = places.flatMap((one, at) => [`/forum/c/${one.slug}${beyond(one)}`, ...(at % 4 === 0 ? [encodeURI('/forum/tag/ψωμί') + beyond(one)] : [])])
  const file = join(stoa.dataDir, 'paths.json')
  const fire = (paths: readonly string[]): Load => {
    writeFileSync(file, JSON.stringify(paths))
    return JSON.parse(execFileSync(process.execPath, [join(import.meta.dirname, 'load.ts'), stoa.origin, file, String(perSecond), String(seconds)], { encoding: 'utf8', maxBuffer: 1e8 })) as Load
  }
  const cold = fire(topicPages).p99
  const { requests, failed, first, p50, p90, p99, max } = fire(topicPages)
  fire([...lists, ...deepLists])
  const listed = fire([...lists, ...deepLists])
  if (first ?? listed.first) console.log(first ?? listed.first)
  // Fewer than what one address may search in a minute.
  const asked = ['ψωμί', 'προζύμι νερό', 'oven', 'νύχτα', 'αλάτι στο αλεύρι', 'φουρν', 'crumb crust', 'δεν υπάρχει πουθενά']
  const searches: number[] = []
  for (let turn = 0; turn < 96; turn++) {
    const began = performance.now()
    const answer = await fetch(`${stoa.origin}/forum/search?q=${encodeURIComponent(asked[turn % asked.length]!)}`)
    await answer.text()
    if (!answer.ok) throw new Error(`search: ${answer.status}`)
    searches.push(performance.now() - began)
  }
  const sorted = searches.slice(asked.length).toSorted((a, b) => a - b)
  const sizes = await Promise.all(topicPages.slice(-60).map(async (path) => Buffer.byteLength(await (await fetch(stoa.origin + path)).text())))
  report({
    name: 'forum', figures: {
      posts: postCount, topics: topicCount + 1, longestTopic: long, fillSeconds: filled, perSecond, requests, failed: failed + listed.failed, p50Milliseconds: p50, p90Milliseconds: p90, p99Milliseconds: p99, firstP99Milliseconds: cold, maxMilliseconds: max,
      listP50Milliseconds: listed.p50, listP99Milliseconds: listed.p99, searchP50Milliseconds: Math.round(percentile(sorted, 0.5)), searchP95Milliseconds: Math.round(percentile(sorted, 0.95)), largestPageBytes: Math.max(...sizes),
    },
    targets: { p99Milliseconds: { max: 30 }, listP99Milliseconds: { max: 30 }, searchP95Milliseconds: { max: 60 }, failed: { max: 0 }, largestPageBytes: { max: 30_000 }, requests: { min: perSecond * seconds * 0.9 } },
  })
} finally { await stoa.close() }
