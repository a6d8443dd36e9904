import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

const home = resolve(import.meta.dirname, '..')
const tool = (path) => (...args) => [process.execPath, join(home, path), ...args]
const vitest = tool('node_modules/vitest/vitest.mjs')
const tests = (project, ...more) => vitest('run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${resultOf(project)}`, '--allowOnly=false', ...more)
const resultOf = (project) => join(home, '.cache', 'ci', `${project}.json`)

// Every step runs, also after one failed: a report of everything beats one of the first thing. A step `beside` the others begins
// in its place and mostly waits, for packages and for servers of others: what it printed is shown when it has ended.
const steps = [
  { name: 'lint', says: 'the rules of STYLE.md, sizes included', run: tool('node_modules/oxlint/bin/oxlint')('--type-aware', '--deny-warnings') },
  { name: 'types', says: 'TypeScript 7, strict', run: tool('node_modules/@typescript/native/bin/tsc')('-p', '.') },
  { name: 'rooms', says: 'who may import whom', run: tool('bin/check-rooms.mjs')() },
  { name: 'names', says: 'kebab-case', run: tool('bin/check-names.mjs')() },
  { name: 'places', says: 'no file tells where it was written', run: tool('bin/check-places.mjs')() },
  { name: 'docs', says: 'links lead somewhere, examples compile', run: tool('bin/check-docs.mjs')() },
  { name: 'dead code', says: 'no export, file or package that nobody uses', run: tool('node_modules/knip/bin/knip.js')('--no-progress', '--no-config-hints') },
  { name: 'build', says: 'the workspace builds', run: tool('bin/prepare.mjs')() },
  { name: 'peers', beside: true, says: 'with real servers of others, where this machine can hold them', tests: 'peers', run: tool('test/peers/run.ts')('--ci', `--results=${resultOf('peers')}`) },
  { name: 'unit', says: 'rules, stores and routes, on a real PostgreSQL', tests: 'unit', run: tests('unit') },
  { name: 'contracts', says: 'every channel and pillar keeps its contract', tests: 'contracts', run: tests('contracts') },
  { name: 'crashes', says: 'nothing twice, nothing lost, over a failing network and under kill -9', run: tool('test/crash/run.ts')('--runs', '300', '--kills', '4') },
  { name: 'chat kills', says: 'a talk with a visitor stays whole under kill -9', run: tool('test/chat-kills.ts')('--kills', '3') },
  { name: 'browser', says: 'components in Chromium', tests: 'browser', run: tests('browser', '--passWithNoTests') },
  { name: 'journeys', says: 'people\'s errands from end to end, in Chromium', tests: 'journeys', run: tests('journeys') },
]
const longest = 25 * 60_000
// How a step says that this machine cannot do it: then it shows nothing, neither good nor bad.
const SKIPPED = 75
const env = process.stdout.isTTY ? process.env : { ...process.env, NO_COLOR: '1' }

async function main(wanted) {
  const unknown = wanted.filter((name) => !steps.some((step) => step.name === name))
  if (unknown.length) throw new Error(`No such step: ${unknown.join(', ')}. There are: ${steps.map(({ name }) => name).join(', ')}.`)
  mkdirSync(join(home, '.cache', 'ci'), { recursive: true })
  const results = []
  /** @type {Promise<Awaited<ReturnType<typeof runStep>>>[]} */
  const beside = []
  for (const step of steps.filter(({ name }) => !wanted.length || wanted.includes(name))) {
    if (step.beside) beside.push(runStep(step, logOf(step)))
    else results.push(await runStep(step, 'inherit'))
  }
  results.push(...await Promise.all(beside))
  console.log('\n── in short')
  for (const { name, ok, skipped, seconds, passed, failed, counts } of results) {
    if (skipped) { console.log(`– ${name.padEnd(10)} skipped: not shown on this machine, the lines above say why`); continue }
    console.log(`${ok ? '✓' : '✗'} ${name.padEnd(10)} ${seconds.toFixed(1).padStart(6)} s${counts ? `   ${passed} passed, ${failed} failed` : ''}`)
  }
  const passed = sum(results, 'passed')
  const failed = sum(results, 'failed')
  const noTestRan = results.some(({ counts }) => counts) && sum(results.filter(({ counts }) => counts), 'passed') === 0
  if (noTestRan) console.log('No test ran.')
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed || noTestRan ? 1 : 0
}

const logOf = (step) => join(home, '.cache', 'ci', `${step.name}.log`)
/** How the command ended; killed when it takes longer than anything may. */
function ended(step, output) {
  const stream = output === 'inherit' ? 'inherit' : openSync(output, 'w')
  const child = spawn(step.run[0], step.run.slice(1), { cwd: home, stdio: ['ignore', stream, stream], env })
  return new Promise((done) => {
    const late = setTimeout(() => { console.error(`Stopped after ${longest / 60_000} minutes.`); child.kill('SIGKILL') }, longest)
    child.once('error', (error) => { console.error(error.message); clearTimeout(late); done(null) })
    child.once('exit', (status) => { clearTimeout(late); done(status) })
  })
}

async function runStep(step, output) {
  console.log(`\n── ${step.name}: ${step.says}${step.beside ? ' (beside what follows)' : ''}`)
  if (step.tests) rmSync(resultOf(step.tests), { force: true })
  const since = performance.now()
  const status = await ended(step, output)
  if (output !== 'inherit') console.log(`\n── ${step.name} said:\n${readFileSync(output, 'utf8').trimEnd()}`)
  const seconds = (performance.now() - since) / 1000
  if (status === SKIPPED) return { name: step.name, ok: false, skipped: true, seconds, passed: 0, failed: 0, counts: false }
  const counted = step.tests ? countOf(resultOf(step.tests), status) : { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 }
  const ok = status === 0 && counted.failed === 0
  console.log(`${ok ? '✓' : '✗'} ${step.name} ${seconds.toFixed(1)} s`)
  return { name: step.name, ok, seconds, ...counted, counts: Boolean(step.tests) }
}

/** Tests passed and failed. A file that could not be read, or a run that ended badly with all tests green, counts as a failure. */
function countOf(path, status) {
  if (!existsSync(path)) return { passed: 0, failed: status === 0 ? 0 : 1 }
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(path, 'utf8'))
  const unread = testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')).length
  return { passed: numPassedTests, failed: Math.max(numFailedTests + unread, status === 0 ? 0 : 1) }
}

const sum = (results, what) => results.reduce((total, result) => total + result[what], 0)

try {
  await main(process.argv.slice(2))
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
