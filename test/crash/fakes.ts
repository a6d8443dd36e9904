// Six networks, one of each class, as real HTTP servers in a process of their own. Each keeps a durable log: an entry is on the
// disk before the answer leaves. Faults are drawn from the seed; reads go wrong half as often as writes.
import { closeSync, existsSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { dice, fate, type Fault, type Rates } from './faults.ts'
import { classes, makePlace, type Answer, type Entry, type IdempotencyClass, type Place, type Work } from './place.ts'

const [dir = '', seed = '1', faulty = '0.34'] = process.argv.slice(2)
const rates: Rates = { faulty: Number(faulty), latestMs: 1_500, retryAfters: ['1', '0', '-5', null] }

export const logOf = (folder: string, idempotency: IdempotencyClass): string => join(folder, `${idempotency}.log`)

function durable(idempotency: IdempotencyClass): Place {
  const path = logOf(dir, idempotency)
  const entries = existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Entry) : []
  const file = openSync(path, 'a')
  process.once('exit', () => closeSync(file))
  return makePlace({ idempotency, keyMs: 3_600_000, now: () => Date.now(), entries, note: (entry) => { writeSync(file, `${JSON.stringify(entry)}\n`); fdatasyncSync(file) } })
}

async function read(request: IncomingMessage): Promise<Work> {
  let text = ''
  for await (const part of request.setEncoding('utf8')) text += String(part)
  const key = request.headers['idempotency-key']
  return { method: request.method ?? '', path: new URL(request.url ?? '/', 'http://fake').pathname, key: typeof key === 'string' ? key : null, body: text === '' ? {} : JSON.parse(text) as Work['body'] }
}

interface Exchange { readonly place: Place; readonly work: Work; readonly response: ServerResponse }
const whole = ({ response }: Exchange, { status, body }: Answer): void => { response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)) }

function cut(exchange: Exchange, fault: Extract<Fault, { kind: 'cut' }>): void {
  const { place, work, response } = exchange
  const answer = fault.effect ? place.handle(work) : { status: 200, body: { id: 'never' } }
  if (fault.how === 'reset') return void response.socket?.resetAndDestroy()
  if (fault.how === 'html') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Welcome to our captive portal</body></html>')
  const body = JSON.stringify(answer.body)
  if (fault.how === 'half') {
    response.writeHead(answer.status, { 'content-type': 'application/json', 'content-length': body.length + 200 })
    response.write(body.slice(0, body.length / 2))
    return void setTimeout(() => response.socket?.destroy(), 5)
  }
  setTimeout(() => response.socket?.destroy(), 1_000)
}

function suffer(exchange: Exchange, fault: Fault): void {
  const { place, work, response } = exchange
  switch (fault.kind) {
    case 'none': return whole(exchange, place.handle(work))
    case 'cut': return cut(exchange, fault)
    case 'late': { setTimeout(() => place.handle(work), fault.afterMs); return void response.socket?.resetAndDestroy() }
    case 'paced': return void response.writeHead(429, fault.retryAfter === null ? {} : { 'retry-after': fault.retryAfter }).end('{}')
    case 'status': {
      if (fault.effect) place.handle(work)
      return void response.writeHead(fault.status, { 'content-type': 'text/html' }).end('<html>Bad gateway</html>')
    }
  }
}

const addresses = await Promise.all(classes.map(async (idempotency, nth) => {
  const place = durable(idempotency)
  const random = dice(Number(seed) * 7_919 + nth)
  const server = createServer((request, response) => {
    void read(request).then((work) => {
      const fault = fate(random, work.method === 'GET' ? { ...rates, faulty: rates.faulty / 2 } : rates)
      suffer({ place, work, response }, fault)
    }).catch(() => response.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return [idempotency, `http://127.0.0.1:${(server.address() as AddressInfo).port}`] as const
}))
process.stdout.write(`${JSON.stringify(Object.fromEntries(addresses))}\n`)
