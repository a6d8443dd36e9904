import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { words } from './own-words.ts'
import { asProblem } from './problem.tsx'

interface Done { says: string; undoLabel: string; undo: () => void; /** Called once the time to undo has passed. */ after?: () => void }
const undoMs = 8000
// Notifications live outside the tree of words; the page knows its language.
const closing = () => ({ closeButtonProps: { 'aria-label': words[document.documentElement.lang === 'el' ? 'el' : 'en'].close } })

/** Says what was done and lets it be taken back for eight seconds. Returns how to leave off saying so sooner. */
export function undoable({ says, undoLabel, undo, after }: Done): () => void {
  let undone = false
  const id = notifications.show({
    ...closing(), autoClose: undoMs, withCloseButton: true, color: 'sea',
    onClose: () => { if (!undone) after?.() },
    message: (
      <Group justify="space-between" wrap="nowrap" gap={12}>
        <Text size="sm">{says}</Text>
        <Button size="compact-sm" variant="subtle" onClick={() => { undone = true; undo(); notifications.hide(id) }}>{undoLabel}</Button>
      </Group>
    ),
  })
  return () => { notifications.hide(id) }
}

/** A short word that something is done. */
export const told = (says: string): void => { notifications.show({ ...closing(), message: says, autoClose: 4000, color: 'sea' }) }

/** A failed act, where there is no place beside it to say so. */
export const wrong = (error: unknown, otherwise: string): void => {
  const problem = asProblem(error)
  notifications.show({ ...closing(), title: problem.title || otherwise, message: problem.detail, color: 'terracotta', autoClose: 12_000 })
}
