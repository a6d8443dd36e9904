import { expect, test } from 'vitest'
import { listen, type Cursor } from './listen.ts'
import { account, ctxOf } from './test-world.ts'
import { fan, TestServer } from './test-server.ts'

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

const encoder = new TextEncoder()
/** A server that also streams; what is emitted arrives cut into small pieces. */
function streaming(server: TestServer, answer: () => Response) {
  const asked: string[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (!url.pathname.startsWith('/api/v1/streaming')) return server.fetch(input, init)
    asked.push(url.href)
    return answer()
  }
  const listened = account({ streaming: 'https://stream.plateia.social' })
  const pullOnce = async (cursor: Cursor) => {
    const texts: string[] = []
    let place = cursor
    for await (const { items, cursor: next } of listen.open!(listened, cursor, { ...ctxOf(server), fetch })) {
      texts.push(...items.map((item) => ('text' in item ? item.text : item.does)))
      place = next
    }
    return { texts, place }
  }
  return { asked, pullOnce }
}
const piecesOf = (text: string): Response => {
  const bytes = encoder.encode(text)
  let sent = 0
  return new Response(new ReadableStream({
    pull(controller) {
      if (sent >= bytes.length) controller.error(new Error('the exchange is over'))
      else controller.enqueue(bytes.slice(sent, sent += 7))
    },
  }), { headers: { 'content-type': 'text/event-stream; charset=utf-8' } })
}
const event = (id: string, text: string): string => `event: notification\r\ndata: ${JSON.stringify({
  id, type: 'mention', created_at: '2026-11-23T09:30:00Z', account: fan, status: { id: `s${id}`, content: `<p>${text}</p>`, visibility: 'public', account: fan },
})}\r\n\r\n`

test('where the server streams, what happens meanwhile is heard at once, once, and the place is kept', async () => {
  const server = new TestServer()
  server.speak('πρώτο')
  const { place } = await pull(server)
  const stream = streaming(server, () => piecesOf(`:thump\n\n${event('100', 'παλιό')}${event('9000001', 'έχετε ψωμί ζέας;')}event: delete\ndata: 5\n\nevent: notification\ndata: {"half\n\n${event('9000002', 'και λαγάνα;')}${event('9000002', 'και λαγάνα;')}`))
  const heard = await stream.pullOnce(place!)
  expect(heard).toEqual({ texts: ['έχετε ψωμί ζέας;', 'και λαγάνα;'], place: { last: '9000002' } })
  expect(stream.asked).toEqual(['https://stream.plateia.social/api/v1/streaming/user/notification'])
})

test('a server that streams only in name is pulled as ever, and not asked again for a day', async () => {
  const server = new TestServer()
  server.speak('πρώτο')
  const { place } = await pull(server)
  const stream = streaming(server, () => new Response('<h1>404</h1>', { status: 404 }))
  server.speak('δεύτερο')
  const first = await stream.pullOnce(place!)
  expect(first.texts).toEqual(['δεύτερο'])
  server.speak('τρίτο')
  expect((await stream.pullOnce(first.place)).texts).toEqual(['τρίτο'])
  expect(stream.asked).toHaveLength(1)
  server.clock += 25 * 3_600_000
  await stream.pullOnce(first.place)
  expect(stream.asked).toHaveLength(2)
})
