import { Alert, Button, Group, Modal, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Finding } from '#kit/pillar.ts'
import { Problem } from '#ui/api.ts'
import { useLang } from '#ui/lang.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { told } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import { dayAfter, dayIn } from '../calendar/agenda.ts'
import { useAccountName } from '../account-name.ts'
import { publish, type At, type Reasons, type Account, type Post } from '../calls.ts'
import css from './composer.module.css'
import { words } from './words/words.ts'

interface Given {
  readonly when: 'now' | 'later'
  readonly accounts: readonly Account[]
  readonly zone: string
  readonly on: string | undefined
  readonly reasons: Reasons
  /** The post as the server has it, after a last save. */
  readonly settled: () => Promise<{ readonly id: string; readonly version: number } | undefined>
  readonly onHeld: (findings: readonly Finding[]) => void
  readonly onOut: (post: Post) => void
  readonly onClose: () => void
}
interface Choice { readonly wall?: string; readonly which?: 'first' | 'second'; readonly at?: string }

/** Asks once, naming where it goes and when; an hour the clocks skip or repeat comes back as a choice. */
export function PublishDialog({ when, accounts, zone, on, reasons, settled, onHeld, onOut, onClose }: Given) {
  const t = useWords(words)
  const { lang } = useLang()
  const queries = useQueryClient()
  const [date, setDate] = useState(() => on ?? dayAfter(dayIn(zone, new Date()), 1))
  const [hour, setHour] = useState('09:00')
  const name = useAccountName()
  const names = new Intl.ListFormat(lang).format(accounts.map(name.whole))
  const act = useMutation({
    mutationFn: async (choice: Choice) => {
      const post = await settled()
      if (!post) throw new Problem(0, { code: 'empty_message', detail: t('publish.missing.text') })
      const at: At = { wall: choice.wall ?? `${date}T${hour}`, zone, ...(choice.which ? { which: choice.which } : {}) }
      return publish(post.id, { version: post.version, reasons, ...(when === 'later' ? { at } : {}) })
    },
    onSuccess: async (post) => {
      if (when === 'later') told(t('publish.planned', { time: moment(new Date(post.dueAt ?? Date.now()), lang, zone) }))
      queries.setQueryData(['posts', post.id], post)
      onOut(post)
      await queries.invalidateQueries({ queryKey: ['posts'] })
    },
    onError: (error) => { if (error instanceof Problem && error.code === 'held_by_check') onHeld((error.extra['findings'] as readonly Finding[] | undefined) ?? []) },
  })
  const isReady = when === 'now' || (date !== '' && hour !== '')
  const planned = t('publish.askPlan', { accounts: names, time: isReady ? spoken(date, hour, lang) : '…' })
  return (
    <Modal opened onClose={onClose} title={when === 'now' ? t('publish.askTitle') : t('publish.later')} closeButtonProps={{ 'aria-label': t('publish.no') }}>
      <form onSubmit={(event) => { event.preventDefault(); act.mutate({}) }}>
        {when === 'later' ? (
          <div className={css.moments}>
            <label>{t('publish.date')}<input data-autofocus className={css.moment} type="date" required min={dayIn(zone, new Date())} value={date} onChange={(event) => setDate(event.currentTarget.value)} /></label>
            <label>{t('publish.time')}<input className={css.moment} type="time" required value={hour} onChange={(event) => setHour(event.currentTarget.value)} /></label>
            <Text size="xs" c="dimmed" w="100%">{t('publish.zone', { zone })}</Text>
          </div>
        ) : null}
        <Text mt={when === 'later' ? 12 : 0} fw={550}>{when === 'now' ? t('publish.ask', { accounts: names }) : planned}</Text>
        {when === 'now' ? <Text size="sm" c="dimmed" mt={4}>{t('publish.cannotUndo')}</Text> : null}
        <Clocks error={act.error} zone={zone} onChoose={(choice) => act.mutate(choice)} />
        <Group justify="flex-end" gap={8} mt={20}>
          <Button variant="default" onClick={onClose}>{t('publish.no')}</Button>
          <Button type="submit" data-autofocus={when === 'now' || undefined} loading={act.isPending} disabled={!isReady}>{when === 'now' ? t('publish.yes') : t('publish.yesPlan')}</Button>
        </Group>
      </form>
    </Modal>
  )
}

const moment = (at: Date, lang: string, zone: string): string =>
  new Intl.DateTimeFormat(lang, { weekday: 'short', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit', timeZone: zone }).format(at)
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
  const exact = (at: string) => new Intl.DateTimeFormat(lang, { hour: 'numeric', minute: '2-digit', timeZone: zone, timeZoneName: 'shortOffset' }).format(new Date(at))
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
