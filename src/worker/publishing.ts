import type { Ref } from '#kit/channel.ts'
import { limited } from '#kit/limited.ts'
import type { Around, Rest, Taken } from '#core/publications/ledger.ts'
import { backoff, clamped, decide } from '#core/publications/rules.ts'
import type { Publication } from '#core/publications/store.ts'
import { factsOf, happened, leaseFrom, rest, standingOf, stumbled, troubleOf, type Desk, type Errand, type Held, type SendingChannel, type Tools } from './errand.ts'
import { gathered } from './gathered.ts'
import { follow, go, launch, look, ready } from './sending.ts'

export interface Publisher {
  /** Claims what is due, as far as there is room, and starts it; how many it took up. */
  take(): Promise<number>
  /** Reads what comes due in this span, so that it begins the sooner. */
  foresee(span: { readonly after: Date; readonly until: Date }): Promise<void>
  /** Brings this one on, if it is due. */
  run(id: string): Promise<void>
  /** Once nothing is underway any more. */
  idle(): Promise<void>
  /** Takes up all that is due and brings it on. */
  sweep(): Promise<number>
  /** Calls `listener` whenever something taken up has come to rest: it may have been given a time to be taken up again. */
  rested(listener: () => void): void
}

// Called at once, underway with those that were answered and not yet confirmed, claimed in one go and in how many lanes, confirmed in one go, and
// readied at once: the last upload and decode files.
const most = { called: 2000, underway: 10_000, claimed: 1000, lanes: 2, confirmed: 500, readied: 6 }

/** An edit or removal of something that is out: both may be repeated without harm. */
async function change({ desk, row, channel: { publish }, account }: Errand): Promise<void> {
  const ref: Ref = { channel: row.channel, id: row.remoteId ?? row.key, ...(row.remoteUrl ? { url: row.remoteUrl } : {}) }
  try {
    if (row.pending === 'revise') await publish.revise?.(ref, row.nextWire!, account, desk.ctx(row))
    else await publish.retract?.(ref, row.wire, account, desk.ctx(row))
  } catch (error) {
    const trouble = troubleOf(error)
    desk.house.log('a change did not go through', { publication: row.id, channel: row.channel, error: String(error) })
    const now = desk.house.now()
    const until = trouble.kind === 'paced' ? clamped(trouble.retryAt, now) : backoff(row.looks + 2, now)
    return await desk.ledger.changeFailed(row, trouble.kind === 'refused' ? { because: trouble.because } : { until, word: trouble.kind }, now)
  }
  await (row.pending === 'revise' ? desk.ledger.revised : desk.ledger.retracted)(row, desk.house.now())
}

/** Nobody is left to send it for. */
async function giveUp({ desk, row, around, channel }: Pick<Errand, 'desk' | 'row' | 'around'> & { readonly channel: SendingChannel | undefined }): Promise<void> {
  const now = desk.house.now()
  if (row.pending) return await desk.ledger.changeFailed(row, { because: 'account-removed' }, now)
  const unsure = row.state === 'sending' && row.unsureSince === null ? now : row.unsureSince
  const decided = decide({ ...standingOf(row), unsureSince: unsure }, { what: 'woken' }, { facts: { ...factsOf({ around, channel }), account: 'gone' }, now })
  await desk.ledger.rest(row, { rest: decided as Rest, outcome: 'account-removed', doubt: unsure !== null }, now)
}

interface Claimed { readonly desk: Desk; readonly row: Publication; readonly around: Around; readonly lease: Held }
const channelOf = (desk: Desk, row: Publication): SendingChannel | undefined => desk.house.channels.find((one) => one.id === row.channel) as SendingChannel | undefined
function errandOf({ desk, row, around, lease }: Claimed): Errand | undefined {
  const [channel, { account }] = [channelOf(desk, row), around]
  return account && channel?.publish ? { desk, row, around, channel, account, lease } : undefined
}
/** Nothing stands between it and its network but the intent to send it. */
const isReady = (errand: Errand): boolean =>
  errand.row.state !== 'confirmed' && errand.row.state !== 'sending' && errand.row.preparedAt !== null && happened(errand, { what: 'woken' }).do === 'send'

