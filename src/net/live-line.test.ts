import { once } from 'node:events'
import type { Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLine, saying, type Line } from './live-line.ts'

const lines: Line[] = []
let server: Server
let port = 0
const app = new Hono()
app.get('/bread', (c) => {
  c.header('access-control-allow-origin', 'https://fournos.gr')
  const { line, response } = openLine(c)
  lines.push(line)
  line.say(saying({ event: 'hello', data: '{"ψωμί":1}' }))
  return response
})
beforeAll(async () => {
  server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server
  await once(server, 'listening')
  ;({ port } = server.address() as AddressInfo)
})
afterAll(() => { server.closeAllConnections(); server.close() })

describe('an open line', () => {
  test('tells what is said until it is closed, under the headers of its request', async () => {
    const response = await fetch(`http://127.0.0.1:${port}/bread`)
    expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control'), response.headers.get('access-control-allow-origin')]).toEqual([200, 'text/event-stream', 'no-store, no-transform', 'https://fournos.gr'])
    const said = saying({ event: 'line', data: '{"n":1}', id: '1' }, { event: 'line', data: '{"n":2}', id: '2' })
    lines.at(-1)!.say(said)
    lines.at(-1)!.close()
    expect(await response.text()).toBe('event: hello\ndata: {"ψωμί":1}\n\nevent: line\ndata: {"n":1}\nid: 1\n\nevent: line\ndata: {"n":2}\nid: 2\n\n')
  })
  test('speaks without chunks to a proxy that speaks HTTP/1.0', async () => {
    const socket = connect(port, '127.0.0.1', () => socket.write('GET /bread HTTP/1.0\r\nhost: localhost\r\n\r\n'))
    let text = ''
    socket.setEncoding('utf8').on('data', (part: string) => { text += part; if (text.includes('hello')) lines.at(-1)!.close() })
    await once(socket, 'close')
    expect(text.slice(text.indexOf('\r\n\r\n') + 4)).toBe('event: hello\ndata: {"ψωμί":1}\n\n')
  })
  test('is not kept open for whoever only asks for its head', async () => {
    const response = await fetch(`http://127.0.0.1:${port}/bread`, { method: 'HEAD' })
    expect([response.status, response.headers.get('content-type'), lines.at(-1)!.gone]).toEqual([200, 'text/event-stream', true])
  })
  test('is given up for whoever does not take in what is said, and says so once', async () => {
    const socket = connect(port, '127.0.0.1', () => socket.write('GET /bread HTTP/1.1\r\nhost: localhost\r\n\r\n'))
    await once(socket, 'data')
    socket.pause()
    const line = lines.at(-1)!
    let left = 0
    const gone = new Promise<void>((done) => { line.onGone(() => { left++; done() }) })
    const much = saying({ event: 'line', data: `"${'ψωμί'.repeat(50_000)}"` })
    for (let times = 0; times < 200 && !line.gone; times++) { line.say(much); await new Promise((next) => { setImmediate(next) }) }
    await gone
    expect([line.gone, left]).toEqual([true, 1])
    socket.destroy()
  })
})
