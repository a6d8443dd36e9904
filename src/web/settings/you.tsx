import { Button, Group, PasswordInput, Stack, TextInput, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { take } from '#ui/api.ts'
import { fieldError, ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { told } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import { ZoneSelect } from '#ui/zone-select.tsx'
import { NewPassword } from '../doors/password-field.tsx'
import { BellSettings } from './bell.tsx'
import { own } from './calls.ts'
import { SettingsPage } from './settings.tsx'
import { words } from './words.ts'

export function You() {
  const t = useWords(words)
  const { me } = useSession()
  const queries = useQueryClient()
  const [name, setName] = useState(me.name)
  const [zone, setZone] = useState(me.zone)
  const save = useMutation({
    mutationFn: () => take(own.me.$patch({ json: { name, zone } })),
    onSuccess: () => { told(t('saved')); return Promise.all([queries.invalidateQueries({ queryKey: ['session'] }), queries.invalidateQueries({ queryKey: ['members'] })]) },
  })
  const submit = (event: FormEvent) => { event.preventDefault(); save.mutate() }
  return (
    <SettingsPage title={t('you.title')} lead={t('you.lead')}>
      <form onSubmit={submit}>
        <Stack gap={18}>
          <TextInput required label={t('you.name')} maxLength={80} value={name} error={fieldError(save.error, 'name')} onChange={(event) => setName(event.currentTarget.value)} />
          <TextInput label={t('you.email')} value={me.email ?? ''} readOnly />
          <ZoneSelect label={t('you.zone')} nothing={t('you.zoneNothing')} value={zone} onChange={setZone} />
          <ProblemNote error={save.error} />
          <Group><Button type="submit" loading={save.isPending}>{t('save')}</Button></Group>
        </Stack>
      </form>
      <BellSettings />
      <Password />
    </SettingsPage>
  )
}

function Password() {
  const t = useWords(words)
  const { me } = useSession()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useMutation({
    mutationFn: () => take(own.me.password.$post({ json: { current, next } })),
    onSuccess: () => { setCurrent(''); setNext(''); told(t('you.changed')) },
  })
  const submit = (event: FormEvent) => { event.preventDefault(); change.mutate() }
  return (
    <form onSubmit={submit}>
      <Stack gap={18} mt={48}>
        <Title order={2} fz={15}>{t('you.password')}</Title>
        <input type="text" hidden readOnly autoComplete="username" value={me.email ?? ''} />
        <PasswordInput required label={t('you.current')} autoComplete="current-password" value={current} error={fieldError(change.error, 'current')} onChange={(event) => setCurrent(event.currentTarget.value)} />
        <NewPassword value={next} known={[me.name, me.email ?? '']} error={fieldError(change.error, 'next')} onChange={setNext} />
        <ProblemNote error={change.error} />
        <Group><Button type="submit" variant="default" loading={change.isPending}>{t('you.change')}</Button></Group>
      </Stack>
    </form>
  )
}
