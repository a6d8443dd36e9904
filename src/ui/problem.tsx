import { Alert, Button, Group, Text } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Problem } from './api.ts'
import { useWords } from './words.ts'
import { words } from './own-words.ts'

export const asProblem = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem(0, { code: 'internal', title: '', detail: error instanceof Error ? error.message : '' })

interface Shown { error: unknown; retry?: () => void; children?: ReactNode }

/** What happened, why, and what to do next. Nothing when there is no error. */
export function ProblemNote({ error, retry, children }: Shown) {
  const t = useWords(words)
  if (!error) return null
  const problem = asProblem(error)
  const unreached = problem.code === 'unreached'
  const title = unreached ? t('unreached.title') : problem.title || t('broke.title')
  const detail = unreached ? t('unreached.detail') : problem.detail || t('broke.detail')
  return (
    <Alert role="alert" color="terracotta" variant="light" icon={<IconAlertCircle size={20} stroke={1.5} />} title={title} my={12}>
      <Text size="sm" c="var(--ink)">{detail}</Text>
      {children}
      {retry ? <Group mt={8}><Button size="xs" variant="default" onClick={retry}>{t('retry')}</Button></Group> : null}
    </Alert>
  )
}

/** The sentence for one field, when the problem is about it: for Mantine's `error`. */
export const fieldError = (error: unknown, field: string): string | undefined =>
  error instanceof Problem && error.field === field ? error.detail.replace(`${field}: `, '') : undefined
