import { useChannelName } from '#ui/channel-name.ts'
import type { Account } from './calls.ts'

/** What an account is called: the porch in the reader's word, a network by its own name. */
export function useAccountName(): { channel: (account: Pick<Account, 'channel'>) => string; whole: (account: Account) => string } {
  const nameOf = useChannelName()
  const channel = (account: Pick<Account, 'channel'>) => nameOf(account.channel)
  return { channel, whole: (account) => (account.channel === 'porch' ? channel(account) : account.handle || channel(account)) }
}
