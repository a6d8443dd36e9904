import type { Account } from '#kit/channel.ts'
import { newId } from '#kit/id.ts'
import { admit, gateAfter, open, type Gate } from '#core/publications/gates.ts'
import type { Around, Claim, Confirmed, Ending, Frozen, Goes, Intent, Ledger, Pace, Taken } from '#core/publications/ledger.ts'
import { inTurn } from '#core/publications/claims.ts'
import { deadlineOf, mayMove, type State } from '#core/publications/states.ts'
import type { Publication } from '#core/publications/store.ts'

/** The worker's book on paper: the same rules as the database's, in memory, so that a run takes a fraction of a millisecond. */
export interface Paper extends Ledger { readonly rows: Map<string, Publication>; readonly put: (row: Publication) => void }

interface Sheet { readonly rows: Map<string, Publication>; readonly gates: Map<string, Gate>; readonly starts: Map<string, Date[]>; readonly account: Account; readonly around: (rows: readonly Publication[]) => Map<string, Around> }

/** The row, if it is still as the worker saw it. */
const unmoved = ({ rows }: Sheet, seen: Publication): Publication | undefined => {
  const row = rows.get(seen.id)
  return row && row.version === seen.version && row.state === seen.state ? row : undefined
}
const keep = ({ rows }: Sheet, row: Publication, change: Partial<Publication>): Publication => {
  const next = { ...row, ...change, version: row.version + 1 }
  rows.set(row.id, next)
  return next
}
const idle = { leaseOwner: null, leaseUntil: null, alertedAt: null } as const

function take(sheet: Sheet, { owner, now, until, limit, id }: Claim, goes: Goes): Taken {
  const due = [...sheet.rows.values()].filter((row) => row.wakeAt !== null && row.wakeAt <= now && (id === undefined || row.id === id))
    .toSorted(inTurn).slice(0, limit)
  const found = sheet.around(due)
  const ready = due.flatMap((row) => { const go = goes(row, found.get(row.id)!); return go ? [{ row, pace: go.pace }] : [] })
  const claimed = due.filter((row) => !ready.some((one) => one.row.id === row.id)).map((row) => keep(sheet, row, {
    leaseOwner: owner, leaseUntil: until, wakeAt: until, leaseNo: row.leaseNo + 1, state: row.state === 'scheduled' || row.state === 'retry-wait' ? 'claimed' : row.state,
  }))
  return { claimed, intents: intend(sheet, ready, { now, until, owner }), around: found }
}

function around(sheet: Sheet, rows: readonly Publication[]): Map<string, Around> {
  return new Map(rows.map((row) => {
    const gate = sheet.gates.get(row.accountId)
    return [row.id, {
      account: sheet.account, parent: row.parentId === null ? undefined : sheet.rows.get(row.parentId),
      facts: { account: 'connected', paused: false, parentOut: row.parentId === null || typeof sheet.rows.get(row.parentId)?.remoteId === 'string', ...(gate?.closedUntil ? { gate: { until: gate.closedUntil, because: gate.because ?? 'paced' } } : {}) },
    }] as const
  }))
}

const mayBegin: readonly State[] = ['scheduled', 'claimed', 'prepared', 'retry-wait', 'unknown', 'held']
function intend(sheet: Sheet, wanting: readonly { readonly row: Publication; readonly pace: Pace | undefined }[], { now, until, owner }: { readonly now: Date; readonly until: Date; readonly owner?: string }): Intent[] {
  const intents: Intent[] = []
  for (const [accountId, own] of Map.groupBy(wanting, (one) => one.row.accountId)) {
    const let_ = admit({ gate: sheet.gates.get(accountId) ?? open, pace: own[0]!.pace, recent: sheet.starts.get(accountId) ?? [], wanted: own.length, now })
    sheet.gates.set(accountId, let_.gate)
    own.forEach(({ row: seen }, nth) => {
      const row = unmoved(sheet, seen)
      if (!row) return
      if (nth >= let_.now) {
        const to: State = row.unsureSince === null ? 'scheduled' : row.state === 'held' ? 'held' : 'unknown'
        return void keep(sheet, row, { ...idle, state: to, because: let_.because, wakeAt: let_.later(nth - let_.now), deadline: deadlineOf(to, { now, dueAt: now })! })
      }
      if (!mayBegin.includes(row.state)) return
      sheet.starts.set(accountId, [now, ...(sheet.starts.get(accountId) ?? [])].slice(0, 100))
      const begun = keep(sheet, row, { state: 'sending', because: null, attempts: row.attempts + 1, firstTriedAt: row.firstTriedAt ?? now, wakeAt: until, leaseUntil: until, deadline: deadlineOf('sending', { now, dueAt: now })!, ...(owner === undefined ? {} : { leaseOwner: owner, leaseNo: row.leaseNo + 1 }) })
      intents.push({ attemptId: newId(now.getTime()), row: begun })
    })
  }
  return intents
}

