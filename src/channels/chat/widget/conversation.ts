import type { Line, Saying, Standing } from './protocol.ts'

/** What the visitor said and the server has not confirmed; `refused` says why it will not be taken. */
export interface Unsent extends Saying { readonly refused: string | null }

export interface Conversation {
  /** In the server's order, each once. */
  readonly lines: readonly Line[]
  /** Every line up to here has arrived. */
  readonly cursor: number
  /** Lines beyond the cursor were heard of while some before them were not: ask for them. */
  readonly behind: boolean
  readonly unsent: readonly Unsent[]
  readonly standing: Standing | null
  readonly readByTeam: number
  readonly readByVisitor: number
  readonly typing: { readonly name: string; readonly until: number } | null
}

export type Happening =
  | { readonly kind: 'said'; readonly saying: Saying }
  /** The server's answer to a message: one line, which says nothing of those before it. */
  | { readonly kind: 'sent'; readonly line: Line }
  | { readonly kind: 'refused'; readonly clientId: string; readonly because: string }
  | { readonly kind: 'again' | 'dropped'; readonly clientId: string }
  /** All lines that stand after one place, up to the last of these. */
  | { readonly kind: 'lines'; readonly after: number; readonly lines: readonly Line[] }
  | { readonly kind: 'standing'; readonly standing: Standing }
  | { readonly kind: 'read'; readonly by: 'team' | 'visitor'; readonly seq: number }
  | { readonly kind: 'typing'; readonly name: string; readonly until: number }
  | { readonly kind: 'fell-silent'; readonly now: number }
  /** Another visitor from here on (the token was not taken): what they did not say yet is kept. */
  | { readonly kind: 'begun-anew' }

export const nothingSaid: Conversation = { lines: [], cursor: 0, behind: false, unsent: [], standing: null, readByTeam: 0, readByVisitor: 0, typing: null }

/** What is known after something happened; the order of deliveries and their repetition change nothing in the end. */
export function after(was: Conversation, did: Happening): Conversation {
  switch (did.kind) {
    case 'said': return said(was, did.saying)
    case 'sent': return withLines(was, [did.line])
    case 'lines': return reached(withLines(was, did.lines), did)
    case 'refused': return { ...was, unsent: was.unsent.map((one) => (one.clientId === did.clientId ? { ...one, refused: did.because } : one)) }
    case 'again': return { ...was, unsent: was.unsent.map((one) => (one.clientId === did.clientId ? { ...one, refused: null } : one)) }
    case 'dropped': return { ...was, unsent: was.unsent.filter((one) => one.clientId !== did.clientId) }
    case 'standing': return stood(was, did.standing)
    case 'read': return did.by === 'team' ? { ...was, readByTeam: Math.max(was.readByTeam, did.seq) } : { ...was, readByVisitor: Math.max(was.readByVisitor, did.seq) }
    case 'typing': return { ...was, typing: { name: did.name, until: did.until } }
    case 'fell-silent': return was.typing && was.typing.until <= did.now ? { ...was, typing: null } : was
    case 'begun-anew': return { ...nothingSaid, unsent: was.unsent }
  }
}

const stands = (was: Conversation, clientId: string): boolean =>
  was.lines.some((line) => line.clientId === clientId) || was.unsent.some((one) => one.clientId === clientId)

const said = (was: Conversation, saying: Saying): Conversation =>
  (stands(was, saying.clientId) ? was : { ...was, unsent: [...was.unsent, { ...saying, refused: null }] })

function withLines(was: Conversation, given: readonly Line[]): Conversation {
  const known = new Set(was.lines.map((line) => line.seq))
  const fresh = given.filter((line) => !known.has(line.seq) && known.add(line.seq))
  if (fresh.length === 0) return was
  const lines = [...was.lines, ...fresh].toSorted((one, other) => one.seq - other.seq)
  const confirmed = new Set(fresh.map((line) => line.clientId))
  const answered = fresh.some((line) => line.from === 'team')
  return { ...was, lines, unsent: was.unsent.filter((one) => !confirmed.has(one.clientId)), typing: answered ? null : was.typing }
}

function reached(was: Conversation, { after: place, lines }: { readonly after: number; readonly lines: readonly Line[] }): Conversation {
  if (place > was.cursor) return { ...was, behind: true }
  return { ...was, cursor: Math.max(was.cursor, lines.at(-1)?.seq ?? 0), behind: false }
}

const stood = (was: Conversation, standing: Standing): Conversation => ({
  ...was, standing, readByTeam: Math.max(was.readByTeam, standing.readByTeam), readByVisitor: Math.max(was.readByVisitor, standing.readByVisitor),
})

/** What to send next: one at a time, in the order in which it was said. */
export const nextToSend = (now: Conversation): Unsent | undefined => now.unsent.find((one) => one.refused === null)

/** How many answers the visitor has not seen. */
export const unseen = (now: Conversation): number => now.lines.filter((line) => line.from === 'team' && line.seq > now.readByVisitor).length

/** The last line of the visitor's that a member has seen. */
export const lastRead = (now: Conversation): number => now.lines.findLast((line) => line.from === 'visitor' && line.seq <= now.readByTeam)?.seq ?? 0
