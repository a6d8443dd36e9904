import { expect, test } from 'vitest'
import fc from 'fast-check'
import { seenNames } from './seen.ts'

test('a name is new once, in whatever order the neighbours are named', () => {
  fc.assert(fc.property(fc.array(fc.string({ maxLength: 12 }), { maxLength: 300 }), (names) => {
    const [seen, plain] = [seenNames(), new Set<string>()]
    for (const name of names) {
      expect(seen.add(name)).toBe(!plain.has(name))
      plain.add(name)
    }
  }))
})

test('a hundred thousand numbers that follow each other are all told apart', () => {
  const seen = seenNames()
  let fresh = 0
  for (let nth = 0; nth < 100_000; nth++) if (seen.add(`conversation:57000000000${nth}`)) fresh++
  for (let nth = 0; nth < 100_000; nth += 7) if (seen.add(`conversation:57000000000${nth}`)) fresh++
  expect(fresh).toBe(100_000)
})
