import type { Both } from '#kit/lang.ts'
import { and, inArray, sql } from 'drizzle-orm'
import type { Account, Card, Person } from '#kit/channel.ts'
import { isBlank } from '#kit/text.ts'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Tx } from '#db/database.ts'
import { accountOf } from '../accounts/store.ts'
import { accounts } from '../accounts/tables.ts'
import { channelOf, type House } from '../house.ts'
import { attachments } from '../media/store.ts'
import { personOf } from '../members/store.ts'
import { cardOf } from './card.ts'
import { refuseBeyond } from './limits.ts'
import { policyOf, type PublishingPolicy } from './policy.ts'
import { faceOn, shapeOn, type Part } from './rules.ts'
import { carries, nameOf, type ReadyPart, type Stand } from './stands.ts'
import type { Post } from './store.ts'

export interface Ready { readonly person: Person; readonly policy: PublishingPolicy; readonly stands: readonly Stand[]; readonly card: Card | undefined }

/** The accounts of a post, held as they are until the transaction ends; one that is no longer there is told, never left out in silence. */
async function chosenAccounts(tx: Tx, house: House, post: Post): Promise<Account[]> {
  if (post.accountIds.length === 0) throw new Refusal('no_account_chosen', { field: 'accountIds' })
  const ids = sql.join(post.accountIds.map((id) => sql`${id}::uuid`), sql`, `)
  await tx.execute(sql`select id from accounts where workspace_id = ${tx.workspace} and id in (${ids}) order by id for share`)
  const rows = await tx.select().from(accounts).where(and(mine(tx, accounts), inArray(accounts.id, [...post.accountIds])))
  return post.accountIds.map((id) => {
    const row = rows.find((one) => one.id === id)
    if (!row || row.state === 'removed') throw notConnected(id, row ? accountName(house, row) : { en: '?', el: '?' }, 'removed')
    if (row.state !== 'connected') throw notConnected(id, accountName(house, row), row.state)
    return accountOf(row)
  })
}
const accountName = (house: House, row: { readonly channel: string; readonly handle: string }): Both => nameOf(house.channels.find((one) => one.id === row.channel) ?? { name: row.channel }, row)
const notConnected = (accountId: string, account: Both, state: string): Refusal => new Refusal('account_not_connected', { params: { account }, field: 'accountIds', extra: { accountId, state } })

async function readyPart(tx: Tx, part: Part, policy: PublishingPolicy): Promise<ReadyPart> {
  const media = await attachments(tx, part.media)
  if (media.length < part.media.length) throw new Refusal('media_missing', { field: 'media' })
  if (policy.altText === 'required' && media.some((one) => isBlank(one.alt))) throw new Refusal('alt_text_required', { field: 'media' })
  return { text: part.text, media }
}

async function standOn(tx: Tx, house: House, { post, account, policy }: { readonly post: Post; readonly account: Account; readonly policy: PublishingPolicy }): Promise<Stand> {
  const channel = channelOf(house, account.channel)
  const shape = shapeOn(faceOn(post, account.id), carries(channel))
  const parts: ReadyPart[] = []
  for (const part of shape.parts) parts.push(await readyPart(tx, part, policy))
  const stand = { account, channel, title: shape.title, parts, firstComment: shape.firstComment, warning: shape.warning }
  refuseBeyond(stand)
  return stand
}

/** Everything a post needs to leave, or the first refusal that says what is missing and where. */
export async function ready(tx: Tx, house: House, post: Post): Promise<Ready> {
  const person = await personOf(tx, post.authorId)
  if (!person) throw new Refusal('voice_missing')
  const policy = await policyOf(tx)
  const stands: Stand[] = []
  for (const account of await chosenAccounts(tx, house, post)) stands.push(await standOn(tx, house, { post, account, policy }))
  return { person, policy, stands, card: post.card ? await cardOf(tx, post.card.url) : undefined }
}
