import { createServer as createHttp } from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { createNet, type Net } from './guarded-fetch.ts'
import { NetError } from './net-error.ts'
import { timeFor } from './uploads.ts'

const film = new Uint8Array(12 * 1024 * 1024).map((_, at) => at % 251)
const opened: { close(): unknown }[] = []
afterEach(async () => { for (const one of opened.splice(0)) await one.close() })
const netOf = (timeoutMs: number, leastPerSecond = 2_000_000): Net => { const net = createNet({ allowPrivate: true, limits: { timeoutMs, leastPerSecond } }); opened.push(net); return net }
const listening = async (server: Server): Promise<string> => {
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done) })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/upload`
}

interface Slow { readonly url: string; readonly taken: () => number; readonly head: () => string }
/** A server that reads so many bytes, then rests; for good after so many. It answers once it has the whole body. */
async function slow({ bytes, restMs, stopsAt = Infinity, answers = true }: { readonly bytes: number; readonly restMs: number; readonly stopsAt?: number; readonly answers?: boolean }): Promise<Slow> {
  let [taken, head] = [0, '']
  const serve = async (socket: Socket): Promise<void> => {
    for (let sinceRest = 0, length = Infinity; taken - head.length < length;) {
      const piece = socket.read() as Buffer | null
      if (piece === null) { if (socket.destroyed) return; await pause(1); continue }
      if (head === '') { const at = piece.indexOf('\r\n\r\n'); head = piece.toString('latin1', 0, at + 4); length = Number(/content-length: (\d+)/i.exec(head)?.[1]) }
      taken += piece.length
      sinceRest += piece.length
      if (taken >= stopsAt) return
      if (sinceRest >= bytes) { sinceRest = 0; await pause(restMs) }
    }
    if (answers) socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 4\r\n\r\ndone')
  }
  const sockets = new Set<Socket>()
  const server = createServer({ highWaterMark: 64 * 1024 }, (socket) => { sockets.add(socket); socket.on('error', () => undefined).once('readable', () => { void serve(socket) }) })
  const url = await listening(server)
  opened.push({ close: () => { for (const socket of sockets) socket.destroy(); server.close() } })
  return { url, taken: () => taken, head: () => head }
}
const failure = async (call: Promise<Response>): Promise<string> => call.then(async (response) => await response.text(), (error: unknown) => (error instanceof NetError ? error.failure : String(error)))
const put = (net: Net, url: string, body: Uint8Array<ArrayBuffer>) => failure(net.fetch(url, { method: 'POST', body }))

describe('a large body', () => {
  test('may take far longer than any other exchange, as long as it moves', async () => {
    const server = await slow({ bytes: 512 * 1024, restMs: 120 })
    const began = performance.now()
    expect(await put(netOf(700), server.url, film)).toBe('done')
    expect(performance.now() - began).toBeGreaterThan(1_500)
    expect(server.head()).toMatch(new RegExp(`content-length: ${film.length}\\r\\n`, 'i'))
    expect(server.head()).not.toMatch(/chunked/i)
  })
  test('ends soon after it stands still', async () => {
    const server = await slow({ bytes: 512 * 1024, restMs: 1, stopsAt: 2 * 1024 * 1024 })
    const began = performance.now()
    expect(await put(netOf(700), server.url, film)).toBe('timeout')
    expect(performance.now() - began).toBeLessThan(5_000)
    expect(server.taken()).toBeLessThan(film.length)
  })
  test('ends when it moves, but so slowly that it would take for ever', async () => {
    const server = await slow({ bytes: 64 * 1024, restMs: 60 })
    const began = performance.now()
    expect(await put(netOf(2_000, 20_000_000), server.url, film)).toBe('timeout')
    expect(performance.now() - began).toBeLessThan(6_000)
  })
  test('arrives as it was, at once where the way is wide, and another host is told it once more', async () => {
    const seen: Buffer[] = []
    const server = createHttp((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
        seen.push(Buffer.concat(parts))
        if (request.url === '/upload') response.writeHead(307, { location: '/there' }).end()
        else response.end('done')
      })
    })
    opened.push({ close: () => { server.closeAllConnections(); server.close() } })
    expect(await put(netOf(5_000), await listening(server), film)).toBe('done')
    expect(seen.map((each) => each.equals(film))).toEqual([true, true])
  })
  test('is given up by whoever asked for it', async () => {
    const server = await slow({ bytes: 64 * 1024, restMs: 50 })
    expect(await failure(netOf(5_000).fetch(server.url, { method: 'POST', body: film, signal: AbortSignal.timeout(300) }))).toBe('timeout')
  })
})
test('a small body keeps the time of every exchange', async () => {
  const server = await slow({ bytes: 1, restMs: 1, answers: false })
  const began = performance.now()
  expect(await put(netOf(400), server.url, film.slice(0, 100_000))).toBe('timeout')
  expect(performance.now() - began).toBeLessThan(2_000)
})
test('the answer to a large body has the usual time', async () => {
  const server = createHttp((request, response) => { request.resume().on('end', () => { response.writeHead(200).write('do') }) })
  opened.push({ close: () => { server.closeAllConnections(); server.close() } })
  const answer = await netOf(400).fetch(await listening(server), { method: 'POST', body: film })
  await expect(answer.text()).rejects.toThrow()
})
test('fifty megabytes may take a quarter of an hour, and no longer', () => { expect(timeFor(50_000_000) / 60_000).toBeCloseTo(13, 0) })
