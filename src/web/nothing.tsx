import { Button } from '@mantine/core'
import { Link, type ErrorComponentProps } from '@tanstack/react-router'
import { Empty } from '#ui/empty.tsx'
import { words as own } from '#ui/own-words.ts'
import { ProblemNote } from '#ui/problem.tsx'
import { useWords } from '#ui/words.ts'
import { words } from './shell-words.ts'

/** Within the shell, which is the page's `main` already. */
export function NothingHere() {
  const t = useWords(words)
  return <Empty order={1} title={t('notFound.title')} says={t('notFound.says')} act={<Button component={Link} to="/" variant="light">{t('notFound.back')}</Button>} />
}

export const NotFound = () => <main><NothingHere /></main>

/** A screen that failed: the rest of the workspace goes on. */
export function ScreenBroke({ error, reset }: ErrorComponentProps) {
  const t = useWords(own)
  return (
    <div style={{ maxWidth: 560, margin: '48px auto', padding: '0 16px' }}>
      <ProblemNote error={error} retry={reset} />
      <Button variant="subtle" onClick={() => window.location.reload()}>{t('broke.reload')}</Button>
    </div>
  )
}
