import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { RoutingApi } from '#core/routing/routes.ts'
import { client, take } from '#ui/api.ts'
import { useLang } from '#ui/lang.tsx'
import { short, useNow } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { dutyWords } from './duty-words.ts'

const { conversations } = client<RoutingApi>()

/** Why a conversation is whose it is, and by when somebody should answer. */
export function Standing({ id }: { id: string }) {
  const t = useWords(dutyWords)
  const { lang, zone } = useLang()
  const now = useNow()
  const { data } = useQuery({ queryKey: ['conversations', id, 'standing'], queryFn: () => take(conversations[':id'].standing.$get({ param: { id } })) })
  if (!data || (data.assignedBecause === null && data.dueAt === null)) return null
  const due = data.dueAt === null ? undefined : new Date(data.dueAt)
  return (
    <Text size="xs" c="dimmed" px={16} py={6} component="p" m={0}>
      {data.assignedBecause?.[lang]}
      {due ? <Text span size="xs" c={due <= now ? 'terracotta' : 'dimmed'}>{data.assignedBecause ? ' ' : ''}{t(due <= now ? 'missed' : 'due', { when: short(due, lang, zone) })}</Text> : null}
    </Text>
  )
}
