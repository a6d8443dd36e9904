import { ActionIcon, Button, Group, Menu, Modal, Select, Text } from '@mantine/core'
import { IconDots, IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { roles, type Role } from '#kit/rights.ts'
import { take } from '#ui/api.ts'
import { useLang } from '#ui/lang.tsx'
import { Card, Section } from '#ui/page.tsx'
import { Person } from '#ui/person.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { told, wrong } from '#ui/undo.tsx'
import { day } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { invitationsQuery, membersQuery, team, type Member } from './calls.ts'
import { Invite } from './invite.tsx'
import css from './settings.module.css'
import { SettingsPage } from './settings.tsx'
import { words } from './words.ts'

export function Team() {
  const t = useWords(words)
  const { may } = useSession()
  const { data } = useSuspenseQuery(membersQuery)
  const [inviting, setInviting] = useState(false)
  const here = data.items.filter((one) => one.leftAt === null)
  const former = data.items.filter((one) => one.leftAt !== null)
  return (
    <SettingsPage title={t('team.title')} lead={t('team.lead')} needs="manage" acts={may('manage') ? <Button leftSection={<IconPlus size={18} stroke={1.5} />} onClick={() => setInviting(true)}>{t('team.invite')}</Button> : null}>
      <Section><Card padded={false}>{here.map((one) => <Row key={one.id} member={one} />)}</Card></Section>
      {may('manage') ? <Open /> : null}
      {former.length > 0 ? <Section title={t('team.former')}><Card padded={false}>{former.map((one) => <div key={one.id} className={css.line}><Person name={one.name} under={t(`team.roles.${one.role}`)} /></div>)}</Card></Section> : null}
      {inviting ? <Invite close={() => setInviting(false)} /> : null}
    </SettingsPage>
  )
}

function useChange(member: Member) {
  const t = useWords(words)
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (json: { role?: Role; left?: true }) => take(team.members[':id'].$patch({ param: { id: member.id }, json })),
    onError: (error) => wrong(error, t('failed')),
    onSettled: () => queries.invalidateQueries({ queryKey: ['members'] }),
  })
}

function Row({ member }: { member: Member }) {
  const t = useWords(words)
  const { me, may } = useSession()
  const change = useChange(member)
  const [leaving, setLeaving] = useState(false)
  const under = [member.id === me.id ? t('team.you') : '', member.signsIn ? member.email ?? '' : t('team.story')].filter(Boolean).join(' · ')
  const mayChange = may('manage') && (member.role !== 'owner' || may('own'))
  const role = change.isPending && change.variables.role ? change.variables.role : member.role
  const open = roles.filter((one) => one !== 'owner' || may('own'))
  return (
    <div className={`${css.line} ${css.wrap}`}>
      <Person name={member.name} under={under} />
      <Group gap={8} wrap="nowrap">
        {mayChange ? (
          <Select w={190} size="sm" allowDeselect={false} aria-label={t('team.roleOf', { name: member.name })} value={role} data={open.map((one) => ({ value: one, label: t(`team.roles.${one}`) }))}
            renderOption={({ option }) => <div><Text size="sm">{option.label}</Text><Text size="xs" c="dimmed">{t(`team.may.${option.value as Role}`)}</Text></div>}
            onChange={(next) => { const known = roles.find((one) => one === next); if (known && known !== member.role) change.mutate({ role: known }) }} />
        ) : <Text size="sm" c="dimmed">{t(`team.roles.${member.role}`)}</Text>}
        {mayChange && member.id !== me.id ? (
          <Menu position="bottom-end">
            <Menu.Target><ActionIcon aria-label={t('team.more', { name: member.name })}><IconDots size={18} stroke={1.5} /></ActionIcon></Menu.Target>
            <Menu.Dropdown><Menu.Item color="terracotta" onClick={() => setLeaving(true)}>{t('team.leave')}</Menu.Item></Menu.Dropdown>
          </Menu>
        ) : null}
      </Group>
      <Modal opened={leaving} onClose={() => setLeaving(false)} withCloseButton={false} title={<Text component="span" fw={600}>{t('team.leave')}</Text>}>
        <Text mb={16}>{t('team.leaveSure', { name: member.name })}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setLeaving(false)}>{t('cancel')}</Button>
          <Button color="terracotta" loading={change.isPending} onClick={() => change.mutate({ left: true }, { onSuccess: () => told(t('team.left', { name: member.name })), onSettled: () => setLeaving(false) })}>{t('team.leave')}</Button>
        </Group>
      </Modal>
    </div>
  )
}

function Open() {
  const t = useWords(words)
  const { lang, zone } = useLang()
  const queries = useQueryClient()
  const { data, error } = useQuery(invitationsQuery)
  const withdraw = useMutation({
    mutationFn: (id: string) => take(team.invitations[':id'].$delete({ param: { id } })),
    onSuccess: () => { told(t('team.withdrawn')); return queries.invalidateQueries({ queryKey: ['invitations'] }) },
    onError: (failed) => wrong(failed, t('failed')),
  })
  if (error) return <ProblemNote error={error} />
  if (!data || data.items.length === 0) return null
  return (
    <Section title={t('team.open')}>
      <Card padded={false}>
        {data.items.map((one) => (
          <div key={one.id} className={css.line}>
            <Person name={one.name || '?'} under={`${t(`team.roles.${one.role}`)} · ${t('team.until', { day: day(new Date(one.expiresAt), lang, zone) })}`} />
            <Button size="xs" variant="default" loading={withdraw.isPending && withdraw.variables === one.id} onClick={() => withdraw.mutate(one.id)}>{t('team.withdraw')}</Button>
          </div>
        ))}
      </Card>
    </Section>
  )
}
