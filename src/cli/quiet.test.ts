import { describe, expect, it } from 'vitest'
import { worthSweeping, type Moment } from './quiet.ts'

const quiet: Moment = { busy: 0.01, unused: 80 * 2 ** 20, since: Infinity }

describe('giving memory back', () => {
  it('happens when nothing else does and much is held for nothing', () => { expect(worthSweeping(quiet)).toBe(true) })
  it('waits while the bakery is being read', () => { expect(worthSweeping({ ...quiet, busy: 0.2 })).toBe(false) })
  it('is not worth half a second for a little', () => { expect(worthSweeping({ ...quiet, unused: 8 * 2 ** 20 })).toBe(false) })
  it('lets ten minutes pass between two sweeps', () => { expect(worthSweeping({ ...quiet, since: 9 * 60_000 })).toBe(false) })
})
