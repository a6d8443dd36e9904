import { Chip, Group, Switch, Text } from '@mantine/core'
import { useWords } from '#ui/words.ts'
import { useBellChange, type BellState } from './bell-calls.ts'
import { bellWords } from './bell-words.ts'
import css from './bell.module.css'

const asTime = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
const asMinute = (time: string): number | undefined => { const [hour, minute] = time.split(':').map(Number); return time === '' || hour === undefined || minute === undefined ? undefined : hour * 60 + minute }
const days = [1, 2, 3, 4, 5, 6, 7] as const
type Quiet = NonNullable<BellState['quiet']>
const nights: Quiet = { days: [...days], from: 22 * 60, to: 7 * 60 }

/** From when to when a member wants to hear nothing, and on which days. */
export function QuietHours({ state }: { state: BellState }) {
  const t = useWords(bellWords)
  const change = useBellChange()
  const { quiet } = state
  const set = (next: Partial<Quiet>) => { if (quiet) void change(state, { quiet: { ...quiet, ...next } }) }
  const timeSet = (which: 'from' | 'to', time: string) => { const minute = asMinute(time); if (minute !== undefined) set({ [which]: minute }) }
  return (
    <>
      <Switch label={t('quietOn')} checked={quiet !== null} onChange={(event) => void change(state, { quiet: event.currentTarget.checked ? nights : null })} />
      {quiet ? (
        <>
          <fieldset className={css.days}>
            <legend>{t('days')}</legend>
            <Chip.Group multiple value={quiet.days.map(String)} onChange={(chosen) => { if (chosen.length > 0) set({ days: chosen.map(Number) }) }}>
              <Group gap={6}>{days.map((day) => <Chip key={day} size="xs" variant="outline" value={String(day)}>{t(`day.d${day}`)}</Chip>)}</Group>
            </Chip.Group>
          </fieldset>
          <div className={css.times}>
            <label>{t('from')} <input type="time" required value={asTime(quiet.from)} onChange={(event) => timeSet('from', event.currentTarget.value)} /></label>
            <label>{t('to')} <input type="time" required value={asTime(quiet.to)} onChange={(event) => timeSet('to', event.currentTarget.value)} /></label>
            <Text size="sm" c="dimmed">{quiet.from === quiet.to ? t('whole') : quiet.to < quiet.from ? t('overnight') : ''}</Text>
          </div>
        </>
      ) : null}
    </>
  )
}
