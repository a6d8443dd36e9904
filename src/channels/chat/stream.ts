import type { Log } from '#kit/channel.ts'
import type { Presence } from '#kit/presence.ts'
import type { Database } from '#db/database.ts'
import { saying, type Line } from '#net/live-line.ts'
import type { Bell, Ring, Window } from './bell.ts'
import { shownLine, shownState } from './show.ts'
import { isAnswered, lastOfTeam, linesAfter, visitorById, type Visitor } from './store.ts'
import { visitorIn } from './wire.ts'

export interface Sight { readonly database: Database; readonly workspaceId: string; readonly visitorId: string; readonly origin: string }
export interface Opening extends Sight { readonly bell: Bell; readonly cursor: number; readonly log: Log }
type State = ReturnType<typeof shownState>

const page = 100

/** What the visitor's window shows around its lines. Whoever answers has read what stands before; `seen`: what they said to have read. */
export async function stateOf({ database, workspaceId, visitorId }: Sight, seen = 0): Promise<{ readonly visitor: Visitor | undefined; readonly state: State }> {
  return await database.readAgain(workspaceId, async (db) => {
    const visitor = await visitorById(db, visitorId)
    if (!visitor) return { visitor, state: shownState({ visitor, readByTeam: 0, canRate: false }) }
    const readByTeam = Math.max(seen, await lastOfTeam(db, visitor.id))
    return { visitor, state: shownState({ visitor, readByTeam, canRate: visitor.rated === null && await isAnswered(db, visitor) }) }
  })
}

/** An open window: it has as little of its own as can be, since thousands of them mostly wait. */
class OpenWindow implements Window {
  readonly line: Line
  readonly visitorId: string
  ids: readonly string[]
  readonly #opening: Opening
  #cursor: number
  #seen = 0
  #told = ''
  #lines = true
  #near: Presence[] | undefined
  #busy = true

  constructor(line: Line, opening: Opening) {
    this.line = line
    this.visitorId = opening.visitorId
    this.ids = [opening.visitorId]
    this.#opening = opening
    this.#cursor = opening.cursor
  }

  /** What there is already comes first; whatever rings meanwhile is told after it. */
  async begin(): Promise<void> {
    const { visitor, state } = await stateOf(this.#opening)
    if (this.line.gone) return
    if (visitor?.root && visitorIn(visitor.root) !== this.visitorId) this.ids = [this.visitorId, visitorIn(visitor.root)]
    this.line.onGone(this.#opening.bell.open(this))
    this.#told = JSON.stringify(state)
    this.line.say(saying({ event: 'hello', data: JSON.stringify({ cursor: this.#cursor, state }), retry: 1_000 }))
    this.#busy = false
    this.#work()
  }

  hear(ring: Ring): void {
    if (ring.is === 'lines') this.#lines = true
    else (this.#near ??= []).push(ring.presence)
    this.#work()
  }

  #work(): void {
    if (this.#busy || this.line.gone || (!this.#lines && !this.#near)) return
    this.#busy = true
    this.#tell().then(() => { this.#busy = false; this.#work() }, (error: unknown) => {
      this.#opening.log('a window of the chat has to be opened again', { error: String(error) })
      this.line.close()
    })
  }

  async #tell(): Promise<void> {
    const [lines, near] = [this.#lines, this.#near]
    this.#lines = false
    this.#near = undefined
    if (lines) {
      await this.#tellLines()
      await this.#tellState()
    }
    for (const one of near ?? []) this.#tellNear(one)
  }

  async #tellLines(): Promise<void> {
    const { database, workspaceId, origin } = this.#opening
    for (let more = true; more && !this.line.gone;) {
      const lines = await database.readAgain(workspaceId, (db) => linesAfter(db, this.visitorId, { after: this.#cursor, limit: page }))
      for (const line of lines) { this.line.say(saying({ event: 'line', data: JSON.stringify(shownLine(origin, line)), id: String(line.seq) })); this.#cursor = line.seq }
      more = lines.length === page
      if (more) await this.line.room()
    }
  }

  async #tellState(): Promise<void> {
    const { visitor, state } = await stateOf(this.#opening, this.#seen)
    const data = JSON.stringify(state)
    if (data !== this.#told) this.line.say(saying({ event: 'state', data }))
    this.#told = data
    // The place is another's: a guest who has proved who they are sits elsewhere now.
    if (visitor?.into) this.line.close()
  }

  #tellNear({ does, name, picture }: Presence): void {
    const { origin } = this.#opening
    if (does === 'typing') return this.line.say(saying({ event: 'typing', data: JSON.stringify({ name, picture: picture?.startsWith('/') ? origin + picture : picture ?? null }) }))
    this.#seen = Math.max(this.#seen, this.#cursor)
    this.line.say(saying({ event: 'read', data: JSON.stringify({ seq: this.#seen }) }))
  }
}

/** Everything after the cursor, in order, then what comes; nothing twice, nothing left out, whatever breaks in between. */
export function pour(line: Line, opening: Opening): void {
  new OpenWindow(line, opening).begin().catch((error: unknown) => { opening.log('a window of the chat could not be opened', { error: String(error) }); line.close() })
}
