import { Group, Progress as Bar, Text } from '@mantine/core'
import { useWords } from './words.ts'
import { words } from './own-words.ts'

interface Work { label: string; done: number; total: number; secondsLeft?: number | null; counts?: boolean }

/** Long work: how far it is, in counts, and how long it still takes. */
export function Progress({ label, done, total, secondsLeft, counts = true }: Work) {
  const t = useWords(words)
  const share = total > 0 ? Math.min(100, (done / total) * 100) : 0
  const left = secondsLeft === null || secondsLeft === undefined ? '' : secondsLeft < 90 ? t('left', { count: Math.ceil(secondsLeft) }) : t('leftMinutes', { count: Math.round(secondsLeft / 60) })
  return (
    <div>
      <Group justify="space-between" gap={8} mb={6}>
        <Text size="sm" fw={550}>{label}</Text>
        <Text size="sm" c="dimmed">{[counts ? t('done', { done, total }) : '', left].filter(Boolean).join(' · ')}</Text>
      </Group>
      <Bar value={share} size={8} aria-label={label} color="sea" transitionDuration={200} />
    </div>
  )
}
