// A post's public page under load: 10,000 posts with 100,000 comments, 200 requests a second for pages drawn at random.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newId } from '#kit/id.ts'
import { accountOf, accountOn } from '#core/accounts/store.ts'
import { contacts } from '#core/contacts/tables.ts'
import { conversations, messages } from '#core/conversations/tables.ts'
import { membersOf, personOf } from '#core/members/store.ts'
import { posts } from '#core/posts/tables.ts'
import { draftOf, hashOf, wireOf } from '#core/publications/plan.ts'
import { publications } from '#core/publications/tables.ts'
import { channels } from '../src/stoa.ts'
import { openStoa, type Opened } from './open.ts'
import { report } from './run.mjs'
import { treeOf } from './stoa-process.ts'

const [postCount, commentCount, perSecond, seconds] = [10_000, 100_000, 200, 20]
const words = 'Το ψωμί σίκαλης θέλει χρόνο και υπομονή ο φούρνος ανάβει στις τρεις και η γειτονιά ξυπνά με τη μυρωδιά του'.split(' ')
let seed = 42
// Mulberry32: the same numbers each run, evenly spread.
const random = (below: number): number => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return Math.floor(((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296 * below)
}
const text = (length: number): string => Array.from({ length }, () => words[random(words.length)]).join(' ')
const chunks = <T>(all: readonly T[], size: number): T[][] => Array.from({ length: Math.ceil(all.length / size) }, (_, place) => all.slice(place * size, place * size + size))

async function fill({ database, workspaceId }: Opened): Promise<string[]> {
  const { account, author } = await database.read(workspaceId, async (db) => {
    const row = await accountOn(db, 'porch')
    return { account: accountOf(row!), author: (await personOf(db, (await membersOf(db))[0]!.id))! }
  })
  const start = Date.parse('2020-01-01T08:00:00Z')
  const made = Array.from({ length: postCount }, (_, place) => {
    const at = new Date(start + place * 5 * 3_600_000)
    const [id, key] = [newId(at.getTime()), newId(at.getTime())]
    const plan = { account, kind: 'post' as const, title: text(6), text: Array.from({ length: 5 }, () => text(40)).join('\n\n'), lang: 'el' as const, author, dueAt: at, postId: id, tags: ['ψωμί'] }
    const wire = wireOf({ channels }, plan, { key, writtenAt: at })
    const publish = channels.find((channel) => channel.id === 'porch')!.publish!
    const url = publish.address!(draftOf(plan, key, at), account as never)
    return { id, key, at, plan, wire, url, slug: new URL(url).pathname.split('/').at(-1)! }
  })
  for (const chunk of chunks(made, 500)) {
    await database.write(workspaceId, async (tx) => {
      await tx.insert(posts).values(chunk.map(({ id, at, plan }) => ({ id, authorId: author.id, title: plan.title, text: plan.text, lang: plan.lang, state: 'published' as const, publishedAt: at, accountIds: [account.id] })))
      await tx.insert(publications).values(chunk.map(({ id, key, at, wire, url, slug }) => ({ postId: id, accountId: account.id, channel: 'porch', kind: 'post' as const, state: 'confirmed' as const, key, writtenAt: at, wire, wireHash: hashOf(wire), lang: 'el', tags: ['ψωμί'], dueAt: at, deadline: at, confirmedAt: at, remoteId: slug, remoteUrl: url, attempts: 1 })))
    })
  }
  const people = Array.from({ length: 1000 }, () => newId())
  await database.write(workspaceId, (tx) => tx.insert(contacts).values(people.map((id, place) => ({ id, name: `Γείτονας ${place}`, firstSeen: new Date(), lastSeen: new Date() }))))
  const comments = Array.from({ length: commentCount }, () => { const post = made[random(postCount)]!; const at = new Date(post.at.getTime() + random(86_400_000)); return { post, at, id: newId(at.getTime()), conversationId: newId(at.getTime()), contactId: people[random(people.length)]!, says: text(25) } })
  for (const chunk of chunks(comments, 500)) {
    await database.write(workspaceId, async (tx) => {
      await tx.insert(conversations).values(chunk.map((one) => ({ id: one.conversationId, channel: 'porch', accountId: account.id, contactId: one.contactId, postId: one.post.id, rootRef: one.id, lastMessageAt: one.at, lastText: one.says, messageCount: 1, lang: 'el', state: 'done' as const })))
      await tx.insert(messages).values(chunk.map((one) => ({ id: one.id, conversationId: one.conversationId, direction: 'in' as const, contactId: one.contactId, authorName: 'Γείτονας', text: one.says, lang: 'el', saidAt: one.at, channel: 'porch', accountId: account.id, remoteId: one.id, postId: one.post.id, visibility: 'public' as const })))
    })
  }
  // What autovacuum would do within minutes of so many rows, done before anything is measured.
  await database.pool.query('vacuum (analyze)')
  return made.map(({ url }) => new URL(url).pathname)
}

interface Load { readonly requests: number; readonly failed: number; readonly p50: number; readonly p90: number; readonly p99: number; readonly max: number }
/** What readers wait for, the server's own time included; the load is a process of its own. */
function fire(origin: string, paths: readonly string[], dir: string): Load {
  const file = join(dir, 'paths.json')
  writeFileSync(file, JSON.stringify(paths))
  return JSON.parse(execFileSync(process.execPath, [join(import.meta.dirname, 'load.ts'), origin, file, String(perSecond), String(seconds)], { encoding: 'utf8', maxBuffer: 1e8 })) as Load
}

async function sizeOf(origin: string, path: string): Promise<{ bytes: number; scripts: number }> {
  const answer = await fetch(origin + path)
  const html = await answer.text()
  const styles = [...html.matchAll(/<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"/g)].map((found) => found[1]!)
  const css = await Promise.all(styles.map(async (href) => (await (await fetch(new URL(href, origin))).text()).length))
  const scripts = [...html.matchAll(/<script(?![^>]*application\/ld\+json)/g)].length
  return { bytes: Buffer.byteLength(html) + css.reduce((sum, one) => sum + one, 0), scripts }
}

/** Processor time the server and its PostgreSQL have used; Linux counts it in hundredths of a second. */
const busyMilliseconds = (root: number): number => treeOf(root).reduce((sum, pid) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
  return sum + (Number(fields[11]) + Number(fields[12])) * 10
}, 0)

const stoa = await openStoa('own')
try {
  console.log(`Filling: ${postCount} posts, ${commentCount} comments …`)
  const paths = await fill(stoa)
  // A server that has just started compiles as it goes; readers of one that has stood for a minute wait for nothing but the page.
  const cold = fire(stoa.origin, paths, stoa.dataDir).p99
  fire(stoa.origin, paths, stoa.dataDir); fire(stoa.origin, paths, stoa.dataDir)
  const before = busyMilliseconds(stoa.running.child.pid!)
  const { requests, failed, p50, p90, p99, max } = fire(stoa.origin, paths, stoa.dataDir)
  const cpu = (busyMilliseconds(stoa.running.child.pid!) - before) / requests
  const sizes = await Promise.all(paths.slice(-50).map((path) => sizeOf(stoa.origin, path)))
  report({
    name: 'porch', figures: { posts: postCount, comments: commentCount, perSecond, requests, failed, cpuMillisecondsEach: Math.round(cpu * 100) / 100, p50Milliseconds: p50, p90Milliseconds: p90, p99Milliseconds: p99, firstP99Milliseconds: cold, maxMilliseconds: max, largestPageBytes: Math.max(...sizes.map((one) => one.bytes)), scripts: Math.max(...sizes.map((one) => one.scripts)) },
    targets: { p99Milliseconds: { max: 15 }, failed: { max: 0 }, largestPageBytes: { max: 30_000 }, scripts: { max: 0 }, requests: { min: perSecond * seconds * 0.9 } },
  })
} finally { await stoa.close() }
