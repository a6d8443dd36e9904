import { Button, Group, Modal, Text, TextInput } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { told } from '#ui/undo.tsx'
import { When } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { pause, publishingQuery, resume } from './calls.ts'
import css from './pause.module.css'
import { words } from './words/words.ts'

/** While everything scheduled is held, says so, since when, by whom and why; nothing at other times. */
export function Pause() {
  const t = useWords(words)
  const { may } = useSession()
  const queries = useQueryClient()
  const { data } = useQuery(publishingQuery)
  const go = useMutation({
    mutationFn: resume,
    onSuccess: (now) => { queries.setQueryData(publishingQuery.queryKey, now); told(t('pause.resumed')); void queries.invalidateQueries({ queryKey: ['posts'] }) },
  })
  if (!data?.paused) return null
  const { since, by, reason } = data.paused
  return (
    <div className={css.banner} role="status">
      <IconPlayerPause size={20} stroke={1.5} aria-hidden />
      <div>
        <b>{t('pause.isOn')}</b> {t('pause.held', { count: data.unsettled.filter((one) => one.because === 'paused').length })}
        <p>{reason ? <q>{reason}</q> : null} {by?.name ?? ''} · <When at={since} /></p>
        <ProblemNote error={go.error} />
      </div>
      {may('publish') ? <Button size="xs" color="terracotta" loading={go.isPending} leftSection={<IconPlayerPlay size={16} stroke={1.5} aria-hidden />} onClick={() => go.mutate()}>{t('pause.resume')}</Button> : null}
    </div>
  )
}

/** The one switch that holds everything scheduled; asks once, and why. */
export function PauseSwitch() {
  const t = useWords(words)
  const { may } = useSession()
  const queries = useQueryClient()
  const { data } = useQuery(publishingQuery)
  const [isAsking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const hold = useMutation({
    mutationFn: () => pause(reason.trim()),
    onSuccess: (now) => { queries.setQueryData(publishingQuery.queryKey, now); setAsking(false); setReason(''); void queries.invalidateQueries({ queryKey: ['posts'] }) },
  })
  if (!data || data.paused || !may('publish')) return null
  return (
    <>
      <Button variant="subtle" color="stone" leftSection={<IconPlayerPause size={18} stroke={1.5} aria-hidden />} onClick={() => setAsking(true)}>{t('pause.hold')}</Button>
      <Modal opened={isAsking} onClose={() => setAsking(false)} title={t('pause.askTitle')} closeButtonProps={{ 'aria-label': t('act.cancel') }}>
        <form onSubmit={(event) => { event.preventDefault(); if (reason.trim()) hold.mutate() }}>
          <Text size="sm" mb={12}>{t('pause.ask')}</Text>
          <TextInput data-autofocus label={t('pause.reason')} placeholder={t('pause.reasonPlace')} maxLength={300} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
          <ProblemNote error={hold.error} />
          <Group justify="flex-end" gap={8} mt={16}>
            <Button variant="default" onClick={() => setAsking(false)}>{t('act.cancel')}</Button>
            <Button type="submit" color="terracotta" disabled={reason.trim() === ''} loading={hold.isPending}>{t('pause.holdNow')}</Button>
          </Group>
        </form>
      </Modal>
    </>
  )
}
