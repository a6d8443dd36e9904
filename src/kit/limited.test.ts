import { expect, test } from 'vitest'
import { limited } from './limited.ts'

test('never more than so many at once, in the order they came, and one that fails makes room', async () => {
  const lane = limited(3)
  const order: number[] = []
  let running = 0
  let most = 0
  const work = (n: number) => lane(async () => {
    order.push(n)
    most = Math.max(most, ++running)
    await new Promise((done) => { setTimeout(done, n % 4) })
    running--
    if (n % 5 === 0) throw new Error('burnt')
    return n
  })
  const all = await Promise.allSettled(Array.from({ length: 40 }, (_, n) => work(n)))
  expect(most).toBe(3)
  expect(order).toEqual(Array.from({ length: 40 }, (_, n) => n))
  expect(all.filter((one) => one.status === 'fulfilled')).toHaveLength(32)
})
