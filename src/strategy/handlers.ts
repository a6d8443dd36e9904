import type { Handler } from '#core/events/dispatch.ts'
import { foldAll } from './fold.ts'

/** Folds every event into the readings, in the transaction that moves the handler's place. */
export const strategyHandlers: readonly Handler[] = [
  { id: 'strategy.readings', take: (events, tx, house) => foldAll(tx, events, house.pillars) },
]
