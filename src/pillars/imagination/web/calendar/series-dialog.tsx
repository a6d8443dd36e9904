import { Button, Group, Modal, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSession } from '#ui/session.ts'
import { told } from '#ui/undo.tsx'
import { endSeries, holdSeries, occurrence, seriesQuery } from './calls.ts'
import { nameOf } from './chip.tsx'
import { wallAt } from './clock.ts'
import css from './dialogs.module.css'
import type { Item } from './item.ts'
import { useLook, wallWords } from './look.tsx'
import { Refusals } from './refusal.tsx'

type Does = 'skip' | 'pause' | 'resume' | 'end' | 'make'
const said = { skip: 'series.skipped', pause: 'series.paused', resume: 'series.resumed', end: 'series.ended' } as const

/** What a series says, when it comes next, and what can be done to it or to one of its days. */
export function SeriesDialog({ item, onChange, onOpen, onClose }: { item: Item; onChange: (item: Item) => void; onOpen: (id: string) => void; onClose: () => void }) {
  const { t, lang, zone } = useLook()
  const { may } = useSession()
  const queries = useQueryClient()
  const id = item.seriesId ?? ''
  const { data } = useQuery(seriesQuery(id))
  const wall = item.occurrence ?? (data && item.at ? wallAt(data.zone, Date.parse(item.at)) : '')
  const act = useMutation({
    mutationFn: async (does: Does): Promise<string | null> => {
      if (does === 'skip' || does === 'make') return (await occurrence(id, wall, does)).postId
      await (does === 'end' ? endSeries(id, wall) : holdSeries(id, does))
      return null
    },
    onSuccess: async (postId, does) => {
      onClose()
      if (does === 'make') { if (postId) onOpen(postId) } else told(t(said[does]))
      await queries.invalidateQueries({ queryKey: ['posts'] })
    },
  })
  const button = (does: Does, label: string, color?: string) => <Button key={does} size="compact-sm" variant={does === 'make' ? 'light' : 'subtle'} {...(color ? { color } : {})} disabled={act.isPending} onClick={() => act.mutate(does)}>{label}</Button>
  return (
    <Modal opened onClose={onClose} title={t('series.title')} closeButtonProps={{ 'aria-label': t('exchange.close') }}>
      <Text fw={550} lang={item.lang}>{nameOf(item, t)}</Text>
      {item.at ? <Text size="sm" c="dimmed">{wallWords(lang, wallAt(zone, Date.parse(item.at)))} · {t(item.kind === 'series' ? 'series.ahead' : item.changed ? 'series.changedByHand' : 'series.inSeries')}</Text> : null}
      {data ? <p className={css.rule}>{data.says[lang]}</p> : null}
      {data && data.next.length > 0 ? <Text size="sm" c="dimmed">{t('repeat.next')}: {data.next.slice(0, 5).map((one) => wallWords(lang, one.wallTime)).join(' · ')}</Text> : null}
      <Refusals error={act.error} zone={zone} names={new Map()} onChoose={() => undefined} />
      {may('publish') && data ? (
        <Group gap={6} mt={20}>
          {item.kind === 'series' ? button('make', t('series.make')) : null}
          <Button size="compact-sm" variant="light" onClick={() => onChange(item)}>{t('series.change')}</Button>
          {item.kind === 'series' ? button('skip', t('series.skip')) : null}
          {data.state === 'paused' ? button('resume', t('series.resume')) : button('pause', t('series.pause'))}
          {button('end', t('series.end'), 'terracotta')}
        </Group>
      ) : null}
    </Modal>
  )
}
