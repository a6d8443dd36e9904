import { Alert, Button, Group, Modal, Select, Text } from '@mantine/core'
import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useId, useState } from 'react'
import type { Finding } from '#kit/pillar.ts'
import { Problem } from '#ui/api.ts'
import { useLang } from '#ui/lang.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { told } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import { dayAfter, dayIn } from '../calendar/agenda.ts'
import { instantOf } from '../calendar/clock.ts'
import { useAccountName } from '../account-name.ts'
import { publish, type At, type Reasons, type Account, type Post } from '../calls.ts'
import { nextSlotQuery, warningsAt } from './calls.ts'
import css from './composer.module.css'
import { WarningList } from './warnings.tsx'
import { words } from './words/words.ts'
import type { Words } from './writing.ts'

export type When = 'now' | 'later'
interface Given {
  readonly when: When
  readonly accounts: readonly Account[]
  readonly zone: string
  readonly on: string | undefined
  readonly reasons: Reasons
  /** What happens if it cannot leave in time; changed before the last save. */
  readonly late: Words['late']
  readonly onLate?: (late: Words['late']) => void
  /** The post as the server has it, after a last save. */
  readonly settled: () => Promise<{ readonly id: string; readonly version: number } | undefined>
  readonly onHeld: (findings: readonly Finding[]) => void
  readonly onOut: (post: Post) => void
  readonly onClose: () => void
}
interface Choice { readonly wall?: string; readonly zone?: string; readonly which?: 'first' | 'second'; readonly at?: string }

/** Asks once, naming where it goes and when; an hour the clocks skip or repeat comes back as a choice. */
export function PublishDialog(given: Given) {
  const { when, accounts, zone, on, late, onLate, onClose } = given
  const t = useWords(words)
  const { lang } = useLang()
  const [date, setDate] = useState(() => on ?? dayAfter(dayIn(zone, new Date()), 1))
  const [hour, setHour] = useState('09:00')
  const name = useAccountName()
  const names = new Intl.ListFormat(lang).format(accounts.map(name.whole))
  const act = usePublish(given, { wall: `${date}T${hour}`, zone })
  const isReady = when === 'now' || (date !== '' && hour !== '')
  const planned = t('publish.askPlan', { accounts: names, time: isReady ? spoken(date, hour, lang) : '…' })
  return (
    <Modal opened onClose={onClose} title={when === 'now' ? t('publish.askTitle') : t('publish.later')} closeButtonProps={{ 'aria-label': t('publish.no') }}>
      <form onSubmit={(event) => { event.preventDefault(); act.mutate({}) }}>
        {when === 'later' ? (
          <>
            <div className={css.moments}>
              <label>{t('publish.date')}<input data-autofocus className={css.moment} type="date" required min={dayIn(zone, new Date())} value={date} onChange={(event) => setDate(event.currentTarget.value)} /></label>
              <label>{t('publish.time')}<input className={css.moment} type="time" required value={hour} onChange={(event) => setHour(event.currentTarget.value)} /></label>
              <Text size="xs" c="dimmed" w="100%">{t('publish.zone', { zone })}</Text>
            </div>
            <Slots accounts={accounts} onChoose={(choice) => act.mutate(choice)} />
            {onLate ? <LateChoice late={late} onLate={onLate} /> : null}
          </>
        ) : null}
        <Text mt={when === 'later' ? 12 : 0} fw={550}>{when === 'now' ? t('publish.ask', { accounts: names }) : planned}</Text>
        {when === 'now' ? <Text size="sm" c="dimmed" mt={4}>{t('publish.cannotUndo')}</Text> : null}
        <Worth settled={given.settled} wall={when === 'now' ? 'now' : isReady ? `${date}T${hour}` : undefined} zone={zone} />
        <Clocks error={act.error} zone={zone} onChoose={(choice) => act.mutate(choice)} />
        <Group justify="flex-end" gap={8} mt={20}>
          <Button variant="default" onClick={onClose}>{t('publish.no')}</Button>
          <Button type="submit" data-autofocus={when === 'now' || undefined} loading={act.isPending} disabled={!isReady}>{when === 'now' ? t('publish.yes') : t('publish.yesPlan')}</Button>
        </Group>
      </form>
    </Modal>
  )
}

function usePublish({ when, zone, reasons, settled, onHeld, onOut }: Given, typed: { readonly wall: string; readonly zone: string }) {
  const t = useWords(words)
  const { lang } = useLang()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (choice: Choice) => {
      const post = await settled()
      if (!post) throw new Problem(0, { code: 'empty_message', detail: t('publish.missing.text') })
      const at: At = { wall: choice.wall ?? typed.wall, zone: choice.zone ?? typed.zone, ...(choice.which ? { which: choice.which } : {}) }
      return publish(post.id, { version: post.version, reasons, ...(when === 'later' ? { at } : {}) })
    },
    onSuccess: async (post) => {
      if (when === 'later') told(t('publish.planned', { time: moment(new Date(post.dueAt ?? Date.now()), lang, post.zone ?? zone) }))
      queries.setQueryData(['posts', post.id], post)
      onOut(post)
      await queries.invalidateQueries({ queryKey: ['posts'] })
    },
    onError: (error) => { if (error instanceof Problem && error.code === 'held_by_check') onHeld((error.extra['findings'] as readonly Finding[] | undefined) ?? []) },
  })
}

