// Holds the house to its import table (.dependency-cruiser.mjs). A checker that reads nothing finds nothing, so it also
// fails when fewer modules were read than there are files, and when a planted violation of any rule goes unseen.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import config from '../.dependency-cruiser.mjs'

const folders = ['src', 'db/seeds']
const home = resolve(import.meta.dirname, '..')
const planted = {
  'kit-keeps-to-its-table': ['src/kit/a.ts', '#text/words.ts'],
  'text-keeps-to-its-table': ['src/text/a.ts', '../db/database.ts'],
  'net-keeps-to-its-table': ['src/net/a.ts', '#core/posts/store.ts'],
  'db-keeps-to-its-table': ['src/db/a.ts', '#core/posts/store.ts'],
  'core-keeps-to-its-table': ['src/core/posts/a.ts', '#pillars/honesty/rules.ts'],
  'strategy-keeps-to-its-table': ['src/strategy/a.ts', '#pillars/honesty/rules.ts'],
  'pillars-keeps-to-its-table': ['src/pillars/honesty/a.ts', '#net/fetch.ts'],
  'channels-keeps-to-its-table': ['src/channels/porch/a.ts', '#core/posts/store.ts'],
  'ui-keeps-to-its-table': ['src/ui/a.tsx', '#core/posts/store.ts'],
  'pillars-meet-only-in-events': ['src/pillars/generosity/b.ts', '#pillars/honesty/rules.ts'],
  'channels-do-not-know-each-other': ['src/channels/porch/b.ts', '../fediverse/wire.ts'],
  'what-stands-on-the-porch-knows-no-other': ['src/channels/forum/b.ts', '../fediverse/wire.ts'],
  'the-forum-is-federated-in-one-folder': ['src/channels/forum/federate/b.ts', '../../mastodon/wire.ts'],
  'decisions-are-pure': ['src/pillars/generosity/rules.ts', 'node:fs'],
  'decisions-hold-no-store': ['src/pillars/generosity/checks.ts', '#core/posts/store.ts'],
  'screens-take-types-and-decisions': ['src/pillars/honesty/web/a.tsx', '#core/posts/store.ts'],
  'a-pillars-screens-are-its-own': ['src/pillars/generosity/web/a.tsx', '#pillars/honesty/web/screen.tsx'],
  'nothing-imports-the-shell': ['src/server/a.ts', '#web/main.tsx'],
  'the-server-holds-no-screens': ['src/worker/a.ts', '#ui/theme.ts'],
  'seeds-tell-stories-with-the-nouns': ['db/seeds/a.ts', '../../src/server/app.ts'],
  'the-house-does-not-lean-on-its-tests': ['src/server/b.ts', '#db/testing.ts'],
  'no-circles': ['src/server/c.ts', './d.ts'],
}
const bystanders = ['src/text/words.ts', 'src/db/database.ts', 'src/db/testing.ts', 'src/core/posts/store.ts', 'src/pillars/honesty/rules.ts', 'src/net/fetch.ts',
  'src/channels/fediverse/wire.ts', 'src/channels/mastodon/wire.ts', 'src/pillars/honesty/web/screen.tsx', 'src/web/main.tsx', 'src/ui/theme.ts', 'src/server/app.ts']

function cruise(dir) {
  const tool = join(home, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs')
  const { stdout, stderr } = spawnSync(process.execPath, [tool, ...folders.filter((folder) => existsSync(join(dir, folder))), '--config', join(home, '.dependency-cruiser.mjs'), '--output-type', 'json'],
    { cwd: dir, encoding: 'utf8', maxBuffer: 512 * 2 ** 20 })
  if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser did not answer: ${stderr}${stdout}`)
  const { modules, summary } = JSON.parse(stdout)
  return { read: modules.filter((module) => /^(src|db\/seeds)\/.*\.tsx?$/.test(module.source) && !module.couldNotResolve).length, violations: summary.violations }
}

function unseenPlants() {
  mkdirSync(join(home, '.cache'), { recursive: true })
  const dir = mkdtempSync(join(home, '.cache', 'rooms-'))
  const write = (path, text) => { mkdirSync(dirname(join(dir, path)), { recursive: true }); writeFileSync(join(dir, path), text) }
  try {
    write('package.json', '{ "type": "module", "imports": { "#*": "./src/*" } }')
    for (const path of bystanders) write(path, 'export const here = 1\n')
    for (const [path, target] of Object.values(planted)) write(path, `import * as there from '${target}'\nexport const use = there\n`)
    write('src/server/d.ts', "import { use } from './c.ts'\nexport const here = use\n")
    const { violations } = cruise(dir)
    return Object.entries(planted).filter(([rule, [path]]) => !violations.some((found) => found.rule.name === rule && found.from === path)).map(([rule]) => rule)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

const filesIn = (folder) => (existsSync(join(home, folder)) ? readdirSync(join(home, folder), { recursive: true, encoding: 'utf8' }) : []).filter((name) => /\.tsx?$/.test(name)).length

function main() {
  const problems = []
  const unplanted = config.forbidden.map((rule) => rule.name).filter((name) => !planted[name])
  if (unplanted.length) problems.push(`No violation is planted for: ${unplanted.join(', ')}.`)
  const unseen = unseenPlants()
  if (unseen.length) problems.push(`A planted violation went unseen: ${unseen.join(', ')}.`)
  const { read, violations } = cruise(home)
  const files = folders.map(filesIn).reduce((sum, count) => sum + count)
  if (read < files) problems.push(`Only ${read} of ${files} files were read.`)
  for (const { rule, from, to } of violations) problems.push(`${from} → ${to}: ${rule.name}. ${config.forbidden.find(({ name }) => name === rule.name)?.comment ?? ''}`)
  for (const problem of problems) console.error(problem)
  console.log(`${read} modules read, ${violations.length} against the table; ${Object.keys(planted).length} planted violations, ${unseen.length} unseen.`)
  process.exitCode = problems.length ? 1 : 0
}

main()
