import type { Channel } from '#kit/channel.ts'
import type { Member } from '#kit/http.ts'
import type { Database } from '#db/database.ts'
import { asking } from '../../../test/world/asking.ts'
import { bakery, houseOf, NOON, type Bakery } from '../../../test/world/bakery.ts'
import { squareChannel } from '../../../test/world/inbox.ts'
import type { House } from '../house.ts'
import { createPost, postById, type Post, type PostInput } from '../posts/store.ts'
import { publicationsOf } from '../publications/store.ts'
import { scheduleRoutes } from './routes.ts'

/** The bakery with a network to write to, a clock that can be set, and its calendar. */
export interface Calendar {
  readonly world: Bakery; readonly house: House; readonly account: string
  ask(method: string, path: string, body?: unknown, as?: Member): ReturnType<ReturnType<typeof asking>>
  draft(more?: Partial<PostInput>): Promise<Post>
  post(id: string): Promise<Post>
  due(id: string): Promise<string[]>
  set(at: string): void
}

let told = 0
export async function calendar(database: Database): Promise<Calendar> {
  const world = await bakery(database)
  const clock = { at: NOON }
  const memory = { ...squareChannel(), id: 'memory' } as Channel
  const house = houseOf(database, { channels: [memory], now: () => clock.at })
  const account = world.accounts.memory
  return {
    world, house, account,
    ask: (method, path, body, as = world.nikos) => asking(scheduleRoutes(house), as)(method, path, body),
    draft: (more = {}) => database.write(world.workspaceId, (tx) => createPost(tx, {
      title: 'Σίκαλη', text: `Το ψωμί σίκαλης νούμερο ${told += 1} βγαίνει το πρωί.`, lang: 'el', intent: 'give', format: 'story', tags: [], media: [], campaignId: null, accountIds: [account], ...more, authorId: world.nikos.id, at: clock.at,
    })),
    post: (id) => database.read(world.workspaceId, (db) => postById(db, id)),
    due: async (id) => (await database.read(world.workspaceId, (db) => publicationsOf(db, [id]))).filter((one) => one.state === 'scheduled').map((one) => one.dueAt.toISOString()),
    set: (at) => { clock.at = new Date(at) },
  }
}
