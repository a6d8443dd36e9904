import { expect, test } from 'vitest'
import { listen, type Cursor } from './listen.ts'
import { account, ctxOf } from './test-world.ts'
import { TestServer } from './test-server.ts'

async function pull(server: TestServer, cursor?: Cursor) {
  const texts: string[] = []
  let place = cursor
  for await (const { items, cursor: next } of listen.open!(account(), cursor, ctxOf(server))) {
    texts.push(...items.map((item) => ('text' in item ? item.text : item.does)))
    place = next
  }
  return { texts, place }
}
const said = Array.from({ length: 23 }, (_, n) => `μήνυμα ${n}`)

test.each([['oldest', 5], ['newest', 5], ['oldest', 80], ['newest', 80]] as const)('whether a server answers with the %s or not, %i at a time, nothing said since is missed', async (minId, pageSize) => {
  const server = new TestServer({ minId, pageSize })
  server.speak('πρώτο')
  const first = await pull(server)
  expect(first.texts).toEqual(['πρώτο'])
  for (const text of said) server.speak(text)
  const second = await pull(server, first.place)
  expect(second.texts).toEqual(said)
  expect((await pull(server, second.place)).texts).toEqual([])
  server.speak('τελευταίο')
  expect((await pull(server, second.place)).texts).toEqual(['τελευταίο'])
})

test('what has no meaning for us is passed over, and not asked for again', async () => {
  const server = new TestServer()
  server.speak('πρώτο')
  const { place } = await pull(server)
  server.notify('admin.sign_up')
  server.notify('follow')
  const next = await pull(server, place)
  expect(next.texts).toEqual(['follows'])
  expect((await pull(server, next.place)).texts).toEqual([])
})

test.each([['expired', 'expired'], ['paced', 'paced'], ['never-reached', 'unreached'], ['page', 'unknown'], ['half', 'unknown']] as const)('%s while listening is told as %s', async (fault, kind) => {
  const server = new TestServer()
  server.speak('Καλημέρα')
  server.next(fault)
  await expect(pull(server)).rejects.toMatchObject({ trouble: { kind } })
  expect((await pull(server)).texts).toEqual(['Καλημέρα'])
})
