import { faultpoint } from '#kit/faultpoint.ts'
import { limited } from '#kit/limited.ts'
import { EVERY, type Database } from '#db/database.ts'
import { takeIn } from './claims.ts'
import { confirmIn, keepIn, restIn } from './endings.ts'
import { foresee, unforeseen } from './foreseen.ts'
import { intendIn } from './intents.ts'
import type { Intent, Ledger } from './ledger.ts'
import { changeFailed, nextDue, retracted, revised } from './store.ts'

const byWorkspace = <T>(all: readonly T[], of: (one: T) => string) => Map.groupBy(all, of)

/** The worker's book, kept in the house's database. */
export function bookIn(database: Database): Ledger {
  // However much is underway, most of the house's connections are left to those who wait at a screen: one lane for what
  // keeps the others going, one for all that comes to rest by itself.
  const [first, then] = [limited(3), limited(2)]
  const write: Database['write'] = (workspaceId, work) => first(() => database.write(workspaceId, work))
  const later: Database['write'] = (workspaceId, work) => then(() => database.write(workspaceId, work))
  let foreseen = unforeseen
  return {
    foresee: async (span) => { foreseen = await foresee(database, span) },
    take: async (claim, goes) => {
      faultpoint('claim.before')
      const taken = await write(EVERY, (tx) => takeIn(tx, { ...claim, foreseen }, goes))
      if (taken.around.size === 0 && foreseen.until <= claim.now) foreseen = unforeseen
      if (taken.claimed.length > 0) faultpoint('claim.after')
      if (taken.intents.length > 0) faultpoint('intent.after')
      return { ...taken, claimed: taken.claimed.toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime()) }
    },
    keepDraft: (row, draft, until) => later(row.workspaceId, (tx) => keepIn(tx, row, { draft, ...(until ? { leaseUntil: until, wakeAt: until } : {}) })),
    freeze: (row, { draft, wire, hash }, at) => later(row.workspaceId, (tx) => keepIn(tx, row, { draft, wire, wireHash: hash, preparedAt: at, ...(row.state === 'claimed' ? { state: 'prepared' } : {}) })),
    intend: async (wanting, lease) => {
      const intents: Intent[] = []
      for (const [workspaceId, own] of byWorkspace(wanting, (one) => one.row.workspaceId)) {
        faultpoint('intent.before')
        intents.push(...await write(workspaceId, (tx) => intendIn(tx, own, lease)))
        faultpoint('intent.after')
      }
      return intents
    },
    confirm: async (all, at) => {
      for (const [workspaceId, own] of byWorkspace(all, (one) => one.row.workspaceId)) {
        faultpoint('confirm.before')
        await write(workspaceId, (tx) => confirmIn(tx, own, at))
        faultpoint('confirm.after')
      }
    },
    rest: (row, ending, at) => later(row.workspaceId, (tx) => restIn(tx, row, { ...ending, at })),
    revised: (row, at) => later(row.workspaceId, (tx) => revised(tx, row, at)),
    retracted: (row, at) => later(row.workspaceId, (tx) => retracted(tx, row, at)),
    changeFailed: (row, failed, at) => later(row.workspaceId, (tx) => changeFailed(tx, row, { ...failed, at })),
    nextDue: () => database.read(EVERY, nextDue),
  }
}
