import { ActionIcon, Button, Group, NativeSelect, Text, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { take } from '#ui/api.ts'
import { useLang } from '#ui/lang.tsx'
import { Card, Section } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { short } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { duty, useDutyAct, type Plan } from './duty-calls.ts'
import { dutyWords } from './duty-words.ts'
import css from './settings.module.css'

/** Who is away, and until when. */
export function Away({ plan: { away, members } }: { plan: Plan }) {
  const t = useWords(dutyWords)
  const { lang, zone } = useLang()
  const { me, may } = useSession()
  const drop = useDutyAct((id: string) => take(duty.away[':id'].$delete({ param: { id } })))
  const nameOf = (id: string) => members.find((one) => one.id === id)?.name ?? ''
  return (
    <Section title={t('away.title')} lead={t('away.lead')}>
      <Card padded={false}>
        {away.length === 0 ? <div className={css.line}><Text size="sm" c="dimmed">{t('away.none')}</Text></div> : null}
        {away.map((one) => (
          <div key={one.id} className={css.line}>
            <Text size="sm">{nameOf(one.memberId)} · {t('away.range', { from: short(new Date(one.from), lang, zone), to: short(new Date(one.to), lang, zone) })}</Text>
            {may('manage') || one.memberId === me.id ? <ActionIcon aria-label={t('away.drop', { name: nameOf(one.memberId) })} onClick={() => drop.mutate(one.id)}><IconX size={16} stroke={1.5} /></ActionIcon> : null}
          </div>
        ))}
      </Card>
      {may('answer') ? <AddAway members={may('manage') ? members : members.filter(({ id }) => id === me.id)} /> : null}
    </Section>
  )
}

function AddAway({ members }: { members: Plan['members'] }) {
  const t = useWords(dutyWords)
  const [typed, setTyped] = useState({ memberId: members[0]?.id ?? '', from: '', to: '' })
  const add = useDutyAct((given: typeof typed) => take(duty.away.$post({ json: { memberId: given.memberId, from: new Date(given.from).toISOString(), to: new Date(given.to).toISOString(), note: '' } })))
  const submit = (event: FormEvent) => { event.preventDefault(); add.mutate(typed, { onSuccess: () => setTyped({ ...typed, from: '', to: '' }) }) }
  return (
    <form onSubmit={submit}>
      <Group mt={10} gap={8} align="flex-end">
        <NativeSelect size="xs" label={t('away.who')} data={members.map(({ id, name }) => ({ value: id, label: name }))} value={typed.memberId} onChange={(event) => setTyped({ ...typed, memberId: event.currentTarget.value })} />
        <TextInput required size="xs" type="datetime-local" label={t('away.from')} value={typed.from} onChange={(event) => setTyped({ ...typed, from: event.currentTarget.value })} />
        <TextInput required size="xs" type="datetime-local" label={t('away.to')} min={typed.from} value={typed.to} onChange={(event) => setTyped({ ...typed, to: event.currentTarget.value })} />
        <Button type="submit" size="xs" variant="default" loading={add.isPending}>{t('away.add')}</Button>
      </Group>
    </form>
  )
}