/** What was claimed, to where it belongs. */
async function begin(claimed: Claimed): Promise<unknown> {
  const { desk, row, around } = claimed
  const errand = errandOf(claimed)
  if (!errand) return giveUp({ desk, row, around, channel: channelOf(desk, row) })
  if (row.state === 'confirmed') return change(errand)
  if (row.state === 'sending') return follow(errand, happened(errand, { what: 'cut-off' }), { outcome: 'cut-off', doubt: true })
  const decision = happened(errand, { what: 'woken' })
  if (decision.do === 'rest') return rest(errand, { rest: decision, outcome: decision.because ?? 'waits' })
  // One that was never made ready has nothing to be looked for by.
  if (decision.do === 'look') return row.wireHash === '' ? rest(errand, { rest: { do: 'rest', to: 'held', because: row.because, until: null }, outcome: 'waits' }) : look(errand)
  return row.preparedAt === null ? ready(errand) : go(desk, [errand])
}

async function start(desk: Desk, { claimed, intents, around }: Taken, lease: Held): Promise<void> {
  const of = (row: Publication): Claimed => ({ desk, row, around: around.get(row.id)!, lease })
  await Promise.all([
    ...claimed.map((row) => begin(of(row)).catch(stumbled(desk, row)).finally(() => desk.leave(row.id))),
    ...(intents.length > 0 ? [launch(desk, intents, intents.map(({ row }) => errandOf(of(row))!))] : []),
  ])
}

/** Brings publications to their end. What there is to do stands in the ledger; nothing is held here that may not be lost. */
export function makePublisher(tools: Tools): Publisher {
  const { house, ledger } = tools
  const underway = new Set<Promise<void>>()
  const [calling, told] = [new Set<string>(), new Set<string>()]
  let freed: (() => void) | undefined
  // Set while there is more to take up and room for it: what is due begins before what has begun is confirmed.
  let taking: Promise<void> | undefined
  let onRest: () => void = () => undefined
  const desk: Desk = {
    ...tools, readying: limited(most.readied), confirming: gathered((all) => ledger.confirm(all, house.now()), { most: most.confirmed, first: () => taking }),
    told: (id) => { if (calling.delete(id)) { told.add(id); freed?.() } },
    leave: (id) => { if (calling.delete(id) || told.delete(id)) { freed?.(); onRest() } },
  }
  const claim = async (limit: number, id?: string): Promise<{ rows: number; work?: Promise<void> }> => {
    const lease = leaseFrom(tools)
    const taken = await ledger.take({ owner: tools.owner, now: house.now(), until: lease.until, limit, ...(id ? { id } : {}) }, (row, around) => {
      const errand = errandOf({ desk, row, around, lease })
      return errand && isReady(errand) ? { pace: errand.channel.limits(errand.account).pace } : undefined
    })
    // What the gates put off is taken up all the same: there may be more behind it.
    const rows = [...taken.claimed, ...taken.intents.map((intent) => intent.row)]
    if (taken.around.size === 0) return { rows: 0 }
    for (const row of rows) calling.add(row.id)
    const work = start(desk, taken, lease).catch((error: unknown) => house.log('publishing stumbled', { error: String(error) }))
      .finally(() => { for (const row of rows) desk.leave(row.id); underway.delete(work) })
    underway.add(work)
    return { rows: taken.around.size, work }
  }
  const idle = async (): Promise<void> => { while (underway.size > 0) await Promise.all(underway) }
  const room = (): number => Math.min(most.called - calling.size, most.underway - calling.size - told.size, most.claimed)
  /** Claims as long as there is something due and room for it; how many it took up, and whether there may be more. */
  const fill = async (lanes = 1): Promise<{ taken: number; more: boolean }> => {
    for (let taken = 0; ;) {
      const limit = room()
      if (limit < most.claimed / 2) return { taken, more: true }
      const { rows } = await claim(limit)
      taken += rows
      if (rows < limit) return { taken, more: rows > 0 }
      // So much is due that the database may well take up two batches side by side.
      if (lanes < most.lanes) {
        const both = await Promise.all(Array.from({ length: most.lanes }, () => fill(most.lanes)))
        return { taken: both.reduce((sum, one) => sum + one.taken, taken), more: both.some((one) => one.more) }
      }
    }
  }
  const take = async (): Promise<number> => {
    for (let taken = 0; ;) {
      const filling = fill()
      const own = filling.then(() => undefined, () => undefined)
      taking = own
      const done = await filling.finally(() => { if (taking === own) taking = undefined })
      taken += done.taken
      if (!done.more) return taken
      if (room() < most.claimed / 2) await new Promise<void>((next) => { freed = next })
    }
  }
  return { take, idle, foresee: (span) => ledger.foresee(span), rested: (listener) => { onRest = listener }, run: async (id) => { await (await claim(1, id)).work }, sweep: async () => { const taken = await take(); await idle(); return taken } }
}
