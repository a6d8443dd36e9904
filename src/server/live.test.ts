import { Hono } from 'hono'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { HouseEnv } from '#kit/http.ts'
import { emit } from '#core/events/store.ts'
import { members } from '#core/members/tables.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import type { Rings } from '#worker/rings.ts'
import { bakery, houseOf, type Bakery } from '../../test/world/bakery.ts'
import { settled } from '../../test/world/inbox.ts'
import { liveRoutes } from './live.ts'

let database: Database
let world: Bakery
beforeAll(async () => { database = await testDatabase(); world = await bakery(database) })
afterAll(() => database.close())

/** A house with a bell that is rung by hand. */
function hall() {
  const ears = new Set<(workspaceId: string) => void>()
  const rings = { on: (ear: (workspaceId: string) => void) => { ears.add(ear); return () => ears.delete(ear) }, due: () => () => undefined, presence: () => () => undefined, calls: () => () => undefined, close: () => Promise.resolve() } as unknown as Rings
  const app = new Hono<HouseEnv>()
  app.use(async (c, next) => { c.set('member', { id: world.eleni.id, workspaceId: world.workspaceId, userId: null, name: 'Ελένη', role: 'owner' }); await next() })
  app.route('/', liveRoutes(houseOf(database), rings))
  const watch = async (cursor?: string) => {
    const response = await app.request(`/live${cursor === undefined ? '' : `?cursor=${cursor}`}`)
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    let rest = ''
    const parts: string[] = []
    const next = async (): Promise<string> => {
      for (; parts.length === 0;) {
        const read = (rest + (await reader.read()).value).split('\n\n')
        rest = read.pop()!
        parts.push(...read)
      }
      return parts.shift()!
    }
    const field = (part: string, name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1] ?? ''
    return {
      begin: async () => (JSON.parse(field(await next(), 'data')) as { cursor: string }).cursor,
      change: async () => { const part = await next(); return { id: field(part, 'id'), change: (JSON.parse(field(part, 'data')) as { data: { change: string } }).data.change } },
      ended: async () => { for (;;) if ((await reader.read()).done) return true },
      leave: () => reader.cancel(),
    }
  }
  const ring = (): void => { for (const ear of ears) ear(world.workspaceId) }
  // As the house's own bell does: what is not settled yet is told by the echo.
  return { watch, ring: () => { ring(); void settled(database, world.workspaceId).then(ring) } }
}
const happen = (change: string) => database.write(world.workspaceId, (tx) => emit(tx, 'site.changed', { at: new Date(), memberId: world.eleni.id, data: { change } }))

describe('the live stream', () => {
  test('ends for whoever has left the team, also at a window that stood open', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] })
    const leftAt = (at: Date | null) => database.write(world.workspaceId, (tx) => tx.update(members).set({ leftAt: at }).where(eq(members.id, world.eleni.id)))
    try {
      const viewer = await hall().watch()
      await viewer.begin()
      await leftAt(new Date())
      vi.advanceTimersByTime(20_000)
      expect(await viewer.ended()).toBe(true)
    } finally { vi.useRealTimers(); await leftAt(null) }
  })
  test('tells all who watch what happens, each once and in order', async () => {
    const { watch, ring } = hall()
    const viewers = await Promise.all([watch(), watch(), watch()])
    await Promise.all(viewers.map((one) => one.begin()))
    await happen('one')
    await happen('two')
    ring()
    ring()
    for (const one of viewers) expect([(await one.change()).change, (await one.change()).change]).toEqual(['one', 'two'])
    await happen('three')
    ring()
    for (const one of viewers) { expect((await one.change()).change).toBe('three'); await one.leave() }
  })
  test('begins with what was missed, whoever else is there', async () => {
    const { watch, ring } = hall()
    const first = await watch()
    await first.begin()
    await happen('seen')
    ring()
    const { id } = await first.change()
    await first.leave()
    await happen('missed')
    const [back, other] = await Promise.all([watch(id), watch()])
    await Promise.all([back.begin(), other.begin()])
    expect((await back.change()).change).toBe('missed')
    await happen('now')
    ring()
    expect([(await back.change()).change, (await other.change()).change]).toEqual(['now', 'now'])
  })
  test('goes on from now for a place that a restored copy does not know', async () => {
    const { watch, ring } = hall()
    const viewer = await watch('999999999999-1')
    expect(await viewer.begin()).toBe('999999999999-1')
    await new Promise((next) => { setTimeout(next, 100) })
    await happen('after the restore')
    ring()
    expect((await viewer.change()).change).toBe('after the restore')
  })
})
