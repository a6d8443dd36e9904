import { ActionIcon, Button, Popover, SegmentedControl, TagsInput } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { undoable, wrong } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import { walk } from './act-menus.tsx'
import { change, markUnread, merge, undoMove, type Change, type Thread } from './calls.ts'
import css from './thread.module.css'
import { words } from './words/words.ts'

interface Given { readonly thread: Thread; readonly opened: boolean; readonly onOpened: (opened: boolean) => void; readonly onLeft: () => void }
const priorities = ['low', 'normal', 'high', 'urgent'] as const

/** How urgent it is, what it is about, whether it belongs to another, and "as if I had not read it". */
export function MoreMenu({ thread, opened, onOpened, onLeft }: Given) {
  const t = useWords(words)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { id, tags } = thread.conversation
  const again = async () => { await queries.invalidateQueries({ queryKey: ['conversations'] }); await queries.invalidateQueries({ queryKey: ['inbox'] }) }
  const doing = (work: Promise<unknown>) => void work.then(again).catch((error: unknown) => wrong(error, t('act.failed')))
  // Shown at once; if the server says no, reading again puts it right.
  const set = (to: Change) => {
    const shown = { ...(to.tags ? { tags: to.tags } : {}), ...(to.priority ? { priority: priorities.indexOf(to.priority) - 1 } : {}) }
    queries.setQueryData<Thread>(['conversations', id], (now) => now && { ...now, conversation: { ...now.conversation, ...shown } })
    void change(id, to).catch((error: unknown) => wrong(error, t('act.failed'))).finally(() => void again())
  }
  const join = (into: string) => {
    onOpened(false)
    void merge(id, into).then(async (move) => {
      await navigate({ to: '/inbox', search: (before) => ({ ...before, c: into }) })
      await again()
      undoable({ says: t('moves.mergedSaid'), undoLabel: t('act.undo'), undo: () => void undoMove(move.id).then(again) })
    }).catch((error: unknown) => wrong(error, t('act.failed')))
  }
  return (
    <Popover opened={opened} onChange={onOpened} position="bottom-end" width={300} trapFocus withinPortal={false}>
      <Popover.Target>
        <ActionIcon size={30} variant="default" aria-label={t('more.label')} title={t('more.label')} onClick={() => onOpened(!opened)}><IconDots size={17} stroke={1.5} aria-hidden /></ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={10} aria-label={t('more.label')} onKeyDown={walk}>
        <p className={css.menuLabel}>{t('priority.label')}</p>
        <SegmentedControl size="xs" fullWidth aria-label={t('priority.label')} value={priorities[thread.conversation.priority + 1] ?? 'normal'} onChange={(value) => set({ priority: value as (typeof priorities)[number] })} data={priorities.map((value) => ({ value, label: t(`priority.${value}`) }))} />
        <TagsInput size="xs" mt={10} className={css.tagsField} label={t('tags.label')} placeholder={t('tags.place')} value={[...tags]} maxTags={20} comboboxProps={{ withinPortal: false }} onChange={(next) => set({ tags: next.map((tag) => tag.trim()).filter((tag) => tag !== '') })} />
        {thread.mergeable.length > 0 ? <p className={css.menuLabel} style={{ marginTop: 10 }}>{t('moves.mergeInto')}</p> : null}
        {thread.mergeable.map((one) => <button key={one.id} type="button" className={css.menuItem} onClick={() => join(one.id)}><span className={css.clip}>{one.text}</span></button>)}
        <Button size="xs" variant="subtle" fullWidth mt={10} justify="start" onClick={() => { onOpened(false); onLeft(); doing(markUnread(id)) }}>{t('more.unread')}<kbd className={css.kbd}>u</kbd></Button>
      </Popover.Dropdown>
    </Popover>
  )
}
