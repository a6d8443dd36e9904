import { setTimeout as sleep } from 'node:timers/promises'

interface Said { readonly status: number; readonly body: unknown; readonly cookie: string }
const owner = { name: 'Ελένη', email: 'eleni@fournos.gr', password: 'ψωμί-ελιές-λάδι', siteName: 'Φούρνος της Ελένης', zone: 'Europe/Athens', lang: 'el' }

async function ask(origin: string, cookie: string, [method, path, body]: readonly [string, string, unknown?]): Promise<Said> {
  const said = await fetch(`${origin}/api/v1/${path}`, {
    method, headers: { cookie, connection: 'close', ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }), signal: AbortSignal.timeout(5_000),
  })
  return { status: said.status, body: await said.json(), cookie: said.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ') }
}

/** Somebody of the team at the inbox. What was not acknowledged is sent again. */
export interface Member {
  readonly workspaceId: string; readonly chatId: string
  /** The answers that were taken, in order. */
  readonly answered: string[]
  readonly figures: { resent: number; alreadyThere: number }
  answer(conversationId: string, text: string): Promise<void>
  /** Which conversation holds this text. */
  conversationWith(text: string): Promise<string>
  leave(): void
}
interface Row { readonly id: string }

/** Founds the bakery and opens a chat on its site. */
export async function foundWithChat(origin: string, { code, site }: { readonly code: string | null; readonly site: string }): Promise<Member> {
  const { cookie } = await ask(origin, '', ['POST', 'setup', { ...owner, code }])
  await ask(origin, cookie, ['POST', 'setup/door', { door: 'own' }])
  const { body: session } = await ask(origin, cookie, ['GET', 'session']) as { body: { workspace: { id: string } } }
  const { body: chat, status } = await ask(origin, cookie, ['POST', 'accounts', { channel: 'chat', settings: { name: owner.siteName, sites: site } }]) as { body: Row; status: number }
  if (status !== 201) throw new Error(JSON.stringify(chat))
  const leaving = new AbortController()
  const member = { workspaceId: session.workspace.id, chatId: chat.id, answered: [] as string[], figures: { resent: 0, alreadyThere: 0 } }
  const insist = async (given: Parameters<typeof ask>[2], enough: (said: Said) => boolean): Promise<Said> => {
    for (;;) {
      leaving.signal.throwIfAborted()
      const said = await ask(origin, cookie, given).catch(() => undefined)
      if (said && enough(said)) return said
      if (said && said.status < 500 && said.status !== 404) throw new Error(`${given[1]}: ${said.status} ${JSON.stringify(said.body)}`)
      member.figures.resent++
      await sleep(40)
    }
  }
  return {
    ...member,
    answer: async (conversationId, text) => {
      const there = ({ status: how, body }: Said): boolean => how === 409 && (body as { code?: string }).code === 'already_posted'
      const said = await insist(['POST', `conversations/${conversationId}/answer`, { text, seen: null, reasons: {} }], (one) => one.status === 201 || there(one))
      if (there(said)) member.figures.alreadyThere++
      member.answered.push(text)
    },
    conversationWith: async (text) => {
      const { body } = await insist(['GET', `conversations?view=all&q=${encodeURIComponent(text)}`], ({ status: how, body: found }) => how === 200 && (found as { items: Row[] }).items.length > 0) as { body: { items: Row[] } }
      return body.items[0]!.id
    },
    leave: () => leaving.abort(),
  }
}
