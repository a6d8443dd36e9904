import { configure, getLogger, getStreamSink, jsonLinesFormatter } from '@logtape/logtape'
import { Writable } from 'node:stream'
import type { Config } from '#config.ts'
import type { House } from '#core/house.ts'

const secret = /pass|token|secret|cookie|authorization|key$/i
const shown = (facts: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, secret.test(name) ? '…' : value]))

/** One JSON line an entry, on standard error; names that sound like secrets lose their value. */
export async function openLog(level: Config['logLevel']): Promise<House['log']> {
  await configure({
    reset: true,
    sinks: { lines: getStreamSink(Writable.toWeb(process.stderr), { formatter: jsonLinesFormatter }) },
    loggers: [
      { category: ['stoa'], lowestLevel: level, sinks: ['lines'] },
      { category: ['fedify'], lowestLevel: level === 'debug' ? 'debug' : 'fatal', sinks: ['lines'] },
      { category: ['logtape', 'meta'], lowestLevel: 'fatal', sinks: ['lines'] },
    ],
  })
  const logger = getLogger(['stoa'])
  return (message, facts) => logger.info(message, shown(facts ?? {}))
}
