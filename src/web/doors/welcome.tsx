import { Button, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Navigate, useSearch } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { ask } from '#ui/api.ts'
import { browserZone, useLang } from '#ui/lang.tsx'
import { fieldError, ProblemNote } from '#ui/problem.tsx'
import { sessionQuery } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { ZoneSelect } from '#ui/zone-select.tsx'
import { words } from '../shell-words.ts'
import { Door } from './door.tsx'
import { NewPassword } from './password-field.tsx'
import { shortest } from './strength.ts'
import { TwoDoors } from './two-doors.tsx'

/** The first minutes of a fresh Stoa: who are you, and where would you like to begin? */
export function Welcome() {
  const { data: session } = useSuspenseQuery(sessionQuery)
  if (session.state === 'new') return <OwnerForm />
  if (session.state === 'signed-out') return <Navigate to="/sign-in" replace />
  return session.workspace?.door === null && session.member?.role === 'owner' ? <TwoDoors /> : <Navigate to={session.workspace?.door === 'own' ? '/campaigns' : '/'} replace />
}

const blank = { name: '', email: '', password: '', siteName: '', zone: browserZone(), code: '' }

function OwnerForm() {
  const t = useWords(words)
  const { lang } = useLang()
  const { code } = useSearch({ from: '/welcome' })
  const queries = useQueryClient()
  const [typed, setTyped] = useState({ ...blank, code: code ?? '' })
  const [early, setEarly] = useState(false)
  const type = (change: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...change }))
  const setup = useMutation({
    mutationFn: () => ask('POST', '/setup', { ...typed, lang }),
    onSuccess: () => queries.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  })
  const tooShort = early && Array.from(typed.password).length < shortest ? t('welcome.passwordShort') : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setEarly(true)
    if (Array.from(typed.password).length >= shortest) setup.mutate()
  }
  return (
    <Door title={t('welcome.title')} lead={t('welcome.lead')}>
      <form onSubmit={submit}>
        <Stack gap={18}>
          <TextInput required autoFocus label={t('form.name')} description={t('form.nameHint')} autoComplete="name" maxLength={80} value={typed.name} error={fieldError(setup.error, 'name')} onChange={(event) => type({ name: event.currentTarget.value })} />
          <TextInput required type="email" label={t('form.email')} autoComplete="email" maxLength={254} value={typed.email} error={fieldError(setup.error, 'email')} onChange={(event) => type({ email: event.currentTarget.value })} />
          <NewPassword value={typed.password} known={[typed.name, typed.email, typed.siteName]} error={tooShort ?? fieldError(setup.error, 'password')} onChange={(password) => type({ password })} />
          <TextInput required label={t('form.siteName')} description={t('form.siteHint')} autoComplete="organization" maxLength={80} value={typed.siteName} error={fieldError(setup.error, 'siteName')} onChange={(event) => type({ siteName: event.currentTarget.value })} />
          <ZoneSelect label={t('form.zone')} nothing={t('form.zoneNothing')} value={typed.zone} error={fieldError(setup.error, 'zone')} onChange={(zone) => type({ zone })} />
          {code ? null : <TextInput required label={t('form.code')} description={t('form.codeHint')} autoComplete="off" maxLength={100} value={typed.code} error={fieldError(setup.error, 'code')} onChange={(event) => type({ code: event.currentTarget.value })} />}
          <ProblemNote error={setup.error} />
          <Button type="submit" size="md" loading={setup.isPending}>{t('welcome.submit')}</Button>
        </Stack>
      </form>
    </Door>
  )
}
