import { Button, Text, TextInput } from '@mantine/core'
import { IconCopy, IconExternalLink } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemNote } from '#ui/problem.tsx'
import { told, wrong } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import { notPosted, posted, type Message } from './calls.ts'
import css from './thread.module.css'
import { words } from './words/words.ts'

/** The network takes no answer from a program: copy it, open the place, post it, and say so. */
export function HandOver({ message, openAt, onAgain }: { message: Message; openAt: string | null; onAgain: (text: string) => void }) {
  const t = useWords(words)
  const queries = useQueryClient()
  const [url, setUrl] = useState('')
  const again = () => queries.invalidateQueries({ queryKey: ['conversations'] })
  const done = useMutation({ mutationFn: () => posted(message.id, url.trim() || null), onSuccess: again })
  const back = useMutation({ mutationFn: () => notPosted(message.id), onSuccess: async ({ text }) => { await again(); onAgain(text) } })
  const copy = async () => {
    try { await navigator.clipboard.writeText(message.text); told(t('byHand.copied')) } catch (error) { wrong(error, t('byHand.notCopied')) }
    if (openAt) window.open(openAt, '_blank', 'noopener,noreferrer')
  }
  return (
    <div className={css.byHand}>
      <Text size="sm">{t('byHand.says')}</Text>
      <div className={css.choices}>
        <Button size="xs" leftSection={openAt ? <IconExternalLink size={15} stroke={1.5} aria-hidden /> : <IconCopy size={15} stroke={1.5} aria-hidden />} onClick={() => void copy()}>{openAt ? t('byHand.open') : t('byHand.copy')}</Button>
      </div>
      <TextInput size="xs" mt={8} label={t('byHand.address')} placeholder="https://" type="url" value={url} onChange={(event) => setUrl(event.currentTarget.value)} />
      <ProblemNote error={done.error ?? back.error} />
      <div className={css.choices}>
        <Button size="xs" variant="light" loading={done.isPending} onClick={() => done.mutate()}>{t('byHand.isPosted')}</Button>
        <Button size="xs" variant="subtle" loading={back.isPending} onClick={() => back.mutate()}>{t('byHand.notPosted')}</Button>
      </div>
    </div>
  )
}
