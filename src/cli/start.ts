import type { Config } from '#config.ts'
import type { House } from '#core/house.ts'
import { scheduleHandlers } from '#core/schedule/handlers.ts'
import { startStoa } from '#server/start.ts'
import { strategyHandlers } from '#strategy/handlers.ts'
import { seedBakery } from '../../db/seeds/bakery.ts'
import { sweepWhenQuiet } from './quiet.ts'
import { say } from './say.ts'
import type { wordsFor } from './words.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Starts everything and stays until it is told to stop. */
export async function startCommand(config: Config, words: ReturnType<typeof wordsFor>, log: House['log']): Promise<number> {
  const stoa = await startStoa(config, { story: { seed: seedBakery }, handlers: [...strategyHandlers, ...scheduleHandlers], log })
  if (stoa.setupCode !== undefined) say(`\n${words.first}\n\n    ${stoa.origin}/app/welcome?code=${stoa.setupCode}\n`)
  else say(`\n${words.open}\n\n    ${stoa.origin}/app/\n`)
  const sweeping = sweepWhenQuiet()
  await new Promise<void>((done) => { for (const signal of signals) process.on(signal, () => done()) })
  sweeping.stop()
  say(words.stopping)
  // npm hands Ctrl-C on to us although the terminal has told us already: only a later second one is a person's.
  setTimeout(() => { for (const signal of signals) process.on(signal, () => process.exit(1)) }, 1_000).unref()
  // A second signal, or a stop that hangs, does not leave the person waiting: what was acknowledged is on disk.
  setTimeout(() => process.exit(1), 20_000).unref()
  await stoa.stop()
  say(words.stopped)
  return 0
}
