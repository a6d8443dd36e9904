import { ActionIcon, Button, Group, NativeSelect, NumberInput, Text, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useActSays } from '#pillars/connectivity/web/act-says.ts'
import { membersQuery, openersQuery } from '#pillars/connectivity/web/calls.ts'
import { useWords } from '#ui/words.ts'
import type { Act } from './rules-calls.ts'
import { rulesWords } from './rules-words.ts'
import css from './settings.module.css'
import { dutyWords } from './duty-words.ts'

type Kind = Act['do']
export const ruleActs: readonly Kind[] = ['tag', 'untag', 'assign', 'route', 'priority', 'done', 'snooze', 'note', 'notify', 'suggest']
export const macroActs: readonly Kind[] = ['tag', 'untag', 'assign-me', 'assign', 'route', 'priority', 'done', 'snooze', 'note', 'notify']
const levels = ['low', 'normal', 'high', 'urgent'] as const
const most = 10

interface Typed { readonly kind: Kind; readonly member: string; readonly tag: string; readonly level: (typeof levels)[number]; readonly hours: number; readonly text: string; readonly opener: string }
const blank: Omit<Typed, 'kind'> = { member: '', tag: '', level: 'high', hours: 3, text: '', opener: '' }

/** What was typed, as an act; undefined while something of it is missing. */
function actOf({ kind, member, tag, level, hours, text, opener }: Typed): Act | undefined {
  switch (kind) {
    case 'assign': return member ? { do: kind, memberId: member } : undefined
    case 'tag': case 'untag': return tag.trim() ? { do: kind, tag: tag.trim() } : undefined
    case 'priority': return { do: kind, to: level }
    case 'snooze': return { do: kind, hours }
    case 'note': return text.trim() ? { do: kind, text: text.trim() } : undefined
    case 'notify': return member && text.trim() ? { do: kind, memberId: member, text: text.trim() } : undefined
    case 'suggest': return opener ? { do: kind, openerId: opener } : undefined
    case 'assign-me': case 'route': case 'done': return { do: kind }
  }
}

interface Given { readonly acts: readonly Act[]; readonly kinds: readonly Kind[]; readonly onActs: (acts: readonly Act[]) => void }

/** The acts of a rule or a macro, one after the other. */
export function ActsEditor({ acts, kinds, onActs }: Given) {
  const t = useWords(rulesWords)
  const says = useActSays()
  const [typed, setTyped] = useState<Typed>({ kind: kinds[0]!, ...blank })
  const act = actOf(typed)
  const add = () => { if (act) { onActs([...acts, act]); setTyped({ ...typed, ...blank }) } }
  return (
    <fieldset className={css.acts}>
      <legend>{t('form.does')}</legend>
      <ol className={css.actList}>
        {acts.map((one, place) => (
          <li key={`${place} ${JSON.stringify(one)}`}>
            <Text size="sm">{says(one)}</Text>
            <ActionIcon size="sm" aria-label={t('form.drop', { act: says(one) })} onClick={() => onActs(acts.filter((_, other) => other !== place))}><IconX size={14} stroke={1.5} aria-hidden /></ActionIcon>
          </li>
        ))}
      </ol>
      {acts.length < most ? (
        <Group gap={8} align="flex-end">
          <NativeSelect size="xs" label={t('form.what')} data={kinds.map((kind) => ({ value: kind, label: t(`acts.${kind}`) }))} value={typed.kind} onChange={(event) => setTyped({ ...blank, kind: kinds.find((kind) => kind === event.currentTarget.value) ?? typed.kind })} />
          <Fields typed={typed} onTyped={setTyped} />
          <Button size="xs" variant="default" disabled={!act} onClick={add}>{t('form.add')}</Button>
        </Group>
      ) : null}
    </fieldset>
  )
}

interface Field { readonly typed: Typed; readonly onTyped: (typed: Typed) => void }
function Fields({ typed, onTyped }: Field) {
  const t = useWords(rulesWords)
  const td = useWords(dutyWords)
  const set = (more: Partial<Typed>) => onTyped({ ...typed, ...more })
  const text = <TextInput size="xs" maw={260} label={t('fields.text')} value={typed.text} maxLength={500} onChange={(event) => set({ text: event.currentTarget.value })} />
  switch (typed.kind) {
    case 'assign': return <MemberField typed={typed} onTyped={onTyped} />
    case 'tag': case 'untag': return <TextInput size="xs" label={t('fields.tag')} value={typed.tag} maxLength={60} onChange={(event) => set({ tag: event.currentTarget.value })} />
    case 'priority': return <NativeSelect size="xs" label={t('fields.level')} data={levels.map((value) => ({ value, label: td(`targets.${value}`) }))} value={typed.level} onChange={(event) => set({ level: levels.find((level) => level === event.currentTarget.value) ?? 'high' })} />
    case 'snooze': return <NumberInput size="xs" w={90} label={t('fields.hours')} min={1} max={720} allowDecimal={false} value={typed.hours} onChange={(hours) => set({ hours: Number(hours) || 1 })} />
    case 'note': return text
    case 'notify': return <><MemberField typed={typed} onTyped={onTyped} />{text}</>
    case 'suggest': return <OpenerField typed={typed} onTyped={onTyped} />
    case 'assign-me': case 'route': case 'done': return null
  }
}

function MemberField({ typed, onTyped }: Field) {
  const t = useWords(rulesWords)
  const { data } = useQuery(membersQuery)
  const team = (data?.items ?? []).filter((one) => one.leftAt === null && one.role !== 'viewer')
  return <NativeSelect size="xs" label={t('fields.member')} data={[{ value: '', label: '' }, ...team.map(({ id, name }) => ({ value: id, label: name }))]} value={typed.member} onChange={(event) => onTyped({ ...typed, member: event.currentTarget.value })} />
}

function OpenerField({ typed, onTyped }: Field) {
  const t = useWords(rulesWords)
  const { data } = useQuery(openersQuery)
  const shared = (data?.items ?? []).filter((one) => one.shared)
  if (data && shared.length === 0) return <Text size="sm" c="dimmed" maw={320}>{t('fields.noOpener')}</Text>
  return <NativeSelect size="xs" label={t('fields.opener')} data={[{ value: '', label: '' }, ...shared.map(({ id, name }) => ({ value: id, label: name }))]} value={typed.opener} onChange={(event) => onTyped({ ...typed, opener: event.currentTarget.value })} />
}
