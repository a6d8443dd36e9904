// npm run crash -- [--runs N] [--kills K] [--seed S] [--baseline]   or: -- --mutants [--runs N]
// The real core over a seeded clock, network and book, N runs for each class; then K kills of the real server.
import { parseArgs } from 'node:util'
import { report } from '../../bench/run.mjs'
import { baseline, baselines } from './baselines.ts'
import { failures, isClean, judge, seenOf, sum, type Verdict } from './judge.ts'
import { killAgainAndAgain } from './kills.ts'
import { asIs } from './mutants.ts'
import { ours } from './ours.ts'
import { provoke, seedsFrom } from './provoke.ts'
import { classes, type IdempotencyClass } from './place.ts'
import { goneBack, makeWorld, sleepy, usual, type Chances } from './world.ts'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '10000' }, kills: { type: 'string', default: '24' }, seed: { type: 'string', default: '1' }, baseline: { type: 'boolean', default: false }, mutants: { type: 'boolean', default: false } } })
const [runs, kills, seed] = [Number(values.runs), Number(values.kills), Number(values.seed)]

const seedOf = seedsFrom(seed)
const named: Readonly<Record<(typeof failures)[number], string>> = {
  lost: 'lost', duplicates: 'duplicates', falseRecords: 'false records', misplaced: 'misplaced', mediaLost: 'pictures lost', mediaTwice: 'pictures twice', stuck: 'stuck', unattended: 'unattended',
}
const short: typeof named = { ...named, duplicates: 'twice', falseRecords: 'false', mediaLost: 'pics lost', mediaTwice: 'pics twice' }
const line = (name: string, verdict: Verdict): void => console.log(
  `  ${name.padEnd(40)} ${String(verdict.publications).padStart(6)} runs ${failures.map((one) => `${String(verdict[one]).padStart(6)} ${short[one]}`).join('')} ${(verdict.asked / Math.max(1, verdict.publications) * 100).toFixed(1).padStart(6)} % asked`)

async function simulate(idempotency: IdempotencyClass, { times, chances }: { readonly times: number; readonly chances: Chances }): Promise<Verdict> {
  const verdicts: Verdict[] = []
  for (let run = 0; run < times; run++) {
    const world = makeWorld(idempotency, seedOf(idempotency, run), chances)
    const verdict = judge(await ours(world, { ...asIs, chances }), seenOf(world.place.entries))
    if (!isClean(verdict)) console.log(`  ✗ ${idempotency}, run ${run}: ${JSON.stringify(verdict)}`)
    verdicts.push(verdict)
  }
  return sum(verdicts)
}

const mayNotAsk: readonly IdempotencyClass[] = ['keyed', 'keyed-ttl', 'two-phase']
const asksIn = (verdicts: Readonly<Record<IdempotencyClass, Verdict>>): number => mayNotAsk.reduce((all, idempotency) => all + verdicts[idempotency].asked, 0)

if (values.mutants) process.exit(await provoke({ runs, seedOf }))

const none = {} as Record<IdempotencyClass, Verdict>
const worlds = [
  { name: 'Simulated', of: '', times: runs, chances: usual, verdicts: { ...none } },
  { name: 'The same, with workers that sleep for minutes and wake beside others', of: 'asleep: ', times: Math.ceil(runs / 5), chances: sleepy, verdicts: { ...none } },
  { name: 'The same, with a database that loses its last lines when it dies', of: 'gone back: ', times: Math.ceil(runs / 5), chances: goneBack, verdicts: { ...none } },
]
for (const world of worlds) {
  console.log(`${world.name}: ${world.times} runs for each class, from seed ${seed}`)
  for (const idempotency of classes) line(idempotency, world.verdicts[idempotency] = await simulate(idempotency, world))
}
const simulated = worlds[0]!.verdicts
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
const counted = (of: string, verdict: Verdict): Record<string, number> => Object.fromEntries(failures.map((name) => [`${of}${named[name]}`, verdict[name]]))
const figures: Record<string, number | object> = { runs: all.publications, ...Object.assign({}, ...worlds.map(({ of, verdicts }) => counted(of, sum(Object.values(verdicts))))) as object, 'asked in keyed, keyed-ttl and two-phase': asksIn(simulated) }
const zero = new Set(Object.keys(figures).filter((name) => name !== 'runs'))
if (kills > 0) {
  console.log(`The real server, killed ${kills} times:`)
  const { verdicts, points, figures: more } = await killAgainAndAgain({ seed, kills })
  for (const idempotency of classes) line(idempotency, verdicts[idempotency])
  const killed = sum(Object.values(verdicts))
  const judged = { ...counted('killed: ', killed), 'killed: asked in keyed, keyed-ttl and two-phase': asksIn(verdicts) }
  for (const name of Object.keys(judged)) zero.add(name)
  // Three turns each, and as many again for those that were not reached.
  if (kills >= 10 * Object.keys(points).length) zero.add('named points never hit')
  Object.assign(figures, { kills, 'named points': Object.keys(points).length, 'named points never hit': Object.values(points).filter((times) => times === 0).length, ...more, 'killed: publications': killed.publications, ...judged, points, classes: verdicts })
}
report({ name: 'crash', figures, targets: { ...Object.fromEntries([...zero].map((name) => [name, { max: 0 }])), runs: { min: 1 } } })
process.exit()
