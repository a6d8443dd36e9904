import { expect, test } from 'vitest'
import { connectivity } from '#pillars/connectivity/index.ts'
import { generosity } from '#pillars/generosity/index.ts'
import { honesty } from '#pillars/honesty/index.ts'
import { imagination } from '#pillars/imagination/index.ts'
import { personality } from '#pillars/personality/index.ts'
import { pillarContract } from './pillar.ts'

const five = [connectivity, generosity, honesty, personality, imagination]
for (const pillar of five) pillarContract(pillar)

test('no two pillars share an id, a check or a signal', () => {
  for (const ids of [five.map(({ id }) => id), five.flatMap(({ checks }) => checks.map(({ id }) => id)), five.flatMap(({ signals }) => signals.map(({ id }) => id))]) {
    expect(new Set(ids).size).toBe(ids.length)
  }
})
