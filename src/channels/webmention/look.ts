import { createHash } from 'node:crypto'
import type { Account, Incoming, Log } from '#kit/channel.ts'
import type { Hosts, Standing } from '#kit/host.ts'
import { NetError } from '#net/net-error.ts'
import type { Database } from '#db/database.ts'
import { again, heard, taken } from './convert.ts'
import { linksTo } from './microformats.ts'
import { dueIn, nextTry, settleIn, type MentionIn } from './store.ts'

export interface Tools { readonly database: Database; readonly fetch: typeof globalThis.fetch; readonly hosts: Hosts; readonly now: () => Date; readonly log: Log }

/** Which post of ours an address names. */
export const slugIn = (target: string): string | undefined => {
  const found = /^\/p\/([^/]+)\/?$/.exec(new URL(target).pathname)?.[1]
  try { return found === undefined ? undefined : decodeURIComponent(found) } catch { return undefined }
}

const idOf = ({ source, target }: Pick<MentionIn, 'source' | 'target'>): string => `webmention ${createHash('sha256').update(`${source}\n${target}`).digest('base64url').slice(0, 32)}`

type Seen = { readonly is: 'page'; readonly html: string; readonly url: string } | { readonly is: 'gone' | 'away' | 'refused'; readonly word: string }
const typed = /^(?:text\/html|application\/xhtml\+xml)\b/i

/** Their page, as anybody sees it. */
async function see(source: string, tools: Tools): Promise<Seen> {
  try {
    const answer = await tools.fetch(source, { headers: { accept: 'text/html, application/xhtml+xml;q=0.9' }, signal: AbortSignal.timeout(20_000) })
    if (answer.status === 404 || answer.status === 410) return { is: 'gone', word: String(answer.status) }
    if (!answer.ok) return { is: 'away', word: String(answer.status) }
    if (!typed.test(answer.headers.get('content-type') ?? '')) return { is: 'refused', word: 'not a page' }
    return { is: 'page', html: await answer.text(), url: answer.url || source }
  } catch (error) {
    const blocked = error instanceof NetError && (error.failure === 'blocked' || error.failure === 'too-large')
    return { is: blocked ? 'refused' : 'away', word: error instanceof NetError ? error.failure : 'broken' }
  }
}

interface About { readonly row: MentionIn; readonly standing: Standing; readonly account: Account }
async function takeBack(tools: Tools, { row, standing, account }: About, word: string): Promise<void> {
  if (row.stands && row.author) await tools.hosts.of(row.workspaceId).hear(account, [taken({ id: idOf(row), source: row.source }, { does: row.does ?? 'says', author: row.author, about: standing.ref, now: tools.now() })])
  await settleIn(tools.database, row, { state: row.stands ? 'gone' : 'refused', stands: false, lastWord: word })
}

async function takeIn(tools: Tools, { row, standing, account }: About, page: { readonly html: string; readonly url: string }): Promise<void> {
  const now = tools.now()
  const whole = { ...page, id: idOf(row), source: row.source, target: row.target, about: standing.ref, now }
  const said = heard(whole)
  const items: Incoming[] = []
  const same = row.stands && row.does === said.does
  if (row.stands && !same && row.author) items.push(taken({ id: idOf(row), source: row.source }, { does: row.does ?? 'says', author: row.author, about: standing.ref, now }))
  const edit = same && row.author ? again(whole, row.author) : undefined
  items.push(...(edit ? [edit] : same ? [] : [said]))
  await tools.hosts.of(row.workspaceId).hear(account, items)
  await settleIn(tools.database, row, { state: 'heard', stands: true, does: said.does, author: same && row.author ? row.author : said.author, lastWord: null })
}

/** Looks at one page that says it speaks of us. */
async function lookAt(row: MentionIn, tools: Tools): Promise<void> {
  const host = tools.hosts.of(row.workspaceId)
  const account = await host.account('porch')
  const slug = slugIn(row.target)
  const standing = account && slug !== undefined ? await host.standing(account.id, slug) : undefined
  if (!account || !standing || standing.gone) return await settleIn(tools.database, row, { state: 'refused', lastWord: 'the post is not there' })
  const seen = await see(row.source, tools)
  const about = { row, standing, account }
  if (seen.is === 'page') return await (linksTo(seen.html, { url: seen.url, target: row.target }) ? takeIn(tools, about, seen) : takeBack(tools, about, 'no link to us'))
  if (seen.is === 'gone') return await takeBack(tools, about, seen.word)
  const at = seen.is === 'away' ? nextTry(row.tries, tools.now()) : undefined
  await settleIn(tools.database, row, at ? { state: 'waiting', dueAt: at, lastWord: seen.word } : { state: seen.is === 'away' ? 'given-up' : 'refused', lastWord: seen.word })
}

export async function lookRound(tools: Tools): Promise<number> {
  const due = await dueIn(tools.database, tools.now(), 10)
  await Promise.all(due.map((row) => lookAt(row, tools).catch((error: unknown) => tools.log('a webmention could not be looked at', { source: row.source, error: String(error) }))))
  return due.length
}
