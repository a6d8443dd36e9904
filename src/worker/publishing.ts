import type { Account, Channel, Ctx, Trouble } from '#kit/channel.ts'
import { ChannelError } from '#kit/channel.ts'
import type { Json } from '#kit/json.ts'
import { EVERY } from '#db/database.ts'
import { accountById, accountOf } from '#core/accounts/store.ts'
import { ctxFor } from '#core/ctx.ts'
import { channelOf, type House } from '#core/house.ts'
import { afterLook, isLate, nextStep, type Step, type Tried } from '#core/publications/rules.ts'
import { beginAttempt, confirm, publicationById, retracted, revised, setBack, unsettled, type Publication } from '#core/publications/store.ts'

type SendingChannel = Channel<unknown, Json, Json> & { readonly publish: NonNullable<Channel<unknown, Json, Json>['publish']> }
interface Errand { readonly house: House; readonly fetch: typeof globalThis.fetch; readonly row: Publication; readonly channel: SendingChannel; readonly account: Account }

const sendTimeout = 60_000

const ctxOf = ({ house, row, fetch }: Errand): Ctx => ctxFor(house, {
  workspaceId: row.workspaceId, fetch, signal: AbortSignal.timeout(sendTimeout),
  log: (message, facts) => house.log(message, { channel: row.channel, publication: row.id, ...facts }),
})
const triedOf = ({ row, channel, house }: Errand): Tried => ({
  idempotency: channel.publish.idempotency, attempts: row.attempts, firstTriedAt: row.firstTriedAt ?? house.now(),
  ...(channel.publish.idempotency === 'keyed-ttl' ? { keyHours: channel.publish.keyHours } : {}),
})
const troubleOf = (error: unknown): Trouble => (error instanceof ChannelError ? error.trouble : { kind: 'unknown' })

async function take(errand: Errand, step: Step, outcome: string): Promise<void> {
  const { house, row } = errand
  const now = house.now()
  const back = (setback: Omit<Parameters<typeof setBack>[2], 'at' | 'outcome'>) => house.database.write(row.workspaceId, (tx) => setBack(tx, row.id, { ...setback, outcome, at: now }))
  switch (step.do) {
    case 'send-again': return await back({ state: 'retry-wait', because: null, until: step.at })
    case 'ask-person': return await back({ state: 'needs-person', because: step.because })
    case 'refuse': return await back({ state: 'refused', because: step.because })
    case 'reconnect': return await back({ state: 'auth-needed', because: 'expired' })
    case 'look': { await back({ state: 'unknown', because: null }); return await look(errand) }
  }
}

/** Looks on the network itself whether an unknown one is there. */
async function look(errand: Errand): Promise<void> {
  const { house, row, channel, account } = errand
  const publish = channel.publish
  if (!('find' in publish)) return await take(errand, { do: 'ask-person', because: 'outcome-unknown' }, 'unknown')
  const found = await publish.find(row.wire, account, ctxOf(errand)).catch(() => 'unsure' as const)
  const step = afterLook(typeof found === 'string' ? found : 'found', triedOf(errand), house.now())
  if (step !== 'confirm') return await take(errand, step, 'looked')
  if (typeof found !== 'string') await house.database.write(row.workspaceId, (tx) => confirm(tx, row.id, { receipt: found, at: house.now() }))
}

async function send(given: Errand): Promise<void> {
  const { house, channel, account } = given
  const begun = await house.database.write(given.row.workspaceId, (tx) => beginAttempt(tx, given.row.id, house.now()))
  if (!begun) return
  const errand = { ...given, row: begun }
  let receipt
  try { receipt = await channel.publish.send(begun.wire, account, ctxOf(errand)) } catch (error) {
    house.log('a publication did not go through', { publication: begun.id, channel: begun.channel, error: String(error) })
    const trouble = troubleOf(error)
    return await take(errand, nextStep(trouble, triedOf(errand), house.now()), trouble.kind)
  }
  await house.database.write(begun.workspaceId, (tx) => confirm(tx, begun.id, { receipt, at: house.now() }))
}

/** An edit or removal of something that is out: both may be repeated without harm, so a failure waits for the next sweep. */
async function change(errand: Errand): Promise<void> {
  const { house, row, channel, account } = errand
  const ref = { channel: row.channel, id: row.remoteId ?? row.key, ...(row.remoteUrl ? { url: row.remoteUrl } : {}) }
  if (row.pending === 'revise') await channel.publish.revise?.(ref, row.nextWire!, account, ctxOf(errand))
  else await channel.publish.retract?.(ref, row.wire, account, ctxOf(errand))
  await house.database.write(row.workspaceId, (tx) => (row.pending === 'revise' ? revised : retracted)(tx, row, house.now()))
}

async function step(errand: Errand, after: 'running' | 'restart'): Promise<void> {
  const { house, row } = errand
  if (row.pending && row.state === 'confirmed') return await change(errand)
  if (row.state === 'unknown') return await look(errand)
  if (row.state === 'sending') return after === 'restart' ? await take(errand, nextStep({ kind: 'unknown' }, triedOf(errand), house.now()), 'cut-off') : undefined
  if (row.state !== 'scheduled' && row.state !== 'retry-wait') return
  if (row.dueAt > house.now()) return
  if (row.kind === 'post' && row.attempts === 0 && isLate(row.dueAt, house.now())) return await take(errand, { do: 'ask-person', because: 'late' }, 'late')
  await send(errand)
}

export interface Publisher { run(workspaceId: string, id: string): Promise<void>; sweep(after: 'running' | 'restart'): Promise<number> }

/** Brings publications to their end, each by one at a time in this process; their rows say what is left to do. */
export function makePublisher(house: House, guarded: typeof globalThis.fetch): Publisher {
  const busy = new Set<string>()
  const one = async (workspaceId: string, id: string, after: 'running' | 'restart'): Promise<void> => {
    if (busy.has(id)) return
    busy.add(id)
    try {
      const found = await house.database.read(workspaceId, async (db) => {
        const row = await publicationById(db, id)
        const account = row && await accountById(db, row.accountId)
        return row && account ? { row, account: accountOf(account) } : undefined
      })
      const channel = found && channelOf(house, found.row.channel)
      if (found && channel?.publish) await step({ house, fetch: guarded, ...found, channel: channel as SendingChannel }, after)
    } catch (error) { house.log('publishing stumbled', { publication: id, error: String(error) }) } finally { busy.delete(id) }
  }
  const sweep = async (after: 'running' | 'restart'): Promise<number> => {
    const rows = await house.database.read(EVERY, (db) => unsettled(db, house.now()))
    const queue = [...rows]
    const lanes = Array.from({ length: 6 }, async () => { for (let row = queue.shift(); row; row = queue.shift()) await one(row.workspaceId, row.id, after) })
    await Promise.all(lanes)
    return rows.length
  }
  return { run: (workspaceId, id) => one(workspaceId, id, 'running'), sweep }
}
