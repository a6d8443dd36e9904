import { expect, test } from 'vitest'
import { mutants } from './mutants.ts'
import { controls, provokeOne, seedsFrom } from './provoke.ts'

const few = { runs: 40, seedOf: seedsFrom(1), untilFirst: true }
// Ids are drawn anew each time and break ties: what shows itself rarely is given time to.
const enough = { ...few, runs: 400 }

test.each(mutants.filter((one) => !one.harmless))('it is noticed when $name', async (mutant) => {
  expect((await provokeOne(mutant, enough)).noticed).toBe(true)
}, 60_000)

test.each([...controls, ...mutants.filter((one) => one.harmless)])('nothing is noticed when $name', async (mutant) => {
  expect((await provokeOne(mutant, few)).first).toBe('')
}, 60_000)