function confirm(sheet: Sheet, all: readonly Confirmed[], at: Date): void {
  for (const { row: seen, receipt } of all) {
    const row = sheet.rows.get(seen.id)
    if (!row || row.version !== seen.version || !mayMove(row.state, 'confirmed')) continue
    keep(sheet, row, { ...idle, state: 'confirmed', because: null, remoteId: receipt.id, confirmedAt: at, wakeAt: null, looks: 0 })
    for (const part of sheet.rows.values()) if (part.parentId === row.id && part.state === 'waiting') keep(sheet, part, { state: 'scheduled', because: null, wakeAt: at })
    const gate = sheet.gates.get(row.accountId)
    if (!gate || (gate.failures === 0 && gate.closedUntil === null)) continue
    sheet.gates.set(row.accountId, open)
    for (const other of sheet.rows.values()) if (other.leaseOwner === null && other.wakeAt && other.wakeAt > at && (other.because === 'paced' || other.because === 'breaker')) sheet.rows.set(other.id, { ...other, wakeAt: at })
  }
}

function rest(sheet: Sheet, seen: Publication, { rest: to, outcome, trouble, doubt }: Ending, at: Date): Publication | undefined {
  const row = unmoved(sheet, seen)
  if (!row) return undefined
  if (!mayMove(row.state, to.to)) throw new Error(`A publication does not go from ${row.state} to ${to.to}.`)
  const deadline = deadlineOf(to.to, { now: at, dueAt: row.dueAt })
  if (trouble) sheet.gates.set(row.accountId, gateAfter(sheet.gates.get(row.accountId) ?? open, trouble, { now: at, until: to.until }))
  return keep(sheet, row, {
    ...idle, state: to.to, because: to.because, wakeAt: to.until, looks: outcome === 'looked' ? row.looks + 1 : doubt ? 0 : row.looks,
    ...(doubt && row.unsureSince === null ? { unsureSince: at } : {}), ...(to.afresh ? { preparedAt: null } : {}), ...(deadline ? { deadline } : {}),
  })
}

/** `step` runs each line of the book: it may end the process before the line is written, or right after. */
export function paper(account: Account, step: <T>(write: () => T) => Promise<T>): Paper {
  const sheet: Sheet = { rows: new Map(), gates: new Map(), starts: new Map(), account, around: (rows) => around(sheet, rows) }
  const freeze = (row: Publication, { draft, wire, hash }: Frozen, at: Date) => {
    const found = unmoved(sheet, row)
    return found && keep(sheet, found, { draft, wire, wireHash: hash, preparedAt: at, ...(found.state === 'claimed' ? { state: 'prepared' as const } : {}) })
  }
  const nothing = async () => { throw new Error('Nothing is edited or taken down on paper.') }
  return {
    rows: sheet.rows, put: (row) => { sheet.rows.set(row.id, row) },
    foresee: async () => undefined,
    take: (given, goes) => step(() => take(sheet, given, goes)),
    keepDraft: (row, draft) => step(() => { const found = unmoved(sheet, row); return found && keep(sheet, found, { draft }) }),
    freeze: (row, frozen, at) => step(() => freeze(row, frozen, at)),
    intend: (wanting, lease) => step(() => intend(sheet, wanting, lease)),
    confirm: (all, at) => step(() => confirm(sheet, all, at)),
    rest: (row, ending, at) => step(() => rest(sheet, row, ending, at)),
    revised: nothing, retracted: nothing, changeFailed: nothing,
    nextDue: async () => [...sheet.rows.values()].flatMap((row) => (row.wakeAt ? [row.wakeAt] : [])).toSorted((a, b) => a.getTime() - b.getTime())[0],
  }
}
