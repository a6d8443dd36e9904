import { Alert, Button, Group, Text } from '@mantine/core'
import { Problem } from '#ui/api.ts'
import { useLang } from '#ui/lang.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useWords } from '#ui/words.ts'
import { wallWords } from './look.tsx'
import { words } from './words/words.ts'

/** One of the two hours a night of changing clocks leaves open. */
export interface Hour { readonly wall?: string; readonly which?: 'first' | 'second'; readonly at?: string }
interface Refused { readonly id?: string; readonly code: string; readonly title: string; readonly detail: string; readonly choices?: readonly Hour[] }

/** Why an act on items was refused, one reason an item. */
export function refusalsOf(error: unknown): readonly Refused[] {
  if (!(error instanceof Problem)) return []
  const items = error.extra['items']
  if (Array.isArray(items)) return items as readonly Refused[]
  const choices = error.extra['choices'] as readonly Hour[] | undefined
  return [{ code: error.code, title: error.title, detail: error.detail, ...(choices ? { choices } : {}) }]
}
export const isClock = (one: Refused): boolean => one.code.startsWith('local_time_')

/** What was refused, and for a night on which the clocks change the two hours that were perhaps meant. */
export function Refusals({ error, zone, names, onChoose }: { error: unknown; zone: string; names: ReadonlyMap<string, string>; onChoose: (hour: Hour) => void }) {
  const t = useWords(words)
  const { lang } = useLang()
  const all = refusalsOf(error)
  const clock = all.find(isClock)
  if (all.length === 0) return <ProblemNote error={error} />
  if (!clock) {
    return (
      <Alert role="alert" color="terracotta" variant="light" my={12} title={all[0]!.title}>
        {all.slice(0, 5).map((one, place) => <Text key={one.id ?? place} size="sm" c="var(--ink)">{one.id && names.size > 1 ? t('move.differ', { title: names.get(one.id) ?? '', says: one.detail }) : one.detail}</Text>)}
      </Alert>
    )
  }
  const isGap = clock.code === 'local_time_missing'
  const exact = (at: string) => new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone, timeZoneName: 'shortOffset' }).format(new Date(at))
  return (
    <Alert role="alert" color="sea" variant="light" my={12} title={t(isGap ? 'move.gapTitle' : 'move.twiceTitle')}>
      <Text size="sm">{t(isGap ? 'move.gapSays' : 'move.twiceSays', { zone })}</Text>
      <Group gap={8} mt={10}>
        {(clock.choices ?? []).map((choice, place) => (
          <Button key={place} size="xs" variant="default" onClick={() => onChoose(choice)}>
            {choice.wall ? t('move.choose', { time: wallWords(lang, choice.wall) }) : t(choice.which === 'second' ? 'move.secondHour' : 'move.firstHour', { time: choice.at ? exact(choice.at) : '' })}
          </Button>
        ))}
      </Group>
    </Alert>
  )
}
