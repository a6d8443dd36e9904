import { ActionIcon, Button, Checkbox, Popover, TextInput } from '@mantine/core'
import { IconBookmarkPlus, IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { undoable, wrong } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import { dropFilter, filtersQuery, saveFilter, type SavedFilter } from './calls.ts'
import css from './inbox.module.css'
import { lineOfPlace, type Place } from './place.ts'
import { words } from './words/words.ts'

/** Lines of search kept under names: the team's and one's own. */
export function SavedFilters({ place }: { place: Place }) {
  const t = useWords(words)
  const { data } = useQuery(filtersQuery)
  const items = data?.items ?? []
  const line = lineOfPlace(place)
  const isKept = items.some((one) => one.line === line)
  if (items.length === 0 && line === '') return null
  return (
    <div>
      <h2 className={css.savedTitle}>{t('saved.title')}</h2>
      <ul className={css.viewList}>
        {items.map((one) => <Kept key={one.id} filter={one} isCurrent={place.q === one.line} />)}
        {line !== '' && !isKept ? <li><KeepFilter line={line} /></li> : null}
      </ul>
    </div>
  )
}

function Kept({ filter, isCurrent }: { filter: SavedFilter; isCurrent: boolean }) {
  const t = useWords(words)
  const { may } = useSession()
  const queries = useQueryClient()
  const again = () => queries.invalidateQueries({ queryKey: ['inbox-filters'] })
  const drop = () => {
    dropFilter(filter.id).then(async () => {
      await again()
      const { id: _, ...kept } = filter
      undoable({ says: t('saved.dropped', { name: filter.name }), undoLabel: t('act.undo'), undo: () => void saveFilter(kept).then(again) })
    }).catch((error: unknown) => wrong(error, t('act.failed')))
  }
  return (
    <li className={css.saved}>
      <Link to="/inbox" search={{ view: 'all', q: filter.line }} className={css.view} activeProps={{}} aria-current={isCurrent ? 'page' : undefined} title={filter.line}>
        <span>{filter.name}</span>{filter.shared ? <small className={css.number}>{t('saved.team')}</small> : null}
      </Link>
      {!filter.shared || may('moderate') ? <ActionIcon size="sm" className={css.drop} onClick={drop} aria-label={t('saved.drop', { name: filter.name })}><IconX size={14} stroke={1.5} aria-hidden /></ActionIcon> : null}
    </li>
  )
}

function KeepFilter({ line }: { line: string }) {
  const t = useWords(words)
  const { may } = useSession()
  const queries = useQueryClient()
  const [opened, setOpened] = useState(false)
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const keep = useMutation({
    mutationFn: () => saveFilter({ name, line, shared }),
    onSuccess: async () => { setOpened(false); setName(''); await queries.invalidateQueries({ queryKey: ['inbox-filters'] }) },
  })
  const submit = (event: FormEvent) => { event.preventDefault(); if (name.trim()) keep.mutate() }
  return (
    <Popover opened={opened} onChange={setOpened} position="right-start" width={260} trapFocus>
      <Popover.Target>
        <Button size="compact-xs" variant="subtle" ml={2} leftSection={<IconBookmarkPlus size={15} stroke={1.5} aria-hidden />} onClick={() => setOpened(!opened)}>{t('saved.keep')}</Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('saved.keep')}>
        <form onSubmit={submit}>
          <TextInput size="xs" label={t('saved.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={80} data-autofocus />
          <code className={css.line}>{line}</code>
          {may('moderate') ? <Checkbox size="xs" mt={8} label={t('saved.forTeam')} checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} /> : null}
          <ProblemNote error={keep.error} />
          <Button type="submit" size="xs" mt={10} loading={keep.isPending} disabled={!name.trim()}>{t('saved.save')}</Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
