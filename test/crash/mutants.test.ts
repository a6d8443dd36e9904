import { expect, test } from 'vitest'
import { mutants } from './mutants.ts'
import { controls, provokeOne, seedsFrom } from './provoke.ts'

const few = { runs: 40, seedOf: seedsFrom(1), untilFirst: true }

test.each(mutants.filter((one) => !one.harmless))('it is noticed when $name', async (mutant) => {
  expect((await provokeOne(mutant, few)).noticed).toBe(true)
}, 60_000)

test.each([...controls, ...mutants.filter((one) => one.harmless)])('nothing is noticed when $name', async (mutant) => {
  expect((await provokeOne(mutant, few)).first).toBe('')
}, 60_000)
