import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { undoable, wrong } from '#ui/undo.tsx'
import { When } from '#ui/when.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { split, undoMove, type Thread } from './calls.ts'
import css from './thread.module.css'
import { words } from './words/words.ts'

function useAgain() {
  const queries = useQueryClient()
  return async () => { await queries.invalidateQueries({ queryKey: ['conversations'] }); await queries.invalidateQueries({ queryKey: ['inbox'] }) }
}

/** What was moved here or away, with the way back. */
export function Moves({ thread }: { thread: Thread }) {
  const t = useWords(words)
  const { may } = useSession()
  const again = useAgain()
  const undo = (id: string) => void undoMove(id).then(again).catch((error: unknown) => wrong(error, t('act.failed')))
  if (thread.moves.length === 0) return null
  return (
    <ul className={css.moves}>
      {thread.moves.map((move) => (
        <li key={move.id}>
          <span>
            {t(move.kind === 'merge' ? (move.away ? 'moves.mergedAway' : 'moves.mergedHere') : move.away ? 'moves.splitAway' : 'moves.splitHereFrom', { name: move.by, count: move.count })}{' '}
            {move.away || move.kind === 'split' ? <Link to="/inbox" search={(before) => ({ ...before, c: move.other })}>{t('moves.goThere')}</Link> : null} <When at={move.at} />
          </span>
          {may('answer') ? <Button size="compact-xs" variant="subtle" onClick={() => undo(move.id)}>{t('act.undo')}</Button> : null}
        </li>
      ))}
    </ul>
  )
}

/** Lets a talk of its own begin at a message, and shows it. */
export function useSplit(id: string): (messageId: string) => void {
  const t = useWords(words)
  const navigate = useNavigate()
  const again = useAgain()
  return (messageId) => void split(id, messageId).then(async (move) => {
    await navigate({ to: '/inbox', search: (before) => ({ ...before, c: move.into }) })
    await again()
    undoable({ says: t('moves.splitSaid'), undoLabel: t('act.undo'), undo: () => void undoMove(move.id).then(async () => { await navigate({ to: '/inbox', search: (before) => ({ ...before, c: id }) }); await again() }) })
  }).catch((error: unknown) => wrong(error, t('act.failed')))
}
