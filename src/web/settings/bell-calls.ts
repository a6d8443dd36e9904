import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { InferRequestType, InferResponseType } from 'hono/client'
import type { BellApi } from '#core/bells/routes.ts'
import type { Wishes } from '#core/bells/rules.ts'
import { client, take } from '#ui/api.ts'
import { wrong } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import { bellWords } from './bell-words.ts'

export const { bell, calls } = client<BellApi>().inbox

export type BellState = Omit<InferResponseType<typeof bell.$get, 200>, 'wishes' | 'quiet'> & { readonly wishes: Wishes; readonly quiet: Bell['quiet'] }
export type Bell = InferRequestType<typeof bell.$put>['json']
export const bellQuery = queryOptions({ queryKey: ['inbox-bell'], queryFn: async (): Promise<BellState> => { const state = await take(bell.$get()); return { ...state, quiet: state.quiet && { ...state.quiet, days: [...state.quiet.days] } } } })

// The last change is the last to arrive.
let keeping: Promise<void> = Promise.resolve()
/** Changes what calls the member: shown at once, put back when the house says no. */
export function useBellChange() {
  const t = useWords(bellWords)
  const queries = useQueryClient()
  return async (now: BellState, change: Partial<Pick<BellState, 'wishes' | 'quiet' | 'mailAfter' | 'withWords'>>) => {
    const next = { ...queries.getQueryData(bellQuery.queryKey) ?? now, ...change }
    const { wishes, quiet, mailAfter, withWords } = next
    // A reading on its way knows nothing of this change and would take it back.
    void queries.cancelQueries({ queryKey: bellQuery.queryKey }, { revert: false })
    queries.setQueryData(bellQuery.queryKey, next)
    keeping = keeping.then(() => keep({ wishes, quiet, mailAfter, withWords } as Bell))
    await keeping
  }
  async function keep(json: Bell): Promise<void> {
    await take(bell.$put({ json })).catch(async (error: unknown) => { wrong(error, t('notSaved')); await queries.invalidateQueries({ queryKey: bellQuery.queryKey }) })
  }
}

/** An act beside the settings; the screen shows what the house then knows, or why not. */
export function useBellAct<T>(act: (given: T) => Promise<unknown>) {
  const t = useWords(bellWords)
  const queries = useQueryClient()
  return useMutation({ mutationFn: act, onError: (error) => wrong(error, t('notSaved')), onSettled: () => queries.invalidateQueries({ queryKey: bellQuery.queryKey }) })
}
