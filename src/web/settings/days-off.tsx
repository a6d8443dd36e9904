import { ActionIcon, Button, Checkbox, Group, Text, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { take } from '#ui/api.ts'
import { useLang } from '#ui/lang.tsx'
import { Card, Section } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { plainDay } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { duty, useDutyAct, type DayOff, type Plan } from './duty-calls.ts'
import { dutyWords } from './duty-words.ts'
import css from './settings.module.css'

const wholeDay = 24 * 60
const two = (number: number) => String(number).padStart(2, '0')
const clockOf = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
const minutesOf = (clock: string) => { const [hours = 0, minutes = 0] = clock.split(':').map(Number); return hours * 60 + minutes }
const merged = (days: readonly DayOff[], more: readonly DayOff[]) => [...days, ...more.filter((one) => !days.some(({ date }) => date === one.date))].toSorted((a, b) => a.date.localeCompare(b.date))

/** Days on which nobody is there, whole or in part. */
export function DaysOff({ plan: { daysOff } }: { plan: Plan }) {
  const t = useWords(dutyWords)
  const { lang } = useLang()
  const { may } = useSession()
  const save = useDutyAct((days: readonly DayOff[]) => take(duty['days-off'].$put({ json: { days: [...days] } })))
  const year = new Date().getFullYear()
  const greek = useDutyAct(async (of: number) => {
    const { items } = await take(duty.holidays.$get({ query: { year: String(of) } }))
    await save.mutateAsync(merged(daysOff, items.map(({ date, name }) => ({ date, name: name[lang], from: 0, to: wholeDay }))))
  })
  return (
    <Section title={t('off.title')} lead={t('off.lead')}>
      <Card padded={false}>
        {daysOff.length === 0 ? <div className={css.line}><Text size="sm" c="dimmed">{t('off.none')}</Text></div> : null}
        {daysOff.map((one) => (
          <div key={one.date} className={css.line}>
            <Text size="sm">{plainDay(one.date, lang)} · {one.name}{one.from === 0 && one.to === wholeDay ? '' : ` · ${clockOf(one.from)}–${clockOf(one.to)}`}</Text>
            {may('manage') ? <ActionIcon aria-label={t('off.drop', { name: one.name })} onClick={() => save.mutate(daysOff.filter(({ date }) => date !== one.date))}><IconX size={16} stroke={1.5} /></ActionIcon> : null}
          </div>
        ))}
      </Card>
      {may('manage') ? (
        <>
          <AddDay add={(one) => save.mutate(merged(daysOff.filter(({ date }) => date !== one.date), [one]))} />
          <Group mt={8}>{[year, year + 1].map((of) => <Button key={of} size="xs" variant="default" loading={greek.isPending} onClick={() => greek.mutate(of)}>{t('off.greek', { year: String(of) })}</Button>)}</Group>
        </>
      ) : null}
    </Section>
  )
}

function AddDay({ add }: { add: (day: DayOff) => void }) {
  const t = useWords(dutyWords)
  const [typed, setTyped] = useState({ date: '', name: '', part: false, from: '13:00', to: '23:59' })
  const type = (change: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...change }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const to = typed.to === '23:59' ? wholeDay : minutesOf(typed.to)
    add({ date: typed.date, name: typed.name.trim(), from: typed.part ? minutesOf(typed.from) : 0, to: typed.part ? to : wholeDay })
    type({ date: '', name: '' })
  }
  return (
    <form onSubmit={submit}>
      <Group mt={10} gap={8} align="flex-end">
        <TextInput required size="xs" type="date" label={t('off.date')} value={typed.date} onChange={(event) => type({ date: event.currentTarget.value })} />
        <TextInput required size="xs" label={t('off.name')} maxLength={80} value={typed.name} onChange={(event) => type({ name: event.currentTarget.value })} />
        <Checkbox size="xs" pb={6} label={t('off.half')} checked={typed.part} onChange={(event) => type({ part: event.currentTarget.checked })} />
        {typed.part ? (
          <>
            <TextInput required size="xs" type="time" label={t('off.from')} value={typed.from} onChange={(event) => type({ from: event.currentTarget.value })} />
            <TextInput required size="xs" type="time" label={t('off.to')} value={typed.to} onChange={(event) => type({ to: event.currentTarget.value })} />
          </>
        ) : null}
        <Button type="submit" size="xs" variant="default">{t('off.add')}</Button>
      </Group>
    </form>
  )
}
