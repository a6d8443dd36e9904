import { ChannelError, type Account, type Ctx, type Letters, type Publish, type Receipt } from '#kit/channel.ts'
import type { Json } from '#kit/json.ts'
import { bytesOf, filesFor } from './bytes.ts'
import { answering, isAddress, letterWire, nameless, wireOf } from './convert.ts'
import { withImap } from './dial.ts'
import { originalOf } from './original.ts'
import { find, keepSent, uidsOf } from './sent.ts'
import { mostOfHuge } from './read.ts'
import type { Settings } from './settings.ts'
import { openSmtp, openTrouble, submitTrouble, type TurnedAway } from './submit.ts'
import { Wire } from './wire.ts'

export const publish: Publish<Settings, Wire> = { idempotency: 'read-back', kinds: ['message'], prepare: wireOf, stage, send, find }

/** Letters of the house go the same way. */
export const letters: Letters<Settings, Json> = {
  prepare: letterWire,
  send: (wire, account, ctx) => send(Wire.parse(wire), account, ctx),
  find: (wire, account, ctx) => find(Wire.parse(wire), account, ctx),
}

/** Reads what is answered from the mailbox: its subject, its way here, and the words that are quoted. */
async function stage(wire: Wire, account: Account<Settings>, ctx: Ctx): Promise<Wire> {
  const { inReplyTo } = wire
  if (inReplyTo === null || wire.subject !== null) return wire
  const original = inReplyTo.startsWith(nameless) ? undefined : await withImap(account, ctx, async (client) => {
    const uid = (await uidsOf(client, 'INBOX', inReplyTo)).at(-1)
    const found = uid === undefined ? false : await client.fetchOne(String(uid), { source: { start: 0, maxLength: mostOfHuge }, internalDate: true }, { uid: true })
    return found && found.source ? await originalOf(found.source, ctx.now()) : undefined
  })
  return answering(wire, original)
}

async function send(wire: Wire, account: Account<Settings>, ctx: Ctx): Promise<Receipt> {
  if (!isAddress(wire.to.address)) throw new ChannelError({ kind: 'refused', because: 'nobody-to-write-to' })
  const bytes = await bytesOf(wire, await filesFor(wire, ctx))
  let turned: readonly TurnedAway[]
  const counter = await openSmtp(account.settings, ctx).catch((error: unknown) => { throw openTrouble(error, ctx.now()) })
  try {
    turned = await counter.submit({ from: wire.from.address, to: [wire.to, ...(wire.cc ?? [])].map(({ address }) => address) }, bytes)
  } catch (error) { throw submitTrouble(error, ctx.now()) } finally { counter.close() }
  for (const one of turned) ctx.log('a mail was not taken for one of those who were to get it', { messageId: wire.messageId, because: one.because })
  await keepSent(wire, bytes, { account, ctx })
  // It went to the others; to whom it was written it did not.
  const away = turned.find(({ address }) => address === wire.to.address)
  if (away) throw new ChannelError({ kind: 'refused', because: `not-delivered: ${away.because}` })
  return { id: wire.messageId }
}
