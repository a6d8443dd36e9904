// The flood, as a process of its own: from one address, at an even rate, whether or not earlier requests were answered.
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'

export interface Wave { readonly method: string; readonly path: string; readonly headers: Readonly<Record<string, string>>; readonly body?: string }

const [origin = '', file = '', rate = '1000', seconds = '40'] = process.argv.slice(2)
const waves = JSON.parse(readFileSync(file, 'utf8')) as Wave[]
const agent = new Agent({ keepAlive: true, maxSockets: 100 })
const answers: Record<string, number> = {}

const one = ({ method, path, headers, body }: Wave): Promise<void> => new Promise((done) => {
  const ended = (how: string) => { answers[how] = (answers[how] ?? 0) + 1; done() }
  request(origin + path, { agent, method, headers: { ...headers, ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }) } }, (answer) => {
    answer.on('end', () => ended(String(answer.statusCode))).on('error', () => ended('broken')).resume()
  }).on('error', () => ended('broken')).end(body)
})

const [begin, waits]: [number, Promise<void>[]] = [performance.now(), []]
for (let sent = 0; sent < Number(rate) * Number(seconds);) {
  const due = Math.min(Number(rate) * Number(seconds), Math.floor((performance.now() - begin) / 1000 * Number(rate)))
  for (; sent < due; sent++) waits.push(one(waves[sent % waves.length]!))
  await new Promise((next) => setTimeout(next, 4))
}
const took = (performance.now() - begin) / 1000
await Promise.all(waits)
console.log(JSON.stringify({ sent: waits.length, rate: waits.length / took, answers }))
