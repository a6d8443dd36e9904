import type { Ref } from '#kit/channel.ts'
import { limited } from '#kit/limited.ts'
import { EVERY, type Database } from '#db/database.ts'
import { needsLogin } from '#core/accounts/store.ts'
import { aroundThem } from '#core/publications/claims.ts'
import { noteCall } from '#core/publications/endings.ts'
import type { Around } from '#core/publications/ledger.ts'
import { claimReadBacks, keepReadBack, type Finding } from '#core/publications/read-back.ts'
import { clamped } from '#core/publications/rules.ts'
import type { Publication } from '#core/publications/store.ts'
import { troubleOf, type SendingChannel, type Tools } from './errand.ts'

export interface Reader { /** Looks for a few of those that are out; how many it took up. */ round(): Promise<number> }
type Lent = Pick<Tools, 'house' | 'ctx'> & { readonly database: Database }

// At once over all accounts, and in one round: it stays beside the sending, however much went out.
const most = { accounts: 4, round: 40 }
export const canReadBack = ({ publish }: SendingChannel): boolean => publish.stands !== undefined || 'find' in publish

/** Whether it stands there, by the network's own word. */
async function ask({ ctx }: Lent, row: Publication, { channel: { publish }, account }: { readonly channel: SendingChannel; readonly account: NonNullable<Around['account']> }): Promise<Finding['found']> {
  const ref: Ref = { channel: row.channel, id: row.remoteId ?? row.key, ...(row.remoteUrl ? { url: row.remoteUrl } : {}) }
  if (publish.stands) return await publish.stands(ref, account, ctx(row))
  if (!('find' in publish)) return 'unsure'
  const found = await publish.find(row.wire, account, ctx(row))
  // The same words may stand there twice: another than ours tells nothing of ours.
  return typeof found === 'string' ? found : found.id === row.remoteId ? 'there' : 'unsure'
}

async function look(lent: Lent, row: Publication, { account, facts }: Around): Promise<void> {
  const { house, database } = lent
  const channel = house.channels.find((one) => one.id === row.channel) as SendingChannel | undefined
  const now = house.now()
  const keep = async (finding: Finding) => { await database.write(row.workspaceId, (tx) => keepReadBack(tx, row, { finding, at: house.now() })) }
  if (!account || facts.account !== 'connected' || !channel?.publish) return await keep({ found: 'unsure' })
  if (facts.gate && facts.gate.until > now) return await keep({ found: 'unsure', notBefore: facts.gate.until })
  try { await keep({ found: await ask(lent, row, { channel, account }) }) } catch (error) {
    const trouble = troubleOf(error)
    house.log('what is out could not be looked for', { publication: row.id, channel: row.channel, error: String(error) })
    const until = trouble.kind === 'paced' ? clamped(trouble.retryAt, house.now()) : null
    await database.write(row.workspaceId, async (tx) => {
      if (trouble.kind === 'paced') await noteCall(tx, row, { trouble: 'paced', until, at: house.now() })
      if (trouble.kind === 'expired') await needsLogin(tx, row.accountId, { at: house.now(), because: 'expired' })
      await keepReadBack(tx, row, { finding: { found: 'unsure', notBefore: until ?? undefined }, at: house.now() })
    })
  }
}

/** Looks once, some time after, whether what a network confirmed is to be seen there. */
export function makeReader(lent: Lent): Reader {
  const { house, database } = lent
  const few = limited(most.accounts)
  return {
    round: async () => {
      const rows = await database.write(EVERY, (tx) => claimReadBacks(tx, { now: house.now(), limit: most.round }))
      if (rows.length === 0) return 0
      // What stands around an account is read once it is its turn: a wait that one look brings holds for the next.
      await Promise.all([...Map.groupBy(rows, (row) => row.accountId).values()].map((own) => few(async () => {
        for (const row of own) await look(lent, row, (await aroundThem(database, [row])).get(row.id)!)
      })))
      return rows.length
    },
  }
}
