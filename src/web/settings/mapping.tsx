import { Button, Group, Select, Text, TextInput, Tooltip } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { fields, type Field } from '#core/imports/rules.ts'
import { take } from '#ui/api.ts'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { ZoneSelect } from '#ui/zone-select.tsx'
import { bringing, isAtWork, type Bringing, type Seen } from './calls.ts'
import css from './settings.module.css'
import { words } from './words.ts'

type Order = 'dmy' | 'mdy' | 'auto'
const orders = ['auto', 'dmy', 'mdy'] as const satisfies readonly Order[]

function useMapping(seen: Seen, zone: string) {
  const queries = useQueryClient()
  const [columns, setColumns] = useState<Partial<Record<Field, string>>>({ ...seen.suggested })
  const [extra, setExtra] = useState({ zone, dateOrder: seen.dateOrder ?? ('auto' as Order), outWords: '' })
  const outWords = extra.outWords.split(',').map((word) => word.trim()).filter(Boolean)
  const mapping = { columns, zone: extra.zone, ...(extra.dateOrder === 'auto' ? {} : { dateOrder: extra.dateOrder }), ...(outWords.length > 0 ? { outWords } : {}) }
  const start = useMutation({
    mutationFn: (dryRun: boolean) => take(bringing.imports[':id'].start.$post({ param: { id: seen.id }, json: { mapping, dryRun } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['imports'] }),
  })
  const tell = (field: Field, column: string | null) => setColumns((before) => {
    const { [field]: _, ...rest } = before
    return column === null ? rest : { ...rest, [field]: column }
  })
  return { columns, tell, extra, setExtra, start }
}

/** Which column tells what: guessed by its name, shown with the first rows, tried out before anything is kept. */
export function Mapping({ seen, now }: { seen: Seen; now: Bringing | undefined }) {
  const t = useWords(words)
  const { workspace } = useSession()
  const { columns, tell, extra, setExtra, start } = useMapping(seen, workspace.zone)
  const isBusy = start.isPending || (now !== undefined && isAtWork(now))
  const isComments = seen.format === 'disqus' || seen.format === 'wxr'
  const isForum = seen.format === 'forum'
  const isDone = now?.state === 'done' && !now.dryRun
  return (
    <>
      <Text fw={620} fz={18} component="h2" m={0}>{t(isForum ? 'data.forum' : isComments ? 'data.comments' : 'data.mapping')}</Text>
      <Text c="dimmed" mb={16}>{isForum ? t('data.forumSays', { name: seen.fileName }) : isComments ? t('data.commentsSays', { name: seen.fileName, of: seen.format === 'disqus' ? 'Disqus' : 'WordPress' }) : t('data.mappingSays', { name: seen.fileName, count: seen.columns.length })}</Text>
      {isComments || isForum ? null : (
        <div className={css.mapping}>
          {fields.map((field) => (
            <Select key={field} clearable={field !== 'text'} searchable label={t(`data.fields.${field}`)} required={field === 'text'} placeholder={t('data.none')} data={[...seen.columns]} value={columns[field] ?? null} onChange={(column) => tell(field, column)} />
          ))}
          {columns.at === undefined ? null : <>
            <ZoneSelect label={t('data.zone')} nothing={t('data.zoneNothing')} value={extra.zone} onChange={(zone) => setExtra({ ...extra, zone })} />
            <Select allowDeselect={false} label={t('data.dateOrder')} value={extra.dateOrder} data={orders.map((order) => ({ value: order, label: t(`data.${order}`) }))} onChange={(next) => { const dateOrder = orders.find((one) => one === next); if (dateOrder) setExtra({ ...extra, dateOrder }) }} />
          </>}
          {columns.direction === undefined ? null : <TextInput label={t('data.outWords')} description={t('data.outWordsHint')} value={extra.outWords} onChange={(event) => setExtra({ ...extra, outWords: event.currentTarget.value })} />}
        </div>
      )}
      <Sample seen={seen} />
      <ProblemNote error={start.error} />
      {isDone ? null : (
        <Group mt={16} gap={8}>
          <Tooltip label={t('data.tryHint')}><Button variant="default" disabled={!columns.text || isBusy} onClick={() => start.mutate(true)}>{t('data.tryOut')}</Button></Tooltip>
          <Button disabled={!columns.text || isBusy} loading={start.isPending} onClick={() => start.mutate(false)}>{t('data.start')}</Button>
          {columns.text ? null : <Text size="sm" c="terracotta">{t('data.wrongColumns')}</Text>}
        </Group>
      )}
    </>
  )
}

function Sample({ seen }: { seen: Seen }) {
  const t = useWords(words)
  return (
    <>
      <Text size="sm" fw={550} mt={20} mb={6}>{t('data.sample')}</Text>
      <div className={css.sample} tabIndex={0} role="group" aria-label={t('data.sample')}>
        <table>
          <thead><tr>{seen.columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr></thead>
          <tbody>{seen.sample.slice(0, 4).map((cells, line) => <tr key={line}>{seen.columns.map((column) => <td key={column}>{cells[column] ?? ''}</td>)}</tr>)}</tbody>
        </table>
      </div>
    </>
  )
}
