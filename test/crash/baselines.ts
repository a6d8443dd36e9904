import type { Told } from './judge.ts'
import { Crash, hour, type World } from './world.ts'

// Three common ways to send what is due, each as we read it in the field, under the very same faults. A person is never asked:
// what they give up on is recorded as failed.
interface Row { state: 'due' | 'processing' | 'published' | 'failed'; queued: boolean }
type Outcome = 'ok' | 'refused' | 'unclear'

function send(world: World, text: string): Outcome {
  const path = world.idempotency === 'two-phase' ? '/containers' : '/things'
  try {
    const made = world.call({ method: 'POST', path, key: null, body: { text } })
    if (made.status >= 400 || made.type !== 'application/json') return made.status === 422 ? 'refused' : 'unclear'
    if (world.idempotency !== 'two-phase') return 'ok'
    const { container } = made.body as { container: string }
    const opened = world.call({ method: 'POST', path: `/containers/${container}/publish`, key: null, body: {} })
    return opened.status < 300 && opened.type === 'application/json' ? 'ok' : 'unclear'
  } catch (error) { if (error instanceof Crash) throw error; return 'unclear' }
}

/** A line of the program that may be its last. */
function survived(world: World, work: () => void): void {
  try { work() } catch (error) { if (!(error instanceof Crash)) throw error; world.pass(10_000) }
}

/** Tries until the network says yes, and after each death again. */
function untilOk(world: World, row: Row, text: string): void {
  for (let turn = 0; turn < 60 && row.state !== 'published'; turn++) {
    survived(world, () => {
      if (send(world, text) === 'ok') world.line(() => { row.state = 'published' })
    })
    world.pass(30_000)
  }
}

/** Marks the row, then hands it to a queue that gives it out again when its worker died; only unmarked rows are looked for. */
function claimAndRedeliver(world: World, row: Row, text: string): void {
  for (let turn = 0; turn < 60 && row.state !== 'published' && row.state !== 'failed'; turn++) {
    survived(world, () => {
      if (row.state === 'due') {
        world.line(() => { row.state = 'processing' })
        world.line(() => { row.queued = true })
      }
      if (!row.queued) return
      const outcome = send(world, text)
      world.line(() => { row.state = outcome === 'ok' ? 'published' : 'failed'; row.queued = false })
    })
    world.pass(30_000)
  }
}

/** Runs the whole step again up to five times; the program's own death runs it again too. */
function rerunFive(world: World, row: Row, text: string): void {
  let tries = 0
  for (let turn = 0; turn < 60 && row.state !== 'published' && row.state !== 'failed'; turn++) {
    survived(world, () => {
      const before = world.now()
      const outcome = send(world, text)
      tries++
      // One that took too long is told as unconfirmed and left.
      const tooLong = world.now() - before >= 60_000
      if (outcome === 'ok') world.line(() => { row.state = 'published' })
      else if (tooLong || outcome === 'refused' || tries >= 5) world.line(() => { row.state = 'failed' })
    })
    world.pass(10_000)
  }
}

const ways = { 'retry until ok': untilOk, 'claim and redeliver': claimAndRedeliver, 're-run five times': rerunFive } as const
export const baselines = Object.keys(ways) as (keyof typeof ways)[]

export function baseline(way: keyof typeof ways, world: World): Told {
  const row: Row = { state: 'due', queued: false }
  const text = 'Βγήκε το ψωμί'
  ways[way](world, row, text)
  world.pass(3 * hour)
  const state = { published: 'confirmed', failed: 'refused', due: 'scheduled', processing: 'sending' }[row.state]
  return { idempotency: world.idempotency, text, state, asked: 0, dropped: false }
}
