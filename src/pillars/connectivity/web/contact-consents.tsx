import { Button, Group, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLang } from '#ui/lang.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { day } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { agree, withdraw, type Person } from './contact-calls.ts'
import { words } from './contact-words.ts'
import css from './thread.module.css'

/** What a person agreed to: when, where and in which words; taken back with one click. */
export function Consents({ person }: { person: Person }) {
  const t = useWords(words)
  const { lang, zone } = useLang()
  const { may } = useSession()
  const queries = useQueryClient()
  const [writing, setWriting] = useState(false)
  const after = () => queries.invalidateQueries({ queryKey: ['contacts', person.id] })
  const back = useMutation({ mutationFn: withdraw, onSuccess: after })
  const on = (at: string) => day(new Date(at), lang, zone)
  return (
    <section aria-label={t('consent.title')}>
      <p className={css.label}>{t('consent.title')}</p>
      {person.consents.length === 0 ? <Text size="sm" c="dimmed">{t('consent.none')}</Text> : null}
      {person.consents.map((one) => (
        <div key={one.id} style={{ marginBottom: 10 }}>
          <Text size="sm" fw={550} td={one.withdrawnAt ? 'line-through' : undefined}>{one.purpose}</Text>
          <Text size="sm" lang={one.lang} style={{ overflowWrap: 'anywhere' }}>{one.words}</Text>
          <Text size="xs" c="dimmed">{t('consent.on', { date: on(one.givenAt), source: one.source })}</Text>
          {one.withdrawnAt ? <Text size="xs" c="dimmed">{t('consent.withdrawn', { date: on(one.withdrawnAt) })}</Text>
            : may('answer') ? <Button size="compact-xs" variant="default" mt={4} loading={back.isPending} onClick={() => back.mutate(one.id)}>{t('consent.withdraw')}</Button> : null}
        </div>
      ))}
      <ProblemNote error={back.error} />
      {!may('answer') ? null : writing ? <Recording id={person.id} close={() => { setWriting(false); void after() }} /> : <Button size="compact-xs" variant="subtle" px={0} onClick={() => setWriting(true)}>{t('consent.record')}</Button>}
    </section>
  )
}

function Recording({ id, close }: { id: string; close: () => void }) {
  const t = useWords(words)
  const { lang } = useLang()
  const [given, setGiven] = useState({ purpose: '', words: '', source: '' })
  const save = useMutation({ mutationFn: () => agree(id, { ...given, lang }), onSuccess: close })
  const change = (name: keyof typeof given) => (event: { currentTarget: { value: string } }) => { const { value } = event.currentTarget; setGiven((before) => ({ ...before, [name]: value })) }
  return (
    <form onSubmit={(event) => { event.preventDefault(); save.mutate() }}>
      <TextInput size="xs" mt={6} autoFocus required maxLength={60} label={t('consent.purpose')} placeholder={t('consent.purposePlace')} value={given.purpose} onChange={change('purpose')} />
      <Textarea size="xs" mt={6} required autosize minRows={2} maxLength={2000} label={t('consent.words')} placeholder={t('consent.wordsPlace')} value={given.words} onChange={change('words')} />
      <TextInput size="xs" mt={6} required maxLength={300} label={t('consent.source')} placeholder={t('consent.sourcePlace')} value={given.source} onChange={change('source')} />
      <Group gap={6} mt={8}>
        <Button size="xs" type="submit" loading={save.isPending}>{t('consent.save')}</Button>
        <Button size="xs" variant="default" onClick={close}>{t('consent.cancel')}</Button>
      </Group>
      <ProblemNote error={save.error} />
    </form>
  )
}
