import { VisuallyHidden } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useWords } from '#ui/words.ts'
import { accountsQuery } from './calls.ts'
import { channelWords } from './channels-words.ts'

/** How many accounts need a person, for the rail; nothing when none does. */
export function ChannelsAlarm({ className }: { className: string | undefined }) {
  const t = useWords(channelWords)
  const { data } = useQuery(accountsQuery)
  const count = data?.items.filter(({ light, endsSoon }) => light !== 'live' || endsSoon).length ?? 0
  if (count === 0) return null
  return <span className={className} style={{ color: 'var(--terracotta)' }} title={t('need', { count })}><span aria-hidden>{count}</span><VisuallyHidden>{t('need', { count })}</VisuallyHidden></span>
}
