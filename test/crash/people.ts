import { join } from 'node:path'
import sharp from 'sharp'
import { and, inArray, like, sql } from 'drizzle-orm'
import type { Draft } from '#kit/channel.ts'
import { newId } from '#kit/id.ts'
import { ensureAccount } from '#core/accounts/store.ts'
import { posts } from '#core/posts/tables.ts'
import { publications } from '#core/publications/tables.ts'
import { mine } from '#db/database.ts'
import { seenIn, type Seen, type Words } from './judge.ts'
import { classes, type IdempotencyClass } from './place.ts'
import type { Ground, Server } from './servers.ts'

const owner = { name: 'Ελένη', email: 'eleni@fournos.gr', password: 'ψωμί-ελιές-λάδι', siteName: 'Φούρνος της Ελένης', zone: 'Europe/Athens', lang: 'el' }

/** The people of one house and what they know: what they asked for and were told was taken. */
export interface People {
  readonly ground: Ground; readonly cookie: string; readonly workspaceId: string; readonly accountIds: readonly string[]; readonly pictures: readonly string[]
  /** Posts that were taken, by their ids: the text of each part. */
  readonly taken: Map<string, Shape>
  readonly changes: Map<string, Change>
  /** How often somebody was asked about a publication, and since when a question stands. */
  readonly asked: Map<string, number>; readonly since: Map<string, number>
}
interface Shape { readonly texts: readonly string[] }
/** `sure`: we were told that it was taken. */
export interface Change { readonly to: ReadonlyMap<string, Words> | 'gone'; readonly sure: boolean }

interface Ask { readonly method: string; readonly path: string; readonly body?: unknown }
async function ask<T>(origin: string, cookie: string, { method, path, body }: Ask): Promise<{ readonly answer: T; readonly cookie: string }> {
  const json = body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }
  const said = await fetch(`${origin}/api/v1/${path}`, { method, headers: { cookie, connection: 'close', ...json }, body: body === undefined ? null : body instanceof FormData ? body : JSON.stringify(body), signal: AbortSignal.timeout(20_000) } as RequestInit)
  const text = await said.text()
  if (!said.ok) throw new Error(`${method} ${path}: ${said.status} ${text}`)
  return { answer: JSON.parse(text) as T, cookie: said.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ') || cookie }
}

const colours = ['#C9973F', '#7A4B22', '#E8D9B5', '#A33B20']
async function addPicture(origin: string, cookie: string, background: string): Promise<string> {
  const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background } }).jpeg().toBuffer()
  const form = new FormData()
  form.set('file', new File([new Uint8Array(bytes)], 'psomi.jpg', { type: 'image/jpeg' }))
  form.set('alt', 'Καρβέλι')
  return (await ask<{ id: string }>(origin, cookie, { method: 'POST', path: 'media', body: form })).answer.id
}

/** Founds the bakery and connects it to the six networks. */
export async function found(ground: Ground, { origin, code }: Server): Promise<People> {
  const { cookie } = await ask(origin, '', { method: 'POST', path: 'setup', body: { ...owner, code } })
  await ask(origin, cookie, { method: 'POST', path: 'setup/door', body: { door: 'own' } })
  const { answer: { workspace: { id: workspaceId } } } = await ask<{ workspace: { id: string } }>(origin, cookie, { method: 'GET', path: 'session' })
  const accountIds: string[] = []
  for (const idempotency of classes) {
    const settings = { origin: ground.origins[idempotency] }
    accountIds.push((await ground.database.write(workspaceId, (tx) => ensureAccount(tx, { channel: `crash-${idempotency}`, handle: idempotency, name: idempotency, settings }))).id)
  }
  const pictures: string[] = []
  for (const colour of colours) pictures.push(await addPicture(origin, cookie, colour))
  return { ground, cookie, workspaceId, accountIds, pictures, taken: new Map(), changes: new Map(), asked: new Map(), since: new Map() }
}

const kinds = ['plain', 'pictures', 'thread', 'plain with a comment', 'thread with pictures'] as const
/** Writes a post for all six accounts and lets it out at once. One that dies with the server was never taken. */
export async function speak(people: People, server: Server, nth: number): Promise<void> {
  const kind = kinds[nth % kinds.length]!
  const { pictures } = people
  const media = (from: number) => [0, 1].map((n) => ({ mediaId: pictures[(from + n) % pictures.length]!, alt: 'Καρβέλι' }))
  const text = `Φουρνιά ${nth}: ποιος έρχεται;`
  const thread = kind.startsWith('thread') ? [1, 2].map((part) => ({ text: `Φουρνιά ${nth}, μέρος ${part + 1}`, media: kind === 'thread with pictures' && part === 1 ? media(nth + 2) : [] })) : []
  const firstComment = kind.includes('comment') || nth % 2 === 1 && thread.length > 0 ? `Φουρνιά ${nth}, και ένα σχόλιο` : ''
  const id = newId()
  const draft = { id, title: '', text, lang: 'el', intent: 'talk', format: 'story', tags: [], media: kind.includes('pictures') ? media(nth) : [], campaignId: null, accountIds: people.accountIds, thread, firstComment }
  const { answer } = await ask<{ version: number }>(server.origin, people.cookie, { method: 'POST', path: 'posts', body: draft })
  await ask(server.origin, people.cookie, { method: 'POST', path: `posts/${id}/publish`, body: { version: answer.version, reasons: {} } })
  people.taken.set(id, { texts: [text, ...thread.map((part) => part.text), ...(firstComment ? [firstComment] : [])] })
}

