import { Button, Drawer, Group, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Waiting } from '#ui/columns-mark.tsx'
import { GoTo } from '#ui/go-to.tsx'
import { useLang } from '#ui/lang.tsx'
import { words as own } from '#ui/own-words.ts'
import { ProblemNote } from '#ui/problem.tsx'
import { When } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { readingsQuery, type SignalLine } from './calls.ts'
import { shown } from './figures.ts'
import css from './scorecard.module.css'
import { words } from './words.ts'

/** The events a figure is made of, newest first, each with its reason and the way to it. */
export function Behind({ signal, campaignId, close }: { signal: SignalLine; campaignId: string | undefined; close: () => void }) {
  const t = useWords(words)
  const ours = useWords(own)
  const { pick, lang } = useLang()
  const found = useInfiniteQuery(readingsQuery(signal.id, campaignId))
  const items = found.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Drawer opened onClose={close} size={480} title={t('scorecard.behindTitle', { name: pick(signal.name) })} closeButtonProps={{ 'aria-label': ours('close') }}>
      <Text size="sm" c="dimmed" mb={8}>{pick(signal.definition)}</Text>
      <ProblemNote error={found.error} retry={() => void found.refetch()} />
      {found.isPending ? <Waiting /> : null}
      {found.isSuccess && items.length === 0 ? <Text c="dimmed">{t('scorecard.behindEmpty')}</Text> : null}
      {items.map(({ at, because, value, event }) => (
        <div key={event.cursor} className={css.event}>
          <Group justify="space-between" gap={12} wrap="nowrap" align="baseline">
            <Text>{pick(because)}</Text>
            {value === null ? null : <Text size="sm" fw={600} style={{ whiteSpace: 'nowrap' }}>{shown(value, signal.unit, lang)}</Text>}
          </Group>
          <Group gap={12} mt={2}>
            <Text size="sm" c="dimmed"><When at={at} /></Text>
            {event.conversationId ? <GoTo to={`/inbox?view=all&c=${event.conversationId}`}>{t('scorecard.places.conversation')}</GoTo> : null}
            {event.postId ? <GoTo to={`/calendar?post=${event.postId}`}>{t('scorecard.places.post')}</GoTo> : null}
            {event.contactId ? <GoTo to={`/people/${event.contactId}`}>{t('scorecard.places.contact')}</GoTo> : null}
          </Group>
        </div>
      ))}
      {found.hasNextPage ? <Button mt={16} variant="default" fullWidth loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t('scorecard.more')}</Button> : null}
    </Drawer>
  )
}
