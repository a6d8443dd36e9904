// npm run crash -- [--runs N] [--kills K] [--seed S] [--baseline]
// The real core over a seeded clock, network and book, N runs for each class; then K kills of the real server.
import { parseArgs } from 'node:util'
import { report } from '../../bench/run.mjs'
import { baseline, baselines } from './baselines.ts'
import { judge, seenOf, sum, type Verdict } from './judge.ts'
import { killAgainAndAgain } from './kills.ts'
import { ours } from './ours.ts'
import { classes, type IdempotencyClass } from './place.ts'
import { makeWorld, usual } from './world.ts'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '10000' }, kills: { type: 'string', default: '24' }, seed: { type: 'string', default: '1' }, baseline: { type: 'boolean', default: false } } })
const [runs, kills, seed] = [Number(values.runs), Number(values.kills), Number(values.seed)]

const seedOf = (idempotency: IdempotencyClass, run: number): number => seed * 1_000_003 + classes.indexOf(idempotency) * 100_003 + run
const line = (name: string, verdict: Verdict): void => console.log(
  `  ${name.padEnd(40)} ${String(verdict.publications).padStart(6)} runs  ${String(verdict.lost).padStart(5)} lost  ${String(verdict.duplicates).padStart(5)} twice  ${String(verdict.falseRecords).padStart(5)} false  ${String(verdict.stuck).padStart(5)} stuck  ${(verdict.asked / Math.max(1, verdict.publications) * 100).toFixed(1).padStart(5)} % asked`)

async function simulate(idempotency: IdempotencyClass): Promise<Verdict> {
  const verdicts: Verdict[] = []
  for (let run = 0; run < runs; run++) {
    const world = makeWorld(idempotency, seedOf(idempotency, run), usual)
    const verdict = judge(await ours(world), seenOf(world.place.entries))
    if (verdict.lost + verdict.duplicates + verdict.falseRecords + verdict.stuck > 0) console.log(`  ✗ ${idempotency}, run ${run}: ${JSON.stringify(verdict)}`)
    verdicts.push(verdict)
  }
  return sum(verdicts)
}

const mayNotAsk: readonly IdempotencyClass[] = ['keyed', 'keyed-ttl', 'two-phase']
const asksIn = (verdicts: Readonly<Record<IdempotencyClass, Verdict>>): number => mayNotAsk.reduce((all, idempotency) => all + verdicts[idempotency].asked, 0)

console.log(`Simulated: ${runs} runs for each class, from seed ${seed}`)
const simulated = {} as Record<IdempotencyClass, Verdict>
for (const idempotency of classes) line(idempotency, simulated[idempotency] = await simulate(idempotency))
if (values.baseline) {
  console.log('The same faults on three common ways:')
  for (const way of baselines) {
    for (const idempotency of ['read-back', 'blind'] as const) {
      line(`${way}, ${idempotency}`, sum(Array.from({ length: runs }, (_, run) => {
        const world = makeWorld(idempotency, seedOf(idempotency, run), usual)
        return judge([baseline(way, world)], seenOf(world.place.entries))
      })))
    }
  }
}

const all = sum(Object.values(simulated))
const figures: Record<string, number> = { runs: all.publications, lost: all.lost, duplicates: all.duplicates, falseRecords: all.falseRecords, stuck: all.stuck, 'asked in keyed, keyed-ttl and two-phase': asksIn(simulated) }
if (kills > 0) {
  console.log(`The real server, killed ${kills} times:`)
  const { verdicts, atPoints } = await killAgainAndAgain({ seed, kills })
  for (const idempotency of classes) line(idempotency, verdicts[idempotency])
  const killed = sum(Object.values(verdicts))
  Object.assign(figures, { kills, 'kills at a named point': atPoints, 'killed: publications': killed.publications, 'killed: lost': killed.lost, 'killed: duplicates': killed.duplicates, 'killed: false records': killed.falseRecords, 'killed: stuck': killed.stuck, 'killed: asked in keyed, keyed-ttl and two-phase': asksIn(verdicts) })
}
const zero = Object.keys(figures).filter((name) => /lost|duplicates|false|stuck|asked/i.test(name))
report({ name: 'crash', figures, targets: { ...Object.fromEntries(zero.map((name) => [name, { max: 0 }])), runs: { min: 1 } } })
process.exit()
