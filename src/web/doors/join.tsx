import { Button, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import type { Role } from '#kit/rights.ts'
import { ask } from '#ui/api.ts'
import { Waiting } from '#ui/columns-mark.tsx'
import { fieldError, ProblemNote } from '#ui/problem.tsx'
import { sessionQuery } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { words } from '../shell-words.ts'
import { Door } from './door.tsx'
import { NewPassword } from './password-field.tsx'

interface Invitation { readonly workspace: string; readonly role: Role; readonly name: string }

/** An invitation opened by its link: whose it is, and one's own account. */
export function Join() {
  const t = useWords(words)
  const { token = '' } = useSearch({ from: '/invitation' })
  const found = useQuery({ queryKey: ['invitations', 'by-token', token], queryFn: () => ask<Invitation>('GET', `/invitations/by-token/${encodeURIComponent(token)}`), retry: false })
  if (found.isPending) return <Waiting />
  if (found.error) return <Door title={t('join.bad')} lead=""><ProblemNote error={found.error} /></Door>
  const { workspace, role } = found.data
  return <Door title={t('join.title', { site: workspace })} lead={t('join.lead', { role: t(`roles.${role}`) })}><JoinForm token={token} name={found.data.name} /></Door>
}

function JoinForm({ token, name }: { token: string; name: string }) {
  const t = useWords(words)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [typed, setTyped] = useState({ name, email: '', password: '' })
  const type = (change: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...change }))
  const accept = useMutation({
    mutationFn: () => ask('POST', '/invitations/accept', { token, ...typed }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: sessionQuery.queryKey, refetchType: 'all' })
      await navigate({ to: '/' })
    },
  })
  const submit = (event: FormEvent) => { event.preventDefault(); accept.mutate() }
  return (
    <form onSubmit={submit}>
      <Stack gap={18}>
        <TextInput required autoFocus label={t('form.name')} description={t('form.nameHint')} autoComplete="name" maxLength={80} value={typed.name} error={fieldError(accept.error, 'name')} onChange={(event) => type({ name: event.currentTarget.value })} />
        <TextInput required type="email" label={t('form.email')} autoComplete="email" value={typed.email} error={fieldError(accept.error, 'email')} onChange={(event) => type({ email: event.currentTarget.value })} />
        <NewPassword value={typed.password} known={[typed.name, typed.email]} error={fieldError(accept.error, 'password')} onChange={(password) => type({ password })} />
        <ProblemNote error={accept.error} />
        <Button type="submit" size="md" loading={accept.isPending}>{t('join.submit')}</Button>
      </Stack>
    </form>
  )
}
