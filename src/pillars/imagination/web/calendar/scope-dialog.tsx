import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { told } from '#ui/undo.tsx'
import { changeSeries, seriesQuery, type Goal, type Series } from './calls.ts'
import { nameOf } from './chip.tsx'
import { wallAt } from './clock.ts'
import type { Item } from './item.ts'
import { useLook, wallWords } from './look.tsx'
import { Refusals } from './refusal.tsx'
import { shiftedRule, shiftedStart } from './rule.ts'
import type { Acts } from './use-acts.ts'

type Scope = 'one' | 'following' | 'all'
interface Given { readonly item: Item; readonly goal: Goal; readonly wall: string; readonly acts: Acts; readonly onClose: () => void }

/** The series with one of its posts moved, and those after it or all of them with it. */
function moved(series: Series, { item, wall, zone, scope }: { readonly item: Item; readonly wall: string; readonly zone: string; readonly scope: 'following' | 'all' }) {
  // The rule lives on the series' own wall.
  const from = item.occurrence ?? wallAt(series.zone, Date.parse(item.at!))
  const to = series.zone === zone ? wall : from
  const rule = shiftedRule(series.rule, from, to)
  return rule === undefined ? undefined : { version: series.version, rule, startWall: scope === 'all' ? shiftedStart(series.startWall, from, to) : to, ...(scope === 'following' ? { from } : {}) }
}

/** One of a series was moved: only this one, those after it too, or all? */
export function ScopeDialog({ item, goal, wall, acts, onClose }: Given) {
  const { t, lang, zone } = useLook()
  const queries = useQueryClient()
  const series = useQuery(seriesQuery(item.seriesId ?? ''))
  const [scope, setScope] = useState<Scope>('one')
  const change = (wide: 'following' | 'all') => (series.data ? moved(series.data, { item, wall, zone, scope: wide }) : undefined)
  const isMovable = series.data === undefined || change('all') !== undefined
  const act = useMutation({
    mutationFn: async () => {
      if (scope === 'one') { let refused: unknown; if (!await acts.move([item], goal, (error) => { refused = error; return true })) throw refused; return }
      const given = change(scope)
      if (given) await changeSeries(item.seriesId!, given)
      told(t('series.changed'))
      await queries.invalidateQueries({ queryKey: ['posts'] })
    },
    onSuccess: onClose,
  })
  return (
    <Modal opened onClose={onClose} title={t('series.moveTitle')} closeButtonProps={{ 'aria-label': t('move.cancel') }}>
      <Text fw={550} lang={item.lang}>{nameOf(item, t)}</Text>
      <Text size="sm" c="dimmed">{wallWords(lang, wall)}{series.data ? ` · ${t('series.says', { rule: series.data.says[lang] })}` : ''}</Text>
      <Radio.Group mt={16} label={t('series.scope')} value={scope} onChange={(value) => setScope(value as Scope)}>
        <Stack gap={8} mt={8}>{(['one', 'following', 'all'] as const).map((value) => <Radio key={value} value={value} label={t(`series.${value}`)} disabled={value !== 'one' && !isMovable} />)}</Stack>
      </Radio.Group>
      {isMovable ? null : <Text size="xs" c="dimmed" mt={8}>{t('series.onlyOne')}</Text>}
      <Refusals error={act.error} zone={zone} names={new Map()} onChoose={(hour) => void acts.move([item], { to: { wall: hour.wall?.slice(0, 16) ?? wall, zone, ...(hour.which ? { which: hour.which } : {}) } }).then((isDone) => { if (isDone) onClose() })} />
      <Group justify="flex-end" gap={8} mt={20}><Button variant="default" onClick={onClose}>{t('move.cancel')}</Button><Button data-autofocus loading={act.isPending} onClick={() => act.mutate()}>{t('series.go')}</Button></Group>
    </Modal>
  )
}
