import { Button, CopyButton, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { roles, type Role } from '#kit/rights.ts'
import { take } from '#ui/api.ts'
import { useLang } from '#ui/lang.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { day } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { team } from './calls.ts'
import { words } from './words.ts'

/** An invitation is a link, shown once. */
export function Invite({ close }: { close: () => void }) {
  const t = useWords(words)
  const { lang, zone } = useLang()
  const { may } = useSession()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('responder')
  const make = useMutation({ mutationFn: () => take(team.invitations.$post({ json: { name, role } })), onSuccess: () => queries.invalidateQueries({ queryKey: ['invitations'] }) })
  const submit = (event: FormEvent) => { event.preventDefault(); make.mutate() }
  const made = make.data
  return (
    <Modal opened onClose={close} title={<Text component="span" fw={600}>{t('team.invite')}</Text>} closeButtonProps={{ 'aria-label': t('team.close') }}>
      {made ? (
        <Stack gap={12}>
          <Text>{t('team.link', { day: day(new Date(made.expiresAt), lang, zone) })}</Text>
          <Group gap={8} wrap="nowrap" align="flex-end">
            <TextInput style={{ flex: 1 }} readOnly aria-label={t('team.invite')} value={made.link} onFocus={(event) => event.currentTarget.select()} />
            <CopyButton value={made.link}>{({ copied, copy }) => <Button onClick={copy}>{t(copied ? 'team.copied' : 'team.copy')}</Button>}</CopyButton>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={submit}>
          <Stack gap={16}>
            <TextInput data-autofocus label={t('team.name')} description={t('team.nameHint')} maxLength={80} value={name} onChange={(event) => setName(event.currentTarget.value)} />
            <Select label={t('team.role')} description={t(`team.may.${role}`)} allowDeselect={false} value={role} data={roles.filter((one) => one !== 'owner' || may('own')).map((one) => ({ value: one, label: t(`team.roles.${one}`) }))}
              onChange={(next) => { const known = roles.find((one) => one === next); if (known) setRole(known) }} />
            <ProblemNote error={make.error} />
            <Button type="submit" loading={make.isPending}>{t('team.makeLink')}</Button>
          </Stack>
        </form>
      )}
    </Modal>
  )
}
