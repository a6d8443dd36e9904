import { Button, Checkbox, Popover, Select, Text } from '@mantine/core'
import { IconBell, IconBellOff } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLang } from '#ui/lang.tsx'
import { wrong } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import { bellQuery, setBell, type Bell } from './calls.ts'
import css from './inbox.module.css'
import { ring } from './use-bell.ts'
import { words } from './words/words.ts'

const asTime = (minute: number | null): string => (minute === null ? '' : `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`)
const asMinute = (time: string): number | null => { const [hour, minute] = time.split(':').map(Number); return time === '' || hour === undefined || minute === undefined ? null : hour * 60 + minute }
const choices = ['none', 'mine', 'all'] as const
const canNotify = (): boolean => 'Notification' in window

/** What one is called for, with which sound, and when one wants quiet. */
export function BellSettings() {
  const t = useWords(words)
  const { zone } = useLang()
  const queries = useQueryClient()
  const { data: bell } = useQuery(bellQuery)
  const [isDenied, setDenied] = useState(() => canNotify() && Notification.permission === 'denied')
  if (!bell) return null
  const set = (change: Partial<Bell>) => {
    const next = { ...bell, ...change }
    queries.setQueryData(bellQuery.queryKey, next)
    void setBell(next).catch(async (error: unknown) => { wrong(error, t('act.failed')); await queries.invalidateQueries({ queryKey: bellQuery.queryKey }) })
  }
  const choose = async (calls: Bell['calls']) => {
    set({ calls })
    if (calls !== 'none' && canNotify() && Notification.permission === 'default') setDenied(await Notification.requestPermission() === 'denied')
  }
  const Icon = bell.calls === 'none' ? IconBellOff : IconBell
  return (
    <Popover position="right-end" width={270} trapFocus>
      <Popover.Target>
        <Button size="compact-sm" variant="subtle" color="gray" className={css.bell} leftSection={<Icon size={16} stroke={1.5} aria-hidden />}>{t('bell.title')}</Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('bell.title')}>
        <Select size="xs" label={t('bell.calls')} data={choices.map((value) => ({ value, label: t(`bell.choice.${value}`) }))} value={bell.calls} allowDeselect={false} comboboxProps={{ withinPortal: false }} onChange={(value) => void choose((value ?? 'none') as Bell['calls'])} />
        {isDenied && bell.calls !== 'none' ? <Text size="xs" c="terracotta" mt={6}>{t('bell.denied')}</Text> : null}
        <Checkbox size="xs" mt={10} label={t('bell.sound')} checked={bell.sound} onChange={(event) => { set({ sound: event.currentTarget.checked }); if (event.currentTarget.checked) ring() }} />
        <fieldset className={css.quietHours}>
          <legend>{t('bell.quiet')}</legend>
          <label>{t('bell.from')} <input type="time" value={asTime(bell.quietFrom)} onChange={(event) => set({ quietFrom: asMinute(event.currentTarget.value) })} /></label>
          <label>{t('bell.to')} <input type="time" value={asTime(bell.quietTo)} onChange={(event) => set({ quietTo: asMinute(event.currentTarget.value) })} /></label>
        </fieldset>
        <Text size="xs" c="dimmed">{t('bell.about', { zone })}</Text>
      </Popover.Dropdown>
    </Popover>
  )
}
