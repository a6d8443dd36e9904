import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconArrowsMove, IconCalendarDown, IconCopy, IconDots, IconLayoutSidebarRight, IconPlayerPause, IconPlayerPlay, IconRepeat, IconTrash, IconX } from '@tabler/icons-react'
import css from './calendar.module.css'
import { useChoice, useChosen } from './choice.ts'
import { isOut, type Item } from './item.ts'
import { useLook } from './look.tsx'
import type { Act } from './calls.ts'

interface Given { readonly itemOf: (id: string) => Item | undefined; readonly onMove: (items: readonly Item[]) => void; readonly onCopy: (items: readonly Item[]) => void; readonly onRepeat: (item: Item) => void; readonly onAct: (name: Act, items: readonly Item[]) => void }
const icon = { size: 16, stroke: 1.5, 'aria-hidden': true } as const

/** What to do with the chosen ones. */
export function Bar({ itemOf, onMove, onCopy, onRepeat, onAct }: Given) {
  const { t } = useLook()
  const choice = useChoice()
  const items = useChosen().flatMap((id) => itemOf(id) ?? [])
  if (items.length === 0) return null
  const planned = items.filter((item) => !isOut(item))
  const paused = planned.filter((item) => item.state === 'paused')
  const running = planned.filter((item) => item.state === 'scheduled')
  const one = items.length === 1 ? items[0] : undefined
  return (
    <div className={css.bar} role="toolbar" aria-label={t('acts.bar')}>
      <span className={css.chosen} role="status">{t('acts.chosen', { count: items.length })}</span>
      <Button size="compact-sm" variant="light" leftSection={<IconArrowsMove {...icon} />} onClick={() => onMove(items)}>{t('acts.move')}</Button>
      <Button size="compact-sm" variant="subtle" leftSection={<IconCopy {...icon} />} onClick={() => onCopy(items)}>{t('acts.copy')}</Button>
      {running.length > 0 ? <Button size="compact-sm" variant="subtle" leftSection={<IconPlayerPause {...icon} />} onClick={() => onAct('pause', running)}>{t('acts.pause')}</Button> : null}
      {paused.length > 0 ? <Button size="compact-sm" variant="subtle" leftSection={<IconPlayerPlay {...icon} />} onClick={() => onAct('resume', paused)}>{t('acts.resume')}</Button> : null}
      {planned.length > 0 ? <Button size="compact-sm" variant="subtle" color="terracotta" leftSection={<IconTrash {...icon} />} onClick={() => onAct('delete', planned)}>{t('acts.delete')}</Button> : null}
      {planned.length > 0 ? (
        <Menu position="top-end">
          <Menu.Target><ActionIcon aria-label={t('acts.more')} title={t('acts.more')}><IconDots size={18} stroke={1.5} /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            {one ? <Menu.Item leftSection={<IconRepeat {...icon} />} onClick={() => onRepeat(one)}>{t(one.seriesId ? 'acts.series' : 'acts.repeat')}</Menu.Item> : null}
            <Menu.Item leftSection={<IconCalendarDown {...icon} />} onClick={() => onAct('slot', planned)}>{t('acts.slot')}</Menu.Item>
            <Menu.Item leftSection={<IconLayoutSidebarRight {...icon} />} onClick={() => onAct('unschedule', planned)}>{t('acts.shelve')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : null}
      <ActionIcon aria-label={t('acts.clear')} title={t('acts.clear')} onClick={() => choice.set([])}><IconX size={18} stroke={1.5} /></ActionIcon>
    </div>
  )
}
