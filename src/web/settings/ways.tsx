import { ActionIcon, Checkbox, Group, Switch } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { ways, type Way } from '#core/routing/rules.ts'
import { take } from '#ui/api.ts'
import { Card, Section } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { routing, routingQuery, useDutyAct, type Routing } from './duty-calls.ts'
import { dutyWords } from './duty-words.ts'
import css from './settings.module.css'

/** By which ways a new conversation finds its member, in the order in which they are tried. */
export function Ways() {
  const t = useWords(dutyWords)
  const { may } = useSession()
  const { data: { routing: now } } = useSuspenseQuery(routingQuery)
  const save = useDutyAct((next: Routing) => take(routing.$put({ json: next })))
  const readOnly = !may('manage') || save.isPending
  const toggle = (way: Way) => save.mutate({ onDutyOnly: now.onDutyOnly, ways: now.ways.includes(way) ? now.ways.filter((one) => one !== way) : [...now.ways, way] })
  const raise = (place: number) => save.mutate({ onDutyOnly: now.onDutyOnly, ways: now.ways.toSpliced(place - 1, 2, now.ways[place]!, now.ways[place - 1]!) })
  return (
    <Section title={t('ways.title')} lead={t('ways.lead')}>
      <Card padded={false}>
        {[...now.ways, ...ways.filter((way) => !now.ways.includes(way))].map((way, place) => (
          <div key={way} className={css.line}>
            <Checkbox checked={now.ways.includes(way)} disabled={readOnly} label={t(`ways.${way}`)} onChange={() => toggle(way)} />
            {place > 0 && now.ways.includes(way) && may('manage') ? <ActionIcon disabled={save.isPending} aria-label={t('ways.up', { way: t(`ways.${way}`) })} onClick={() => raise(place)}><IconArrowUp size={16} stroke={1.5} /></ActionIcon> : null}
          </div>
        ))}
      </Card>
      <Group mt={12}><Switch disabled={readOnly} checked={now.onDutyOnly} label={t('ways.onDuty')} description={t('ways.onDutyHint')} onChange={() => save.mutate({ ways: [...now.ways], onDutyOnly: !now.onDutyOnly })} /></Group>
    </Section>
  )
}
