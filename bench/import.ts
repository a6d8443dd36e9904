// How long a file of 7,320 conversations takes to come in by the command line beside a running Stoa; that a second time finds all of it known;
// and that a file of half a million rows takes no more memory.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { writeAirlineFile } from './airline.ts'
import { openStoa } from './open.ts'
import { report } from './run.mjs'

const home = resolve(import.meta.dirname, '..')
const dir = mkdtempSync(join(tmpdir(), 'stoa-bench-import-'))
const large = Number(process.argv[2] ?? 200_000)
const stoa = await openStoa('own')

/** Runs the command and measures it: seconds with everything, what it said, and the most memory it held. */
async function take(path: string): Promise<{ seconds: number; said: string; megabytes: number }> {
  const start = performance.now()
  const child = spawn(join(home, 'bin/stoa'), ['import', 'conversations', path, '--map', 'id=tweet_id,text=text,author=airline,at=tweet_created'],
    { cwd: home, env: { ...process.env, STOA_DATA: stoa.dataDir, LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'pipe'] })
  let [said, kilobytes] = ['', 0]
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part: string) => { said += part })
  const watch = setInterval(() => { try { kilobytes = Math.max(kilobytes, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0)) } catch { /* it has ended */ } }, 50)
  const code = await new Promise<number | null>((done) => child.once('exit', done))
  clearInterval(watch)
  if (code !== 0) throw new Error(said)
  return { seconds: Math.round(performance.now() - start) / 1000, said, megabytes: Math.round(kilobytes / 1024) }
}
const figure = (said: string, word: string): number => Number([...said.matchAll(new RegExp(`(\\d+) ${word}`, 'g'))].at(-1)?.[1] ?? Number.NaN)

try {
  const [small, big] = [join(dir, 'tweets.csv'), join(dir, 'many.csv')]
  await writeAirlineFile(small, 7_320)
  const first = await take(small)
  const again = await take(small)
  await writeAirlineFile(big, large)
  const many = await take(big)
  const figures = {
    rows: figure(first.said, 'rows'), made: figure(first.said, 'new'), seconds: first.seconds, againSeconds: again.seconds, againMade: figure(again.said, 'new'), megabytes: first.megabytes,
    manyRows: figure(many.said, 'rows'), manyFileMegabytes: Math.round(statSync(big).size / 2 ** 20), manySeconds: many.seconds, manyRowsPerSecond: Math.round(large / many.seconds), manyMegabytes: many.megabytes,
  }
  report({ name: 'import', figures, targets: { made: { min: 7_320 }, seconds: { max: 20 }, againMade: { max: 0 }, manyMegabytes: { max: 400 } } })
} finally {
  await stoa.close()
  rmSync(dir, { recursive: true, force: true })
}
