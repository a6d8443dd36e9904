// A load of its own process: requests begin at moments drawn as readers come (Poisson), whether or not earlier ones have
// ended, and each is timed from the moment it was due, so that a server that stalls is not spared; at most 2 ms of this
// process's own lateness count. Answers are asked for packed, as browsers do; unpacking them is not part of the time.
import { readFileSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { percentile } from './percentile.ts'

const [origin = '', file = '', rate = '200', seconds = '20'] = process.argv.slice(2)
const paths = JSON.parse(readFileSync(file, 'utf8')) as string[]
const agent = new Agent({ keepAlive: true, maxSockets: 64 })
const [times, failed]: [number[], string[]] = [[], []]

const one = (due: number, path: string): Promise<void> => new Promise((done) => {
  const ended = (problem?: string) => { if (problem) failed.push(problem); times.push(performance.now() - due); done() }
  get(origin + path, { agent, headers: { 'accept-encoding': 'gzip, deflate, br' } }, (answer) => {
    answer.on('end', () => ended(answer.statusCode === 200 ? undefined : `${answer.statusCode} ${path}`)).on('error', (error) => ended(String(error))).resume()
  }).on('error', (error) => ended(String(error)))
})

const waits: Promise<void>[] = []
const end = performance.now() + Number(seconds) * 1000
for (let due = performance.now(); due < end; due += -Math.log(1 - Math.random()) / Number(rate) * 1000) {
  const early = due - performance.now()
  if (early > 0) await new Promise((next) => setTimeout(next, early))
  waits.push(one(Math.max(due, performance.now() - 2), paths[Math.floor(Math.random() * paths.length)]!))
}
await Promise.all(waits)
const sorted = times.toSorted((a, b) => a - b)
const rounded = (share: number): number => Math.round(percentile(sorted, share) * 10) / 10
console.log(JSON.stringify({ requests: times.length, failed: failed.length, first: failed[0] ?? null, p50: rounded(0.5), p90: rounded(0.9), p99: rounded(0.99), max: rounded(1) }))
