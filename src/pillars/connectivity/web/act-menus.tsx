import { Button, Popover } from '@mantine/core'
import { IconCheck, IconClock, IconUserCheck, IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState, type KeyboardEvent } from 'react'
import { useLang } from '#ui/lang.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { membersQuery } from './calls.ts'
import { instantOf, laters } from './later.ts'
import type { Acts, Subject } from './use-acts.ts'
import css from './thread.module.css'
import { words } from './words/words.ts'

interface Given { readonly subject: Subject; readonly acts: Acts; readonly opened: boolean; readonly onOpened: (opened: boolean) => void }

/** Who has it: oneself first, then the team. */
export function AssignMenu({ subject, acts, opened, onOpened, holder }: Given & { holder: string | undefined }) {
  const t = useWords(words)
  const { me } = useSession()
  const { data } = useQuery(membersQuery)
  const others = (data?.items ?? []).filter((member) => member.leftAt === null && member.id !== me.id && member.id !== subject.assigneeId)
  const give = (to: { readonly id: string; readonly name: string } | null) => { onOpened(false); acts.give(subject, to) }
  return (
    <Popover opened={opened} onChange={onOpened} position="bottom-end" width={230} trapFocus withinPortal={false}>
      <Popover.Target>
        <Button size="xs" variant="default" px={9} aria-label={holder ? t('row.assigned', { name: holder }) : t('act.assign')} title={t('act.assign')} onClick={() => onOpened(!opened)}>
          {holder ? <><IconUserCheck size={17} stroke={1.5} aria-hidden /><span className={css.holder}>{holder.split(' ')[0]}</span></> : <IconUserPlus size={17} stroke={1.5} aria-hidden />}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={6} aria-label={t('act.assignTo')} onKeyDown={walk}>
        <p className={css.menuLabel}>{t('act.assignTo')}</p>
        {subject.assigneeId === me.id ? null : <button type="button" className={css.menuItem} onClick={() => give({ id: me.id, name: me.name })}>{t('act.toMe')}<small><kbd>a</kbd></small></button>}
        {others.map((member) => <button key={member.id} type="button" className={css.menuItem} onClick={() => give({ id: member.id, name: member.name })}>{member.name}</button>)}
        {subject.assigneeId ? <button type="button" className={css.menuItem} onClick={() => give(null)}>{t('act.nobody')}</button> : null}
      </Popover.Dropdown>
    </Popover>
  )
}

/** Not now: moments that make sense, or a day and hour of one's own. */
export function LaterMenu({ subject, acts, opened, onOpened }: Given) {
  const t = useWords(words)
  const { lang, zone } = useLang()
  const [own, setOwn] = useState('')
  const short = new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone })
  const chosen = own === '' ? undefined : instantOf(own, zone)
  const later = (until: Date) => { onOpened(false); acts.later(subject, until) }
  return (
    <Popover opened={opened} onChange={onOpened} position="bottom-end" width={270} trapFocus withinPortal={false}>
      <Popover.Target>
        <Button size="xs" variant="default" px={9} aria-label={t('act.snooze')} title={t('act.snooze')} onClick={() => onOpened(!opened)}><IconClock size={17} stroke={1.5} aria-hidden /></Button>
      </Popover.Target>
      <Popover.Dropdown p={6} aria-label={t('act.snoozeTitle')} onKeyDown={walk}>
        <p className={css.menuLabel}>{t('act.snoozeTitle')}</p>
        {opened ? laters(new Date(), zone).map((one) => (
          <button key={one.name} type="button" className={css.menuItem} onClick={() => later(one.at)}>{t(`act.laters.${one.name}`)}<small>{short.format(one.at)}</small></button>
        )) : null}
        <label className={css.menuLabel}>
          {t('act.pickTime')}
          <input className={css.moment} type="datetime-local" value={own} onChange={(event) => setOwn(event.currentTarget.value)} aria-label={t('act.dayAndHour')} />
        </label>
        <Button size="xs" variant="light" fullWidth disabled={!chosen || chosen <= new Date()} onClick={() => { if (chosen) later(chosen) }}>{t('act.pickSet')}</Button>
      </Popover.Dropdown>
    </Popover>
  )
}

/** Up and down move through the choices, as in any menu. */
export function walk(event: KeyboardEvent<HTMLElement>): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (by === 0 || event.target instanceof HTMLInputElement) return
  event.preventDefault()
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('button:not(:disabled)')]
  items[(items.indexOf(document.activeElement as HTMLElement) + by + items.length) % items.length]?.focus()
}

export function DoneButton({ subject, acts }: Pick<Given, 'subject' | 'acts'>) {
  const t = useWords(words)
  const isDone = subject.state === 'done'
  return (
    <Button size="xs" variant={isDone ? 'default' : 'light'} leftSection={<IconCheck size={16} stroke={1.5} aria-hidden />} onClick={() => (isDone ? acts.reopen(subject) : acts.finish(subject))}>
      {isDone ? t('act.reopen') : t('act.done')}
    </Button>
  )
}
