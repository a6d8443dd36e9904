import { NetError } from '#net/net-error.ts'
import { endpointInHeader, endpointInPage } from './endpoint.ts'
import type { Tools } from './look.ts'
import { dueOut, nextTry, settleOut, type MentionOut } from './store.ts'

const page = /^(?:text\/html|application\/xhtml\+xml)\b/i
const patience = (): AbortSignal => AbortSignal.timeout(20_000)

/** Where a page wants to be told: its header first, then its text. Undefined: nowhere. */
export async function discover(target: string, fetch: typeof globalThis.fetch): Promise<string | undefined> {
  const answer = await fetch(target, { headers: { accept: 'text/html, */*;q=0.1' }, signal: patience() })
  if (answer.status === 429 || answer.status >= 500) throw new NetError('broken', `${answer.status}`, { left: true })
  const url = answer.url || target
  const named = endpointInHeader(answer.headers.get('link'), url)
  if (named !== undefined || !page.test(answer.headers.get('content-type') ?? '')) { await answer.body?.cancel(); return named }
  return endpointInPage(await answer.text(), url)
}

async function tellOne(row: MentionOut, tools: Tools): Promise<void> {
  const settle = (outcome: Parameters<typeof settleOut>[2]) => settleOut(tools.database, row, outcome)
  const later = async (word: string): Promise<void> => {
    const at = nextTry(row.tries, tools.now())
    await settle(at ? { state: 'waiting', dueAt: at, lastWord: word } : { state: 'given-up', lastWord: word })
  }
  try {
    const endpoint = await discover(row.target, tools.fetch)
    if (endpoint === undefined) return await settle({ state: 'no-endpoint', endpoint: null, lastWord: null })
    const answer = await tools.fetch(endpoint, { method: 'POST', body: new URLSearchParams({ source: row.source, target: row.target }), signal: patience() })
    await answer.body?.cancel()
    if (answer.ok) return await settle({ state: 'sent', endpoint, sentAt: tools.now(), lastWord: String(answer.status) })
    if (answer.status === 429 || answer.status === 408 || answer.status >= 500) return await later(String(answer.status))
    await settle({ state: 'refused', endpoint, lastWord: String(answer.status) })
  } catch (error) {
    const failure = error instanceof NetError ? error.failure : 'broken'
    if (failure === 'blocked') return await settle({ state: 'refused', lastWord: failure })
    await later(failure)
  }
}

export async function tellRound(tools: Tools): Promise<number> {
  const due = await dueOut(tools.database, tools.now(), 10)
  await Promise.all(due.map((row) => tellOne(row, tools).catch((error: unknown) => tools.log('a webmention could not be sent', { target: row.target, error: String(error) }))))
  return due.length
}
