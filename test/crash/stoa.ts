// The server as it ships, with the six failing networks beside its own channels. Everything is loaded at once; it starts when a
// line comes in, so that the next life can be loaded while this one is still being lived.
import { once } from 'node:events'
import { flushCompileCache } from 'node:module'
import { environment, readConfig } from '#config.ts'
import type { Channel } from '#kit/channel.ts'
import { startStoa } from '#server/start.ts'
import { strategyHandlers } from '#strategy/handlers.ts'
import { seedBakery } from '../../db/seeds/bakery.ts'
import { channels } from '../../src/stoa.ts'
import { crashChannel } from './channels.ts'
import { classes } from './place.ts'

// Whoever is killed keeps nothing of what it compiled, unless it says so before.
flushCompileCache()
process.stdout.write('"loaded"\n')
await once(process.stdin, 'data')
const stoa = await startStoa(readConfig(environment()), {
  story: { seed: seedBakery }, handlers: strategyHandlers, channels: [...channels, ...classes.map(crashChannel) as unknown as Channel[]],
  log: (message, facts) => process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), message, ...facts })}\n`),
})
process.stdout.write(`${JSON.stringify({ origin: stoa.origin, code: stoa.setupCode ?? null })}\n`)
process.once('SIGTERM', () => { void stoa.stop().then(() => process.exit(0)) })
