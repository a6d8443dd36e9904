import { ChannelError, type Trouble } from '#kit/channel.ts'
import { faultpoint } from '#kit/faultpoint.ts'
import { hashOf } from '#core/publications/plan.ts'
import type { Confirmed, Ending, Intent, Rest } from '#core/publications/ledger.ts'
import { lookAfter } from '#core/publications/read-back.ts'
import type { Decision } from '#core/publications/rules.ts'
import { happened, hindranceOf, holds, leaseFrom, rest, stumbled, troubleOf, type Desk, type Errand } from './errand.ts'
import { canReadBack } from './reading-back.ts'
import { Moved, prepare } from './preparing.ts'

type Ended = Omit<Ending, 'rest'>
const person = (because: string): Rest => ({ do: 'rest', to: 'needs-person', because, until: null })

/** Does what was decided after a call or a look; one step may ask for another. */
export async function follow(errand: Errand, decision: Decision, ended: Ended): Promise<void> {
  if (decision.do === 'rest') return void await rest(errand, { rest: decision, ...ended })
  if (decision.do === 'send') return errand.row.preparedAt === null ? await ready(errand) : await go(errand.desk, [errand])
  if (errand.row.state !== 'sending') return await look(errand)
  const row = await rest(errand, { rest: { do: 'rest', to: 'unknown', because: null, until: errand.lease.until }, ...ended })
  if (row) await look({ ...errand, row })
}

// The database knows which things on the network are ours already: two publications cannot be one of them.
const isSameThing = (error: unknown): boolean =>
  error instanceof Error && ((error as { constraint?: string }).constraint === 'publications_remote' || isSameThing(error.cause))
type Told = Omit<Confirmed, 'row'>
async function confirm(errand: Errand, told: Told): Promise<void> {
  const { receipt } = told
  errand.desk.told(errand.row.id)
  await errand.desk.confirming({ row: errand.row, ...told }).catch(async (error: unknown) => {
    if (!isSameThing(error)) throw error
    await rest(errand, { rest: person('same-thing'), outcome: 'same-thing', detail: receipt.id, doubt: true })
  })
}

/** Looks on the network itself whether it is there. */
export async function look(errand: Errand): Promise<void> {
  const { desk, row, channel: { publish }, account } = errand
  if (!('find' in publish)) return void await rest(errand, { rest: person('outcome-unknown'), outcome: 'looked' })
  let trouble: Trouble | undefined
  const found = await publish.find(row.wire, account, desk.ctx(row)).catch((error: unknown) => { trouble = troubleOf(error); return 'unsure' as const })
  if (typeof found !== 'string') return await confirm(errand, { receipt: found, seenAt: desk.house.now() })
  if (trouble?.kind === 'paced' || trouble?.kind === 'expired') return await follow(errand, happened(errand, { what: 'tried', trouble }), { outcome: 'looked', trouble: trouble.kind })
  await follow(errand, happened(errand, { what: 'looked', found }), { outcome: 'looked', detail: found, ...(trouble ? { trouble: trouble.kind } : {}) })
}

/** The one call that cannot be taken back. Its intent stands in the database and in the journal. */
async function send(errand: Errand): Promise<void> {
  const { desk, row, channel, account } = errand
  if (hashOf(row.wire) !== row.wireHash) {
    desk.house.log('the bytes of a publication are not those that were frozen', { publication: row.id })
    return void await rest(errand, { rest: person('changed-bytes'), outcome: 'unsent' })
  }
  const ctx = desk.ctx(row)
  if (!holds(desk, errand.lease)) return desk.house.log('a lease lapsed before its attempt could begin', { publication: row.id })
  faultpoint('first-byte.before')
  const result = await channel.publish.send(row.wire, account, ctx).catch((error: unknown) => error instanceof Error ? error : new Error(String(error)))
  faultpoint('answer.after')
  if (!(result instanceof Error)) return await confirm(errand, { receipt: result, ...(canReadBack(channel) ? { lookAt: lookAfter(row.key, desk.house.now()) } : {}) })
  const trouble = troubleOf(result)
  desk.house.log('a publication did not go through', { publication: row.id, channel: row.channel, error: String(result) })
  await follow(errand, happened(errand, { what: 'tried', trouble }), {
    outcome: trouble.kind, trouble: trouble.kind, doubt: trouble.kind === 'unknown', detail: result instanceof ChannelError ? undefined : String(result), ...(trouble.kind === 'refused' ? { detail: trouble.because } : {}),
  })
}

/** The disk would not hold the intents: nothing was sent, and nothing is lost. */
async function keepBack(errands: readonly Errand[], error: unknown): Promise<void> {
  for (const errand of errands) {
    errand.desk.house.log('nothing is sent: the journal cannot be written', { publication: errand.row.id, error: String(error) })
    await follow(errand, happened(errand, { what: 'kept-back', because: 'journal' }), { outcome: 'unsent', detail: String(error) })
  }
}

/** Their intents stand in the database: one flush of the journal for all, then each goes its own way. */
export async function launch(desk: Desk, intents: readonly Intent[], begun: readonly Errand[]): Promise<void> {
  try {
    await desk.journal.append(intents.map(({ row, attemptId }) => ({ attemptId, publicationId: row.id, key: row.key, hash: row.wireHash, at: desk.house.now().toISOString() })))
  } catch (error) { return await keepBack(begun, error) }
  await Promise.all(begun.map((errand) => send(errand).catch(stumbled(desk, errand.row)).finally(() => desk.leave(errand.row.id))))
}

/** Writes the intents of many in one transaction, and sends. */
export async function go(desk: Desk, errands: readonly Errand[]): Promise<void> {
  const lease = leaseFrom(desk)
  const of = new Map(errands.map((errand) => [errand.row.id, errand]))
  const intents = await desk.ledger.intend(errands.map(({ row, channel, account }) => ({ row, pace: channel.limits(account).pace })), { now: desk.house.now(), until: lease.until })
  await launch(desk, intents, intents.map(({ row }) => ({ ...of.get(row.id)!, row, lease })))
}

/** Readies what could not be frozen when it was planned, then sends it. */
export async function ready(errand: Errand): Promise<void> {
  const { desk } = errand
  let { row } = errand
  try { row = await desk.readying(() => prepare(errand, (kept) => { row = kept })) } catch (error) {
    if (error instanceof Moved) return
    const trouble = hindranceOf(error)
    const own = { ...errand, row }
    desk.house.log('a publication could not be readied', { publication: row.id, channel: row.channel, error: String(error) })
    return await follow(own, happened(own, { what: 'hindered', trouble }), { outcome: trouble.kind, trouble: trouble.kind })
  }
  await go(desk, [{ ...errand, row }])
}
