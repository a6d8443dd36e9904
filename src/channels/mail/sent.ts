import type { ImapFlow } from 'imapflow'
import type { Account, Ctx, Receipt } from '#kit/channel.ts'
import { withImap } from './dial.ts'
import type { Settings } from './settings.ts'
import type { Wire } from './wire.ts'

const names = /^(?:inbox[./])?(?:sent|sent items|sent mail|sent messages|απεσταλμένα|σταλμένα)$/iu

/** The folder of what was sent, by its mark or by its name; made where there is none. */
export async function sentFolder(client: ImapFlow, known: string | undefined): Promise<string> {
  const folders = await client.list()
  const found = folders.find(({ path }) => path === known) ?? folders.find(({ specialUse }) => specialUse === '\\Sent') ?? folders.find(({ path }) => names.test(path))
  if (found) return found.path
  return (await client.mailboxCreate('Sent')).path
}

/** The numbers of the mails in a folder that carry this Message-ID. */
export async function uidsOf(client: ImapFlow, folder: string, messageId: string): Promise<readonly number[]> {
  await client.mailboxOpen(folder, { readOnly: true })
  return await client.search({ header: { 'message-id': messageId } }, { uid: true }) || []
}

export async function find(wire: Wire, account: Account<Settings>, ctx: Ctx): Promise<Receipt | 'absent' | 'unsure'> {
  return await withImap(account, ctx, async (client) => {
    const folder = await sentFolder(client, account.settings.sent)
    return (await uidsOf(client, folder, wire.messageId)).length > 0 ? { id: wire.messageId } : 'absent'
  })
}

/** Puts what was sent where the mailbox keeps such, unless its server did so itself. */
export async function keepSent(wire: Wire, bytes: Buffer, given: { readonly account: Account<Settings>; readonly ctx: Ctx }): Promise<void> {
  const { account, ctx } = given
  await withImap(account, ctx, async (client) => {
    const folder = await sentFolder(client, account.settings.sent)
    if ((await uidsOf(client, folder, wire.messageId)).length > 0) return
    await client.append(folder, bytes, ['\\Seen'], new Date(wire.date))
  }).catch((error: unknown) => ctx.log('what was sent could not be put into its folder', { error: String(error) }))
}
