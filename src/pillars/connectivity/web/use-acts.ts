import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { undoable, wrong } from '#ui/undo.tsx'
import { useLang } from '#ui/lang.tsx'
import { short } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { change, type Change, type Thread } from './calls.ts'
import { words } from './words/words.ts'

/** What an act needs to know of a conversation, so that it can be taken back. */
export interface Subject { readonly id: string; readonly name: string; readonly state: 'open' | 'snoozed' | 'done'; readonly assigneeId: string | null; readonly snoozedUntil: string | null }
interface Around {
  /** The conversation leaves the list at once. */
  readonly onGone: (id: string) => void
  /** It was put back, or the server said no: read the list again. */
  readonly onBack: (id: string) => void
}

const backTo = (subject: Subject): Change =>
  (subject.state === 'snoozed' && subject.snoozedUntil ? { state: 'snoozed', snoozedUntil: subject.snoozedUntil } : { state: subject.state === 'snoozed' ? 'open' : subject.state })

/** Assign, done, later: shown at once, sent, and taken back within eight seconds. */
export function useActs({ onGone, onBack }: Around) {
  const t = useWords(words)
  const { lang, zone } = useLang()
  const queries = useQueryClient()
  const act = useCallback(async (id: string, given: Change, shown: Partial<Thread['conversation']>) => {
    const key = ['conversations', id] as const
    queries.setQueryData<Thread>(key, (now) => now && { ...now, conversation: { ...now.conversation, ...shown } })
    try {
      await change(id, given)
    } catch (error) {
      wrong(error, t('act.failed'))
      onBack(id)
    }
    await queries.invalidateQueries({ queryKey: ['conversations'] })
  }, [queries, onBack, t])

  const leave = (subject: Subject, given: Change, says: string) => {
    onGone(subject.id)
    void act(subject.id, given, { state: given.state ?? subject.state, snoozedUntil: given.snoozedUntil ?? null })
    undoable({ says, undoLabel: t('act.undo'), undo: () => void act(subject.id, backTo(subject), { state: subject.state }).then(() => onBack(subject.id)) })
  }
  return {
    finish: (subject: Subject) => leave(subject, { state: 'done' }, t('act.doneSaid', { name: subject.name })),
    reopen: (subject: Subject) => leave(subject, { state: 'open' }, t('act.reopened', { name: subject.name })),
    later: (subject: Subject, until: Date) => leave(subject, { state: 'snoozed', snoozedUntil: until.toISOString() }, t('act.snoozedSaid', {
      time: short(until, lang, zone),
    })),
    give: (subject: Subject, to: { readonly id: string; readonly name: string } | null) => {
      void act(subject.id, { assigneeId: to?.id ?? null }, { assigneeId: to?.id ?? null, assignee: to }).then(() => onBack(subject.id))
      undoable({
        says: to ? t('act.assigned', { name: to.name }) : t('act.unassigned'), undoLabel: t('act.undo'),
        undo: () => void act(subject.id, { assigneeId: subject.assigneeId }, { assigneeId: subject.assigneeId }).then(() => onBack(subject.id)),
      })
    },
  }
}
export type Acts = ReturnType<typeof useActs>
