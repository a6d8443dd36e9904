import { ActionIcon, Button, Group, Modal, Select, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemNote } from '#ui/problem.tsx'
import { dayAfter } from './agenda.ts'
import { addSlot, removeSlot, slotsQuery } from './calls.ts'
import { accountName } from './chip.tsx'
import css from './dialogs.module.css'
import { placeName, useLook, weekday } from './look.tsx'
import { ChannelMark } from './marks.tsx'

const monday = '2026-11-23'

/** The times in the week at which accounts like to speak. */
export function SlotsDialog({ zone, onClose }: { zone: string; onClose: () => void }) {
  const look = useLook()
  const { t, lang } = look
  const queries = useQueryClient()
  const { data } = useQuery(slotsQuery)
  const [account, setAccount] = useState<string | null>([...look.accounts.keys()][0] ?? null)
  const [days, setDays] = useState<readonly number[]>([])
  const [time, setTime] = useState('10:00')
  const fresh = () => queries.invalidateQueries({ queryKey: ['slots'] })
  const add = useMutation({
    mutationFn: async () => { for (const day of days.toSorted()) await addSlot({ accountId: account ?? '', weekday: day, time, zone }) },
    onSuccess: () => setDays([]), onSettled: fresh,
  })
  const remove = useMutation({ mutationFn: removeSlot, onSettled: fresh })
  const dayName = (day: number, length: 'long' | 'short' = 'long') => weekday(lang, dayAfter(monday, day - 1), length)
  const slots = (data?.items ?? []).toSorted((a, b) => a.weekday - b.weekday || a.time.localeCompare(b.time))
  return (
    <Modal opened onClose={onClose} size="lg" title={t('slots.title')} closeButtonProps={{ 'aria-label': t('exchange.close') }}>
      <Text size="sm" c="dimmed">{t('slots.about')}</Text>
      {data && slots.length === 0 ? <Text size="sm" mt={12}>{t('slots.none')}</Text> : (
        <ul className={css.list}>
          {slots.map((slot) => {
            const name = accountName(slot.accountId, look)
            return (
              <li key={slot.id}>
                <span><b>{dayName(slot.weekday)} {slot.time}</b>{slot.zone === zone ? '' : ` ${t('slots.zone', { place: placeName(slot.zone) })}`}</span>
                <Group gap={6} wrap="nowrap"><ChannelMark channel={look.accounts.get(slot.accountId)?.channel ?? 'porch'} />{name}<ActionIcon size="sm" aria-label={t('slots.remove', { day: dayName(slot.weekday), time: slot.time, account: name })} onClick={() => remove.mutate(slot.id)}><IconX size={14} stroke={1.5} /></ActionIcon></Group>
              </li>
            )
          })}
        </ul>
      )}
      <ProblemNote error={add.error ?? remove.error} />
      <form onSubmit={(event) => { event.preventDefault(); add.mutate() }}>
        <Group gap={12} mt={20} align="flex-end">
          <Select flex={1} miw={160} label={t('slots.account')} allowDeselect={false} data={[...look.accounts.keys()].map((id) => ({ value: id, label: accountName(id, look) }))} value={account} onChange={setAccount} />
          <div className={css.moments} style={{ margin: 0 }}><label>{t('slots.time')}<input className={css.moment} type="time" required value={time} onChange={(event) => setTime(event.currentTarget.value)} /></label></div>
        </Group>
        <div role="group" aria-label={t('slots.days')} className={css.weekdays} style={{ marginTop: 12 }}>
          {[1, 2, 3, 4, 5, 6, 7].map((day) => <label key={day}><input type="checkbox" aria-label={dayName(day)} checked={days.includes(day)} onChange={(event) => setDays(event.currentTarget.checked ? [...days, day] : days.filter((other) => other !== day))} /><span aria-hidden>{dayName(day, 'short')}</span></label>)}
        </div>
        <Group justify="space-between" mt={12}><Text size="xs" c="dimmed">{t('slots.zone', { place: placeName(zone) })}</Text><Button type="submit" disabled={days.length === 0 || !account || time === ''} loading={add.isPending}>{t('slots.add')}</Button></Group>
      </form>
    </Modal>
  )
}
