import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { ask } from '#ui/api.ts'
import { fieldError, ProblemNote } from '#ui/problem.tsx'
import { sessionQuery } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { words } from '../shell-words.ts'
import { Door } from './door.tsx'

// Only ways inside the workspace: an address from outside is not followed.
export const insideOnly = (to: string | undefined): string => (to && /^\/(?![/\\])/.test(to) ? to : '/')

export function SignIn() {
  const t = useWords(words)
  const { to } = useSearch({ from: '/sign-in' })
  const router = useRouter()
  const queries = useQueryClient()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const enter = useMutation({
    mutationFn: () => ask('POST', '/session', { email, password }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: sessionQuery.queryKey, refetchType: 'all' })
      await queries.fetchQuery(sessionQuery)
      router.history.push(`/app${insideOnly(to?.replace(/^\/app(?=\/|$)/, ''))}`)
    },
  })
  const submit = (event: FormEvent) => { event.preventDefault(); enter.mutate() }
  return (
    <Door title={t('signIn.title')} lead={t('signIn.leadPlain')}>
      <form onSubmit={submit}>
        <Stack gap={18}>
          <TextInput required autoFocus type="email" label={t('signIn.email')} autoComplete="username" value={email} error={fieldError(enter.error, 'email')} onChange={(event) => setEmail(event.currentTarget.value)} />
          <PasswordInput required label={t('signIn.password')} autoComplete="current-password" value={password} onChange={(event) => setPassword(event.currentTarget.value)} visibilityToggleButtonProps={{ 'aria-label': t('form.show'), tabIndex: 0 }} />
          <ProblemNote error={enter.error} />
          <Button type="submit" size="md" loading={enter.isPending}>{t('signIn.submit')}</Button>
          <Text size="sm" c="dimmed">{t('signIn.forgot')}</Text>
        </Stack>
      </form>
    </Door>
  )
}
