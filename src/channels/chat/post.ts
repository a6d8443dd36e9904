import { and, asc, eq, gt, isNotNull, lt, or, sql } from 'drizzle-orm'
import type { Log } from '#kit/channel.ts'
import type { Hosts } from '#kit/host.ts'
import { isLang } from '#kit/lang.ts'
import { EVERY, mine, type Database, type Tx } from '#db/database.ts'
import { changeVisitor, lockVisitor, type Line, type Visitor } from './store.ts'
import { chatLines, chatVisitors } from './tables.ts'
import { usual } from './words.ts'

export interface PostRoom { readonly database: Database; now(): Date; readonly log: Log }

// Whoever has not looked for this long is away.
const awayAfter = 2 * 60_000
const every = 10_000
const most = 50

const unseen = sql`greatest(${chatVisitors.readSeq}, ${chatVisitors.mailedSeq})`

/** Who left an address and has not seen what we answered a while ago; who spoke last by mail gets it there at once. */
async function away({ database, now }: PostRoom): Promise<Pick<Visitor, 'id' | 'workspaceId' | 'accountId'>[]> {
  const since = new Date(now().getTime() - awayAfter)
  return await database.read(EVERY, (db) => db.selectDistinct({ id: chatVisitors.id, workspaceId: chatVisitors.workspaceId, accountId: chatVisitors.accountId })
    .from(chatVisitors).innerJoin(chatLines, and(eq(chatLines.visitorId, chatVisitors.id), eq(chatLines.workspaceId, chatVisitors.workspaceId)))
    .where(and(isNotNull(chatVisitors.email), gt(chatVisitors.seq, unseen), eq(chatLines.from, 'team'), gt(chatLines.seq, unseen), or(lt(chatLines.at, since), isNotNull(chatVisitors.mailRef)))).limit(most))
}

const spoken = ({ authorName, text, files }: Line, origin: string): string =>
  [`${authorName ?? ''}:`, text, ...files.map(({ name, url }) => `${name}: ${url.startsWith('/') ? origin : ''}${url}`)].filter((part) => part !== '').join('\n')

async function letterTo(hosts: Hosts, found: Pick<Visitor, 'id' | 'workspaceId' | 'accountId'>): Promise<void> {
  const host = hosts.of(found.workspaceId)
  const account = await host.connected(found.accountId)
  if (!account || !await host.canWriteLetters()) return
  const site = await host.site()
  await host.within(account, async ({ tx: given, write }) => {
    const tx = given as Tx
    const visitor = await lockVisitor(tx, found.id)
    if (!visitor?.email) return
    const lines = await tx.select().from(chatLines)
      .where(and(mine(tx, chatLines), eq(chatLines.visitorId, visitor.id), eq(chatLines.from, 'team'), gt(chatLines.seq, Math.max(visitor.readSeq, visitor.mailedSeq)))).orderBy(asc(chatLines.seq)).limit(100)
    const last = lines.at(-1)
    if (!last) return
    const lang = isLang(visitor.lang) ? visitor.lang : site.lang
    await write({
      to: visitor.email, name: visitor.name ?? '', lang, subject: `${visitor.mailRef ? 'Re: ' : ''}${usual.letterSubject[lang].replace('{name}', site.name)}`, ...(visitor.mailRef ? { inReplyTo: visitor.mailRef } : {}),
      text: `${lines.map((line) => spoken(line, site.origin)).join('\n\n')}\n\n—\n${usual.letterFoot[lang]}`, about: { kind: 'chat', id: visitor.id },
    })
    await changeVisitor(tx, visitor.id, { mailedSeq: last.seq })
  })
}

/** One round: everybody who is away gets what they have not seen in one letter, once. */
export async function postRound(hosts: Hosts, room: PostRoom): Promise<void> {
  for (const one of await away(room)) await letterTo(hosts, one).catch((error: unknown) => room.log('a letter of the chat stumbled', { visitor: one.id, error: String(error) }))
}

export function startPost(hosts: Hosts, room: PostRoom): { stop(): Promise<void> } {
  let running: Promise<void> | undefined
  const go = (): void => { running ??= postRound(hosts, room).catch((error: unknown) => room.log('the post of the chat stumbled', { error: String(error) })).finally(() => { running = undefined }) }
  const timer = setInterval(go, every)
  return { stop: async () => { clearInterval(timer); await running } }
}
