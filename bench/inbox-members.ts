import { sql } from 'drizzle-orm'
import type { Account } from '#kit/channel.ts'
import { accountOf } from '#core/accounts/store.ts'
import { accounts } from '#core/accounts/tables.ts'
import { hear } from '#core/conversations/hear.ts'
import type { Vocabulary } from './inbox-fill.ts'
import type { Opened } from './open.ts'
import type { Stopwatch } from './stopwatch.ts'

export const bands = ['rare', 'medium', 'common', 'two'] as const
export interface Desk { readonly stoa: Opened; readonly cookies: readonly string[]; readonly random: () => number; readonly restMs: number; readonly vocabulary: Vocabulary; readonly watch: Stopwatch }

export const pick = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)]!
export const wordsOf = ({ random, vocabulary }: Pick<Desk, 'random' | 'vocabulary'>, band: (typeof bands)[number]): string =>
  (band === 'two' ? `${pick(random, vocabulary.medium)} ${pick(random, vocabulary.common)}` : pick(random, vocabulary[band]))

const views = ['all', 'unassigned', 'waiting', 'mine', 'done', 'held', 'due', 'mentioned']
const lines = ['channel:bench-2', 'lang:el', 'tag:ψωμί', 'tag:σπάνιο', 'tag:παράπονο state:done', 'priority:high', 'waiting:>2h', 'assignee:me', 'assignee:nobody lang:en', 'has:held', 'has:unread', 'has:unread lang:el', '-tag:ψωμί channel:bench-1', 'state:done lang:el']
const within = ['lang:el', 'state:open', 'channel:bench-1', 'assignee:me', 'tag:παράπονο', 'tag:σπάνιο']
interface Listed { readonly items: readonly { readonly id: string }[]; readonly next: string | null }

/** Cursors of pages all the way down, to go on from. */
export async function depths({ stoa }: Pick<Desk, 'stoa'>): Promise<string[]> {
  const { rows } = await stoa.database.read(stoa.workspaceId, (db) => db.execute<{ cursor: string }>(sql`select to_char(last_message_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '_' || id as cursor
    from conversations tablesample system (1) where workspace_id = ${stoa.workspaceId} limit 500`))
  return rows.map((row) => row.cursor)
}

/** One act of a member at their screen: which, by how often they come. */
function acts(desk: Desk, cursors: readonly string[]) {
  const { stoa, random, watch } = desk
  const get = async <T>(cookie: string, path: string): Promise<T> => {
    const said = await fetch(`${stoa.origin}/api/v1/${path}`, { headers: { cookie } })
    if (!said.ok) throw new Error(`${said.status} ${path}: ${await said.text()}`)
    return await said.json() as T
  }
  const list = (cookie: string, kind: string, asked: Record<string, string>) => watch.timed(`API ${kind}`, () => get<Listed>(cookie, `conversations?${new URLSearchParams({ limit: '30', ...asked })}`))
  return async (cookie: string): Promise<void> => {
    const chance = random()
    if (chance < 0.35) {
      const page = await list(cookie, 'list', { view: pick(random, views) })
      if (page.items.length > 0) await watch.timed('API open', () => get(cookie, `conversations/${pick(random, page.items).id}`))
    } else if (chance < 0.45) await list(cookie, 'filter', { q: pick(random, lines) })
    else if (chance < 0.55) await list(cookie, 'deep page', { view: pick(random, ['all', 'done']), cursor: pick(random, cursors) })
    else if (chance < 0.65) await watch.timed('API counts', () => get(cookie, 'conversations/counts'))
    else if (chance < 0.75) await list(cookie, 'search in a filter', { q: `${pick(random, within)} ${wordsOf(desk, pick(random, bands))}` })
    else {
      const band = pick(random, bands)
      const found = await list(cookie, `search ${band}`, { q: wordsOf(desk, band) })
      if (found.next !== null && random() < 0.2) await list(cookie, 'search, next page', { q: wordsOf(desk, band), cursor: found.next })
    }
  }
}

const rest = (ms: number) => new Promise((next) => setTimeout(next, ms))
/** Members act, look at what came for a while as people do (exponentially, with the desk's mean), and act again. */
export async function members(desk: Desk, over: () => boolean): Promise<void> {
  const act = acts(desk, await depths(desk))
  const pause = () => rest(-Math.log(1 - desk.random()) * desk.restMs)
  await Promise.all(desk.cookies.map(async (cookie) => {
    await pause()
    while (!over()) { await act(cookie); await pause() }
  }))
}

/** Messages come in, at random moments: half of them begin a talk. */
export async function arrivals({ stoa, random, watch }: Desk, { perSecond, texts }: { readonly perSecond: number; readonly texts: readonly string[] }, over: () => boolean): Promise<void> {
  const account: Account = await stoa.database.read(stoa.workspaceId, async (db) => accountOf((await db.select().from(accounts).where(sql`channel = 'bench-1'`).limit(1))[0]!))
  const [heard, run]: [string[], string] = [[], String(Date.now())]
  const pending = new Set<Promise<unknown>>()
  for (let n = 0; !over(); n++) {
    await rest(-Math.log(1 - random()) * 1000 / perSecond)
    const id = `${run}-${n}`
    const under = random() < 0.5 && heard.length > 0 ? pick(random, heard.slice(-200)) : undefined
    const now = new Date()
    const item = { does: 'says' as const, ref: { channel: account.channel, id }, author: { id: `p${Math.floor(random() * 10_000)}`, name: 'Άννα' }, text: pick(random, texts), at: now.toISOString(), visibility: 'private' as const, ...(under ? { inReplyTo: { channel: account.channel, id: under } } : {}) }
    const taken = watch.timed('a message taken in', () => stoa.database.write(stoa.workspaceId, (tx) => hear({ tx, account, now }, [item]))).then(() => heard.push(id))
    pending.add(taken)
    void taken.finally(() => pending.delete(taken))
  }
  await Promise.all(pending)
}
