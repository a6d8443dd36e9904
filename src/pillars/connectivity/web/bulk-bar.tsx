import { Button, Menu, TextInput } from '@mantine/core'
import { IconCheck, IconClock, IconFlag, IconTag, IconUserPlus, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useLang } from '#ui/lang.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { membersQuery, type BulkChange } from './calls.ts'
import css from './inbox.module.css'
import { laters } from './later.ts'
import { MacroChoice } from './macros.tsx'
import type { Macro } from './rules-calls.ts'
import { words } from './words/words.ts'

interface Given {
  readonly count: number
  /** Everything the filter holds is chosen, also what is not loaded. */
  readonly isAll: boolean; readonly hasMore: boolean
  readonly onAll: () => void; readonly onNone: () => void; readonly onDo: (change: BulkChange) => void
  readonly onMacro: (macro: Macro) => void
}

/** What can be done to all that is chosen. */
export function BulkBar({ count, isAll, hasMore, onAll, onNone, onDo, onMacro }: Given) {
  const t = useWords(words)
  return (
    <div className={css.bulk} role="toolbar" aria-label={t('bulk.label')}>
      <div className={css.bulkTop}>
        <b role="status">{isAll ? t('bulk.all') : t('bulk.chosen', { count })}</b>
        {!isAll ? <Button size="compact-xs" variant="subtle" onClick={onAll}>{hasMore ? t('bulk.takeFilter') : t('bulk.takeAll')}</Button> : null}
        <Button size="compact-xs" variant="subtle" px={4} ml="auto" onClick={onNone} aria-label={t('bulk.none')}><IconX size={16} stroke={1.5} aria-hidden /></Button>
      </div>
      <div className={css.bulkActs}>
        <Button size="compact-sm" variant="light" leftSection={<IconCheck size={15} stroke={1.5} aria-hidden />} onClick={() => onDo({ state: 'done' })}>{t('act.done')}</Button>
        <LaterChoice onDo={onDo} />
        <GiveChoice onDo={onDo} />
        <PriorityChoice onDo={onDo} />
        <TagChoice onDo={onDo} />
        <MacroChoice onUse={onMacro} />
      </div>
    </div>
  )
}

type Doing = Pick<Given, 'onDo'>
function LaterChoice({ onDo }: Doing) {
  const t = useWords(words)
  const { zone } = useLang()
  return (
    <Menu position="bottom-start">
      <Menu.Target><Button size="compact-sm" variant="default" px={7} aria-label={t('act.snooze')} title={t('act.snooze')}><IconClock size={15} stroke={1.5} aria-hidden /></Button></Menu.Target>
      <Menu.Dropdown>
        {laters(new Date(), zone).map((one) => <Menu.Item key={one.name} onClick={() => onDo({ state: 'snoozed', snoozedUntil: one.at.toISOString() })}>{t(`act.laters.${one.name}`)}</Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  )
}

function GiveChoice({ onDo }: Doing) {
  const t = useWords(words)
  const { me } = useSession()
  const { data } = useQuery(membersQuery)
  const others = (data?.items ?? []).filter((member) => member.leftAt === null && member.id !== me.id)
  return (
    <Menu position="bottom-start">
      <Menu.Target><Button size="compact-sm" variant="default" px={7} aria-label={t('act.assign')} title={t('act.assign')}><IconUserPlus size={15} stroke={1.5} aria-hidden /></Button></Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onDo({ assigneeId: me.id })}>{t('act.toMe')}</Menu.Item>
        {others.map((member) => <Menu.Item key={member.id} onClick={() => onDo({ assigneeId: member.id })}>{member.name}</Menu.Item>)}
        <Menu.Item onClick={() => onDo({ assigneeId: null })}>{t('act.nobody')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

const priorities = ['urgent', 'high', 'normal', 'low'] as const
function PriorityChoice({ onDo }: Doing) {
  const t = useWords(words)
  return (
    <Menu position="bottom-start">
      <Menu.Target><Button size="compact-sm" variant="default" px={7} aria-label={t('priority.label')} title={t('priority.label')}><IconFlag size={15} stroke={1.5} aria-hidden /></Button></Menu.Target>
      <Menu.Dropdown>{priorities.map((one) => <Menu.Item key={one} onClick={() => onDo({ priority: one })}>{t(`priority.${one}`)}</Menu.Item>)}</Menu.Dropdown>
    </Menu>
  )
}

function TagChoice({ onDo }: Doing) {
  const t = useWords(words)
  const [tag, setTag] = useState('')
  const [opened, setOpened] = useState(false)
  const put = (event: FormEvent) => { event.preventDefault(); if (tag.trim()) { onDo({ tag: tag.trim() }); setTag(''); setOpened(false) } }
  return (
    <Menu position="bottom-end" opened={opened} onChange={setOpened} trapFocus closeOnItemClick={false}>
      <Menu.Target><Button size="compact-sm" variant="default" px={7} aria-label={t('tags.label')} title={t('tags.label')}><IconTag size={15} stroke={1.5} aria-hidden /></Button></Menu.Target>
      <Menu.Dropdown p={8}>
        <form onSubmit={put}>
          <TextInput size="xs" label={t('tags.add')} value={tag} maxLength={60} onChange={(event) => setTag(event.currentTarget.value)} data-autofocus onKeyDown={(event) => event.stopPropagation()} />
          <Button type="submit" size="xs" fullWidth mt={6} disabled={!tag.trim()}>{t('tags.put')}</Button>
          {tag.trim() ? <Button size="xs" variant="subtle" fullWidth mt={4} onClick={() => { onDo({ untag: tag.trim() }); setOpened(false) }}>{t('tags.remove', { tag: tag.trim() })}</Button> : null}
        </form>
      </Menu.Dropdown>
    </Menu>
  )
}
