import { faultpoint } from '#kit/faultpoint.ts'
import { EVERY, type Database } from '#db/database.ts'
import { aroundThem, claimIn } from './claims.ts'
import { confirmIn, keepIn, restIn } from './endings.ts'
import { intendIn } from './intents.ts'
import type { Intent, Ledger } from './ledger.ts'
import { changeFailed, nextDue, retracted, revised } from './store.ts'

const byWorkspace = <T>(all: readonly T[], of: (one: T) => string) => Map.groupBy(all, of)

/** The worker's book, kept in the house's database. */
export function bookIn(database: Database): Ledger {
  const write = database.write
  return {
    claim: async (claim) => {
      faultpoint('claim.before')
      const rows = await write(EVERY, (tx) => claimIn(tx, claim))
      if (rows.length > 0) faultpoint('claim.after')
      return rows.toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
    },
    around: (rows) => aroundThem(database, rows),
    keepDraft: (row, draft) => write(row.workspaceId, (tx) => keepIn(tx, row, { draft })),
    freeze: (row, { draft, wire, hash }, at) => write(row.workspaceId, (tx) => keepIn(tx, row, { draft, wire, wireHash: hash, preparedAt: at, ...(row.state === 'claimed' ? { state: 'prepared' } : {}) })),
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
    rest: (row, ending, at) => write(row.workspaceId, (tx) => restIn(tx, row, { ...ending, at })),
    revised: (row, at) => write(row.workspaceId, (tx) => revised(tx, row, at)),
    retracted: (row, at) => write(row.workspaceId, (tx) => retracted(tx, row, at)),
    changeFailed: (row, failed, at) => write(row.workspaceId, (tx) => changeFailed(tx, row, { ...failed, at })),
    nextDue: () => database.read(EVERY, nextDue),
  }
}