/** What would deserve a second look at the time that is being chosen. */
function Worth({ settled, wall, zone }: Pick<Given, 'settled' | 'zone'> & { readonly wall: string | undefined }) {
  const rested = useRested(wall)
  const dialog = useId()
  const { data } = useQuery({
    queryKey: ['posts', 'warnings', dialog, rested, zone], gcTime: 0, enabled: rested !== undefined, staleTime: 0, retry: false, placeholderData: (before) => before,
    queryFn: async () => {
      const post = await settled()
      return post && rested !== undefined ? (await warningsAt(post.id, new Date(rested === 'now' ? Date.now() : instantOf(rested, zone)).toISOString())).items : []
    },
  })
  return <div role="status">{wall !== undefined && data ? <WarningList items={data} /> : null}</div>
}
/** What was typed, once the typing rests. */
function useRested<T>(typed: T): T {
  const [rested, setRested] = useState(typed)
  useEffect(() => { const timer = setTimeout(() => setRested(typed), 300); return () => clearTimeout(timer) }, [typed])
  return rested
}

/** The next free times of the accounts, where they have weekly ones. */
function Slots({ accounts, onChoose }: { accounts: readonly Account[]; onChoose: (choice: Choice) => void }) {
  const t = useWords(words)
  const { lang } = useLang()
  const found = useQueries({ queries: accounts.map((account) => nextSlotQuery(account.id)) }).flatMap((one) => one.data?.items ?? [])
  const next = [...new Map(found.map((slot) => [`${slot.wallTime} ${slot.zone}`, slot])).values()].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)).slice(0, 3)
  if (next.length === 0) return null
  return (
    <Group gap={6} mt={12} role="group" aria-label={t('publish.slots')}>
      <Text size="xs" c="dimmed" w="100%">{t('publish.slots')}</Text>
      {next.map((slot) => <Button key={`${slot.wallTime} ${slot.zone}`} size="compact-sm" variant="light" onClick={() => onChoose({ wall: slot.wallTime, zone: slot.zone })}>{spoken(slot.wallTime.slice(0, 10), slot.wallTime.slice(11, 16), lang)}</Button>)}
    </Group>
  )
}

const ways = ['usual', 'publish', 'publish-within', 'ask'] as const
const hourLong = { do: 'publish-within', minutes: 120 } as const

/** What happens if it cannot leave in time, because Stoa was off or the network away. */
function LateChoice({ late, onLate }: { late: Words['late']; onLate: (late: Words['late']) => void }) {
  const t = useWords(words)
  const choose = (way: string | null) => onLate(way === 'publish' ? { do: 'publish' } : way === 'ask' ? { do: 'ask' } : way === 'publish-within' ? hourLong : null)
  return (
    <Select
      mt={12} size="xs" allowDeselect={false} label={t('publish.late.label')} value={late?.do ?? 'usual'} onChange={choose}
      data={ways.map((way) => ({ value: way, label: way === 'publish-within' ? t('publish.late.publish-within', { hours: Math.round((late?.do === 'publish-within' ? late.minutes : hourLong.minutes) / 60) }) : t(`publish.late.${way}`) }))}
    />
  )
}

const moment = (at: Date, lang: string, zone: string): string =>
  new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, { weekday: 'short', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(at)
// A wall time has no instant yet: it is read as it was typed.
const spoken = (date: string, hour: string, lang: string): string => moment(new Date(`${date}T${hour}:00Z`), lang, 'UTC')

/** What went wrong; for the nights the clocks change, the two hours that were perhaps meant. */
function Clocks({ error, zone, onChoose }: { error: Error | null; zone: string; onChoose: (choice: Choice) => void }) {
  const t = useWords(words)
  const { lang } = useLang()
  if (!(error instanceof Problem) || !error.code.startsWith('local_time_')) return <ProblemNote error={error} />
  const isGap = error.code === 'local_time_missing'
  const choices = (error.extra['choices'] as readonly Choice[] | undefined) ?? []
  const wall = (text: string) => spoken(text.slice(0, 10), text.slice(11, 16), lang)
  const exact = (at: string) => new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone, timeZoneName: 'shortOffset' }).format(new Date(at))
  return (
    <Alert role="alert" color="sea" variant="light" my={12} title={t(isGap ? 'publish.gapTitle' : 'publish.twiceTitle')}>
      <Text size="sm">{t(isGap ? 'publish.gapSays' : 'publish.twiceSays', { zone })}</Text>
      <Group gap={8} mt={10}>
        {choices.map((choice, place) => (
          <Button key={place} size="xs" variant="default" onClick={() => onChoose(choice)}>
            {choice.wall ? t('publish.choose', { time: wall(choice.wall) }) : t(choice.which === 'second' ? 'publish.second' : 'publish.first', { time: choice.at ? exact(choice.at) : '' })}
          </Button>
        ))}
      </Group>
    </Alert>
  )
}
