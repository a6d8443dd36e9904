import { Button, Popover, Text } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { onCall } from '#ui/live.ts'
import { GoTo } from '#ui/go-to.tsx'
import { When } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { callsQuery, seenCalls } from './calls.ts'
import css from './inbox.module.css'
import { words } from './words/words.ts'

/** What called the member lately, and the way to where they say what may. */
export function BellList() {
  const t = useWords(words)
  const queries = useQueryClient()
  const [opened, setOpened] = useState(false)
  const { data } = useQuery(callsQuery)
  const items = data?.items ?? []
  const unseen = items.filter((one) => !one.isSeen).length
  useEffect(() => onCall(() => void queries.invalidateQueries({ queryKey: callsQuery.queryKey })), [queries])
  const refresh = () => queries.invalidateQueries({ queryKey: callsQuery.queryKey })
  const open = (isOpen: boolean) => { setOpened(isOpen); if (isOpen) void refresh() }
  return (
    <Popover position="right-end" width={320} trapFocus opened={opened} onChange={open}>
      <Popover.Target>
        <Button size="compact-sm" variant="subtle" color="gray" className={css.bell} leftSection={<IconBell size={16} stroke={1.5} aria-hidden />} onClick={() => open(!opened)}>
          {t('bell.title')}{unseen > 0 ? ` · ${t('bell.unseen', { count: unseen })}` : ''}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('bell.title')}>
        {items.length === 0 ? <Text size="sm" c="dimmed">{t('bell.none')}</Text> : null}
        <ul className={css.calls}>
          {items.map((one) => (
            <li key={one.id} data-unseen={one.isSeen ? undefined : ''}>
              <GoTo to={one.path.replace(/^\/app/, '')} className={css.call}><strong>{one.title}</strong>{one.text ? <span>{one.text}</span> : null}</GoTo>
              <When at={one.at} />
            </li>
          ))}
        </ul>
        {unseen > 0 ? <Button size="compact-sm" variant="default" mt={8} onClick={() => void seenCalls().then(refresh)}>{t('bell.seen')}</Button> : null}
        <Text size="sm" mt={10}><Link to="/settings/you" hash="notifications">{t('bell.settings')}</Link></Text>
      </Popover.Dropdown>
    </Popover>
  )
}
