import { Button, Group, Modal, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemNote } from '#ui/problem.tsx'
import { told } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import { moderate, type Message, type Verdict } from './calls.ts'
import { words } from './words/words.ts'

const titles = { shown: 'showTitle', hidden: 'hideTitle', spam: 'spamTitle2' } as const
const hints = { shown: 'whyShow', hidden: 'whyHide', spam: 'whySpam' } as const
const verbs = { shown: 'show', hidden: 'hide', spam: 'spam' } as const

/** A verdict on a message, with the short reason that stays beside it. */
export function ModerateDialog({ message, to, onClose }: { message: Message; to: Verdict; onClose: () => void }) {
  const t = useWords(words)
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const act = useMutation({
    mutationFn: () => moderate(message.id, { to, reason: reason.trim() }),
    onSuccess: async () => {
      told(t(`thread.moderated.${to}`))
      onClose()
      await queries.invalidateQueries({ queryKey: ['conversations'] })
    },
  })
  return (
    <Modal opened onClose={onClose} title={t(`thread.${titles[to]}`)} closeButtonProps={{ 'aria-label': t('thread.cancel') }}>
      <form onSubmit={(event) => { event.preventDefault(); if (reason.trim()) act.mutate() }}>
        <TextInput data-autofocus label={t('thread.why')} placeholder={t(`thread.${hints[to]}`)} maxLength={300} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <ProblemNote error={act.error} />
        <Group justify="flex-end" mt={16} gap={8}>
          <Button variant="default" onClick={onClose}>{t('thread.cancel')}</Button>
          <Button type="submit" loading={act.isPending} disabled={!reason.trim()} color={to === 'shown' ? 'sea' : 'terracotta'}>{t(`thread.${verbs[to]}`)}</Button>
        </Group>
      </form>
    </Modal>
  )
}
