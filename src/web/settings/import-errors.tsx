import { Button, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { take } from '#ui/api.ts'
import { useLang } from '#ui/lang.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useWords } from '#ui/words.ts'
import { bringing } from './calls.ts'
import css from './settings.module.css'
import { words } from './words.ts'

/** The rows that could not be read: where, why, and what stands there. */
export function Errors({ id }: { id: string }) {
  const t = useWords(words)
  const { pick } = useLang()
  const found = useInfiniteQuery({
    queryKey: ['imports', 'errors', id],
    queryFn: ({ pageParam }) => take(bringing.imports[':id'].errors.$get({ param: { id }, query: { limit: '20', ...(pageParam ? { cursor: pageParam } : {}) } })),
    initialPageParam: '', getNextPageParam: (page) => page.next ?? undefined,
  })
  const rows = found.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <details style={{ marginTop: 8 }}>
      <summary><Text span size="sm" fw={550}>{t('data.errors')}</Text></summary>
      <ProblemNote error={found.error} retry={() => void found.refetch()} />
      <table className={css.errors}>
        <thead><tr><th scope="col">{t('data.line')}</th><th scope="col">{t('data.problem')}</th><th scope="col">{t('data.value')}</th></tr></thead>
        <tbody>{rows.map((row) => <tr key={`${row.line} ${row.code}`}><td>{row.line}</td><td>{row.says ? pick(row.says) : row.code}{row.column ? ` (${row.column})` : ''}</td><td>{row.value ?? ''}</td></tr>)}</tbody>
      </table>
      {found.hasNextPage ? <Button size="xs" variant="default" mt={8} loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t('data.more')}</Button> : null}
    </details>
  )
}
