import { Badge, Group, Text } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import type { InferResponseType } from 'hono/client'
import type { Lang } from '#kit/lang.ts'
import { useChannelName } from '#ui/channel-name.ts'
import { useLang } from '#ui/lang.tsx'
import { Card, Section } from '#ui/page.tsx'
import { When } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { coverageQuery, type coverage } from './duty-calls.ts'
import { dutyWords } from './duty-words.ts'
import css from './settings.module.css'
import { SettingsPage } from './settings.tsx'

type Map = InferResponseType<typeof coverage.$get, 200>
const wholeDay = 24 * 60

/** Every point of connection: who is there when, and whether it is more than a form. */
export function Coverage() {
  const t = useWords(dutyWords)
  const { data } = useSuspenseQuery(coverageQuery)
  return (
    <SettingsPage title={t('coverage.title')} lead={t('coverage.lead', { zone: data.zone })}>
      <Section title={t('coverage.week')}><Week map={data} /></Section>
      <Section title={t('coverage.points')}>
        <Card padded={false}>
          {data.points.length === 0 ? <div className={css.line}><Text size="sm" c="dimmed">{t('coverage.noPoints')}</Text></div> : null}
          {data.points.map((one) => <Point key={one.id} point={one} />)}
        </Card>
      </Section>
    </SettingsPage>
  )
}

function Point({ point }: { point: Map['points'][number] }) {
  const t = useWords(dutyWords)
  const nameOf = useChannelName()
  const tone = point.light === 'live' ? 'sea' : 'terracotta'
  return (
    <div className={`${css.line} ${css.wrap}`}>
      <div>
        <Text fw={550}>{nameOf(point.channel)} <Text span size="sm" c="dimmed">{point.handle}</Text></Text>
        <Text size="sm" c="dimmed">{point.isForm ? t('coverage.formHint', { heard: point.heard }) : t('coverage.traffic', { heard: point.heard, answered: point.answered })}</Text>
        <Text size="sm" c="dimmed">{point.lastHeardAt ? <>{t('coverage.last')}: <When at={point.lastHeardAt} /></> : t('coverage.neverHeard')}</Text>
      </div>
      <Group gap={6}>
        {point.isForm ? <Badge variant="outline" color="terracotta">{t('coverage.form')}</Badge> : null}
        <Badge variant="outline" color={point.staffed ? 'sea' : 'stone'}>{t(point.staffed ? 'coverage.staffed' : 'coverage.unstaffed')}</Badge>
        <Badge variant="outline" color={tone}>{t(point.light === 'live' ? 'coverage.live' : point.light === 'quiet' ? 'coverage.silent' : 'coverage.trouble')}</Badge>
      </Group>
    </div>
  )
}

/** The days of the map from the first on, each with the hours in which somebody is there. */
function daysOf({ from, week }: Map): readonly { readonly date: string; readonly parts: readonly { from: number; to: number }[] }[] {
  const first = Date.parse(`${from}T00:00:00Z`)
  return Array.from({ length: 7 }, (_, n) => new Date(first + n * 86_400_000).toISOString().slice(0, 10)).map((date) => ({
    date, parts: week.filter((one) => one.from.date <= date && (one.to.date > date || (one.to.date === date && one.to.minute > 0)))
      .map((one) => ({ from: one.from.date === date ? one.from.minute : 0, to: one.to.date === date ? one.to.minute : wholeDay })),
  }))
}
const dayOf = (date: string, lang: Lang) => new Intl.DateTimeFormat(lang, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`))
const clockOf = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

function Week({ map }: { map: Map }) {
  const t = useWords(dutyWords)
  const { lang } = useLang()
  return (
    <div className={css.days}>
      <div className={`${css.day} ${css.scale}`} aria-hidden><span /><div>{[0, 6, 12, 18, 24].map((hour) => <span key={hour}>{clockOf(hour * 60)}</span>)}</div></div>
      {daysOf(map).map(({ date, parts }) => (
        <div key={date} className={css.day}>
          <Text size="sm" fw={550}>{dayOf(date, lang)}</Text>
          <div>
            <Text size="sm" c="dimmed">{parts.length === 0 ? t('coverage.nobody') : parts.map(({ from, to }) => `${clockOf(from)}–${clockOf(to)}`).join(', ')}</Text>
            <div className={css.bar} aria-hidden>{parts.map(({ from, to }) => <i key={from} style={{ insetInlineStart: `${(from / wholeDay) * 100}%`, inlineSize: `${((to - from) / wholeDay) * 100}%` }} />)}</div>
          </div>
        </div>
      ))}
    </div>
  )
}
