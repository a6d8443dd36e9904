import { ActionIcon, Button, Group, Text, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useLang } from '#ui/lang.tsx'
import { Section } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import type { Strictness } from './calls.ts'
import css from './settings.module.css'
import { words } from './words.ts'

type Hours = Strictness['duty'][number]
const wholeDay = 24 * 60
const monday = Date.UTC(2024, 0, 1)
const two = (number: number) => String(number).padStart(2, '0')
// The last minute a clock can show stands for the end of the day.
const clockOf = (minutes: number) => (minutes >= wholeDay ? '23:59' : `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`)
const minutesOf = (clock: string) => { const [hours = 0, minutes = 0] = clock.split(':').map(Number); return clock === '23:59' ? wholeDay : hours * 60 + minutes }

/** When somebody is there to answer, day by day. */
export function Duty({ duty, readOnly, set }: { duty: readonly Hours[]; readOnly: boolean; set: (duty: readonly Hours[]) => void }) {
  const t = useWords(words)
  const { workspace } = useSession()
  return (
    <Section title={t('pillars.duty')} lead={t('pillars.dutyHint', { zone: workspace.zone })}>
      <WeekHours duty={duty} readOnly={readOnly} set={set} />
    </Section>
  )
}

/** A week's hours, day by day. */
export function WeekHours({ duty, readOnly, set }: { duty: readonly Hours[]; readOnly: boolean; set: (duty: readonly Hours[]) => void }) {
  const { lang } = useLang()
  const nameOf = (day: number) => new Intl.DateTimeFormat(lang, { weekday: 'long', timeZone: 'UTC' }).format(new Date(monday + (day - 1) * 86_400_000))
  return (
    <>
      {[1, 2, 3, 4, 5, 6, 7].map((day) => (
        <Day key={day} name={nameOf(day)} hours={duty.filter((one) => one.day === day)} readOnly={readOnly}
          set={(hours) => set([...duty.filter((one) => one.day !== day), ...hours.map((one) => ({ ...one, day }))].toSorted((a, b) => a.day - b.day || a.from - b.from))} />
      ))}
    </>
  )
}

function Day({ name, hours, readOnly, set }: { name: string; hours: readonly Hours[]; readOnly: boolean; set: (hours: readonly Pick<Hours, 'from' | 'to'>[]) => void }) {
  const t = useWords(words)
  const change = (place: number, part: Partial<Hours>) => {
    const next = hours.map((one, at) => (at === place ? { ...one, ...part } : one))
    if (next.every(({ from, to }) => from < to)) set(next)
  }
  const last = hours.at(-1)?.to ?? 8 * 60
  return (
    <div className={css.day}>
      <Text fw={550}>{name}</Text>
      <div>
        <Group gap={8}>
          {hours.length === 0 ? <Text size="sm" c="dimmed">{t('pillars.nobody')}</Text> : null}
          {hours.map(({ from, to }, place) => (
            <Group key={place} gap={4} wrap="nowrap">
              <TextInput size="xs" type="time" aria-label={t('pillars.from', { day: name })} readOnly={readOnly} value={clockOf(from)} onChange={(event) => change(place, { from: minutesOf(event.currentTarget.value) })} />
              <span aria-hidden>–</span>
              <TextInput size="xs" type="time" aria-label={t('pillars.to', { day: name })} readOnly={readOnly} value={clockOf(to)} onChange={(event) => change(place, { to: minutesOf(event.currentTarget.value) })} />
              {readOnly ? null : <ActionIcon aria-label={`${t('pillars.drop')}: ${name}`} onClick={() => set(hours.filter((_, at) => at !== place))}><IconX size={16} stroke={1.5} /></ActionIcon>}
            </Group>
          ))}
          {readOnly || hours.length >= 3 || last > wholeDay - 120 ? null : (
            <Button size="compact-xs" variant="subtle" aria-label={`${t('pillars.add')}: ${name}`} leftSection={<IconPlus size={14} stroke={1.5} />} onClick={() => set([...hours, { from: last + 60, to: Math.min(wholeDay, last + (hours.length === 0 ? 9 : 4) * 60) }])}>{t('pillars.add')}</Button>
          )}
        </Group>
        <div className={css.bar} aria-hidden>
          {hours.map(({ from, to }) => <i key={from} style={{ insetInlineStart: `${(from / wholeDay) * 100}%`, inlineSize: `${((to - from) / wholeDay) * 100}%` }} />)}
        </div>
      </div>
    </div>
  )
}
