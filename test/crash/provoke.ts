import { report } from '../../bench/run.mjs'
import { failures, isClean, judge, seenOf, sum, type Verdict } from './judge.ts'
import { asIs, mutants, type Mutant } from './mutants.ts'
import { ours } from './ours.ts'
import { classes, type IdempotencyClass } from './place.ts'
import { goneBack, makeWorld, sleepy } from './world.ts'

interface Provoked { readonly verdicts: Readonly<Record<IdempotencyClass, Verdict>>; readonly noticed: boolean; readonly by: readonly IdempotencyClass[]; readonly first: string }
interface Runs { readonly runs: number; readonly seedOf: (idempotency: IdempotencyClass, run: number) => number }
/** The same bad luck for the same seed, another for each class and run. */
export const seedsFrom = (seed: number): Runs['seedOf'] => (idempotency, run) => seed * 1_000_003 + classes.indexOf(idempotency) * 100_003 + run

const mayNotAsk: readonly IdempotencyClass[] = ['keyed', 'keyed-ttl', 'two-phase']
/** What the harness fails for: any failure, or a question where there may be none. Where a database went back in time, a question is the right answer. */
const fails = (verdict: Verdict, { idempotency, mutant }: { readonly idempotency: IdempotencyClass; readonly mutant: Mutant }): boolean =>
  !isClean(verdict) || (mayNotAsk.includes(idempotency) && mutant.chances.lostTail === undefined && verdict.asked > 0)

/** One step turned off, under the same bad luck as the whole. */
export async function provokeOne(mutant: Mutant, { runs, seedOf, untilFirst = false }: Runs & { readonly untilFirst?: boolean }): Promise<Provoked> {
  const verdicts = {} as Record<IdempotencyClass, Verdict>
  let first = ''
  for (const idempotency of classes) {
    const all: Verdict[] = []
    for (let run = 0; run < runs && !(untilFirst && first !== ''); run++) {
      const world = makeWorld(idempotency, seedOf(idempotency, run), mutant.chances)
      all.push(judge(await ours(world, mutant), seenOf(world.place.entries)))
      if (first === '' && fails(all.at(-1)!, { idempotency, mutant })) first = `${idempotency}, run ${run}`
    }
    verdicts[idempotency] = sum(all)
  }
  const by = classes.filter((idempotency) => fails(verdicts[idempotency], { idempotency, mutant }))
  return { verdicts, noticed: by.length > 0, by, first }
}

export const controls: readonly Mutant[] = [asIs, { ...asIs, name: 'nothing, with workers that sleep', chances: sleepy }, { ...asIs, name: 'nothing, with a database that goes back', chances: goneBack }]

/** Turns off each step in turn and prints what was noticed; the exit code says whether all was. */
export async function provoke(given: Runs): Promise<number> {
  const figures: Record<string, number | object> = {}
  const rows: Record<string, object> = {}
  let unnoticed = 0
  let falseAlarms = 0
  console.log(`One protective step turned off at a time, ${given.runs} runs for each class:`)
  for (const mutant of [...controls, ...mutants]) {
    const quiet = mutant.harmless === true || controls.includes(mutant)
    const { verdicts, noticed, by, first } = await provokeOne(mutant, given)
    const all = sum(Object.values(verdicts))
    if (quiet && noticed) falseAlarms++
    if (!quiet && !noticed) unnoticed++
    const seen = failures.filter((name) => all[name] > 0).map((name) => `${all[name]} ${name}`)
    const asked = by.reduce((questions, idempotency) => questions + (mayNotAsk.includes(idempotency) ? verdicts[idempotency].asked : 0), 0)
    console.log(`${noticed === quiet ? '✗' : '✓'} ${mutant.name.padEnd(72)} ${noticed ? `${[...seen, ...(asked > 0 ? [`${asked} asked`] : [])].join(', ')}   (${by.join(', ')}; first: ${first})` : 'nothing to be seen'}`)
    rows[mutant.name] = Object.fromEntries([...failures, 'asked' as const].map((name) => [name, all[name]]))
  }
  Object.assign(figures, { 'steps turned off': mutants.filter((one) => !one.harmless).length, unnoticed, 'false alarms': falseAlarms, mutants: rows })
  report({ name: 'crash mutants', figures, targets: { unnoticed: { max: 0 }, 'false alarms': { max: 0 } } })
  return unnoticed + falseAlarms > 0 ? 1 : 0
}
