import { useWords } from '#ui/words.ts'
import type { Account } from './calls.ts'
import { words } from './words/words.ts'

/** What an account is called: the porch by its word, a network by its own name. */
export function useAccountName(): { channel: (account: Pick<Account, 'channel' | 'channelName'>) => string; whole: (account: Account) => string } {
  const t = useWords(words)
  const channel = (account: Pick<Account, 'channel' | 'channelName'>) => (account.channel === 'porch' ? t('porch') : account.channelName)
  return { channel, whole: (account) => (account.channel === 'porch' ? channel(account) : account.handle || channel(account)) }
}
