import { expect, test } from 'vitest'
import { problemBody } from './problem-json.ts'
import { Refusal } from './refusal.ts'
import { stateWords } from './state-words.ts'

test('a state is named in the words of its reader', () => {
  for (const state of Object.keys(stateWords)) {
    const told = new Refusal('wrong_state', { params: { state } })
    expect(problemBody(told, 'el', '').detail).not.toMatch(/[a-z]/i)
    expect(problemBody(told, 'en', '').detail).toBe(`It is ${stateWords[state]!.en}, so this cannot be done.`)
  }
})