export interface Row {
  readonly id: string; readonly postId: string; readonly idempotency: IdempotencyClass; readonly state: string; readonly because: string | null; readonly version: number; readonly part: number; readonly parentId: string | null
  readonly pending: string | null; readonly changeBecause: string | null; readonly draft: Draft; readonly wire: { readonly text?: string; readonly files?: readonly string[] }; readonly leased: boolean
}
/** What the house says of all it has on the six networks. */
export async function rowsOf({ ground, workspaceId }: Pick<People, 'ground' | 'workspaceId'>): Promise<Row[]> {
  return await ground.database.read(workspaceId, async (db) => (await db.select().from(publications).where(and(mine(db, publications), like(publications.channel, 'crash-%')))).map((row) => ({
    ...row, postId: row.postId!, idempotency: row.channel.slice('crash-'.length) as IdempotencyClass, draft: row.draft!, wire: row.wire as Row['wire'], leased: row.leaseOwner !== null,
  })))
}

/** Some posts that are out on every network, and on which nobody has laid a hand since: to be edited, or taken down. */
async function untouched({ ground, workspaceId, taken, changes }: People, rows: readonly Row[], most: number) {
  const byPost = Map.groupBy(rows, (row) => row.postId)
  const ids = [...taken.keys()].filter((id) => !changes.has(id) && (byPost.get(id) ?? []).every((row) => row.state === 'confirmed' && row.because === null)).slice(0, most)
  if (ids.length === 0) return []
  return await ground.database.read(workspaceId, (db) => db.select({ id: posts.id, version: posts.version, text: posts.text, media: posts.media }).from(posts).where(and(mine(db, posts), inArray(posts.id, ids))))
}

/** Of what is out everywhere, two in three are edited and every third is taken down. A change that dies with the server may or may not have been taken. */
export async function change(people: People, server: Server, rows: readonly Row[]): Promise<void> {
  await Promise.all((await untouched(people, rows, 3)).map(async (post, nth) => {
    const text = `${post.text} Διόρθωση.`
    const media = post.media.slice(0, 1)
    const edits = (people.changes.size + nth) % 3 !== 2
    const body = { version: post.version, title: '', text, media, note: 'Λάθος ώρα', reasons: {} }
    const to = edits ? new Map([[post.text, { text, media: media.map((one) => one.mediaId) }]]) : 'gone' as const
    people.changes.set(post.id, { to, sure: false })
    await ask(server.origin, people.cookie, { method: 'POST', path: `posts/${post.id}/${edits ? 'edit' : 'retract'}`, body: edits ? body : { note: 'Ακυρώθηκε' } })
    people.changes.set(post.id, { to, sure: true })
  }))
}

/** What stands on each network, read once. */
export const lookEverywhere = (dir: string): Readonly<Record<IdempotencyClass, Seen>> =>
  Object.fromEntries(classes.map((idempotency) => [idempotency, seenIn(join(dir, `${idempotency}.log`))])) as Record<IdempotencyClass, Seen>

// Nothing travels longer than a second and a half: whoever looks later than that sees what there is to see.
const arrived = 2_500
/** People who look at the network before they answer, once nothing can be on its way any more. How many answered. */
export async function answer(people: People, server: Server, rows: readonly Row[]): Promise<number> {
  const now = Date.now()
  const asking = rows.filter(({ state, leased }) => (state === 'needs-person' || state === 'held') && !leased)
  const name = (row: Row): string => `${row.id} ${row.version}`
  for (const row of asking) if (!people.since.has(name(row))) people.since.set(name(row), now)
  const ripe = asking.filter((row) => now - people.since.get(name(row))! >= arrived)
  if (ripe.length === 0) return 0
  const seen = lookEverywhere(people.ground.dir)
  const one = async (row: Row): Promise<void> => {
    const there = seen[row.idempotency].get(row.draft.text)?.[0]
    const body = there ? { answer: 'there', url: `https://networks.example/${row.id}`, remoteId: there.id } : { answer: 'send' }
    people.asked.set(row.id, (people.asked.get(row.id) ?? 0) + 1)
    await ask(server.origin, people.cookie, { method: 'POST', path: `publications/${row.id}/settle`, body }).catch(() => undefined)
  }
  for (let from = 0; from < ripe.length && !server.dead(); from += 8) await Promise.all(ripe.slice(from, from + 8).map(one))
  return ripe.length
}

/** Shortens the house's waits: minutes of patience decide nothing here. */
export async function hurry({ ground, workspaceId }: People): Promise<void> {
  await ground.database.write(workspaceId, async (tx) => {
    await tx.execute(sql`update account_gates set closed_until = now() where closed_until > now()`)
    await tx.execute(sql`update publications set wake_at = now() where wake_at > now() + interval '1 second' and lease_owner is null`)
    await tx.execute(sql`select pg_notify('stoa_due', '')`)
  })
}
