import { environment, readConfig, type Config } from '#config.ts'
import type { House } from '#core/house.ts'
import { backupCommand, restoreCommand } from './backup.ts'
import { doctorCommand } from './doctor.ts'
import { exportCommand } from './export.ts'
import { groundFor, houseFor } from './ground.ts'
import { importCommand } from './import.ts'
import { openLog } from './log.ts'
import { personCommand } from './person.ts'
import { say, sayWrong } from './say.ts'
import { secretsCommand } from './secrets.ts'
import { startCommand } from './start.ts'
import { userCommand } from './user.ts'
import { langOf, wordsFor } from './words.ts'

type Words = ReturnType<typeof wordsFor>
interface Asked { readonly config: Config; readonly args: readonly string[]; readonly words: Words; readonly log: House['log'] }

/** A command that needs the database, beside a running Stoa or alone. */
async function grounded({ config, log }: Asked, work: (house: House) => Promise<number>): Promise<number> {
  const ground = await groundFor(config, log)
  try { return await work(houseFor(config, ground, log)) } finally { await ground.close() }
}

const commands: Readonly<Record<string, (asked: Asked) => Promise<number>>> = {
  start: ({ config, words, log }) => startCommand(config, words, log),
  import: (asked) => grounded(asked, (house) => importCommand({ house, args: asked.args, out: process.stdout, err: process.stderr })),
  user: (asked) => grounded(asked, (house) => userCommand(house.database, asked.args, asked.words)),
  person: (asked) => grounded(asked, (house) => personCommand(house, asked.args, langOf(environment()))),
  doctor: (asked) => grounded(asked, (house) => doctorCommand(house, asked.config)),
  secrets: (asked) => grounded(asked, (house) => secretsCommand(house, asked.args, asked.words)),
  backup: (asked) => grounded(asked, (house) => backupCommand(house.database, house.dataDir, asked.args[0])),
  restore: (asked) => grounded(asked, (house) => restoreCommand(house.database, house.dataDir, asked.args[0])),
  export: (asked) => grounded(asked, (house) => exportCommand(house.database, house.dataDir, asked.args[0])),
}

async function main(): Promise<number> {
  const env = environment()
  const words = wordsFor(env)
  const [name = 'help', ...args] = process.argv.slice(2)
  if (['help', '--help', '-h'].includes(name)) { say(words.usage); return 0 }
  const command = commands[name]
  if (!command) { sayWrong(`${words.unknown}\n\n${words.usage}`); return 1 }
  try {
    const config = readConfig(env)
    return await command({ config, args, words, log: await openLog(config.logLevel) })
  } catch (error) {
    sayWrong(error instanceof Error ? error.message : String(error))
    if (env['STOA_LOG'] === 'debug' && error instanceof Error) sayWrong(error.stack ?? '')
    return 1
  }
}

process.exitCode = await main()
// Idle connections of libraries must not keep a finished command alive.
process.exit()
