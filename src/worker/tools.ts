import { randomInt } from 'node:crypto'
import type { Ctx } from '#kit/channel.ts'
import { faultpoint } from '#kit/faultpoint.ts'
import { ctxFor } from '#core/ctx.ts'
import type { House } from '#core/house.ts'
import { readFitted } from '#core/media/fit.ts'
import { bookIn } from '#core/publications/book.ts'
import type { Publication } from '#core/publications/store.ts'
import { sendTimeout, type Tools } from './errand.ts'
import type { Journal } from './journal.ts'

/** A number no other worker has, as far as chance can say; its lock in the database tells that it lives (alive.ts). */
export const newOwner = (): string => String(randomInt(1, 2 ** 31 - 1))

/** The guarded way out, with the place marked at which an answer has come and nobody knows it yet. */
const watched = (fetch: typeof globalThis.fetch): typeof globalThis.fetch => async (input, init) => {
  const answer = await fetch(input, init)
  faultpoint('answer.before')
  return answer
}

export interface Lent { readonly fetch: typeof globalThis.fetch; readonly journal: Journal; readonly owner?: string; /** When this worker was last taken for dead. */ readonly lostAt?: () => number }

/** The real tools of a worker of this house. */
export function toolsFor(house: House, { fetch, journal, owner = newOwner(), lostAt = () => -Infinity }: Lent): Tools {
  const out = watched(fetch)
  return {
    house, journal, owner, lostAt, monotonic: () => performance.now(), ledger: bookIn(house.database),
    ctx: (row: Publication, patience = sendTimeout): Ctx => ({
      ...ctxFor(house, {
        workspaceId: row.workspaceId, fetch: out, signal: AbortSignal.timeout(patience),
        log: (message, facts) => house.log(message, { channel: row.channel, publication: row.id, ...facts }),
      }),
      ...(row.firstTriedAt ? { firstTriedAt: row.firstTriedAt } : {}),
    }),
    fit: async (row, attachment, limits) => {
      if (!limits) throw new Error(`${row.channel} takes no files.`)
      const { bytes, type, width, height } = await readFitted(house, { workspaceId: row.workspaceId, id: attachment.id }, limits)
      return { bytes, attachment: { ...attachment, type, width, height } }
    },
  }
}
