import { ActionIcon, Button, Group, NativeSelect, NumberInput, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { take } from '#ui/api.ts'
import { Card, Section } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { useChannelName } from '#ui/channel-name.ts'
import { useWords } from '#ui/words.ts'
import { channelsQuery } from './calls.ts'
import { routing, routingQuery, useDutyAct, type Target } from './duty-calls.ts'
import { dutyWords } from './duty-words.ts'
import css from './settings.module.css'

const priorities = ['low', 'normal', 'high', 'urgent'] as const
const isSame = (a: Target, b: Target) => a.channel === b.channel && a.priority === b.priority

/** Within how much duty time somebody should be answered. */
export function Targets() {
  const t = useWords(dutyWords)
  const { may } = useSession()
  const { data } = useSuspenseQuery(routingQuery)
  const { data: channels } = useSuspenseQuery(channelsQuery)
  const channelName = useChannelName()
  const targets = data.targets as readonly Target[]
  const save = useDutyAct((next: readonly Target[]) => take(routing.targets.$put({ json: { targets: [...next] } })))
  const nameOf = (one: Target) => [one.channel === '' ? t('targets.any') : channelName(one.channel), ...(one.priority === '' ? [] : [t(`targets.${one.priority}`)])].join(' · ')
  return (
    <Section title={t('targets.title')} lead={t('targets.lead')}>
      <Card padded={false}>
        {targets.length === 0 ? <div className={css.line}><Text size="sm" c="dimmed">{t('targets.none')}</Text></div> : null}
        {targets.map((one) => (
          <div key={`${one.priority} ${one.channel}`} className={css.line}>
            <Text size="sm"><b>{nameOf(one)}</b>: {t('targets.says', { first: String(one.first), next: String(one.next) })}</Text>
            {may('manage') ? <ActionIcon aria-label={`${t('targets.drop')}: ${nameOf(one)}`} onClick={() => save.mutate(targets.filter((other) => other !== one))}><IconX size={16} stroke={1.5} /></ActionIcon> : null}
          </div>
        ))}
      </Card>
      {may('manage') ? <AddTarget channels={channels.items.map(({ id }) => ({ value: id, label: channelName(id) }))} add={(one) => save.mutate([...targets.filter((other) => !isSame(one, other)), one])} /> : null}
    </Section>
  )
}

function AddTarget({ channels, add }: { channels: readonly { value: string; label: string }[]; add: (target: Target) => void }) {
  const t = useWords(dutyWords)
  const [typed, setTyped] = useState<Target>({ channel: '', priority: '', first: 60, next: 120 })
  const submit = (event: FormEvent) => { event.preventDefault(); add(typed) }
  const any = { value: '', label: t('targets.any') }
  return (
    <form onSubmit={submit}>
      <Group mt={10} gap={8} align="flex-end">
        <NativeSelect size="xs" label={t('targets.channel')} data={[any, ...channels]} value={typed.channel} onChange={(event) => setTyped({ ...typed, channel: event.currentTarget.value })} />
        <NativeSelect size="xs" label={t('targets.priority')} data={[any, ...priorities.map((one) => ({ value: one, label: t(`targets.${one}`) }))]} value={typed.priority} onChange={(event) => setTyped({ ...typed, priority: priorities.find((one) => one === event.currentTarget.value) ?? '' })} />
        <NumberInput size="xs" w={150} min={1} max={43_200} allowDecimal={false} label={t('targets.first')} value={typed.first} onChange={(first) => setTyped({ ...typed, first: Number(first) || 1 })} />
        <NumberInput size="xs" w={150} min={1} max={43_200} allowDecimal={false} label={t('targets.next')} value={typed.next} onChange={(next) => setTyped({ ...typed, next: Number(next) || 1 })} />
        <Button type="submit" size="xs" variant="default">{t('targets.add')}</Button>
      </Group>
    </form>
  )
}
