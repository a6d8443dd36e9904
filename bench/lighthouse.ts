// Lighthouse on the porch: home, a post and the people page of the bakery's story, as a phone sees them.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStoa } from './open.ts'
import { report } from './run.mjs'

// Lighthouse is large and only measures: it has a manifest of its own and is installed when it is first asked for.
const own = join(import.meta.dirname, 'lighthouse')
const tool = join(own, 'node_modules/lighthouse/cli/index.js')
if (!existsSync(tool)) execFileSync('npm', ['ci', '--ignore-scripts'], { cwd: own, stdio: 'inherit' })

const flags = '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const
interface Result { readonly categories: Record<string, { readonly score: number }>; readonly audits: Record<string, { readonly score: number | null; readonly title: string; readonly scoreDisplayMode: string }> }

function look(url: string, dir: string): Result {
  const out = join(dir, 'lighthouse.json')
  spawnSync(process.execPath, [tool, url, '--quiet', '--output=json', `--output-path=${out}`, `--chrome-flags=${flags}`, `--only-categories=${categories.join(',')}`], { stdio: 'inherit', env: { ...process.env, CHROME_PATH: '/usr/bin/chromium' } })
  return JSON.parse(readFileSync(out, 'utf8')) as Result
}

const stoa = await openStoa('story')
try {
  const home = await (await fetch(stoa.origin)).text()
  const post = /href="(\/p\/[^"#]+)"/.exec(home)?.[1] ?? '/'
  const figures: Record<string, number> = {}
  for (const [name, path] of [['home', '/'], ['post', post], ['people', '/people']] as const) {
    const result = look(stoa.origin + path, stoa.dataDir)
    for (const category of categories) figures[`${name} ${category}`] = Math.round(result.categories[category]!.score * 100)
    for (const [id, audit] of Object.entries(result.audits)) if (audit.score !== null && audit.score < 0.9 && ['binary', 'numeric', 'metricSavings'].includes(audit.scoreDisplayMode)) console.log(`${name}: ${id}: ${audit.title}`)
  }
  report({ name: 'lighthouse', figures, targets: Object.fromEntries(Object.keys(figures).map((name) => [name, { min: 100 }])) })
} finally { await stoa.close() }
