// How a benchmark answers: its figures as a table for people, then one line of JSON for machines, and an exit code.
// As a command it runs every `bench:…` script of package.json in turn: npm run bench
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const holds = (figure, target) => typeof figure === 'number' && (target.max === undefined || figure <= target.max) && (target.min === undefined || figure >= target.min)
const wanted = (target) => (target ? [target.max !== undefined && `at most ${target.max}`, target.min !== undefined && `at least ${target.min}`].filter(Boolean).join(', ') : '')

export function report({ name, figures, targets = {} }) {
  const broken = Object.entries(targets).filter(([key, target]) => !holds(figures[key], target)).map(([key]) => key)
  const width = Math.max(0, ...Object.keys(figures).map((key) => key.length))
  for (const [key, figure] of Object.entries(figures)) {
    if (typeof figure === 'object') continue
    console.log(`${broken.includes(key) ? '✗' : targets[key] ? '✓' : ' '} ${key.padEnd(width)}  ${figure}  ${wanted(targets[key])}`.trimEnd())
  }
  console.log(JSON.stringify({ name, figures, targets, holds: broken.length === 0 }))
  if (broken.length) process.exitCode = 1
}

function runAll() {
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  const lines = Object.keys(scripts).filter((name) => name.startsWith('bench:')).map((name) => {
    console.log(`\n── ${name}`)
    const { status, stdout } = spawnSync('npm', ['run', '--silent', name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 64 * 2 ** 20 })
    process.stdout.write(stdout)
    const last = stdout.trimEnd().split('\n').at(-1) ?? ''
    return { line: last.startsWith('{') ? last : JSON.stringify({ name, figures: {}, targets: {}, holds: false }), ok: status === 0 }
  })
  console.log('\n── in short')
  for (const { line } of lines) console.log(line)
  process.exitCode = lines.length && lines.every(({ ok }) => ok) ? 0 : 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) runAll()
